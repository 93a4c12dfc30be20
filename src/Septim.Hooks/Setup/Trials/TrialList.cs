using System.Text;
using Septim.Hooks.Claude;

namespace Septim.Hooks.Setup.Trials;

/// <summary>What every gate is tried with. Nothing here is ever run: a dangerous command is only told about.</summary>
internal static class TrialList
{
    private static readonly string[] Calls = [HookEvent.PreToolUse];
    private static readonly string[] Refusing = [HookEvent.PreToolUse, HookEvent.UserPromptSubmit, HookEvent.PostToolBatch];

    private static readonly string[] Broken = [.. Refusing, HookEvent.ConfigChange];

    public static readonly Trial[] All =
    [
        new("harmless", Refusing, (place, name) => place.Payload(name, place.Cheap), MustBlock: false),
        new("dangerous command", Calls, (place, name) => place.Payload(name, place.Cheap, "rm -rf /"), MustBlock: true, Gate: "bash-gate"),
        // Why /: the home of the trial lies below the temporary folder, where deleting is no danger.
        new("hidden dangerous command", Calls, (place, name) => place.Payload(name, place.Cheap, "cd /tmp && sh -c 'r\"\"m -rf /'"), MustBlock: true, Gate: "bash-gate"),
        new("ceiling reached", Refusing, (place, name) => place.Payload(name, place.Dear), MustBlock: true, Gate: "cost-gate"),
        new("transcript is a directory", Refusing, (place, name) => place.Payload(name, place.Root), MustBlock: true, Gate: "cost-gate"),
        new("empty input", Broken, (_, _) => [], MustBlock: true),
        new("truncated input", Broken, (place, name) => place.Payload(name, place.Cheap)[..120], MustBlock: true),
        new("not an object", Broken, (_, _) => "[]"u8.ToArray(), MustBlock: true),
        new("empty object", Broken, (_, _) => "{}"u8.ToArray(), MustBlock: true),
        new("wrong types", Broken, (_, name) => Encoding.UTF8.GetBytes($$"""{"hook_event_name":"{{name}}","session_id":7,"tool_name":[],"tool_input":"x"}"""), MustBlock: true),
        new("two objects", Broken, (place, name) => [.. place.Payload(name, place.Cheap), .. "{}"u8], MustBlock: true),
        new("bytes that are no text", Broken, (place, name) => [.. place.Payload(name, place.Cheap)[..^3], 0xFF, 0xFE, .. "\"}"u8], MustBlock: true),
        new("program missing", Broken, (place, name) => place.Payload(name, place.Cheap), MustBlock: true, WithoutProgram: true),
    ];
}
