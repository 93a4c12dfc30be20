namespace Septim.Hooks.Shell.Code;

/// <summary>
/// Goes once through the tokens of a piece of code: assignments and literal expressions are folded, calls are handed to the
/// language's table. No grammar: what it does not know it steps over.
/// </summary>
internal sealed partial class CodeWalker(
    CodeDialect dialect, CodeText text, CodeLexer lexer, CodeEffects effects, Dictionary<string, CodeValue> variables,
    Dictionary<string, List<string>> functions)
{
    private const int MostDepth = 48;

    private List<CodeToken> _tokens = [];
    private int _at;
    private int _depth;
    private bool _isEmbedded;

    private CodeLanguage Language => dialect.Language;

    /// <summary>Reads the code between two offsets and everything embedded in its texts.</summary>
    public void Walk(int start, int end)
    {
        Run(start, end);
        if (text.Setting.ShowsValues) effects.Show(_value, start, end);
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
        (_loop, _boundLoop) = (-1, -1);
        while (_at < _tokens.Count) Statement();
    }

    /// <summary>The code's last statement has this value, and a console prints it.</summary>
    private CodeValue _value = CodeValue.Unknown;

    /// <summary>What the functions around this place give so far.</summary>
    private CodeValue _returned = CodeValue.Unknown;

    private string? _function;

    private CodeToken Peek(int ahead = 0) =>
        _at + ahead >= 0 && _at + ahead < _tokens.Count ? _tokens[_at + ahead] : new CodeToken(CodeTokenKind.Mark, "", text.Text.Length, text.Text.Length, true, true);

    private void Statement()
    {
        var before = _at;
        if (Language == CodeLanguage.Perl) LoopBehind();
        var token = Peek();
        if (token.StartsLine || (_at > 0 && Peek(-1).IsMark(";"))) _value = CodeValue.Unknown;
        if (CodeImports.Read(Language, _tokens, ref _at, variables) || Destructures()) return;
        // Why: `<?= x ?>` is PHP's shorter echo.
        if (Language == CodeLanguage.Php && token.IsMark("<") && Peek(1).IsMark("?") && Peek(2).IsMark("=")) { _at += 3; Printed(token); return; }
        var value = Expression();
        if (text.Setting.ShowsValues) _value = CodeFlow.Mixed(_value, CodeFlow.Origins(value));
        if (_at == before) _at++;
    }

    /// <summary>An expression with its operators; never goes beyond an unopened closing bracket.</summary>
    private CodeValue Expression()
    {
        if (++_depth > MostDepth) { _depth--; _at++; return CodeValue.Unknown; }
        Widen();
        if (Language == CodeLanguage.Perl && (Peek().IsMark("(") || Peek(1).IsMark("(")) && Destructures()) { _depth--; return CodeValue.Unknown; }
        if (Language is CodeLanguage.JavaScript or CodeLanguage.Php && Arrow() is { } function) { _depth--; return function; }
        while (Peek().Kind == CodeTokenKind.Name && Peek().Text is "const" or "let" or "var" or "my" or "our" or "local" && Peek(1).Kind == CodeTokenKind.Name) _at++;
        var target = Peek();
        var first = _at;
        var left = Operand();
        var isVariable = target.Kind == CodeTokenKind.Name && _at == first + 1;
        if (isVariable && Peek().IsMark(":") && (Language == CodeLanguage.Python ? target.StartsLine : Language == CodeLanguage.JavaScript && first > 0 && _tokens[first - 1].Text is "const" or "let" or "var")) SkipsType();
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
                if (token.Kind != CodeTokenKind.Name) break;
                if (token.Text is "and") { _at++; left = Operand(); continue; }
                if (token.Text is "or") { _at++; left = left.Text is null ? Keep(left, Operand()) : Keep(Operand(), left); continue; }
                if (token.Text is "x" && Language == CodeLanguage.Perl) { _at++; left = CodeValue.Mixed(left, Operand()); continue; }
                if (token.Text is "in" or "is" or "instanceof" or "eq" or "ne") { _at++; _ = Operand(); left = CodeValue.Unknown; continue; }
                if (token.Text is "if" && Language == CodeLanguage.Python && !token.StartsLine && _at > first) { left = Otherwise(left); continue; }
                if (token.Text is "as" && Language == CodeLanguage.Python && Peek(1).Kind == CodeTokenKind.Name) { variables[Peek(1).Text] = left; _at += 2; }
                break;
            }
            if (token.Text is ")" or "]" or "}" or "," or ";" or ":" or "{" or "=>" or "->" or "" || (token.Text == "?" && Language == CodeLanguage.Php && Peek(1).IsMark(">"))) break;
            // Why: `f(args...)` of Go hands on a list.
            if (token.Text == "..." && Language == CodeLanguage.Compiled) { _at++; break; }
            // Why: `(d / 'a').mkdir()` on a line of its own has nothing to do with the value above it.
            if (token.StartsLine && dialect.LinesEnd && token.Text is "(" or "[" or "@") break;
            _at++;
            if (token.Text is "=" or ":=" or "||=" or "??=")
            {
                var value = Expression();
                // Why: a text in brackets is a list of one.
                if (Language == CodeLanguage.Perl && target.Text is ['@', ..] && value is { Text: not null, Items: null }) value = CodeValue.List([value]);
                if (isVariable) variables[Bare(target.Text)] = value.Returns is not null ? Own(target.Text, value) : value;
                else if (target.Kind == CodeTokenKind.Name) Holds(Bare(target.Text), value, left, first);
                left = value;
            }
            else if (token.Text is "+=" or ".=")
            {
                left = Join(left, Expression());
                if (isVariable) variables[Bare(target.Text)] = left;
                else if (target.Kind == CodeTokenKind.Name) Holds(Bare(target.Text), left, CodeValue.Unknown, first);
            }
            else if (token.Text == "<<" && target.Text is "$stdout" or "STDOUT" or "$stderr" or "STDERR") effects.Show(Operand(), token.Start, token.End);
            else if (token.Text == "<<" && Language == CodeLanguage.Ruby && target.Kind == CodeTokenKind.Name) left = Pushed(Bare(target.Text), left, Operand());
            else if (token.Text == "&&") left = Operand();
            else if (token.Text is "==" or "!=" or "===" or "!==" or "=~" or "!~" or "<" or ">" or "<=" or ">=" or "<=>") { _ = Operand(); left = CodeValue.Unknown; }
            else if (token.Text == "?") left = Chosen(left);
            else if (token.Text == "+" || (token.Text == "." && dialect.DotJoins) || token.Text == "..") left = Join(left, Operand());
            else if (token.Text == "/" && left.Is(CodeTraits.Path)) left = CodePaths.Join(text, left, Operand());
            else if (token.Text == "%" && left.Text is not null)
            {
                var values = Operand();
                left = CodeFolding.Format(text, left, values).From(CodeFlow.Origins(values));
            }
            else if (token.Text == "*" && left.Items is not null) _ = Operand();
            else if (token.Text is "||" or "??") left = left.Text is null ? Keep(left, Operand()) : Keep(Operand(), left);
            else if (_at < _tokens.Count) left = CodeValue.Mixed(left, Operand());
        }
        _depth--;
        return left;
    }

    private static CodeValue Keep(CodeValue other, CodeValue value) => value.Text is not null ? value.From(CodeFlow.Origins(other)) : CodeValue.Mixed(CodeFlow.Origins(other), CodeFlow.Origins(value));

    private CodeValue Join(CodeValue left, CodeValue right)
    {
        if (left.Text is not null && right.Is(CodeTraits.AnyOf) && right.Items is [{ Text: not null }, ..] behind && text.Work.Fold(behind.Length)) return new CodeValue { Items = Array.ConvertAll(behind, one => Join(left, one)), Traits = CodeTraits.AnyOf }.From(right);
        if (right.Text is not null && left.Is(CodeTraits.AnyOf) && left.Items is [{ Text: not null }, ..] before && text.Work.Fold(before.Length)) return new CodeValue { Items = Array.ConvertAll(before, one => Join(one, right)), Traits = CodeTraits.AnyOf }.From(left);
        var origins = CodeValue.Mixed(left, right);
        if (left.Items is not null && right.Items is not null)
            return text.Work.Fold(left.Items.Length + right.Items.Length) ? CodeValue.List([.. left.Is(CodeTraits.AnyOf) ? [left] : left.Items, .. right.Is(CodeTraits.AnyOf) ? [right] : right.Items]) : origins;
        if (left.Text is null && right.Text is null && left.Name is null && right.Name is null) return origins;
        if (!text.Work.Fold((left.Text?.Length ?? 1) + (right.Text?.Length ?? 1))) return origins;
        var value = origins.With(text.Of(left, Shown(left)) + text.Of(right, Shown(right)));
        return (left.Traits | right.Traits).HasFlag(CodeTraits.Glob) ? new CodeValue { Text = value.Text, Traits = CodeTraits.Glob } : value;
    }

    private static string Shown(CodeValue value) => value.Name is { Length: > 0 } name ? name[(name.LastIndexOf('.') + 1)..].TrimStart('$') : "…";

    private CodeValue Operand()
    {
        if (++_depth > MostDepth) { _depth--; _at++; return CodeValue.Unknown; }
        var variable = Peek().Kind == CodeTokenKind.Name ? Bare(Peek().Text) : null;
        var value = Primary();
        value = Postfix(value, variable);
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
                    if (!token.Text.AsSpan(range).IsEmpty && !text.Work.Token()) break;
                    if (!token.Text.AsSpan(range).IsEmpty) words.Add(CodeValue.Of(Fold(token.Text[range])));
                }
                return CodeValue.List([.. words]);
            case CodeTokenKind.Name:
                return Named(token);
        }
        switch (token.Text)
        {
            case "[":
                _at++;
                var elements = Group("]");
                return elements.Named.Count > 0 && elements.Count == 0 ? new CodeValue { Fields = elements.Named } : CodeValue.List([.. elements.Positional]);
            case "(":
                _at++;
                var inner = Group(")");
                // Why: `(0, f)(x)` calls f.
                if (Language == CodeLanguage.JavaScript && inner.Count > 1 && Peek().IsMark("(")) return inner.Positional[^1];
                // Why: `(x,)` is a tuple.
                return inner.Count == 1 && !(Language == CodeLanguage.Python && Peek(-2).IsMark(",")) ? inner.Positional[0] : CodeValue.List([.. inner.Positional]);
            case "{":
                _at++;
                var fields = Group("}");
                var inside = CodeValue.Unknown;
                foreach (var value in fields.Positional) inside = CodeValue.Mixed(inside, CodeFlow.Origins(value));
                return new CodeValue { Fields = fields.Named }.From(inside);
            case ":" when Peek(1).Kind == CodeTokenKind.Name && Language == CodeLanguage.Ruby:
                _at += 2;
                return CodeValue.Of(Peek(-1).Text);
            case ")" or "]" or "}" or "," or ";" or ":" or "":
                return CodeValue.Unknown;
            case "!":
                _at++;
                _ = _at < _tokens.Count ? Operand() : CodeValue.Unknown;
                return CodeValue.Unknown;
            case "&" when Language == CodeLanguage.Perl && (Peek(1).IsMark("{") || Peek(1).Kind == CodeTokenKind.Name):
                _at++;
                return Called();
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
            case "return" or "yield":
                var given = _at < _tokens.Count && !Peek().StartsLine && !Peek().IsMark(";") && !Peek().IsMark("}") ? Expression() : CodeValue.Unknown;
                Returns(given);
                return given;
            case "throw" or "raise" when Language is CodeLanguage.Python or CodeLanguage.JavaScript or CodeLanguage.Php:
                effects.Show(_at < _tokens.Count ? Operand() : CodeValue.Unknown, token.Start, token.End);
                return CodeValue.Unknown;
            case "echo" or "print" when Language == CodeLanguage.Php:
                Printed(token);
                return CodeValue.Unknown;
            case "include" or "include_once" or "require" or "require_once" when Language == CodeLanguage.Php:
                Included(token);
                return CodeValue.Unknown;
            case "if" or "elsif" or "elif" or "elseif" or "unless" or "while" or "until":
                var condition = _at;
                Condition();
                if (token.Text is "if" or "elif") Narrow(token, condition);
                return CodeValue.Unknown;
            case "not" or "typeof" or "defined" or "exists" or "scalar" or "isset" when !Peek().IsMark(".") && !Peek().IsMark(")"):
                _ = _at < _tokens.Count ? Operand() : CodeValue.Unknown;
                return CodeValue.Unknown;
            case "sort" or "reverse" or "keys" or "values" or "each" or "map" or "grep" when Language == CodeLanguage.Perl && !Peek().IsMark("=>"):
                if (token.Text is "map" or "grep" or "sort" && Peek().IsMark("{")) return Mapped(token.Text);
                if (token.Text == "each") return CodeFlow.Shaped(Operand(), CodeTraits.Pair);
                return token.Text == "keys" ? CodeFlow.NamesOf(Operand()) : _at < _tokens.Count ? Operand() : CodeValue.Unknown;
            case "local" when Language == CodeLanguage.Python: break;
            case "await" or "new" or "my" or "our" or "local" or "const" or "let" or "var" or "else" or "try" or "do" or "begin" or "then":
                return token.Text == "new" && Peek().IsName("Function") ? Operand() : _at < _tokens.Count && !Peek().IsMark(":") ? Operand() : CodeValue.Unknown;
            case "lambda" when Language == CodeLanguage.Python:
                return Lambda();
            case "for" or "foreach":
                return Loop();
            case "class" when Peek().Kind == CodeTokenKind.Name:
                _class = Peek().Text;
                return CodeValue.Unknown;
            case "def" or "function" or "sub" or "func" when Peek().Kind == CodeTokenKind.Name:
                Declaration();
                return CodeValue.Unknown;
        }
        if (Language == CodeLanguage.Perl && _function is not null && variables.TryGetValue("@_", out var handed))
        {
            if (token.Text == "@_") return handed;
            if (token.Text == "shift" && (Peek().IsMark(";") || Peek().IsMark("}") || Peek().IsName("@_"))) return CodeFlow.At(handed, _shifted++);
        }
        if (variables.TryGetValue(Bare(token.Text), out var known)) return known;
        if (OwnPlace.Of(Language, text, token.Text) is { } place) return place;
        if (Language == CodeLanguage.Perl && token.Text[0] == '<') return Lines(token.Text);
        if (Language is CodeLanguage.Perl or CodeLanguage.Ruby && token.Text is "print" or "say" && PrintsDefault(token)) return CodeValue.Unknown;
        if (Language == CodeLanguage.Perl && token.Text is "unlink" or "rmdir" && TakesDefault(token)) return CodeValue.Unknown;
        // Why: it takes nothing, so it is called by its name alone.
        if (Language is CodeLanguage.Perl or CodeLanguage.Ruby && token.Text is "fork") return Invoke(new CodeValue { Name = token.Text }, new CodeArguments());
        if (Streams.Of(Language, text, effects, token.Text) is { } stream) return stream;
        return new CodeValue { Name = token.Text, Traits = FreeNames.Has(Language, token.Text) ? CodeTraits.Free : CodeTraits.None };
    }

    private static string Bare(string name) => name.TrimStart('$', '@', '%');
}
