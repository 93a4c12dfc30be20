using Septim.Hooks.Shell;
using Septim.Hooks.Shell.Evaluation;

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
            "git mv .claude x",
            "git rm .claude/settings.json",
            "git rm -r .claude",
            "rsync -a /tmp/x/settings.json .claude/",
            "tar xf x.tar -C .claude settings.json",
            "patch -p1 <<'E'\n--- a/.claude/settings.json\n+++ b/.claude/settings.json\n@@ -1 +1 @@\n-a\n+b\nE",
            "git apply <<'E'\n--- a/.claude/settings.json\n+++ b/.claude/settings.json\n@@ -1 +1 @@\n-a\n+b\nE",
            "cp /bin/true ~/.local/bin/septim",
            "ln -sf /bin/true ~/.local/bin/septim",
            "rm -f \"$(command -v septim)\"",
            "sed -i 's/septim//' .claude/*",
            "for f in .claude/*.json; do echo '{}' > \"$f\"; done",
            "cd .claude && sed -i 's/septim//' *",
            "ln -s .claude c && echo '{}' > c/settings.json",
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
            "git mv .claude/commands/a.md .claude/commands/b.md",
            "git rm .claude/commands/x.md",
            "git rm --cached .claude/settings.json",
            "git add .claude",
            "rsync -a /tmp/x/a.md .claude/",
            "tar xf x.tar -C .claude commands/a.md",
            "patch -p1 <<'E'\n--- a/src/x.c\n+++ b/src/x.c\n@@ -1 +1 @@\n-a\n+b\nE",
            "git apply --check <<'E'\n--- a/.claude/settings.json\n+++ b/.claude/settings.json\n@@ -1 +1 @@\n-a\n+b\nE",
            "ls -l ~/.local/bin/septim",
            "command -v septim",
            "grep -r x .claude/*",
            "sed -i 's/a/b/' .claude/commands/*.md",
            "sed -i 's/a/b/' .claude/*.md",
            "for f in .claude/agents/*.md; do echo x >> \"$f\"; done",
            "ln -s .claude c && cat c/settings.json",
            "find .claude -name '*.tmp' -delete",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.Name is "septim") return at.Argument(0) is "uninstall" || (at.Argument(0) is "budget" && at.Argument(1) is "raise") ? BashFinding.Plain : null;
        if ((at.Name is "pkill" or "killall") && Names(at)) return BashFinding.Plain;
        if (at.Git is { Verb: "mv" or "rm" } git) return Tracked(at, git) ? BashFinding.Plain : null;
        foreach (var effect in at.Effects)
        {
            if (!effect.Changes || (effect.IsSelection && at.Name is "find" && SparesSettings(at, effect))) continue;
            if (Harms(effect, effect.Place, at) || FindsSettings(effect.Path, at)) return BashFinding.Plain;
            // Why: through a link the file lies elsewhere by its name.
            if (effect.Place.Target is { } target && Harms(effect, effect.Place with { Path = target }, at)) return BashFinding.Plain;
        }
        return null;
    }

    /// <summary><c>git mv</c>, <c>git rm</c>: no effects on files for all rules, since git has what they take away; the guard is off all the same.</summary>
    private static bool Tracked(RuleCase at, GitCall git)
    {
        var given = git.Read(s_tracked);
        if (given.Has("-n", "--dry-run", "--cached")) return false;
        for (var i = 0; i < given.Operands.Count; i++)
        {
            var word = given.Operands[i];
            var place = ProtectedFile.Meant(at.PlaceOf(word), word, at.Setting);
            if (ProtectedFile.Of(place, word, at.Setting) is not (ProtectedKind.Own or ProtectedKind.Client)) continue;
            // Why: the last operand of mv may be a folder that something is put into.
            if (git.Verb == "mv" && i > 0 && i == given.Operands.Count - 1 && IsDirectory(place.Path, at)) continue;
            return true;
        }
        return false;
    }

    private static bool Harms(FileEffect effect, Place at, RuleCase rule)
    {
        var place = ProtectedFile.Meant(at, effect.Path, rule.Setting);
        if (ProtectedFile.Of(place, effect.Path, rule.Setting) is not (ProtectedKind.Own or ProtectedKind.Client)) return false;
        return !IsDirectory(place.Path, rule) || effect.Kind is not (FileEffectKind.Write or FileEffectKind.Append or FileEffectKind.Mode);
    }

    /// <summary><c>find .claude -name '*.json' -exec sed -i … {}</c>: the settings are among what find finds in the client's folder.</summary>
    private static bool FindsSettings(Word path, RuleCase rule)
    {
        if (path.Pieces is not [.., { IsUnknown: true, From.From: [{ Name: "find" } find] }] || LeavesSettings(find.Arguments)) return false;
        foreach (var root in rule.Of(find).Finder.Roots)
        {
            if (IsDirectory(rule.Of(find).PlaceOf(root).Path, rule)) return true;
        }
        return false;
    }

    private static readonly OptionTable s_tracked = new("fknrqv", "force dry-run cached quiet ignore-unmatch sparse pathspec-from-file= pathspec-file-nul");

    /// <summary>Some test of find lets no settings file through, or may not: then nothing is known.</summary>
    private static bool LeavesSettings(Word[] arguments)
    {
        for (var i = 0; i + 1 < arguments.Length; i++)
        {
            if (arguments[i].Text is "!" or "-not" or "-mindepth" or "-prune" or "-empty" or "-path" or "-wholename" or "-ipath" or "-regex") return true;
            if (arguments[i].Is("-type") && arguments[i + 1].Is("d")) return true;
            if (arguments[i].Text is "-name" or "-iname" && arguments[i + 1].Text is { } pattern
                && !GlobMatch.Matches("settings.json", pattern) && !GlobMatch.Matches("settings.local.json", pattern)) return true;
        }
        return false;
    }

    /// <summary><c>find .claude -name '*.tmp' -delete</c>: no settings file of the client's folder is among what goes.</summary>
    private static bool SparesSettings(RuleCase at, FileEffect effect)
    {
        if (effect.Place.IsPattern || !IsDirectory(effect.Place.Path, at)) return false;
        foreach (var name in (ReadOnlySpan<string>)["settings.json", "settings.local.json", "septim/septim.json", "projects/p/s.jsonl"])
        {
            if (FindSelection.MayAct(at.Arguments, effect.Path.Shown, effect.Place.Path, effect.Place.Path + "/" + name, false)) return false;
        }
        return true;
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
