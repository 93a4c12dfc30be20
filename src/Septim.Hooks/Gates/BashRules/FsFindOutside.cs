namespace Septim.Hooks.Gates.BashRules;

/// <summary>find removes or overwrites outside the project.</summary>
internal static class FsFindOutside
{
    public static readonly BashRule Rule = new("fs-find-outside", BashSeverity.Critical)
    {
        Reason = "it removes what it finds outside the project",
        Alternative = "find /var -name core -print",
        Denies =
        [
            "find /srv -delete",
            "find ~ -exec rm {} +",
            "find / -name '*.log' -exec rm -f {} \\;",
            "find ~ -name x | xargs rm -f",
            "find ../other -type f -delete",
            "find /srv -type f | while read f; do rm \"$f\"; done",
            "while read -r f; do unlink \"$f\"; done < <(find /srv -type f)",
            "mapfile -t a < <(find /srv -type f); rm -f \"${a[@]}\"",
            "find /srv -type d | while read -r d; do rm -rf \"$d/cache\"; done",
            "find /srv | sed -E 's/(.*)/rm -rf \\1/e'",
        ],
        Passes =
        [
            "find / -name x -print",
            "find . -name '*.pyc' -delete",
            "find /tmp/x -delete",
            "find ~ -name core",
            "find / -name '*.log' | while read -r f; do wc -l \"$f\"; done",
            "find src -name '*.orig' | while read -r f; do rm \"$f\"; done",
            "find /tmp/x -type f | while read -r f; do rm \"$f\"; done",
            "mapfile -t a < <(find build -name '*.o'); rm -f \"${a[@]}\"",
            "find src -name '*.cs' | sed 's/.*/wc -l \"&\"/e'",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            if (effect.IsSelection && effect.Place.IsFar) return BashFinding.Plain;
        }
        return null;
    }
}
