namespace Septim.Hooks.Shell.Code;

/// <summary>
/// Goes once through the tokens of a piece of code: assignments and literal expressions are folded, calls are handed to the
/// language's table. No grammar: what it does not know it steps over.
/// </summary>
internal sealed class CodeWalker(
    CodeDialect dialect, CodeText text, CodeLexer lexer, CodeEffects effects, Dictionary<string, CodeValue> variables,
    Dictionary<string, List<string>> functions)
{
    private const int MostDepth = 48;

    /// <summary>Characters that all foldings together may make.</summary>
    private const int MostFolded = 1 << 18;

    private List<CodeToken> _tokens = [];
    private int _at;
    private int _depth;
    private int _foldBudget = MostFolded;

    private CodeLanguage Language => dialect.Language;

    /// <summary>Reads the code between two offsets and everything embedded in its texts.</summary>
    public void Walk(int start, int end)
    {
        Run(start, end);
        var budget = (end - start) * 4L;
        for (var i = 0; i < lexer.Embedded.Count && budget > 0; i++)
        {
            var (from, to) = lexer.Embedded[i];
            budget -= to - from;
            Run(from, to);
        }
    }

    private void Run(int start, int end)
    {
        _tokens = lexer.Read(start, end);
        _at = 0;
        while (_at < _tokens.Count) Statement();
    }

    private CodeToken Peek(int ahead = 0) =>
        _at + ahead < _tokens.Count ? _tokens[_at + ahead] : new CodeToken(CodeTokenKind.Mark, "", text.Text.Length, text.Text.Length, true, true);

    private void Statement()
    {
        var before = _at;
        if (!CodeImports.Read(Language, _tokens, ref _at, variables)) Expression();
        if (_at == before) _at++;
    }

    /// <summary>An expression with its operators; never goes beyond an unopened closing bracket.</summary>
    private CodeValue Expression()
    {
        if (++_depth > MostDepth) { _depth--; _at++; return CodeValue.Unknown; }
        while (Peek().Kind == CodeTokenKind.Name && Peek().Text is "const" or "let" or "var" or "my" or "our" or "local" && Peek(1).Kind == CodeTokenKind.Name) _at++;
        var target = Peek();
        var first = _at;
        var left = Operand();
        var isVariable = target.Kind == CodeTokenKind.Name && _at == first + 1;
        while (_at < _tokens.Count)
        {
            var token = Peek();
            if (token.IsText && !token.StartsLine && left.Text is not null && Language is CodeLanguage.Python or CodeLanguage.Ruby)
            {
                left = Join(left, Operand());
                continue;
            }
            if (token.Kind != CodeTokenKind.Mark)
            {
                if (token.Kind == CodeTokenKind.Name && token.Text is "or" or "and" or "in" or "is" or "x") { _at++; left = CodeValue.Mixed(left, Operand()); continue; }
                break;
            }
            if (token.Text is ")" or "]" or "}" or "," or ";" or ":" or "{" or "=>" or "->" or "") break;
            _at++;
            if (token.Text is "=" or ":=" or "||=" or "??=")
            {
                var value = Expression();
                if (isVariable) variables[Bare(target.Text)] = value;
                left = value;
            }
            else if (token.Text is "+=" or ".=")
            {
                left = Join(left, Expression());
                if (isVariable) variables[Bare(target.Text)] = left;
            }
            else if (token.Text == "+" || (token.Text == "." && dialect.DotJoins) || token.Text == "..") left = Join(left, Operand());
            else if (token.Text == "/" && left.Is(CodeTraits.Path)) left = CodePaths.Join(text, left, Operand());
            else if (token.Text == "%" && left.Text is not null) left = CodeFolding.Format(text, left, Operand());
            else if (token.Text == "*" && left.Items is not null) _ = Operand();
            else if (token.Text is "||" or "??") left = left.Text is null ? Keep(left, Operand()) : Keep(Operand(), left);
            else if (_at < _tokens.Count) left = CodeValue.Mixed(left, Operand());
        }
        _depth--;
        return left;
    }

    private static CodeValue Keep(CodeValue other, CodeValue value) => value.Text is not null ? value : CodeValue.Mixed(other, value);

    private CodeValue Join(CodeValue left, CodeValue right)
    {
        if (left.Items is not null && right.Items is not null) return CodeValue.List([.. left.Items, .. right.Items]);
        var origins = CodeValue.Mixed(left, right);
        if (_foldBudget < 0 || (left.Text is null && right.Text is null && left.Name is null && right.Name is null)) return origins;
        var joined = (left.Text ?? text.Unknown(Shown(left))) + (right.Text ?? text.Unknown(Shown(right)));
        _foldBudget -= joined.Length;
        var value = origins.With(_foldBudget < 0 ? null : joined);
        return (left.Traits | right.Traits).HasFlag(CodeTraits.Glob) ? new CodeValue { Text = value.Text, Traits = CodeTraits.Glob } : value;
    }

    private static string Shown(CodeValue value) => value.Name is { Length: > 0 } name ? name[(name.LastIndexOf('.') + 1)..].TrimStart('$') : "…";

    private CodeValue Operand()
    {
        if (++_depth > MostDepth) { _depth--; _at++; return CodeValue.Unknown; }
        var value = Primary();
        value = Postfix(value);
        _depth--;
        return value;
    }

    private CodeValue Primary()
    {
        var token = Peek();
        switch (token.Kind)
        {
            case CodeTokenKind.String or CodeTokenKind.Template:
                _at++;
                return FoldEach(token.Text);
            case CodeTokenKind.Number:
                _at++;
                return token.Text.Length == 0 ? CodeValue.Unknown : CodeValue.Of(token.Text);
            case CodeTokenKind.Command:
                _at++;
                effects.Shell(CodeValue.Of(Fold(token.Text)), token.Start, token.End);
                return CodeValue.Unknown;
            case CodeTokenKind.Words:
                _at++;
                var words = new List<CodeValue>();
                foreach (var range in token.Text.AsSpan().SplitAny(' ', '\n', '\t'))
                {
                    if (!token.Text.AsSpan(range).IsEmpty) words.Add(CodeValue.Of(Fold(token.Text[range])));
                }
                return CodeValue.List(words);
            case CodeTokenKind.Name:
                return Named(token);
        }
        switch (token.Text)
        {
            case "[":
                _at++;
                return CodeValue.List(Group("]").Positional);
            case "(":
                _at++;
                var inner = Group(")");
                return inner.Count == 1 ? inner.Positional[0] : CodeValue.List(inner.Positional);
            case "{":
                _at++;
                return new CodeValue { Fields = Group("}").Named };
            case ":" when Peek(1).Kind == CodeTokenKind.Name && Language == CodeLanguage.Ruby:
                _at += 2;
                return CodeValue.Of(Peek(-1).Text);
            case ")" or "]" or "}" or "," or ";" or ":" or "":
                return CodeValue.Unknown;
            case "-" when Peek(1).Kind == CodeTokenKind.Number:
                _at += 2;
                return CodeValue.Of("-" + Peek(-1).Text);
            default:
                _at++;
                return _at < _tokens.Count ? Operand() : CodeValue.Unknown;
        }
    }

    private CodeValue Named(CodeToken token)
    {
        _at++;
        switch (token.Text)
        {
            case "return" or "await" or "new" or "throw" or "yield" or "not" or "my" or "our" or "local" or "const" or "let" or "var"
                or "if" or "elsif" or "elif" or "unless" or "while" or "until" or "else" or "try" or "do" or "begin" or "then" or "typeof" or "lambda":
                return token.Text == "new" && Peek().IsName("Function") ? Operand() : _at < _tokens.Count && !Peek().IsMark(":") ? Operand() : CodeValue.Unknown;
            case "for" or "foreach":
                return Loop();
            case "def" or "function" when Peek().Kind == CodeTokenKind.Name:
                Declaration();
                return CodeValue.Unknown;
        }
        if (variables.TryGetValue(Bare(token.Text), out var known)) return known;
        return new CodeValue { Name = token.Text };
    }

    /// <summary><c>def name(a, b)</c>: which parameters a function has, so that its calls can say what they are.</summary>
    private void Declaration()
    {
        var name = Peek().Text;
        _at++;
        if (!Peek().IsMark("(")) return;
        var parameters = new List<string>();
        for (_at++; _at < _tokens.Count && !Peek().IsMark(")"); _at++)
        {
            if (Peek().Kind == CodeTokenKind.Name && (Peek(-1).IsMark("(") || Peek(-1).IsMark(","))) parameters.Add(Bare(Peek().Text));
        }
        _at++;
        functions[name] = parameters;
    }

    /// <summary>A call of a function of this code: its parameters may be these.</summary>
    private void Bind(CodeValue callee, CodeArguments arguments)
    {
        if (callee.Receiver is not null || callee.Name is not { } name || !functions.TryGetValue(name, out var parameters)) return;
        for (var i = 0; i < parameters.Count && i < arguments.Count; i++)
        {
            var before = variables.TryGetValue(parameters[i], out var known) && known.Is(CodeTraits.AnyOf) ? known.Items! : [];
            if (before.Count < 16) variables[parameters[i]] = new CodeValue { Items = [.. before, arguments.Positional[i]], Traits = CodeTraits.AnyOf };
        }
    }

    private static string Bare(string name) => name.TrimStart('$', '@', '%');

    /// <summary><c>for x in LIST</c> of Python and Ruby, <c>foreach (LIST as $x)</c>, <c>for my $x (LIST)</c>, <c>for (const x of LIST)</c>.</summary>
    private CodeValue Loop()
    {
        var opened = Peek().IsMark("(");
        var i = opened ? 1 : 0;
        while (Peek(i).IsName("my") || Peek(i).IsName("const") || Peek(i).IsName("let") || Peek(i).IsName("var")) i++;
        var variable = Peek(i);
        if (variable.Kind != CodeTokenKind.Name) return CodeValue.Unknown;
        if (Peek(i + 1).IsMark(",")) return SeveralNames(i, variable);
        if (Peek(i + 1).IsName("in") || Peek(i + 1).IsName("of"))
        {
            _at += i + 2;
            variables[Bare(variable.Text)] = CodeFolding.ElementOf(Expression());
        }
        else if (Language == CodeLanguage.Perl && Peek(i + 1).IsMark("("))
        {
            _at += i + 1;
            variables[Bare(variable.Text)] = CodeFolding.ElementOf(Operand());
        }
        else if (Language == CodeLanguage.Php && opened)
        {
            _at++;
            var list = Operand();
            if (!Peek().IsName("as")) return CodeValue.Unknown;
            _at++;
            variables[Bare(Peek().Text)] = CodeFolding.ElementOf(list);
        }
        return CodeValue.Unknown;
    }

    /// <summary><c>for root, dirs, files in os.walk(p)</c>: the first is below p, the others are not known.</summary>
    private CodeValue SeveralNames(int ahead, CodeToken first)
    {
        var i = ahead + 1;
        while (Peek(i).IsMark(",") && Peek(i + 1).Kind == CodeTokenKind.Name)
        {
            variables.Remove(Bare(Peek(i + 1).Text));
            i += 2;
        }
        if (!Peek(i).IsName("in")) return CodeValue.Unknown;
        _at += i + 1;
        var list = Expression();
        if (list.Is(CodeTraits.Glob)) variables[Bare(first.Text)] = list;
        else variables.Remove(Bare(first.Text));
        return CodeValue.Unknown;
    }

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
            else if (dialect.BareCalls && IsBareCall(value, token)) value = Invoke(value, BareArguments());
            else return value;
        }
        return value;
    }

    private CodeValue Member(CodeValue value, string name) => value.Name == "process.env" && (name is "HOME" or "USERPROFILE")
        ? CodePaths.Home(text)
        : new CodeValue
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

    private bool IsBareCall(CodeValue value, CodeToken next) =>
        value.Name is not null && value.Text is null && !next.StartsLine && next.AfterSpace
        && (next.IsText || next.Kind is CodeTokenKind.Words or CodeTokenKind.Command
            || (next.Kind == CodeTokenKind.Name && next.Text is not ("if" or "unless" or "or" or "and" or "do" or "while" or "rescue" or "x" or "in" or "eq" or "ne" or "until"))
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
            for (var i = 0; i < choices.Count && i < 16; i++)
            {
                if (choices[i].Text is { } choice) each.Add(CodeValue.Of(Fold(value.Replace(c.ToString(), choice, StringComparison.Ordinal))));
            }
            if (each.Count > 0) return new CodeValue { Items = each, Traits = CodeTraits.AnyOf };
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
                && folded.Length + inner.Length < _foldBudget) folded.Append(inner);
            else folded.Append(c);
        }
        _foldBudget -= folded.Length;
        return folded.ToString();
    }
}
