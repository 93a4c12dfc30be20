namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// The destroying subcommands of one tool, as data. One rule judges them all; <see cref="Find"/> reads the lines.
/// </summary>
/// <param name="Rule">Id of the rule that speaks.</param>
/// <param name="Values">The tool's options that take a value, separated by blanks; see <see cref="CommandPath.Read"/>.</param>
/// <param name="Lines">
/// Separated by <c>; </c>. A line is <c>[L|M|H|C] word … [+option|option] [!option|option]</c>: the words in order from the first
/// (<c>a|b</c>: either, <c>~a|b</c>: neither, <c>*</c>: any, also at the ends of a word, <c>$</c>: no more words), one of the <c>+</c> options given, none of
/// the <c>!</c> options. The first line that fits decides. Without a letter the severity is the rule's own.
/// </param>
/// <param name="Why">What this tool does, when the rule's reason says something else; half a sentence without a closing stop.</param>
internal sealed record ListedVerb(string Rule, string Values, string Lines, string? Why = null)
{
    public BashFinding? Find(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, Values);
        if (path.IsHarmless) return null;
        foreach (var range in Lines.AsSpan().Split("; "))
        {
            if (Fits(Lines.AsSpan(range), path, out var severity)) return severity is null && Why is null ? BashFinding.Plain : new BashFinding(severity, Why);
        }
        return null;
    }

    private static bool Fits(ReadOnlySpan<char> line, CommandPath path, out BashSeverity? severity)
    {
        severity = null;
        var word = 0;
        foreach (var range in line.Split(' '))
        {
            var part = line[range];
            if (part is "L" or "M" or "H" or "C" && word == 0)
                severity = part[0] switch { 'L' => BashSeverity.Low, 'M' => BashSeverity.Medium, 'H' => BashSeverity.High, _ => BashSeverity.Critical };
            else if (part is "$") { if (word < path.Count) return false; }
            else if (part[0] == '+') { if (!HasOption(part[1..], path)) return false; }
            else if (part[0] == '!') { if (HasOption(part[1..], path)) return false; }
            else if (!IsWord(part, path[word++])) return false;
        }
        return true;
    }

    private static bool IsWord(ReadOnlySpan<char> choices, string word)
    {
        if (choices[0] == '~') return word.Length > 0 && !IsWord(choices[1..], word);
        foreach (var range in choices.Split('|'))
        {
            var choice = choices[range];
            var inner = choice.Trim('*');
            var fits = (choice[0] == '*', choice[^1] == '*') switch
            {
                (true, true) => word.Length > 0 && word.AsSpan().IndexOf(inner) >= 0,
                (true, false) => word.AsSpan().EndsWith(inner),
                (false, true) => word.AsSpan().StartsWith(inner),
                _ => word.AsSpan().SequenceEqual(choice),
            };
            if (fits) return true;
        }
        return false;
    }

    /// <summary>An option as given, with its value (<c>--mode=Complete</c>) or, for a single letter, within a cluster.</summary>
    private static bool HasOption(ReadOnlySpan<char> choices, CommandPath path)
    {
        foreach (var range in choices.Split('|'))
        {
            var choice = choices[range];
            var equals = choice.IndexOf('=');
            foreach (var (name, value) in path.Options)
            {
                if (equals > 0 ? choice[..equals].SequenceEqual(name) && choice[(equals + 1)..].SequenceEqual(value?.Text) : choice.SequenceEqual(name)) return true;
                if (choice.Length == 2 && choice[0] == '-' && choice[1] != '-' && name.Length > 2 && name[1] != '-' && name.Contains(choice[1], StringComparison.Ordinal)) return true;
            }
        }
        return false;
    }
}
