using System.Text;
using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>
/// PowerShell text to what it runs: pipelines, script blocks, call operators, variables that are literal, here-strings, members.
/// No full grammar: what it does not know it steps over. One pass, bounded depth, never throws.
/// </summary>
internal sealed class PowerShellReader(CodeText source, CodeEffects effects)
{
    private const int MostDepth = 40;

    /// <summary>Words of one text; what is behind them counts as unknown code.</summary>
    private const int MostWords = 60_000;

    private readonly string _text = source.Text;
    private readonly Dictionary<string, CodeValue> _variables = new(StringComparer.OrdinalIgnoreCase);
    private int _at;
    private int _depth;
    private int _foldBudget = 1 << 18;
    private int _words;

    public void Read()
    {
        while (_at < _text.Length)
        {
            Statements('\0');
            _at++;
        }
    }

    /// <summary>Reads up to the closing sign and gives the last value.</summary>
    private CodeValue Statements(char closer)
    {
        var last = CodeValue.Unknown;
        if (++_depth > MostDepth)
        {
            _at = _text.Length;
            _depth--;
            return last;
        }
        while (true)
        {
            SkipBlanks(lines: true);
            if (_at >= _text.Length || _text[_at] == closer || (closer != '\0' && _text[_at] is ')' or '}')) break;
            var before = _at;
            last = Pipeline();
            if (_at == before) _at++;
        }
        _depth--;
        return last;
    }

    private CodeValue Pipeline()
    {
        CodeValue? fed = null;
        while (true)
        {
            SkipBlanks(lines: fed is not null);
            var before = _at;
            fed = Element(fed);
            SkipBlanks(lines: false);
            if (_at < _text.Length && _text[_at] == '|' && !(_at + 1 < _text.Length && _text[_at + 1] == '|')) { _at++; continue; }
            while (_at < _text.Length && _text[_at] is ';' or '|' or '&' && _at > before) _at++;
            return fed;
        }
    }

    /// <summary>One command or expression.</summary>
    private CodeValue Element(CodeValue? fed)
    {
        if (_at >= _text.Length) return CodeValue.Unknown;
        var start = _at;
        var c = _text[_at];
        if (c is '&' or '.' && _at + 1 < _text.Length && (char.IsWhiteSpace(_text[_at + 1]) || _text[_at + 1] is '"' or '\'' or '$' or '(' or '{'))
        {
            _at++;
            SkipBlanks(lines: false);
            if (_at < _text.Length && _text[_at] == '{') return Block();
            return Command(Word(), fed, start);
        }
        if (c is '$' or '"' or '\'' or '(' or '[' or '@' or '{' || char.IsAsciiDigit(c)) return Redirected(Expression());
        if (c is ')' or '}' or ']' or ',' or '=' or '<' or '>' or '!' or '+' or '*') { _at++; return CodeValue.Unknown; }
        var name = Word();
        return Keyword(name.Text) ? CodeValue.Unknown : Command(name, fed, start);
    }

    /// <summary><c>'text' &gt; file</c>.</summary>
    private CodeValue Redirected(CodeValue value)
    {
        if (_at >= _text.Length || _text[_at] != '>') return value;
        var start = _at++;
        var appends = _at < _text.Length && _text[_at] == '>';
        if (appends) _at++;
        SkipBlanks(lines: false);
        var target = Word();
        if (target.Name != "null") effects.Write(target, appends, start, _at);
        return CodeValue.Unknown;
    }

    /// <summary>Words of the language: what follows them is read as statements of its own.</summary>
    private bool Keyword(string? word)
    {
        switch (word?.ToLowerInvariant())
        {
            case "foreach":
                SkipBlanks(lines: true);
                if (_at >= _text.Length || _text[_at] != '(') return false;
                _at++;
                SkipBlanks(lines: true);
                var variable = _at < _text.Length && _text[_at] == '$' ? VariableName() : "";
                SkipBlanks(lines: true);
                if (string.Compare(_text, _at, "in", 0, 2, StringComparison.OrdinalIgnoreCase) == 0) _at += 2;
                SkipBlanks(lines: true);
                var list = Statements(')');
                if (variable.Length > 0) _variables[variable] = CodeFolding.ElementOf(list);
                _at++;
                return true;
            case "function" or "filter":
                SkipBlanks(lines: true);
                Word();
                return true;
            case "if" or "elseif" or "else" or "while" or "for" or "do" or "until" or "switch" or "try" or "catch" or "finally" or "return" or "throw" or "param" or "begin" or "process" or "end" or "in" or "trap" or "exit" or "break" or "continue":
                return true;
            default:
                return false;
        }
    }

