namespace Septim.Hooks.Shell.Code;

/// <summary>
/// Interpreter code to tokens: strings resolved, comments and regular expressions left out. One pass, linear, never throws:
/// an open string ends with the text.
/// </summary>
internal sealed partial class CodeLexer(CodeText source, CodeDialect dialect, bool readsTwice = false)
{
    private static readonly string[] Marks =
        ["...", "===", "!==", "**=", "||=", "&&=", "??=", "<<=", ">>=", "<=>", "->", "=>", "::", "==", "!=", "||", "&&", "??", "?.",
            "+=", "-=", "*=", ".=", "/=", "**", "<=", ">=", "<<", ">>", ":=", "=~", "!~", "..", "//"];

    private readonly string _text = source.Text;
    private readonly Dictionary<(int Start, int End), List<CodeToken>>? _read = readsTwice ? [] : null;
    private List<CodeToken> _tokens = [];
    private readonly List<(int Body, string Tag)> _hereDocuments = [];
    private int _at;
    private bool _startsLine = true;
    private bool _afterSpace;
    private bool _isOut;

    /// <summary>Code inside texts (<c>#{…}</c>, <c>${…}</c>, f-string fields) that is more than a variable's name.</summary>
    public List<(int Start, int End)> Embedded { get; } = [];

    /// <summary>The tokens between two offsets, up to where <see cref="CodeWork"/> ends. What was read before is read no second time.</summary>
    public List<CodeToken> Read(int start, int end)
    {
        if (_read is not null && _read.TryGetValue((start, end), out var known)) return known;
        _at = start;
        _tokens = [];
        _startsLine = true;
        while (_at < end && !_isOut) Next(end);
        _read?.Add((start, end), _tokens);
        return _tokens;
    }

    private CodeLanguage Language => dialect.Language;

    private void Next(int end)
    {
        var c = _text[_at];
        if (c == '\n')
        {
            _at++;
            _startsLine = true;
            if (_hereDocuments.Count > 0) SkipHereDocuments(end);
            return;
        }
        if (char.IsWhiteSpace(c) || (c == '\\' && _at + 1 < end && _text[_at + 1] == '\n'))
        {
            _at += c == '\\' ? 2 : 1;
            _afterSpace = true;
            return;
        }
        if (SkipsComment(c, end)) return;
        if (char.IsAsciiDigit(c)) { Number(end); return; }
        if (IsNameStart(c, end)) { Name(end); return; }
        if (c == '$' && Language == CodeLanguage.Perl && _at + 1 < end && _text[_at + 1] is '/' or ',' or '|' or '\\' or '!' or '&') { Add(CodeTokenKind.Name, _text.Substring(_at, 2), _at, _at + 2); return; }
        if (c is '"' or '\'') { Quoted(c, end); return; }
        if (c == '`')
        {
            var kind = Language == CodeLanguage.JavaScript ? CodeTokenKind.Template : CodeTokenKind.Command;
            if (Language is CodeLanguage.JavaScript || dialect.ShellQuotes) { Delimited(kind, _at, _at, '`', '`', true, end); return; }
        }
        if (c == '/' && dialect.Regex && ExpectsValue()) { Regex(end); return; }
        if (c == '%' && Language == CodeLanguage.Ruby && _at + 2 < end && ExpectsValue() && RubyPercent(end)) return;
        if (c == '<' && (TryHereDocument(end) || TryGlob(end))) return;
        // Why: most marks are one sign; the table is for those that go on.
        if (_at + 1 < end && c is not ('(' or ')' or '[' or ']' or '{' or '}' or ',' or ';') && char.IsPunctuation(_text[_at + 1]) | char.IsSymbol(_text[_at + 1]))
        {
            foreach (var mark in Marks)
            {
                if (mark[0] != c || _at + mark.Length > end || string.CompareOrdinal(_text, _at, mark, 0, mark.Length) != 0) continue;
                Add(CodeTokenKind.Mark, mark, _at, _at + mark.Length);
                return;
            }
        }
        Add(CodeTokenKind.Mark, Single(c), _at, _at + 1);
    }

    private static string Single(char c) => c switch
    {
        '(' => "(",
        ')' => ")",
        '[' => "[",
        ']' => "]",
        '{' => "{",
        '}' => "}",
        ',' => ",",
        ';' => ";",
        '.' => ".",
        '=' => "=",
        ':' => ":",
        _ => c.ToString(),
    };

