using System.Globalization;
using System.Text;
using CsCheck;
using Septim.Hooks.Tests.Support;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Transcripts;

/// <summary>What is remembered of former lines (<see cref="KeyOrder"/>, <see cref="KeyRun"/>, <see cref="UsageMemo"/>, <see cref="TimestampMemo"/>) makes reading faster and changes nothing.</summary>
public sealed class TranscriptLineReaderTests
{
    private static readonly string[] Keys = ["type", "message", "id", "model", "usage", "content", "requestId", "timestamp", "isApiErrorMessage", "version", "cwd", "uuid", "input_tokens", "iterations", "stop_reason"];
    private static readonly string[] UsageKeys = ["input_tokens", "output_tokens", "cache_creation", "cache_creation_input_tokens", "ephemeral_1h_input_tokens", "ephemeral_5m_input_tokens", "server_tool_use", "web_search_requests", "iterations", "type", "model", "speed", "service_tier"];
    private static readonly string[] Counts = ["0", "7", "12", "345", "1234567", "12345678", "null", "-1", "1.5", "\"x\"", " 3", "\"message\"", "\"compaction\"", "\"fast\"", "{}", "[]"];
    private static readonly string[] Scalars = ["\"assistant\"", "\"message\"", "\"a\"", "\"b\"", "\"quote \\\" in it\"", "1", "23", "null", "true", "false", "\"\"", "\"/srv/dev/one\"", "{}", "[]"];

    private static readonly Gen<string> GenValue = Gen.Recursive<string>((depth, value) => depth > 3
        ? OneOf(Scalars)
        : Gen.Frequency((6, OneOf(Scalars)), (4, GenObjectOf(Keys, value)), (1, value.Array[0, 3].Select(items => $"[{string.Join(',', items)}]"))));

    private static readonly Gen<string> GenObject = GenObjectOf(Keys, GenValue);

    private static readonly Gen<string> GenCount = Gen.Recursive<string>((depth, value) => depth > 2
        ? OneOf(Counts)
        : Gen.Frequency((6, OneOf(Counts)), (3, GenObjectOf(UsageKeys, value)), (2, GenObjectOf(UsageKeys, value).Array[0, 3].Select(items => $"[{string.Join(',', items)}]"))));

