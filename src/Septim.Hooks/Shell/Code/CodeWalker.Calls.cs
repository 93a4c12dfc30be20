namespace Septim.Hooks.Shell.Code;

/// <summary>Members, calls and their arguments.</summary>
internal sealed partial class CodeWalker
{
    private CodeValue Postfix(CodeValue value)
    {
        while (_at < _tokens.Count)
        {
            var token = Peek();
            if (token.Kind == CodeTokenKind.Template && !token.AfterSpace && value.Leaf is "$" or "sh")
            {
                _at++;
                effects.Shell(CodeValue.Of(Fold(token.Text)), token.Start, token.End);
                value = CodeValue.Unknown;
                continue;
            }
            if (token.Kind != CodeTokenKind.Mark)
            {
                if (dialect.BareCalls && IsBareCall(value, token)) { value = Invoke(value, BareArguments()); continue; }
                return value;
            }
            var member = token.Text is "?." or "->" or "::" || (token.Text == "." && !dialect.DotJoins);
            if (member && Peek(1).Kind == CodeTokenKind.Name)
            {
                _at += 2;
                value = Member(value, Peek(-1).Text);
                BindsBlock(value);
                if (Language == CodeLanguage.Ruby && !Peek().IsMark("(") && !IsBareCall(value, Peek())) value = CodeFolding.BareMethod(text, effects, value) ?? value;
            }
            else if (token.Text == "(" && !(token.StartsLine && dialect.LinesEnd) && (value.Name is not null || value.Receiver is not null))
            {
                var start = _at;
                _at++;
                BindsArrow(value);
                value = Invoke(value, Group(")"), start);
            }
            else if (token.Text == "[" && !(token.StartsLine && dialect.LinesEnd) && (!token.AfterSpace || value.Items is null))
            {
                if (dialect.BareCalls && token.AfterSpace && IsBareCall(value, token)) { value = Invoke(value, BareArguments()); continue; }
                _at++;
                var start = _at;
                var index = Group("]");
                value = CodeFolding.Index(text, value, index, _tokens, start, _at - 1);
            }
            // Why the token before: in `if($x){…}` the braces are a block.
            else if (token.Text == "{" && Language == CodeLanguage.Perl && !token.AfterSpace && value.Name is ['$', ..] hash && Peek(-1).Kind == CodeTokenKind.Name)
            {
                _at++;
                var key = Group("}").At(0);
                value = hash == "$ENV" && (key.Text ?? key.Name) == "HOME" ? CodePaths.Home(text) : new CodeValue { Name = hash + "{}" };
            }
            else if (dialect.BareCalls && IsBareCall(value, token)) value = Invoke(value, BareArguments());
            else return value;
        }
        return value;
    }

    private CodeValue Member(CodeValue value, string name)
    {
        if (value.Name == "process.env" && name is "HOME" or "USERPROFILE") return CodePaths.Home(text);
        if (Language == CodeLanguage.Python && OwnPlace.Of(value, name) is { } above) return above;
        if (value.Text is null && OwnPlace.OfMember(Language, text, value.Name, name) is { } place) return place;
        return new CodeValue
        {
            // Why: no name that a table knows is this long, and a chain must not cost its square.
            Name = value.Name is { Length: < 200 } owner ? owner + "." + name : "." + name,
            Receiver = value,
            Traits = value.Traits & (CodeTraits.Network | CodeTraits.Environment | CodeTraits.Decoded),
            File = value.File,
            Url = value.Url,
            Text = value.Fields is not null && value.Fields.TryGetValue(name, out var field) ? field.Text : null,
            Items = value.Fields is not null && value.Fields.TryGetValue(name, out field) ? field.Items : null,
        };
    }

    private bool IsBareCall(CodeValue value, CodeToken next) =>
        value.Name is not null && value.Text is null && !next.StartsLine && next.AfterSpace
        && (next.IsText || next.Kind is CodeTokenKind.Words or CodeTokenKind.Command
            || (next.Kind == CodeTokenKind.Name && next.Text is not ("if" or "unless" or "or" or "and" or "do" or "while" or "rescue" or "x" or "in" or "eq" or "ne" or "until" or "for" or "foreach"))
            || next.IsMark("[") || next.IsMark("<"))
        && CodeCalls.TakesBareArguments(Language, value);

    private CodeArguments BareArguments()
    {
        var arguments = new CodeArguments();
        while (_at < _tokens.Count)
        {
            Argument(arguments);
            if (!Peek().IsMark(",")) break;
            _at++;
        }
        return arguments;
    }

    private CodeValue Invoke(CodeValue callee, CodeArguments arguments, int from = -1)
    {
        var start = from > 0 ? StartOf(from) : Peek(-1).Start;
        var end = _at > 0 ? _tokens[_at - 1].End : start;
        if (effects.IsMuted) Bind(callee, arguments);
        return CodeCalls.Apply(Language, text, effects, callee, arguments, Math.Min(start, end), end) ?? CodeFolding.Call(text, callee, arguments);
    }

    /// <summary>Where the callee whose bracket is token <paramref name="bracket"/> begins.</summary>
    private int StartOf(int bracket)
    {
        var i = bracket - 1;
        while (i > 1 && _tokens[i].Kind == CodeTokenKind.Name && _tokens[i - 1].Kind == CodeTokenKind.Mark
            && _tokens[i - 1].Text is "." or "->" or "::" && _tokens[i - 2].Kind == CodeTokenKind.Name) i -= 2;
        return i < 0 ? _tokens[bracket].Start : _tokens[i].Start;
    }

