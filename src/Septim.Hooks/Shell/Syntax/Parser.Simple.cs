namespace Septim.Hooks.Shell.Syntax;

internal sealed partial class Parser
{
    /// <summary>A simple command or a function definition; null when no word, assignment or redirection starts here.</summary>
    private CommandNode? Simple()
    {
        var node = new SimpleNode(_source, Pos);
        var declares = false;
        while (!AtEnd && !_budget.IsSpent)
        {
            if (Redirection() is { } redirect) (node.Redirects ??= []).Add(redirect);
            else if (node.Words.Count == 0 && Assignment(arraysOnly: false) is { } assignment) (node.Assignments ??= []).Add(assignment);
            else if (declares && Assignment(arraysOnly: true) is { } array)
            {
                (node.DeclaredArrays ??= []).Add(array);
                node.Words.Add(new WordNode([new WordPart(PartKind.Literal, array.Name, false)], Pos, Pos));
            }
            else if (Word(WordMode.Normal) is { } word)
            {
                node.Words.Add(word);
                if (node.Words.Count == 1)
                {
                    declares = word.Bare is "declare" or "typeset" or "export" or "readonly" or "local";
                    if (IsFunctionHead(node)) return Function(node.Start, word.Literal ?? "");
                }
            }
            else break;
            SkipBlanks();
        }
        return node.Words.Count == 0 && node.Assignments is null && node.Redirects is null ? null : Ended(node);
    }

    private bool IsFunctionHead(SimpleNode node)
    {
        if (node.Assignments is not null || node.Redirects is not null) return false;
        var before = Pos;
        SkipBlanks();
        if (Current == '(')
        {
            Pos++;
            SkipBlanks();
            if (Current == ')') { Pos++; return true; }
        }
        Pos = before;
        return false;
    }

