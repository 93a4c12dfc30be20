using System.Text;
using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>Words: quotes, variables, groups, members.</summary>
internal sealed partial class PowerShellReader
{
    /// <summary>One word: quoted and bare parts, variables, groups, and the members behind them.</summary>
    private CodeValue Word()
    {
        if (_at >= _text.Length) return CodeValue.Unknown;
        // Why two: a word is read with all that stands behind it.
        if (!source.Work.Token() || !source.Work.Token())
        {
            _at = _text.Length;
            return CodeValue.Unknown;
        }
        StringBuilder? made = null;
        CodeValue? only = null;
        // Why: a word of one part is that part's value, and a variable's may be long.
        CodeValue? first = null;
        var parts = 0;
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c == '`' && _at + 1 < _text.Length) { Append(ref made, first); first = only = null; if (_text[_at + 1] is not '\n') (made ??= new()).Append(_text[_at + 1]); _at += 2; parts += 2; continue; }
            if (char.IsWhiteSpace(c) || c is ';' or '|' or ',' or ')' or '}' || (c is '>' or '<' or '&') || (c == '{' && parts > 0)) break;
            if (c == '=' && parts == 1 && only is not null) break;
            CodeValue part;
            if (c is '\'' or '"') part = Quoted(c);
            else if (c == '@' && _at + 1 < _text.Length && _text[_at + 1] is '\'' or '"') part = HereString();
            else if (c == '(' || (c is '$' or '@' && _at + 1 < _text.Length && _text[_at + 1] == '('))
            {
                // iex(…): a bare word ends at a bracket.
                if (c == '(' && parts > 0) break;
                _at += c == '(' ? 1 : 2;
                part = Statements(')');
                _at++;
            }
            else if (c == '@' && _at + 1 < _text.Length && _text[_at + 1] == '{') { _at++; Block(); part = CodeValue.Unknown; }
            else if (c == '$' && _at + 1 < _text.Length && (char.IsLetter(_text[_at + 1]) || _text[_at + 1] is '_' or '{' or '?' or '^')) part = Variable();
            else if (c == '[' && parts == 0 && TypeName() is { } type) part = type;
            else if (c == '{') part = Block();
            else
            {
                var start = _at++;
                while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not (';' or '|' or ',' or ')' or '}' or '{' or '(' or '\'' or '"' or '$' or '`' or '>' or '<' or '&')) _at++;
                part = CodeValue.Of(_text[start.._at]);
            }
            part = Members(part);
            // Why: quoted and bare parts side by side are one word, however many they are.
            if (parts++ > 0 && !source.Work.Token())
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
        if (only is not null && only.Text?.StartsWith('~') != true) return only;
        var text = only?.Text ?? made?.ToString() ?? "";
        return text is "~" ? new CodeValue { Text = source.Home() } : text.StartsWith("~/", StringComparison.Ordinal) || text.StartsWith("~\\", StringComparison.Ordinal) ? CodeValue.Of(source.Home() + text[1..]) : CodeValue.Of(text);
    }

    private void Append(ref StringBuilder? made, CodeValue? part)
    {
        if (part is not null) (made ??= new()).Append(part.Text is { } known && source.Work.Fold(known.Length) ? known : source.Unknown(part.Name is { Length: > 0 } name ? name : "value"));
    }

    /// <summary><c>.Name</c>, <c>::Name(args)</c>, <c>[0]</c> behind a value that is no bare text.</summary>
    private CodeValue Members(CodeValue value)
    {
        while (_at < _text.Length && (value.Text is null || value.Name is not null || _text[_at - 1] is ')' or '"' or '\'' or ']'))
        {
            var c = _text[_at];
            var isStatic = c == ':' && _at + 2 < _text.Length && _text[_at + 1] == ':';
            if (isStatic || (c == '.' && _at + 1 < _text.Length && char.IsLetter(_text[_at + 1])))
            {
                if (!source.Work.Token())
                {
                    _at = _text.Length;
                    return CodeValue.Unknown;
                }
                _at += isStatic ? 2 : 1;
                var start = _at;
                while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_')) _at++;
                var member = _text[start.._at];
                value = new CodeValue { Name = (value.Name ?? "") + "." + member, Receiver = value, Traits = value.Traits, File = value.File, Url = value.Url };
                if (_at < _text.Length && _text[_at] == '(') { _at++; value = Invoke(value, Arguments()); }
                if (value.Name is { Length: > 200 }) return CodeValue.Unknown;
                continue;
            }
            if (c == '[' && value.Text is null)
            {
                _at++;
                Statements(']');
                if (_at < _text.Length) _at++;
                continue;
            }
            break;
        }
        return value;
    }

    private List<CodeValue> Arguments()
    {
        var arguments = new List<CodeValue>();
        if (++_depth > MostDepth) { _at = _text.Length; _depth--; return arguments; }
        while (_at < _text.Length)
        {
            SkipBlanks(lines: true);
            if (_at >= _text.Length || _text[_at] == ')') break;
            if (_text[_at] == ',') { _at++; continue; }
            var before = _at;
            var value = _text[_at] is '$' or '"' or '\'' or '(' or '[' or '@' ? One() : Word();
            arguments.Add(value);
            if (_at == before) _at++;
        }
        _at++;
        _depth--;
        return arguments;
    }

    /// <summary>One value with <c>+</c> behind it, not a comma list.</summary>
    private CodeValue One()
    {
        var value = Word();
        while (true)
        {
            SkipBlanks(lines: true);
            if (_at >= _text.Length || _text[_at] != '+') return value;
            _at++;
            SkipBlanks(lines: true);
            value = Join(value, Word());
        }
    }

    private CodeValue Invoke(CodeValue callee, List<CodeValue> arguments) => PowerShellCalls.Method(source, effects, callee, arguments, Math.Max(0, _at - 40), _at);

    private CodeValue? TypeName()
    {
        var close = _text.IndexOf(']', _at, Math.Min(120, _text.Length - _at));
        if (close < 0) return null;
        var name = _text[(_at + 1)..close];
        if (name.Length == 0 || !char.IsLetter(name[0])) return null;
        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('.' or '_' or '[' or '+')) return null;
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
        var isOpen = true;
        for (; i < _text.Length; i++)
        {
            var c = _text[i];
            if (c == quote)
            {
                if (i + 1 < _text.Length && _text[i + 1] == quote) { made.Append(c); i++; continue; }
                isOpen = false;
                break;
            }
            if (quote == '"' && c == '`' && i + 1 < _text.Length) { made.Append(_text[++i] switch { 'n' => '\n', 't' => '\t', var other => other }); continue; }
            if (quote == '"' && c == '$' && i + 1 < _text.Length && (char.IsLetter(_text[i + 1]) || _text[i + 1] is '(' or '{' or '_'))
            {
                if (!source.Work.Token()) break;
                _at = i;
                CodeValue inner;
                if (_text[i + 1] == '(') { _at += 2; inner = Statements(')'); _at++; }
                else inner = Variable();
                made.Append(inner.Text is { } known && source.Work.Fold(known.Length) ? known : source.Unknown(inner.Name ?? "value"));
                i = _at - 1;
                continue;
            }
            made.Append(c);
        }
        _at = isOpen ? _text.Length : i + 1;
        return CodeValue.Of(made.ToString());
    }

    private CodeValue HereString()
    {
        var quote = _text[_at + 1];
        var close = _text.IndexOf("\n" + quote + "@", _at, StringComparison.Ordinal);
        var line = _text.IndexOf('\n', _at);
        if (close < 0 || line < 0) { _at = _text.Length; return CodeValue.Unknown; }
        _at = close + 3;
        return CodeValue.Of(line + 1 <= close ? _text[(line + 1)..close] : "");
    }

    private string PeekVariable()
    {
        var i = _at + 1;
        while (i < _text.Length && (char.IsLetterOrDigit(_text[i]) || _text[i] is '_')) i++;
        return _text[(_at + 1)..i];
    }

    private string VariableName()
    {
        _at++;
        var braced = _at < _text.Length && _text[_at] == '{';
        if (braced) _at++;
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' || (_text[_at] is ':' && _at + 1 < _text.Length && char.IsLetter(_text[_at + 1]))
            || (braced && _text[_at] != '}'))) _at++;
        if (_at == start && !braced && _at < _text.Length) _at++;
        var name = _text[start.._at];
        if (braced && _at < _text.Length) _at++;
        return name;
    }

    private CodeValue Variable()
    {
        var name = VariableName();
        if (_variables.TryGetValue(name, out var known)) return known;
        return name.ToLowerInvariant() switch
        {
            "home" or "env:userprofile" or "env:home" or "env:homepath" => new CodeValue { Text = source.Home() },
            "pwd" => CodeValue.Of("."),
            "null" => new CodeValue { Name = "null" },
            "true" or "false" => new CodeValue { Name = name.ToLowerInvariant() },
            "env:temp" or "env:tmp" or "env:tmpdir" => CodeValue.Of("/tmp"),
            "env:systemdrive" => CodeValue.Of("C:"),
            "env:windir" or "env:systemroot" => CodeValue.Of("C:\\Windows"),
            "env:programfiles" => CodeValue.Of("C:\\Program Files"),
            _ => new CodeValue { Name = name },
        };
    }
}
