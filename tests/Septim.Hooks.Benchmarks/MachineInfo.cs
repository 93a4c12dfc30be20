using System.Runtime.InteropServices;

namespace Septim.Hooks.Benchmarks;

/// <summary>On what the figures were made.</summary>
internal static class MachineInfo
{
    public static string Processor => Line("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();

    public static string Kernel => RuntimeInformation.OSDescription + (File.Exists("/proc/sys/kernel/osrelease") ? ", kernel " + File.ReadAllText("/proc/sys/kernel/osrelease").Trim() : "");

    public static string Memory => Line("/proc/meminfo", "MemTotal") ?? "unknown";

    /// <summary>How busy the machine was with other things, over the last minute.</summary>
    public static string Load => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string? Line(string file, string key) => !File.Exists(file)
        ? null
        : File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
