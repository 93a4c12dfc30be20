using System.Text;
using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>
/// PowerShell text to what it runs: pipelines, script blocks, call operators, variables that are literal, here-strings, members.
/// No full grammar: what it does not know it steps over. One pass, bounded depth, never throws.
/// </summary>
internal sealed partial class PowerShellReader(CodeText source, CodeEffects effects)
{
    private const int MostDepth = 40;

    private readonly string _text = source.Text;
    private readonly Dictionary<string, CodeValue> _variables = new(StringComparer.OrdinalIgnoreCase);
    private int _at;
    private int _depth;

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
                if (variable.Length > 0) _variables[variable] = CodeFlow.ElementOf(list);
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
            if (c == ',')
            {
                List<CodeValue> list = value.Items is { } items && source.Work.Fold(items.Length) ? [.. items] : [value];
                for (; _at < _text.Length && _text[_at] == ','; SkipBlanks(lines: false))
                {
                    _at++;
                    SkipBlanks(lines: true);
                    list.Add(Word());
                }
                value = CodeValue.List([.. list]);
                continue;
            }
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
        for (var i = 0; i < items.Length && i < 10; i++)
        {
            if (!source.Work.Fold(format.Length + (long)format.Length / 3 * (items[i].Text?.Length ?? 1))) return source.Unknown("value");
            format = format.Replace("{" + (char)('0' + i) + "}", items[i].Text ?? source.Unknown("value"), StringComparison.Ordinal);
        }
        return format;
    }

    private CodeValue Joined(CodeValue[] parts, string between)
    {
        var joined = new StringBuilder();
        foreach (var part in parts)
        {
            if (!source.Work.Fold(between.Length + (part.Text?.Length ?? 1))) return CodeValue.Unknown;
            joined.Append(joined.Length > 0 ? between : "").Append(part.Text ?? source.Unknown("value"));
        }
        return CodeValue.Of(joined.ToString());
    }

    private CodeValue Join(CodeValue left, CodeValue right)
    {
        var origins = CodeValue.Mixed(left, right);
        return (left.Text is null && right.Text is null) || !source.Work.Fold((left.Text?.Length ?? 1) + (right.Text?.Length ?? 1)) ? origins : origins.With((left.Text ?? source.Unknown("value")) + (right.Text ?? source.Unknown("value")));
    }

    private CodeValue Block()
    {
        _at++;
        Statements('}');
        _at++;
        return CodeValue.Unknown;
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
