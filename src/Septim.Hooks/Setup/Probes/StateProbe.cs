namespace Septim.Hooks.Setup.Probes;

/// <summary>Can state be written? It is a cache: without it verdicts stay the same, but sessions side by side cannot count one another.</summary>
internal static class StateProbe
{
    private const long LowBytes = 100L << 20;

    public static IEnumerable<Diagnosis> Look(ProbeContext context)
    {
        var directory = context.Paths.StateDirectory;
        if (!Directory.Exists(directory))
        {
            yield return Diagnosis.Fine($"no state yet; it will lie in {directory}");
            yield break;
        }
        var probe = Path.Combine(directory, $".doctor-{Environment.ProcessId}");
        yield return CanWrite(probe)
            ? Diagnosis.Fine($"state in {directory}")
            : Diagnosis.Failure($"{directory} cannot be written; run and day ceilings then refuse every call", "make it writable, or delete it");
        if (new DriveInfo(directory).AvailableFreeSpace is var free && free < LowBytes)
            yield return Diagnosis.Warning($"only {free >> 20} MiB are free where the state lies", "make room");
    }

    private static bool CanWrite(string path)
    {
        try
        {
            File.WriteAllBytes(path, []);
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
