using Septim.Hooks.Gates.BashRules;
using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates;

/// <summary>What a tool call hands to a shell, as it was read; the same for all gates of one process.</summary>
/// <param name="Text">As the client sent it.</param>
/// <param name="Setting">The world around it.</param>
/// <param name="Reading">What it would run.</param>
internal sealed record CommandReading(string Text, RuleSetting Setting, ShellReading Reading)
{
    /// <summary>Tools that run commands. A monitor may listen to a socket instead, and few skills run any.</summary>
    public static bool MayComeFrom(string? tool) => tool is "Bash" or "PowerShell" or "Monitor" or "Skill";

    /// <returns>Null when the call runs no command.</returns>
    /// <exception cref="HookFault">The call of a shell holds no command.</exception>
    public static CommandReading? Of(GateContext context)
    {
        var tool = context.Input.Tool!;
        var command = tool.Name is "Skill" ? SkillCommands.Of(context) : tool.InputText("command");
        if (command is null && tool.Name is "Monitor" or "Skill") return null;
        if (command is null) throw new HookFault($"the input of {tool.Name} has no command, so there is nothing to judge");
        // Why: no shell can be given them, so what would run in their place is not known.
        if (command.Contains('\0')) throw new HookFault("the command holds a NUL character, which no shell takes; write it without");
        if (HoldsHalfAPair(command)) throw new HookFault("the command holds half of a surrogate pair, which is no character; write it without");
        var setting = BashSetting.Of(context.Client, context.Paths, context.Input.Cwd, context.Files);
        return new CommandReading(command, setting, BashGate.Read(tool.Name, command, setting));
    }

    private static bool HoldsHalfAPair(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0; at = text.IndexOfAnyInRange('\uD800', '\uDFFF'))
        {
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return true;
            text = text[(at + 2)..];
        }
        return false;
    }
}
