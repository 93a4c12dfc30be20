namespace Septim.Hooks.Shell.Evaluation;

/// <summary>The shell's own commands that a file of the same name does not replace.</summary>
internal static class Builtins
{
    /// <summary>Those whose arguments are assignments.</summary>
    public static bool Declares(string? name) => name is "export" or "declare" or "typeset" or "local" or "readonly";

    public static bool Contains(string name) => name is "echo" or "printf" or "test" or "[" or "kill" or "pwd" or "true" or "false"
        or "cd" or "read" or "eval" or "exec" or "source" or "." or "set" or "unset" or "export" or "type" or "trap" or "wait" or "umask";
}
