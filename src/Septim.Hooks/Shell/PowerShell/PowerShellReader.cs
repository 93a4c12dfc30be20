using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>
/// PowerShell text to what it runs: pipelines, script blocks, call operators, variables that are literal, here-strings, members.
/// No full grammar: what it does not know it steps over. One pass, bounded depth, never throws.
/// </summary>
internal sealed partial class PowerShellReader
{
    private const int MostDepth = 40;

    /// <summary>Functions that call functions are followed so far.</summary>
    private const int MostCalls = 8;

    /// <summary>Of a list of codes so many are read.</summary>
    private const int MostCodes = 16;

    private readonly CodeText _source;
    private readonly CodeEffects _effects;
    private readonly PowerShellWriter _writer;
    private readonly PowerShellCalls _calls;
    private readonly string _text;
    private readonly Dictionary<string, CodeValue> _variables = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _aliases = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (int Body, List<(string Name, CodeValue? Default)> Parameters)> _functions = new(StringComparer.OrdinalIgnoreCase);

    private int _at;
    private int _depth;
    private int _called;

    /// <summary>What is around keeps what is put out: an assignment, brackets, a condition.</summary>
    private int _keeps;

    /// <summary>What is read here may not be run: what it sets is one of two.</summary>
    private int _branches;

    /// <summary>The element read last ran something.</summary>
    private bool _ran;

    /// <summary>The element read last puts nothing out: it was an assignment.</summary>
    private bool _isSilent;

    private List<PowerShellArgument> _arguments = [];

    public PowerShellReader(CodeText source, CodeEffects effects)
    {
        (_source, _effects, _text) = (source, effects, Plainly(source.Text));
        _writer = new PowerShellWriter(source, effects);
        _calls = new PowerShellCalls(_writer);
    }

