using Septim.Hooks.Config;

namespace Septim.Hooks.Setup.Probes;

/// <summary>
/// Do hooks ask the model? Those of the types <c>prompt</c> and <c>agent</c> do so at every event, and nothing of it stands in the
/// transcript (client 2.1.330, measured 2026-12). What it costs depends on their text and on the model, so only a percentage can stand for it.
/// </summary>
internal static class ModelHooksProbe
{
    public static IEnumerable<Diagnosis> Look(ProbeContext context)
    {
        var config = ConfigLoader.Load(context.Paths, context.Places.Client, context.Places.ProjectDirectory, context.Variable, TimeProvider.System);
        var asking = Files(context.Places).SelectMany(Asking).ToList();
        if (asking.Count == 0) yield return Diagnosis.Fine("no hook asks the model, beside what stands in the transcript");
        else if (config.OverheadPercent > 0) yield return Diagnosis.Fine($"{Plural.Of(asking.Count, "hook")} of the types prompt and agent, for which {config.OverheadPercent} % is added");
        else
            foreach (var hook in asking)
                yield return Diagnosis.Warning($"{hook} asks the model at every event, and no line of the transcript says what that costs", "set overheadPercent to what such requests add, such as 20");
    }

    private static IEnumerable<SettingsReading> Files(SettingsPlaces places) =>
        SettingsPlaces.FromHighest.Select(scope => SettingsReading.Of(places.PathOf(scope), scope)).OfType<SettingsReading>()
            .Concat(PluginHooks.Find(places).Select(plugin => plugin.File));

    private static IEnumerable<string> Asking(SettingsReading file)
    {
        if (file is not { Text: { } text, IsDropped: false }) yield break;
        foreach (var entry in text.Root["hooks"]?.Items ?? [])
            foreach (var group in entry.Items)
                foreach (var handler in group["hooks"]?.Items ?? [])
                    if (text.Text(handler["type"]) is "prompt" or "agent") yield return $"{file.Path}:{text.LineOf(handler)}: the {text.Text(handler["type"])} hook of {entry.Name}";
    }
}
