using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>Words of the language, blocks, arguments, and code that is run.</summary>
internal sealed partial class PowerShellReader
{
    /// <summary>What a word of the language with all that belongs to it puts out; null when it is none.</summary>
    private CodeValue? Keyword(string? word, CodeValue? fed)
    {
        switch (word)
        {
            case "if" or "while" or "switch" or "for" or "do" or "try" or "catch" or "finally" or "else" or "elseif" or "until" or "trap": return Chain(word);
            case "begin" or "process" or "end" or "clean" or "data": return IsBlockNext() ? Chain(word) : null;
            case "foreach":
                SkipBlanks(lines: true);
                if (_at >= _text.Length || _text[_at] != '(') return null;
                Loop();
                return BlockNext();
            case "function" or "filter" or "workflow":
                Function();
                return CodeValue.Unknown;
            case "class" or "enum" or "configuration":
                while (_at < _text.Length && _text[_at] is not ('{' or ';' or '\n')) _at++;
                if (_at < _text.Length && _text[_at] == '{') SkipBlock();
                return CodeValue.Unknown;
            case "param":
                SkipBlanks(lines: true);
                if (_at >= _text.Length || _text[_at] != '(') return CodeValue.Unknown;
                _at++;
                Bind(Parameters(), _arguments);
                return CodeValue.Unknown;
            case "return" or "throw" or "exit":
                SkipBlanks(lines: false);
                return _at < _text.Length && _text[_at] is not ('\n' or ';' or '}' or ')') ? Element(fed) : CodeValue.Unknown;
            case "break" or "continue" or "in":
                return CodeValue.Unknown;
            default: return null;
        }
    }

    /// <summary><c>if (…) {…} elseif (…) {…} else {…}</c>, <c>do {…} while (…)</c>: a word and those that may follow it.</summary>
    private CodeValue Chain(string word)
    {
        var all = CodeValue.Unknown;
        while (true)
        {
            SkipBlanks(lines: true);
            // catch [IO.IOException], switch -Wildcard (…)
            while (_at < _text.Length && _text[_at] is '[' or '-' or ',')
            {
                if (_text[_at] == '[') SkipBrackets();
                else if (_text[_at] == ',') _at++;
                else Word();
                SkipBlanks(lines: true);
            }
            if (_at < _text.Length && _text[_at] == '(')
            {
                _at++;
                Kept(')');
            }
            var value = BlockNext();
            all = Either(all, value);
            var at = _at;
            SkipBlanks(lines: true);
            var start = _at;
            while (_at < _text.Length && char.IsAsciiLetter(_text[_at]) && _at - start < 10) _at++;
            var next = _text[start.._at].ToLowerInvariant();
            var follows = word is "if" or "elseif" or "else" ? next is "else" or "elseif" || (word == "else" && next == "if" && start == at) : word is "try" or "catch" ? next is "catch" or "finally" : word == "do" && next is "while" or "until";
            if (!follows || !_source.Work.Token()) { _at = at; return all; }
            word = next;
            if (word != "else") continue;
            SkipBlanks(lines: true);
            if (_at + 2 < _text.Length && string.Compare(_text, _at, "if", 0, 2, StringComparison.OrdinalIgnoreCase) == 0 && !char.IsLetterOrDigit(_text[_at + 2])) _at += 2;
        }
    }

    private static CodeValue Either(CodeValue first, CodeValue second)
    {
        if (first == CodeValue.Unknown) return second;
        if (second == CodeValue.Unknown) return first;
        return first is { Text: not null } && second is { Text: not null } ? new CodeValue { Items = [first, second], Traits = CodeTraits.AnyOf } : first.Shell is not null ? first : second;
    }

    private bool IsBlockNext()
    {
        var at = _at;
        SkipBlanks(lines: true);
        var isBlock = _at < _text.Length && _text[_at] == '{';
        _at = at;
        return isBlock;
    }

    private CodeValue BlockNext()
    {
        SkipBlanks(lines: true);
        return _at < _text.Length && _text[_at] == '{' ? Block() : CodeValue.Unknown;
    }

    private void Loop()
    {
        _at++;
        SkipBlanks(lines: true);
        var variable = _at < _text.Length && _text[_at] == '$' ? VariableName() : "";
        SkipBlanks(lines: true);
        if (string.Compare(_text, _at, "in", 0, 2, StringComparison.OrdinalIgnoreCase) == 0) _at += 2;
        SkipBlanks(lines: true);
        var list = Kept(')');
        if (variable.Length > 0) _variables[variable] = Each(list);
    }

