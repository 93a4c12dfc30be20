namespace Septim.Hooks.Setup.Probes;

/// <summary>Which settings files does the client load, which does it silently drop, and why?</summary>
internal static class SettingsProbe
{
    public static IEnumerable<Diagnosis> Look(ProbeContext context)
    {
        var any = false;
        foreach (var scope in Enum.GetValues<SettingsScope>())
        {
            if (SettingsReading.Of(context.Places.PathOf(scope), scope) is not { } file) continue;
            any = true;
            if (file.Problem is { } problem)
                yield return Diagnosis.Failure($"the client drops this file: {problem}", "mend the file; until then nothing in it counts");
            foreach (var trap in file.Traps)
                yield return new Diagnosis(trap.DropsFile ? ProbeLevel.Failure : ProbeLevel.Warning, $"{file.Path}: {trap}", "mend that line");
            if (!file.IsDropped) yield return Diagnosis.Fine($"{scope.ToString().ToLowerInvariant()}: {file.Path}");
        }
        if (!any) yield return Diagnosis.Failure("there is no settings file, so nothing is wired", "run `septim install`");
        if (SettingsReading.Disabler(context.Places) is { } disabler)
            yield return Diagnosis.Failure(
                $"{disabler.Path} says disableAllHooks: {(disabler.Scope == SettingsScope.Managed ? "no hook runs" : "only managed hooks run")}", "take that key out");
    }
}
