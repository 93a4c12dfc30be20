using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>Values with operators, and assignments.</summary>
internal sealed partial class PowerShellReader
{
    /// <summary>A value with its members, operators and an assignment.</summary>
    /// <param name="lists">A comma makes a list; between brackets of a call it parts the arguments.</param>
    private CodeValue Expression(bool lists = true)
    {
        var start = _at;
        var variable = "";
        var value = Operand(ref variable);
        List<string>? targets = null;
        while (_at < _text.Length)
        {
            SkipBlanks(lines: false);
            if (_at >= _text.Length) break;
            var c = _text[_at];
            var next = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
            if (c == '=' || (c == '?' && next == '?' && _at + 2 < _text.Length && _text[_at + 2] == '='))
            {
                _at += c == '=' ? 1 : 3;
                return Assigned(variable, targets, start);
            }
            if (c is '+' or '-' or '*' or '/' or '%' && next == '=')
            {
                _at += 2;
                SkipBlanks(lines: true);
                _keeps++;
                var added = Pipeline();
                _keeps--;
                if (c == '+') value = value.Items is { } old && _source.Work.Fold(old.Length) ? CodeValue.List([.. old, added]) : Join(value, added);
                Set(variable, value, start);
                _isSilent = true;
                return value;
            }
            if (c is '+' or '-' && next == c) { _at += 2; continue; }
            if (c == '+')
            {
                _at++;
                var right = Operand();
                value = value.Items is { } left && _source.Work.Fold(left.Length) ? CodeValue.List([.. left, .. right.Items ?? [right]]) : Join(value, right);
                variable = "";
                continue;
            }
            if (c == ',' && lists)
            {
                var list = new List<CodeValue> { value };
                for (; _at < _text.Length && _text[_at] == ','; SkipBlanks(lines: false))
                {
                    _at++;
                    var name = "";
                    list.Add(Operand(ref name));
                    (targets ??= [variable]).Add(name);
                }
                variable = "";
                value = CodeValue.List([.. list]);
                continue;
            }
            if (c == '-' && char.IsLetter(next))
            {
                var operation = _at;
                while (++_at < _text.Length && char.IsLetter(_text[_at])) { }
                var name = _at - operation < 16 ? _text[operation.._at].ToLowerInvariant() : "";
                value = Operation(name, value, name is "-and" or "-or" or "-xor" ? Expression() : List());
                variable = "";
                continue;
            }
            if (c is '*' or '/' or '%' || (c == '-' && (char.IsWhiteSpace(next) || next is '$' or '(' || char.IsAsciiDigit(next))))
            {
                _at++;
                value = CodeValue.Mixed(value, Operand());
                continue;
            }
            break;
        }
        return value;
    }

    private CodeValue Assigned(string variable, List<string>? targets, int start)
    {
        SkipBlanks(lines: true);
        CodeValue value;
        if (_at < _text.Length && _text[_at] == '{')
        {
            var body = _at + 1;
            SkipBlock();
            value = new CodeValue { Text = _text[body..Math.Max(body, _at - 1)], Name = "scriptblock" };
        }
        else
        {
            _keeps++;
            value = Pipeline();
            _keeps--;
        }
        if (targets is null && variable.Length == 0 && value.Shell is not null) Put(value, start);
        if (targets is null) Set(variable, value, start);
        else
        {
            for (var i = 0; i < targets.Count; i++)
                Set(targets[i], _calls.Indexed(value, CodeValue.Of(i.ToString(System.Globalization.CultureInfo.InvariantCulture))), start);
        }
        _isSilent = true;
        return value;
    }

    private void Set(string variable, CodeValue value, int start)
    {
        if (variable.Length == 0) return;
        var isOther = _branches > 0 && value.Text is { Length: > 0 } && value.Name is null && _variables.TryGetValue(variable, out var before) && before is { Text.Length: > 0, Name: null } && before.Text != value.Text;
        _variables[variable] = isOther ? new CodeValue { Items = [_variables[variable], value], Traits = CodeTraits.AnyOf } : value;
        if (variable.StartsWith("env:", StringComparison.OrdinalIgnoreCase)) _calls.Exports(variable[4..], value, start, Math.Min(_at, _text.Length));
    }

    /// <summary><c>$a[x] = …</c>, <c>$a.x = …</c>: the whole of it holds what was put in.</summary>
    private void Put(CodeValue value, int start)
    {
        var at = _at;
        _at = start;
        var holder = _text[start] == '$' ? Plain(PeekVariable() is { Length: > 1 } name ? name : "$") : "";
        _at = at;
        if (holder.Length > 0) _variables[holder] = new CodeValue { Shell = value.Shell, Traits = CodeTraits.Environment, Fields = _variables.GetValueOrDefault(holder)?.Fields };
    }

