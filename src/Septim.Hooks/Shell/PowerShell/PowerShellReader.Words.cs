using System.Text;
using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>Words: quotes, variables, groups, members.</summary>
internal sealed partial class PowerShellReader
{
    /// <summary>One word: quoted and bare parts, variables, groups, and the members behind them.</summary>
    /// <param name="isOperand">A value between operators: it ends where it ends, whatever follows.</param>
    private CodeValue Word(bool isOperand = false)
    {
        if (_at >= _text.Length) return CodeValue.Unknown;
        // Why two: a word is read with all that stands behind it.
        if (!_source.Work.Token() || !_source.Work.Token())
        {
            _at = _text.Length;
            return CodeValue.Unknown;
        }
        StringBuilder? made = null;
        CodeValue? only = null;
        // Why: a word of one part is that part's value, and a variable's may be long.
        CodeValue? first = null;
        var isHome = _text[_at] == '~';
        var parts = 0;
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c == '`' && _at + 1 < _text.Length) { Append(ref made, first); first = only = null; if (_text[_at + 1] is not '\n') (made ??= new()).Append(_text[_at + 1]); _at += 2; parts += 2; continue; }
            if (char.IsWhiteSpace(c) || c is ';' or '|' or ',' or ')' or '}' || (c is '>' or '<' or '&') || (c == '{' && parts > 0)) break;
            if (parts > 0 && (isOperand || (c == '=' && parts == 1 && only is not null))) break;
            CodeValue part;
            var isValue = true;
            if (c is '\'' or '"') part = Quoted(c);
            else if (c == '@' && _at + 1 < _text.Length && _text[_at + 1] is '\'' or '"') part = HereString();
            else if (c == '(' || (c is '$' or '@' && _at + 1 < _text.Length && _text[_at + 1] == '('))
            {
                // iex(…): a bare word ends at a bracket.
                if (c == '(' && parts > 0) break;
                _at += c == '(' ? 1 : 2;
                part = Kept(')');
            }
            else if (c == '@' && _at + 1 < _text.Length && _text[_at + 1] == '{') part = Table();
            else if (c == '$' && _at + 1 < _text.Length && (char.IsLetter(_text[_at + 1]) || _text[_at + 1] is '_' or '{' or '?' or '^')) part = Variable();
            else if (c == '[' && parts == 0 && TypeName() is { } type) part = type;
            else if (c == '{') part = Block();
            else
            {
                var start = _at++;
                if (isOperand && char.IsAsciiDigit(c))
                {
                    while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '.')) _at++;
                }
                else
                {
                    while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not (';' or '|' or ',' or ')' or '}' or '{' or '(' or '\'' or '"' or '$' or '`' or '>' or '<' or '&') && !(isOperand && _text[_at] is ']' or '=')) _at++;
                }
                part = CodeValue.Of(_text[start.._at]);
                isValue = false;
            }
            if (isValue && parts == 0) part = Members(part);
            // Why: quoted and bare parts side by side are one word, however many they are.
            if (parts++ > 0 && !_source.Work.Token())
            {
                _at = _text.Length;
                break;
            }
            only = parts == 1 ? part : null;
            if (parts == 1) { first = part; continue; }
            Append(ref made, first);
            first = null;
            Append(ref made, part);
            if (made!.Length > ShellLimits.Characters) break;
        }
        if (only is not null && !(isHome && only.Text?.StartsWith('~') == true)) return only;
        var text = only?.Text ?? made?.ToString() ?? "";
        if (!isHome) return CodeValue.Of(text);
        return text is "~" ? new CodeValue { Text = _writer.Home() } : text.StartsWith("~/", StringComparison.Ordinal) || text.StartsWith("~\\", StringComparison.Ordinal) ? CodeValue.Of(_writer.Home() + text[1..]) : CodeValue.Of(text);
    }

    private void Append(ref StringBuilder? made, CodeValue? part)
    {
        if (part is null) return;
        var known = _writer.Embed(part);
        (made ??= new()).Append(_source.Work.Fold(known.Length) ? known : _source.Unknown("value"));
    }

    /// <summary><c>.Name</c>, <c>::Name(args)</c>, <c>[0]</c> behind a value that is no bare text.</summary>
    private CodeValue Members(CodeValue value)
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            var isStatic = c == ':' && _at + 2 < _text.Length && _text[_at + 1] == ':';
            if (isStatic || (c == '.' && _at + 1 < _text.Length && (char.IsLetter(_text[_at + 1]) || _text[_at + 1] == '_')) || (c == '?' && _at + 2 < _text.Length && _text[_at + 1] == '.' && char.IsLetter(_text[_at + 2])))
            {
                if (!_source.Work.Token())
                {
                    _at = _text.Length;
                    return CodeValue.Unknown;
                }
                var before = _at;
                _at += isStatic || c == '?' ? 2 : 1;
                var start = _at;
                while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_')) _at++;
                var member = _text[start.._at];
                if (_at < _text.Length && _text[_at] == '(')
                {
                    _at++;
                    value = Invoked(value, member, before);
                    continue;
                }
                if (_at < _text.Length && _text[_at] == '{' && member.Length < 8 && member.ToLowerInvariant() is "foreach" or "where") { value = Walked(value, member, closer: '}'); continue; }
                if (value.Name is { Length: > 200 }) return CodeValue.Unknown;
                value = isStatic ? new CodeValue { Name = (value.Name ?? "") + "." + member, Receiver = value } : _calls.Property(value, member);
                continue;
            }
            if (c == '[')
            {
                if (!_source.Work.Token()) { _at = _text.Length; return CodeValue.Unknown; }
                _at++;
                _keeps++;
                var index = Statements(']');
                _keeps--;
                _at = Math.Min(_at + 1, _text.Length);
                value = _calls.Indexed(value, index);
                continue;
            }
            break;
        }
        return value;
    }

    private CodeValue Invoked(CodeValue on, string member, int start)
    {
        if (member.Length < 8 && member.ToLowerInvariant() is "foreach" or "where") return Walked(on, member, closer: ')');
        var arguments = Arguments();
        // Why: what a text or an output is asked for runs nothing more.
        _ran |= on.Text is null && on.Shell is null;
        if (member.Length < 16 && member.ToLowerInvariant() is "invoke" or "invokescript" or "invokereturnasis")
        {
            if (on.Name == "scriptblock" || arguments.Count > 0) Evaluate(arguments.Count > 0 && on.Name != "scriptblock" ? arguments[0] : on, start, Math.Min(_at, _text.Length));
            return CodeValue.Unknown;
        }
        var name = (on.Name is { Length: < 200 } before ? before : "") + "." + member;
        return _calls.Method(new CodeValue { Name = name, Receiver = on }, arguments, start, Math.Min(_at, _text.Length));
    }

    /// <summary><c>.ForEach({ … })</c>, <c>.Where({ … })</c>.</summary>
    private CodeValue Walked(CodeValue on, string member, char closer)
    {
        _variables.TryGetValue("_", out var before);
        _variables["_"] = _variables["psitem"] = Each(on);
        _keeps++;
        var value = CodeValue.Unknown;
        if (closer == '}') value = Block();
        else
        {
            var arguments = Arguments();
            if (arguments.Count > 0) value = arguments[0];
        }
        _keeps--;
        if (before is not null) _variables["_"] = _variables["psitem"] = before;
        return member.Equals("where", StringComparison.OrdinalIgnoreCase) ? Filtered(on, value) : value;
    }

    private List<CodeValue> Arguments()
    {
        var arguments = new List<CodeValue>();
        if (++_depth > MostDepth) { Stop(); _depth--; return arguments; }
        _keeps++;
        while (_at < _text.Length)
        {
            SkipBlanks(lines: true);
            if (_at >= _text.Length || _text[_at] == ')') break;
            if (_text[_at] == ',') { _at++; continue; }
            var before = _at;
            arguments.Add(Expression(lists: false));
            if (_at == before) _at++;
        }
        _keeps--;
        _at = Math.Min(_at + 1, _text.Length);
        _depth--;
        return arguments;
    }

    private CodeValue? TypeName()
    {
        var close = _text.IndexOf(']', _at, Math.Min(120, _text.Length - _at));
        if (close < 0) return null;
        // char[], List[string]
        if (close + 1 < _text.Length && _text[close + 1] == ']') close++;
        var name = _text[(_at + 1)..close];
        if (name.Length == 0 || !char.IsLetter(name[0])) return null;
        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('.' or '_' or '[' or ']' or '+' or ',')) return null;
        }
        _at = close + 1;
        return new CodeValue { Name = "[" + name + "]" };
    }

    private CodeValue Quoted(char quote)
    {
        var i = _at + 1;
        var plain = _text.AsSpan(i).IndexOfAny(quote, quote == '"' ? '`' : quote, quote == '"' ? '$' : quote);
        if (plain >= 0 && _text[i + plain] == quote && !(i + plain + 1 < _text.Length && _text[i + plain + 1] == quote))
        {
            _at = i + plain + 1;
            return CodeValue.Of(_text.Substring(i, plain));
        }
        var made = new StringBuilder();
        var end = Expanded(made, i, _text.Length, quote);
        _at = end < 0 ? _text.Length : end + 1;
        return CodeValue.Of(made.ToString());
    }

    /// <summary>The text up to its closing quote (or to <paramref name="stop"/>, in a here-string), its variables put in; gives the quote's place or -1.</summary>
    private int Expanded(StringBuilder made, int from, int stop, char quote)
    {
        for (var i = from; i < stop; i++)
        {
            var c = _text[i];
            if (c == quote && stop == _text.Length)
            {
                if (i + 1 < _text.Length && _text[i + 1] == quote) { made.Append(c); i++; continue; }
                return i;
            }
            if (quote == '"' && c == '`' && i + 1 < stop) { made.Append(_text[++i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '0' => ' ', var other => other }); continue; }
            if (quote == '"' && c == '$' && i + 1 < stop && (char.IsLetter(_text[i + 1]) || _text[i + 1] is '(' or '{' or '_'))
            {
                if (!_source.Work.Token()) break;
                _at = i;
                CodeValue inner;
                if (_text[i + 1] == '(') { _at += 2; inner = Kept(')'); }
                else inner = Variable();
                var known = _writer.Embed(inner);
                made.Append(_source.Work.Fold(known.Length) ? known : _source.Unknown("value"));
                i = _at - 1;
                continue;
            }
            made.Append(c);
        }
        return -1;
    }

    private CodeValue HereString()
    {
        var quote = _text[_at + 1];
        var close = _text.IndexOf("\n" + quote + "@", _at, StringComparison.Ordinal);
        var line = _text.IndexOf('\n', _at);
        if (close < 0 || line < 0) { _at = _text.Length; return CodeValue.Unknown; }
        var body = line + 1;
        if (body > close) { _at = close + 3; return CodeValue.Of(""); }
        if (quote == '\'' || _text.AsSpan(body, close - body).IndexOfAny('$', '`') < 0)
        {
            _at = close + 3;
            return CodeValue.Of(_text[body..close]);
        }
        var made = new StringBuilder();
        Expanded(made, body, close, quote);
        _at = close + 3;
        return CodeValue.Of(made.ToString());
    }
}
