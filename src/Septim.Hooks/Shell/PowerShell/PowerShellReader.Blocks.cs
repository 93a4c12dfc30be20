using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>Words of the language, blocks, and code that is run.</summary>
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
                else if (Word().Text is { Length: < 8 } option && word == "switch" && option.Equals("-file", StringComparison.OrdinalIgnoreCase))
                {
                    SkipBlanks(lines: true);
                    Chosen(_calls.Content(Word()));
                }
                SkipBlanks(lines: true);
            }
            if (_at < _text.Length && _text[_at] == '(')
            {
                _at++;
                var condition = Kept(')');
                if (word == "switch") Chosen(condition);
            }
            _branches++;
            var value = BlockNext();
            _branches--;
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

    /// <summary>What the branches of a switch look at.</summary>
    private void Chosen(CodeValue value) => _variables["_"] = _variables["matches"] = Each(value);

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
    private static CodeValue Each(CodeValue list) => list.Items is { Length: > 0 } ? CodeFlow.ElementOf(list) : list;

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
