namespace Septim.Hooks.Shell.Code;

/// <summary>Functions of the code itself: their parameters, and what they give.</summary>
internal sealed partial class CodeWalker
{
    private const int LongestHead = 48;

    /// <summary>Arguments that the Perl function which is being read took from its list.</summary>
    private int _shifted;

    /// <summary>Stands before the name of a parameter that takes all the arguments which are left: <c>*args</c>, <c>...args</c>.</summary>
    private const string Rest = "*";

    /// <summary>The call whose arguments are being read, and those read so far.</summary>
    private CodeValue? _callee;
    private CodeArguments? _given;

    private List<string> _parameters = [];

    /// <summary><c>def name(a, b)</c>: which parameters a function has, so that its calls can say what they are.</summary>
    private void Declaration()
    {
        var name = Peek().Text;
        _at++;
        (_function, functions[name], _shifted) = (name, [], 0);
        if (!Peek().IsMark("(")) return;
        var parameters = new List<string>();
        for (_at++; _at < _tokens.Count && !Peek().IsMark(")"); _at++)
        {
            // Why: a type stands before PHP's parameters, and they alone have a dollar.
            if (Peek().Kind != CodeTokenKind.Name) continue;
            var takesRest = Peek(-1).IsMark("...") || (Peek(-1).IsMark("*") && !Peek(-2).IsMark("*")) || (Language == CodeLanguage.Compiled && Peek(1).IsMark("..."));
            if (takesRest || (Language == CodeLanguage.Php ? Peek().Text[0] == '$' : Peek(-1).IsMark("(") || Peek(-1).IsMark(","))) parameters.Add((takesRest ? Rest : "") + Bare(Peek().Text));
        }
        _at++;
        functions[name] = parameters;
        if (_class is not null) _methods.Add(name);
        // Why: who makes an object calls the method that sets it up.
        if (name is not ("__init__" or "initialize" or "__construct") || _class is null) return;
        functions[_class] = parameters;
        // Why: what an object holds is known by its fields.
        variables["return " + _class] = CodeValue.Unknown;
    }

    private string? _class;

    /// <summary>Functions of the code's own classes.</summary>
    private readonly HashSet<string> _methods = [];

    /// <summary>A call of a function of this code: its parameters may be these.</summary>
    private void Bind(CodeValue callee, CodeArguments arguments)
    {
        if (callee.Parameters is { } lent) Lend(lent, arguments.Positional);
        if (callee.Leaf is not { Length: > 0 } name || !functions.TryGetValue(name, out var parameters)) return;
        var own = parameters.Count > 0 && parameters[0] is "self" or "cls" ? 1 : 0;
        // Why: subprocess.run is no call of a function named run.
        if (callee.Receiver is not null && own == 0 && !_methods.Contains(name)) return;
        if (Language == CodeLanguage.Perl && text.Work.Fold(arguments.Count)) May("@_", CodeValue.List([.. arguments.Positional]));
        for (var i = own; i < parameters.Count; i++)
        {
            if (parameters[i].StartsWith(Rest, StringComparison.Ordinal))
            {
                if (i - own <= arguments.Count && text.Work.Fold(arguments.Count)) May(parameters[i][1..], CodeValue.List([.. arguments.Positional[(i - own)..]]));
                return;
            }
            if (i - own < arguments.Count) May(parameters[i], arguments.Positional[i - own]);
            else if (arguments.Named.TryGetValue(parameters[i], out var named)) May(parameters[i], named);
        }
    }

    /// <summary>A parameter may be this, too.</summary>
    private void May(string parameter, CodeValue given)
    {
        var before = variables.TryGetValue(parameter, out var known) && known.Is(CodeTraits.AnyOf) && known.Items is not null ? known.Items : [];
        if (before.Length < 16) variables[parameter] = new CodeValue { Items = [.. before, given], Traits = CodeTraits.AnyOf };
    }

