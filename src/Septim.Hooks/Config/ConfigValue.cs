namespace Septim.Hooks.Config;

/// <summary>One value as one layer gives it.</summary>
/// <param name="Key">The setting.</param>
/// <param name="Text">As it would be written; for <see cref="ConfigKind.Json"/> the raw JSON.</param>
/// <param name="Layer">Who says so.</param>
/// <param name="Origin">Path and line, or the variable, for people.</param>
internal sealed record ConfigValue(ConfigKey Key, string Text, ConfigLayer Layer, string Origin);
