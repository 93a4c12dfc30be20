namespace Septim.Hooks.Gates.BashRules;

/// <summary>Removal at or below a system path.</summary>
internal static class FsRmSystem
{
    public static readonly BashRule Rule = new("fs-rm-system", BashSeverity.Critical)
    {
        Reason = "it removes what the system runs on",
        Alternative = "ls -l /etc/nginx",
        Denies =
        [
            "bun exec 'rm -rf /etc'",
            "pnpm exec -c 'rm -rf /etc'",
            "echo 'rm -rf /srv/data' | parallel --pipe bash",
            "sem 'rm -rf /srv/data'",
            "make -f /dev/stdin <<< $'all:\\n\\trm -rf /srv/data'",
            "gdb -batch -ex run --args rm -rf /srv/data",
            "env - rm -rf /srv/data",
            "rm -rf /etc/nginx",
            "rm -f /etc/fstab",
            "rm -rf /var/log",
            "sudo rm -r /usr/lib/python3",
            "rm -rf /tmp/../etc",
            "cd /usr && rm -rf share",
            "rm -f /dev/null",
            "echo /srv/data | sed 's/.*/rm -rf &/e'",
            "echo /srv/data | sed -n 's#^#rm -rf #;e'",
            "echo /srv/data | sed 's/^/rm -rf /e'",
        ],
        Passes =
        [
            "bun exec 'rm -rf dist'",
            "pnpm exec -c 'rm -rf dist && tsc'",
            "cat x | parallel --pipe wc -l",
            "sem 'gzip a'",
            "make -f /dev/stdin <<< $'all:\\n\\techo x'",
            "gdb -batch -ex run --args ./app x",
            "rm -rf /tmp/x",
            "ls /etc",
            "rm -rf /tmp/*",
            "rm -rf ./etc",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            // Why: /dev/null may be written by anybody and must be taken away by nobody.
            if (effect.Removes && !effect.IsSelection && effect.Place.Kind is PlaceKind.System or PlaceKind.Device or PlaceKind.Nowhere) return BashFinding.Plain;
        }
        return null;
    }
}