    /// <summary>JavaScript's <c>x =&gt; …</c>, <c>(a, b) =&gt; …</c> and <c>function (a) { … }</c>, with what they give; null where none begins.</summary>
    private CodeValue? Arrow()
    {
        var i = Peek().IsName("async") && (Peek(1).Kind == CodeTokenKind.Name || Peek(1).IsMark("(")) ? 1 : 0;
        string? name = null;
        var isFunction = Peek(i).IsName("function");
        var isShort = Language == CodeLanguage.Php && Peek(i).IsName("fn");
        if (Language == CodeLanguage.Php && !isFunction && !isShort) return null;
        if (isShort) i++;
        else if (isFunction)
        {
            i++;
            if (Peek(i).IsMark("*")) i++;
            if (Peek(i).Kind == CodeTokenKind.Name) name = Peek(i++).Text;
        }
        // Why: in a class a method has no word before its name.
        var isMethod = !isFunction && !isShort && Language == CodeLanguage.JavaScript && Peek(i).Kind == CodeTokenKind.Name && Peek(i + 1).IsMark("(")
            && Peek(i).Text is not ("if" or "for" or "while" or "switch" or "catch" or "return" or "await" or "with" or "typeof" or "new" or "async");
        if (isMethod) name = Peek(i++).Text;
        var head = i;
        if (!isFunction && Peek(i).Kind == CodeTokenKind.Name && Peek(i + 1).IsMark("=>")) i++;
        else if (Peek(i).IsMark("("))
        {
            var depth = 0;
            do
            {
                if (Peek(i).Kind == CodeTokenKind.Mark && Peek(i).Text is "(" or "[" or "{") depth++;
                else if (Peek(i).Kind == CodeTokenKind.Mark && Peek(i).Text is ")" or "]" or "}") depth--;
                if (++i - head > LongestHead || _at + i >= _tokens.Count) return null;
            }
            while (depth > 0);
            if (Language == CodeLanguage.Php && Peek(i).IsName("use") && Peek(i + 1).IsMark("("))
            {
                while (i - head < LongestHead && !Peek(i).IsMark(")")) i++;
                i++;
            }
            // Why: TypeScript names the type of the result there.
            if (Peek(i).IsMark(":") && !Peek(i + 1).IsMark("{"))
            {
                var arrow = i + 1;
                while (arrow - i < 12 && !Peek(arrow).IsMark("=>") && !Peek(arrow).IsMark("{") && !Peek(arrow).IsMark(";")) arrow++;
                if (Peek(arrow).IsMark(isFunction || isMethod ? "{" : "=>")) i = arrow;
            }
        }
        else return null;
        isFunction |= isMethod;
        if (!Peek(i).IsMark(isFunction ? "{" : "=>")) return null;
        Parameters(head, i);
        _at += isFunction ? i : i + 1;
        var (callee, given, returned, parameters) = (_callee, _given, _returned, _parameters);
        (_callee, _given, _returned) = (null, null, CodeValue.Unknown);
        if (name is not null) functions[name] = parameters;
        if (isMethod && name is not null) _methods.Add(name);
        if (Peek().IsMark("{"))
        {
            _at++;
            Group("}");
        }
        else Returns(Expression());
        var function = new CodeValue { Returns = _returned, Parameters = parameters };
        (_callee, _given, _returned, _parameters) = (callee, given, returned, parameters);
        if (name is not null) Own(name, function);
        return function;
    }

    /// <summary>Python's <c>lambda a, b: …</c>, behind the word.</summary>
    private CodeValue Lambda()
    {
        var parameters = new List<string>();
        var i = 0;
        for (; i < LongestHead && !Peek(i).IsMark(":") && _at + i < _tokens.Count; i++)
        {
            if (Peek(i).Kind == CodeTokenKind.Name && (i == 0 || Peek(i - 1).IsMark(",") || Peek(i - 1).IsMark("*"))) parameters.Add((i > 0 && Peek(i - 1).IsMark("*") ? Rest : "") + Peek(i).Text);
        }
        if (!Peek(i).IsMark(":")) return CodeValue.Unknown;
        _at += i + 1;
        return new CodeValue { Returns = Expression(), Parameters = parameters };
    }

    /// <summary>A function among the arguments of a call gets what stands beside it: <c>map(lambda p: …, paths)</c>. The second reading knows.</summary>
    private void Lends(CodeValue callee, CodeArguments arguments)
    {
        if (!effects.IsMuted || callee.Leaf is not ("map" or "filter" or "array_map" or "array_walk" or "array_filter" or "starmap" or "imap" or "submit" or "partial" or "sorted" or "sort" or "apply" or "usort" or "reduce")) return;
        CodeValue? list = null;
        IReadOnlyList<string>? parameters = null;
        foreach (var argument in arguments.Positional)
        {
            if (argument.Parameters is { } found) parameters ??= found;
            else list ??= argument;
        }
        if (parameters is null || list is null) return;
        Lend(parameters, callee.Leaf is "submit" or "partial" or "apply" ? [list] : [CodeFlow.ElementOf(list), CodeFlow.ElementOf(list)]);
    }

    private void Lend(IReadOnlyList<string> parameters, List<CodeValue> given)
    {
        for (var i = 0; i < parameters.Count && i < given.Count; i++)
        {
            if (parameters[i].StartsWith(Rest, StringComparison.Ordinal)) variables[parameters[i][1..]] = CodeValue.List([.. given[i..]]);
            else variables[parameters[i]] = given[i];
        }
    }

