using System.ComponentModel;
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
            : Shell(withoutProgram ? WithoutProgram(hook.Command) : hook.Command);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.WorkingDirectory = place.Project;
        start.Environment.Clear();
        foreach (var (name, value) in environment) start.Environment[name] = value;
        if (hook.PluginRoot is { } plugin) start.Environment["CLAUDE_PLUGIN_ROOT"] = plugin;

        var watch = Stopwatch.StartNew();
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            if (slowly) FeedSlowly(process, payload);
            else Feed(process, payload);
            var wait = TimeSpan.FromSeconds(Math.Min(hook.TimeoutSeconds, LongestWait.TotalSeconds));
            if (!process.WaitForExit(wait))
            {
                process.Kill(entireProcessTree: true);
                return new HookAnswer(true, true, -1, "", "", watch.Elapsed);
            }
            return new HookAnswer(true, false, process.ExitCode, output.Result, error.Result, watch.Elapsed);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return new HookAnswer(false, false, -1, "", e.Message, watch.Elapsed);
        }
    }

    private static void Feed(Process process, byte[] payload)
    {
        try
        {
            process.StandardInput.BaseStream.Write(payload);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Why: a hook may answer without reading; what it answers counts.
        }
    }

    /// <summary>A byte a second, beside the wait for the answer; ends when the hook has gone.</summary>
    private static void FeedSlowly(Process process, byte[] payload) => _ = Task.Run(async () =>
    {
        try
        {
            for (var i = 0; i < payload.Length && !process.HasExited; i++)
            {
                process.StandardInput.BaseStream.WriteByte(payload[i]);
                await process.StandardInput.BaseStream.FlushAsync();
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or ObjectDisposedException)
        {
            // Why: the hook has answered and closed its end.
        }
    });

    private static ProcessStartInfo Shell(string line) =>
        OperatingSystem.IsWindows() ? new ProcessStartInfo("bash", ["-c", line]) : new ProcessStartInfo("/bin/sh", ["-c", line]);

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