    private void Add(CodeTokenKind kind, string text, int start, int end)
    {
        _tokens.Add(new CodeToken(kind, text, start, end, _startsLine, _afterSpace || _startsLine));
        _startsLine = false;
        _afterSpace = false;
        _at = end;
        _isOut |= !source.Work.Token();
    }

    private bool SkipsComment(char c, int end)
    {
        if (c == '#' && dialect.HashComments && !(Language == CodeLanguage.Perl && _at > 0 && _text[_at - 1] == '$'))
        {
            SkipLine(end);
            return true;
        }
        if (c != '/' || !dialect.SlashComments || _at + 1 >= end) return false;
        if (_text[_at + 1] == '/') { SkipLine(end); return true; }
        if (_text[_at + 1] != '*') return false;
        var close = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        _at = close < 0 || close + 2 > end ? end : close + 2;
        _afterSpace = true;
        return true;
    }

    private void SkipLine(int end)
    {
        var close = _text.IndexOf('\n', _at);
        _at = close < 0 || close > end ? end : close;
    }

    private bool IsNameStart(char c, int end)
    {
        if (char.IsLetter(c) || c == '_' || CodeText.IsMark(c)) return true;
        if (!dialect.Sigils || _at + 1 >= end) return false;
        var next = _text[_at + 1];
        if (c == '$') return char.IsLetterOrDigit(next) || next is '_' or '@' or '{' || Language == CodeLanguage.JavaScript;
        return (c == '@' || (c == '%' && Language == CodeLanguage.Perl && ExpectsValue())) && (char.IsLetter(next) || next is '_' or '@' or '{');
    }

    private void Name(int end)
    {
        var start = _at++;
        while (_at < end && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_' || CodeText.IsMark(_text[_at])
            || (_text[_at] == '$' && Language == CodeLanguage.JavaScript))) _at++;
        if (Language is CodeLanguage.Ruby or CodeLanguage.Other && _at < end && _text[_at] is '!' or '?' && !(_at + 1 < end && _text[_at + 1] == '=')) _at++;
        var name = _text.AsSpan(start, _at - start);
        if (_at < end && _text[_at] is '"' or '\'' && Language == CodeLanguage.Python && name.Length <= 2 && IsStringPrefix(name))
        {
            Quoted(_text[_at], end, start, raw: name.IndexOfAny('r', 'R') >= 0, fields: name.IndexOfAny('f', 'F') >= 0);
            return;
        }
        if (Language == CodeLanguage.Perl && PerlQuote(name, start, end)) return;
        Add(CodeTokenKind.Name, name.ToString(), start, _at);
    }

    private static bool IsStringPrefix(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!"rRbBuUfF".Contains(c)) return false;
        }
        return true;
    }

    private void Number(int end)
    {
        var start = _at;
        while (_at < end && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_'
            || (_text[_at] == '.' && _at + 1 < end && char.IsAsciiDigit(_text[_at + 1])))) _at++;
        Add(CodeTokenKind.Number, _text[start.._at], start, _at);
    }

    /// <summary>A value may stand here, so a slash or percent sign is no operator.</summary>
    private bool ExpectsValue()
    {
        if (_tokens.Count == 0 || (_startsLine && dialect.LinesEnd)) return true;
        var last = _tokens[^1];
        return last.Kind switch
        {
            CodeTokenKind.Mark => last.Text is not (")" or "]" or "}"),
            CodeTokenKind.Name => last.Text is "return" or "typeof" or "case" or "in" or "of" or "and" or "or" or "not" or "if" or "unless"
                or "split" or "grep" or "while" or "puts" or "print" or "system" or "exec" || (dialect.BareCalls && _afterSpace
                    && _at + 1 < _text.Length && !char.IsWhiteSpace(_text[_at + 1]) && !dialect.DotJoins),
            _ => false,
        };
    }

    private void Regex(int end)
    {
        var i = _at + 1;
        for (var inSet = false; i < end && _text[i] != '\n'; i++)
        {
            if (_text[i] == '\\') i++;
            else if (_text[i] == '[') inSet = true;
            else if (_text[i] == ']') inSet = false;
            else if (_text[i] == '/' && !inSet) break;
        }
        i = Math.Min(i + 1, end);
        while (i < end && char.IsAsciiLetter(_text[i])) i++;
        // Why: a pattern is a value that joins nothing and calls nothing, but a value must stand there.
        Add(CodeTokenKind.Number, "", _at, i);
    }
}
