using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>A container that is given the host: its root, its devices, its processes or the container engine itself.</summary>
internal static class ContainerEscape
{
    public static readonly BashRule Rule = new("container-escape", BashSeverity.Critical)
    {
        Reason = "the container gets the host itself, so nothing is contained",
        Alternative = "docker run --rm -v \"$PWD\":/src:ro image",
        Denies =
        [
            "docker run -v /:/host alpine chroot /host sh",
            "docker run --rm -v /:/mnt alpine rm -rf /mnt/etc",
            "docker run --mount type=bind,source=/,target=/host -it ubuntu bash",
            "docker run --privileged --device /dev/sda ubuntu",
            "docker run --privileged --pid=host ubuntu nsenter -t 1 -m sh",
            "docker run -v /etc:/etc alpine sh",
            "docker run -v /var/run/docker.sock:/var/run/docker.sock someone/image",
            "podman run --privileged -v /dev:/dev alpine",
            "nsenter -t 1 -m -u -i -n sh",
            "docker run -it --device=/dev/sda1 alpine",
            "docker run -v /:/host:ro alpine cat /host/etc/hosts",
        ],
        Asks = ["docker run --privileged image", "docker run --cap-add=SYS_ADMIN image", "docker run --pid=host image", "docker run --security-opt seccomp=unconfined image", "docker run -v ~/.ssh:/root/.ssh image"],
        Passes =
        [
            "docker run --rm -v \"$PWD\":/src image",
            "docker run -v ~/.cache:/c:ro image",
            "docker run --rm -it -p 8080:80 nginx",
            "docker run -v data:/var/lib/postgresql/data postgres",
            "docker run -v /etc/localtime:/etc/localtime:ro image",
            "docker run --network=host image",
            "docker run -v ./etc:/etc image",
            "docker run --cap-add=NET_BIND_SERVICE image",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            // Why: the kernel runs what this file of a cgroup names, outside every container.
            if (effect.Kind is FileEffectKind.Write or FileEffectKind.Append && effect.Place.Path.EndsWith("/release_agent", StringComparison.Ordinal)) return BashFinding.Plain;
        }
        if (at.Name == "nsenter") return TargetsInit(at) ? BashFinding.Plain : null;
        if (at.Name is "kubectl" or "oc") return OnNode(at);
        if (ContainerTool.RunOptions(at) is not { } run) return null;
        if (run.Has("--help")) return null;
        BashFinding? found = null;
        var privileged = run.Has("--privileged") && run.Value("--privileged")?.Text != "false";
        var hostProcesses = run.Value("--pid")?.Text == "host";
        foreach (var (name, value) in run.Options)
        {
            if (value is null) continue;
            var finding = name switch
            {
                "-v" or "--volume" => Volume(at, value),
                "--mount" => Mount(at, value.Shown),
                "--device" => Device(value.Shown),
                "--cap-add" => value.Text?.ToUpperInvariant() is "ALL" or "SYS_ADMIN" or "CAP_SYS_ADMIN" or "SYS_PTRACE" or "SYS_MODULE" or "SYS_RAWIO" or "DAC_READ_SEARCH" ? BashFinding.Medium : null,
                "--security-opt" => value.Shown.EndsWith("=unconfined", StringComparison.Ordinal) || value.Shown.EndsWith(":unconfined", StringComparison.Ordinal) ? BashFinding.Medium : null,
                "--userns" or "--pid" or "--uts" => value.Text == "host" ? BashFinding.Medium : null,
                _ when name.StartsWith("-v", StringComparison.Ordinal) && name.Length > 2 => null,
                _ => null,
            };
            found = Worse(found, finding);
        }
        if (privileged && (hostProcesses || found?.Severity is BashSeverity.High or null && found is not null)) return BashFinding.Plain;
        if (hostProcesses && at.HasArgument("nsenter")) return BashFinding.Plain;
        if (privileged) found = Worse(found, BashFinding.Medium);
        return found;
    }

