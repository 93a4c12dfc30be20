namespace Septim.Hooks.Gates.BashRules;

/// <summary>A disk is formatted or partitioned.</summary>
internal static class DiskFormat
{
    public static readonly BashRule Rule = new("disk-format", BashSeverity.Critical)
    {
        Reason = "it wipes a disk",
        Alternative = "truncate -s 100M disk.img && mkfs.ext4 ./disk.img",
        Denies =
        [
            "fastboot erase userdata",
            "mkfs.ext4 /dev/sda1",
            "mkfs -t xfs /dev/nvme0n1",
            "mkswap /dev/sdb2",
            "wipefs -a /dev/sda",
            "parted /dev/sda rm 1",
            "parted -s /dev/sda mklabel gpt",
            "echo d | fdisk /dev/sda",
            "sgdisk -Z /dev/sda",
            "sgdisk --zap-all /dev/sda",
            "diskutil eraseDisk JHFS+ x disk2",
            "sfdisk /dev/sda < table",
            "blkdiscard /dev/sdb",
            "hdparm --security-erase p /dev/sda",
            "nvme format /dev/nvme0n1",
            "newfs /dev/da0",
        ],
        Passes =
        [
            "mkfs.ext4 ./loop.img",
            "wipefs /dev/sda",
            "sfdisk --no-act /dev/sda",
            "lsblk",
            "newfs -N /dev/da0",
            "fdisk -l /dev/sda",
            "parted /dev/sda print",
            "diskutil list",
            "mkfs.ext4 -n /dev/sda1",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.AsksForHelp) return null;
        switch (at.Name)
        {
            case "wipefs":
                return HasShort(at, 'a') || at.HasArgument("--all") || HasShort(at, 'o') ? OnDevice(at, unless: 'n') : null;
            case "parted":
                return Names(at, "rm") || Names(at, "mklabel") || Names(at, "mktable") || Names(at, "mkpart") || Names(at, "resizepart") || Names(at, "mkpartfs") ? OnDevice(at) : null;
            case "fdisk" or "gdisk" or "cfdisk" or "cgdisk":
                return at.HasArgument("-l") || at.HasArgument("--list") || HasShort(at, 'l') ? null : OnDevice(at);
            case "sfdisk":
                return HasShort(at, 'l') || HasShort(at, 'd') || HasShort(at, 'n') || at.HasArgument("--no-act") || at.HasArgument("--list") || at.HasArgument("--dump") || HasShort(at, 'J') || HasShort(at, 'V') ? null : OnDevice(at);
            case "sgdisk":
                return HasShort(at, 'p') || HasShort(at, 'i') || HasShort(at, 'v') || at.HasArgument("--print") || at.HasArgument("--pretend") || HasShort(at, 'P') ? null : OnDevice(at);
            case "diskutil":
                return at.Argument(0) is { } verb && (verb.StartsWith("erase", StringComparison.OrdinalIgnoreCase) || verb.StartsWith("partition", StringComparison.OrdinalIgnoreCase)
                    || verb.StartsWith("zero", StringComparison.OrdinalIgnoreCase) || verb.StartsWith("secureErase", StringComparison.OrdinalIgnoreCase) || verb.StartsWith("reformat", StringComparison.OrdinalIgnoreCase)
                    || (verb.Equals("apfs", StringComparison.OrdinalIgnoreCase) && at.Argument(1) is { } sub && sub.StartsWith("delete", StringComparison.OrdinalIgnoreCase))) ? BashFinding.Plain : null;
            case "blkdiscard":
                return OnDevice(at);
            case "hdparm":
                return HasLong(at, "--security-erase") || HasLong(at, "--trim-sector") || HasLong(at, "--security-set-pass") ? BashFinding.Plain : null;
            case "nvme":
                return at.Argument(0) is "format" or "sanitize" or "write" or "delete-ns" ? BashFinding.Plain : null;
            case "newfs":
                return OnDevice(at, unless: 'N');
            case "mkswap" or "mke2fs" or "mkntfs" or "mkdosfs" or "mkfs" or "format" or "format.com":
                return OnDevice(at, unless: 'n');
            case "diskpart":
                return BashFinding.Plain;
            default:
                return at.Name.StartsWith("mkfs.", StringComparison.Ordinal) || at.Name.StartsWith("newfs_", StringComparison.Ordinal) ? OnDevice(at, unless: 'n') : null;
        }
    }

    /// <summary>A device, or what may be one, stands among the operands.</summary>
    private static BashFinding? OnDevice(RuleCase at, char unless = '\0')
    {
        if (unless != '\0' && (HasShort(at, unless) || at.HasArgument("--no-act"))) return null;
        foreach (var argument in at.Arguments)
        {
            if (argument.StartsWith("-")) continue;
            var place = at.PlaceOf(argument);
            if (place.Kind == PlaceKind.Device && (DiskDevice.Is(place.Path) || argument.HasGlob && DiskDevice.Is(argument.Shown))) return BashFinding.Plain;
            // Why: a pattern of devices is a pattern of disks.
            if (argument.HasGlob && argument.StartsWith("/dev/")) return BashFinding.Plain;
            if (place.Kind == PlaceKind.SystemRoot && argument.Text is not "/") return BashFinding.Plain;
            if (argument.HasUnknown && place.Kind == PlaceKind.Unknown) return BashFinding.Medium;
        }
        return null;
    }

    private static bool HasShort(RuleCase at, char letter)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is ['-', not '-', ..] text && text.Contains(letter)) return true;
        }
        return false;
    }

    private static bool HasLong(RuleCase at, string name)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.StartsWith(name)) return true;
        }
        return false;
    }

    private static bool Names(RuleCase at, string verb) => at.HasArgument(verb);
}