    private CodeValue Operand()
    {
        var variable = "";
        return Operand(ref variable);
    }

    /// <summary>Operands with commas between them.</summary>
    private CodeValue List()
    {
        var first = Operand();
        List<CodeValue>? list = null;
        while (true)
        {
            SkipBlanks(lines: false);
            if (_at >= _text.Length || _text[_at] != ',') break;
            _at++;
            (list ??= [first]).Add(Operand());
        }
        return list is null ? first : CodeValue.List([.. list]);
    }

    /// <summary>A value with what stands before it: casts, signs, <c>-not</c>.</summary>
    /// <param name="variable">Gets the name when it is a variable and nothing else.</param>
    private CodeValue Operand(ref string variable)
    {
        SkipBlanks(lines: true);
        if (_at >= _text.Length) return CodeValue.Unknown;
        if (!_source.Work.Token())
        {
            _at = _text.Length;
            return CodeValue.Unknown;
        }
        var c = _text[_at];
        if (++_depth > MostDepth) { Stop(); _depth--; return CodeValue.Unknown; }
        var value = CodeValue.Unknown;
        if (c is '!' or '+' or ',' || (c == '-' && IsOperator()))
        {
            var start = _at++;
            while (c == '-' && _at < _text.Length && char.IsLetter(_text[_at])) _at++;
            var name = _text[start.._at].ToLowerInvariant();
            var operand = name is "-join" or "-split" ? List() : Operand();
            value = name switch { "-join" => Operation("-join", operand, CodeValue.Of("")), "," or "+" => operand, _ => CodeValue.Unknown };
        }
        else if (c == '[' && Cast() is { } type)
        {
            value = Operand(ref variable);
            if (type.StartsWith("char", StringComparison.OrdinalIgnoreCase)) value = Letters(value);
            else if (type.Equals("void", StringComparison.OrdinalIgnoreCase)) _isSilent = true;
            else if (type.Equals("scriptblock", StringComparison.OrdinalIgnoreCase)) value = new CodeValue { Text = value.Text, Shell = value.Shell, Name = "scriptblock" };
            if (type is "void" or "bool" or "int" or "switch" or "securestring") value = type == "void" || value.Shell is not null ? CodeValue.Unknown : value;
        }
        else
        {
            var start = _at;
            var name = c == '$' ? PeekVariable() : "";
            value = Word(isOperand: true);
            if (name.Length > 0 && _at == start + name.Length) variable = Plain(name);
        }
        _depth--;
        return value;
    }

    /// <summary>The name without its sign, braces and scope.</summary>
    private static string Plain(string variable)
    {
        var name = variable.AsSpan(1).Trim("{}");
        foreach (var scope in (ReadOnlySpan<string>)["script:", "global:", "local:", "private:", "using:", "variable:"])
        {
            if (name.StartsWith(scope, StringComparison.OrdinalIgnoreCase)) name = name[scope.Length..];
        }
        return name.ToString();
    }

    /// <summary><c>[char]</c> before a value; a type with members behind it is none.</summary>
    private string? Cast()
    {
        var start = _at;
        if (TypeName() is { } type && _at < _text.Length && _text[_at] is not (':' or '.' or ')' or ',' or ';' or '|'))
        {
            var at = _at;
            SkipBlanks(lines: false);
            if (_at < _text.Length && (_text[_at] is '$' or '(' or '"' or '\'' or '[' or '@' or '{' or '-' || char.IsAsciiDigit(_text[_at]))) return type.Name![1..^1];
            _at = at;
        }
        _at = start;
        return null;
    }

    /// <summary>Numbers as the letters that they stand for.</summary>
    private static CodeValue Letters(CodeValue value)
    {
        if (value.Items is { } items)
        {
            var letters = new CodeValue[items.Length];
            for (var i = 0; i < items.Length; i++) letters[i] = items[i].Items is null ? Letters(items[i]) : items[i];
            return CodeValue.List(letters);
        }
        if (value.Text is not { Length: > 0 and < 8 } text) return value;
        var number = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? int.TryParse(text.AsSpan(2), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture, out var hex) ? hex : -1
            : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var plain) ? plain : -1;
        return number is > 0 and < 0xD800 ? CodeValue.Of(((char)number).ToString()) : value;
    }
}
