using System.Buffers;
using System.Globalization;
using Septim.Hooks.Shell.Syntax;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Branches: both ways are walked and joined, but for conditions that are sure: <c>DRY_RUN=1; if [ "$DRY_RUN" = 1 ]</c>.</summary>
internal sealed partial class Evaluator
{
    /// <summary>Between double brackets they join or group tests, and the tree does not hold them.</summary>
    private static readonly SearchValues<char> s_joints = SearchValues.Create("&|()<>\n");

    private Feed If(IfNode node, Scope scope, Frame frame)
    {
        var output = Feed.Nothing;
        Scope? joined = null;
        var inner = frame with { Reach = frame.Reach | Reach.Condition };
        foreach (var (condition, body) in node.Branches)
        {
            if (_budget.IsSpent) return output;
            var sure = Outcome(condition, scope, frame);
            output = Feed.Concat(output, Run(condition, scope, frame));
            if (sure == false) continue;
            var taken = scope.Clone();
            output = Feed.Concat(output, Run(body, taken, sure == true ? frame : inner));
            joined = Joined(joined, taken);
            if (sure != true) continue;
            scope.Become(joined);
            return output;
        }
        if (node.Else is not null) output = Feed.Concat(output, Run(node.Else, scope, inner));
        if (joined is not null) scope.Become(Scope.Join(scope, joined));
        return output;
    }