    private AssignNode? Assignment(bool arraysOnly)
    {
        var end = Pos;
        while (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] == '_')) end++;
        if (end == Pos || end >= _text.Length || char.IsAsciiDigit(_text[Pos])) return null;
        var name = _text[Pos..end];
        var before = Pos;
        WordNode? index = null;
        if (_text[end] == '[' && !arraysOnly)
        {
            var close = end;
            while (close < _text.Length && _text[close] != ']' && !IsBreak(_text[close])) close++;
            if (close + 1 >= _text.Length || _text[close] != ']' || _text[close + 1] is not ('=' or '+')) return null;
            Pos = end + 1;
            index = Parts(WordMode.Subscript, false);
            if (Current == ']') Pos++;
            end = Pos;
        }
        var append = end + 1 < _text.Length && _text[end] == '+' && _text[end + 1] == '=';
        if (append) end++;
        if (end >= _text.Length || _text[end] != '=' || (arraysOnly && (end + 1 >= _text.Length || _text[end + 1] != '(')))
        {
            Pos = before;
            return null;
        }
        Pos = end + 1;
        _budget.Node();
        if (Current == '(') return new AssignNode(name, append, index, null, Array());
        return new AssignNode(name, append, index, Word(WordMode.Assignment), null);
    }

    private List<WordNode> Array()
    {
        var start = Pos++;
        var items = new List<WordNode>();
        while (true)
        {
            SkipNewlines();
            if (AtEnd || _budget.IsSpent) { Note("unclosed (", start); return items; }
            if (Current == ')') { Pos++; return items; }
            if (Word(WordMode.Normal) is { } item) items.Add(item);
            else Unexpected(1);
        }
    }

    /// <summary>A redirection, consumed; null when none starts here.</summary>
    private RedirectNode? Redirection()
    {
        var at = Pos;
        string? variable = null;
        var descriptor = -1;
        if (char.IsAsciiDigit(Current))
        {
            while (at < _text.Length && char.IsAsciiDigit(_text[at])) at++;
            if (at >= _text.Length || _text[at] is not ('<' or '>')) return null;
            if (!int.TryParse(_text.AsSpan(Pos, at - Pos), out descriptor)) descriptor = int.MaxValue;
        }
        else if (Current == '{')
        {
            at++;
            while (at < _text.Length && (char.IsAsciiLetterOrDigit(_text[at]) || _text[at] == '_')) at++;
            if (at + 1 >= _text.Length || _text[at] != '}' || _text[at + 1] is not ('<' or '>')) return null;
            variable = _text[(Pos + 1)..at];
            at++;
        }
        var op = Operator(at, at == Pos);
        if (op.Length == 0) return null;
        if (descriptor < 0 && variable is null && op[0] != '&') descriptor = op[0] == '<' ? 0 : 1;
        var start = Pos;
        Pos = at + op.Length;
        SkipBlanks();
        var target = Word(WordMode.Normal);
        if (target is null) Note("a redirection has no target", start);
        // Why: a redirection costs as much as three words.
        _budget.Nodes(3);
        var node = new RedirectNode(descriptor, variable, op, target ?? new WordNode([], Pos, Pos));
        if (op is "<<" or "<<-") Await(node);
        return node;
    }

    private string Operator(int at, bool plain)
    {
        var c = at < _text.Length ? _text[at] : '\0';
        var next = at + 1 < _text.Length ? _text[at + 1] : '\0';
        var third = at + 2 < _text.Length ? _text[at + 2] : '\0';
        return (c, next) switch
        {
            ('<', '(') or ('>', '(') => "",
            ('<', '<') => third switch { '<' => "<<<", '-' => "<<-", _ => "<<" },
            ('<', '&') => "<&",
            ('<', '>') => "<>",
            ('<', _) => "<",
            ('>', '>') => ">>",
            ('>', '&') => ">&",
            ('>', '|') => ">|",
            ('>', _) => ">",
            ('&', '>') when plain => third == '>' ? "&>>" : "&>",
            _ => "",
        };
    }

    private void Await(RedirectNode node)
    {
        var quoted = false;
        foreach (var part in node.Target.Parts) quoted |= part.Quoted;
        // Why: a delimiter is not expanded; `<<$X` ends at a line that reads $X.
        var delimiter = quoted ? node.Target.Literal : null;
        delimiter ??= _text[node.Target.Start..Math.Min(node.Target.End, _text.Length)];
        _hereDocuments.Add((node, delimiter, quoted));
    }

    /// <summary>Takes the bodies of the here-documents that were opened on the line before.</summary>
    private void ReadHereDocuments()
    {
        if (_hereDocuments.Count == 0) return;
        foreach (var (node, delimiter, quoted) in _hereDocuments)
        {
            if (_budget.IsSpent) break;
            var start = Math.Min(Pos, _text.Length);
            var strips = node.Operator == "<<-";
            var end = start;
            while (true)
            {
                if (Pos >= _text.Length) { end = _text.Length; break; }
                var newline = _text.IndexOf('\n', Pos);
                var line = _text.AsSpan(Pos, (newline < 0 ? _text.Length : newline) - Pos);
                end = Pos;
                Pos = newline < 0 ? _text.Length : newline + 1;
                if ((strips ? line.TrimStart('\t') : line).SequenceEqual(delimiter)) break;
                if (newline < 0) end = _text.Length;
            }
            node.Body = HereBody(start, end, strips, quoted);
        }
        _hereDocuments.Clear();
    }

    private WordNode HereBody(int start, int end, bool strips, bool quoted)
    {
        // Why: a body inside a body is a text of its own, again and again.
        if (!_budget.Text(end - start)) return new WordNode([], start, end);
        var body = _text[start..end];
        if (strips)
        {
            var kept = new System.Text.StringBuilder(body.Length);
            foreach (var line in body.AsSpan().EnumerateLines()) kept.Append(line.TrimStart('\t')).Append('\n');
            if (body.Length > 0 && body[^1] != '\n') kept.Length--;
            else if (kept.Length > 0) kept.Length--;
            body = kept.ToString();
        }
        if (quoted) return new WordNode([new WordPart(PartKind.Literal, body, true)], start, end);
        var source = new SourceText(body, _source.Map(start, end), _source.IsExact && !strips);
        var parser = new Parser(source, _budget, _depth);
        return parser.Parts(WordMode.HereDocument, true);
    }
}