    // A usage object that comes again and again, each time with other counts and now and then with something else in it.
    private static readonly Gen<string[]> GenUsages =
        from usages in GenObjectOf(UsageKeys, GenCount).Array[1, 3]
        from picks in Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 99_999_999]).Array[2, 40]
        select picks.Select((pick, i) => Response(i, Recounted(usages[pick.Item1 % usages.Length], pick.Item2, pick.Item3))).ToArray();

    // Few kinds of lines, so that they come again; some with one byte of another kind in them.
    private static readonly Gen<string[]> GenLines =
        from kinds in GenObject.Array[1, 4]
        from picks in Gen.Select(Gen.Int[0, 3], Gen.Int[0, 400], Gen.Int[0, 12], OneOf('a', '"', '\\', ',', ':', '{', '}', ' ', '7')).Array[1, 60]
        select picks.Select(pick => Changed(kinds[pick.Item1 % kinds.Length], pick.Item2, pick.Item3 == 0 ? pick.Item4 : null)).ToArray();

    // As the client writes them: only texts of strings differ, most of them as long as before, and some hold what ends or escapes a string.
    private static readonly Gen<string[]> GenNeighbours =
        from lines in Gen.Select(GenPlain, GenPlain, GenPlain, Gen.Int[0, 8], GenTime).Array[2, 40]
        select lines.Select(line => $$$"""{"parentUuid":"{{{line.Item1}}}","isSidechain":false,"cwd":"/srv/{{{line.Item2}}}","timestamp":"{{{line.Item5}}}","message":{"id":"{{{line.Item4}}}","type":"message","usage":{"input_tokens":{{{line.Item4}}}},"stop_reason":"{{{line.Item3}}}","index":{{{line.Item4}}}},"uuid":"{{{line.Item2}}}","type":"assistant"}""").ToArray();

    private static Gen<string> GenPlain =>
        from length in OneOf(1, 8, 8, 8, 36, 36)
        from letters in OneOf("a", "b", "0", "-", "é", "\"", "\\", "\\\"", "\\\\", "\\n", "{", ",\"type\":\"user\"", "\u0001").Array[0, 2]
        from at in Gen.Int[0, length]
        select new string('x', at) + string.Concat(letters) + new string('y', length - at);

    private static Gen<string> GenTime =>
        from minute in OneOf("2026-11-20T10:00", "2026-11-20T10:01", "2026-02-30T10:00", "2026-11-20 10:00", "2026- 1-20T10:00", "2026-11-2!T10:00", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")
        from rest in OneOf(":05.185Z", ":59.999Z", ":60.000Z", ":61.000Z", ":5a.000Z", ":05,185Z", ":05.18Z", ":05.1 5Z", ": 5.185Z", ":5 .185Z", ":05.185z", ":05.185+01:00", ":00.000Z")
        select minute + rest;

    [Fact]
    public void A_time_reads_the_same_whatever_times_came_before() => GenTime.Array[1, 20].Sample(times =>
    {
        var memo = new TimestampMemo();
        foreach (var time in times) Assert.Equal(Timestamp.Parse(Encoding.UTF8.GetBytes(time)), memo.Parse(Encoding.UTF8.GetBytes(time)));
    });

    [Fact]
    public void Texts_of_strings_that_nobody_wants_may_be_any() => GenNeighbours.Sample(Check, iter: 5_000);

    [Fact]
    public void A_line_reads_the_same_whatever_lines_came_before() => GenLines.Sample(Check, iter: 3_000);

    [Fact]
    public void A_usage_object_reads_the_same_whatever_others_came_before() => GenUsages.Sample(Check, iter: 5_000);

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
        string[] usages =
        [
            """{"input_tokens":1,"speed":"fast","iterations":[{"type":"advisor_message","model":"x","input_tokens":3},{"type":"compaction","input_tokens":4}]}""",
            """{"input_tokens":1,"speed":"fast"}""", """{"input_tokens":1}""", """{"input_tokens":12,"service_tier":"batch","inference_geo":"us"}""", "{}", "null", "7",
            """{"input_tokens":1,"iterations":[]}""", """{"input_tokens": 1}""", """{"input_tokens":"x"}""", """{"input_tokens":1"output_tokens":2}""",
        ];
        Check([.. Enumerable.Range(0, 400).Select(i => Response(i, usages[i / 3 % usages.Length]))]);
        // Longer than it takes to leave off and to try again.
        Check([.. Enumerable.Range(0, 2_500).Select(i => Response(i, i % 1_200 < 1_100 ? $$"""{"input_tokens":{{i}}}""" : usages[i / 9 % usages.Length]))]);
    }

    [Theory]
    [InlineData("""{"input_tokens":#,"output_tokens":2,"input_tokens":12345678}""")]
    [InlineData("""{"cache_creation":{"ephemeral_1h_input_tokens":#},"cache_creation":{"ephemeral_5m_input_tokens":#}}""")]
    [InlineData("""{"server_tool_use":{"web_search_requests":#},"server_tool_use":null}""")]
    [InlineData("""{"iterations":[{"type":"compaction","input_tokens":#},{"input_tokens":#,"type":"message"},{"type":"compaction","output_tokens":#}]}""")]
    [InlineData("""{"iterations":[{"input_tokens":#,"input_tokens":null}],"input_tokens":#,"iterations":[{"output_tokens":#}],"output_tokens":#}""")]
    [InlineData("""{"iterations":[{"cache_creation":{"ephemeral_1h_input_tokens":#}}],"cache_creation":{"ephemeral_1h_input_tokens":#}}""")]
    public void Counts_of_a_known_usage_object_reach_the_place_that_their_key_names(string usage) =>
        Check([.. Enumerable.Range(0, 30).Select(i => Response(i, Recounted(usage, 2, i)))]);

    private static string Response(int id, string usage) =>
        $$$"""{"message":{"id":"{{{id}}}","content":[{"type":"{{{(id % 3 == 0 ? "text" : "tool_use")}}}","id":"t{{{id}}}"}],"usage":{{{usage}}},"model":"m"},"type":"assistant"}""";

    /// <summary>Writes other numbers for the counts that say 7, or for each <c>#</c>.</summary>
    private static string Recounted(string usage, int how, int number) => how == 0 ? usage
        : usage.Replace(":7", $":{number}", StringComparison.Ordinal).Replace("#", (how == 1 ? number % 10 : number * 7 + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<string> GenObjectOf(string[] keys, Gen<string> value) =>
        from members in Gen.Select(OneOf(keys), value).Array[0, 7]
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
            found.Add($"{line.End - line.Offset} {line.Type} {line.HasUsage} {line.UsageIsUnreadable} {line.IsApiError} {line.MessageId}|{line.Model}|{line.RequestId}|{line.Time} {line.Usage} {line.IsFast}|{line.IsBatch}|{line.IsGeoUs} {string.Join('+', Enumerable.Range(0, line.PassCount).Select(i => $"{line.Pass(i).Type}{line.Pass(i).Model}{line.Pass(i).Usage}"))} {string.Join(',', line.ToolUses)}");
        }
        return (found, scanner.GarbageLines);
    }
}
