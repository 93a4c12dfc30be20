namespace Septim.Hooks.Gates.BashRules;

/// <summary>Volumes, or all containers and images at once, are removed.</summary>
internal static class ContainerPrune
{
    public static readonly BashRule Rule = new("container-prune", BashSeverity.High)
    {
        Reason = "it removes volumes with their data, or containers and images beyond this project",
        Alternative = "docker compose down",
        Denies =
        [
            "crictl rm -fa",
            "docker system prune -af",
            "docker system prune --volumes",
            "podman system reset",
            "docker volume rm pgdata",
            "docker volume prune -f",
            "docker compose down -v",
            "docker-compose down --volumes",
            "docker rm -f $(docker ps -aq)",
            "docker ps -aq | xargs docker rm -f",
            "docker image prune -a",
            "docker rmi $(docker images -q)",
            "docker stack rm prod",
            "docker service rm api",
            "docker swarm leave --force",
            "nerdctl --namespace k8s.io system prune --all",
        ],
        Asks = ["docker system prune", "docker rm -f web", "docker container prune -f", "docker network prune", "docker compose down --rmi all", "docker compose rm -f"],
        Passes =
        [
            "docker compose down",
            "docker stop web",
            "docker rm web",
            "docker rmi image",
            "docker run --rm alpine ls",
            "docker ps -a",
            "docker images",
            "docker volume ls",
            "docker system df",
            "docker builder prune --help",
            "docker-compose up -d",
            "docker image prune -f",
            "docker rmi $(docker images -q -f dangling=true)",
            "docker images -q -f dangling=true | xargs docker rmi",
            "C=$(docker run -d nginx); curl localhost; docker rm -f \"$C\"",
            "docker run -d --name t redis; docker rm -f t",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        // Why: sail hands what is not its own to compose.
        if (ContainerTool.IsCompose(at.Name) || at.Name == "sail") return Compose(ContainerTool.Path(at), 0);
        if (!ContainerTool.Is(at.Name)) return at.Name is "crictl" or "ctr" ? Cri(at) : null;
        var path = ContainerTool.Path(at);
        if (path.IsHarmless) return null;
        var all = path.Has("--all", "-a") || path.HasLetter('a');
        switch (path[0], path[1])
        {
            case ("compose", _): return Compose(path, 1);
            case ("system", "prune"): return all || path.Has("--volumes") ? BashFinding.Plain : BashFinding.Medium;
            case ("system", "reset") or ("machine", "rm" or "reset"): return BashFinding.Plain;
            case ("volume", "rm" or "remove" or "prune"): return BashFinding.Plain;
            case ("image", "prune"): return all ? BashFinding.Plain : null;
            case ("plugin", "rm" or "remove" or "disable"): return BashFinding.Medium;
            case ("container" or "network" or "pod", "prune"): return BashFinding.Medium;
            case ("builder" or "buildx", "prune"): return all ? BashFinding.Medium : BashFinding.Low;
            case ("stack" or "service" or "secret" or "node" or "config", "rm" or "remove"): return BashFinding.Plain;
            case ("swarm", "leave"): return path.Has("--force", "-f") ? BashFinding.Plain : BashFinding.Medium;
            case ("pod", "rm"): return path.Has("--force", "-f") || all ? BashFinding.Medium : null;
            case ("rm" or "remove", _): return Remove(at, path, 1, all);
            case ("container", "rm" or "remove"): return Remove(at, path, 2, all);
            case ("rmi", _): return Images(at, path, 1);
            case ("image", "rm" or "remove"): return Images(at, path, 2);
            case ("kill", _): return IsEverything(at, path, 1) ? BashFinding.Medium : null;
            default: return null;
        }
    }

    private static BashFinding? Compose(CommandPath path, int from)
    {
        if (path.IsHarmless) return null;
        return path[from] switch
        {
            "down" => path.Has("--volumes", "-v") || path.HasLetter('v') ? BashFinding.Plain : path.Has("--rmi") ? BashFinding.Medium : null,
            "rm" => path.HasLetter('v') ? BashFinding.Plain : path.HasLetter('f') || path.Has("--force", "--stop") ? BashFinding.Medium : null,
            "volumes" or "kill" => null,
            _ => null,
        };
    }

    private static BashFinding? Remove(RuleCase at, CommandPath path, int names, bool all)
    {
        var force = path.Has("--force") || path.HasLetter('f');
        if (IsOwn(at, path, names)) return null;
        if (IsEverything(at, path, names) || (all && force)) return force ? BashFinding.Plain : BashFinding.Medium;
        if (path.Has("--volumes") || path.HasLetter('v')) return BashFinding.Medium;
        return force ? BashFinding.Medium : null;
    }

    /// <summary>Containers that this command started: <c>C=$(docker run -d x); docker rm -f "$C"</c>, <c>docker run --name t x; docker rm -f t</c>.</summary>
    private static bool IsOwn(RuleCase at, CommandPath path, int names)
    {
        if (path.Count <= names || at.Invocation.IsVia("xargs")) return false;
        for (var i = names; i < path.Count; i++)
        {
            if (!(path.Words[i].Text is { } name ? IsNamed(at, name) : IsStarted(at, path.Words[i]))) return false;
        }
        return true;
    }

    private static bool IsNamed(RuleCase at, string name)
    {
        foreach (var earlier in at.All)
        {
            if (earlier.Invocation.Order >= at.Invocation.Order || !at.Work.Step()) return false;
            if (ContainerTool.Is(earlier.Name) && ContainerTool.RunOptions(earlier)?.Value("--name")?.Text == name) return true;
        }
        return false;
    }

    private static bool IsStarted(RuleCase at, Shell.Word word) => word.Pieces is [{ From.From: [var only] }] && ContainerTool.RunOptions(at.Of(only)) is not null;

    private static BashFinding? Images(RuleCase at, CommandPath path, int names) =>
        IsEverything(at, path, names) ? BashFinding.Plain : path.Has("--all") ? BashFinding.Plain : path.Has("--force") || path.HasLetter('f') ? BashFinding.Medium : null;

    /// <summary>The names come from a listing: <c>$(docker ps -aq)</c>, <c>docker ps -aq | xargs …</c>.</summary>
    private static bool IsEverything(RuleCase at, CommandPath path, int names)
    {
        if (at.Invocation.IsVia("xargs") && path.Count <= names) return true;
        foreach (var word in path.Words)
        {
            var isNarrow = false;
            foreach (var piece in word.Pieces)
            {
                if (piece.From is null) continue;
                foreach (var producer in piece.From.From)
                {
                    if (!ContainerTool.Is(producer.Name)) continue;
                    if (!ListsDangling(producer)) return true;
                    isNarrow = true;
                }
            }
            if (!isNarrow && word.HasUnknown && Lists(word.Shown)) return true;
        }
        return false;
    }

    /// <summary>Images that no name leads to: what <c>docker image prune</c> removes.</summary>
    private static bool ListsDangling(Shell.Invocation list)
    {
        foreach (var argument in list.Arguments)
        {
            if (argument.Text is "dangling=true" or "-fdangling=true" or "--filter=dangling=true") return true;
        }
        return false;
    }

    private static bool Lists(string shown) =>
        shown.Contains("docker ps", StringComparison.Ordinal) || shown.Contains("docker images", StringComparison.Ordinal) || shown.Contains("podman ps", StringComparison.Ordinal)
        || shown.Contains("docker container ls", StringComparison.Ordinal) || shown.Contains("docker volume ls", StringComparison.Ordinal);

    private static BashFinding? Cri(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, "-r --runtime-endpoint -n --namespace -a --address");
        return path[0] is "rm" or "rmi" or "rmp" && (path.HasAny("--all", "--prune") || path.HasLetter('a')) ? BashFinding.Plain : path[1] is "delete" or "rm" ? BashFinding.Medium : null;
    }
}
