using Septim.Hooks.Shell.Syntax;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>
/// Branches: all ways are walked and joined. Why no condition decides: a file that is sourced, the environment, a function or a subscript
/// can change what a variable holds, and a branch left out is a danger not seen.
/// </summary>
internal sealed partial class Evaluator
{
    private Feed If(IfNode node, Scope scope, Frame frame)
    {
        var output = Feed.Nothing;
        Scope? joined = null;
        var inner = frame with { Reach = frame.Reach | Reach.Condition };
        foreach (var (condition, body) in node.Branches)
        {
            if (_budget.IsSpent) return output;
            output = Feed.Concat(output, Run(condition, scope, frame));
            var taken = scope.Clone();
            output = Feed.Concat(output, Run(body, taken, inner));
            joined = Joined(joined, taken);
        }
        if (node.Else is not null) output = Feed.Concat(output, Run(node.Else, scope, inner));
        if (joined is not null) scope.Become(Scope.Join(scope, joined));
        return output;
    }

    private Feed Case(CaseNode node, Scope scope, Frame frame)
    {
        var subject = _expander.Value(node.Subject, scope, frame);
        var varies = Varies(node.Subject, frame);
        var output = Feed.Nothing;
        Scope? joined = null;
        var inner = frame with { Reach = frame.Reach | Reach.Condition };
        var surely = false;
        var falling = false;
        foreach (var (patterns, body, falls) in node.Arms)
        {
            if (_budget.IsSpent) return output;
            var match = falling || varies ? null : Matches(subject, patterns, scope, frame);
            if (match == false) continue;
            var taken = scope.Clone();
            output = Feed.Concat(output, Run(body, taken, match == true ? frame : inner));
            joined = Joined(joined, taken);
            falling = falls;
            surely = match == true && !falls;
            if (surely) break;
        }
        if (joined is not null) scope.Become(surely ? joined : Scope.Join(scope, joined));
        return output;
    }

    private static Scope Joined(Scope? first, Scope second) => first is null ? second : Scope.Join(first, second);

    /// <summary>Null: cannot be told.</summary>
    private bool? Matches(Word subject, List<WordNode> patterns, Scope scope, Frame frame)
    {
        var unsure = false;
        string? lower = null;
        // Why: where a program lies is a guess, good enough to judge what becomes of it and not to leave a branch out.
        var isGuess = Array.Exists(subject.Pieces, piece => piece.From is { From: [.., { Name: "which" or "command" or "type" }] });
        foreach (var pattern in patterns)
        {
            var text = _expander.Pattern(pattern, scope, frame);
            if (text is "*") return true;
            if (isGuess)
            {
                unsure = true;
                continue;
            }
            if (text is not null && subject.Text is not null && !_budget.Work(1 + (long)subject.Text.Length * text.Length / 32)) return null;
            if (text is null || subject.Text is null || text.Contains('(', StringComparison.Ordinal) || text.Contains("[:", StringComparison.Ordinal) || subject.Text.Length > 4096) unsure = true;
            else if (GlobMatch.Matches(subject.Text, text)) return true;
            // Why: nocasematch and locales make more match than the bytes say.
            else if (GlobMatch.Matches(lower ??= subject.Text.ToLowerInvariant(), text.ToLowerInvariant())) unsure = true;
        }
        return unsure ? null : false;
    }

    /// <summary>
    /// The word may be something else at this place, in another run or another round: all but a function's or script's own arguments can be
    /// changed from outside.
    /// </summary>
    private static bool Varies(WordNode node, Frame frame) =>
        Array.Exists(node.Parts, part => part.Kind == PartKind.Parameter && (frame.IsRepeated || part.Text is not [>= '1' and <= '9'] and not "#"));
}
