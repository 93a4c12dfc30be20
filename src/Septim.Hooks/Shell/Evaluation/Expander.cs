using System.Globalization;
using System.Runtime.InteropServices;
using Septim.Hooks.Shell.Syntax;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Words as written → words as the program gets them, in bash's order of expansions.</summary>
internal sealed partial class Expander(Evaluator evaluator, Budget budget, Holes holes, ShellSetting setting)
{
    /// <summary>Longer ranges (<c>{1..100}</c>) become one word with a number that is not known.</summary>
    private const int LongestRange = 8;

    /// <summary>Collectors that nobody uses at the moment; words inside words need one each.</summary>
    private readonly Stack<Fields> _idle = new();

    /// <summary>Which values the variables of the command at hand have in this round.</summary>
    public Choices Choices { get; set; } = new();

    public List<Word> Expand(List<WordNode> words, Scope scope, Frame frame)
    {
        var all = new List<Word>(words.Count);
        foreach (var word in words)
        {
            if (budget.IsSpent) break;
            Expand(word, scope, frame, all);
        }
        return all;
    }

    /// <summary>Words of <c>local</c>, <c>export</c> and their like: what is assigned there is one value, as in any assignment.</summary>
    public List<Word> Declared(List<WordNode> words, Scope scope, Frame frame)
    {
        var all = new List<Word>(words.Count);
        foreach (var word in words)
        {
            if (budget.IsSpent) break;
            if (!word.HasBrace && word.Parts is [{ Kind: PartKind.Literal, Quoted: false } head, ..] && head.Text.Contains('=', StringComparison.Ordinal)) all.Add(Value(word, scope, frame));
            else Expand(word, scope, frame, all);
        }
        return all;
    }

    public void Expand(WordNode word, Scope scope, Frame frame, List<Word> into)
    {
        if (word.Parts.Length == 1 && word.Parts[0] is { Kind: PartKind.Literal } only && IsPlain(only))
        {
            budget.Work(10);
            into.Add(new Word([new WordPiece(PieceKind.Literal, only.Text, only.Quoted)]));
            return;
        }
        // Why: splitting, joining and looking for globs cost about as much as a plain word does.
        budget.Work(8);
        var fields = Rent().Several(into, Separators(scope));
        if (!word.HasBrace) Add(word.Parts, fields, scope, frame);
        else
        {
            foreach (var parts in Braces(word.Parts))
            {
                if (budget.IsSpent) return;
                Add(CollectionsMarshal.AsSpan(parts), fields, scope, frame);
                fields.End();
            }
        }
        fields.End();
        _idle.Push(fields);
    }

    private Fields Rent() => _idle.TryPop(out var fields) ? fields : new Fields(budget, holes);

    /// <summary>One value: assignments, here-strings, redirect targets, case subjects.</summary>
    public Word Value(WordNode? word, Scope scope, Frame frame)
    {
        if (word is null) return Word.Empty;
        if (word.Parts is [{ Kind: PartKind.Literal, Text.Length: > 0 } only] && holes.Find(only.Text) < 0)
        {
            budget.Text(only.Text.Length);
            budget.Work(6);
            return new Word([new WordPiece(PieceKind.Literal, only.Text, only.Quoted)]);
        }
        var fields = Rent().One();
        Add(word.Parts, fields, scope, frame);
        var value = fields.Single();
        _idle.Push(fields);
        return value;
    }

    /// <summary>A redirection's target: one word, its globs and braces counted when they make one word.</summary>
    public Word Target(WordNode word, Scope scope, Frame frame)
    {
        var words = new List<Word>(1);
        Expand(word, scope, frame, words);
        return words.Count == 1 ? words[0] : Value(word, scope, frame);
    }

    private bool IsPlain(WordPart part) =>
        part.Text.Length > 0 && (part.Quoted || part.Text.AsSpan().IndexOfAny("*?[(") < 0) && holes.Find(part.Text) < 0;

    private string Separators(Scope scope)
    {
        if (scope.Find("IFS") is not { Values.Length: > 0 } ifs) return " \t\n";
        var separators = ifs.Values[^1].Text ?? " \t\n";
        return budget.Separators(separators.Length) ? separators : " \t\n";
    }

