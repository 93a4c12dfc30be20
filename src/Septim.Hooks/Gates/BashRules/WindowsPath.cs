namespace Septim.Hooks.Gates.BashRules;

/// <summary>Paths with a drive letter: <c>C:\Users\x</c>, <c>C:/Windows</c>; also <c>/mnt/c/…</c> and <c>/c/…</c> of the two shells on Windows.</summary>
internal static class WindowsPath
{
    /// <summary>The class of a Windows path, or null when it is none. Relative ones are none.</summary>
    public static Place? Of(string path)
    {
        ReadOnlySpan<char> rest;
        if (path.Length >= 2 && char.IsAsciiLetter(path[0]) && path[1] == ':' && (path.Length == 2 || path[2] is '\\' or '/')) rest = path.AsSpan(2);
        else if (path.StartsWith("/mnt/", StringComparison.Ordinal) && path.Length >= 6 && char.IsAsciiLetter(path[5])
            && (path.Length == 6 || path[6] == '/')) rest = path.AsSpan(6);
        else if (path.Length >= 2 && path[0] == '\\') rest = path;
        else return null;

        rest = rest.Trim("\\/");
        if (rest.IsEmpty || rest is "*" or "*.*" || rest[0] > '\uDFFF') return new Place(PlaceKind.SystemRoot, path, false);
        var end = rest.IndexOfAny('\\', '/');
        var top = end < 0 ? rest : rest[..end];
        if (Is(top, "Windows") || Is(top, "Program Files") || Is(top, "Program Files (x86)") || Is(top, "ProgramData")
            || Is(top, "Recovery") || Is(top, "Boot")) return new Place(PlaceKind.System, path, false);
        if (!Is(top, "Users")) return new Place(PlaceKind.Outside, path, false);
        if (rest.Contains("\\Temp\\", StringComparison.OrdinalIgnoreCase) || rest.Contains("/Temp/", StringComparison.OrdinalIgnoreCase))
            return new Place(PlaceKind.Temp, path, false);
        var below = end < 0 ? [] : rest[(end + 1)..];
        return new Place(below.IndexOfAny('\\', '/') < 0 ? PlaceKind.HomeRoot : PlaceKind.Home, path, false);
    }

    private static bool Is(ReadOnlySpan<char> part, string name) => part.Equals(name, StringComparison.OrdinalIgnoreCase);
}
