namespace Septim.Hooks.Config;

/// <summary>One exception: this rule, for this command, in this directory, until that day (bash-policy §3).</summary>
/// <param name="Rule">The exact rule id.</param>
/// <param name="Command">The simple command as <c>septim explain</c> prints it; <c>*</c> stands for any characters.</param>
/// <param name="Directory">Absolute; it counts there and below.</param>
/// <param name="Reason">Why, for the next reader and the audit.</param>
/// <param name="Expires">The last day on which it counts.</param>
internal sealed record BashAllowEntry(string Rule, string Command, string Directory, string Reason, DateOnly Expires)
{
    public bool Covers(string rule, string command, string? directory, DateOnly today) =>
        rule == Rule
        && today <= Expires
        && directory is not null && IsAtOrBelow(directory)
        && Matches(Command, command);

    private bool IsAtOrBelow(string directory) =>
        Directory == "/" || (directory.StartsWith(Directory, StringComparison.Ordinal)
            && (directory.Length == Directory.Length || directory[Directory.Length] == '/'));

    /// <summary>Both ends are fixed; each <c>*</c> takes any characters. Linear but for the last star, which backs up.</summary>
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*') { star = p++; mark = t; }
            else if (p < pattern.Length && pattern[p] == text[t]) { p++; t++; }
            else if (star >= 0) { p = star + 1; t = ++mark; }
            else return false;
        }
        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }
}