    private void Add(ReadOnlySpan<WordPart> parts, Fields fields, Scope scope, Frame frame)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            if (budget.IsSpent) return;
            var part = parts[i];
            // Why: "$@" without arguments is no word at all, though its quotes alone would be one.
            if (part is { Kind: PartKind.Literal, Text.Length: 0 } && i + 1 < parts.Length && IsAll(parts[i + 1])) continue;
            switch (part.Kind)
            {
                case PartKind.Literal:
                    fields.Literal(part.Text, part.Quoted);
                    break;
                case PartKind.Tilde:
                    fields.Piece(Tilde(part.Text, scope));
                    break;
                case PartKind.Parameter:
                    Parameter(part, fields, scope, frame);
                    break;
                case PartKind.Command:
                    fields.Value(evaluator.Substitute(part, scope, frame), part.Quoted, null);
                    break;
                case PartKind.ProcessIn or PartKind.ProcessOut:
                    fields.Piece(evaluator.Process(part, scope, frame));
                    break;
                case PartKind.Arithmetic:
                    fields.Piece(Compute(part.Argument, part.Text, scope, frame) with { Quoted = part.Quoted });
                    break;
                default:
                    fields.Literal(part.Text, false);
                    break;
            }
        }
    }

    private static bool IsAll(WordPart part) =>
        part is { Kind: PartKind.Parameter, Quoted: true, Operator.Length: 0 } && (part.Text == "@" || part.Index?.Literal == "@");

    private WordPiece Tilde(string user, Scope scope)
    {
        var home = scope.Find("HOME") is { Values: [{ Text: { Length: > 0 } set }, ..] } ? set : setting.Home;
        var path = user switch
        {
            "" => home,
            "+" => scope.Directory,
            "-" => scope.Before,
            "root" => "/root",
            _ => (home.StartsWith("/Users/", StringComparison.Ordinal) ? "/Users/" : "/home/") + user,
        };
        return path is null
            ? new WordPiece(PieceKind.Variable, "PWD", false) { Variable = "~" + user }
            : new WordPiece(PieceKind.Literal, path, false) { Variable = "~" + user };
    }

    public WordPiece Compute(WordNode? expression, string shown, Scope scope, Frame frame)
    {
        var text = Value(expression, scope, frame).Text;
        if (text is not null && Arithmetic.Evaluate(Names(text, scope)) is { } number)
        {
            return new WordPiece(PieceKind.Literal, number.ToString(CultureInfo.InvariantCulture), false);
        }
        return new WordPiece(PieceKind.Number, shown, false);
    }

    /// <summary>In arithmetic a bare name is its value.</summary>
    private static string Names(string text, Scope scope)
    {
        var trimmed = text.AsSpan().Trim();
        return trimmed.Length > 0 && char.IsAsciiLetter(trimmed[0]) && scope.Find(trimmed.ToString()) is { Values: [{ Text: { } value }] }
            ? value
            : text;
    }

    private List<List<WordPart>> Braces(WordPart[] parts)
    {
        var all = new List<List<WordPart>> { new() };
        foreach (var part in parts)
        {
            if (part.Kind is not (PartKind.Brace or PartKind.Range))
            {
                foreach (var one in all) one.Add(part);
                continue;
            }
            var choices = new List<List<WordPart>>();
            if (part.Kind == PartKind.Range) Range(part.Text, choices);
            else
            {
                foreach (var item in part.Items!)
                {
                    if (item.HasBrace) choices.AddRange(Braces(item.Parts));
                    else choices.Add([.. item.Parts]);
                }
            }
            if (choices.Count == 1)
            {
                foreach (var one in all) one.AddRange(choices[0]);
                continue;
            }
            var next = new List<List<WordPart>>();
            foreach (var one in all)
            {
                foreach (var choice in choices)
                {
                    if (next.Count > 0 && !budget.Expansion()) return all;
                    budget.Work(one.Count);
                    next.Add([.. one, .. choice]);
                }
            }
            all = next;
        }
        return all;
    }

    private static void Range(string text, List<List<WordPart>> into)
    {
        var ends = text.Split("..");
        var step = ends.Length > 2 && long.TryParse(ends[2], CultureInfo.InvariantCulture, out var given) && given > long.MinValue ? Math.Max(1, Math.Abs(given)) : 1;
        var letters = !long.TryParse(ends[0], CultureInfo.InvariantCulture, out var first);
        long last;
        if (letters) { first = ends[0][0]; last = ends[1][0]; }
        else last = long.Parse(ends[1], CultureInfo.InvariantCulture);
        var width = Int128.Abs((Int128)last - first) / step;
        if (width >= (letters ? 64 : LongestRange))
        {
            into.Add([new WordPart(PartKind.Parameter, "?", false)]);
            return;
        }
        for (var value = first; first <= last ? value <= last : value >= last; value += first <= last ? step : -step)
        {
            into.Add([new WordPart(PartKind.Literal, letters ? ((char)value).ToString() : value.ToString(CultureInfo.InvariantCulture), false)]);
            if (into.Count > 64) break;
        }
    }
}
