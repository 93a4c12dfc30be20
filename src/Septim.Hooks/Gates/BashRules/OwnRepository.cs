using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// A repository that this command itself made, by <c>git init</c>, a clone or a copy into a folder that was not there: it holds no work
/// that could be lost. What is pushed from it is another matter.
/// </summary>
internal static class OwnRepository
{
    /// <summary>The finding, unless it is about such a repository.</summary>
    public static BashFinding? Spares(RuleCase at, BashFinding? finding) => finding is null || !Holds(at) ? finding : null;

    private static bool Holds(RuleCase at)
    {
        if (at.Invocation is not { Directory: { Length: > 1 } directory, IsRemote: false } || at.Git is not { } git) return false;
        if (git.Global.Has("--git-dir", "--work-tree") || at.Invocation.Variable("GIT_DIR") is not null || at.Invocation.Variable("GIT_WORK_TREE") is not null) return false;
        foreach (var earlier in at.All)
        {
            if (earlier.Invocation.Order >= at.Invocation.Order || !at.Work.Step()) return false;
            // Why: a work tree shares its branches and stashes with the repository that it is of.
            if (earlier.Git is { Verb: "worktree" }) return false;
            if (InFresh(directory, earlier)) return true;
            if (Made(earlier) is { } folder && ShellPath.IsAtOrBelow(directory, folder) && IsNew(folder, earlier)) return true;
        }
        return false;
    }

    /// <summary>It lies in a folder that mktemp made: <c>cp -r . "$T"; cd "$T"</c>.</summary>
    private static bool InFresh(string directory, RuleCase earlier)
    {
        foreach (var argument in earlier.Arguments)
        {
            if (argument is { IsFreshTemp: true, Text: { } folder } && ShellPath.IsAtOrBelow(directory, folder)) return true;
        }
        return false;
    }

    /// <summary>The folder of a repository that the command makes, or null.</summary>
    private static string? Made(RuleCase at)
    {
        if (at.Git is { Verb: "init" } git)
        {
            var operands = git.Read(new OptionTable("qb:", "bare quiet template= separate-git-dir= object-format= ref-format= initial-branch= shared=?")).Operands;
            return operands.Count == 0 ? at.Invocation.Directory : Known(at.PlaceOf(operands[0]));
        }
        return at.Name is "git" or "gh" && FetchingTools.Folder(at) is { } cloned ? Known(at.PlaceOf(cloned)) : null;
    }

    private static string? Known(Place place) => place is { IsPattern: false, Kind: PlaceKind.Temp or PlaceKind.Project } ? place.Path : null;

    /// <summary>Nothing is at the path, or this command removed it first.</summary>
    private static bool IsNew(string folder, RuleCase made)
    {
        if (folder == made.Setting.ProjectRoot) return false;
        if (made.Setting.Shell.Probe?.Invoke(folder).Exists != true) return true;
        foreach (var earlier in made.All)
        {
            if (earlier.Invocation.Order >= made.Invocation.Order || !made.Work.Step()) return false;
            foreach (var effect in earlier.Effects)
            {
                if (effect.Removes && effect.Place is { IsPattern: false } place && place.Path == folder) return true;
            }
        }
        return false;
    }
}
