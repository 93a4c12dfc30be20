using System.Runtime.InteropServices;
using Septim.Hooks.Shell.Syntax;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>All words of an array or of the arguments: <c>"$@"</c>, <c>${a[@]}</c>, slices of them, each of them changed.</summary>
internal sealed partial class Expander
{
    private void All(ReadOnlySpan<Word> words, bool joined, bool quoted, string? name, Fields fields, Scope scope)
    {
        for (var i = 0; i < words.Length && !budget.IsSpent; i++)
        {
            if (i > 0)
            {
                // Why: c="$@" is one value, with blanks between.
                if (joined && (quoted || fields.IsSingle)) fields.Literal(Joint(scope), true);
                else if (fields.IsSingle) fields.Literal(" ", true);
                else fields.End();
            }
            fields.Value(words[i], quoted, name);
        }
    }

    /// <summary>What stands between the words of <c>"$*"</c>: the first character of IFS, nothing when it is empty.</summary>
    private static string Joint(Scope scope) =>
        scope.Find("IFS") is { Values: [.., { Text: { } separators }] } ? separators[..Math.Min(1, separators.Length)] : " ";

    private static bool ChangesText(string op) => op is "#" or "##" or "%" or "%%" or "/" or "//" or ":" or "^" or "^^" or "," or ",,";

    /// <summary>The words behind <c>@</c> or an array, <c>$0</c> first for the former; null when they are not known.</summary>
    private List<Word>? Listed(string name, Scope scope)
    {
        if (name is not ("@" or "*")) return scope.Find(name) is null ? null : Elements(name, scope);
        if (ReferenceEquals(scope.Zero, Foreign) && scope.Arguments.Length == 0) return null;
        return [scope.Zero, .. scope.Arguments];
    }

    /// <summary><c>${@:2}</c>, <c>${a[@]:1:2}</c>, <c>${a[@]#x}</c>: some of the words, or each of them changed.</summary>
    private void Each(string op, WordPart part, List<Word> words, bool joined, Fields fields, Scope scope, Frame frame)
    {
        if (op == ":")
        {
            if (Arithmetic.Evaluate(Value(part.Argument, scope, frame).Text ?? "?") is not { } from
                || Arithmetic.Evaluate(part.Second is null ? "0" : Value(part.Second, scope, frame).Text ?? "?") is not { } count || count < 0)
            {
                fields.Piece(new WordPiece(PieceKind.Variable, part.Text, part.Quoted) { Variable = part.Text, MayBeEmpty = true });
                return;
            }
            var start = (int)Math.Clamp(from < 0 ? words.Count + from : from, 0, words.Count);
            var taken = part.Second is null ? words.Count - start : (int)Math.Min(count, words.Count - start);
            All(CollectionsMarshal.AsSpan(words).Slice(start, taken), joined, part.Quoted, null, fields, scope);
            return;
        }
        if (part.Text is "@" or "*") words.RemoveAt(0);
        for (var i = 0; i < words.Count && !budget.IsSpent; i++)
        {
            if (words[i].Text is not { } text) continue;
            words[i] = text.Length <= LongestTrim && Changed(op, text, part, scope, frame) is { } changed ? Word.Of(changed) : Variable.Unknown(part.Text, true);
        }
        All(CollectionsMarshal.AsSpan(words), joined, part.Quoted, null, fields, scope);
    }

    private List<Word> Elements(string name, Scope scope)
    {
        if (scope.Find(name) is not { } variable) return [Variable.Unknown(name, true)];
        if (variable.Elements is null) return variable.Values.Length > 0 ? [variable.Values[0]] : [];
        budget.Work(variable.Elements.Count);
        var words = new List<Word>(variable.Elements.Count);
        foreach (var (_, value) in variable.Elements) words.Add(value);
        return words;
    }
}
