using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Device files that hold data: disks, partitions, volumes, memory. Terminals and serial lines are none.</summary>
internal static class DiskDevice
{
    /// <param name="path">Absolute and normalised; of a glob the directory: <c>/dev</c> counts.</param>
    public static bool Is(string path)
    {
        if (path == "/dev") return true;
        if (path.Contains("PhysicalDrive", StringComparison.OrdinalIgnoreCase)) return true;
        if (!path.StartsWith("/dev/", StringComparison.Ordinal)) return false;
        if (path.StartsWith("/dev/mapper/", StringComparison.Ordinal) || path.StartsWith("/dev/disk/", StringComparison.Ordinal)
            || path.StartsWith("/dev/md/", StringComparison.Ordinal) || path.StartsWith("/dev/zvol/", StringComparison.Ordinal)) return true;
        var name = ShellPath.Leaf(path);
        foreach (var prefix in (ReadOnlySpan<string>)["sd", "nvme", "vd", "hd", "xvd", "mmcblk", "loop", "disk", "rdisk", "md", "dm-", "nbd", "zd", "sr", "dax", "pmem", "ram", "mem", "kmem", "port", "mtd", "fd0", "ada", "da0", "da1", "nda", "nvd", "vtbd", "wd", "rbd", "drbd", "bcache", "ubi"])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal)) return true;
        }
        // Why: /dev/vg0/root is a logical volume; a folder of devices that hold no data has a name of its own.
        return path.IndexOf('/', 5) > 0
            && !path.StartsWith("/dev/input/", StringComparison.Ordinal) && !path.StartsWith("/dev/snd/", StringComparison.Ordinal)
            && !path.StartsWith("/dev/dri/", StringComparison.Ordinal) && !path.StartsWith("/dev/bus/", StringComparison.Ordinal)
            && !path.StartsWith("/dev/net/", StringComparison.Ordinal) && !path.StartsWith("/dev/char/", StringComparison.Ordinal);
    }
}
