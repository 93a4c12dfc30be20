using System.Runtime.Versioning;
using Microsoft.Win32;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>The places of the Windows registry that the client and its shells take values from. Reads only.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsRegistry
{
    private const string MachineEnvironment = @"SYSTEM\CurrentControlSet\Control\Session Manager\Environment";
    private const string CommandProcessor = @"Software\Microsoft\Command Processor";
    private const string Policy = @"SOFTWARE\Policies\ClaudeCode";

    /// <summary>Key, variable and value of the person's and the machine's persistent environment.</summary>
    public static IEnumerable<(string Key, string Name, string Value)> Environment() =>
        Texts(Registry.CurrentUser, "Environment").Concat(Texts(Registry.LocalMachine, MachineEnvironment));

    /// <summary>What cmd.exe runs at each start.</summary>
    public static IEnumerable<(string Key, string Command)> AutoRun() =>
        from hive in (RegistryKey[])[Registry.CurrentUser, Registry.LocalMachine]
        from value in Texts(hive, CommandProcessor)
        where value.Name.Same("AutoRun") && value.Value.Length > 0
        select (value.Key, value.Value);

    /// <summary>Managed settings as JSON text, machine before person; null where none are set.</summary>
    public static (string Key, string Json)? Settings()
    {
        foreach (var hive in (RegistryKey[])[Registry.LocalMachine, Registry.CurrentUser])
            foreach (var (key, name, value) in Texts(hive, Policy))
                if (name.Same("Settings") && value.Length > 0) return (key, value);
        return null;
    }

    private static List<(string Key, string Name, string Value)> Texts(RegistryKey hive, string path)
    {
        using var key = hive.OpenSubKey(path);
        if (key is null) return [];
        var found = new List<(string, string, string)>();
        foreach (var name in key.GetValueNames().Order(StringComparer.OrdinalIgnoreCase))
            if (key.GetValue(name, null, RegistryValueOptions.DoNotExpandEnvironmentNames) is string text) found.Add((key.Name, name, text));
        return found;
    }
}
