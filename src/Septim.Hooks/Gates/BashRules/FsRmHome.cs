using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Removal in a home directory, outside the project.</summary>
internal static class FsRmHome
{
    public static readonly BashRule Rule = new("fs-rm-home", BashSeverity.Critical)
    {
        Reason = "it removes a person's own files",
        Alternative = "ls ~/Music/*.flac",
        Denies =
        [
            "rm -rf ~",
            "rm -rf \"$HOME\"/*",
            "rm -rf ~bob",
            "rm -f ~/Music/*.flac",
            "rm -r ~/Documents",
            "rm -rf /home/dev",
            "rm -rf ../..",
            "rm -rf ~/.cache ~/Documents",
            "rm -rf ~/.cache/../x",
            "rm -rf ~/.gradle",
        ],
        Asks =
        [
            "rm ~/notes.txt",
            "rm -rf ~/.cache/pip",
            "rm -rf ~/Library/Developer/Xcode/DerivedData/*",
            "rm -rf ~/.gradle/caches build",
        ],
        Passes =
        [
            "rm -rf /home/dev/project/dist",
            "rm -rf ./~backup",
            "rm -rf \"~\"",
            "ls ~",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        BashFinding? found = null;
        foreach (var effect in at.Effects)
        {
            if (!effect.Removes || effect.IsSelection || !effect.Place.IsHome) continue;
            var isOneFile = effect.Kind == FileEffectKind.Remove && !effect.Place.IsPattern && effect.Place.Kind == PlaceKind.Home;
            if (isOneFile) found ??= BashFinding.Medium;
            else if (effect.Place.Kind == PlaceKind.Home && IsCache(effect.Place, at.Setting.Home)) found ??= new BashFinding(BashSeverity.Medium, "it removes what a tool keeps to be faster, and will fetch or make again");
            else return BashFinding.Plain;
        }
        return found;
    }

    /// <summary>The place, and what it leads to, is a cache below the home directory or lies in one.</summary>
    private static bool IsCache(Place place, string home) => IsCache(place.Path, home) && (place.Target is not { } target || IsCache(target, home));

    private static bool IsCache(string path, string home)
    {
        if (home.Length < 2 || path.Length <= home.Length || !ShellPath.IsAtOrBelow(path, home)) return false;
        foreach (var cache in s_caches)
        {
            if (ShellPath.IsAtOrBelow(path[(home.Length + 1)..], cache)) return true;
        }
        return false;
    }

    /// <summary>Directories that their tools fill again by themselves. Sources: the XDG base directories, the tools' manuals, November 2026.</summary>
    private static readonly string[] s_caches =
    [
        ".cache", ".npm/_cacache", ".npm/_npx", ".npm/_logs", ".pnpm-store", ".yarn/cache", ".yarn/berry/cache", ".bun/install/cache", ".gradle/caches", ".gradle/daemon",
        ".m2/repository", ".ivy2/cache", ".ivy2/local", ".sbt/boot", ".coursier/cache", ".cargo/registry", ".cargo/git", ".nuget/packages", "go/pkg/mod", ".pub-cache", ".conda/pkgs",
        "miniconda3/pkgs", "anaconda3/pkgs", ".android/cache", ".terraform.d/plugin-cache", ".local/share/pnpm/store", "Library/Caches", "Library/Developer/Xcode/DerivedData",
        "Library/Developer/CoreSimulator/Caches",
    ];
}
