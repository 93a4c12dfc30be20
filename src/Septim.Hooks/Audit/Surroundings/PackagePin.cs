using System.Text.RegularExpressions;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Whether a launcher's line names an exact version (the launcher grammar of item 28).</summary>
/// <param name="Spec">As written.</param>
/// <param name="State">ok, warn, fail or unknown.</param>
/// <param name="Why">In words.</param>
internal sealed partial record PackagePin(string Spec, string State, string Why)
{
    /// <summary>Every package of a command line; empty when no launcher is involved.</summary>
    /// <param name="launched">The command, wrappers taken off.</param>
    /// <param name="variable">Resolves <c>${NAME}</c>.</param>
    public static IEnumerable<PackagePin> Find(LaunchedCommand launched, Func<string, string?> variable)
    {
        var args = launched.Args;
        switch (launched.Name)
        {
            case "npx" or "bunx" or "pnpx":
                return Node(args, variable);
            case "npm" when args.Count > 0 && args[0] is "exec" or "x":
                return Node([.. args.Skip(1)], variable);
            case "pnpm" or "yarn" when args.Contains("dlx"):
                return Node([.. args.SkipWhile(arg => arg != "dlx").Skip(1)], variable);
            case "bun" when args.Count > 0 && args[0] == "x":
                return Node([.. args.Skip(1)], variable);
            case "uvx":
                return Python(args, variable);
            case "uv" when args.Count > 1 && args.Contains("tool") && args.Contains("run"):
                return Python([.. args.SkipWhile(arg => arg != "run").Skip(1)], variable);
            case "uv" when args.Contains("run"):
                return With(args, variable);
            case "pipx" when args.Contains("run"):
                return Python([.. args.SkipWhile(arg => arg != "run").Skip(1)], variable);
            case "docker" or "podman" or "nerdctl" when IsRun(args):
                return [Image(args, variable)];
            case "deno" when args.Count > 0 && args[0] == "run":
                return args.Where(arg => arg.Starts("npm:") || arg.Starts("jsr:") || arg.Starts("https:") || arg.Starts("http:")).Take(1).Select(arg => arg.Starts("http") ? new PackagePin(arg, "fail", "a script fetched without a checked digest") : Judge(arg[4..], variable, "@"));
            case "go" when args.Count > 1 && args[0] == "run" && args.Any(arg => arg.Has(".") && arg.Has("/") && !arg.Starts(".")):
                return [Judge(args.First(arg => arg.Has(".") && arg.Has("/") && !arg.Starts(".")), variable, "@")];
            case "dnx":
                return [DotNet(args, variable)];
            case "dotnet" when args.Count > 2 && args[0] == "tool" && args[1] is "exec" or "execute":
                return [DotNet([.. args.Skip(2)], variable)];
            case "cargo" when args.Contains("--git"):
                return [Cargo(args)];
            case "cargo" when args.Count > 1 && args[0] is "install" or "binstall":
                return [CargoInstall(args, variable)];
            default:
                return args.Where(arg => arg.Starts("git+") || arg.Starts("github:")).Select(Git);
        }
    }

    /// <summary><c>docker run</c> and <c>docker container run</c>; <c>docker compose run</c> and the like name a service, not an image.</summary>
    private static bool IsRun(IReadOnlyList<string> args)
    {
        var words = args.TakeWhile(arg => arg != "run").Where(arg => !arg.StartsWith('-')).ToList();
        return args.Contains("run") && words.TrueForAll(word => word is "container");
    }

    private static PackagePin DotNet(IReadOnlyList<string> args, Func<string, string?> variable)
    {
        var package = args.FirstOrDefault(arg => !arg.StartsWith('-')) ?? "";
        for (var i = 0; i < args.Count - 1; i++)
            if (args[i] == "--version") return Exact($"{package} {args[i + 1]}", args[i + 1]);
        return Judge(package, variable, "@");
    }

    private static PackagePin Cargo(IReadOnlyList<string> args)
    {
        var at = args.ToList().IndexOf("--git");
        var source = at + 1 < args.Count ? args[at + 1] : "";
        var revision = args.ToList().IndexOf("--rev") is var place and >= 0 && place + 1 < args.Count ? args[place + 1] : "";
        return CommitId().IsMatch("#" + revision) ? new PackagePin(source, "ok", "a commit") : new PackagePin(source, "fail", "a branch, a tag or nothing where a commit must stand");
    }

