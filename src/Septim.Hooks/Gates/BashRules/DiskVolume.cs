using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>A volume, pool, snapshot or encrypted container is destroyed.</summary>
internal static class DiskVolume
{
    public static readonly BashRule Rule = new("disk-volume", BashSeverity.Critical)
    {
        Reason = "it destroys a volume with all that is on it",
        Alternative = "zfs list -t snapshot",
        Denies =
        [
            "ceph osd pool delete data data --yes-i-really-really-mean-it",
            "rbd snap purge pool/img",
            "lvremove -f vg0/root",
            "vgremove vg0",
            "pvremove /dev/sdb",
            "zpool destroy tank",
            "zfs destroy -r tank/data",
            "btrfs subvolume delete /mnt/@home",
            "cryptsetup luksFormat /dev/sdb",
            "cryptsetup erase /dev/sdb",
            "mdadm --zero-superblock /dev/sdb",
            "zfs rollback -r tank@x",
            "lvreduce -L 1G vg0/root",
            "lvresize -L -10G vg0/root",
        ],
        Passes =
        [
            "lvs",
            "lvresize -L +10G vg0/root",
            "zpool status",
            "zfs destroy -n tank/data",
            "lvremove --test vg0/root",
            "btrfs subvolume list /",
            "cryptsetup status x",
            "mdadm --detail /dev/md0",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.AsksForHelp || at.HasArgument("-h") || at.HasArgument("-?")) return null;
        foreach (var wrapper in at.Invocation.Via)
        {
            // Why: `lvm --test lvremove` has its dry run in front of the subcommand.
            if (wrapper.Name == "lvm" && wrapper.Arguments.Length > 0 && wrapper.Arguments[0].Text is "--test" or "-t") return null;
        }
        var verb = at.Argument(0);
        var hits = at.Name switch
        {
            "lvremove" or "vgremove" or "pvremove" or "lvreduce" or "vgreduce" => !at.HasArgument("--test") && !at.HasArgument("-t"),
            "lvresize" => Shrinks(at),
            "lvm" => !at.HasArgument("--test") && !at.HasArgument("-t") && (Verb(at, "lvremove") || Verb(at, "vgremove") || Verb(at, "pvremove") || Verb(at, "lvreduce")),
            "zpool" => verb is "destroy" or "labelclear" or "remove" or "detach" or "split" && !at.HasArgument("-n") || verb == "import" && !DryRun(at) && (at.HasArgument("--rewind-to-checkpoint") || Clusters(at, 'X') || Clusters(at, 'T')) || verb == "create" && !at.HasArgument("-n") && (at.HasArgument("-f") || NamesDevice(at)),
            "zfs" => verb is "destroy" or "rollback" && !DryRun(at) || verb is "receive" or "recv" && Clusters(at, 'F') && !DryRun(at),
            "btrfs" => (Short(verb, "subvolume") && Short(at.Argument(1), "delete")) || verb is "replace" && at.Argument(1) is "start" || verb is "device" && at.Argument(1) is "delete" or "remove" || verb is "filesystem" or "fi" && at.Argument(1) is "resize" || verb is "check" && at.HasArgument("--repair") || verb is "rescue" && at.Argument(1) is "zero-log",
            "cryptsetup" => Verb(at, "erase") || Verb(at, "luksErase") || Verb(at, "luksFormat") || Verb(at, "luksKillSlot") || Verb(at, "luksRemoveKey") || Verb(at, "reencrypt") || Verb(at, "luksHeaderRestore"),
            "mdadm" => at.HasArgument("--zero-superblock") || at.HasArgument("--remove") || at.HasArgument("--fail") || at.HasArgument("--stop") || at.HasArgument("-S") || at.HasArgument("--create") || at.HasArgument("-C"),
            "dmsetup" => verb is "remove" or "remove_all" or "wipe_table",
            "tmutil" => verb is "delete" or "deletelocalsnapshots" or "disable",
            _ => false,
        };
        return hits ? BashFinding.Plain : null;
    }

    /// <summary><c>-L -10G</c>, <c>--size=-10G</c>, <c>-l -50%</c>; a plain size may be either way, and lvresize asks before it makes smaller.</summary>
    private static bool Shrinks(RuleCase at)
    {
        var given = OptionReader.Read(at.Arguments, s_resize);
        return !given.Has("-t", "--test") && (given.Value("-L", "--size")?.StartsWith("-") == true || given.Value("-l", "--extents")?.StartsWith("-") == true);
    }

    private static readonly OptionTable s_resize = new("A:fhi:I:l:L:nrtvy", "size= extents= poolmetadatasize= stripes= stripesize= test force resizefs yes");

    /// <summary>btrfs takes any beginning of a word.</summary>
    private static bool Short(string? given, string whole) => given is { Length: > 1 } && whole.StartsWith(given, StringComparison.Ordinal);

    private static bool Verb(RuleCase at, string verb) => at.HasArgument(verb);

    /// <summary><c>zfs destroy -n</c>, also in a cluster.</summary>
    private static bool DryRun(RuleCase at) => Clusters(at, 'n');

    private static bool Clusters(RuleCase at, char letter)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is ['-', not '-', ..] text && text.Contains(letter)) return true;
        }
        return false;
    }

    private static bool NamesDevice(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.StartsWith("/dev/")) return true;
        }
        return false;
    }
}