    private Feed Case(CaseNode node, Scope scope, Frame frame)
    {
        var subject = _expander.Value(node.Subject, scope, frame);
        var varies = Varies(node.Subject, scope, frame);
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

    /// <summary>Some variable of the word may hold something else at this place, in another run or another round.</summary>
    private static bool Varies(WordNode? word, Scope scope, Frame frame)
    {
        if (word is null) return false;
        foreach (var part in word.Parts)
        {
            if (part.Kind != PartKind.Parameter) continue;
            if (frame.IsRepeated || scope.Find(part.Text) is { Values.Length: > 1 } || Varies(part.Argument, scope, frame)) return true;
        }
        return false;
    }

    /// <summary>What the command surely reports; null when that depends on anything that is not written here.</summary>
    private bool? Outcome(CommandNode node, Scope scope, Frame frame)
    {
        if (node is ListNode { Items: [(var only, false)] }) return Outcome(only, scope, frame);
        // Why: a redirection that fails is a failure of its own.
        if (node.Redirects is not null) return null;
        var outcome = node switch
        {
            TestNode { IsArithmetic: false } test when test.Source.Text.AsSpan(test.Start, test.End - test.Start).IndexOfAny(s_joints) < 0 => Compared(test.Words, 0, false, scope, frame),
            SimpleNode { Assignments: null, Words.Count: > 0 } simple => Builtin(simple.Words, scope, frame),
            AndOrNode chain => Chained(chain, scope, frame),
            _ => null,
        };
        return node.IsNegated ? !outcome : outcome;
    }

    private bool? Chained(AndOrNode chain, Scope scope, Frame frame)
    {
        var outcome = Outcome(chain.Items[0], scope, frame);
        for (var i = 0; i < chain.Operators.Count; i++)
        {
            var and = chain.Operators[i];
            if (outcome == !and) continue;
            var next = Outcome(chain.Items[i + 1], scope, frame);
            outcome = outcome is null && next == and ? null : next;
        }
        return outcome;
    }

    /// <summary><c>[ … ]</c>, <c>test …</c>, <c>true</c>, and <c>$DRY_RUN</c> where it is <c>true</c>; not when somebody defined them anew.</summary>
    private bool? Builtin(List<WordNode> words, Scope scope, Frame frame)
    {
        if (Sure(words[0], true, scope, frame) is not { } name || scope.Function(name) is not null || scope.Alias(name) is not null || scope.IsUncertain(name)) return null;
        switch (name)
        {
            case "true" or ":": return true;
            case "false": return false;
            case "test": return Compared(words[1..], 0, true, scope, frame);
            case "[" when words[^1].Literal == "]": return Compared(words[1..^1], 0, true, scope, frame);
            default: return null;
        }
    }

    // The words between the brackets, from one of them on. Unquoted values become several words, but not between double brackets.
    private bool? Compared(List<WordNode> words, int from, bool splits, Scope scope, Frame frame)
    {
        if (words.Count - from is 2 or 3 or 4 && words[from].Literal == "!") return !Compared(words, from + 1, splits, scope, frame);
        if (words.Count - from == 1) return words[from].Literal is null ? Sure(words[from], splits, scope, frame) is { } only ? only.Length > 0 : null : null;
        if (words.Count - from == 2)
        {
            if (words[from].Literal is not ("-n" or "-z") || Sure(words[from + 1], splits, scope, frame) is not { } value) return null;
            return value.Length == 0 == (words[from].Literal == "-z");
        }
        if (words.Count - from != 3 || Sure(words[from], splits, scope, frame) is not { } left || Sure(words[from + 2], splits, scope, frame) is not { } right) return null;
        switch (words[from + 1].Literal)
        {
            case "=" or "==" or "!=":
                // Why: between double brackets the right side is a pattern, and nocasematch may be on.
                if (!splits && right.AsSpan().IndexOfAny("*?[(\\") >= 0) return null;
                var equal = left == right;
                if (!equal && !splits && left.Equals(right, StringComparison.OrdinalIgnoreCase)) return null;
                return equal == (words[from + 1].Literal != "!=");
            case "-eq" or "-ne":
                // Why: double brackets take a leading zero for octal, single ones do not.
                if (left is ['0', _, ..] || right is ['0', _, ..]) return null;
                if (!int.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var first) || !int.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var second)) return null;
                return first == second == (words[from + 1].Literal == "-eq");
            default: return null;
        }
    }

    /// <summary>The word's one value, made of literals and of variables that hold one literal; else null.</summary>
    private string? Sure(WordNode word, bool splits, Scope scope, Frame frame)
    {
        foreach (var part in word.Parts)
        {
            if (part.Kind == PartKind.Literal) continue;
            if (part.Kind != PartKind.Parameter || frame.IsRepeated || part.Operator is not ("" or ":-" or "-") || part.Index is not null || (part.Argument is not null && part.Argument.Literal is null)) return null;
            if (!IsPlainlySet(part.Text)) return null;
            if (part.Text is [>= '1' and <= '9'] ? part.Text[0] - '0' > scope.Arguments.Length : scope.Find(part.Text) is not { Values: [{ Text: not null }], Elements: null, Reference: null }) return null;
        }
        if (word.HasBrace || _expander.Value(word, scope, frame).Text is not { } text) return null;
        if (!splits || word.Literal is not null || Array.TrueForAll(word.Parts, static part => part.Quoted)) return text;
        return text.Length > 0 && text.AsSpan().IndexOfAnyExceptInRange('0', 'z') < 0 && text.AsSpan().IndexOfAny("?[\\") < 0 ? text : null;
    }

    /// <summary>
    /// All that the command's text does with the variable is to read it and to assign it in front of words: arithmetic, subscripts,
    /// <c>getopts</c>, traps of every command and split values can change it, or what a test sees of it, in ways that are not followed.
    /// </summary>
    private bool IsPlainlySet(string name)
    {
        // Why: `${}` names none.
        if (name.Length == 0) return false;
        if (_plainlySet.TryGetValue(name, out var known)) return known;
        if (!_budget.Work(1 + (_text.Length / 16))) return false;
        var isPlain = !_text.Contains("DEBUG", StringComparison.Ordinal) && !_text.Contains("IFS", StringComparison.Ordinal);
        for (var at = 0; isPlain && !char.IsAsciiDigit(name[0]) && (at = _text.IndexOf(name, at, StringComparison.Ordinal)) >= 0; at += name.Length)
        {
            var before = at == 0 ? '\n' : _text[at - 1];
            var after = at + name.Length < _text.Length ? _text[at + name.Length] : '\n';
            if (IsOfName(before) || IsOfName(after) || before is '$' || (before is '{' && at > 1 && _text[at - 2] == '$' && after is '}' or ':' or '-')) continue;
            var text = _text.AsSpan(0, at);
            isPlain = after == '=' && before is '\n' or ' ' or '\t' or ';' or '"' or '\''
                && IsOutside(text, "((", "))") && IsOutside(text, "[[", "]]") && IsOutside(text, "$[", "]") && text.IndexOf("let ") < 0;
        }
        return _plainlySet[name] = isPlain;
    }

    private static bool IsOutside(ReadOnlySpan<char> before, string open, string close)
    {
        var at = before.LastIndexOf(open);
        return at < 0 || before[at..].Contains(close, StringComparison.Ordinal);
    }

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
