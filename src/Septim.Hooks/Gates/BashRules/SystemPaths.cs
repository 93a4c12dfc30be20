using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>The places that every machine has; paths absolute and normalised. Source: bash-policy §2.</summary>
internal static class SystemPaths
{
    /// <summary>Temp, its root, or null.</summary>
    public static PlaceKind? Temp(string path, string tempDirectory)
    {
        if (Below(path, "/tmp") is { } a) return a;
        if (Below(path, "/var/tmp") is { } b) return b;
        if (Below(path, "/private/tmp") is { } c) return c;
        if (Below(path, "/private/var/tmp") is { } d) return d;
        if (Below(path, "/dev/shm") is { } e) return e;
        // Why: Android's own, for what adb brings.
        if (Below(path, "/data/local/tmp") is { } g) return g;
        if (tempDirectory.Length > 1 && Below(path, tempDirectory) is { } f) return f;
        return IsMacTemp(path) ? PlaceKind.Temp : null;
    }

    private static PlaceKind? Below(string path, string root) =>
        !ShellPath.IsAtOrBelow(path, root) ? null : path.Length == root.Length ? PlaceKind.TempRoot : PlaceKind.Temp;

    /// <summary><c>/var/folders/ab/cdef/T/x</c>, also below <c>/private</c>.</summary>
    private static bool IsMacTemp(string path)
    {
        var rest = path.AsSpan();
        if (rest.StartsWith("/private/")) rest = rest[8..];
        if (!rest.StartsWith("/var/folders/")) return false;
        rest = rest["/var/folders/".Length..];
        for (var skip = 0; skip < 2; skip++)
        {
            var slash = rest.IndexOf('/');
            if (slash < 0) return false;
            rest = rest[(slash + 1)..];
        }
        return rest.Length > 2 && rest[1] == '/' && rest[0] is 'T' or 'C';
    }

    /// <summary>A home of anybody, below it, or null.</summary>
    public static PlaceKind? Home(string path)
    {
        if (path is "/home" or "/Users" or "/root" or "/var/root") return PlaceKind.HomeRoot;
        if (path.StartsWith("/root/", StringComparison.Ordinal) || path.StartsWith("/var/root/", StringComparison.Ordinal)) return PlaceKind.Home;
        var start = path.StartsWith("/home/", StringComparison.Ordinal) ? 6
            : path.StartsWith("/Users/", StringComparison.Ordinal) ? 7
            : 0;
        if (start == 0) return null;
        return path.IndexOf('/', start) < 0 ? PlaceKind.HomeRoot : PlaceKind.Home;
    }

    /// <summary>At or below a system directory; temp is not taken out here.</summary>
    public static bool IsSystem(string path)
    {
        var rest = path.AsSpan(1);
        if (rest.StartsWith("private/")) rest = rest["private/".Length..];
        var slash = rest.IndexOf('/');
        var top = slash < 0 ? rest : rest[..slash];
        return top switch
        {
            "bin" or "boot" or "dev" or "etc" or "opt" or "proc" or "run" or "sbin" or "srv" or "sys" or "usr" or "var"
                or "efi" or "lost+found" or "nix" or "snap"
                or "System" or "Library" or "Applications" or "cores" or "private" => true,
            _ => top.StartsWith("lib") && (top.Length == 3 || top[3..] is "32" or "64" or "x32" or "exec"),
        };
    }
}
