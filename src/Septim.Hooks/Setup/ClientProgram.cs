using System.Diagnostics;

namespace Septim.Hooks.Setup;

/// <summary>The installed Claude Code, as far as it can be found on the PATH.</summary>
internal static class ClientProgram
{
    private static readonly TimeSpan VersionTimeout = TimeSpan.FromSeconds(10);

    /// <returns>The first program of that name on the PATH; null when there is none.</returns>
    public static string? Find(string name, Func<string, string?> variable)
    {
        string[] names = OperatingSystem.IsWindows() ? [name + ".exe", name + ".cmd"] : [name];
        foreach (var directory in (variable("PATH") ?? "").Split(Path.PathSeparator))
        {
            if (directory.Length == 0) continue;
            foreach (var file in names)
                if (Path.Combine(directory, file) is var path && IsExecutable(path)) return path;
        }
        return null;
    }

    /// <returns>Null when there is no client, or it does not say within ten seconds.</returns>
    public static Version? InstalledVersion(Func<string, string?> variable) =>
        Find("claude", variable) is { } client && Run(client, ["--version"], VersionTimeout) is { ExitCode: 0 } answer
            ? ParseVersion(answer.Output)
            : null;

    /// <summary>Of <c>2.1.330 (Claude Code)</c> the number.</summary>
    public static Version? ParseVersion(string text)
    {
        var digits = text.AsSpan().Trim();
        var end = 0;
        while (end < digits.Length && (char.IsAsciiDigit(digits[end]) || digits[end] == '.')) end++;
        return Version.TryParse(digits[..end], out var version) ? version : null;
    }

    /// <returns>Null when it cannot be started or does not end in time; then it is killed.</returns>
    public static (int ExitCode, string Output)? Run(string program, IEnumerable<string> arguments, TimeSpan timeout, string? workingDirectory = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(timeout))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }
            return (process.ExitCode, output.Result + error.Result);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsExecutable(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
