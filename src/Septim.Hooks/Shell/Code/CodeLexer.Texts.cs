using System.Buffers;
using System.Text;

namespace Septim.Hooks.Shell.Code;

/// <summary>Texts: quotes of all languages, here-documents, escapes and what is embedded.</summary>
internal sealed partial class CodeLexer
{
    /// <summary>An embedded expression in whose quotes a text does not end; a longer one is cut there.</summary>
    private const int LongestField = 512;

    private void Quoted(char quote, int end) => Quoted(quote, end, _at, raw: false, fields: false);

    private void Quoted(char quote, int end, int start, bool raw, bool fields)
    {
        if (Language is CodeLanguage.Python && _at + 2 < end && _text[_at + 1] == quote && _text[_at + 2] == quote)
        {
            var triple = new string(quote, 3);
            var close = _at + 3;
            while (close < end && string.CompareOrdinal(_text, close, triple, 0, 3) != 0) close += _text[close] == '\\' ? 2 : 1;
            close = Math.Min(close, end);
            Add(CodeTokenKind.String, Value(_at + 3, close, raw ? 'r' : fields ? 'f' : 'e'), start, Math.Min(close + 3, end));
            return;
        }
        var sorts = Language is CodeLanguage.Perl or CodeLanguage.Ruby or CodeLanguage.Php;
        var folds = sorts && quote == '"';
        var plain = sorts && quote == '\'';
        Delimited(CodeTokenKind.String, start, _at, quote, quote, folds, end, raw ? 'r' : fields ? 'f' : plain ? 'p' : 'e');
    }

    /// <summary>Reads a text from <paramref name="open"/> to its closing sign; brackets nest.</summary>
    private void Delimited(CodeTokenKind kind, int start, int open, char opening, char closing, bool folds, int end, char style = 'e')
    {
        var i = open + 1;
        var hasOpenField = false;
        for (var depth = 0; i < end; i++)
        {
            var c = _text[i];
            if (c == '\\') i++;
            else if (c is '#' or '$' or '{' && !hasOpenField && FieldInside(i, end, kind, folds, style, ref hasOpenField) is > 0 and var field) i = field;
            else if (opening != closing && c == opening) depth++;
            else if (c == closing && depth-- == 0) break;
            else if (c == '\n' && kind == CodeTokenKind.String && Language is (CodeLanguage.Python or CodeLanguage.JavaScript)) break;
        }
        var close = Math.Min(i, end);
        var value = Value(open + 1, close, folds ? 'i' : style);
        Add(kind, value, start, Math.Min(close + 1, end));
    }

    /// <summary>Where the embedded expression that begins here ends: a quote in it does not close the text. 0 when none begins or it stays open.</summary>
    private int FieldInside(int at, int end, CodeTokenKind kind, bool folds, char style, ref bool isOpen)
    {
        var next = at + 1 < end ? _text[at + 1] : '\0';
        if (style == 'f' && Language == CodeLanguage.Python && _text[at] == '{' && next == '{') return at + 1;
        var start = style == 'f' && Language == CodeLanguage.Python ? (_text[at] == '{' ? at + 1 : 0)
            : Language == CodeLanguage.Php && folds ? (_text[at] == '{' && next == '$' ? at + 1 : 0)
            : next == '{' && (Language == CodeLanguage.Ruby && folds && _text[at] == '#' || kind == CodeTokenKind.Template && _text[at] == '$') ? at + 2 : 0;
        if (start == 0) return 0;
        var limit = Math.Min(end, start + LongestField);
        var stop = EndOfField(start, limit);
        // Why: open ones would each be looked through again.
        isOpen = stop == limit;
        return isOpen ? 0 : stop;
    }

    /// <summary>What makes a text between angle brackets an expression: two comparisons and perhaps a call.</summary>
    private static readonly SearchValues<char> s_noPattern = SearchValues.Create(" <;=()\"'`\n");

    /// <summary><c>&lt;/etc/*&gt;</c> of Perl is <c>glob "/etc/*"</c>.</summary>
    private bool TryGlob(int end)
    {
        if (Language != CodeLanguage.Perl || !(ExpectsValue() || (_afterSpace && _tokens[^1] is { Kind: CodeTokenKind.Name, Text: not ['$' or '@', ..] }))) return false;
        var close = _text.IndexOf('>', _at, Math.Min(end - _at, LongestField));
        if (close < 0) return false;
        var pattern = _text.AsSpan(_at + 1, close - _at - 1);
        if (IsSimple(pattern) || pattern.IsEmpty)
        {
            // Why: <F> is the next line of a handle, a name as good as any.
            Add(CodeTokenKind.Name, _text[_at..(close + 1)], _at, close + 1);
            return true;
        }
        if (pattern.IndexOfAny('/', '*', '~') < 0 || pattern.IndexOfAny(s_noPattern) >= 0) return false;
        var start = _at;
        Add(CodeTokenKind.Name, "glob", start, start + 1);
        _afterSpace = true;
        Add(CodeTokenKind.String, Value(start + 1, close, 'i'), start + 1, close + 1);
        return true;
    }

