namespace Septim.Hooks.Audit.Surroundings;

/// <summary>What the client silently ignores.</summary>
/// <param name="WholeFile">The file has no effect at all; else only the entry.</param>
/// <param name="Key">The key path.</param>
/// <param name="Why">In words, without values.</param>
/// <param name="Line">In the file.</param>
internal sealed record SettingsDrop(bool WholeFile, string Key, string Why, int Line);