    /// <summary>PowerShell takes typographic quotes and dashes for plain ones; the text keeps its length.</summary>
    private static string Plainly(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\u2013', '\u201e') < 0) return text;
        return string.Create(text.Length, text, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = from[i] switch
                {
                    '\u2018' or '\u2019' or '\u201a' or '\u201b' => '\'',
                    '\u201c' or '\u201d' or '\u201e' => '"',
                    '\u2013' or '\u2014' or '\u2015' => i > 0 && i + 1 < from.Length && char.IsWhiteSpace(from[i - 1]) && char.IsAsciiLetter(from[i + 1]) ? '-' : from[i],
                    var other => other,
                };
            }
        });
    }

    public void Read()
    {
        while (_at < _text.Length)
        {
            Statements('\0');
            _at++;
        }
    }

    /// <summary>Reads up to the closing sign and gives what the statements put out.</summary>
    private CodeValue Statements(char closer)
    {
        var all = CodeValue.Unknown;
        if (++_depth > MostDepth)
        {
            Stop();
            _depth--;
            return all;
        }
        while (true)
        {
            SkipBlanks(lines: true);
            if (_at >= _text.Length || _text[_at] == closer || (closer != '\0' && _text[_at] is ')' or '}')) break;
            var before = _at;
            var value = Pipeline();
            // Why: an assignment puts nothing out, but in brackets.
            if (!_isSilent || closer == ')') all = Both(all, value);
            if (_at == before) _at++;
            else EndStatement();
        }
        _isSilent = false;
        _depth--;
        return all;
    }

    /// <summary>Steps over what parts two statements; an <c>&amp;</c> behind a semicolon calls.</summary>
    private void EndStatement()
    {
        if (_at >= _text.Length || _text[_at] is not (';' or '|' or '&')) return;
        var isDouble = _text[_at] != ';' && _at + 1 < _text.Length && _text[_at + 1] == _text[_at];
        _at += isDouble ? 2 : 1;
    }

    /// <summary>The code behind here was not read; to the rules it is unknown code.</summary>
    private void Stop()
    {
        _source.Work.Cut();
        _at = _text.Length;
    }

    /// <summary>What two statements put out one after the other.</summary>
    private CodeValue Both(CodeValue first, CodeValue second)
    {
        if (first.Shell is not { } left) return second == CodeValue.Unknown ? first : second;
        if (second.Shell is not { } right) return first;
        return left.Length + right.Length < 1000 && _source.Work.Fold(left.Length + right.Length) ? new CodeValue { Shell = "{ " + left + "; " + right + "; }", Traits = first.Traits & second.Traits } : second;
    }

    private CodeValue Pipeline()
    {
        var ran = _ran;
        var start = _at;
        CodeValue? fed = null;
        while (true)
        {
            SkipBlanks(lines: fed is not null);
            _isSilent = _ran = false;
            fed = Element(fed);
            SkipBlanks(lines: false);
            if (_at < _text.Length && _text[_at] == '|' && !(_at + 1 < _text.Length && _text[_at + 1] == '|')) { _at++; continue; }
            break;
        }
        if (!_isSilent) Ends(fed, start);
        _ran = ran;
        return fed;
    }

    /// <summary>The end of a pipeline: what it puts out is seen, or kept by what is around.</summary>
    private void Ends(CodeValue value, int start)
    {
        if (_keeps == 0) { _calls.Shows(value, start, Math.Min(_at, _text.Length)); return; }
        // Why: to read a file into a variable changes nothing.
        if (!_ran || value.Shell is not { } shell || (shell.StartsWith("cat ", StringComparison.Ordinal) && shell.AsSpan().IndexOfAny('|', '$', '>') < 0)) return;
        _writer.Keep(shell, start, Math.Min(_at, _text.Length));
    }

    /// <summary>One command or expression.</summary>
    private CodeValue Element(CodeValue? fed)
    {
        if (_at >= _text.Length) return CodeValue.Unknown;
        var start = _at;
        var c = _text[_at];
        if (c == '&' || (c == '.' && _at + 1 < _text.Length && (char.IsWhiteSpace(_text[_at + 1]) || _text[_at + 1] is '"' or '\'' or '$' or '(' or '{')))
        {
            _at++;
            SkipBlanks(lines: false);
            if (_at < _text.Length && _text[_at] == '{')
            {
                var body = _at + 1;
                SkipBlock();
                return Called(body, [], Arguments(null, null, out _, out _), fed);
            }
            return Command(Word(), fed, start);
        }
        // [CmdletBinding()]
        if (c == '[' && TypeName() is null)
        {
            SkipBrackets();
            return CodeValue.Unknown;
        }
        _at = start;
        if (c is '$' or '"' or '\'' or '(' or '[' or '@' or '{' or '!' or ',' or '+' || char.IsAsciiDigit(c) || (c == '-' && IsOperator())) return Redirected(Expression(), start);
        if (c is ')' or '}' or ']' or '=' or '<' or '>' or '*') { _at++; return CodeValue.Unknown; }
        var name = Word();
        if (_source.Work.IsCut) return CodeValue.Unknown;
        return _at - start < 16 && Keyword(name.Text?.ToLowerInvariant(), fed) is { } value ? value : Command(name, fed, start);
    }

    /// <summary><c>-join</c>, <c>-not</c>: an operator before its operand, no command.</summary>
    private bool IsOperator()
    {
        foreach (var name in (ReadOnlySpan<string>)["-not", "-join", "-split", "-bnot"])
        {
            if (string.Compare(_text, _at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0 && _at + name.Length < _text.Length && !char.IsLetterOrDigit(_text[_at + name.Length])) return true;
        }
        return _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1]);
    }

    private CodeValue Command(CodeValue name, CodeValue? fed, int start)
    {
        if (name.Text is { } given && _aliases.TryGetValue(given, out var meant)) name = CodeValue.Of(meant);
        var named = name.Text is { Length: < 256 } known && name.Name != "scriptblock" ? PowerShellNames.Full(known, []) : null;
        var arguments = Arguments(named, fed, out var block, out var redirected);
        _ran = true;
        var output = Run(name, named, arguments, fed, block, start);
        if (redirected is not { } to) return output;
        Into(output, to.Target, to.Appends, start);
        return CodeValue.Unknown;
    }

    private CodeValue Run(CodeValue name, string? named, List<PowerShellArgument> arguments, CodeValue? fed, CodeValue? block, int start)
    {
        var end = Math.Min(_at, _text.Length);
        if (name.Name == "scriptblock") { Evaluate(name, start, end); return CodeValue.Unknown; }
        if (name.Text is not { Length: > 0 } given)
        {
            // Why: a program that is not known, with nothing to do, says nothing.
            if (name.Shell is null && (name.Name is null or "null" || arguments.Count == 0)) return CodeValue.Unknown;
            var words = new List<CodeValue> { name };
            foreach (var argument in arguments) words.Add(argument.Value);
            return new CodeValue { Shell = _writer.Pipe(fed, _writer.Line([.. words])) };
        }
        if (_functions.TryGetValue(given, out var function))
        {
            var at = _at;
            var output = Called(function.Body, function.Parameters, arguments, fed);
            _at = at;
            return output;
        }
        var call = new PowerShellCall(given.Length < 256 ? PowerShellNames.Full(given, arguments) : given, arguments, fed, start, end);
        switch (call.Name)
        {
            case "foreach-object":
                return block ?? (fed is not null && (call["process"] ?? call["membername"])?.Text is { } member ? _calls.Property(fed, member) : fed ?? CodeValue.Unknown);
            case "where-object": return Filtered(fed ?? CodeValue.Unknown, block ?? Condition(call));
            case "invoke-expression":
                Evaluate(call["command"] ?? fed ?? CodeValue.Unknown, start, end);
                return CodeValue.Unknown;
            case "invoke-command" or "start-job" or "start-threadjob" when block is null:
                if ((call["scriptblock"] ?? (call.Bare.Count > 0 ? call.Bare[^1] : null)) is { } code && (code.Shell is not null || code.Name == "scriptblock")) Evaluate(code, start, end);
                return CodeValue.Unknown;
            case "set-alias" or "new-alias":
                if (call["name"]?.Text is { } alias && call["value"]?.Text is { } value) _aliases[alias] = value;
                return CodeValue.Unknown;
            case "invoke-command" or "start-job" or "measure-command" when block is not null: return block;
            case "set-variable" or "new-variable" or "get-variable":
                if (call["name"]?.Text is not { } variable) return CodeValue.Unknown;
                if (call.Name == "get-variable") return call.Has("valueonly") && _variables.TryGetValue(variable, out var held) ? held : CodeValue.Unknown;
                _variables[Plain("$" + variable)] = call["value"] ?? fed ?? CodeValue.Unknown;
                return CodeValue.Unknown;
            default:
                var result = _calls.Run(call);
                if ((call["outvariable"] ?? call["ov"] ?? (call.Name == "tee-object" ? call["variable"] : null))?.Text is { } kept) _variables[kept.TrimStart('+')] = result;
                return result;
        }
    }

    /// <summary>The body of a function or block, with its arguments bound to its parameters.</summary>
    private CodeValue Called(int body, List<(string Name, CodeValue? Default)> parameters, List<PowerShellArgument> arguments, CodeValue? fed)
    {
        if (_called == MostCalls) return CodeValue.Unknown;
        var (at, before) = (_at, _arguments);
        _called++;
        _arguments = arguments;
        Bind(parameters, arguments);
        if (fed is not null) _variables["_"] = _variables["psitem"] = _variables["input"] = Each(fed);
        _at = body;
        var output = Statements('}');
        _at = at;
        _arguments = before;
        _called--;
        return _keeps == 0 ? CodeValue.Unknown : output;
    }
}
