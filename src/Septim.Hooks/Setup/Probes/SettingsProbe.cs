namespace Septim.Hooks.Setup.Probes;

/// <summary>Which settings files does the client load, which does it silently drop, and why?</summary>
internal static class SettingsProbe
{
    public static IEnumerable<Diagnosis> Look(ProbeContext context)
    {
        var any = false;
        foreach (var scope in SettingsPlaces.FromHighest.Reverse())
        {
            if (SettingsReading.Of(context.Places.PathOf(scope), scope) is not { } file) continue;
            any = true;
            foreach (var diagnosis in Of(file, scope.ToString().ToLowerInvariant())) yield return diagnosis;
        }
        foreach (var plugin in PluginHooks.Find(context.Places))
            foreach (var diagnosis in Of(plugin.File, $"plugin {plugin.Name}")) yield return diagnosis;
        if (!any) yield return Diagnosis.Failure("there is no settings file, so nothing is wired", "run `septim install`");
        if (SettingsReading.Disabler(context.Places) is { } disabler)
            yield return Diagnosis.Failure(
                $"{disabler.Path} says disableAllHooks: {(disabler.Scope == SettingsScope.Managed ? "no hook runs" : "only managed hooks run")}", "take that key out");
    }

    private static IEnumerable<Diagnosis> Of(SettingsReading file, string name)
    {
        if (file.Problem is { } problem)
            yield return Diagnosis.Failure($"the client drops this file: {problem}", "mend the file; until then nothing in it counts");
        foreach (var trap in file.Traps)
            yield return new Diagnosis(trap.DropsFile ? ProbeLevel.Failure : ProbeLevel.Warning, $"{file.Path}: {trap}", "mend that line");
        if (!file.IsDropped) yield return Diagnosis.Fine($"{name}: {file.Path}");
    }
}