    private CodeValue Command(CodeValue name, CodeValue? fed, int start)
    {
        var arguments = new List<PowerShellArgument>();
        CodeValue? target = null;
        var appends = false;
        while (_at < _text.Length)
        {
            SkipBlanks(lines: false);
            if (_at >= _text.Length) break;
            var c = _text[_at];
            if (c is '\n' or ';' or '|' or ')' or '}' || (c == '&' && arguments.Count >= 0 && !IsDescriptor())) break;
            if (c == '>' || (char.IsAsciiDigit(c) || c == '*') && _at + 1 < _text.Length && _text[_at + 1] == '>')
            {
                if (c != '>') _at++;
                _at++;
                appends = _at < _text.Length && _text[_at] == '>';
                if (appends) _at++;
                if (_at < _text.Length && _text[_at] == '&') { _at += 2; continue; }
                SkipBlanks(lines: false);
                target = Word();
                continue;
            }
            if (c == ',') { _at++; continue; }
            if (c == '{') { Block(); continue; }
            var before = _at;
            var isParameter = c is '-' && _at + 1 < _text.Length && (char.IsLetter(_text[_at + 1]) || _text[_at + 1] == '-');
            var value = Word();
            if (_at == before) { _at++; continue; }
            var text = value.Text;
            if (isParameter && text is not null && text.IndexOf(':', StringComparison.Ordinal) is var colon && colon > 0 && !text.StartsWith("--", StringComparison.Ordinal))
            {
                arguments.Add(new(CodeValue.Of(text[..colon]), true));
                if (colon + 1 < text.Length && !text.StartsWith("-conf", StringComparison.OrdinalIgnoreCase)) arguments.Add(new(CodeValue.Of(text[(colon + 1)..]), false));
            }
            else arguments.Add(new(value, isParameter));
        }
        var output = PowerShellCalls.Run(source, effects, name, arguments, fed, start, _at);
        if (target is null || target.Text is "$null" || target.Name == "null") return output;
        effects.Write(target, appends, start, _at);
        return CodeValue.Unknown;
    }

    private bool IsDescriptor() => _at > 0 && _text[_at - 1] == '>';

    /// <summary>A value with its members, operators and an assignment.</summary>
    private CodeValue Expression()
    {
        var start = _at;
        var variable = _text[_at] == '$' && _at + 1 < _text.Length && (char.IsLetter(_text[_at + 1]) || _text[_at + 1] == '_') ? PeekVariable() : "";
        var value = Word();
        var isVariable = variable.Length > 0 && _at == start + 1 + variable.Length;
        while (_at < _text.Length)
        {
            SkipBlanks(lines: false);
            if (_at >= _text.Length) break;
            var c = _text[_at];
            if (c == '=' && isVariable)
            {
                _at++;
                SkipBlanks(lines: true);
                value = Pipeline();
                _variables[variable] = value;
                return value;
            }
            if (c == '+' && _at + 1 < _text.Length && _text[_at + 1] != '+')
            {
                _at++;
                if (_at < _text.Length && _text[_at] == '=') _at++;
                SkipBlanks(lines: true);
                var right = Word();
                value = Join(value, right);
                if (isVariable) _variables[variable] = value;
                continue;
            }
            if (c == ',') { _at++; SkipBlanks(lines: true); var next = Word(); value = CodeValue.List(value.Items is { } items ? [.. items, next] : [value, next]); continue; }
            if (c == '-' && _at + 1 < _text.Length && char.IsLetter(_text[_at + 1]))
            {
                // -join, -replace, -f, -eq: the value is no longer known, but where it came from is.
                var operation = Word().Text;
                SkipBlanks(lines: true);
                var right = Word();
                value = operation is "-f" && value.Text is { } format ? CodeValue.Of(Formatted(format, right)) : operation == "-join" && value.Items is { } parts ? Joined(parts, right.Text ?? "") : CodeValue.Mixed(value, right);
                continue;
            }
            break;
        }
        return value;
    }

