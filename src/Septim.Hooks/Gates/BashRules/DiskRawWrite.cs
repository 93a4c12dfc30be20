namespace Septim.Hooks.Gates.BashRules;

/// <summary>Bytes are written onto a disk past its file system.</summary>
internal static class DiskRawWrite
{
    public static readonly BashRule Rule = new("disk-raw-write", BashSeverity.Critical)
    {
        Reason = "it writes over a disk past its file system",
        Alternative = "dd if=/dev/zero of=./blank.bin bs=1M count=4",
        Denies =
        [
            "badblocks -wsv /dev/sda",
            "dd if=/dev/zero of=/dev/sda",
            "cat x > /dev/nvme0n1",
            "echo x | tee /dev/disk2",
            "pv x.img > /dev/sda",
            "shred /dev/sda",
            "cp x.img /dev/sdb",
            "dd if=x of=/dev/mapper/vg-root",
            "badblocks -w /dev/sda",
            "qemu-img convert -O raw x.qcow2 /dev/sdb",
            "balena local flash x.img --drive /dev/sdb",
            "sed -n 'W /dev/sda' x",
        ],
        Asks =
        [
            "dd if=x of=\"$DISK\"",
        ],
        Passes =
        [
            "dd if=/dev/sda of=./backup.img",
            "dd if=/dev/zero of=./test.img",
            "cat x > /dev/null",
            "dd if=x of=/tmp/y",
            "badblocks /dev/sda",
            "qemu-img convert -O qcow2 /dev/sdb ./x.qcow2",
        ],
        Judge = Judge,
    };

    /// <summary><c>badblocks -w</c>, <c>-n</c>, <c>-wsv</c>; without them it only reads.</summary>
    private static bool WritesBlocks(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is ['-', not '-', ..] letters && letters.AsSpan().IndexOfAny('w', 'n') > 0) return true;
        }
        return false;
    }

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.Name == "debugfs" && at.HasArgument("-w")) return BashFinding.Plain;
        if (at.Name == "badblocks") return WritesBlocks(at) ? BashFinding.Plain : null;
        foreach (var effect in at.Effects)
        {
            var writes = effect.Kind is FileEffectKind.Write or FileEffectKind.Append or FileEffectKind.Empty or FileEffectKind.Shred;
            if (!writes) continue;
            if (effect.Place.Kind == PlaceKind.Device && DiskDevice.Is(effect.Place.Path)) return BashFinding.Plain;
            if (at.Name == "dd" && effect.Place.Kind == PlaceKind.Unknown && effect.Path.Prefix.Length == 0) return BashFinding.Medium;
        }
        return null;
    }
}
