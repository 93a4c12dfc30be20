namespace Septim.Hooks.Gates.BashRules;

/// <summary>A selection of files is removed from the project root down.</summary>
internal static class FsMassDelete
{
    public static readonly BashRule Rule = new("fs-mass-delete", BashSeverity.Medium)
    {
        Reason = "it removes matching files all over the project; look at the list first",
        Alternative = "find . -name '*.ts' -print",
        Denies =
        [
            "find . -name '*.ts' -delete",
            "find . -type f -mtime +1 -exec rm {} +",
            "find . -name '*.md' | xargs rm -f",
            "find . -type f | grep '\\.ts$' | xargs rm -f",
            "find . ! -name '*.pyc' -delete",
            "find . -name '*.ts' -o ! -path './build/*' -delete",
            "find . -regex '.*\\.ts$' -delete",
            "fd -g '*.ts' -X rm",
            "fd -e ts -x rm",
            "fd . -x rm {}",
            "ls | xargs rm",
            "find . -type f | while read f; do rm \"$f\"; done",
        ],
        Passes =
        [
            "ls *.bak | while read f; do rm \"$f\"; done",
            "find . -print",
            "find . | grep -E '(/__pycache__$|\\.pyc$|\\.pyo$)' | xargs rm -rf",
            "find . -name '*.py[co]' -delete",
            "find . -path './build/*' -delete",
            "find . -path '*/__pycache__/*' -delete",
            "find . -regex '.*\\.pyc$' -delete",
            "fd -e pyc -X rm",
            "fd -H '^\\.DS_Store$' -tf -X rm",
            "fd -g __pycache__ -t d -X rm -rf",
            "find /tmp/x -delete",
            "find /tmp -name 'test-*' -mtime +1 -delete",
            "find . -type d -empty -delete",
            "find . -name '*.pyc' -delete",
            "find src -name '*.orig' -delete",
            "find . -name __pycache__ -exec rm -rf {} +",
            "find . -type d -name __pycache__ | while read -r d; do rm -rf \"$d\"; done",
        ],
        Judge = Judge,
    };

    /// <summary>Something of the project is removed, no build product, and no repository has it (policy §2: a question in strict).</summary>
    private static bool IsAllThereIs(RuleCase at)
    {
        if (at.Setting.IsUnversioned is not { } isUnversioned || at.Invocation.IsGuess) return false;
        foreach (var effect in at.Effects)
        {
            if (effect.Removes && effect.Place.Kind == PlaceKind.Project && !effect.IsSelection && !BuildProducts.Has(Shell.ShellPath.Leaf(effect.Path.Shown.TrimEnd('/')))) return isUnversioned();
        }
        return false;
    }

    /// <summary><c>find … | while read f; do rm "$f"; done</c>, <c>for f in $(git ls-files); do rm $f; done</c>: the variable comes from a listing.</summary>
    private static bool IsOneOfMany(FileEffect effect, RuleCase at)
    {
        if ((at.Invocation.Reach & (Shell.Reach.Loop | Shell.Reach.Interpreter)) == 0 || effect.Path.Pieces is not [{ IsUnknown: true, From: { } feed }]) return false;
        // Why: `while read f; do rm "$f"; done < list` is `xargs rm < list`.
        if (feed is { From: [] or [{ Name: "cat" }], Files.Length: > 0 }) return true;
        foreach (var source in feed.From)
        {
            if (source.Name == "find") return !at.Of(source).Finder.OnlyBuildProducts && LiesOpen(at.Of(source));
            if (source.Name is "ls" or "fd") return ListsRoot(at.Of(source));
            if ((source.Name == "git" && source.Arguments.Length > 0 && source.Arguments[0].Is("ls-files"))) return source.Arguments.Length == 1 || !at.Of(source).HasArgument("-d") && !at.Of(source).HasArgument("--deleted");
        }
        return false;
    }

    /// <summary><c>ls</c>, <c>ls -A .</c>; names with a pattern are no worse than <c>rm</c> with that pattern.</summary>
    private static bool ListsRoot(RuleCase list)
    {
        var hasOperand = false;
        foreach (var argument in list.Arguments)
        {
            if (argument.StartsWith("-")) continue;
            hasOperand = true;
            var kind = list.PlaceOf(argument).Kind;
            if (kind is PlaceKind.ProjectRoot or PlaceKind.HomeRoot or PlaceKind.SystemRoot) return true;
            // Why: of a pattern ls prints whole paths, and fd always does.
            if ((argument.HasGlob || list.Name == "fd") && argument.Shown.Contains('/', StringComparison.Ordinal) && kind is PlaceKind.System or PlaceKind.Home or PlaceKind.Outside or PlaceKind.Unknown) return true;
        }
        return !hasOperand;
    }

    /// <summary>It starts at the project's root, or at a place that is not known.</summary>
    private static bool LiesOpen(RuleCase find)
    {
        foreach (var root in find.Finder.Roots)
        {
            if (find.PlaceOf(root).Kind is PlaceKind.ProjectRoot or PlaceKind.Unknown) return true;
        }
        return false;
    }

    private static BashFinding? Judge(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            if (!effect.Removes) continue;
            if (!effect.IsSelection)
            {
                // Why: `ls | xargs rm` takes its names from a list that is not known here.
                if (effect.Place.Kind == PlaceKind.Unknown && (at.Invocation.IsVia("xargs") || at.Invocation.IsVia("parallel"))) return BashFinding.Plain;
                if (IsOneOfMany(effect, at)) return BashFinding.Plain;
                continue;
            }
            if (effect.Finder is { OnlyBuildProducts: true }) continue;
            if (effect.Place.Kind == PlaceKind.ProjectRoot)
                return effect.Finder is { IsFiltered: false } ? new BashFinding(BashSeverity.Critical, "it removes the whole project") : BashFinding.Plain;
            if (effect.Place.Kind == PlaceKind.Unknown) return BashFinding.Plain;
            if (effect.Place.Kind == PlaceKind.TempRoot && effect.Finder is not { IsFiltered: true }) return BashFinding.Plain;
        }
        return IsAllThereIs(at) ? new BashFinding(BashSeverity.Low, "the project is under no version control, so what is removed is nowhere else") : null;
    }
}
