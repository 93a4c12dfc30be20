using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>Arguments and the parameters that they are bound to.</summary>
internal sealed partial class PowerShellReader
{
    /// <summary>Arguments up to the end of the command. A block among them is run where it stands.</summary>
    private List<PowerShellArgument> Arguments(string? command, CodeValue? fed, out CodeValue? block, out (CodeValue Target, bool Appends)? redirected)
    {
        var arguments = new List<PowerShellArgument>();
        block = null;
        redirected = null;
        while (_at < _text.Length)
        {
            SkipBlanks(lines: false);
            if (_at >= _text.Length) break;
            var c = _text[_at];
            if (c is '\n' or ';' or '|' or ')' or '}' or '&') break;
            if (c == '>' || (char.IsAsciiDigit(c) || c == '*') && _at + 1 < _text.Length && _text[_at + 1] == '>')
            {
                if (c != '>') _at++;
                var (target, appends) = Target();
                if (target is not null && c is '>' or '*' or '1') redirected = (target!, appends);
                continue;
            }
            if (c == ',') { _at++; continue; }
            if (c == '{') { block = Body(command, fed); continue; }
            if (c == '@' && _at + 1 < _text.Length && (char.IsLetter(_text[_at + 1]) || _text[_at + 1] == '_')) { Splat(arguments); continue; }
            var start = _at;
            var isParameter = c is '-' && _at + 1 < _text.Length && (char.IsLetter(_text[_at + 1]) || _text[_at + 1] is '-' or '?');
            var value = Argument(isParameter);
            if (_at == start) { _at++; continue; }
            if (value.Text == "--%") { Verbatim(arguments); continue; }
            if (!isParameter || value.Text is null) { arguments.Add(new(value, false)); continue; }
            arguments.Add(value.Text.StartsWith("--", StringComparison.Ordinal) ? new(value, true) : Parameter(value, start));
        }
        return arguments;
    }

    /// <summary>Behind <c>--%</c> nothing means anything to PowerShell, up to the line's end or a pipe.</summary>
    private void Verbatim(List<PowerShellArgument> arguments)
    {
        var end = _text.AsSpan(_at).IndexOfAny('\n', '|');
        end = end < 0 ? _text.Length : _at + end;
        foreach (var range in _text.AsSpan(_at, end - _at).Split(' '))
        {
            var word = _text[(_at + range.Start.Value)..(_at + range.End.Value)].Trim('"', '\r');
            if (word.Length > 0 && _source.Work.Token()) arguments.Add(new(CodeValue.Of(word), word[0] == '-'));
        }
        _at = end;
    }

    /// <summary>One argument; a list counts as one.</summary>
    private CodeValue Argument(bool isParameter)
    {
        var value = Word();
        if (isParameter) return value;
        List<CodeValue>? list = null;
        while (true)
        {
            var at = _at;
            SkipBlanks(lines: false);
            if (_at >= _text.Length || _text[_at] != ',') { _at = at; break; }
            _at++;
            SkipBlanks(lines: true);
            list ??= [value];
            var before = _at;
            list.Add(Word());
            if (_at == before) break;
        }
        return list is null ? value : CodeValue.List([.. list]);
    }

    /// <summary><c>-Confirm:$false</c>: the name and the value behind the colon.</summary>
    private PowerShellArgument Parameter(CodeValue value, int start)
    {
        var colon = start + 1;
        while (colon < _text.Length && (char.IsLetterOrDigit(_text[colon]) || _text[colon] == '_')) colon++;
        if (colon >= _text.Length || _text[colon] != ':' || colon >= _at) return new(value, true);
        var end = _at;
        _at = colon + 1;
        var attached = _at < end || (_at < _text.Length && _text[_at] is '"' or '\'' or '(') ? Word() : null;
        _at = Math.Max(_at, end);
        return new(CodeValue.Of(_text[start..colon]), true, attached);
    }

