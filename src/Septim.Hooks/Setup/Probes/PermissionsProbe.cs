namespace Septim.Hooks.Setup.Probes;

/// <summary>Can others on this machine change what protects this person?</summary>
internal static class PermissionsProbe
{
    public static IEnumerable<Diagnosis> Look(ProbeContext context)
    {
        if (OperatingSystem.IsWindows())
        {
            yield return Diagnosis.Fine("not looked at on Windows");
            yield break;
        }
        var bad = 0;
        var settings = context.Places.PathOf(SettingsScope.User);
        foreach (var path in (string?[])[context.ProgramPath, settings, Path.GetDirectoryName(settings), context.Paths.UserFile, context.Paths.UserDirectory, context.Paths.RaisesFile, context.Paths.StateDirectory])
        {
            if (path is null || !Path.Exists(path) || !IsWritableByOthers(path)) continue;
            bad++;
            yield return Diagnosis.Failure($"others can write {path}", $"chmod go-w '{path}'");
        }
        if (bad == 0) yield return Diagnosis.Fine("only this user can write what protects them");
    }

    private static bool IsWritableByOthers(string path) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & UnixFileMode.OtherWrite) != 0;
}
