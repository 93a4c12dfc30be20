namespace Septim.Hooks.Gates.BashRules;

/// <summary>The gate, its configuration, its state or the settings that wire it are changed.</summary>
internal static class FsSelfProtect
{
    public static readonly BashRule Rule = new("fs-self-protect", BashSeverity.Critical)
    {
        Reason = "it changes the guard itself or the settings that wire it",
        Alternative = "jq .hooks .claude/settings.json",
        Advice = "ask the person to change it; you may look at it",
        Denies =
        [
            "rm -rf ~/.claude/settings.json",
            "echo {} > .claude/settings.json",
            "rm -rf .claude",
            "mv .claude/settings.local.json /tmp/",
            "rm -rf ~/.claude",
            "echo x > ~/.claude/septim/septim.json",
            "sed -i s/hooks/x/ .claude/settings.json",
            "septim uninstall",
            "pkill septim",
            "sed -n 'w .claude/settings.json' x",
        ],
        Passes =
        [
            "cat .claude/settings.json",
            "jq .hooks .claude/settings.json",
            "mkdir -p .claude/commands",
            "echo x > .claude/commands/a.md",
            "cp a.md .claude/",
            "septim explain ls",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.Name is "septim") return at.Argument(0) is "uninstall" || (at.Argument(0) is "budget" && at.Argument(1) is "raise") ? BashFinding.Plain : null;
        if ((at.Name is "pkill" or "killall") && Names(at)) return BashFinding.Plain;
        foreach (var effect in at.Effects)
        {
            if (!effect.Changes) continue;
            var place = ProtectedFile.Meant(effect.Place, effect.Path, at.Setting);
            var kind = ProtectedFile.Of(place, effect.Path, at.Setting);
            if (kind is not (ProtectedKind.Own or ProtectedKind.Client)) continue;
            if (IsDirectory(place.Path, at) && effect.Kind is FileEffectKind.Write or FileEffectKind.Append or FileEffectKind.Mode) continue;
            return BashFinding.Plain;
        }
        return null;
    }

    private static bool Names(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is { } text && text.Contains("septim", StringComparison.Ordinal)) return true;
        }
        return false;
    }

    /// <summary>Something is put into it, not instead of it.</summary>
    private static bool IsDirectory(string path, RuleCase at) => path == at.Setting.ClientDirectory || path.EndsWith("/.claude", StringComparison.Ordinal);
}
