namespace Septim.Hooks.Shell.Code;

/// <summary>Members, calls and their arguments.</summary>
internal sealed partial class CodeWalker
{
    private CodeValue Postfix(CodeValue value, string? variable = null)
    {
        var held = value;
        while (_at < _tokens.Count)
        {
            var token = Peek();
            if (token.Kind == CodeTokenKind.Template && !token.AfterSpace && (value.Leaf is "$executeRaw" or "$queryRaw" or "sql" || variable is "sql" or "pg" or "tx" or "trx"))
            {
                _at++;
                value = CodeValue.Of(Fold(token.Text));
                if (CodeCalls.IsStatement(value.Text)) effects.Sql(value, token.Start, token.End);
                continue;
            }
            if (token.Kind == CodeTokenKind.Template && !token.AfterSpace && (value.Leaf is "$" or "sh" or "execa" or "execaSync" || (variable is "" && Language == CodeLanguage.JavaScript)))
            {
                _at++;
                effects.Shell(CodeValue.Of(Fold(token.Text)), token.Start, token.End);
                value = CodeValue.Unknown;
                continue;
            }
            if (token.Kind != CodeTokenKind.Mark)
            {
                if (dialect.BareCalls && IsBareCall(value, token)) { value = BareCall(value); continue; }
                return value;
            }
            // Why: `$f->(…)` calls the function that a text names.
            if (token.Text == "->" && Language == CodeLanguage.Perl && Peek(1).IsMark("(") && value.Text is not null)
            {
                _at++;
                value = Named(value);
                continue;
            }
            // Why: `$r->{x}` and `$r->[0]` take one out of what a reference points to.
            if (token.Text == "->" && Language == CodeLanguage.Perl && Peek(1) is { Kind: CodeTokenKind.Mark, Text: "{" or "[" } opening)
            {
                _at += 2;
                var key = Group(opening.Text == "{" ? "}" : "]").At(0);
                value = value.Fields is { } entries && (key.Text ?? key.Name) is { } entry && entries.TryGetValue(entry, out var held1) ? held1 : new CodeValue { Name = (value.Name ?? "$reference") + "{}" }.From(CodeFlow.Origins(value));
                continue;
            }
            var member = token.Text is "?." or "->" or "::" || (token.Text == "." && !dialect.DotJoins);
            if (member && Peek(1).Kind == CodeTokenKind.Name)
            {
                _at += 2;
                value = Member(value, Peek(-1).Text);
                if (Language == CodeLanguage.Perl && value is { Receiver: { } path, Leaf: "remove_tree" or "remove" or "slurp" or "slurp_utf8" or "children" } && path.Is(CodeTraits.Path) && !Peek().IsMark("(")) value = Invoke(value, new CodeArguments());
                if (Language == CodeLanguage.Ruby) BindsBlock(value.Name is "Dir.mktmpdir" ? CodeValue.Of("/tmp/fresh") : value.Leaf is "each_key" ? CodeFlow.NamesOf(value.Receiver!) : value.Receiver!, value.Name is not "Dir.mktmpdir");
                if (Language == CodeLanguage.Ruby && !Peek().IsMark("(") && !IsBareCall(value, Peek())) value = CodeFolding.BareMethod(text, effects, value) ?? value;
            }
            // Why: `const knex = require('knex')(…)` gives a function that nobody knows, but has a name.
            else if (token.Text == "(" && Language == CodeLanguage.JavaScript && variable is not null && !token.AfterSpace && !token.StartsLine && ReferenceEquals(value, held) && value is { IsBare: true, Returns: null })
            {
                _at++;
                var given = Group(")");
                value = new CodeValue { Receiver = new CodeValue { Name = variable } }.From(CodeValue.Mixed(value, given.Origins()));
            }
            else if (token.Text == "(" && !(token.StartsLine && dialect.LinesEnd) && IsCallable(ref value))
            {
                var start = _at;
                _at++;
                var (callee, given) = (_callee, _given);
                var handle = Language == CodeLanguage.Perl && value.Leaf is "open" or "push" or "unshift" ? Handle(0) : null;
                (_callee, _given) = (value, new CodeArguments());
                var arguments = Group(")", _given);
                (_callee, _given) = (callee, given);
                var on = value;
                value = Invoke(value, arguments, start);
                if (variable is not null && ReferenceEquals(on.Receiver, held)) Grow(variable, on.Leaf, arguments, value);
                Lends(on, arguments);
                if (handle is not null) Bound(handle, on.Leaf, value, arguments);
                if (Language == CodeLanguage.Ruby) BindsBlock(value, on.Leaf is "foreach" or "each_line" or "readlines" or "glob" || on.Name is "Find.find");
            }
            else if (token.Text == "[" && !(token.StartsLine && dialect.LinesEnd) && (!token.AfterSpace || value.Items is null))
            {
                if (dialect.BareCalls && token.AfterSpace && IsBareCall(value, token)) { value = BareCall(value); continue; }
                _at++;
                var start = _at;
                var index = Group("]");
                value = Language == CodeLanguage.JavaScript && value is { Name: not null, Text: null, Items: null } && index is { Count: 1, Named.Count: 0 } && index.At(0).Text is { Length: > 0 and < 100 } part && char.IsAsciiLetter(part[0]) && !CodeText.HasMark(part)
                    ? Member(value, part) : CodeFolding.Index(text, value, index, _tokens, start, _at - 1);
            }
            // Why: `exec {"rm"} "rm", "-rf"` names the program apart.
            else if (token.Text == "{" && Language == CodeLanguage.Perl && value.Name is "exec" or "system")
            {
                _at++;
                Group("}");
                value = Invoke(value, BareArguments());
            }
            // Why the token before: in `if($x){…}` the braces are a block.
            else if (token.Text == "{" && Language == CodeLanguage.Perl && !token.AfterSpace && value.Name is ['$' or '@', ..] hash && Peek(-1).Kind == CodeTokenKind.Name)
            {
                _at++;
                var key = Group("}").At(0);
                value = hash == "@ENV" && key.Items is { } several ? CodeFlow.Variable(text, CodeFlow.ElementOf(CodeValue.List(several))) : hash == "$ENV" ? CodeFlow.Variable(text, key.Text is null && key.Name is { } bare && key.Traits == 0 ? CodeValue.Of(bare) : key) : new CodeValue { Name = hash + "{}" }.From(CodeFlow.Origins(variables.TryGetValue(Bare(hash), out var held0) ? held0 : value));
            }
            else if (dialect.BareCalls && IsBareCall(value, token)) value = BareCall(value);
            else return value;
        }
        return value;
    }

