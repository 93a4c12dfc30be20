using System.Runtime.InteropServices;

namespace Septim.Hooks.Shell.Code;

/// <summary>Loops: what their variable may be.</summary>
internal sealed partial class CodeWalker
{
    /// <summary>Tokens between a statement's beginning and the loop behind it.</summary>
    private const int FarthestLoop = 64;

    private int _loop;

    /// <summary>The loop whose list <c>$_</c> stands for: several statements may stand before one.</summary>
    private int _boundLoop;

    /// <summary><c>for x in LIST</c> of Python and Ruby, <c>foreach (LIST as $x)</c>, <c>for my $x (LIST)</c>, <c>for (const x of LIST)</c>.</summary>
    private CodeValue Loop()
    {
        if (Peek().IsName("await")) _at++;
        var opened = Peek().IsMark("(");
        if (opened && Language == CodeLanguage.Perl)
        {
            variables["_"] = CodeFlow.ElementOf(Operand());
            return CodeValue.Unknown;
        }
        var i = opened ? 1 : 0;
        while (Peek(i).IsName("my") || Peek(i).IsName("const") || Peek(i).IsName("let") || Peek(i).IsName("var")) i++;
        var variable = Peek(i);
        if (variable.Kind == CodeTokenKind.Mark && variable.Text is "[" or "{") return Taken(i);
        if (variable.Kind != CodeTokenKind.Name) return CodeValue.Unknown;
        if (Peek(i + 1).IsMark(",")) return SeveralNames(i, variable);
        if (Peek(i + 1).IsName("in") || Peek(i + 1).IsName("of"))
        {
            _at += i + 2;
            variables[Bare(variable.Text)] = CodeFlow.ElementOf(Expression());
        }
        else if (Language == CodeLanguage.Perl && variable.Text is ['$', ..] && Peek(i + 1).IsMark("("))
        {
            _at += i + 1;
            variables[Bare(variable.Text)] = CodeFlow.ElementOf(Operand());
        }
        else if (Language == CodeLanguage.Php && opened)
        {
            _at++;
            var list = Operand();
            if (!Peek().IsName("as")) return CodeValue.Unknown;
            _at++;
            if (Peek(1).IsMark("=>") && Peek(2).Kind == CodeTokenKind.Name)
            {
                variables[Bare(Peek().Text)] = CodeFlow.IsSettings(list) ? CodeFlow.NamesOf(list) : CodeValue.Unknown;
                _at += 2;
                variables[Bare(Peek().Text)] = CodeFlow.IsSettings(list) ? CodeFlow.Taken(list, CodeTraits.None) : CodeFlow.ElementOf(list);
            }
            else variables[Bare(Peek().Text)] = CodeFlow.IsSettings(list) ? CodeFlow.Taken(list, CodeTraits.None) : CodeFlow.ElementOf(list);
        }
        return CodeValue.Unknown;
    }

    /// <summary><c>unlink $_ for LIST</c> and <c>unlink for LIST</c> of Perl: the list comes first.</summary>
    private void LoopBehind()
    {
        var loop = NextLoop();
        if (loop == _tokens.Count || loop == _at || loop - _at > FarthestLoop) return;
        var depth = 0;
        foreach (ref readonly var token in CollectionsMarshal.AsSpan(_tokens)[_at..loop])
        {
            if (token.Kind != CodeTokenKind.Mark) continue;
            if (token.Text is "(" or "{") depth++;
            else if (token.Text is ")" or "}") depth--;
            if (depth < 0 || token.Text == ";") return;
        }
        if (depth > 0) return;
        if (_boundLoop != loop)
        {
            var (at, muted) = (_at, effects.IsMuted);
            _at = loop + 1;
            effects.IsMuted = true;
            variables["_"] = CodeFlow.ElementOf(Expression());
            (_at, effects.IsMuted) = (at, muted);
            _boundLoop = loop;
        }
        if (!Peek().IsName("unlink") || loop != _at + 1) return;
        var each = new CodeArguments();
        each.Positional.Add(variables["_"]);
        _at++;
        Invoke(new CodeValue { Name = "unlink" }, each);
    }

    /// <summary>Where the next <c>for</c> or <c>foreach</c> stands; the number of tokens when none does.</summary>
    private int NextLoop()
    {
        if (_loop >= _at) return _loop;
        _loop = _at;
        while (_loop < _tokens.Count && !_tokens[_loop].IsName("for") && !_tokens[_loop].IsName("foreach")) _loop++;
        return _loop;
    }

    /// <summary><c>for root, dirs, files in os.walk(p)</c>: the first is below p; <c>for k, v in d.items()</c>.</summary>
    private CodeValue SeveralNames(int ahead, CodeToken first)
    {
        var names = new List<string> { Bare(first.Text) };
        var i = ahead + 1;
        for (; Peek(i).IsMark(",") && Peek(i + 1).Kind == CodeTokenKind.Name; i += 2) names.Add(Bare(Peek(i + 1).Text));
        if (!Peek(i).IsName("in")) return CodeValue.Unknown;
        _at += i + 1;
        Bind(names, Expression());
        return CodeValue.Unknown;
    }

    /// <summary><c>for (const [k, v] of list)</c>.</summary>
    private CodeValue Taken(int ahead)
    {
        var names = new List<string>();
        var i = ahead + 1;
        for (; i < ahead + 16 && !Peek(i).IsMark("]") && !Peek(i).IsMark("}"); i++)
        {
            if (Peek(i).Kind == CodeTokenKind.Name) names.Add(Bare(Peek(i).Text));
        }
        if (!Peek(i + 1).IsName("of") && !Peek(i + 1).IsName("in")) return CodeValue.Unknown;
        _at += i + 2;
        Bind(names, Expression());
        return CodeValue.Unknown;
    }

    private void Bind(List<string> names, CodeValue list)
    {
        var element = CodeFlow.ElementOf(list);
        for (var i = 0; i < names.Count; i++)
        {
            if (list.Is(CodeTraits.Glob) && i > 0) variables.Remove(names[i]);
            else variables[names[i]] = list.Is(CodeTraits.Glob) ? list : CodeFlow.At(element, i);
        }
    }
}