    /// <summary>One of the elements at a time.</summary>
    private static CodeValue Each(CodeValue list) => list.Items is { Length: > 0 } ? CodeFolding.ElementOf(list) : list;

    private void Function()
    {
        SkipBlanks(lines: true);
        var start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not ('{' or '(')) _at++;
        var name = _text[start.._at];
        SkipBlanks(lines: true);
        List<(string, CodeValue?)> parameters = [];
        if (_at < _text.Length && _text[_at] == '(')
        {
            _at++;
            parameters = Parameters();
            SkipBlanks(lines: true);
        }
        if (_at >= _text.Length || _text[_at] != '{') return;
        if (name.Length is > 0 and < 128) _functions[name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..]] = (_at + 1, parameters);
        SkipBlock();
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
            if (!isParameter || value.Text is null) { arguments.Add(new(value, false)); continue; }
            arguments.Add(value.Text.StartsWith("--", StringComparison.Ordinal) ? new(value, true) : Parameter(value, start));
        }
        return arguments;
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

    /// <summary>A block that is an argument; of a command that runs it for each element, with that element.</summary>
    private CodeValue Body(string? command, CodeValue? fed)
    {
        var isEach = command is "foreach-object" or "where-object";
        if (!isEach && command is not ("invoke-command" or "measure-command" or "start-job")) return Block();
        _variables.TryGetValue("_", out var before);
        if (isEach) _variables["_"] = _variables["psitem"] = Each(fed ?? CodeValue.Unknown);
        if (isEach) _keeps++;
        var value = Block();
        if (isEach) _keeps--;
        if (isEach && before is not null) _variables["_"] = _variables["psitem"] = before;
        return value;
    }

    private CodeValue Block()
    {
        _at++;
        var value = Statements('}');
        _at = Math.Min(_at + 1, _text.Length);
        return _keeps == 0 ? CodeValue.Unknown : value;
    }

    /// <summary>Statements in brackets, behind the first of them.</summary>
    private CodeValue Kept(char closer)
    {
        _keeps++;
        var value = Statements(closer);
        _keeps--;
        _at = Math.Min(_at + 1, _text.Length);
        return value;
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
        return new CodeValue { Fields = fields };
    }

    private CodeValue Key()
    {
        if (_text[_at] is '\'' or '"' or '$' or '(') return Word(isOperand: true);
        var start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not ('=' or ';' or '}')) _at++;
        return CodeValue.Of(_text[start.._at]);
    }

    /// <summary>What a condition leaves of what comes down the pipeline.</summary>
    private static CodeValue Filtered(CodeValue fed, CodeValue condition)
    {
        // Why: some of the processes are not all of them.
        if (fed.Listing is not { } listing) return fed.Name == "get-process" ? CodeValue.Unknown : fed;
        return new CodeValue { Listing = condition is { Name: "?", Items: { } names } ? listing.Named(names) : listing with { IsFiltered = true } };
    }

    /// <summary><c>Where-Object Name -eq bin</c>.</summary>
    private static CodeValue Condition(PowerShellCall call) =>
        call["property"]?.Text is { } property && call["value"] is { } value ? Names(property.ToLowerInvariant(), call.Has("match") ? "-match" : call.Has("like") ? "-like" : call.Has("eq") ? "-eq" : call.Has("in") ? "-in" : "", value) : CodeValue.Unknown;

    /// <summary>Code that is run: what is known of it is read here.</summary>
    private void Evaluate(CodeValue code, int start, int end)
    {
        if (code.Items is { } codes)
        {
            for (var i = 0; i < codes.Length && i < MostCodes; i++)
            {
                if (codes[i].Items is null) Evaluate(codes[i], start, end);
            }
            return;
        }
        if (code.Text is not { } known || _writer.HoldsOutput(known) || (known.Length == 1 && CodeText.HasMark(known)))
        {
            _writer.Show("pwsh -c " + _writer.Word(code), start, end);
            return;
        }
        if (_effects.Level >= CodeScanner.MostLevels || _effects.IsMuted) return;
        var text = new CodeText(_source.ToWord(known), _source.Work);
        var effects = new CodeEffects(text, _effects.Calls, _effects.Level + 1);
        var reader = new PowerShellReader(text, effects);
        foreach (var (name, value) in _variables)
        {
            if (!_source.Work.Look()) break;
            if (value is { Text: { } plain, Items: null, Shell: null } && !CodeText.HasMark(plain)) reader._variables[name] = value;
        }
        reader.Read();
        effects.Finish(text.Text.Length);
    }
}
