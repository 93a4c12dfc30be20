using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Septim.Hooks.Setup.Trials;

/// <summary>One run of a hook's program, ours or foreign: with a deadline and a cap on what it may say.</summary>
internal static class HookProcess
{
    /// <summary>No answer is longer; what a hook writes beyond it is read and forgotten.</summary>
    private const int MaxOutput = 1 << 20;

    /// <param name="start">Program, arguments and folder; the streams are redirected here.</param>
    /// <param name="environment">All of it: nothing is inherited.</param>
    /// <param name="payload">For its stdin.</param>
    /// <param name="deadline">When it is killed.</param>
    /// <param name="slowly">A byte a second instead of all at once.</param>
    public static HookAnswer Run(ProcessStartInfo start, IEnumerable<KeyValuePair<string, string>> environment, byte[] payload, TimeSpan deadline, bool slowly = false)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment.Clear();
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var watch = Stopwatch.StartNew();
        try
        {
            using var process = Process.Start(start)!;
            var output = Task.Run(() => ReadCapped(process.StandardOutput));
            var error = Task.Run(() => ReadCapped(process.StandardError));
            if (slowly) FeedSlowly(process, payload);
            else Feed(process, payload);
            if (!process.WaitForExit(deadline))
            {
                process.Kill(entireProcessTree: true);
                return new HookAnswer(true, true, -1, "", "", watch.Elapsed);
            }
            // Why a deadline again: what it started and left running may hold its streams open.
            Task.WaitAll([output, error], deadline);
            return new HookAnswer(true, false, process.ExitCode, Said(output), Said(error), watch.Elapsed);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return new HookAnswer(false, false, -1, "", Cause.Of(e), watch.Elapsed);
        }
    }

    /// <summary>A line as the client's shell runs it.</summary>
    public static ProcessStartInfo Shell(string line) => new(OperatingSystem.IsWindows() ? "bash" : "/bin/sh", ["-c", line]);

    private static string Said(Task<string> stream) => stream.IsCompletedSuccessfully ? stream.Result : "";

    private static string ReadCapped(StreamReader reader)
    {
        var said = new StringBuilder();
        var buffer = new char[4096];
        // Why to the end: who is not read any more stands still, and would seem to have run out of time.
        for (int read; (read = reader.Read(buffer, 0, buffer.Length)) > 0;) said.Append(buffer, 0, Math.Min(read, MaxOutput - said.Length));
        return said.ToString();
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

    /// <summary>Beside the wait for the answer; ends when the hook has gone.</summary>
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
}
