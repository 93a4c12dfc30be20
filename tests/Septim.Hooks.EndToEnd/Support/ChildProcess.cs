using System.Diagnostics;

namespace Septim.Hooks.EndToEnd.Support;

/// <summary>What a finished process left behind.</summary>
/// <param name="ExitCode">128 + signal when a signal ended it.</param>
internal sealed record ProcessResult(int ExitCode, string Stdout, string Stderr, bool TimedOut, TimeSpan Took)
{
    public string All => Stdout + Stderr;
}

/// <summary>
/// Runs one program in a process group of its own, with exactly the environment given, and ends that group, and only
/// that group, when time is up.
/// </summary>
internal static class ChildProcess
{
    /// <param name="environment">The whole environment; null inherits ours.</param>
    /// <param name="asNobody">As root: run as uid 65534 through setpriv.</param>
    /// <param name="whileRunning">Called with the process id once it runs.</param>
    public static async Task<ProcessResult> Run(
        string file,
        IReadOnlyList<string> arguments,
        string workingFolder,
        IReadOnlyDictionary<string, string>? environment = null,
        string? stdin = null,
        bool asNobody = false,
        TimeSpan? timeout = null,
        Action<int>? whileRunning = null)
    {
        List<string> command = OperatingSystem.IsLinux() ? ["setsid"] : [];
        if (asNobody && Posix.IsRoot)
        {
            if (!Has("setpriv")) throw new SetupMissing("setpriv is missing; install util-linux (the client must not run as root)");
            command.AddRange(["setpriv", $"--reuid={Posix.Nobody}", $"--regid={Posix.Nobody}", "--clear-groups"]);
        }

        command.Add(file);
        command.AddRange(arguments);

        var start = new ProcessStartInfo(command[0])
        {
            WorkingDirectory = workingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        if (environment is not null)
        {
            start.Environment.Clear();
            foreach (var (name, value) in environment) start.Environment[name] = value;
        }

        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start");
        whileRunning?.Invoke(process.Id);
        var stdout = process.StandardOutput.ReadToEndAsync();
        var stderr = process.StandardError.ReadToEndAsync();
        try
        {
            if (stdin is not null) await process.StandardInput.WriteAsync(stdin);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A program may answer and leave without reading all its input.
        }

        using var patience = new CancellationTokenSource(timeout ?? TimeSpan.FromMinutes(1));
        var timedOut = false;
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            timedOut = true;
            await End(process);
        }

        return new ProcessResult(process.ExitCode, await stdout, await stderr, timedOut, clock.Elapsed);
    }

    public static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && (File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")) || File.Exists(Path.Combine(folder, program + ".cmd"))));

    private static async Task End(Process process)
    {
        if (!OperatingSystem.IsLinux())
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            return;
        }

        // Why: setsid made the process the leader of a group with its own number, so this reaches its children and nobody else.
        _ = Posix.Kill(-process.Id, Posix.SigTerm);
        using var grace = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        try
        {
            await process.WaitForExitAsync(grace.Token);
        }
        catch (OperationCanceledException)
        {
            _ = Posix.Kill(-process.Id, Posix.SigKill);
            await process.WaitForExitAsync();
        }
    }
}