    /// <summary><c>@p</c>: the fields of a table are parameters, the elements of a list are values.</summary>
    private void Splat(List<PowerShellArgument> arguments)
    {
        _at++;
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or ':')) _at++;
        var name = _text[start.._at];
        if (!_variables.TryGetValue(name, out var value) || !_source.Work.Token())
        {
            arguments.Add(new(CodeValue.Of(_source.Unknown(name)), false));
            return;
        }
        foreach (var item in value.Items ?? [])
        {
            if (!_source.Work.Token()) return;
            arguments.Add(new(item, item.Text is ['-', ..]));
        }
        foreach (var (key, field) in value.Fields ?? new Dictionary<string, CodeValue>())
        {
            if (!_source.Work.Token()) return;
            arguments.Add(new(CodeValue.Of("-" + key), true, field));
        }
    }

    /// <summary><c>@{ a = 1; b = 2 }</c>, behind its first sign.</summary>
    private CodeValue Table()
    {
        _at += 2;
        var fields = new Dictionary<string, CodeValue>(StringComparer.OrdinalIgnoreCase);
        if (++_depth > MostDepth) { Stop(); _depth--; return CodeValue.Unknown; }
        _keeps++;
        while (_at < _text.Length)
        {
            SkipBlanks(lines: true);
            if (_at >= _text.Length || _text[_at] == '}') break;
            if (_text[_at] is ';' or ',') { _at++; continue; }
            var before = _at;
            var key = Key();
            SkipBlanks(lines: false);
            if (_at < _text.Length && _text[_at] == '=')
            {
                _at++;
                SkipBlanks(lines: true);
                var value = Pipeline();
                if (key.Text is { Length: < 256 } name) fields[name] = value;
            }
            if (_at == before) _at++;
        }
        _keeps--;
        _depth--;
        _isSilent = false;
        _at = Math.Min(_at + 1, _text.Length);
        var output = CodeValue.Unknown;
        foreach (var field in fields.Values) output = Both(output, field);
        return new CodeValue { Fields = fields, Shell = output.Shell };
    }

    private CodeValue Key()
    {
        if (_text[_at] is '\'' or '"' or '$' or '(') return Word(isOperand: true);
        var start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not ('=' or ';' or '}')) _at++;
        return CodeValue.Of(_text[start.._at]);
    }

    /// <summary>The names in <c>([string]$a, $b = 1)</c>, read up to the bracket that closes.</summary>
    private List<(string Name, CodeValue? Default)> Parameters()
    {
        var all = new List<(string, CodeValue?)>();
        while (_at < _text.Length && _source.Work.Token())
        {
            SkipBlanks(lines: true);
            if (_at >= _text.Length || _text[_at] == ')') break;
            if (_text[_at] == '[') { SkipBrackets(); continue; }
            if (_text[_at] != '$') { _at++; continue; }
            var name = VariableName();
            SkipBlanks(lines: true);
            CodeValue? standard = null;
            if (_at < _text.Length && _text[_at] == '=')
            {
                _at++;
                SkipBlanks(lines: true);
                _keeps++;
                standard = Expression(lists: false);
                _keeps--;
            }
            all.Add((name, standard));
        }
        _at = Math.Min(_at + 1, _text.Length);
        return all;
    }

    private void Bind(List<(string Name, CodeValue? Default)> parameters, List<PowerShellArgument> arguments)
    {
        var bare = new List<CodeValue>();
        var named = new Dictionary<string, CodeValue>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].IsParameter) { bare.Add(arguments[i].Value); continue; }
            var given = arguments[i].Value.Text!;
            foreach (var (name, _) in parameters)
            {
                if (!name.AsSpan().StartsWith(given.AsSpan(1), StringComparison.OrdinalIgnoreCase)) continue;
                named[name] = arguments[i].Attached ?? (i + 1 < arguments.Count && !arguments[i + 1].IsParameter ? arguments[++i].Value : new CodeValue { Name = "true" });
                break;
            }
        }
        _variables["args"] = CodeValue.List([.. bare]);
        var used = 0;
        foreach (var (name, standard) in parameters)
        {
            if ((named.TryGetValue(name, out var value) ? value : used < bare.Count ? bare[used++] : standard) is { } bound) _variables[name] = bound;
            else _variables.Remove(name);
        }
    }
}
