using System.Text;
using Septim.Hooks.Claude;
using Septim.Hooks.Setup;

namespace Septim.Hooks.Tests.Support;

/// <summary>
/// The hooks one by one, for people who wire by hand: where each is called. The folders below <c>hooks/</c> and the files in
/// <c>settings-templates/</c> are written from here, and a test keeps them so.
/// </summary>
internal sealed record HookCatalogue(string Verb, IReadOnlyList<HookPoint> Points)
{
    private static readonly HookPoint AnyTool = new(HookEvent.PreToolUse, "*");
    private static readonly HookPoint Prompt = new(HookEvent.UserPromptSubmit);
    private static readonly HookPoint Start = new(HookEvent.SessionStart);
    private static readonly HookPoint End = new(HookEvent.SessionEnd);

    public static readonly HookCatalogue[] All =
    [
        new("bash-gate", [new(HookEvent.PreToolUse, "Bash|PowerShell|Monitor|Skill")]),
        new("config-gate", [AnyTool, new(HookEvent.ConfigChange)]),
        new("cost-gate", [Start, Prompt, AnyTool, new(HookEvent.PostToolBatch), End]),
        new("hook", [.. Preset.Recommended.Events.Select(Wiring.PointOf)]),
        new("loop-gate", [AnyTool]),
        new("notify", [Prompt, new(HookEvent.Stop), new(HookEvent.StopFailure), new(HookEvent.Notification), End]),
        new("stop-log", [Prompt, new(HookEvent.PostToolUseFailure), new(HookEvent.SubagentStop), new(HookEvent.Stop), new(HookEvent.StopFailure), End]),
        new("subagent-gate", [Prompt, new(HookEvent.PreToolUse, "Agent|Task|Workflow|SendMessage")]),
    ];

    /// <summary>The templates, each a union of fragments.</summary>
    public static readonly (string File, string[] Verbs)[] Templates =
    [
        ("everything.json", ["bash-gate", "config-gate", "cost-gate", "loop-gate", "subagent-gate", "notify", "stop-log"]),
        ("gates.json", ["bash-gate", "config-gate", "cost-gate", "loop-gate", "subagent-gate"]),
        ("minimal.json", ["cost-gate"]),
        ("recommended.json", ["hook"]),
    ];

    public static HookCatalogue Find(string verb) => Array.Find(All, hook => hook.Verb == verb) ?? throw new HookFault($"there is no hook {verb}");

    /// <summary>A settings file with these hooks and nothing else.</summary>
    /// <param name="hooks">Which; their groups stand in this order under each event.</param>
    /// <param name="before">An object whose members come first; empty for none.</param>
    /// <param name="command">The program.</param>
    public static byte[] SettingsOf(IEnumerable<HookCatalogue> hooks, string before = "", string command = "septim")
    {
        var text = JsonText.Parse(Encoding.UTF8.GetBytes(before), "template");
        text = text.Append(text.Root, "hooks", "{}"u8);
        foreach (var hook in hooks)
            foreach (var point in hook.Points)
            {
                if (text.Root["hooks"]![point.Event] is null) text = text.Append(text.Root["hooks"]!, point.Event, "[]"u8);
                text = text.Append(text.Root["hooks"]![point.Event]!, null, HookEntry.Group(point, command, hook.Verb, HookForm.Exec));
            }
        return text.Bytes;
    }
}
