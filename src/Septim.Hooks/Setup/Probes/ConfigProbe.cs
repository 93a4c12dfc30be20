using Septim.Hooks.Config;

namespace Septim.Hooks.Setup.Probes;

/// <summary>Is the configuration valid, and is any ceiling set?</summary>
internal static class ConfigProbe
{
    public static IEnumerable<Diagnosis> Look(ProbeContext context)
    {
        var config = ConfigLoader.Load(context.Paths, context.Places.Client, context.Places.ProjectDirectory, context.Variable, TimeProvider.System);
        var ceilings = new List<string>();
        foreach (var key in (ConfigKey[])[ConfigKeys.SessionUsd, ConfigKeys.SubagentUsd, ConfigKeys.RunUsd, ConfigKeys.DayUsd])
            if (config.Money(key) is { } usd) ceilings.Add($"{key.Path[9..^3]} {usd.ToDisplay()}");
        yield return ceilings.Count > 0
            ? Diagnosis.Fine($"ceilings: {string.Join(", ", ceilings)}")
            : Diagnosis.Failure("no ceiling in dollars is set", "set ceilings.sessionUsd in " + context.Paths.UserFile);
        foreach (var stray in SeptimPaths.Unread(context.Places.Client, context.Places.ProjectDirectory))
            yield return Diagnosis.Warning($"{stray} is read by nobody", $"yours is {context.Paths.UserFile}, a project's {SeptimPaths.ProjectFile(context.Places.ProjectDirectory)}; move it, or remove it");
        foreach (var value in Raises.InForce(context.Paths.RaisesFile, context.Now))
            yield return Diagnosis.Warning($"{value.Key.Path} is raised to {value.Text}: {value.Origin}", "fine while it is meant");
        if (config.DeadlineMs + 1000 > HookEntry.TimeoutSeconds * 1000)
            yield return Diagnosis.Failure($"deadlineMs is {config.DeadlineMs}, and the client stops waiting after {HookEntry.TimeoutSeconds} s", "set it to 8000");
    }
}
