namespace Septim.Hooks.Shell.Syntax;

internal sealed partial class Parser
{
    /// <summary>One command, or null when none starts here.</summary>
    private CommandNode? Command()
    {
        SkipBlanks();
        if (AtEnd || !Enter()) return null;
        var command = Compound();
        if (command is null) command = Simple();
        else
        {
            while (true)
            {
                SkipBlanks();
                if (Redirection() is not { } redirect) break;
                (command.Redirects ??= []).Add(redirect);
            }
            Ended(command);
        }
        Leave();
        return command;
    }

    private CommandNode? Compound()
    {
        var start = Pos;
        if (Current == '(')
        {
            if (Peek() == '(' && IsArithmetic(Pos + 2)) return ArithmeticCommand();
            Pos++;
            return Ended(new GroupNode(_source, start, true) { Body = Filled(ListUntil(')', start, false)) });
        }
        var word = Keyword();
        switch (word)
        {
            case "{":
                Pos++;
                var body = Filled(List());
                Expect("}", start);
                return Ended(new GroupNode(_source, start, false) { Body = body });
            case "if":
                return If();
            case "while" or "until":
                Pos += 5;
                var condition = Filled(List());
                return Ended(new LoopNode(_source, start) { IsUntil = _text[start] == 'u', Condition = condition, Body = DoGroup(start) });
            case "for" or "select":
                Pos += word.Length;
                return For(start);
            case "case":
                return Case();
            case "function":
                Pos += 8;
                SkipBlanks();
                var name = Word(WordMode.Normal);
                SkipBlanks();
                if (Current == '(' && Peek() == ')') Pos += 2;
                return Function(start, name?.Literal ?? "");
            case "[[":
                return Test();
            case "coproc":
                return Coproc();
            default:
                return null;
        }
    }

    /// <summary>A list that bash wants at least one command in.</summary>
    private ListNode Filled(ListNode list)
    {
        if (list.Items.Count == 0) Note("a command is missing", list.Start);
        return list;
    }

    private FunctionNode Function(int start, string name)
    {
        SkipNewlines();
        CommandNode? body = null;
        // Why: zsh needs no blank behind the brace of a function, and `:(){:|:&};:` is known by heart.
        if (Current == '{' && Peek() is not (' ' or '\t' or '\n') && !AtEnd && Enter())
        {
            var open = Pos++;
            var list = List();
            Expect("}", open);
            Leave();
            body = Ended(new GroupNode(_source, open, false) { Body = list });
        }
        else if (!AtEnd && !AtCloser()) body = Command();
        if (body is null) Note("a function has no body", start);
        return Ended(new FunctionNode(_source, start, name) { Body = body ?? new ListNode(_source, Pos) });
    }

    private IfNode If()
    {
        var node = new IfNode(_source, Pos);
        Pos += 2;
        while (true)
        {
            var condition = Filled(List());
            Expect("then", node.Start);
            node.Branches.Add((condition, Filled(List())));
            if (SkipKeyword("elif")) continue;
            if (SkipKeyword("else")) node.Else = Filled(List());
            Expect("fi", node.Start);
            return Ended(node);
        }
    }

    private ListNode DoGroup(int start)
    {
        SkipNewlines();
        var braces = SkipKeyword("{");
        if (!braces) Expect("do", start);
        var body = Filled(List());
        Expect(braces ? "}" : "done", start);
        return body;
    }

    private CommandNode For(int start)
    {
        SkipBlanks();
        if (At("(("))
        {
            Pos += 2;
            var expressions = Parts(WordMode.Arithmetic, true);
            if (At("))")) Pos += 2;
            else Note("unclosed ((", start);
            SkipBlanks();
            if (Current == ';') Pos++;
            return Ended(new LoopNode(_source, start) { Expressions = expressions, Body = DoGroup(start) });
        }
        var name = Word(WordMode.Normal)?.Literal ?? "";
        SkipNewlines();
        List<WordNode>? words = null;
        if (SkipKeyword("in"))
        {
            words = [];
            SkipBlanks();
            while (!AtEnd && Word(WordMode.Normal) is { } word)
            {
                words.Add(word);
                SkipBlanks();
            }
        }
        if (Current == ';') Pos++;
        return Ended(new ForNode(_source, start, name) { Words = words, Body = DoGroup(start) });
    }

    private CaseNode Case()
    {
        var start = Pos;
        Pos += 4;
        SkipBlanks();
        var node = new CaseNode(_source, start, Word(WordMode.Normal) ?? new WordNode([], Pos, Pos));
        SkipNewlines();
        if (!SkipKeyword("in")) Note("'in' is missing", start);
        while (true)
        {
            SkipNewlines();
            if (AtEnd || Keyword() is "esac") break;
            var before = Pos;
            if (Current == '(') Pos++;
            var patterns = new List<WordNode>();
            while (true)
            {
                SkipBlanks();
                if (Word(WordMode.Normal) is { } pattern) patterns.Add(pattern);
                SkipBlanks();
                if (Current != '|') break;
                Pos++;
            }
            if (Current == ')') Pos++;
            else Note("')' is missing in a case", before);
            var body = List();
            var falls = Current == ';' && (Peek() == '&' || Peek(2) == '&');
            if (Current == ';' && Peek() is ';' or '&') Pos += Peek() == ';' && Peek(2) == '&' ? 3 : 2;
            node.Arms.Add((patterns, body, falls));
            if (Pos == before) break;
        }
        Expect("esac", start);
        return Ended(node);
    }

    private TestNode ArithmeticCommand()
    {
        var node = new TestNode(_source, Pos, true);
        Pos += 2;
        node.Words.Add(Parts(WordMode.Arithmetic, true));
        if (At("))")) Pos += 2;
        else Note("unclosed ((", node.Start);
        return Ended(node);
    }

    private TestNode Test()
    {
        var node = new TestNode(_source, Pos, false);
        Pos += 2;
        var mode = WordMode.Normal;
        while (!AtEnd)
        {
            SkipBlanks();
            if (Current == '\n') { Pos++; ReadHereDocuments(); continue; }
            if (SkipKeyword("]]")) return Ended(node);
            var word = Word(mode);
            if (word is null)
            {
                // Why: inside [[ ]] these are operators between words, never redirections or separators.
                if (!IsBreak(Current) || Current == ';') break;
                Pos++;
                continue;
            }
            node.Words.Add(word);
            mode = word.Bare is "=~" ? WordMode.Regex : WordMode.Normal;
        }
        Note("unclosed [[", node.Start);
        return Ended(node);
    }

    private CoprocNode Coproc()
    {
        var start = Pos;
        Pos += 6;
        SkipBlanks();
        var before = Pos;
        var name = "COPROC";
        // Why: a name counts only before a compound; `coproc cat file` runs cat.
        if (Word(WordMode.Normal)?.Bare is { } word)
        {
            SkipBlanks();
            if (Current == '(' || Keyword() is "{" or "while" or "until" or "for" or "if" or "case") name = word;
            else Pos = before;
        }
        else Pos = before;
        CommandNode? body = AtEnd || AtCloser() ? null : Command();
        return Ended(new CoprocNode(_source, start, name) { Body = body ?? new ListNode(_source, Pos) });
    }
}
