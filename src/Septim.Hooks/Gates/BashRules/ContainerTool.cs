namespace Septim.Hooks.Gates.BashRules;

/// <summary>docker, podman, nerdctl and compose: their options. Source: the reference of Docker 29 and Podman 5, November 2026.</summary>
internal static class ContainerTool
{
    private const string Global = "-H --host -c --context --config --log-level --tlscacert --tlscert --tlskey --url --identity --root --namespace --address --filter --format -t --time --timeout";

    private const string Compose = Global + " -f --file -p --project-name --profile --env-file --project-directory --ansi --progress --rmi --parallel";

    /// <summary>Options of run and create that take a value.</summary>
    private const string Run = "-a --attach -e --env -h --hostname -l --label -m --memory -p --publish -u --user -v --volume -w --workdir --add-host --annotation --blkio-weight --cap-add --cap-drop --cgroup-parent --cgroupns --cidfile --cpus -c --cpu-shares --cpuset-cpus --device --device-cgroup-rule --dns --dns-search --entrypoint --env-file --expose --gpus --group-add --health-cmd --health-interval --ip --ipc --isolation --label-file --link --log-driver --log-opt --mac-address --memory-swap --mount --name --network --net --network-alias --oom-score-adj --pid --pids-limit --platform --pull --restart --runtime --security-opt --shm-size --stop-signal --stop-timeout --storage-opt --sysctl --tmpfs --ulimit --userns --uts --volume-driver --volumes-from --arch --pod --secret --rootfs";

    public static bool Is(string name) => name is "docker" or "podman" or "nerdctl" or "finch";

    public static bool IsCompose(string name) => name is "docker-compose" or "podman-compose";

    /// <summary>All words without options; for run and create use <see cref="RunOptions"/>.</summary>
    public static CommandPath Path(RuleCase at) =>
        // Why: -l in front is the log's level, behind ps and rm it is a flag.
        CommandPath.Read(at.Arguments, IsCompose(at.Name) || at.HasArgument("compose") ? Compose : Global, false, at.Argument(0) is "-l" ? 2 : 0);

    /// <summary>Options and words behind <c>run</c> or <c>create</c>, or null for another command. The first word is the image.</summary>
    public static CommandPath? RunOptions(RuleCase at)
    {
        if (!Is(at.Name) && !IsCompose(at.Name)) return null;
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            var text = at.Arguments[i].Text;
            if (text is "run" or "create") return ReadRun(at, i + 1);
            if (text is "container" or "compose" or "--debug" or "-D" or "--verbose" or "--compatibility") continue;
            if (text is null || text.Length == 0 || text[0] != '-') return null;
            if (!text.Contains('=', StringComparison.Ordinal)) i++;
        }
        return null;
    }

    private static CommandPath ReadRun(RuleCase at, int start)
    {
        // Why: what stands behind the image is the container's command with options of its own; only the image is kept of it.
        var end = start;
        for (; end < at.Arguments.Length; end++)
        {
            var text = at.Arguments[end].Shown;
            if (text.Length < 2 || text[0] != '-') break;
            if (!text.Contains('=', StringComparison.Ordinal) && TakesValue(text)) end++;
        }
        var own = new List<Shell.Word>();
        for (var i = start; i < end && i < at.Arguments.Length; i++) own.Add(at.Arguments[i]);
        if (end < at.Arguments.Length) own.Add(at.Arguments[end]);
        return CommandPath.Read([.. own], Run);
    }

    private static bool TakesValue(string option)
    {
        foreach (var range in Run.AsSpan().Split(' '))
        {
            if (Run.AsSpan(range).SequenceEqual(option)) return true;
        }
        // -itv x: the last letter of a cluster.
        return option.Length > 2 && option[1] != '-' && "aehlmpuvwc".Contains(option[^1], StringComparison.Ordinal);
    }
}
