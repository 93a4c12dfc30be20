using System.Diagnostics;

namespace Septim.Hooks.Setup.Trials;

/// <summary>Starts a hook as the client does: directly in the exec form, through the shell otherwise, in the session's folder.</summary>
internal static class HookStart
{
    /// <summary>No answer is worth a longer wait, whatever the settings allow.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private const string Nowhere = "septim-selftest-missing-program";

    public static HookAnswer Run(WiredHook hook, byte[] payload, TrialPlace place, Dictionary<string, string> environment, bool withoutProgram, bool slowly = false)
    {
        var start = hook.Args is { } args
            ? new ProcessStartInfo(withoutProgram ? Path.Combine(place.Root, Nowhere) : Expand(hook.Command, hook, environment), args.Select(arg => Expand(arg, hook, environment)))
            : HookProcess.Shell(withoutProgram ? WithoutProgram(hook.Command) : hook.Command);
        start.WorkingDirectory = place.Project;
        if (hook.PluginRoot is { } plugin) environment = new(environment) { ["CLAUDE_PLUGIN_ROOT"] = plugin };
        return HookProcess.Run(start, environment, payload, TimeSpan.FromSeconds(Math.Min(hook.TimeoutSeconds, LongestWait.TotalSeconds)), slowly);
    }

    private static string WithoutProgram(string line)
    {
        var word = OurHandler.FirstWord(line);
        var at = line.IndexOf(word, StringComparison.Ordinal);
        return line[..at] + "/nowhere/" + Nowhere + line[(at + word.Length)..];
    }

    /// <summary>The client fills in these two folders in the exec form as well.</summary>
    private static string Expand(string text, WiredHook hook, Dictionary<string, string> environment) => text
        .Replace("${CLAUDE_PROJECT_DIR}", environment["CLAUDE_PROJECT_DIR"], StringComparison.Ordinal)
        .Replace("${CLAUDE_PLUGIN_ROOT}", hook.PluginRoot ?? "${CLAUDE_PLUGIN_ROOT}", StringComparison.Ordinal);
}
