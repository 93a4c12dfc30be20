namespace Septim.Hooks.Shell.Syntax;

/// <summary>
/// Turns the brace marks of a word into lists and ranges as bash does: a pair with a comma is a list, <c>{1..5}</c> and
/// <c>{a..e..2}</c> are ranges, everything else is text.
/// </summary>
internal static class BraceFolder
{
    public static List<WordPart> Fold(List<WordPart> parts, Budget budget, out bool hasBrace)
    {
        hasBrace = false;
        var open = new Stack<Level>();
        var current = new Level();
        foreach (var part in parts)
        {
            switch (part.Kind)
            {
                case PartKind.BraceOpen:
                    open.Push(current);
                    current = new Level();
                    if (!budget.Depth(open.Count)) return [];
                    break;
                case PartKind.BraceComma when open.Count > 0:
                    current.Items.Add(current.Parts);
                    current.Parts = [];
                    break;
                case PartKind.BraceClose when open.Count > 0:
                    var inner = current;
                    current = open.Pop();
                    hasBrace |= Close(inner, current.Parts);
                    break;
                case PartKind.BraceComma or PartKind.BraceClose:
                    Append(current.Parts, part.Text);
                    break;
                default:
                    current.Parts.Add(part);
                    break;
            }
        }
        while (open.Count > 0)
        {
            var inner = current;
            current = open.Pop();
            Append(current.Parts, "{");
            Spill(inner, current.Parts);
        }
        return current.Parts;
    }

    private static bool Close(Level inner, List<WordPart> into)
    {
        if (inner.Items.Count > 0)
        {
            inner.Items.Add(inner.Parts);
            var items = new List<WordNode>(inner.Items.Count);
            foreach (var item in inner.Items) items.Add(new WordNode([.. item], 0, 0) { HasBrace = true });
            into.Add(new WordPart(PartKind.Brace, "{…}", false) { Items = items });
            return true;
        }
        if (inner.Parts.Count == 1 && inner.Parts[0] is { Kind: PartKind.Literal, Quoted: false } only && IsRange(only.Text))
        {
            into.Add(new WordPart(PartKind.Range, only.Text, false));
            return true;
        }
        Append(into, "{");
        Spill(inner, into);
        Append(into, "}");
        return false;
    }

    private static void Spill(Level inner, List<WordPart> into)
    {
        foreach (var item in inner.Items)
        {
            Spill(item, into);
            Append(into, ",");
        }
        Spill(inner.Parts, into);
    }

    /// <summary>Behind a brace that opens no list a tilde is only a tilde.</summary>
    private static void Spill(List<WordPart> item, List<WordPart> into)
    {
        if (item is [{ Kind: PartKind.Tilde } tilde, ..])
        {
            Append(into, "~" + tilde.Text);
            item = item[1..];
        }
        into.AddRange(item);
    }

    private static void Append(List<WordPart> into, string text) => into.Add(new WordPart(PartKind.Literal, text, false));

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

    private sealed class Level
    {
        public List<List<WordPart>> Items { get; } = [];

        public List<WordPart> Parts { get; set; } = [];
    }
}
