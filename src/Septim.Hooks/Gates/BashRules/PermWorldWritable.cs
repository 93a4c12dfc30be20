using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Everybody on the machine may write.</summary>
internal static class PermWorldWritable
{
    public static readonly BashRule Rule = new("perm-world-writable", BashSeverity.Medium)
    {
        Reason = "everybody on the machine may then change it",
        Alternative = "chmod 750 f",
        Denies =
        [
            "chmod 777 f",
            "chmod o+w f",
            "umask 000",
            "chmod a+rwx f",
            "chmod 0666 f",
            "chmod +w,o+w f",
            "umask 0",
        ],
        Passes =
        [
            "chmod 755 f",
            "chmod 600 .env",
            "chmod +w f",
            "umask 022",
            "chmod u+w f",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        switch (at.Name)
        {
            case "umask":
                return at.Argument(0) is { Length: > 0 } mask && (mask.TrimStart('0').Length == 0 || (!char.IsAsciiDigit(mask[0]) && Opens(mask))) ? BashFinding.Plain : null;
            case "chmod":
                if (!OpensToAll(at)) return null;
                foreach (var effect in at.Effects)
                {
                    if (effect.Place.IsSystem) return BashFinding.High;
                }
                return BashFinding.Plain;
            case "setfacl":
                foreach (var argument in at.Arguments)
                {
                    if (argument.Text is { } entry && (entry.StartsWith("o:", StringComparison.Ordinal) || entry.StartsWith("other:", StringComparison.Ordinal) || entry.Contains(",o:", StringComparison.Ordinal)) && entry[(entry.LastIndexOf(':') + 1)..].Contains('w', StringComparison.Ordinal)) return BashFinding.Plain;
                }
                return null;
            case "mkdir" or "install":
                var given = OptionReader.Read(at.Arguments, new OptionTable("m:pvg:o:t:S:", "mode= parents verbose"));
                return given.Value("-m", "--mode")?.Text is { } mode && Opens(mode) ? BashFinding.Plain : null;
            default:
                return null;
        }
    }

    /// <summary>The chmod of this case gives everybody the right to write.</summary>
    public static bool OpensToAll(RuleCase at)
    {
        if (at.Name != "chmod") return false;
        var given = ModeTools.Chmod(at.Arguments);
        return given.Operands.Count > 1 && given.Operands[0].Text is { } mode && Opens(mode);
    }

    private static bool Opens(string mode)
    {
        if (mode.Length > 0 && mode.AsSpan().IndexOfAnyExceptInRange('0', '7') < 0)
        {
            // Why: the sticky bit keeps others from removing what is not theirs, as in /tmp.
            var isSticky = mode.Length == 4 && (mode[0] & 1) == 1;
            return !isSticky && ((mode[^1] - '0') & 2) != 0;
        }
        foreach (var range in mode.AsSpan().Split(','))
        {
            var clause = mode.AsSpan()[range];
            var sign = clause.IndexOfAny('+', '=');
            if (sign < 0 || !clause[(sign + 1)..].Contains('w')) continue;
            var who = clause[..sign];
            // Why: with nobody named, umask keeps the write bit from others.
            if (who.Contains('o') || who.Contains('a')) return true;
        }
        return false;
    }
}
