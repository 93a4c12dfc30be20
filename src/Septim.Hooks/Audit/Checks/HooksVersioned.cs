using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Audit.Surroundings;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>24: hook code is versioned, so that it can be reviewed and reaches CI and colleagues.</summary>
internal static class HooksVersioned
{
    public static readonly AuditCheck Check = new(
        24, "hooks-versioned", Severity.Medium,
        "Hook code is in the repository, a dotfiles repository, or an installed, versioned program.",
        "What nobody can review changes unseen. Project hooks do not run under --bare, --safe-mode or --setting-sources user.",
        "Resolves the script of each hook with the client's variables and asks git whether it is tracked and as in HEAD.",
        "Move it to .claude/hooks/, git add it, and refer to it as \"${CLAUDE_PROJECT_DIR}\"/.claude/hooks/x.sh or in exec form with args.",
        Judge);

    private static void Judge(AuditContext context, ItemResult item)
    {
        context.Settings.UsedBy(item);
        foreach (var plugin in context.Plugins) item.Use(plugin.Input);
        var hooks = context.Hooks.All.Where(hook => hook.Type == "command").ToList();
        if (hooks.Count == 0)
        {
            if (item.Unknown is null) item.NotApplicable = "no command hook is wired";
            return;
        }
        if (context.Repository.Problem is { } problem) item.CannotTell($"the repository cannot be read: {problem}");
        foreach (var hook in hooks.DistinctBy(hook => (hook.Place, hook.CommandLine))) Examine(context, item, hook);
        item.Note = hooks.Count == 1 ? "the hook runs no code that is not versioned" : $"none of {hooks.Count} hooks runs code that is not versioned";
    }

    private static void Examine(AuditContext context, ItemResult item, DeclaredHook hook)
    {
        var command = Said("command", Words.Quote(hook.CommandLine, 120));
        if (Enforcement.FetchesCode(hook.CommandLine) || Enforcement.ScriptFetchesCode(hook.Target.Text)) item.Fail("remote-code", "the hook fetches code and runs it: whoever controls the address controls this machine", hook.Place, hook.Name, Severity.Critical, null, null, command);
        if (hook.Args is null && hook.Command.Length > 200) item.Warn("inline-long", $"{hook.Command.Length} characters of code stand inline", hook.Place, hook.Name, null, null, null, command);
        if (hook.Target.IsRelative) item.Warn("relative", "the path depends on the session's directory and breaks in subdirectories", hook.Place, hook.Name, null, null, FixProposal.Guided("\"${CLAUDE_PROJECT_DIR}\"/…"), command);
        if (hook.IsOurs || (hook.Target.Script ?? (hook.Target.Program.Has("/") && hook.Target.Problem is not null ? hook.Target.Program : null)) is not { } script) return;
        // Why whole: ".." may lead out of the project.
        if (!Path.IsPathRooted(script) && !Roots.IsAbsolute(script) && !script.Has("$")) script = Path.Combine(context.Options.Project, script);
        if (Path.IsPathRooted(script) && !script.Has("$")) script = Path.GetFullPath(script);
        var shown = context.Roots.Show(script);
        // Why before whether it is there: what another user's home holds is missing here, and that is the fault.
        var isShared = hook.Source == "project" || (hook.Source == "agent" && context.Roots.IsInProject(hook.Place.Path));
        if (hook.Target.Problem is not null)
        {
            if (isShared && Roots.IsAbsolute(script) && !script.Has("$") && !context.Roots.IsInProject(script)) item.Fail("outside", $"a project hook names {shown}, which no colleague and no CI has", hook.Place, hook.Name, null, null, FixProposal.Guided("move it to .claude/hooks/ and git add it"), command);
            return;
        }
        if (isShared)
        {
            if (!context.Roots.IsInProject(script)) item.Fail("outside", $"a project hook names {shown}, which no colleague and no CI has", hook.Place, hook.Name, null, null, FixProposal.Guided("move it to .claude/hooks/ and git add it"), command);
            else if (context.Repository.Exists && !context.Repository.IsTracked(script)) item.Fail("untracked", $"{shown} is not under version control", hook.Place, hook.Name, null, null, FixProposal.Guided($"git add {shown}"), command);
            else if (context.Repository.DiffersFromHead(script)) item.Warn("modified", $"{shown} differs from HEAD", hook.Place, hook.Name, null, null, null, command);
        }
        else if (hook.Source is "user" or "local" && !context.Roots.IsInProject(script) && !IsInRepository(script)) item.Warn("user-script", $"{shown} is in no git repository", hook.Place, hook.Name, null, null, null, command);
        if (IsWritable(script)) item.Fail("writable", $"others on this machine can write {shown}", hook.Place, hook.Name, Severity.High, null, FixProposal.Guided($"chmod go-w {shown}"), command);
        // Why not always: a program is larger than what is read of a text, and only where it lies counts.
        if (context.Inputs.Read(script) is { Status: InputStatus.Unreadable } unreadable) item.Use(unreadable);
        else item.Read(script);
    }

    /// <summary>By everybody; a group of one's own is no other.</summary>
    internal static bool IsWritableByOthers(string path)
    {
        try
        {
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & UnixFileMode.OtherWrite) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    internal static bool IsWritable(string path)
    {
        try
        {
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsInRepository(string path)
    {
        for (var folder = Path.GetDirectoryName(path); folder is { Length: > 1 }; folder = Path.GetDirectoryName(folder))
            if (Path.Exists(Path.Combine(folder, ".git"))) return true;
        return false;
    }
}