    private bool PerlQuote(ReadOnlySpan<char> name, int start, int end)
    {
        if (name is not ("q" or "qq" or "qx" or "qw" or "m" or "qr" or "s" or "tr" or "y")) return false;
        var open = _at;
        while (open < end && _text[open] == ' ') open++;
        if (open >= end || char.IsLetterOrDigit(_text[open]) || char.IsWhiteSpace(_text[open]) || _text[open] is ',' or ';' or ')' or '_') return false;
        if (_text[open] == '=' && open + 1 < end && _text[open + 1] is '>' or '=' or ' ') return false;
        if (_text[open] == '#' && open > _at) return false;
        var opening = _text[open];
        var kind = name switch { "qw" => CodeTokenKind.Words, "qx" => CodeTokenKind.Command, _ => CodeTokenKind.String };
        var twice = name is "s" or "tr" or "y";
        Delimited(kind, start, open, opening, Closing(opening), name is "qq" or "qx", end, 'p');
        if (name is not ("m" or "qr" or "s" or "tr" or "y")) return true;
        var last = _tokens[^1];
        _tokens[^1] = last with { Kind = CodeTokenKind.Number, Text = "" };
        if (twice)
        {
            // Why: with brackets the replacement has its own pair, else the middle sign is shared.
            if (Closing(opening) != opening) while (_at < end && _text[_at] != '\n' && char.IsWhiteSpace(_text[_at])) _at++;
            else _at--;
            if (_at < end) Delimited(CodeTokenKind.String, start, _at, _text[_at], Closing(_text[_at]), false, end, 'p');
            if (_tokens.Count > 1 && _tokens[^1].Start == start && _tokens[^2].Start == start) _tokens.RemoveAt(_tokens.Count - 1);
        }
        while (_at < end && char.IsAsciiLetter(_text[_at])) _at++;
        return true;
    }

    private bool RubyPercent(int end)
    {
        var letter = _text[_at + 1];
        var open = char.IsAsciiLetter(letter) ? _at + 2 : _at + 1;
        if (open >= end || char.IsLetterOrDigit(_text[open]) || char.IsWhiteSpace(_text[open]) || _text[open] == '=') return false;
        var kind = letter switch { 'w' or 'W' or 'i' or 'I' => CodeTokenKind.Words, 'x' => CodeTokenKind.Command, _ => CodeTokenKind.String };
        Delimited(kind, _at, open, _text[open], Closing(_text[open]), letter is 'Q' or 'x' or 'W' || open == _at + 1, end, 'p');
        return true;
    }

    private static char Closing(char opening) => opening switch { '(' => ')', '[' => ']', '{' => '}', '<' => '>', _ => opening };

    /// <summary><c>&lt;&lt;~EOF</c> of Ruby, <c>&lt;&lt;"EOF"</c> of Perl, <c>&lt;&lt;&lt;EOT</c> of PHP: the body becomes the text.</summary>
    private bool TryHereDocument(int end)
    {
        if (Language is not (CodeLanguage.Ruby or CodeLanguage.Perl or CodeLanguage.Php)) return false;
        var marks = Language == CodeLanguage.Php ? "<<<" : "<<";
        if (_at + marks.Length >= end || string.CompareOrdinal(_text, _at, marks, 0, marks.Length) != 0) return false;
        var i = _at + marks.Length;
        if (i < end && _text[i] is '~' or '-') i++;
        while (Language == CodeLanguage.Php && i < end && _text[i] == ' ') i++;
        var quote = i < end && _text[i] is '"' or '\'' or '`' ? _text[i++] : '\0';
        var tagStart = i;
        while (i < end && (char.IsLetterOrDigit(_text[i]) || _text[i] == '_')) i++;
        if (i == tagStart || (quote == 0 && !char.IsUpper(_text[tagStart]))) return false;
        var tag = _text[tagStart..i];
        if (quote != 0 && i < end) i++;
        var line = _text.IndexOf('\n', i);
        if (line < 0 || line >= end) return false;
        var body = line + 1;
        if (_hereDocuments.Count > 0) return false;
        var close = EndOfHereDocument(body, tag, end);
        var kind = quote == '`' ? CodeTokenKind.Command : CodeTokenKind.String;
        Add(kind, Value(body, close, quote == '\'' ? 'r' : 'i'), _at, i);
        _hereDocuments.Add((close, tag));
        return true;
    }

    private int EndOfHereDocument(int body, string tag, int end)
    {
        for (var i = body; i < end;)
        {
            var stop = _text.IndexOf('\n', i);
            if (stop < 0 || stop > end) stop = end;
            if (_text.AsSpan(i, stop - i).Trim().TrimEnd(';').SequenceEqual(tag)) return i;
            i = stop + 1;
        }
        return end;
    }

