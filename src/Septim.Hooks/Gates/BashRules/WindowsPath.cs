using Septim.Hooks.Shell;

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

    /// <summary>
    /// The class of a Windows path at or below the project, however either is spelt: <c>C:\src\app\bin</c> when the project is
    /// <c>C:/src/app</c>, <c>/c/src/app</c> or <c>/mnt/c/src/app</c>. Null when it lies elsewhere, or nobody can tell.
    /// </summary>
    public static Place? InProject(string path, string project)
    {
        if (path.Length < 3 || path[1] != ':' || !char.IsAsciiLetter(path[0]) || path[2] is not ('\\' or '/') || Plain(project) is not { } root) return null;
        // Why: a drive, a home or Windows itself is no project.
        if (root.Length < 3 || Of(root[1] + ":" + root[2..]) is not { IsSystem: false, Kind: not PlaceKind.HomeRoot }) return null;
        if (Plain(path) is not { } plain || !plain.StartsWith(root, StringComparison.OrdinalIgnoreCase)) return null;
        var below = plain.AsSpan(root.Length);
        if (!below.IsEmpty && below[0] != '/') return null;
        // Why: a glob or an unknown part right below may be all of it.
        if (below.Trim('/').IsEmpty || below[^1] is '\uE000' && below.LastIndexOf('/') == 0) return new Place(PlaceKind.ProjectRoot, project, false);
        if (below.Length > 1 && below[1] > '\uDFFF') return null;
        var isGit = below.Equals("/.git", StringComparison.OrdinalIgnoreCase) || below.StartsWith("/.git/", StringComparison.OrdinalIgnoreCase);
        return new Place(isGit ? PlaceKind.Git : PlaceKind.Project, project + below.ToString(), false);
    }

    /// <summary><c>/c/src/app</c> of all spellings, normalised.</summary>
    private static string? Plain(string path)
    {
        var slashed = path.Contains('\\', StringComparison.Ordinal) ? path.Replace('\\', '/') : path;
        if (slashed.StartsWith("/mnt/", StringComparison.Ordinal)) slashed = slashed[4..];
        var at = slashed.StartsWith('/') ? 1 : 0;
        if (slashed.Length <= at + 2 || !char.IsAsciiLetter(slashed[at])) return null;
        var isDrive = slashed[at + 1] == ':';
        if (!isDrive && (at == 0 || slashed[2] != '/')) return null;
        return ShellPath.Absolute("/", "/" + slashed[at] + slashed[(at + (isDrive ? 2 : 1))..]);
    }

    private static bool Is(ReadOnlySpan<char> part, string name) => part.Equals(name, StringComparison.OrdinalIgnoreCase);
}
