using Septim.Hooks.Shell.Syntax;

namespace Septim.Hooks.Shell.Evaluation;

internal sealed partial class Evaluator
{
    private Feed For(ForNode node, Scope scope, Frame frame)
    {
        var words = node.Words is null ? [.. scope.Arguments] : _expander.Expand(node.Words, scope, frame);
        var globbed = false;
        foreach (var word in words) globbed |= word.HasGlob || word.HasUnknown;
        var inner = frame with { Reach = frame.Reach | Reach.Loop, InLoop = true, IsRepeated = frame.IsRepeated || globbed };
        var output = Feed.Nothing;
        var before = scope.Clone();
        foreach (var word in words)
        {
            if (!_budget.Expansion()) return output;
            // Why: after a `break` in one round the next may still happen in another run of the same text; walk them all.
            scope.Departure = Departure.None;
            scope.Set(node.Variable, Variable.Of(AsElement(word)));
            output = Feed.Concat(output, Run(node.Body, scope, inner));
            if (scope.Departure is Departure.Loop) { before = Scope.Join(before, At(scope)); }
            else if (scope.Departure != Departure.None) break;
        }
        if (scope.Departure is Departure.Loop) scope.Departure = Departure.None;
        if (globbed || words.Count == 0 || before.Variables.Count > 0) scope.Become(Scope.Join(scope, before));
        return output;
    }

    private static Scope At(Scope scope)
    {
        var at = scope.Clone();
        at.Departure = Departure.None;
        return at;
    }

    /// <summary>A glob in a loop's list has become file names by the time the variable is used.</summary>
    private static Word AsElement(Word word)
    {
        if (!word.HasGlob) return word;
        var pieces = new List<WordPiece>(word.Pieces.Length);
        foreach (var piece in word.Pieces)
        {
            pieces.Add(piece.Kind == PieceKind.Glob ? new WordPiece(PieceKind.Substitution, piece.Text, true) { MayBeEmpty = piece.Text == "*" && pieces.Count > 0 } : piece);
        }
        return new Word([.. pieces]);
    }

    private Feed Loop(LoopNode node, Scope scope, Frame frame)
    {
        var inner = frame with { Reach = frame.Reach | Reach.Loop, InLoop = true, IsRepeated = true };
        if (IsEndless(node) && StartsWithoutEnd(node.Body) && !_bombs.Contains(node.Segment)) _bombs.Add(node.Segment);
        if (node.Expressions is not null) Run(new TestNode(node.Source, node.Start, true) { Words = { node.Expressions } }, scope, frame);
        var output = Feed.Nothing;
        var before = scope.Clone();
        var reads = Reads(node.Condition) && frame.Input.Text is { Length: > 0 };
        while (_budget.Expansion())
        {
            var position = frame.Cursor.Position;
            if (node.Condition is not null) output = Feed.Concat(output, Run(node.Condition, scope, inner));
            if (reads && frame.Cursor.Position == position) break;
            output = Feed.Concat(output, Run(node.Body, scope, inner));
            if (scope.Departure == Departure.Loop) scope.Departure = Departure.None;
            if (!reads || frame.Cursor.Position == position || frame.Cursor.Position >= frame.Input.Text!.Length) break;
        }
        scope.Become(Scope.Join(scope, before));
        return output;
    }

    private static bool Reads(ListNode? condition) =>
        condition is { Items.Count: > 0 } && condition.Items[^1].Command is SimpleNode simple && simple.Words.Count > 0
        && simple.Words[0].Bare is "read";

    private static bool IsEndless(LoopNode node)
    {
        if (node.Expressions is not null)
        {
            var parts = (node.Expressions.Literal ?? "1;1").Split(';');
            return parts.Length == 3 && string.IsNullOrWhiteSpace(parts[1]);
        }
        if (node.Condition is not { Items: [(var command, false)] }) return false;
        if (command is TestNode { Words: [var only] }) return only.Literal is { Length: > 0 } text && (node.IsUntil ? text == "0" : text.Trim() != "0");
        if (command is not SimpleNode { Words: [var first, ..] words } || first.Literal is not { } name) return false;
        return ShellPath.Leaf(name) switch
        {
            "true" or ":" => !node.IsUntil,
            "false" => node.IsUntil,
            "[" => !node.IsUntil && words.Count == 3 && words[1].Literal is { Length: > 0 },
            "test" => !node.IsUntil && words.Count == 2,
            _ => false,
        };
    }

    /// <summary>Each round leaves a process behind that nobody waits for, and nothing ends the rounds.</summary>
    private static bool StartsWithoutEnd(ListNode body)
    {
        var left = false;
        foreach (var (command, background) in body.Items)
        {
            if (background) left = true;
            else if (Ends(command)) return false;
            else if (command is GroupNode { IsSubshell: true } inner && StartsWithoutEnd(inner.Body)) left = true;
            else if (command is SimpleNode { Words: [var first, ..] } && first.Literal is "wait" or "sleep" or "read") left = false;
        }
        return left;
    }

    private static bool Ends(CommandNode? node) => node switch
    {
        SimpleNode { Words: [var first, ..] } => first.Literal is "break" or "exit" or "return" or "exec",
        AndOrNode chain => chain.Items.Exists(Ends),
        IfNode branch => branch.Branches.Exists(b => Ends(b.Body)) || Ends(branch.Else),
        GroupNode { IsSubshell: false } group => Ends(group.Body),
        CaseNode choice => choice.Arms.Exists(a => Ends(a.Body)),
        ListNode list => list.Items.Exists(i => !i.Background && Ends(i.Command)),
        _ => false,
    };
}
