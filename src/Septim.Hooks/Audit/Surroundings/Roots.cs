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
    public bool IsAtHome(string path) => IsBelow(path.Replace('\\', '/'), Home);

    /// <summary>Project-relative, or null when it lies elsewhere.</summary>
    public string? InProject(string path) => IsInProject(path) ? Show(path) : null;

    /// <summary>Rooted, on this system or on Windows.</summary>
    public static bool IsAbsolute(string path) => Path.IsPathRooted(path) || (path.Length > 2 && char.IsAsciiLetter(path[0]) && path[1] == ':' && (path[2] is '/' or '\\'));

    public static bool IsBelow(string path, string root) =>
        path.Starts(root) && (path.Length == root.Length || path[root.Length] == '/' || root is "/" or "");

    private static string Trim(string path) => path.Replace('\\', '/').TrimEnd('/');
}
