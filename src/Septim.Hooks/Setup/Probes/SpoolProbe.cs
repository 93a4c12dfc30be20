namespace Septim.Hooks.Setup.Probes;

/// <summary>Is the record delivered? Reads the folders alone, since what delivers may be what is broken.</summary>
internal static class SpoolProbe
{
    private const int ManyWaiting = 1000;

    public static IEnumerable<Diagnosis> Look(ProbeContext context)
    {
        var root = Path.Combine(context.Paths.StateDirectory, "ship");
        if (!Directory.Exists(root))
        {
            yield return Diagnosis.Fine("nothing was recorded yet");
            yield break;
        }
        var waiting = Count(root, "spool") + Count(root, "notices") + Count(root, "queue");
        yield return waiting > ManyWaiting
            ? Diagnosis.Warning($"{waiting} events wait for delivery", "run `septim ship` and read what it says")
            : Diagnosis.Fine($"{waiting} events wait for delivery");
        if (Count(root, "dead") is var dead && dead > 0)
            yield return Diagnosis.Warning($"{dead} events were refused by a receiver; the reasons lie in {Path.Combine(root, "dead")}", "mend the receiver or its settings");
        if (Path.Combine(root, "trouble") is var trouble && File.Exists(trouble))
            yield return Diagnosis.Warning(File.ReadAllText(trouble).Trim(), "see `septim ship`");
    }

    private static int Count(string root, string folder) =>
        Path.Combine(root, folder) is var path && Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).Count() : 0;
}
