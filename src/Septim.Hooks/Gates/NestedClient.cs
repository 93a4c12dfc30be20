using Septim.Hooks.Claude;
using Septim.Hooks.Gates.BashRules;
using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates;

/// <summary>
/// A client that a command starts, and whether it would load our hooks. It reads the settings of the folder it is started in, not of a folder
/// above (client 2.1.330, measured 2026-12): where only this project's settings hold our hooks, one that is started elsewhere has none, and
/// neither has one below a session that got them from <c>septim run</c> alone.
/// </summary>
internal static class NestedClient
{
    /// <summary>What comes first when the client is asked about itself and starts no session.</summary>
    private static readonly string[] s_noSession = ["mcp", "config", "doctor", "update", "upgrade", "install", "plugin", "auth", "login", "logout", "setup-token", "-v", "--version", "-h", "--help"];

    /// <returns>What is wrong with it, as the end of "it …"; null when it loads our hooks, or nothing speaks against that.</returns>
    public static string? Unguarded(RuleCase at, GateContext context)
    {
        if (at.Invocation.IsRemote || Array.IndexOf(s_noSession, First(at)) >= 0) return null;
        if (Holds(Facts(context.Client.ManagedDirectory, "managed-settings.json"))) return null;
        var folder = ShellPath.Absolute(at.Invocation.Directory, ".");
        var own = folder is null ? [] : Project(folder);
        if (Array.Exists(own, facts => facts.DisablesAllHooks)) return $"starts a client in {folder}, whose settings switch all hooks off";
        if (Holds(Facts(context.Client.ConfigDirectory, "settings.json")) || Array.Exists(own, Holds)) return null;
        if (!context.Tree.IsUnderRun && !Array.Exists(Project(context.ProjectDirectory), Holds)) return null;
        return $"starts a client in {folder ?? "a folder that is not known here"}, whose settings do not hold septim's hooks: it would have no gates and no ceiling (a person can put them into their own settings: `septim install`)";
    }

    /// <summary>The client's own first argument: behind npx and its like, what follows the name of the package.</summary>
    private static string? First(RuleCase at) =>
        at.Argument(at.Name is "claude" or "claude-code" ? 0 : Array.FindIndex(at.Arguments, argument => argument.Shown.Contains("claude-code", StringComparison.Ordinal)) + 1);

    private static SettingsFacts[] Project(string folder) => [Facts(folder, ".claude/settings.json"), Facts(folder, ".claude/settings.local.json")];

    private static SettingsFacts Facts(string folder, string file) =>
        ConfigGate.ReadFile(Path.Combine(folder, file)) is { } json ? SettingsFacts.Read(json) : SettingsFacts.None;

    private static bool Holds(SettingsFacts facts) =>
        !facts.DisablesAllHooks && (facts.SeptimEvents.Contains(HookEvent.PreToolUse) || facts.Plugins.Any(name => name.StartsWith("septim@", StringComparison.Ordinal)));
}
