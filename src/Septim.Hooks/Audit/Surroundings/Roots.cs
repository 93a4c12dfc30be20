namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Shows and compares paths relative to the project and the home directory, always with forward slashes.</summary>
internal sealed class Roots(AuditOptions options)
{
    public string Project { get; } = Trim(options.Project);
    public string Home { get; } = Trim(options.Home);

    /// <summary><c>src/a.cs</c> in the project, <c>~/.zshrc</c> at home, else the absolute path.</summary>
    public string Show(string path)
    {
        path = path.Replace('\\', '/');
        if (path.Length == 0) return "";
        if (IsBelow(path, Project)) return path.Length == Project.Length ? "." : path[(Project.Length + 1)..];
        if (IsBelow(path, Home)) return "~" + path[Home.Length..];
        return path;
    }

    public string Base(string path) =>
        path.Length == 0 ? "ENV" : IsBelow(path.Replace('\\', '/'), Project) ? "SRCROOT" : IsBelow(path.Replace('\\', '/'), Home) ? "HOME" : "MACHINE";

    public bool IsInProject(string path) => IsBelow(path.Replace('\\', '/'), Project);

    /// <summary>Project-relative, or null when it lies elsewhere.</summary>
    public string? InProject(string path) => IsInProject(path) ? Show(path) : null;

    /// <summary>As the client's rules see a path: slashes, and <c>C:\x</c> as <c>/c/x</c>.</summary>
    public static string Posix(string path)
    {
        path = path.Replace('\\', '/');
        return path.Length > 1 && char.IsAsciiLetter(path[0]) && path[1] == ':' ? $"/{char.ToLowerInvariant(path[0])}{path[2..]}" : path;
    }

    /// <summary>The same directory, however it is written: the client keeps its projects under either kind of slash.</summary>
    public static bool IsSame(string path, string other) => IsBelow(path.Replace('\\', '/').TrimEnd('/'), other.Replace('\\', '/').TrimEnd('/')) && path.Replace('\\', '/').TrimEnd('/').Length == other.Replace('\\', '/').TrimEnd('/').Length;

    /// <summary>Rooted, on this system or on Windows.</summary>
    public static bool IsAbsolute(string path) => Path.IsPathRooted(path) || (path.Length > 2 && char.IsAsciiLetter(path[0]) && path[1] == ':' && (path[2] is '/' or '\\'));

    public static bool IsBelow(string path, string root) =>
        // Why: Windows takes c:\Users and C:\users for one place.
        path.StartsWith(root, root.Length > 1 && root[1] == ':' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal) && (path.Length == root.Length || path[root.Length] == '/' || root is "/" or "");

    private static string Trim(string path) => path.Replace('\\', '/').TrimEnd('/');
}
