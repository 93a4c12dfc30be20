namespace Septim.Hooks.Audit.Surroundings;

/// <summary>What the audit takes from the Windows registry; values of their own in tests, none on other systems.</summary>
/// <param name="Environment">Key, variable and value of the persistent environment.</param>
/// <param name="AutoRun">Key and command: what cmd.exe runs at each start.</param>
/// <param name="Settings">Key and JSON text of the managed settings; null where none are set.</param>
internal sealed record RegistryValues(
    IReadOnlyList<(string Key, string Name, string Value)> Environment, IReadOnlyList<(string Key, string Command)> AutoRun, (string Key, string Json)? Settings)
{
    public static readonly RegistryValues None = new([], [], null);

    public static RegistryValues OfThisMachine() =>
        OperatingSystem.IsWindows() ? new([.. WindowsRegistry.Environment()], [.. WindowsRegistry.AutoRun()], WindowsRegistry.Settings()) : None;
}
