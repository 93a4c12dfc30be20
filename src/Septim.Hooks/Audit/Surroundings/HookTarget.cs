namespace Septim.Hooks.Audit.Surroundings;

/// <summary>What a hook command starts, resolved without running it.</summary>
/// <param name="Program">The first word; a path or a name looked up on PATH.</param>
/// <param name="ProgramPath">Where it was found; null when it was not.</param>
/// <param name="Script">The script file that an interpreter gets, or the program itself when it is a text file; null for a binary.</param>
/// <param name="IsOurs">The program is this very executable.</param>
/// <param name="Verb">What ours is asked to do: <c>hook</c>, <c>cost-gate</c>, …</param>
/// <param name="Text">The script's text; empty for a binary or when it cannot be read.</param>
/// <param name="Problem">Why nothing can start: missing, not executable, unresolved; null when it can.</param>
/// <param name="NotExecutable">The file is started by itself and lacks the executable bit.</param>
/// <param name="Missing">A bare name that is on no PATH known here; its script is judged all the same.</param>
/// <param name="IsRelative">Its path depends on the session's directory.</param>
internal sealed record HookTarget(
    string Program, string? ProgramPath, string? Script, bool IsOurs, string Verb, string Text, string? Problem, bool NotExecutable = false,
    bool IsRelative = false, string? Missing = null)
{
    public static readonly HookTarget None = new("", null, null, false, "", "", null);
}