    /// <summary>Everything up to the closing bracket, split at commas. Statements inside (function bodies) are walked on the way.</summary>
    private CodeArguments Group(string closer)
    {
        var arguments = new CodeArguments();
        if (++_depth > MostDepth) { _depth--; SkipGroup(closer); return arguments; }
        while (_at < _tokens.Count)
        {
            var token = Peek();
            if (token.IsMark(closer)) { _at++; break; }
            if (token.Kind == CodeTokenKind.Mark && token.Text is ")" or "]" or "}") { if (closer == "}") { _at++; continue; } break; }
            if (token.IsMark(",") || token.IsMark(";")) { _at++; continue; }
            var before = _at;
            if (closer == "}" && CodeImports.Read(Language, _tokens, ref _at, variables)) continue;
            Argument(arguments);
            if (_at == before) _at++;
        }
        _depth--;
        return arguments;
    }

    private void SkipGroup(string closer)
    {
        var opener = closer switch { ")" => "(", "]" => "[", _ => "{" };
        for (var depth = 0; _at < _tokens.Count; _at++)
        {
            if (Peek().IsMark(opener)) depth++;
            else if (Peek().IsMark(closer) && depth-- == 0) { _at++; return; }
        }
    }

    private void Argument(CodeArguments arguments)
    {
        var token = Peek();
        var next = Peek(1);
        if (token.Kind is CodeTokenKind.Name or CodeTokenKind.String && next.Kind == CodeTokenKind.Mark
            && (next.Text == "=>" || next.Text == ":" || (next.Text == "=" && Language == CodeLanguage.Python)))
        {
            _at += 2;
            var value = Peek().IsMark("{") && next.Text == "=>" && Language == CodeLanguage.JavaScript ? CodeValue.Unknown : Expression();
            arguments.Named[token.Text] = value;
            return;
        }
        if (token.IsMark(":") && next.Kind == CodeTokenKind.Name && Peek(2).IsMark("=>"))
        {
            _at += 3;
            arguments.Named[next.Text] = Expression();
            return;
        }
        if (token.IsMark(":") || token.IsMark("=>")) { _at++; return; }
        var item = Expression();
        if (token.IsMark("*") && item.Items is not null) arguments.Positional.AddRange(item.Items);
        else arguments.Positional.Add(item);
    }

    /// <summary><c>list.forEach(f =&gt; …)</c>: f is one of the list.</summary>
    private void BindsArrow(CodeValue callee)
    {
        if (callee.Leaf is not ("forEach" or "map" or "each" or "filter") || callee.Receiver is null) return;
        var i = Peek().IsMark("(") ? 1 : 0;
        if (Peek(i).Kind == CodeTokenKind.Name && (Peek(i + 1).IsMark("=>") || Peek(i + 1).IsMark(")") || Peek(i + 1).IsMark(",")))
            variables[Bare(Peek(i).Text)] = CodeFolding.ElementOf(callee.Receiver);
    }

    /// <summary><c>list.each { |f| … }</c> and <c>list.each do |f|</c>.</summary>
    private void BindsBlock(CodeValue callee)
    {
        if (Language != CodeLanguage.Ruby || callee.Leaf is not ("each" or "map") || callee.Receiver is null) return;
        if ((Peek().IsMark("{") || Peek().IsName("do")) && Peek(1).IsMark("|") && Peek(2).Kind == CodeTokenKind.Name)
            variables[Bare(Peek(2).Text)] = CodeFolding.ElementOf(callee.Receiver);
    }

    /// <summary>As <see cref="Fold"/>; with a loop variable in it, the text is one of several.</summary>
    private CodeValue FoldEach(string value)
    {
        if (!CodeText.HasMark(value)) return CodeValue.Of(value);
        foreach (var c in value)
        {
            if (!CodeText.IsMark(c) || text.VariableAt(c) is not { } name || !variables.TryGetValue(Bare(name), out var known)
                || !known.Is(CodeTraits.AnyOf) || known.Items is not { } choices) continue;
            var each = new List<CodeValue>();
            for (var i = 0; i < choices.Length && i < 16; i++)
            {
                if (choices[i].Text is { } choice && text.Work.Fold((long)value.Length * (choice.Length + 1)))
                    each.Add(CodeValue.Of(Fold(value.Replace(c.ToString(), choice, StringComparison.Ordinal))));
            }
            if (each.Count > 0) return new CodeValue { Items = [.. each], Traits = CodeTraits.AnyOf };
        }
        return CodeValue.Of(Fold(value));
    }

    /// <summary>The value of a text whose embedded variables are known by now.</summary>
    private string Fold(string value)
    {
        if (!CodeText.HasMark(value)) return value;
        var folded = new System.Text.StringBuilder();
        foreach (var c in value)
        {
            if (CodeText.IsMark(c) && text.VariableAt(c) is { } name && variables.TryGetValue(Bare(name), out var known) && known.Text is { } inner
                && text.Work.Fold(inner.Length)) folded.Append(inner);
            else if (CodeText.IsMark(c) && text.EmbeddedAt(c) is { } range && Embedded(range.Start, range.End) is { } made && text.Work.Fold(made.Length)) folded.Append(made);
            else folded.Append(c);
        }
        return folded.ToString();
    }

    /// <summary>What an expression inside a text is worth; what it does is for <see cref="Walk"/>. Null when not known.</summary>
    private string? Embedded(int start, int end)
    {
        // Why: a text inside a text inside a text would be read once more at each level.
        if (_isEmbedded) return null;
        var (tokens, at, muted) = (_tokens, _at, effects.IsMuted);
        (_isEmbedded, effects.IsMuted) = (true, true);
        _tokens = lexer.Read(start, end);
        _at = 0;
        var value = Expression();
        var isWhole = _at >= _tokens.Count;
        (_tokens, _at, effects.IsMuted) = (tokens, at, muted);
        _isEmbedded = false;
        return isWhole ? value.Text : null;
    }
}
