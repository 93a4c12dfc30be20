namespace Septim.Hooks.Setup.Probes;

/// <summary>Is Claude Code there, and which one?</summary>
internal static class ClientProbe
{
    /// <summary>The version with which the behaviour that we rely on was measured, 2026-11.</summary>
    private static readonly Version Measured = new(2, 1, 330);

    public static IEnumerable<Diagnosis> Look(ProbeContext context)
    {
        if (ClientProgram.Find("claude", context.Variable) is not { } client)
        {
            yield return Diagnosis.Warning("claude is not on the PATH", "fine where the client is started from elsewhere; else install it");
            yield break;
        }
        if (ClientProgram.InstalledVersion(context.Variable) is not { } version)
        {
            yield return Diagnosis.Warning($"{client} does not say its version", "run `claude --version` and look");
            yield break;
        }
        yield return version < Wiring.FirstWithOnFailure
            ? Diagnosis.Warning($"claude {version} at {client} does not know onFailure; a hook that times out lets the tool run there", $"update it to {Wiring.FirstWithOnFailure} or later and run `septim install` again")
            : Diagnosis.Fine($"claude {version} at {client}");
        if (version > Measured) yield return Diagnosis.Fine($"what hooks can rely on was measured with {Measured}; `septim selftest` shows what holds with this one");
    }
}
