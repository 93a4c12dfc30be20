using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>One argument of a command: a parameter's name with its dash, or a value.</summary>
internal readonly record struct PowerShellArgument(CodeValue Value, bool IsParameter);
