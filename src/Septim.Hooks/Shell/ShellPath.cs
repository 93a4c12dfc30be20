namespace Septim.Hooks.Shell;

/// <summary>Path text only; no disk.</summary>
internal static class ShellPath
{
    /// <summary>PATH_MAX of Linux.</summary>
    private const int Longest = 4096;

    /// <summary>Longer ones are no longer shortened, although bash's <c>cd</c> would: they count as unknown.</summary>
    private const int LongestRead = 4 * Longest;

    /// <summary>
    /// <paramref name="path"/> below <paramref name="directory"/>, without <c>.</c>, <c>..</c>, double and closing slashes:
    /// <c>/tmp/../etc/</c> is <c>/etc</c>. Null when it is relative and the directory unknown.
    /// </summary>
    public static string? Absolute(string? directory, string path)
    {
        if (!path.StartsWith('/'))
        {
            if (directory is null || path.Length > LongestRead) return null;
            path = directory + "/" + path;
        }
        // Why: the kernel takes no longer path; nothing is known of what a program does with one.
        if (path.Length > Longest && !path.Contains("/.", StringComparison.Ordinal) && !path.Contains("//", StringComparison.Ordinal)) return null;
        if (path.Length > LongestRead) return null;
        if (path.Length > 1 && !path.EndsWith('/') && !path.Contains("//", StringComparison.Ordinal)
            && !path.Contains("/.", StringComparison.Ordinal)) return path;

        Span<char> kept = path.Length <= 512 ? stackalloc char[path.Length + 1] : new char[path.Length + 1];
        var length = 0;
        for (var rest = path.AsSpan().TrimStart('/'); !rest.IsEmpty;)
        {
            var end = rest.IndexOf('/');
            var part = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[end..].TrimStart('/');
            if (part is ".") continue;
            if (part is "..")
            {
                length = Math.Max(0, kept[..length].LastIndexOf('/'));
                continue;
            }
            kept[length++] = '/';
            part.CopyTo(kept[length..]);
            length += part.Length;
        }
        return length == 0 ? "/" : length > Longest ? null : new string(kept[..length]);
    }

    /// <summary>
    /// The same for files that a command line writes and reads again: below a directory that is not known they are the same file
    /// still, and lie in <c>/~</c>, which stands for it.
    /// </summary>
    public static string? Tracked(string? directory, string path) => Absolute(directory ?? "/~", path);

    /// <summary>The last component: <c>/usr/bin/rm</c> gives <c>rm</c>.</summary>
    public static string Leaf(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary><paramref name="path"/> is <paramref name="root"/> or below it; both absolute and normalised.</summary>
    public static bool IsAtOrBelow(string path, string root) =>
        root == "/" || (path.StartsWith(root, StringComparison.Ordinal)
            && (path.Length == root.Length || path[root.Length] == '/'));
}
