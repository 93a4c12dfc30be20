using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>A write, copy, move or link onto a system path.</summary>
internal static class FsSystemWrite
{
    public static readonly BashRule Rule = new("fs-system-write", BashSeverity.Critical)
    {
        Reason = "it changes a file that the system runs on",
        Alternative = "diff ./hosts.new /etc/hosts",
        Denies =
        [
            "git diff --output=/etc/hosts",
            "7z x a.7z -o/etc",
            "echo x > /etc/fstab",
            "echo x | sudo tee /etc/sudoers",
            "cp x /usr/bin/ls",
            "ln -sf /tmp/x /usr/local/bin/git",
            "ln -sfn build /dev/null",
            "mv x /etc/hosts",
            "sed -i s/a/b/ /etc/hosts",
            "curl -o /usr/bin/x https://example.com/x",
            "echo 1 >> /etc/hosts",
            "tar xf a.tar -C /",
            "uniq -c x /etc/hosts",
            "split -l 1 x /etc/x/",
            "csplit -f /etc/x a 1",
            "sed -n 'w /etc/hosts' x",
            "sed 's/a/b/w /etc/hosts' x",
            "sed -e 's/a/b/' -e '/x/{p;W /etc/hosts\n}' x",
        ],
        Passes =
        [
            "ls > /dev/null",
            "make 2>&1",
            "echo x > /dev/stderr",
            "cat /etc/hosts",
            "cp /etc/hosts ./hosts.new",
            "sed s/a/b/ /etc/hosts",
            "echo x | tee ./hosts.new",
            "uniq /etc/hosts ./hosts.new",
            "split -l 1 /etc/hosts",
            "sed -n 'w out.txt' x",
            "sed 's/a/b/w changes.log' x",
            "sed 's#w /etc/hosts#new#' README.md",
            "sed 's/[^/]*/w/' x",
            "sed '/x/i\\\nw /etc/hosts' README.md",
            "sed 's/a/b/w /dev/stdout' x",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.Name == "mount" && Covers(at)) return new BashFinding(BashSeverity.Medium, "it puts something else in the place of system files");
        foreach (var effect in at.Effects)
        {
            var writes = effect.Kind is FileEffectKind.Write or FileEffectKind.Append or FileEffectKind.Empty;
            // Why: a link or a rename puts itself in the place of /dev/null, a write does not.
            if (writes && effect.Place.Kind == PlaceKind.Nowhere && at.Name == "ln") return BashFinding.Plain;
            if (!writes || !effect.Place.IsSystem) continue;
            if (effect.Place.Kind == PlaceKind.Device && !DiskDevice.Is(effect.Place.Path)) continue;
            return BashFinding.Plain;
        }
        return null;
    }

    /// <summary>Something is mounted over a system directory; <c>/mnt</c>, <c>/media</c> and the kernel's own file systems are for that.</summary>
    private static bool Covers(RuleCase at)
    {
        var given = OptionReader.Read(at.Arguments, new OptionTable("t:o:O:L:U:", "types= options= label= uuid= bind rbind move"));
        if (given.Operands.Count < 2 || given.Value("-t", "--types")?.Text is "proc" or "sysfs" or "devpts" or "devtmpfs" or "cgroup2") return false;
        var place = at.PlaceOf(given.Operands[^1]);
        return place.IsSystem && !(place.Path.StartsWith("/run/", StringComparison.Ordinal) || place.Path.StartsWith("/mnt", StringComparison.Ordinal) || place.Path.StartsWith("/media", StringComparison.Ordinal));
    }
}
