using System.Globalization;
using System.Text;

namespace Septim.Hooks.Tests.Audit;

/// <summary>Transcript lines for the audit's own tests.</summary>
internal static class Transcripts
{
    public static string Message(string id, long input, long read, long write, string model = "claude-sonnet-5-5", int minute = 0) =>
        $$$"""{"type":"assistant","cwd":"/gone/project","version":"2.1.330","entrypoint":"cli","timestamp":"2026-11-20T10:{{{minute.ToString("00", CultureInfo.InvariantCulture)}}}:00Z","requestedModel":"{{{model}}}","message":{"id":"{{{id}}}","model":"{{{model}}}","content":[{"type":"text","text":"x"}],"usage":{"input_tokens":{{{input}}},"output_tokens":10,"cache_read_input_tokens":{{{read}}},"cache_creation_input_tokens":{{{write}}}} } }""" + "\n";

    public static string Call(string id, string tool, string input, int minute = 0) =>
        $$$"""{"type":"assistant","cwd":"/gone/project","timestamp":"2026-11-20T10:{{{minute.ToString("00", CultureInfo.InvariantCulture)}}}:00Z","message":{"id":"m{{{id}}}","model":"claude-sonnet-5-5","content":[{"type":"tool_use","id":"{{{id}}}","name":"{{{tool}}}","input":{{{input}}}}],"usage":{"input_tokens":1,"output_tokens":1} } }""" + "\n";

    public static string Result(string id, int bytes) =>
        $$$"""{"type":"user","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"{{{id}}}","content":"{{{new string('x', bytes)}}}"}] } }""" + "\n";

    public static string Many(int count, Func<int, string> line)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++) text.Append(line(i));
        return text.ToString();
    }
}
