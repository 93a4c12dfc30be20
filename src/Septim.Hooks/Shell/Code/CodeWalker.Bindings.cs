namespace Septim.Hooks.Shell.Code;

/// <summary>Names that get their values from where they stand: targets of an assignment, parameters, things that grow.</summary>
internal sealed partial class CodeWalker
{
    /// <summary>Tokens that a list of targets may have.</summary>
    private const int MostTargets = 48;

    private const int MostGrown = 512;

    /// <summary>Something was put into a field of an object of the code.</summary>
    private bool _holdsFields;

    /// <summary><c>a, b = x</c>, <c>const {a, b: c} = x</c>, <c>my ($k, $v) = x</c>, <c>[$k, $v] = x</c>: reads the whole statement.</summary>
    private bool Destructures()
    {
        var i = 0;
        while (Peek(i).Kind == CodeTokenKind.Name && Peek(i).Text is "const" or "let" or "var" or "my" or "our" or "local") i++;
        var declares = i > 0;
        if (Language == CodeLanguage.Php && Peek(i).IsName("list")) i++;
        var opener = Peek(i).Kind == CodeTokenKind.Mark ? Peek(i).Text : "";
        var isOpened = opener switch
        {
            "[" => Language is CodeLanguage.Php || (Language is CodeLanguage.JavaScript && declares),
            "{" => Language is CodeLanguage.JavaScript && declares,
            "(" => Language is CodeLanguage.Perl or CodeLanguage.Python or CodeLanguage.Php,
            _ => false,
        };
        if (!isOpened && !(Peek(i).Kind == CodeTokenKind.Name && Peek(i + 1).IsMark(",") && Language is CodeLanguage.Python or CodeLanguage.Ruby)) return false;
        var names = new List<(string Key, string Name)>();
        var rest = -1;
        if (isOpened) i++;
        for (var stop = i + MostTargets; i < stop; i++)
        {
            var token = Peek(i);
            if (token.Kind == CodeTokenKind.Name)
            {
                // Why: `{a: b}` binds b.
                if (opener == "{" && Peek(i + 1).IsMark(":") && Peek(i + 2).Kind == CodeTokenKind.Name) { names.Add((token.Text, Peek(i + 2).Text)); i += 2; }
                else names.Add((token.Text, token.Text));
                if (opener != "{" && (Peek(i - 1).IsMark("...") || Peek(i - 1).IsMark("*"))) rest = names.Count - 1;
            }
            else if (token.IsMark("=") || token.Kind != CodeTokenKind.Mark || token.Text is not ("," or "*" or "...")) break;
        }
        if (isOpened && Peek(i).Kind == CodeTokenKind.Mark && Peek(i).Text is ")" or "]" or "}") i++;
        else if (isOpened) return false;
        if (names.Count == 0 || !Peek(i).IsMark("=")) return false;
        _at += i + 1;
        var value = Expression();
        if (Peek().IsMark(",") && value.Items is null)
        {
            var several = new List<CodeValue> { value };
            while (Peek().IsMark(",") && several.Count < MostTargets) { _at++; several.Add(Expression()); }
            value = CodeValue.List([.. several]);
        }
        for (var n = 0; n < names.Count; n++)
        {
            var (key, name) = names[n];
            variables[Bare(name)] = opener == "{" ? Part(value, key) : n == rest ? From(value, n) : CodeFlow.At(value, n);
        }
        return true;
    }

    /// <summary>What is left of a list from a place on; of one of several lists one of what each leaves.</summary>
    private static CodeValue From(CodeValue value, int place) =>
        value.Items is not { } items ? CodeFlow.Taken(value, CodeTraits.None)
        : value.Is(CodeTraits.AnyOf) ? new CodeValue { Items = Array.ConvertAll(items, one => From(one, place)), Traits = CodeTraits.AnyOf }
        : CodeValue.List(place < items.Length ? items[place..] : []);

