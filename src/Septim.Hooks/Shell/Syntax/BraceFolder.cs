namespace Septim.Hooks.Shell.Syntax;

/// <summary>
/// Turns the brace marks of a word into lists and ranges as bash does: a pair with a comma is a list, <c>{1..5}</c> and
/// <c>{a..e..2}</c> are ranges, everything else is text. A brace ends at the first <c>}</c> of its own level that has a comma before it:
/// <c>{a}b,c}</c> is <c>a}b</c> and <c>c</c> (<c>brace_gobble_text</c> in bash's braces.c).
/// </summary>
internal static class BraceFolder
{
    public static List<WordPart> Fold(List<WordPart> parts, Budget budget, out bool hasBrace)
    {
        var marks = new Marks(parts);
        var folded = new List<WordPart>(parts.Count);
        hasBrace = false;
        return Fold(marks, 0, parts.Count, folded, budget, 1, ref hasBrace) ? folded : [];
    }

    /// <returns>False when it is nested too deeply.</returns>
    private static bool Fold(Marks marks, int from, int to, List<WordPart> into, Budget budget, int depth, ref bool hasBrace)
    {
        if (!budget.Depth(depth)) return false;
        var start = from;
        for (var i = from; i < to; i++)
        {
            var part = marks.Parts[i];
            var isOpen = part.Kind == PartKind.BraceOpen;
            // Why: `{}` that begins a word is find's.
            if (isOpen && marks.End[i] is >= 0 and var end && end < to && !(i == start && marks.Parts[i + 1].Kind == PartKind.BraceClose))
            {
                if (!Pair(marks, i, end, into, budget, depth, ref hasBrace)) return false;
                (i, start) = (end, end + 1);
                continue;
            }
            into.Add(AsText(part, i > start ? marks.Parts[i - 1] : null));
        }
        return true;
    }

    private static bool Pair(Marks marks, int open, int close, List<WordPart> into, Budget budget, int depth, ref bool hasBrace)
    {
        if (!marks.HasComma(open, close))
        {
            if (close == open + 2 && marks.Parts[open + 1] is { Kind: PartKind.Literal, Quoted: false } only && IsRange(only.Text))
            {
                into.Add(new WordPart(PartKind.Range, only.Text, false));
                hasBrace = true;
                return true;
            }
            for (var i = open; i <= close; i++) into.Add(AsText(marks.Parts[i], i > open ? marks.Parts[i - 1] : null));
            return true;
        }
        var items = new List<WordNode>();
        for (var from = open + 1; from <= close;)
        {
            var to = from;
            while (to < close && marks.Parts[to].Kind != PartKind.BraceComma) to = marks.Behind(to);
            var item = new List<WordPart>(to - from);
            if (!Fold(marks, from, to, item, budget, depth + 1, ref hasBrace)) return false;
            items.Add(new WordNode([.. item], 0, 0) { HasBrace = true });
            from = to + 1;
        }
        into.Add(new WordPart(PartKind.Brace, "{…}", false) { Items = items });
        hasBrace = true;
        return true;
    }

    /// <summary>A mark that opens no list is text, and behind it a tilde is only a tilde.</summary>
    private static WordPart AsText(WordPart part, WordPart? before) =>
        IsMark(part) ? Text(part.Text) : part.Kind == PartKind.Tilde && before is not null && IsMark(before) ? Text("~" + part.Text) : part;

    private static bool IsMark(WordPart part) => part.Kind is PartKind.BraceOpen or PartKind.BraceComma or PartKind.BraceClose;

    private static WordPart Text(string text) => new(PartKind.Literal, text, false);

    private static bool IsRange(ReadOnlySpan<char> text)
    {
        var dots = text.IndexOf("..");
        if (dots <= 0 || dots + 2 >= text.Length) return false;
        var first = text[..dots];
        var rest = text[(dots + 2)..];
        var second = rest.IndexOf("..") is var step and > 0 ? rest[..step] : rest;
        if (second.Length != rest.Length && !IsNumber(rest[(second.Length + 2)..])) return false;
        return (IsNumber(first) && IsNumber(second))
            || (first.Length == 1 && second.Length == 1 && char.IsAsciiLetter(first[0]) && char.IsAsciiLetter(second[0]));
    }

    private static bool IsNumber(ReadOnlySpan<char> text) =>
        long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out _);

    /// <summary>Where the braces of a word end.</summary>
    private sealed class Marks
    {
        private const int None = -1;

        private readonly int[] _balanced;
        private readonly int[] _commas;

        public Marks(List<WordPart> parts)
        {
            Parts = parts;
            End = new int[parts.Count];
            _balanced = new int[parts.Count];
            _commas = new int[parts.Count + 1];
            Array.Fill(End, None);
            Array.Fill(_balanced, None);
            var open = new Stack<int>();
            for (var i = 0; i < parts.Count; i++)
            {
                _commas[i + 1] = _commas[i] + (parts[i].Kind == PartKind.BraceComma ? 1 : 0);
                if (parts[i].Kind == PartKind.BraceOpen) open.Push(i);
                else if (parts[i].Kind == PartKind.BraceClose && open.TryPop(out var begin)) _balanced[begin] = i;
            }
            // From the right: where a brace that opens before here ends, as long as no comma of its own was met, and once one was.
            int[] first = new int[parts.Count + 1], behindComma = new int[parts.Count + 1];
            first[^1] = behindComma[^1] = None;
            for (var i = parts.Count - 1; i >= 0; i--)
            {
                var kind = parts[i].Kind;
                var next = kind == PartKind.BraceOpen ? _balanced[i] < 0 ? parts.Count : _balanced[i] + 1 : i + 1;
                behindComma[i] = kind == PartKind.BraceClose ? i : behindComma[next];
                first[i] = kind == PartKind.BraceComma || IsRangeMark(i) ? behindComma[next] : first[next];
                if (kind == PartKind.BraceOpen) End[i] = first[i + 1];
            }
        }

        public List<WordPart> Parts { get; }

        /// <summary>For each opening brace its end; -1: it is only text.</summary>
        public int[] End { get; }

        public bool HasComma(int from, int to) => _commas[to] > _commas[from];

        /// <summary>The next place of the same level.</summary>
        public int Behind(int i) => Parts[i].Kind == PartKind.BraceOpen && _balanced[i] >= 0 ? _balanced[i] + 1 : i + 1;

        /// <summary>Two dots count like a comma, unless the brace closes right behind them.</summary>
        private bool IsRangeMark(int i)
        {
            if (Parts[i] is not { Kind: PartKind.Literal, Quoted: false, Text: var text }) return false;
            var dots = text.IndexOf("..", StringComparison.Ordinal);
            return dots >= 0 && (dots + 2 < text.Length || i + 1 == Parts.Count || Parts[i + 1].Kind != PartKind.BraceClose);
        }
    }
}
