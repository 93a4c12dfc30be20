namespace Septim.Hooks.Gates.BashRules;

/// <summary>Names of programs that read shell language.</summary>
internal static class ShellTools
{
    public static bool IsShell(string name) => name is "sh" or "bash" or "zsh" or "dash" or "ash" or "ksh" or "mksh" or "fish" or "csh" or "tcsh" or "rbash" or "busybox";
}