    private CodeValue Part(CodeValue value, string key) =>
        CodeFlow.IsEnvironment(value) ? CodeFlow.Variable(text, CodeValue.Of(key))
        : value.Fields is not null && value.Fields.TryGetValue(key, out var field) ? field
        : Member(value, key);

    /// <summary>A value is put into a part of a variable: the variable holds it from then on.</summary>
    private void Holds(string root, CodeValue value, CodeValue part, int first)
    {
        variables.TryGetValue(root, out var known);
        if (Language == CodeLanguage.Php && first + 2 < _tokens.Count && _tokens[first + 1].IsMark("[") && _tokens[first + 2].IsMark("]")) { Pushed(root, known ?? CodeValue.Unknown, value); return; }
        var origins = CodeFlow.Origins(value);
        if (root is "self" or "this" && part.Leaf.Length > 0)
        {
            variables["." + part.Leaf] = value;
            _holdsFields = true;
        }
        if (!origins.HasOrigin || known?.Name is not null) return;
        if (root is not ("self" or "this")) variables[root] = (known ?? new CodeValue { Name = root }).From(origins);
    }

    private CodeValue Pushed(string variable, CodeValue list, CodeValue item)
    {
        var items = list.Items ?? [];
        if (list.Text is not null || list.Is(CodeTraits.AnyOf) || items.Length >= MostGrown || !text.Work.Fold(items.Length + 1)) return list.From(CodeFlow.Origins(item));
        return variables[variable] = CodeValue.List([.. items, item]).From(CodeFlow.Origins(list));
    }

    /// <summary>A list, a dictionary or a reader takes something in.</summary>
    private void Grow(string variable, string call, CodeArguments arguments, CodeValue result)
    {
        if (call is not ("append" or "add" or "push" or "unshift" or "insert" or "extend" or "update" or "setdefault" or "concat" or "set" or "write" or "read" or "read_file" or "load" or "store" or "merge!" or "appendleft" or "put")) return;
        variables.TryGetValue(variable, out var known);
        var given = arguments.Positional;
        if (known is { Items: { } items, Text: null } && !known.Is(CodeTraits.AnyOf) && items.Length < MostGrown && text.Work.Fold(items.Length + given.Count + (given.Count > 0 ? given[0].Items?.Length ?? 0 : 0)))
        {
            CodeValue[]? grown = call switch
            {
                "append" or "add" or "push" => [.. items, .. given],
                "unshift" or "appendleft" => [.. given, .. items],
                "extend" or "update" when given.Count == 1 && given[0].Is(CodeTraits.AnyOf) => [.. items, given[0]],
                "extend" or "update" when given.Count == 1 && given[0].Items is { } more => [.. items, .. more],
                "insert" when given.Count == 2 => given[0].Text == "0" ? [given[1], .. items] : [.. items, given[1]],
                "insert" => [.. items, .. given],
                _ => null,
            };
            if (grown is not null) { variables[variable] = CodeValue.List(grown).From(known); return; }
        }
        var origins = call is "read" or "read_file" or "load" ? CodeFlow.Origins(result) : arguments.Origins();
        // Why: File.read reads no file into File.
        if (!origins.HasOrigin || known?.Name is not null || (known is null && !FreeNames.Has(Language, variable))) return;
        variables[variable] = (known ?? CodeValue.Unknown).From(origins);
    }

    /// <summary>The type in <c>x: str = 1</c>, when a value follows.</summary>
    private void SkipsType()
    {
        for (var i = 1; i < 24 && !Peek(i).StartsLine && !Peek(i).IsMark(";"); i++)
        {
            if (!Peek(i).IsMark("=")) continue;
            _at += i;
            return;
        }
    }

    /// <summary>A condition decides and is no value.</summary>
    private void Condition()
    {
        if (_at < _tokens.Count && !Peek().IsMark(":")) _ = Expression();
    }