    private void SkipHereDocuments(int end)
    {
        var close = _hereDocuments[0].Body;
        _hereDocuments.Clear();
        var line = close >= end ? -1 : _text.IndexOf('\n', close);
        _at = line < 0 || line > end ? end : line;
    }

    /// <summary>
    /// The value of a text. Styles: e escapes, r raw, p only <c>\\</c> and the quote, f Python fields, i interpolation of the language.
    /// </summary>
    private string Value(int start, int end, char style)
    {
        var span = _text.AsSpan(start, end - start);
        var special = style switch
        {
            'r' => -1,
            'e' or 'p' => span.IndexOf('\\'),
            'f' => span.IndexOfAny('\\', '{', '}'),
            _ => span.IndexOfAny("\\$#@"),
        };
        if (special < 0) return span.ToString();
        var value = new StringBuilder();
        for (var i = start; i < end; i++)
        {
            var c = _text[i];
            if (c == '\\' && i + 1 < end) i = CodeEscapes.Read(_text, i, end, style == 'p', value);
            else if (style == 'f' && c is '{' or '}' && i + 1 < end && _text[i + 1] == c) { value.Append(c); i++; }
            else if (style == 'f' && c == '{') i = Field(i + 1, end, value);
            else if (style == 'i' && c is '#' or '$' && i + 1 < end && _text[i + 1] == '{' && IsFieldSign(c)) i = Field(i + 2, end, value);
            else if (style == 'i' && Language == CodeLanguage.Php && c == '{' && i + 1 < end && _text[i + 1] == '$') i = Field(i + 1, end, value);
            else if (style == 'i' && c is '$' or '@' && IsVariableSign(c) && i + 1 < end && (char.IsLetter(_text[i + 1]) || _text[i + 1] == '_'))
            {
                var stop = i + 1;
                while (stop < end && (char.IsLetterOrDigit(_text[stop]) || _text[stop] == '_')) stop++;
                var name = _text[i..stop];
                // Why: in "$ENV{HOME}/x" the braces belong to the variable.
                if (Language == CodeLanguage.Perl && stop < end && _text[stop] == '{' && _text.IndexOf('}', stop, Math.Min(end - stop, LongestField)) is > 0 and var brace)
                {
                    value.Append(source.Embedded(i, brace + 1));
                    if (!IsSimple(_text.AsSpan(stop + 1, brace - stop - 1))) Embedded.Add((i, brace + 1));
                    i = brace;
                }
                else
                {
                    value.Append(source.Unknown(name.TrimStart('$', '@'), name));
                    i = stop - 1;
                }
                _isOut |= !source.Work.Token();
            }
            else value.Append(c);
            if (_isOut) break;
        }
        return value.ToString();
    }

    private bool IsFieldSign(char c) => Language switch
    {
        CodeLanguage.Ruby => c == '#',
        CodeLanguage.JavaScript or CodeLanguage.Perl or CodeLanguage.Php => c == '$',
        _ => false,
    };

    private bool IsVariableSign(char c) => c == '$' ? Language is CodeLanguage.Perl or CodeLanguage.Php : Language == CodeLanguage.Perl;

    /// <summary>An embedded expression up to its closing brace: a mark in the value, and code to be read if it is more than a name.</summary>
    private int Field(int start, int end, StringBuilder value)
    {
        // Why: a text of nothing but fields is one token, and each field costs more than one.
        _isOut |= !source.Work.Token();
        var stop = EndOfField(start, end);
        var expression = _text.AsSpan(start, stop - start);
        var name = expression.Trim();
        var colon = Language == CodeLanguage.Python ? name.IndexOfAny('!', ':') : -1;
        if (colon > 0) name = name[..colon];
        if (IsSimple(name))
        {
            var variable = Language == CodeLanguage.Perl && name[0] != '$' ? "$" + name.ToString() : name.ToString();
            value.Append(source.Unknown(variable.TrimStart('$'), variable));
        }
        else
        {
            // Why not what follows: `{x!r:>10}` is x, whatever its format.
            value.Append(source.Embedded(start, start + (colon > 0 && name.Length > 0 ? expression.IndexOf(name) + name.Length : expression.Length)));
            if (stop > start) Embedded.Add((start, stop));
        }
        return stop;
    }

    private int EndOfField(int start, int end)
    {
        var i = start;
        var quote = '\0';
        for (var depth = 0; i < end; i++)
        {
            var c = _text[i];
            if (c == '\\') { i++; continue; }
            if (quote != 0) { if (c == quote) quote = '\0'; continue; }
            if (c is '\'' or '"' or '`') quote = c;
            else if (c == '{') depth++;
            else if (c == '}' && depth-- == 0) break;
        }
        return Math.Min(i, end);
    }

    private static bool IsSimple(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty) return false;
        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '$' or '@')) return false;
        }
        return true;
    }
}