    private static PackagePin CargoInstall(IReadOnlyList<string> args, Func<string, string?> variable)
    {
        var package = args.Skip(1).FirstOrDefault(arg => !arg.StartsWith('-')) ?? "";
        var at = args.ToList().FindIndex(arg => arg is "--version" or "--vers");
        return at >= 0 && at + 1 < args.Count ? Exact($"{package} {args[at + 1]}", args[at + 1].TrimStart('=')) : Judge(package, variable, "@");
    }

    /// <summary>The packages that <c>uv run</c> adds for this run; the project's own are in its lock file.</summary>
    private static List<PackagePin> With(IReadOnlyList<string> args, Func<string, string?> variable)
    {
        var pins = new List<PackagePin>();
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == "--with" && i + 1 < args.Count) pins.Add(Judge(args[++i], variable, "=="));
            else if (args[i].Starts("--with=")) pins.Add(Judge(args[i][7..], variable, "=="));
        }
        return pins;
    }

    private static List<PackagePin> Node(IReadOnlyList<string> args, Func<string, string?> variable)
    {
        var pins = new List<PackagePin>();
        // Why none: it runs what is installed, and fetches nothing.
        if (args.Contains("--no-install") || args.Contains("--no") || args.Contains("--offline")) return pins;
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] is "-p" or "--package" && i + 1 < args.Count) pins.Add(Judge(args[++i], variable, "@"));
            else if (args[i].Starts("--package=")) pins.Add(Judge(args[i][10..], variable, "@"));
            else if (args[i] is "-c" or "--call" or "--registry" or "--cache" or "--prefix") i++;
            else if (!args[i].StartsWith('-'))
            {
                if (pins.Count == 0) pins.Add(Judge(args[i], variable, "@"));
                break;
            }
        }
        return pins;
    }

    private static List<PackagePin> Python(IReadOnlyList<string> args, Func<string, string?> variable)
    {
        var pins = new List<PackagePin>();
        var hasFrom = false;
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].IndexOf('=') is var cut and > 0 && args[i].Starts("--") ? (args[i][..cut], args[i][(cut + 1)..]) : (args[i], i + 1 < args.Count ? args[i + 1] : "");
            if (name is "--from" or "--spec" or "--with")
            {
                pins.Add(Judge(value, variable, "=="));
                hasFrom |= name is not "--with";
                if (!args[i].Has("=") || !args[i].Starts("--")) i++;
            }
            else if (name is "--python" or "-p" or "--index-url" or "--index" or "--extra-index-url") i++;
            else if (!args[i].StartsWith('-'))
            {
                if (!hasFrom) pins.Add(Judge(args[i], variable, "=="));
                break;
            }
        }
        return pins;
    }

    private static PackagePin Judge(string spec, Func<string, string?> variable, string separator)
    {
        if (spec.Has("${") || spec.StartsWith('$'))
        {
            var resolved = Variable().Replace(spec, match => variable(match.Groups["n"].Value) ?? (match.Groups["d"].Success ? match.Groups["d"].Value : match.Value));
            if (resolved.Has("$")) return new PackagePin(spec, "unknown", "its version comes from a variable that is not set here");
            spec = resolved;
        }
        if (spec.Starts("git+") || spec.Starts("github:") || spec.Starts("git:") || spec.Ends(".git")) return Git(spec);
        if (spec.Starts("https://") || spec.Starts("http://")) return new PackagePin(spec, "fail", "an archive fetched without a checked digest");
        if (spec.Starts(".") || spec.Starts("/")) return new PackagePin(spec, "ok", "local");
        var bare = Extras().Replace(spec, "");
        if (separator == "==" && bare.IndexOf("==", StringComparison.Ordinal) is var equals and > 0) return Exact(spec, bare[(equals + 2)..], PythonVersion());
        if (bare.LastIndexOf('@') is var at and > 0) return Exact(spec, bare[(at + 1)..], separator == "==" ? PythonVersion() : Version());
        return bare.AsSpan().IndexOfAny('<', '>', '~') >= 0 ? new PackagePin(spec, "fail", "a range, not a version") : new PackagePin(spec, "fail", "no version: whatever is newest when the cache is cold");
    }

    private static PackagePin Exact(string spec, string version) => Exact(spec, version, Version());

    private static PackagePin Exact(string spec, string version, Regex exact) =>
        exact.IsMatch(version.TrimStart('=')) ? new PackagePin(spec, "ok", "exact") : new PackagePin(spec, "fail", $"\"{Words.Quote(version, 30)}\" is a tag or a range, not a version");

    private static PackagePin Git(string spec) =>
        CommitId().IsMatch(spec) ? new PackagePin(spec, "ok", "a commit") : new PackagePin(spec, "fail", "a branch, a tag or nothing where a commit must stand");

    private static PackagePin Image(IReadOnlyList<string> args, Func<string, string?> variable)
    {
        var at = 0;
        while (at < args.Count && args[at] != "run") at++;
        var image = "";
        for (var i = at + 1; i < args.Count; i++)
        {
            if (args[i].StartsWith('-'))
            {
                if (!args[i].Has("=") && TakesValue().IsMatch(args[i])) i++;
                continue;
            }
            image = args[i];
            break;
        }
        if (image.Has("$")) return Judge(image, variable, "@") is { State: "unknown" } unknown ? unknown : new PackagePin(image, "fail", "no digest");
        if (Digest().IsMatch(image)) return new PackagePin(image, "ok", "a digest");
        var colon = image.LastIndexOf(':');
        var tag = colon > image.LastIndexOf('/') ? image[(colon + 1)..] : "";
        return FullTag().IsMatch(tag) ? new PackagePin(image, "warn", "a tag can be moved; a digest cannot") : new PackagePin(image, "fail", tag.Length == 0 ? "no tag and no digest" : $"the tag {tag} moves");
    }

    [GeneratedRegex(@"\$\{(?<n>\w+)(:-(?<d>[^}]*))?\}|\$(?<n>\w+)", RegexOptions.CultureInvariant)] private static partial Regex Variable();
    [GeneratedRegex(@"\[[^\]]*\]", RegexOptions.CultureInvariant)] private static partial Regex Extras();
    [GeneratedRegex(@"^v?\d+\.\d+\.\d+([-+.][0-9A-Za-z.+-]+)?$|^\d+(\.\d+){1,4}((a|b|rc|\.post|\.dev)\d+)?$(?<!^\d+\.\d+$)|^v\d+\.\d+\.\d+-\d{14}-[0-9a-f]{12}$", RegexOptions.CultureInvariant)] private static partial Regex Version();

    // Why fewer parts will do: "==2" is 2.0.0 and nothing else to pip and uv, where "@2" of npm is a range (PEP 440).
    [GeneratedRegex(@"^v?\d+(\.\d+)*([-_.]?(a|b|c|rc|alpha|beta|pre|preview|post|rev|r|dev)[-_.]?\d*)*(\+[0-9A-Za-z.]+)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)] private static partial Regex PythonVersion();
    [GeneratedRegex(@"[#@][0-9a-f]{40}($|[#&])", RegexOptions.CultureInvariant)] private static partial Regex CommitId();
    [GeneratedRegex(@"@sha256:[0-9a-f]{64}$", RegexOptions.CultureInvariant)] private static partial Regex Digest();
    [GeneratedRegex(@"^v?\d+\.\d+\.\d+([-+.][0-9A-Za-z.-]+)?$", RegexOptions.CultureInvariant)] private static partial Regex FullTag();
    [GeneratedRegex(@"^(-e|--env|-v|--volume|--mount|--name|--network|--net|-p|--publish|-w|--workdir|-u|--user|--env-file|--entrypoint|-l|--label|--add-host|-h|--hostname|--pull|--platform|--memory|-m|--cpus|--pid|--ipc|--cap-add|--cap-drop|--security-opt|--tmpfs|--gpus|--restart|--log-driver|--log-opt|--dns|--ulimit|--shm-size|--device|--expose|--group-add|--cidfile|--sysctl|--userns|--memory-swap|--annotation|--cgroupns|--cpu-shares|-c|--ip|--link|--label-file|--mac-address|--runtime|--stop-signal|--stop-timeout|--uts|--volumes-from|--health-cmd|--isolation|--network-alias|--oom-score-adj|-a|--attach)$", RegexOptions.CultureInvariant)] private static partial Regex TakesValue();
}
