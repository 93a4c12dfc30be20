using System.Globalization;

namespace Septim.Hooks.Claude;

/// <summary>
/// How many Claude Code clients stand above this process. A second witness beside the environment marker, because a command can
/// unset a variable and cannot change who its parents are. Linux only; elsewhere it knows nothing.
/// </summary>
internal static class ClientAncestry
{
    private const int MaxGenerations = 64;

    /// <returns>0 when this hook's own client was started by a person or a job; null where it cannot be told.</returns>
    public static int? Depth()
    {
        if (!OperatingSystem.IsLinux()) return null;
        var clients = 0;
        var process = "self";
        for (var generation = 0; generation < MaxGenerations; generation++)
        {
            if (Parent(process) is not { } parent) return null;
            if (parent == "0") break;
            // Why 1 too: in a container the client may be the first process.
            if (IsClient(parent)) clients++;
            if (parent == "1") break;
            process = parent;
        }
        return clients == 0 ? null : clients - 1;
    }

    /// <summary>When a process began, nanoseconds since 1970, to 10 ms; 0 where it cannot be told.</summary>
    public static long StartedNs(string? process)
    {
        if (!OperatingSystem.IsLinux() || process is null || !process.AsSpan().ContainsOnlyDigits()) return 0;
        // Source: proc(5): field 22 of stat is the start in clock ticks (100 a second) after boot, btime the boot in seconds; both are rounded, so two seconds are given.
        if (Fields(process) is not { Length: > 19 } fields || !long.TryParse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)) return 0;
        return BootSeconds() is { } boot ? checked((boot - 2) * 1_000_000_000 + ticks * 10_000_000) : 0;
    }

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.IsEmpty && text.IndexOfAnyExceptInRange('0', '9') < 0;

    private static long? BootSeconds()
    {
        foreach (var line in File.ReadLines("/proc/stat"))
            if (line.StartsWith("btime ", StringComparison.Ordinal)) return long.Parse(line.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture);
        return null;
    }

    private static string? Parent(string process) => Fields(process) is { Length: > 1 } fields ? fields[1] : null;

    /// <summary>The fields of <c>/proc/PID/stat</c> from the third on: state, parent, …</summary>
    private static string[]? Fields(string process)
    {
        try
        {
            // Why the last ")": the second field is the name in parentheses and may hold any character.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsClient(string process)
    {
        try
        {
            var command = File.ReadAllText($"/proc/{process}/cmdline").Split('\0');
            if (command.Length == 0) return false;
            var program = Path.GetFileName(command[0]);
            return program is "claude" or "claude.exe"
                || (program is "node" or "bun" && command.Length > 1 && command[1].Contains("claude-code", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
