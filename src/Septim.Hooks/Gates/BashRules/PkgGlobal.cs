namespace Septim.Hooks.Gates.BashRules;

/// <summary>Packages of the whole machine are installed over its protections, or removed.</summary>
internal static class PkgGlobal
{
    public static readonly BashRule Rule = new("pkg-global", BashSeverity.Medium)
    {
        Reason = "it changes the packages of the whole machine, not of this project",
        Alternative = "python3 -m venv .venv",
        Denies =
        [
            "sudo pip install requests",
            "pip install --break-system-packages x",
            "npm install -g typescript",
            "yarn global add x",
            "pnpm add -g x",
            "apt-get purge -y nginx",
            "sudo apt remove libc6",
            "apt-get install --allow-unauthenticated x",
            "dpkg --force-all -i x.deb",
            "brew uninstall --force node",
            "pip uninstall -y requests flask",
            "yum remove python3",
            "pacman -Rns x",
            "apk del curl",
            "conda env remove -n base",
            "do-release-upgrade",
            "rustup self uninstall -y",
        ],
        Passes =
        [
            "sudo apt-get install -y tree",
            "sudo apt-get update",
            "apt list --installed",
            "brew list",
            "brew install jq",
            "brew cleanup --prune=all",
            "pip install x",
            "pip uninstall -y requests",
            "npm install",
            "npm ls -g",
            "npm root -g",
            "dpkg -l",
            "pacman -Qi x",
            "pip cache purge",
            "apt-get remove -s x",
            "npm uninstall lodash",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.AsksForHelp) return null;
        var hits = at.Name switch
        {
            "pip" or "pip3" => Pip(at, 0),
            "python" or "python3" => at.Argument(0) == "-m" && at.Argument(1) == "pip" && Pip(at, 2),
            "uv" => at.Argument(0) is "pip" && Pip(at, 1) || at.Argument(0) is "tool" or "python" && at.Argument(1) == "uninstall" && at.HasArgument("--all"),
            "cargo" => at.Argument(0) == "uninstall" && CommandPath.Read(at.Arguments, "--root -p --package").Count > 2,
            "npm" or "pnpm" or "yarn" or "bun" => Npm(at),
            "composer" => at.Argument(0) == "global" && at.Argument(1) is "require" or "remove" or "update",
            "gem" => at.Invocation.IsPrivileged && at.Argument(0) is "install" or "uninstall" or "update" || at.Argument(0) is "uninstall" && (at.HasArgument("--all") || Starts(at, "-a")),
            "apt" or "apt-get" or "aptitude" => Apt(at),
            "dpkg" => !Has(at, "--dry-run", "--simulate") && !at.HasArgument("--no-act") && (Has(at, "-r", "-P") || Has(at, "--remove", "--purge") || Starts(at, "--force-")),
            "yum" or "dnf" or "microdnf" or "zypper" or "tdnf" => Rpm(at),
            "rpm" => Starts(at, "-e") || at.HasArgument("--erase") || at.HasArgument("--nodeps") || at.HasArgument("--force"),
            "pacman" or "yay" or "paru" => Starts(at, "-R") || at.HasArgument("--remove"),
            "apk" => at.Argument(0) == "del" || at.HasArgument("--force"),
            "brew" => Brew(at),
            "snap" => at.Argument(0) is "remove" || at.HasArgument("--dangerous"),
            "flatpak" => at.Argument(0) is "uninstall" or "remove",
            "port" or "choco" or "winget" or "scoop" or "emerge" or "xbps-remove" or "eopkg" => at.Argument(0) is "uninstall" or "remove" or "--unmerge" or "-C" || at.Name == "xbps-remove",
            "conda" or "mamba" or "micromamba" => !Has(at, "-d", "--dry-run") && (at.Argument(0) == "env" && at.Argument(1) == "remove" || (at.Argument(0) is "remove" or "uninstall" && at.HasArgument("--all"))),
            "nix-collect-garbage" => Has(at, "-d", "--delete-old"),
            "do-release-upgrade" => !at.HasArgument("-c"),
            "rustup" => at.Argument(0) == "self" && at.Argument(1) == "uninstall",
            "softwareupdate" => at.HasArgument("-i") || at.HasArgument("--install"),
            "update-alternatives" => at.HasArgument("--remove-all"),
            _ => false,
        };
        return hits ? BashFinding.Plain : null;
    }

