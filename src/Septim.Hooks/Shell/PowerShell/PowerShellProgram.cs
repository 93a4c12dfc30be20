namespace Septim.Hooks.Shell.PowerShell;

/// <summary>The door for the tool PowerShell: its text is read as if pwsh had been given it by the shell.</summary>
internal static class PowerShellProgram
{
    /// <summary>What the text would run. <see cref="ShellReading.Command"/> is the text as given to a shell; each invocation's source is PowerShell's own.</summary>
    public static ShellReading Evaluate(string command, ShellSetting setting) =>
        ShellProgram.Evaluate("pwsh -NoProfile -Command '" + command.Replace("'", "'\\''", StringComparison.Ordinal) + "'", setting);
}
