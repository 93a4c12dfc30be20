using Septim.Hooks.Setup.Probes;

namespace Septim.Hooks.Setup;

/// <summary>One thing that <c>septim doctor</c> looks at.</summary>
/// <param name="Id">For the report; also the name of its file.</param>
/// <param name="Look">Looks. What it throws is a failure of the thing, not of the doctor.</param>
internal sealed record Probe(string Id, Func<ProbeContext, IEnumerable<Diagnosis>> Look)
{
    /// <summary>From the ground up: what comes first explains what comes later.</summary>
    public static readonly Probe[] All =
    [
        new("program", ProgramProbe.Look),
        new("client", ClientProbe.Look),
        new("settings", SettingsProbe.Look),
        new("wiring", WiringProbe.Look),
        new("config", ConfigProbe.Look),
        new("model-hooks", ModelHooksProbe.Look),
        new("state", StateProbe.Look),
        new("spool", SpoolProbe.Look),
        new("prices", PricesProbe.Look),
        new("clock", ClockProbe.Look),
        new("permissions", PermissionsProbe.Look),
    ];
}
