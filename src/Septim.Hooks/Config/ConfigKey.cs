using System.Runtime.CompilerServices;

namespace Septim.Hooks.Config;

/// <summary>One setting: the row from which the file, the environment, validation, help and the JSON schema all follow.</summary>
/// <param name="Path">Its place in <c>septim.json</c>: <c>ceilings.sessionUsd</c>.</param>
/// <param name="Variable">Its environment variable; null when it has none.</param>
/// <param name="Kind">How its text is read.</param>
/// <param name="Default">As it would be written; null when there is none.</param>
/// <param name="Tightening">What a project file may do to it.</param>
/// <param name="Help">One sentence with the unit.</param>
internal sealed record ConfigKey(
    string Path, string? Variable, ConfigKind Kind, string? Default, Tightening Tightening, string Help)
{
    /// <summary>From mildest to strictest; empty unless <see cref="Kind"/> is <see cref="ConfigKind.Choice"/>.</summary>
    public string[] Choices { get; init; } = [];

    /// <summary>Each key is made once.</summary>
    public bool Equals(ConfigKey? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
