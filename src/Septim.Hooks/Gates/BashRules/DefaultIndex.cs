namespace Septim.Hooks.Gates.BashRules;

/// <summary>The index that a package manager takes by itself, or that the maker of a package has in its manual: to name it is no other source.</summary>
internal static class DefaultIndex
{
    private const int LongestHost = 32;

    /// <summary>The address is one of a default index, encrypted and on its usual port. Source: the managers' manuals, November 2026.</summary>
    public static bool Is(string url)
    {
        var scheme = url.IndexOf("https://", StringComparison.Ordinal);
        // Why: behind another scheme it is a part of that address's path.
        if (scheme < 0 || url.IndexOf("://", StringComparison.Ordinal) != scheme + "https".Length) return false;
        var start = scheme + "https://".Length;
        var end = start;
        while (end < url.Length && (char.IsAsciiLetterOrDigit(url[end]) || url[end] is '.' or '-')) end++;
        // Why: before an @ stands a name, not the host; and another port is another server.
        if (end - start > LongestHost || (end < url.Length && !EndsHost(url[end]))) return false;
        return url[start..end].ToLowerInvariant().Split('.') is
            ["registry", "npmjs", "org"] or ["registry", "yarnpkg", "com"] or ["pypi", "org"] or ["rubygems", "org"] or ["proxy", "golang", "org"]
            or ["api", "nuget", "org"] or ["index", "crates", "io"] or ["download", "pytorch", "org"] or ["pypi", "nvidia", "com"]
            // Why: an organisation's packages beside its repositories, which only names of its own scope are taken from.
            or ["npm" or "nuget" or "maven" or "rubygems", "pkg", "github", "com"];
    }

    private static bool EndsHost(char c) => c is '/' or '?' or '#' or '"' or '\'' or ',' or '|' or ';' or ' ' or '\n' or '\r' or '\t';
}
