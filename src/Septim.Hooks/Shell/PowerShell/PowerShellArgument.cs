using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>One argument of a command: a parameter's name with its dash, or a value.</summary>
/// <param name="Value">As it stands there.</param>
/// <param name="IsParameter">It is a name with its dash.</param>
/// <param name="Attached">The value behind a colon: <c>-Confirm:$false</c>.</param>
internal readonly record struct PowerShellArgument(CodeValue Value, bool IsParameter, CodeValue? Attached = null);
