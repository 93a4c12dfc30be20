using Septim.Hooks.Shell.Evaluation;

namespace Septim.Hooks.Shell;

/// <summary>
/// The door to Shell/: text in, what it would run out. Pure: no disk, clock or environment but what the setting holds.
/// Never throws for any text; limits and syntax errors are in the reading.
/// </summary>
internal static class ShellProgram
{
    public static ShellReading Evaluate(string command, ShellSetting setting) => Evaluator.Read(command, setting);
}
