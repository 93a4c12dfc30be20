using Septim.Hooks.Claude;

namespace Septim.Hooks.Setup;

/// <summary>Where the settings files lie. Source: client 2.1.330, measured on Linux; macOS and Windows from its documentation of 2026-08.</summary>
/// <param name="Client">Home and configuration directory.</param>
/// <param name="ProjectDirectory">The project of the project and local scopes.</param>
/// <param name="ManagedDirectory">The machine's directory.</param>
internal sealed record SettingsPlaces(ClientEnvironment Client, string ProjectDirectory, string ManagedDirectory)
{
    /// <summary>The scopes that have a settings file, in the order in which their words count.</summary>
    public static readonly SettingsScope[] FromHighest = [SettingsScope.Managed, SettingsScope.Local, SettingsScope.Project, SettingsScope.User];

    public string PathOf(SettingsScope scope) => scope switch
    {
        SettingsScope.User => Path.Combine(Client.ConfigDirectory, "settings.json"),
        SettingsScope.Project => Path.Combine(ProjectDirectory, ".claude", "settings.json"),
        SettingsScope.Local => Path.Combine(ProjectDirectory, ".claude", "settings.local.json"),
        SettingsScope.Managed => Path.Combine(ManagedDirectory, "managed-settings.json"),
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "a plugin has no settings file"),
    };
}
