namespace Septim.Hooks.Gates.BashRules;

/// <summary>What each package manager takes its packages from.</summary>
internal static partial class PkgSource
{
    private static bool Pip(RuleCase at, int start)
    {
        var path = CommandPath.Read(at.Arguments, "-r --requirement -c --constraint -i --index-url --extra-index-url -f --find-links --trusted-host -t --target --prefix --root --python -p --index --default-index --proxy --cert --cache-dir --from --with --timeout --retries", false, start);
        if (path[0] is "config") return path[1] is "set" && path[2].Contains("index", StringComparison.Ordinal) && !IsChosen(path[3]) || (path[1] == "set" && path[2].Contains("trusted-host", StringComparison.Ordinal));
        if (path.Has("--trusted-host")) return path[0] is not ("list" or "config");
        foreach (var (name, value) in path.Options)
        {
            if (value is null) continue;
            if (name is "-i" or "--index-url" or "--extra-index-url" or "--default-index" or "--index" && !IsChosen(value.Shown) && value.Shown.Contains("://", StringComparison.Ordinal)) return true;
            if (name is "-f" or "--find-links" or "--from" or "--with" or "-r" or "--requirement" && IsUnknownUrl(value.Shown)) return true;
        }
        var verb = path[0] is "pip" or "tool" ? path[1] : path[0];
        if (verb is not ("install" or "add" or "download" or "wheel" or "run" or "inject")) return false;
        foreach (var word in path.Words)
        {
            var text = word.Shown;
            var at2 = text.IndexOf(" @ ", StringComparison.Ordinal);
            if (IsUnknownUrl(at2 > 0 ? text[(at2 + 3)..] : text)) return true;
        }
        return false;
    }

