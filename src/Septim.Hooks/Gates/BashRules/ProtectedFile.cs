using Septim.Hooks.Shell;
using Septim.Hooks.Shell.Evaluation;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Knows protected files by their place and name (bash-policy §2). Paths absolute and normalised; a pattern's path is its directory.</summary>
internal static class ProtectedFile
{
    /// <summary>Slashes in the path of a file that lies directly in somebody's home: <c>/var/root/x</c>.</summary>
    private const int MostOfHome = 3;

    /// <summary>Names that a glob may stand for: protected files, and the folders that hold them.</summary>
    private static readonly string[] s_names =
    [
        ".bashrc", ".bash_profile", ".bash_login", ".bash_aliases", ".profile", ".zshrc", ".zshenv", ".zprofile", ".gitconfig",
        ".ssh", "authorized_keys", "config", ".git", ".husky", "hooks", "pre-commit", "pre-push", ".claude", "settings.json", "settings.local.json", ".claude.json",
    ];

    /// <summary>
    /// The protected file that a glob may stand for (<c>.claude/s*.json</c>, <c>~/.bash*</c>, <c>.git/hook*/pre-commit</c>), as a place of
    /// its own; the place as it is when there is none. For writes: what is read or removed by a glob is judged by its directory.
    /// </summary>
    public static Place Meant(Place place, Word word, RuleSetting setting)
    {
        if (!place.IsPattern || place.Path.Length == 0) return place;
        var first = -1;
        var length = 0;
        foreach (var piece in word.Pieces)
        {
            if (piece.Kind == PieceKind.Glob || IsNamed(piece)) first = first < 0 ? length : first;
            else if (piece.IsUnknown) return place;
            length += piece.Text.Length;
        }
        if (first < 0) return place;
        var text = word.Shown;
        var rest = text.AsSpan(first == 0 ? 0 : text.LastIndexOf('/', first - 1) + 1);
        var end = rest.IndexOf('/');
        var pattern = end < 0 ? rest : rest[..end];
        // Why: a bare star says nothing of what is meant, but for the client's folder: its own files are the settings.
        if (pattern.IndexOfAnyExcept("*?.") < 0)
            return end < 0 && IsClientFolder(place.Path, setting) && pattern.Contains('*') ? place with { Path = place.Path + "/settings.json" } : place;
        foreach (var name in s_names)
        {
            // Why: a hidden name is matched only by a pattern that spells its dot.
            if (name[0] == '.' && pattern[0] != '.' || !GlobMatch.Matches(name, pattern)) continue;
            var path = place.Path + "/" + name + (end < 0 ? "" : rest[end..].ToString());
            var meant = new Place(name == ".git" || place.Kind == PlaceKind.Git ? PlaceKind.Git : place.Kind, path, true);
            if (Of(meant, Word.Of(path), setting) != ProtectedKind.None) return meant;
        }
        return place;
    }

    /// <summary>A loop's variable holds a name that the glob in the loop's list stood for.</summary>
    private static bool IsNamed(WordPiece piece) => piece is { Kind: PieceKind.Substitution, From: null } && piece.Text.AsSpan().IndexOfAnyExcept("*?") < 0;

    /// <summary>What is written: the file itself, or the protected one that its glob may stand for.</summary>
    public static ProtectedKind OfWritten(FileEffect effect, RuleSetting setting) => Of(Meant(effect.Place, effect.Path, setting), effect.Path, setting);

    public static ProtectedKind Of(Place place, Word word, RuleSetting setting)
    {
        var path = place.Path;
        if (path.Length == 0) return OfName(ShellPath.Leaf(word.Shown), word.Shown, isHome: place.IsHome);
        foreach (var own in setting.OwnPaths)
        {
            if (ShellPath.IsAtOrBelow(path, own)) return ProtectedKind.Own;
        }
        // Why: `/home/$USER/.ssh/authorized_keys`, `/home/*/.bashrc` lie in somebody's home, whoever that is.
        if (place.IsPattern && path is "/home" or "/Users" && word.Shown.LastIndexOf('/') > path.Length && !word.Shown.AsSpan(word.Shown.LastIndexOf('/')).ContainsAny("*?[$"))
            return OfName(ShellPath.Leaf(word.Shown), word.Shown, isHome: true);
        var name = ShellPath.Leaf(path);
        var isHidden = IsHidden(path);
        if ((isHidden && IsOwn(path)) || name is "septim.json" || IsProgram(place, name)) return ProtectedKind.Own;
        if (IsClient(path, name, setting)) return ProtectedKind.Client;
        if (isHidden && path.Contains("/.git/hooks", StringComparison.Ordinal) || IsIn(path, ".husky")) return ProtectedKind.GitHook;
        var isHome = place.IsHome || (path.AsSpan().Count('/') <= MostOfHome && Parent(path) is { } parent && (parent == setting.Home || SystemPaths.Home(parent) == PlaceKind.HomeRoot))
            || (path.Length > setting.Home.Length + 1 && path.StartsWith(setting.Home, StringComparison.Ordinal) && path.LastIndexOf('/') == setting.Home.Length);
        return OfName(name, path, isHome);
    }

    /// <summary>Some folder or file of the path has a leading dot; most paths have none, and need not be searched for each that matters.</summary>
    private static bool IsHidden(string path) => path.Contains("/.", StringComparison.Ordinal);

    private static bool IsOwn(string path) =>
        path.Contains("/.septim", StringComparison.Ordinal) || path.Contains("/.claude/septim", StringComparison.Ordinal)
        // Why: where install.sh puts the binary, whether or not it is the one that judges.
        || path.EndsWith("/.local/bin/septim", StringComparison.Ordinal);

