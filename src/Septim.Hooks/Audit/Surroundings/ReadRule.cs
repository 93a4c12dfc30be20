namespace Septim.Hooks.Audit.Surroundings;

/// <summary>
/// One <c>Read(…)</c> deny rule, matched as the client does: gitignore syntax; <c>//x</c> absolute, <c>~/x</c> home, <c>/x</c> relative to
/// the settings' own root, anything else relative to the project; a bare name matches at any depth. Source: checklist item 16.
/// </summary>
internal sealed class ReadRule
{
    private readonly string _base;
    private readonly string[] _parts;
    private readonly bool _anyDepth;

    public ReadRule(string pattern, string settingsRoot, AuditOptions options)
    {
        Pattern = pattern;
        pattern = pattern.Replace('\\', '/');
        if (pattern.Length > 2 && char.IsAsciiLetter(pattern[0]) && pattern[1] == ':') pattern = $"//{char.ToLowerInvariant(pattern[0])}{pattern[2..]}";
        (_base, var rest) = pattern switch
        {
            ['/', '/', ..] => ("", pattern[2..]),
            ['~', '/', ..] => (options.Home, pattern[2..]),
            ['/', ..] => (settingsRoot, pattern[1..]),
            ['.', '/', ..] => (options.Project, pattern[2..]),
            _ => (options.Project, pattern),
        };
        _base = Roots.Posix(_base).TrimEnd('/');
        rest = rest.TrimEnd('/');
        _parts = rest.Split('/', StringSplitOptions.RemoveEmptyEntries);
        // Why the second test: "node_modules/**" is a single-segment directory, which a deny rule matches at any depth too.
        _anyDepth = !pattern.Starts("/") && !pattern.Starts("~") && !pattern.Starts("./") && (_parts.Length == 1 || (_parts.Length == 2 && _parts[1] == "**"));
    }

    public string Pattern { get; }

    public bool Covers(string path)
    {
        path = Roots.Posix(path);
        if (!Roots.IsBelow(path, _base) || path.Length <= _base.Length + 1) return false;
        var parts = path[(_base.Length + 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (!_anyDepth) return Matches(_parts, parts);
        for (var start = 0; start < parts.Length; start++)
            if (Matches(_parts, parts.AsSpan(start))) return true;
        return false;
    }

    /// <summary>The pattern matches the path or a directory above it.</summary>
    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        if (pattern.IsEmpty) return true;
        if (pattern[0] == "**")
        {
            if (pattern.Length == 1) return !path.IsEmpty;
            for (var skip = 0; skip <= path.Length; skip++)
                if (Matches(pattern[1..], path[skip..])) return true;
            return false;
        }
        return !path.IsEmpty && Words.Matches(path[0], pattern[0]) && Matches(pattern[1..], path[1..]);
    }
}