    /// <summary>A pod that gets the node's processes, devices or files: <c>kubectl debug node/n … chroot /host</c>, <c>--overrides</c>.</summary>
    private static BashFinding? OnNode(RuleCase at)
    {
        if (at.Argument(0) is "apply" or "create" && at.Invocation.Input.Text is { } manifest
            && (manifest.Contains("privileged: true", StringComparison.Ordinal) || manifest.Contains("hostPID: true", StringComparison.Ordinal) || manifest.Contains("path: /\n", StringComparison.Ordinal) && manifest.Contains("hostPath", StringComparison.Ordinal))) return BashFinding.Medium;
        var onNode = false;
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            var text = at.Arguments[i].Shown;
            if (text.StartsWith("--overrides=", StringComparison.Ordinal) && (text.Contains("hostPID", StringComparison.Ordinal) || text.Contains("privileged", StringComparison.Ordinal) || text.Contains("hostPath", StringComparison.Ordinal) || text.Contains("hostNetwork", StringComparison.Ordinal))) return BashFinding.Medium;
            onNode |= i > 0 && text.StartsWith("node/", StringComparison.Ordinal) && at.HasArgument("debug");
            if (onNode && text == "chroot" && at.Argument(i + 1) is "/host") return BashFinding.Medium;
        }
        return null;
    }

    private static bool TargetsInit(RuleCase at)
    {
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            var text = at.Arguments[i].Shown;
            if (text is "-t1" or "--target=1") return true;
            if (text is "-t" or "--target" && at.Argument(i + 1) == "1") return true;
        }
        return false;
    }

    private static BashFinding? Worse(BashFinding? first, BashFinding? second)
    {
        if (first is null || second is null) return first ?? second;
        return (second.Severity ?? BashSeverity.Critical) > (first.Severity ?? BashSeverity.Critical) ? second : first;
    }

    /// <summary><c>host:container[:options]</c>.</summary>
    private static BashFinding? Volume(RuleCase at, Word value)
    {
        var text = value.Shown;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0) return null;
        var rest = text[(colon + 1)..];
        var second = rest.IndexOf(':', StringComparison.Ordinal);
        var isReadOnly = second >= 0 && rest[(second + 1)..].Split(',').AsSpan().Contains("ro");
        return Source(at, text[..colon], value, colon, isReadOnly);
    }

    private static BashFinding? Mount(RuleCase at, string value)
    {
        string? source = null;
        var isReadOnly = false;
        foreach (var part in value.Split(','))
        {
            if (part.StartsWith("source=", StringComparison.Ordinal)) source = part[7..];
            else if (part.StartsWith("src=", StringComparison.Ordinal)) source = part[4..];
            else if (part is "readonly" or "ro" or "readonly=true" or "ro=true") isReadOnly = true;
        }
        return source is null || !value.Contains("bind", StringComparison.Ordinal) ? null : Source(at, source, Word.Of(source), source.Length, isReadOnly);
    }

    private static BashFinding? Source(RuleCase at, string source, Word word, int length, bool isReadOnly)
    {
        if (source.Length == 0 || (source[0] is not ('/' or '.' or '~') && word.StartsWithVariable is null && !IsDrive(source))) return null;
        if (source.EndsWith("docker.sock", StringComparison.Ordinal) || source.EndsWith("containerd.sock", StringComparison.Ordinal) || source.EndsWith("podman.sock", StringComparison.Ordinal))
            return new BashFinding(BashSeverity.High, "who holds the engine's socket is root on the host");
        var place = PathClass.Of(Left(word, length), at.Invocation.Directory, at.Setting, false);
        switch (place.Kind)
        {
            case PlaceKind.SystemRoot: return isReadOnly ? BashFinding.High : Writes(at) ? BashFinding.Plain : BashFinding.High;
            case PlaceKind.Device: return BashFinding.High;
            case PlaceKind.System when !isReadOnly: return BashFinding.High;
            case PlaceKind.HomeRoot when !isReadOnly: return BashFinding.Medium;
            case PlaceKind.Home when SecretDirectory(source): return BashFinding.Medium;
            default: return null;
        }
    }

    private static bool IsDrive(string source) => source.Length > 1 && source[1] == ':' && char.IsAsciiLetter(source[0]);

    private static bool SecretDirectory(string source) =>
        source.Contains("/.ssh", StringComparison.Ordinal) || source.Contains("/.aws", StringComparison.Ordinal) || source.Contains("/.gnupg", StringComparison.Ordinal)
        || source.Contains("/.kube", StringComparison.Ordinal) || source.Contains("/.docker", StringComparison.Ordinal) || source.Contains("/.config/gcloud", StringComparison.Ordinal);

    /// <summary>The container's command may write: it is none of the well-known readers.</summary>
    private static bool Writes(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is "ls" or "cat" or "find" or "grep" or "du" or "df" or "stat" or "head" or "tail" or "tree") return false;
        }
        return true;
    }

    private static BashFinding? Device(string value) =>
        value.StartsWith("/dev/sd", StringComparison.Ordinal) || value.StartsWith("/dev/nvme", StringComparison.Ordinal) || value.StartsWith("/dev/vd", StringComparison.Ordinal)
        || value.StartsWith("/dev/xvd", StringComparison.Ordinal) || value.StartsWith("/dev/mem", StringComparison.Ordinal) || value.StartsWith("/dev/mapper", StringComparison.Ordinal) || value.StartsWith("/dev/disk", StringComparison.Ordinal)
            ? BashFinding.Plain : null;

    /// <summary>The first <paramref name="length"/> units as shown.</summary>
    private static Word Left(Word word, int length)
    {
        var pieces = new List<WordPiece>();
        foreach (var piece in word.Pieces)
        {
            var shown = piece.Kind == PieceKind.Variable ? piece.Text.Length + 1 : piece.Text.Length;
            if (shown <= length) pieces.Add(piece);
            else if (!piece.IsUnknown && length > 0) pieces.Add(piece with { Text = piece.Text[..length] });
            length -= Math.Min(length, shown);
            if (length == 0) break;
        }
        return new Word([.. pieces]);
    }
}
