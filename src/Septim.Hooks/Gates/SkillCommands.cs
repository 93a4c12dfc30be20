using System.Text.RegularExpressions;

namespace Septim.Hooks.Gates;

/// <summary>
/// The commands that the client runs when the model calls a skill: <c>!`…`</c> and blocks fenced with <c>```!</c> in its text. No event tells of
/// them (client 2.1.330, measured 2026-12), so they are judged at the call.
/// </summary>
internal static partial class SkillCommands
{
    private const string Arguments = "$ARGUMENTS";

    /// <summary>All of them as one script, each in a shell of its own; null when the skill is not found or runs none.</summary>
    /// <exception cref="HookFault">The skill cannot be read.</exception>
    public static string? Of(GateContext context)
    {
        var name = context.Input.Tool!.InputText("skill");
        if (name is null || name.Split('/', '\\', ':').Contains("..")) return null;
        var given = context.Input.Tool.InputText("args") ?? "";
        var script = "";
        string[] folders = [Path.Combine(context.ProjectDirectory, ".claude"), Path.Combine(context.Input.Cwd, ".claude"), context.Client.ConfigDirectory];
        foreach (var folder in folders.Distinct())
        {
            foreach (var file in (string[])[Path.Combine(folder, "skills", name, "SKILL.md"), Path.Combine(folder, "commands", name.Replace(':', '/') + ".md")])
            {
                if (ConfigGate.ReadFile(file) is not { } text) continue;
                foreach (Match match in Command().Matches(System.Text.Encoding.UTF8.GetString(text)))
                    script += $"(\n{(match.Groups[1].Success ? match.Groups[1] : match.Groups[2]).Value.Replace(Arguments, given, StringComparison.Ordinal)}\n)\n";
            }
        }
        return script.Length > 0 ? script : null;
    }

    [GeneratedRegex(@"(?<![^\s])!`([^`]+)`|^```!\s*\n(.*?)\n```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Command();
}
