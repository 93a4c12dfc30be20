using Septim.Hooks.Config;

namespace Septim.Hooks.Setup;

/// <summary>What probes may look at. Each looks for itself: none trusts what another is there to diagnose.</summary>
/// <param name="Places">The settings files.</param>
/// <param name="Paths">Septim's own files.</param>
/// <param name="Variable">Looks up an environment variable.</param>
/// <param name="ProgramPath">This executable; null inside another.</param>
/// <param name="ProgramVersion">Its version.</param>
/// <param name="Now">The clock.</param>
internal sealed record ProbeContext(
    SettingsPlaces Places, SeptimPaths Paths, Func<string, string?> Variable, string? ProgramPath, string ProgramVersion, DateTimeOffset Now);
