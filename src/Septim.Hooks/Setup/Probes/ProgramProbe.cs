namespace Septim.Hooks.Setup.Probes;

/// <summary>Is the program that a person and a shared settings file mean by <c>septim</c> this one?</summary>
internal static class ProgramProbe
{
    public static IEnumerable<Diagnosis> Look(ProbeContext context)
    {
        yield return Diagnosis.Fine($"septim {context.ProgramVersion}{(context.ProgramPath is { } path ? $" at {path}" : "")}");
        if (ClientProgram.Find("septim", context.Variable) is not { } onPath)
            yield return Diagnosis.Warning("septim is not on the PATH; settings that name no path do not find it, and then block every call", "add its folder to the PATH, such as ~/.local/bin");
        else if (context.ProgramPath is { } own && OurHandler.IsSeptim(own) && !SameFile(own, onPath))
            yield return Diagnosis.Warning($"the septim on the PATH is another one: {onPath}", "remove one of the two, or put the right one first");
    }

    private static bool SameFile(string a, string b) => Final(a) == Final(b);

    private static string Final(string path) =>
        new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : Path.GetFullPath(path);
}