    private string Formatted(string format, CodeValue values)
    {
        var items = values.Items ?? [values];
        for (var i = 0; i < items.Count && i < 10; i++) format = format.Replace("{" + (char)('0' + i) + "}", items[i].Text ?? source.Unknown("value"), StringComparison.Ordinal);
        return format;
    }

    private CodeValue Joined(IReadOnlyList<CodeValue> parts, string between)
    {
        var joined = new StringBuilder();
        foreach (var part in parts) joined.Append(joined.Length > 0 ? between : "").Append(part.Text ?? source.Unknown("value"));
        return CodeValue.Of(joined.ToString());
    }

    private CodeValue Join(CodeValue left, CodeValue right)
    {
        var origins = CodeValue.Mixed(left, right);
        _foldBudget -= (left.Text?.Length ?? 0) + (right.Text?.Length ?? 0);
        return _foldBudget < 0 || (left.Text is null && right.Text is null) ? origins : origins.With((left.Text ?? source.Unknown("value")) + (right.Text ?? source.Unknown("value")));
    }

    private CodeValue Block()
    {
        _at++;
        Statements('}');
        _at++;
        return CodeValue.Unknown;
    }

    /// <summary>One word: quoted and bare parts, variables, groups, and the members behind them.</summary>
    private CodeValue Word()
    {
        if (_at >= _text.Length) return CodeValue.Unknown;
        if (++_words > MostWords)
        {
            _at = _text.Length;
            effects.Unread();
            return CodeValue.Unknown;
        }
        var made = new StringBuilder();
        CodeValue? only = null;
        var parts = 0;
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c == '`' && _at + 1 < _text.Length) { if (_text[_at + 1] is not '\n') made.Append(_text[_at + 1]); _at += 2; parts += 2; continue; }
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
            parts++;
            only = parts == 1 ? part : null;
            if (part.Text is not null) made.Append(part.Text);
            else if (parts > 1 || _at < _text.Length) made.Append(source.Unknown(part.Name is { Length: > 0 } name ? name : "value"));
            if (made.Length > ShellLimits.Characters) break;
        }
        if (only is not null && only.Text?.StartsWith('~') != true) return only;
        var text = only?.Text ?? made.ToString();
        return text is "~" ? new CodeValue { Text = source.Home() } : text.StartsWith("~/", StringComparison.Ordinal) || text.StartsWith("~\\", StringComparison.Ordinal) ? CodeValue.Of(source.Home() + text[1..]) : CodeValue.Of(text);
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
        var made = new StringBuilder();
        var i = _at + 1;
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
                _at = i;
                CodeValue inner;
                if (_text[i + 1] == '(') { _at += 2; inner = Statements(')'); _at++; }
                else inner = Variable();
                made.Append(inner.Text ?? source.Unknown(inner.Name ?? "value"));
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

    private void SkipBlanks(bool lines)
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c == '\n' ? lines : char.IsWhiteSpace(c)) _at++;
            else if (c == '`' && _at + 1 < _text.Length && _text[_at + 1] is '\n' or '\r') _at += 2;
            else if (c == '#' && (_at == 0 || _text[_at - 1] is not ('<' or '`') && (char.IsWhiteSpace(_text[_at - 1]) || _text[_at - 1] is ';' or '{' or '}' or '(')))
            {
                var end = _text.IndexOf('\n', _at);
                _at = end < 0 ? _text.Length : end;
            }
            else if (c == '<' && _at + 1 < _text.Length && _text[_at + 1] == '#')
            {
                var end = _text.IndexOf("#>", _at + 2, StringComparison.Ordinal);
                _at = end < 0 ? _text.Length : end + 2;
            }
            else return;
        }
    }
}