    /// <summary>The names between two tokens are parameters; an argument's get what the call hands over.</summary>
    private void Parameters(int from, int to)
    {
        _parameters = [];
        var at = 0;
        for (var i = from; i < to; i++)
        {
            var token = Peek(i);
            if (token.Kind == CodeTokenKind.Mark && token.Text is "[" or "{")
            {
                var place = 0;
                for (i++; i < to && !Peek(i).IsMark("]") && !Peek(i).IsMark("}"); i++)
                {
                    if (Peek(i).Kind != CodeTokenKind.Name || Peek(i - 1).IsMark("=")) continue;
                    if (Peek(i + 1).IsMark(":")) { i++; continue; }
                    if (_callee is not null) variables[Bare(Peek(i).Text)] = token.Text == "[" ? CodeFlow.At(Handed(at), place++) : CodeFlow.Taken(Handed(at), CodeTraits.None);
                }
                at++;
            }
            else if (token.IsName("use")) return;
            else if (token.Kind == CodeTokenKind.Name && Language == CodeLanguage.Php ? token.Text[0] == '$' : token.Kind == CodeTokenKind.Name && Peek(i - 1) is { Kind: CodeTokenKind.Mark, Text: "(" or "," or "..." } or { Kind: CodeTokenKind.Name, Text: "async" } || (i == from && token.Kind == CodeTokenKind.Name))
            {
                _parameters.Add((Peek(i - 1).IsMark("...") ? Rest : "") + Bare(token.Text));
                // Why: PHP's list stands behind the function; the first reading found it.
                if (_callee is not null && !(Language == CodeLanguage.Php && _callee.Leaf is "array_map" or "usort")) variables[Bare(token.Text)] = Handed(at);
                at++;
            }
        }
    }

    /// <summary>What the call whose argument a function is hands to the function's parameter at a place.</summary>
    private CodeValue Handed(int place)
    {
        var on = _callee!.Receiver;
        var given = _given!.Origins();
        switch (_callee.Leaf)
        {
            case "forEach" or "map" or "filter" or "some" or "every" or "find" or "flatMap" or "findIndex" or "sort" when on is not null:
                return place == 0 || _callee.Leaf == "sort" ? CodeFlow.ElementOf(on) : CodeValue.Unknown;
            case "reduce" when on is not null: return place == 1 ? CodeFlow.ElementOf(on) : place == 0 ? CodeFlow.Taken(on, CodeTraits.None) : CodeValue.Unknown;
            case "readFile" when _given.Count > 0: return place == 1 ? effects.Read(_given.At(0), Peek().Start, Peek().End) : CodeValue.Unknown;
            case "then" when on is not null: return on;
            case "catch": return CodeValue.Unknown;
            default: return on is null ? given : CodeValue.Mixed(CodeFlow.Origins(on), given);
        }
    }

    /// <summary>A variable is a function of the code.</summary>
    private CodeValue Own(string name, CodeValue function)
    {
        functions[Bare(name)] = function.Parameters is { } own ? [.. own] : _parameters;
        if (function.Returns is { } given) variables["return " + Bare(name)] = given;
        return new CodeValue { Name = Bare(name), Returns = function.Returns };
    }

    /// <summary>The function that is being read gives this, among others.</summary>
    private void Returns(CodeValue value)
    {
        _returned = Either(_returned, value);
        if (_function is null || Language == CodeLanguage.JavaScript) return;
        var key = "return " + _function;
        variables[key] = variables.TryGetValue(key, out var before) ? Either(before, value) : value;
    }

    private static CodeValue Either(CodeValue before, CodeValue value) =>
        ReferenceEquals(before, CodeValue.Unknown) || ReferenceEquals(before, value) ? value
        : before.Text is not null && before.Text == value.Text ? before
        : before.Is(CodeTraits.AnyOf) && before.Items is { Length: >= MostChoices } ? before.From(CodeFlow.Origins(value))
        : OneOf(before, value);

    /// <summary>What a call of the code's own function gives.</summary>
    private CodeValue Given(string function, CodeArguments arguments)
    {
        if (variables.TryGetValue("return " + function, out var given)) return given;
        // Why: in these a function gives its last value, which no word marks.
        return Language is CodeLanguage.Ruby or CodeLanguage.Perl ? new CodeValue { Traits = CodeTraits.Free } : CodeValue.Mixed(CodeValue.Unknown, arguments.Origins());
    }
}
