using System.Text;
using Septim.Hooks.Claude;

namespace Septim.Hooks.Setup.Trials;

/// <summary>What every gate is tried with. Nothing here is ever run: a dangerous command is only told about.</summary>
internal static class TrialList
{
    private static readonly string[] Calls = [HookEvent.PreToolUse];
    private static readonly string[] Refusing = [HookEvent.PreToolUse, HookEvent.UserPromptSubmit, HookEvent.PostToolBatch];

    private static readonly string[] Broken = [.. Refusing, HookEvent.ConfigChange];

    private const int Huge = 10 << 20;

    private static readonly Dictionary<string, string> Turkish = new() { ["LANG"] = "tr_TR.UTF-8", ["LC_ALL"] = "tr_TR.UTF-8", ["TZ"] = "Pacific/Chatham" };

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
        new("no tool_input", Calls, (place, name) => Changed(place, name, "\"tool_input\"", "\"other_input\""), MustBlock: true),
        new("unknown event", Calls, (place, name) => Changed(place, name, "\"PreToolUse\"", "\"PreToolUsage\""), MustBlock: true),
        new("unknown keys everywhere", Refusing, (place, name) => Changed(place, name, "{\"session_id\"", "{\"unheard\":{\"of\":[1]},\"session_id\""), MustBlock: false),
        new("byte order mark", Refusing, (place, name) => [0xEF, 0xBB, 0xBF, .. place.Payload(name, place.Cheap)], MustBlock: false),
        new("pretty-printed, no final newline", Refusing, (place, name) => Changed(place, name, ",\"", ",\r\n  \"")[..^1], MustBlock: false),
        new("command twice, harmless first", Calls, (place, name) => Changed(place, name, "\"command\":", "\"command\":\"true\",\"command\":", "rm -rf /"), MustBlock: true, Gate: "bash-gate"),
        new("command twice, dangerous first", Calls, (place, name) => Changed(place, name, "\"command\":", "\"command\":\"rm -rf /\",\"command\":"), MustBlock: true, Gate: "bash-gate"),
        new("escaped command", Calls, (place, name) => Changed(place, name, "\"rm -rf /\"", "\"\\u0072m -\\u0072f /\"", "rm -rf /"), MustBlock: true, Gate: "bash-gate"),
        new("lone surrogate", Calls, (place, name) => Changed(place, name, "\"git status", "\"echo \\ud83d; git status"), MustBlock: true, Gate: "bash-gate"),
        new("huge command", Calls, (place, name) => place.Payload(name, place.Cheap, new string('a', Huge)), MustBlock: true, Gate: "bash-gate"),
        new("huge other field", Calls, (place, name) => Changed(place, name, "\"description\":\"", "\"description\":\"" + new string('x', Huge)), MustBlock: false),
        new("ten megabytes of spaces", Broken, (_, _) => Encoding.ASCII.GetBytes(new string(' ', Huge)), MustBlock: true),
        new("a hundred thousand lists", Broken, (_, _) => Encoding.ASCII.GetBytes(new string('[', 100_000)), MustBlock: true),
        new("transcript is empty", Refusing, (place, name) => place.Payload(name, place.File("empty.jsonl", "")), MustBlock: false, Gate: "cost-gate"),
        new("last line of the transcript is cut", Refusing, (place, name) => place.Payload(name, place.File("cut.jsonl", File.ReadAllText(place.Dear) + "{\"type\":\"assistant\",\"mess")), MustBlock: true, Gate: "cost-gate"),
        new("transcript line of 100 MiB", [HookEvent.PreToolUse], (place, name) => place.Payload(name, place.LongLine()), MustBlock: true, Gate: "cost-gate"),
        new("other locale and time zone", Calls, (place, name) => place.Payload(name, place.Cheap), MustBlock: false) { Variables = _ => Turkish },
        new("dangerous, other locale and time zone", Calls, (place, name) => place.Payload(name, place.Cheap, "rm -rf /"), MustBlock: true, Gate: "bash-gate") { Variables = _ => Turkish },
        new("dangerous, without a home", Calls, (place, name) => place.Payload(name, place.Cheap, "rm -rf /"), MustBlock: true, Gate: "bash-gate") { Variables = _ => new() { ["HOME"] = "", ["USERPROFILE"] = "" } },
        new("dangerous, without tools on the PATH", Calls, (place, name) => place.Payload(name, place.Cheap, "rm -rf /"), MustBlock: true, Gate: "bash-gate") { Variables = place => new() { ["PATH"] = place.Root } },
        new("dangerous, state that cannot be written", Calls, (place, name) => place.Payload(name, place.Cheap, "rm -rf /"), MustBlock: true, Gate: "bash-gate") { Variables = NoState },
        new("ceiling reached, state that cannot be written", Refusing, (place, name) => place.Payload(name, place.Dear), MustBlock: true, Gate: "cost-gate") { Variables = NoState },
        new("input that comes a byte a second", Calls, (place, name) => place.Payload(name, place.Cheap), MustBlock: true) { IsSlow = true },
        new("program missing", Broken, (place, name) => place.Payload(name, place.Cheap), MustBlock: true, WithoutProgram: true),
    ];

    private static byte[] Changed(TrialPlace place, string eventName, string old, string now, string command = "git status --short") =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(place.Payload(eventName, place.Cheap, command)).Replace(old, now, StringComparison.Ordinal));

    /// <summary>A file stands where the state's folder should be: what a full disk or a read-only one looks like from here.</summary>
    private static Dictionary<string, string> NoState(TrialPlace place) => new() { ["SEPTIM_STATE_DIR"] = Path.Combine(place.File("full", "x"), "state") };
}