    private CodeValue Member(CodeValue value, string name)
    {
        if (Language == CodeLanguage.JavaScript && name is not ("toString" or "hasOwnProperty") && value.Receiver is not null && CodeFlow.IsEnvironment(value) && value.Name is not null) return CodeFlow.Variable(text, CodeValue.Of(name));
        // Why: how long something is does not tell what it says.
        if (name is "length" or "size" or "byteLength" && value.HasOrigin) return new CodeValue { Name = "." + name, Receiver = value };
        if (Language == CodeLanguage.Ruby && value.Name == "ENV") value = value.And(CodeTraits.Environment);
        if (Language == CodeLanguage.Python && OwnPlace.Of(value, name) is { } above) return above;
        if (value.Fields is not null && value.Fields.TryGetValue(name, out var own)) return own;
        if (name == "default" && value.Is(CodeTraits.Module)) return value;
        // Why: an entry of os.scandir has its path as a member.
        if (Language == CodeLanguage.Python && name == "path" && value is { Text: not null, Name: null }) return value;
        if (Language == CodeLanguage.JavaScript && name is "name" && value.Is(CodeTraits.Glob)) return value;
        if (value.Name is "sys" or "process" or "Bun" or "Deno" && Streams.OfMember(text, effects, value.Name, name) is { } stream) return stream;
        if (_holdsFields && variables.TryGetValue("." + name, out var held) && value.Name is not "os" and not "process")
        {
            if (value.Name is "self" or "this") return held;
            value = value.From(CodeFlow.Origins(held));
        }
        if (value.Leaf is "settings" && value.Name is not null && name.Length > 2 && char.IsAsciiLetterUpper(name[1])) return new CodeValue { Variables = name };
        if (Language == CodeLanguage.Ruby && name is "credentials" && value.Name is "Rails.application") return new CodeValue { Name = "Rails.application.credentials", Variables = "RAILS_CREDENTIALS" };
        if (value.Text is null && OwnPlace.OfMember(Language, text, value.Name, name) is { } place) return place;
        return new CodeValue
        {
            // Why: no name that a table knows is this long, and a chain must not cost its square.
            Name = value.Name is { Length: < 200 } owner ? owner + "." + name : "." + name,
            Receiver = value,
            Traits = value.Traits & (CodeFlow.Flowing | CodeTraits.Mapping),
            File = value.File,
            Url = value.Url,
            Variables = value.Variables,
            Program = name is "stdin" ? value.Program : null,
        };
    }

