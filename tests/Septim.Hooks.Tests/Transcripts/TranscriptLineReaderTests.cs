using System.Text;
using CsCheck;
using Septim.Hooks.Tests.Support;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Transcripts;

/// <summary>What is remembered of former lines (<see cref="KeyOrder"/>, <see cref="UsageMemo"/>) makes reading faster and changes nothing.</summary>
public sealed class TranscriptLineReaderTests
{
    private static readonly string[] Keys = ["type", "message", "id", "model", "usage", "content", "requestId", "timestamp", "isApiErrorMessage", "version", "cwd", "uuid", "input_tokens", "iterations", "stop_reason"];
    private static readonly string[] Scalars = ["\"assistant\"", "\"message\"", "\"a\"", "\"b\"", "\"quote \\\" in it\"", "1", "23", "null", "true", "false", "\"\"", "\"/srv/dev/one\"", "{}", "[]"];

    private static readonly Gen<string> GenValue = Gen.Recursive<string>((depth, value) => depth > 3
        ? OneOf(Scalars)
        : Gen.Frequency((6, OneOf(Scalars)), (4, GenObjectOf(value)), (1, value.Array[0, 3].Select(items => $"[{string.Join(',', items)}]"))));

    private static readonly Gen<string> GenObject = GenObjectOf(GenValue);

    // Few kinds of lines, so that they come again; some with one byte of another kind in them.
    private static readonly Gen<string[]> GenLines =
        from kinds in GenObject.Array[1, 4]
        from picks in Gen.Select(Gen.Int[0, 3], Gen.Int[0, 400], Gen.Int[0, 12], OneOf('a', '"', ',', ':', '{', '}', ' ', '7')).Array[1, 60]
        select picks.Select(pick => Changed(kinds[pick.Item1 % kinds.Length], pick.Item2, pick.Item3 == 0 ? pick.Item4 : null)).ToArray();

    [Fact]
    public void A_line_reads_the_same_whatever_lines_came_before() => GenLines.Sample(Check, iter: 3_000);

    /// <summary>The same keys mean another thing one level up.</summary>
    [Fact]
    public void A_run_of_keys_counts_only_where_it_was_passed_over()
    {
        const string Inside = """{"cwd":"/x","message":{"model":"m","id":"1","type":"message","role":"assistant","content":[],"usage":{"input_tokens":1}},"type":"assistant"}""";
        const string Outside = """{"cwd":"/x","message":{"model":"m","id":"1"},"type":"message","role":"assistant","content":[],"usage":{"input_tokens":1}}""";
        const string Ended = """{"cwd":"/x","message":{"model":"m","id":"1","type":"message","role":"assistant"},"type":"assistant","usage":1}""";
        Check([Inside, Inside, Outside, Inside, Ended, Ended, Outside, Inside]);
    }

    [Fact]
    public void A_run_that_another_one_replaces_is_read_as_it_stands()
    {
        static string Line(int version, string more) =>
            $$$"""{"parentUuid":"{{{Guid.NewGuid()}}}","cwd":"/x","version":"{{{version}}}",{{{more}}}"message":{"id":"{{{version}}}","model":"m","usage":{"input_tokens":{{{version}}}},"diagnostics":null},"type":"assistant","uuid":"{{{Guid.NewGuid()}}}","slug":"s"}""";
        Check([.. Enumerable.Range(0, 60).Select(i => Line(i / 7, i % 11 == 0 ? "\"isApiErrorMessage\":true," : ""))]);
    }

    [Fact]
    public void The_usage_of_a_line_is_its_own_or_the_same()
    {
        static string Line(int id, string usage) => $$$"""{"message":{"id":"{{{id}}}","content":[{"type":"{{{(id % 3 == 0 ? "text" : "tool_use")}}}","id":"t{{{id}}}"}],"usage":{{{usage}}},"model":"m"},"type":"assistant"}""";
        string[] usages =
        [
            """{"input_tokens":1,"speed":"fast","iterations":[{"type":"advisor_message","model":"x","input_tokens":3},{"type":"compaction","input_tokens":4}]}""",
            """{"input_tokens":1,"speed":"fast"}""", """{"input_tokens":1}""", """{"input_tokens":12,"service_tier":"batch","inference_geo":"us"}""", "{}", "null", "7",
            """{"input_tokens":1,"iterations":[]}""", """{"input_tokens": 1}""", """{"input_tokens":"x"}""", """{"input_tokens":1"output_tokens":2}""",
        ];
        Check([.. Enumerable.Range(0, 400).Select(i => Line(i, usages[i / 3 % usages.Length]))]);
        // Longer than it takes to leave off and to try again.
        Check([.. Enumerable.Range(0, 2_500).Select(i => Line(i, i % 1_200 < 1_100 ? $$"""{"input_tokens":{{i}}}""" : usages[i / 9 % usages.Length]))]);
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<string> GenObjectOf(Gen<string> value) =>
        from members in Gen.Select(OneOf(Keys), value).Array[0, 7]
        select $"{{{string.Join(',', members.Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}";

    private static string Changed(string line, int at, char? by) => by is { } c && line.Length > 0 ? line.Remove(at % line.Length, 1).Insert(at % line.Length, c.ToString()) : line;

    private static void Check(string[] lines)
    {
        var alone = lines.Select(line => Read(line + "\n")).ToArray();
        var (found, garbage) = Read(string.Join('\n', lines) + "\n");
        Assert.Equal(alone.SelectMany(line => line.Found), found);
        Assert.Equal(alone.Sum(line => line.Garbage), garbage);
    }

    private static (List<string> Found, long Garbage) Read(string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var scanner = new TranscriptScanner(new MemoryFile(content), Deadline.None);
        scanner.Start(0, "t.jsonl", 0, content.Length);
        var found = new List<string>();
        while (scanner.Next())
        {
            var line = scanner.Line;
            found.Add($"{line.End - line.Offset} {line.Type} {line.HasUsage} {line.UsageIsUnreadable} {line.IsApiError} {line.MessageId}|{line.Model}|{line.RequestId}|{line.Timestamp} {line.Usage.Input} {line.Speed}|{line.ServiceTier}|{line.InferenceGeo} {string.Join('+', Enumerable.Range(0, line.PassCount).Select(i => $"{line.Pass(i).Type}{line.Pass(i).Model}{line.Pass(i).Usage.Input}"))} {string.Join(',', line.ToolUses)}");
        }
        return (found, scanner.GarbageLines);
    }
}