    private static bool Npm(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, "--registry --prefix -C --dir --filter --workspace -w --tag --otp --cwd --userconfig --globalconfig --loglevel --cache -p --package -c --call");
        if (path.Value("--registry")?.Shown is { } registry && !IsChosen(registry) && path[0] is not ("ping" or "view" or "whoami" or "login" or "config" or "publish")) return true;
        if (path.Value("--userconfig", "--globalconfig") is { } file && file.StartsWith("/tmp")) return true;
        if (path[0] is "config" or "c" or "set")
        {
            var key = path[0] == "set" ? path[1] : path[1] is "set" ? path[2] : "";
            var value = path.Count > 0 ? path.Words[^1].Shown : "";
            if (key is "script-shell" or "git" or "node-options" || key.StartsWith("script-shell=", StringComparison.Ordinal)) return value.Contains('/', StringComparison.Ordinal) && !value.EndsWith("bin/bash", StringComparison.Ordinal) && !value.EndsWith("bin/sh", StringComparison.Ordinal) && !value.EndsWith("bin/zsh", StringComparison.Ordinal);
            return (key.StartsWith("registry", StringComparison.Ordinal) || key.EndsWith(":registry", StringComparison.Ordinal) || key.Contains("npmRegistryServer", StringComparison.Ordinal) || key.StartsWith("strict-ssl", StringComparison.Ordinal)
                || key.Contains(":registry=", StringComparison.Ordinal)) && !IsChosen(value);
        }
        if (path[0] is not ("install" or "i" or "add" or "exec" or "dlx" or "x" or "update" or "global") && at.Name is not ("npx" or "bunx")) return false;
        foreach (var word in path.Words)
        {
            if (IsUnknownUrl(word.Shown)) return true;
        }
        return path.Value("-p", "--package") is { } package && IsUnknownUrl(package.Shown);
    }

    private static bool Gem(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, "-s --source --clear-sources -v --version -i --install-dir -n --bindir -a --add -r --remove --git");
        if (at.Name != "gem") return path[0] == "config" && Mentions(at, "mirror.") && Mentions(at, "://");
        if (path[0] == "sources") return path.Value("-a", "--add") is { } added && !IsChosen(added.Shown);
        return path[0] is "install" or "i" or "update" && (path.Value("-s", "--source") is { } source && !IsChosen(source.Shown) || Remote(at, 1));
    }

    private static bool Cargo(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, "--git --branch --tag --rev --path --index --registry --root --version --vers --features -F -p --package --config --target --profile");
        if (path[0] is not ("install" or "add" or "binstall")) return false;
        return path.Has("--index") || path.Has("--registry") || (path.Value("--git") is { } git && IsUnknownUrl("git+" + git.Shown));
    }

    private static bool Go(RuleCase at)
    {
        if (at.Argument(0) == "env" && at.Argument(1) == "-w")
        {
            foreach (var argument in at.Arguments)
            {
                var equals = argument.Shown.IndexOf('=', StringComparison.Ordinal);
                if (equals > 0 && IsSourceVariable(argument.Shown[..equals]) && IsElsewhere(argument.Shown[..equals], argument.Shown[(equals + 1)..])) return true;
            }
            return false;
        }
        if (at.Argument(0) is "get" or "install" && at.HasArgument("-insecure")) return true;
        if (at.Argument(0) != "mod" || at.Argument(1) != "edit") return false;
        for (var i = 2; i < at.Arguments.Length; i++)
        {
            var text = at.Arguments[i].Shown;
            var value = text is "-replace" or "--replace" ? at.Argument(i + 1) : text.StartsWith("-replace=", StringComparison.Ordinal) ? text[9..] : text.StartsWith("--replace=", StringComparison.Ordinal) ? text[10..] : null;
            if (value is null) continue;
            var target = value[(value.IndexOf('=', StringComparison.Ordinal) + 1)..];
            return target.Length > 0 && target[0] is not ('.' or '/') && target.Contains('.', StringComparison.Ordinal);
        }
        return false;
    }

    private static bool Maven(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            var text = argument.Shown;
            if (text.StartsWith("-DrepoUrl=", StringComparison.Ordinal) || text.StartsWith("-DremoteRepositories=", StringComparison.Ordinal) || (text.StartsWith("-DaltDeploymentRepository=", StringComparison.Ordinal) && !text.Contains("::file:", StringComparison.Ordinal))) return true;
            if (text.StartsWith("-Dmaven.repo.local=/tmp", StringComparison.Ordinal) || text.StartsWith("-Dmaven.repo.local=/dev/shm", StringComparison.Ordinal)) return true;
            if (text is "-s" or "--settings" or "-I" or "--init-script") continue;
            if (text.StartsWith("/tmp/", StringComparison.Ordinal) && text.EndsWith("settings.xml", StringComparison.Ordinal)) return true;
        }
        return false;
    }

    private static bool Dotnet(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, "-s --source --add-source -v --version -f --framework -n --name -o --output --package-directory -u --username -p --password --configfile");
        if (path[0] == "nuget" && path[1] == "add" && path[2] == "source" || (at.Name == "nuget" && path[0] is "sources" or "source" && path[1] == "add")) return NamesOtherSource(at);
        var isInstall = path[0] is "add" or "restore" or "tool" or "package" or "install" or "new" or "workload";
        return isInstall && path.Value("-s", "--source") is { } source ? source.Shown.Contains("://", StringComparison.Ordinal) && !IsChosen(source.Shown)
            : isInstall && path.Value("--add-source") is { } added && added.Shown.Contains("://", StringComparison.Ordinal) && !IsChosen(added.Shown);
    }

    private static bool NamesOtherSource(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.Shown.Contains("://", StringComparison.Ordinal) && !IsChosen(argument.Shown)) return true;
        }
        return false;
    }

    private static bool Brew(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, "");
        if (path[0] == "tap") return path.Count > 2 || path.Has("--custom-remote");
        return path[0] is "install" && Remote(at, 1);
    }

    private static bool Conda(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, "-c --channel -n --name -p --prefix --file");
        foreach (var (name, value) in path.Options)
        {
            if (name is "-c" or "--channel" && value is not null && IsUnknownUrl(value.Shown)) return true;
        }
        return path[0] == "config" && Mentions(at, "channels") && Mentions(at, "://");
    }
}
