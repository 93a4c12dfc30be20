using System.ComponentModel;
using System.Diagnostics;

namespace Septim.Hooks.Audit.Reading;

/// <summary>
/// Runs git without shell, hooks, pager, prompts or network. A repository's own configuration can name programs, so nothing that runs a
/// filter, a diff driver or a file-system monitor is asked for.
/// </summary>
internal sealed class GitProgram(string directory)
{
    private static readonly string[] Guards =
        ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.pager=cat", "-c", "protocol.allow=never", "-c", "safe.directory=*", "-c", "core.quotePath=false", "--no-pager"];

    /// <param name="arguments">The vector after the guards.</param>
    /// <param name="input">Given on stdin.</param>
    /// <param name="onOutput">Takes stdout; without it stdout is returned.</param>
    /// <param name="timeout">After it the process is ended.</param>
    /// <returns>Null when there is no git.</returns>
    public GitAnswer? Run(string[] arguments, byte[]? input = null, Action<Stream>? onOutput = null, TimeSpan? timeout = null)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var guard in Guards) start.ArgumentList.Add(guard);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(name => name.Starts("GIT_")).ToArray()) start.Environment.Remove(name);
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
        [
            ("GIT_OPTIONAL_LOCKS", "0"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_NO_LAZY_FETCH", "1"), ("LC_ALL", "C"),
        ]) start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var feed = Task.Run(() => Feed(process, input));
            using var guard = new Timer(_ => Kill(process), null, timeout ?? TimeSpan.FromSeconds(30), Timeout.InfiniteTimeSpan);
            var output = new MemoryStream();
            if (onOutput is null) process.StandardOutput.BaseStream.CopyTo(output);
            else onOutput(process.StandardOutput.BaseStream);
            process.WaitForExit();
            feed.Wait();
            return new GitAnswer(process.ExitCode, output.ToArray(), errors.Result);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static void Feed(Process process, byte[]? input)
    {
        try
        {
            if (input is not null) process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Why: git ended early; its exit code and stderr say why.
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // Why: it ended by itself in the meantime.
        }
    }
}