    private bool IsBareCall(CodeValue value, CodeToken next) =>
        value.Name is not null && value.Text is null && !next.StartsLine && next.AfterSpace
        && (next.IsText || next.Kind is CodeTokenKind.Words or CodeTokenKind.Command or CodeTokenKind.Number
            || (next.Kind == CodeTokenKind.Name && next.Text is not ("if" or "unless" or "or" or "and" or "do" or "while" or "rescue" or "in" or "eq" or "ne" or "until" or "for" or "foreach") && !(next.Text is "x" && Language == CodeLanguage.Perl))
            || next.IsMark("[") || next.IsMark("<") || (next.IsMark(":") && Language == CodeLanguage.Ruby) || (next.IsMark("\\") && Language == CodeLanguage.Perl))
        && (CodeCalls.TakesBareArguments(Language, value) || (Language == CodeLanguage.Ruby && value.Receiver is null && functions.ContainsKey(value.Leaf)));

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

    /// <summary>PHP calls the function that a text names.</summary>
    private bool IsCallable(ref CodeValue value)
    {
        if (value.Name is not null || value.Receiver is not null || value.Returns is not null) return true;
        if (Language != CodeLanguage.Php || value.Text is not { Length: > 0 and < 64 } name || CodeText.HasMark(name) || Peek().AfterSpace) return false;
        value = new CodeValue { Name = name };
        return true;
    }

    private CodeValue Invoke(CodeValue callee, CodeArguments arguments, int from = -1)
    {
        var start = from > 0 ? StartOf(from) : Peek(-1).Start;
        var end = _at > 0 ? _tokens[_at - 1].End : start;
        if (effects.IsMuted) Bind(callee, arguments);
        // Why: a function of the code's own takes the place of the language's.
        if (Language is CodeLanguage.Ruby or CodeLanguage.Perl && callee.Receiver is null && functions.ContainsKey(callee.Leaf)) return Given(callee.Leaf, arguments);
        if (CodeCalls.Apply(Language, text, effects, callee, arguments, Math.Min(start, end), end) is { } made) return made;
        if (callee.Returns is { } given && callee.Name is null) return given;
        if (callee.Leaf is not { Length: > 0 } own || !functions.ContainsKey(own)) return CodeFolding.Call(text, callee, arguments);
        return callee.Receiver is null ? Given(own, arguments) : CodeFolding.Call(text, callee, arguments).From(CodeFlow.Origins(Given(own, arguments)));
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
    private CodeArguments Group(string closer, CodeArguments? into = null)
    {
        var arguments = into ?? new CodeArguments();
        if (++_depth > MostDepth) { _depth--; SkipGroup(closer); return arguments; }
        while (_at < _tokens.Count)
        {
            var token = Peek();
            if (token.IsMark(closer)) { _at++; break; }
            if (token.Kind == CodeTokenKind.Mark && token.Text is ")" or "]" or "}") { if (closer == "}") { _at++; continue; } break; }
            if (token.IsMark(",") || token.IsMark(";")) { _at++; continue; }
            var before = _at;
            // Why: `{ s }` is `{ s: s }`.
            if (closer == "}" && Language == CodeLanguage.JavaScript && token.Kind == CodeTokenKind.Name && (Peek(1).IsMark(",") || Peek(1).IsMark("}")) && (Peek(-1).IsMark("{") || Peek(-1).IsMark(",")))
            {
                arguments.Named[token.Text] = Operand();
                continue;
            }
            if (closer == "}" && (CodeImports.Read(Language, _tokens, ref _at, variables) || Destructures())) continue;
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
        if (Language is CodeLanguage.JavaScript or CodeLanguage.Php && Arrow() is { } function)
        {
            arguments.Positional.Add(function);
            return;
        }
        if (token.Kind is CodeTokenKind.Name or CodeTokenKind.String && next.Kind == CodeTokenKind.Mark && token.Text is not "lambda"
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
        if ((token.IsMark(":") && !(Language == CodeLanguage.Ruby && next.Kind == CodeTokenKind.Name && !next.AfterSpace)) || token.IsMark("=>")) { _at++; return; }
        var item = Expression();
        if ((token.IsMark("*") || token.IsMark("...")) && item.Items is not null && !item.Is(CodeTraits.AnyOf)) arguments.Positional.AddRange(item.Items);
        else arguments.Positional.Add(item);
    }
}
