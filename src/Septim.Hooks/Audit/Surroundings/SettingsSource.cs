using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>One settings file, as the client would take it.</summary>
/// <param name="Name">managed, local, project or user.</param>
/// <param name="Input">The file.</param>
/// <param name="Root">Its object; null when it is absent, unreadable or dropped.</param>
/// <param name="Parsed">Its object even when the client drops it; null when it cannot be parsed.</param>
/// <param name="Drops">Entries, or the whole file, that the client ignores.</param>
internal sealed record SettingsSource(string Name, Input Input, Node? Root, Node? Parsed, IReadOnlyList<SettingsDrop> Drops)
{
    public string Path => Input.Path;
    public bool IsManaged => Name == "managed";

    /// <summary>In the repository, so the model and every contributor can write it.</summary>
    public bool IsInProject => Name is "project" or "local";
}
