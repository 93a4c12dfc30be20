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
            while (Redirection() is { } redirect) (command.Redirects ??= []).Add(redirect);
            Ended(command);
        }
        Leave();
        return command;
    }

    private CommandNode? Compound()
    {
        var start = _pos;
        if (Current == '(')
        {
            if (Peek() == '(' && IsArithmetic(_pos + 2)) return ArithmeticCommand();
            _pos++;
            return Ended(new GroupNode(_source, start, true) { Body = ListUntil(')', start, false) });
        }
        var word = Keyword();
        switch (word)
        {
            case "{":
                _pos++;
                var body = List();
                Expect("}", start);
                return Ended(new GroupNode(_source, start, false) { Body = body });
            case "if":
                return If();
            case "while" or "until":
                _pos += 5;
                var condition = List();
                return Ended(new LoopNode(_source, start) { IsUntil = _text[start] == 'u', Condition = condition, Body = DoGroup(start) });
            case "for" or "select":
                _pos += word.Length;
                return For(start);
            case "case":
                return Case();
            case "function":
                _pos += 8;
                SkipBlanks();
                var name = Word(WordMode.Normal);
                SkipBlanks();
                if (Current == '(' && Peek() == ')') _pos += 2;
                return Function(start, name?.Literal ?? "");
            case "[[":
                return Test();
            case "coproc":
                return Coproc();
            default:
                return null;
        }
    }

    private FunctionNode Function(int start, string name)
    {
        SkipNewlines();
        CommandNode? body = AtEnd || AtCloser() ? null : Command();
        if (body is null) Note("a function has no body", start);
        return Ended(new FunctionNode(_source, start, name) { Body = body ?? new ListNode(_source, _pos) });
    }

    private IfNode If()
    {
        var node = new IfNode(_source, _pos);
        _pos += 2;
        while (true)
        {
            var condition = List();
            Expect("then", node.Start);
            node.Branches.Add((condition, List()));
            if (SkipKeyword("elif")) continue;
            if (SkipKeyword("else")) node.Else = List();
            Expect("fi", node.Start);
            return Ended(node);
        }
    }

    private ListNode DoGroup(int start)
    {
        SkipNewlines();
        var braces = SkipKeyword("{");
        if (!braces) Expect("do", start);
        var body = List();
        Expect(braces ? "}" : "done", start);
        return body;
    }

    private CommandNode For(int start)
    {
        SkipBlanks();
        if (At("(("))
        {
            _pos += 2;
            var expressions = Parts(WordMode.Arithmetic, true);
            if (At("))")) _pos += 2;
            else Note("unclosed ((", start);
            SkipBlanks();
            if (Current == ';') _pos++;
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
        if (Current == ';') _pos++;
        return Ended(new ForNode(_source, start, name) { Words = words, Body = DoGroup(start) });
    }

    private CaseNode Case()
    {
        var start = _pos;
        _pos += 4;
        SkipBlanks();
        var node = new CaseNode(_source, start, Word(WordMode.Normal) ?? new WordNode([], _pos, _pos));
        SkipNewlines();
        if (!SkipKeyword("in")) Note("'in' is missing", start);
        while (true)
        {
            SkipNewlines();
            if (AtEnd || Keyword() is "esac") break;
            var before = _pos;
            if (Current == '(') _pos++;
            var patterns = new List<WordNode>();
            while (true)
            {
                SkipBlanks();
                if (Word(WordMode.Normal) is { } pattern) patterns.Add(pattern);
                SkipBlanks();
                if (Current != '|') break;
                _pos++;
            }
            if (Current == ')') _pos++;
            else Note("')' is missing in a case", before);
            var body = List();
            var falls = Current == ';' && (Peek() == '&' || Peek(2) == '&');
            if (Current == ';' && Peek() is ';' or '&') _pos += Peek() == ';' && Peek(2) == '&' ? 3 : 2;
            node.Arms.Add((patterns, body, falls));
            if (_pos == before) break;
        }
        Expect("esac", start);
        return Ended(node);
    }

    private TestNode ArithmeticCommand()
    {
        var node = new TestNode(_source, _pos, true);
        _pos += 2;
        node.Words.Add(Parts(WordMode.Arithmetic, true));
        if (At("))")) _pos += 2;
        else Note("unclosed ((", node.Start);
        return Ended(node);
    }

    private TestNode Test()
    {
        var node = new TestNode(_source, _pos, false);
        _pos += 2;
        var mode = WordMode.Normal;
        while (!AtEnd)
        {
            SkipBlanks();
            if (Current == '\n') { _pos++; ReadHereDocuments(); continue; }
            if (SkipKeyword("]]")) return Ended(node);
            var word = Word(mode);
            if (word is null)
            {
                // Why: inside [[ ]] these are operators between words, never redirections or separators.
                if (!IsBreak(Current) || Current == ';') break;
                _pos++;
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
        var start = _pos;
        _pos += 6;
        SkipBlanks();
        var before = _pos;
        var name = "COPROC";
        // Why: a name counts only before a compound; `coproc cat file` runs cat.
        if (Word(WordMode.Normal)?.Bare is { } word)
        {
            SkipBlanks();
            if (Current == '(' || Keyword() is "{" or "while" or "until" or "for" or "if" or "case") name = word;
            else _pos = before;
        }
        else _pos = before;
        CommandNode? body = AtEnd || AtCloser() ? null : Command();
        return Ended(new CoprocNode(_source, start, name) { Body = body ?? new ListNode(_source, _pos) });
    }
}