    /// <summary><c>a if c else b</c>, from the if on.</summary>
    private CodeValue Otherwise(CodeValue value)
    {
        var from = ++_at;
        Condition();
        if (!Peek().IsName("else")) return value.Is(CodeTraits.Glob) && Filter(from) is { } test && Fewer(value, test.Patterns) is { } fewer ? fewer : value;
        _at++;
        return OneOf(value, Expression());
    }

    /// <summary><c>c ? a : b</c>, behind the question mark.</summary>
    private CodeValue Chosen(CodeValue condition)
    {
        if (Peek().IsMark(":"))
        {
            if (Language != CodeLanguage.Php) return CodeValue.Unknown;
            _at++;
            return OneOf(condition, Expression());
        }
        var value = Expression();
        if (!Peek().IsMark(":")) return value;
        _at++;
        return OneOf(value, Expression());
    }

    /// <summary>One of two; of several that are one of several it is one level of all, so that nobody goes down them without end.</summary>
    private static CodeValue OneOf(CodeValue one, CodeValue other)
    {
        if ((one.Text ?? other.Text) is null && (one.Items ?? other.Items) is null) return CodeValue.Mixed(CodeFlow.Origins(one), CodeFlow.Origins(other));
        var choices = new List<CodeValue>();
        foreach (var value in (ReadOnlySpan<CodeValue>)[one, other])
        {
            foreach (var choice in value.Is(CodeTraits.AnyOf) && value.Items is { } items ? items : [value])
            {
                if (choices.Count < MostChoices && !(choice.Is(CodeTraits.AnyOf) && choice.Items is not null)) choices.Add(choice);
            }
        }
        return new CodeValue { Items = [.. choices], Traits = CodeTraits.AnyOf }.From(CodeFlow.Origins(one)).From(CodeFlow.Origins(other));
    }

    private const int MostChoices = 16;

    /// <summary>PHP's <c>echo a, b;</c>.</summary>
    private void Printed(CodeToken token)
    {
        while (_at < _tokens.Count && !Peek().IsMark(";"))
        {
            var before = _at;
            effects.Show(Expression(), token.Start, token.End);
            if (!Peek().IsMark(",") || _at == before) break;
            _at++;
        }
    }

    /// <summary>PHP's <c>include x</c> runs a file, or what an address gives.</summary>
    private void Included(CodeToken token)
    {
        if (_at >= _tokens.Count) return;
        var file = Expression();
        if (file.Text is not { } known) return;
        if (known.Contains("://", StringComparison.Ordinal)) effects.Evaluate(new CodeValue { Traits = CodeTraits.Network, Url = file }, "php", token.Start, token.End);
        else effects.Do("php", file, token.Start, token.End);
    }

    /// <summary><c>list.each { |f| … }</c>, <c>File.open(p) do |f|</c>: the block's names get what the call hands them.</summary>
    private void BindsBlock(CodeValue from, bool isEach)
    {
        if (!(Peek().IsMark("{") || Peek().IsName("do")) || !Peek(1).IsMark("|")) return;
        var element = isEach || from.Items is not null || from.Is(CodeTraits.Mapping) || (from.File is not null && from.Target is null) ? CodeFlow.IsSettings(from) ? CodeFlow.Shaped(from, CodeTraits.Pair) : CodeFlow.ElementOf(from) : from;
        // Why: the first of popen3's pipes is what the program reads.
        if (from.Program is not null && Peek(2).Kind == CodeTokenKind.Name)
        {
            variables[Bare(Peek(2).Text)] = from;
            return;
        }
        var names = 0;
        for (var i = 2; i < 16 && !Peek(i).IsMark("|"); i++)
        {
            if (Peek(i).Kind == CodeTokenKind.Name) names++;
        }
        for (int i = 2, at = 0; i < 16 && !Peek(i).IsMark("|"); i++)
        {
            if (Peek(i).Kind == CodeTokenKind.Name) variables[Bare(Peek(i).Text)] = names == 1 ? element : CodeFlow.At(element, at++);
        }
    }
}