    private static bool IsClientFolder(string path, RuleSetting setting) =>
        path == setting.ClientDirectory || path.EndsWith("/.claude", StringComparison.Ordinal);

    /// <summary>The gate's program where it is installed; one that is being built lies in a project.</summary>
    private static bool IsProgram(Place place, string name) => name == "septim" && place.Kind is PlaceKind.System or PlaceKind.Home && IsIn(place.Path, "bin");

    private static bool IsClient(string path, string name, RuleSetting setting)
    {
        if (IsClientFolder(path, setting)) return true;
        var isBelow = path.Contains("/.claude/", StringComparison.Ordinal) || ShellPath.IsAtOrBelow(path, setting.ClientDirectory);
        if (isBelow && (name is "settings.json" or "settings.local.json" or "managed-settings.json" or "hooks" or "hooks.json" || path.Contains("/hooks/", StringComparison.Ordinal))) return true;
        return name is "managed-settings.json" || (name == ".claude.json" && Parent(path) == setting.Home);
    }

    private static ProtectedKind OfName(string name, string path, bool isHome)
    {
        if (name is "authorized_keys" or "authorized_keys2" || path.StartsWith("/etc/sudoers", StringComparison.Ordinal)
            || path is "/etc/passwd" or "/etc/shadow" or "/etc/group" or "/etc/gshadow" || path.StartsWith("/etc/pam.d", StringComparison.Ordinal)
            || path.StartsWith("/etc/ssh/", StringComparison.Ordinal)) return ProtectedKind.Access;
        if (isHome && path.EndsWith("/.ssh/config", StringComparison.Ordinal) || (isHome && path.EndsWith("/.ssh/rc", StringComparison.Ordinal))) return ProtectedKind.Access;
        if (IsStartup(name, path, isHome)) return ProtectedKind.Startup;
        if (IsSchedule(path)) return ProtectedKind.Schedule;
        if ((isHome && name is ".gitconfig") || path.EndsWith("/.git/config", StringComparison.Ordinal) || path.EndsWith("/.config/git/config", StringComparison.Ordinal)) return ProtectedKind.GitConfig;
        return ProtectedKind.None;
    }

    private static bool IsStartup(string name, string path, bool isHome)
    {
        if (path.StartsWith("/etc/", StringComparison.Ordinal))
            return path is "/etc/profile" or "/etc/bash.bashrc" or "/etc/bashrc" or "/etc/zshrc" or "/etc/environment" or "/etc/ld.so.preload" or "/etc/rc.local"
                || path.StartsWith("/etc/profile.d/", StringComparison.Ordinal) || path.StartsWith("/etc/zsh/", StringComparison.Ordinal) || path.StartsWith("/etc/ld.so.conf", StringComparison.Ordinal);
        return isHome && (name is ".bashrc" or ".bash_profile" or ".bash_login" or ".profile" or ".bash_logout" or ".bash_aliases" or ".zshrc" or ".zshenv" or ".zprofile" or ".zlogin"
                or ".zlogout" or ".kshrc" or ".cshrc" or ".tcshrc" or ".login" or ".inputrc" or ".xprofile" or ".xinitrc" or ".xsession" or ".xsessionrc" or ".pam_environment"
            || path.EndsWith("/fish/config.fish", StringComparison.Ordinal) || path.Contains("/fish/conf.d/", StringComparison.Ordinal)
            || path.Contains("/.config/environment.d/", StringComparison.Ordinal) || name is "Microsoft.PowerShell_profile.ps1");
    }

    private static bool IsSchedule(string path) =>
        path.StartsWith("/etc/cron", StringComparison.Ordinal) || path == "/etc/crontab" || path.StartsWith("/var/spool/cron", StringComparison.Ordinal)
        || path.StartsWith("/var/spool/at", StringComparison.Ordinal)
        || path.StartsWith("/etc/systemd/", StringComparison.Ordinal) || path.StartsWith("/lib/systemd/", StringComparison.Ordinal)
        || path.StartsWith("/usr/lib/systemd/", StringComparison.Ordinal) || path.StartsWith("/run/systemd/", StringComparison.Ordinal)
        || path.StartsWith("/etc/init.d/", StringComparison.Ordinal) || path.StartsWith("/etc/init/", StringComparison.Ordinal) || path.StartsWith("/etc/rc", StringComparison.Ordinal)
        || path.StartsWith("/etc/udev/", StringComparison.Ordinal) || path.StartsWith("/etc/xdg/autostart", StringComparison.Ordinal)
        || (IsHidden(path) && (path.Contains("/.config/systemd/user", StringComparison.Ordinal) || path.Contains("/.local/share/systemd/user", StringComparison.Ordinal)
            || path.Contains("/.config/autostart/", StringComparison.Ordinal)))
        || path.Contains("/Library/LaunchAgents/", StringComparison.Ordinal) || path.Contains("/Library/LaunchDaemons/", StringComparison.Ordinal)
        || (path.Contains(' ') && path.Contains("/Start Menu/Programs/Startup", StringComparison.OrdinalIgnoreCase));

    /// <summary>The folder that holds it has this name.</summary>
    private static bool IsIn(string path, string folder)
    {
        var parent = path.AsSpan(0, Math.Max(0, path.LastIndexOf('/')));
        return parent.EndsWith(folder) && (parent.Length == folder.Length || parent[^(folder.Length + 1)] == '/');
    }

    private static string? Parent(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash <= 0 ? null : path[..slash];
    }
}
