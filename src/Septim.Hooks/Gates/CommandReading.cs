using Septim.Hooks.Gates.BashRules;
using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates;

/// <summary>The command of a Bash or PowerShell call as it was read; the same for all gates of one process.</summary>
/// <param name="Text">As the client sent it.</param>
/// <param name="Setting">The world around it.</param>
/// <param name="Reading">What it would run.</param>
internal sealed record CommandReading(string Text, RuleSetting Setting, ShellReading Reading)
{
    /// <exception cref="HookFault">The tool call holds no command.</exception>
    public static CommandReading Of(GateContext context)
    {
        var tool = context.Input.Tool!;
        var command = tool.InputText("command")
            ?? throw new HookFault($"the input of {tool.Name} has no command, so there is nothing to judge");
        var setting = BashSetting.Of(context.Client, context.Paths, context.Input.Cwd, context.Files);
        return new CommandReading(command, setting, BashGate.Read(tool.Name, command, setting));
    }
}
