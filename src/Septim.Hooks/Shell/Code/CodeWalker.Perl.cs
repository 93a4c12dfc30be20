namespace Septim.Hooks.Shell.Code;

/// <summary>Perl's handles and its default variable.</summary>
internal sealed partial class CodeWalker
{
    private bool _printsDefault;

    /// <summary>A call without brackets: its first word may be a handle or the list that grows.</summary>
    private CodeValue BareCall(CodeValue callee)
    {
        var start = Peek(-1).Start;
        if (Language != CodeLanguage.Perl) return Invoke(callee, BareArguments());
        var name = callee.Leaf;
        if (name is "open" or "push" or "unshift")
        {
            var handle = Handle(0);
            var arguments = BareArguments();
            var value = Invoke(callee, arguments);
            if (handle is not null) Bound(handle, name, value, arguments);
            return value;
        }
        if (name is not ("print" or "printf" or "say")) return Invoke(callee, BareArguments());
        var to = Peek();
        if (to.Kind != CodeTokenKind.Name || to.Text[0] is not ('$' or (>= 'A' and <= 'Z')) || !(Peek(1).IsText || (Peek(1).Kind == CodeTokenKind.Name && Peek(1).Text is not ("if" or "unless" or "for" or "foreach" or "x" or "eq" or "ne" or "and" or "or" or "while"))))
            return Invoke(callee, BareArguments());
        _at++;
        var stream = variables.TryGetValue(Bare(to.Text), out var known) ? known : CodeValue.Unknown;
        var given = BareArguments();
        if (stream.Program is { } program) effects.Feed(program, given.At(0), start, Peek(-1).End);
        else if (stream.Target is { } target) effects.Store(given.Origins(), target, start, Peek(-1).End);
        else effects.Show(given.Origins(), start, Peek(-1).End);
        return CodeValue.Unknown;
    }

    /// <summary>The name of a call's first argument: a handle or a list.</summary>
    private string? Handle(int ahead)
    {
        while (Peek(ahead).Kind == CodeTokenKind.Name && Peek(ahead).Text is "my" or "our" or "local") ahead++;
        return Peek(ahead).Kind == CodeTokenKind.Name ? Bare(Peek(ahead).Text) : null;
    }

    private void Bound(string handle, string call, CodeValue value, CodeArguments arguments)
    {
        if (call == "open") { variables[handle] = value; return; }
        var list = variables.TryGetValue(handle, out var known) && known.Items is not null ? known : CodeValue.List([]);
        foreach (var item in arguments.Positional.Count > 1 ? arguments.Positional[1..] : [])
        {
            foreach (var one in item.Items is { } items && !item.Is(CodeTraits.AnyOf) ? items : [item]) list = Pushed(handle, list, one);
        }
    }

    /// <summary><c>&lt;F&gt;</c>: the lines of a handle, one of which is the default variable.</summary>
    private CodeValue Lines(string handle)
    {
        var name = Bare(handle[1..^1]);
        var lines = Streams.Of(Language, text, effects, handle) ?? (variables.TryGetValue(name, out var known) ? CodeFlow.Taken(known, CodeTraits.None) : new CodeValue { Traits = CodeTraits.Free });
        variables["_"] = lines;
        if (_printsDefault) effects.Show(lines, 0, 0);
        return lines;
    }

    /// <summary><c>map { … } LIST</c>: the block's variable is one of the list, which stands behind it.</summary>
    private CodeValue Mapped(string name)
    {
        var block = ++_at;
        SkipGroup("}");
        var close = _at;
        var list = Expression();
        var end = _at;
        if (end <= block) return list;
        variables["_"] = CodeFlow.ElementOf(list);
        // Why: the block's last statement is its value.
        _at = close - 1;
        while (_at > block && !Peek(-1).IsMark(";")) _at--;
        var made = Group("}");
        _at = Math.Max(end, _at);
        return name == "map" ? made.Origins() : list;
    }

    /// <summary><c>unlink</c> by itself removes what the default variable names.</summary>
    private bool TakesDefault(CodeToken token)
    {
        if (!StandsAlone() || !variables.TryGetValue("_", out var known)) return false;
        var each = new CodeArguments();
        each.Positional.Add(known);
        Invoke(new CodeValue { Name = token.Text }, each);
        return true;
    }

    private bool StandsAlone()
    {
        var next = Peek();
        return next.IsMark(";") || next.IsMark("}") || next.IsMark("") || (next.Kind == CodeTokenKind.Name && next.Text is "if" or "unless" or "for" or "foreach" or "while");
    }

    /// <summary><c>&amp;{"name"}</c>, <c>&amp;$f</c>, behind the sign: a text names the function.</summary>
    private CodeValue Called()
    {
        var function = CodeValue.Unknown;
        if (Peek().IsMark("{"))
        {
            _at++;
            function = Group("}").At(0);
        }
        else function = Primary();
        return Named(function);
    }

    private static CodeValue Named(CodeValue function) =>
        function.Text is { Length: > 0 and < 64 } name && !CodeText.HasMark(name) ? new CodeValue { Name = name.StartsWith("CORE::", StringComparison.Ordinal) ? name[(name.LastIndexOf(':') + 1)..] : name } : function;

    /// <summary><c>print</c> by itself prints the default variable.</summary>
    private bool PrintsDefault(CodeToken token)
    {
        if (!StandsAlone()) return false;
        if (variables.TryGetValue("_", out var known)) effects.Show(known, token.Start, token.End);
        _printsDefault = true;
        return true;
    }
}