    private static bool Pip(RuleCase at, int start)
    {
        var path = CommandPath.Read(at.Arguments, "-r --requirement -c --constraint -i --index-url -t --target --prefix --root --python", false, start);
        if (path.Has("--dry-run")) return false;
        if (path[0] == "install") return at.Invocation.IsPrivileged || path.Has("--break-system-packages");
        return path[0] == "uninstall" && !IsOfProject(at, path) && (path.Count > 2 || path.Has("-r", "--requirement") || at.Invocation.IsPrivileged || at.Invocation.IsVia("xargs"));
    }

    /// <summary>Packages of a virtual environment: its own pip, one that was activated before, or a runner or uv that takes the project's.</summary>
    private static bool IsOfProject(RuleCase at, CommandPath path)
    {
        if (at.Invocation.IsPrivileged) return false;
        if (at.Name == "uv") return !path.HasAny("--system", "--break-system-packages") && !path.Has("--python");
        if (at.Invocation.Program is { } program && program.Shown.Contains('/', StringComparison.Ordinal)) return at.PlaceOf(program).Kind is PlaceKind.Project or PlaceKind.Temp;
        if (at.Invocation.IsVia("poetry") || at.Invocation.IsVia("pipenv") || at.Invocation.IsVia("pdm") || at.Invocation.IsVia("hatch") || at.Invocation.IsVia("uv")) return true;
        foreach (var earlier in at.All)
        {
            if (earlier.Invocation.Order >= at.Invocation.Order) return false;
            var activated = earlier.Name is "source" or "." ? earlier.Argument(0) : earlier.Invocation.Program?.Text;
            if (activated is not null && Shell.ShellPath.Leaf(activated.Replace('\\', '/')).ToLowerInvariant() is "activate" or "activate.ps1" or "activate.bat") return true;
        }
        return false;
    }

    private static bool Npm(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, "--prefix -C --dir --registry --loglevel --cwd");
        if (path.IsHarmless) return false;
        var verb = path[0] == "global" ? path[1] : path[0];
        if (verb is not ("install" or "i" or "add" or "uninstall" or "remove" or "rm" or "un" or "link" or "update" or "up")) return false;
        if (verb == "link" && path.Count == 1) return false;
        return path[0] == "global" || path.Has("-g", "--global") || path.Value("--location")?.Text == "global" || (at.Invocation.IsPrivileged && verb != "link");
    }

    private static bool Apt(RuleCase at)
    {
        if (Has(at, "-s", "--simulate") || Has(at, "--dry-run", "--just-print") || at.HasArgument("--download-only")) return false;
        var path = CommandPath.Read(at.Arguments, "-t --target-release -o --option -c --config-file -a --host-architecture");
        if (path[0] is "purge" or "remove" or "dist-upgrade" or "full-upgrade" || (path[0] == "autoremove" && path.Has("--purge"))) return true;
        if (path[0] is not ("install" or "upgrade")) return false;
        foreach (var (name, value) in path.Options)
        {
            if (name is "-o" or "--option" && value?.Text is { } setting && setting.Contains("::Allow", StringComparison.Ordinal) && !setting.EndsWith("false", StringComparison.OrdinalIgnoreCase)) return true;
            if (name.StartsWith("--allow-", StringComparison.Ordinal) && name is not "--allow-releaseinfo-change" || name.StartsWith("--force-", StringComparison.Ordinal)) return true;
        }
        return false;
    }

    private static bool Rpm(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, "-c --config --enablerepo --disablerepo --installroot -x --exclude");
        if (path.HasAny("--assumeno", "--downloadonly", "--dry-run")) return false;
        return path[0] is "remove" or "erase" or "rm" or "autoremove" or "distro-sync" or "system-upgrade" || (path[0] is "install" or "in" or "update" or "up" && path.HasAny("--nogpgcheck", "--skip-broken", "--no-gpg-checks", "--allow-unsigned-rpm"));
    }

    private static bool Brew(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, "");
        return path[0] is "uninstall" or "rm" or "remove" && (path.HasAny("--force", "-f", "--zap", "--ignore-dependencies") || path.Count > 3);
    }

    private static bool Has(RuleCase at, string name, string other) => at.HasArgument(name) || at.HasArgument(other);

    private static bool Starts(RuleCase at, string text)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.StartsWith(text)) return true;
        }
        return false;
    }
}
