using System.Text;
using Septim.Hooks.Claude;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Claude;

public sealed class HookInputTests
{
    public static TheoryData<string> Payloads =>
        [.. Directory.GetFiles(Repository.Corpus("payloads"), "*.json").Select(file => Path.GetFileName(file)!).Where(name => !name.StartsWith("statusLine", StringComparison.Ordinal)).Order()];

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Reads_every_payload_of_the_client(string name)
    {
        var input = HookInput.Parse(File.ReadAllBytes(Repository.Corpus("payloads", name)));

        Assert.Equal(name.Split('-', '.')[0], input.EventName);
        Assert.Matches("^[0-9a-f-]{36}$", input.SessionId);
        Assert.EndsWith(input.SessionId + ".jsonl", input.TranscriptPath, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_the_parts_of_a_tool_call_inside_an_agent()
    {
        var input = HookInput.Parse(File.ReadAllBytes(Repository.Corpus("payloads", "PreToolUse-Agent-in-subagent.json")));

        Assert.Equal("Agent", input.Tool!.Name);
        Assert.Equal("toolu_51a22acb91c1f1fd9b85", input.Tool.UseId);
        Assert.Equal("general-purpose", input.Tool.InputText("subagent_type"));
        Assert.Null(input.Tool.InputText("absent"));
        Assert.Equal("a8d119d77a2572317", input.AgentId);
    }

    [Fact]
    public void Reads_the_ids_of_a_batch() =>
        Assert.Equal(3, HookInput.Parse(File.ReadAllBytes(Repository.Corpus("payloads", "PostToolBatch-parallel.json"))).Batch.Count);

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \r\n\t", "empty")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("null", "not a JSON object")]
    [InlineData("\"x\"", "not a JSON object")]
    [InlineData("42", "not a JSON object")]
    [InlineData("{}", "no hook_event_name")]
    [InlineData("{\"hook_event_name\":7}", "hook_event_name is not a text")]
    [InlineData("{\"hook_event_name\":\"Stop\"", "not one valid JSON object (it breaks at line 1, byte 26)")]
    [InlineData("{\"hook_event_name\":\"Stop\"} {}", "not one valid JSON object")]
    [InlineData("{\"hook_event_name\":\"Stop\"} text", "not one valid JSON object")]
    [InlineData("{\"hook_event_name\":\"Stop\",}", "not one valid JSON object")]
    [InlineData("{\"hook_event_name\":\"PreToolUse\",\"tool_input\":{}}", "no tool_name")]
    [InlineData("{\"hook_event_name\":\"PreToolUse\",\"tool_name\":\"Bash\"}", "no tool_input object")]
    [InlineData("{\"hook_event_name\":\"PreToolUse\",\"tool_name\":\"Bash\",\"tool_input\":\"ls\"}", "no tool_input object")]
    [InlineData("{\"hook_event_name\":\"PreToolUse\",\"tool_name\":1,\"tool_input\":{}}", "tool_name is not a text")]
    [InlineData("{\"hook_event_name\":\"PreToolUse\",\"tool_name\":\"Bash\",\"tool_input\":{},\"tool_input\":{}}", "tool_input twice")]
    [InlineData("{\"hook_event_name\":\"PreToolUse\",\"tool_\\u006eame\":\"Bash\",\"tool_input\":{}}", "written with escapes")]
    public void Refuses_what_is_not_one_payload(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<HookFault>(() => HookInput.Parse(Encoding.UTF8.GetBytes(json))).Message, StringComparison.Ordinal);

    [Fact]
    public void Refuses_bytes_that_are_not_utf8() =>
        Assert.Contains("UTF-8", Assert.Throws<HookFault>(() => HookInput.Parse(new byte[] { (byte)'{', 0xFF, (byte)'}' })).Message, StringComparison.Ordinal);

    [Fact]
    public void Refuses_a_hundred_thousand_nested_arrays()
    {
        var json = "{\"hook_event_name\":\"Stop\",\"x\":" + new string('[', 100_000) + new string(']', 100_000) + "}";
        Assert.Throws<HookFault>(() => HookInput.Parse(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void Accepts_a_byte_order_mark_line_breaks_and_unknown_keys()
    {
        var json = "\uFEFF{\r\n \"new_key\" : {\"a\":[1,2,{}]},\r\n \"hook_event_name\" : \"Stop\" }\r\n";
        Assert.Equal("Stop", HookInput.Parse(Encoding.UTF8.GetBytes(json)).EventName);
    }

    [Fact]
    public void Refuses_an_input_that_says_the_command_twice()
    {
        var input = HookInput.Parse("{\"hook_event_name\":\"PreToolUse\",\"tool_name\":\"Bash\",\"tool_input\":{\"command\":\"ls\",\"command\":\"rm -rf /\"}}"u8.ToArray());
        Assert.Contains("command twice", Assert.Throws<HookFault>(() => input.Tool!.InputText("command")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"session_id\":\"x\",\"hook_event_name\":\"Stop\",\"stop_hook_act", "Stop")]
    [InlineData("{\"a\":[1,2],\"hook_event_name\":\"SessionEnd\"} trailing", "SessionEnd")]
    [InlineData("{\"hook_event_na", null)]
    [InlineData("", null)]
    [InlineData("[1]", null)]
    public void Tells_the_event_of_a_broken_payload_where_its_beginning_says_it(string broken, string? expected) =>
        Assert.Equal(expected, HookInput.EventNameOf(Encoding.UTF8.GetBytes(broken)));
}
