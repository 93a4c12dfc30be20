namespace Septim.Hooks.Gates.BashRules;

/// <summary>Removal or overwriting of what is in <c>.git</c>.</summary>
internal static class FsGitDir
{
    public static readonly BashRule Rule = new("fs-git-dir", BashSeverity.Critical)
    {
        Reason = "it destroys the repository or what its hooks guard",
        Alternative = "git fsck",
        Denies =
        [
            "rm -rf .git",
            "rm -rf .git/objects",
            "rm -f .git/index",
            "echo x > .git/HEAD",
            "rm .git/hooks/pre-commit",
            "cp x .git/hooks/pre-commit",
            "find .git -delete",
            "rm -rf sub/.git",
            "truncate -s 0 .git/config",
            "sed -i s/a/b/ .git/config",
            "rm -rf .gi*",
            "rm -rf .git/",
            "patch -p1 <<'E'\n--- /dev/null\n+++ b/.git/hooks/pre-commit\n@@ -0,0 +1 @@\n+b\nE",
            "sed -n '/x/w .git/hooks/pre-commit' x",
        ],
        Passes =
        [
            "ls .git",
            "cat .git/config",
            "rm -f .git/index.lock",
            "echo x >> .git/info/exclude",
            "rm -rf .github",
            "rsync -a repo/.git backup/",
            "rm .gitignore",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            if (effect.Place.Kind != PlaceKind.Git) continue;
            if (effect.Kind is FileEffectKind.Read or FileEffectKind.Mode or FileEffectKind.ModeTree) continue;
            var path = ProtectedFile.Meant(effect.Place, effect.Path, at.Setting).Path;
            if (path.EndsWith(".lock", StringComparison.Ordinal) && effect.Kind == FileEffectKind.Remove) continue;
            if (effect.Removes && IsJustCloned(path, at)) continue;
            if (effect.Loses ? !IsScratch(path) : IsCode(path)) return BashFinding.Plain;
        }
        return null;
    }

    /// <summary><c>git clone URL dir &amp;&amp; rm -rf dir/.git</c>: this command brought it, to where nothing was.</summary>
    private static bool IsJustCloned(string path, RuleCase at)
    {
        if (!path.EndsWith("/.git", StringComparison.Ordinal) || at.Setting.Shell.Probe?.Invoke(path).Exists == true) return false;
        var folder = path[..^"/.git".Length];
        if (folder == at.Setting.ProjectRoot) return false;
        foreach (var earlier in at.All)
        {
            if (earlier.Invocation.Order >= at.Invocation.Order) return false;
            if ((earlier.Name == "git" || (earlier.Name == "gh" && earlier.Argument(1) == "clone")) && FetchingTools.Folder(earlier) is { } cloned && earlier.PlaceOf(cloned).Path == folder) return true;
        }
        return false;
    }

    /// <summary>Texts that git itself rewrites and nobody misses.</summary>
    private static bool IsScratch(string path) =>
        path.EndsWith("/.git/info/exclude", StringComparison.Ordinal) || path.EndsWith("_EDITMSG", StringComparison.Ordinal)
        || path.EndsWith("/.git/description", StringComparison.Ordinal) || path.EndsWith("_MSG", StringComparison.Ordinal) || path.Contains("/.git/lfs/tmp", StringComparison.Ordinal);

    /// <summary>Files whose added lines run.</summary>
    private static bool IsCode(string path) => path.Contains("/hooks/", StringComparison.Ordinal) || path.EndsWith("/.git/config", StringComparison.Ordinal);
}
