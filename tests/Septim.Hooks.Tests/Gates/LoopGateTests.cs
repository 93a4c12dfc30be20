using System.Globalization;
using Septim.Hooks.Gates;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Gates;

public sealed class LoopGateTests : IDisposable
{
    private readonly LoopGate _gate = new();
    private readonly Session _session = new();
    private int _call;

    public void Dispose() => _session.Dispose();

    [Fact]
    public void A_session_without_a_transcript_has_no_loop() => Assert.Equal(VerdictKind.Pass, Judge("ls").Kind);

    [Fact]
    public void Denies_the_call_after_as_many_equal_ones_as_may_be_then_stops()
    {
        Made(6, i => "npm test");
        var verdict = Judge("npm test");
        Assert.Equal(VerdictKind.Deny, verdict.Kind);
        Assert.Contains("made 7 times in a row", verdict.Reason, StringComparison.Ordinal);
        Assert.Equal(VerdictKind.Pass, Judge("npm run build").Kind);

        Made(3, i => "npm test", failed: true);
        Assert.Equal(VerdictKind.Stop, Judge("npm test").Kind);
    }

    [Fact]
    public void Five_before_it_are_fine()
    {
        Made(5, i => "npm test");
        Assert.Equal(VerdictKind.Pass, Judge("npm test").Kind);
    }

    [Fact]
    public void What_the_model_words_anew_does_not_make_a_call_another()
    {
        Made(6, i => "npm  test");
        Assert.Equal(VerdictKind.Deny, _gate.Judge(_session.Call("Bash", """{"command":"npm test ","description":"try once more","timeout":5}""")).Kind);
    }

    [Fact]
    public void The_call_at_hand_is_not_counted_twice_when_it_is_on_disk()
    {
        Made(5, i => "npm test");
        _session.Respond(1, 1, calls: ("toolu_now", "Bash", """{"command":"npm test"}"""));
        Assert.Equal(VerdictKind.Pass, Judge("npm test").Kind);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Denies_a_cycle_of_several_calls(int period)
    {
        Made(period * 7 - 1, i => $"step {i % period}");
        var verdict = Judge($"step {(period * 7 - 1) % period}");
        Assert.Equal(VerdictKind.Deny, verdict.Kind);
        Assert.Contains($"last {period} calls were repeated 7 times", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Work_between_equal_calls_breaks_the_loop()
    {
        Made(40, i => i % 2 == 0 ? "npm test" : $"edit {i.ToString(CultureInfo.InvariantCulture)}");
        Assert.Equal(VerdictKind.Pass, Judge("npm test").Kind);
    }

    [Fact]
    public void Denies_after_a_dozen_failures_in_a_row_whatever_the_calls_were()
    {
        Made(11, i => $"try {i}", failed: true);
        Assert.Equal(VerdictKind.Pass, Judge("try again").Kind);
        Made(1, i => "try 11", failed: true);
        Assert.Contains("12 calls failed one after the other", Judge("try again").Reason, StringComparison.Ordinal);
        Made(1, i => "ls");
        Assert.Equal(VerdictKind.Pass, Judge("try again").Kind);
    }

    [Fact]
    public void A_refused_fan_out_of_one_message_is_one_failure()
    {
        _session.Respond(10, 10, calls: [.. Enumerable.Range(0, 12).Select(i => ($"toolu_fan{i}", "Agent", $$"""{"prompt":"part {{i}}"}"""))]);
        for (var i = 0; i < 12; i++) _session.Result($"toolu_fan{i}", isError: true);
        Assert.Equal(VerdictKind.Pass, Judge("ls").Kind);
        Made(11, i => $"make target{i}", failed: true);
        Assert.Equal(VerdictKind.Deny, Judge("ls").Kind);
    }

    [Fact]
    public void Waiting_on_purpose_has_a_limit_of_its_own()
    {
        Made(30, i => "sleep 30 && gh run view 1");
        Assert.Equal(VerdictKind.Pass, Judge("sleep 30 && gh run view 1").Kind);
        Made(30, i => "sleep 30 && gh run view 1");
        Assert.Equal(VerdictKind.Deny, Judge("sleep 30 && gh run view 1").Kind);
    }

    [Fact]
    public void The_word_sleep_in_a_text_is_not_waiting()
    {
        Made(6, i => "echo 'sleep well'");
        Assert.Equal(VerdictKind.Deny, Judge("echo 'sleep well'").Kind);
    }

    [Fact]
    public void An_agent_is_judged_by_its_own_calls()
    {
        Made(6, i => "npm test");
        _session.AgentId = "a1";
        Assert.Equal(VerdictKind.Pass, Judge("npm test").Kind);
        Made(6, i => "npm test", agentId: "a1");
        Assert.Equal(VerdictKind.Deny, Judge("npm test").Kind);
    }

    [Fact]
    public void Large_results_and_broken_lines_between_do_not_hide_a_loop()
    {
        for (var i = 0; i < 6; i++)
        {
            Made(1, _ => "npm test");
            _session.Append($$"""{"type":"user","toolUseResult":"{{new string('x', 300_000)}}"}""");
            _session.Append("{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"tool_use\",");
        }
        Assert.Equal(VerdictKind.Deny, Judge("npm test").Kind);
    }

    [Fact]
    public void Results_that_differ_by_more_than_digits_make_it_waiting()
    {
        Made(30, i => "gh run view", output: i => $"step {(char)('a' + i % 26)} is running");
        Assert.Equal(VerdictKind.Pass, Judge("gh run view").Kind);
        Made(31, i => "gh run view", output: i => $"step {(char)('a' + i % 26)} is running");
        Assert.Contains("although the results differ", Judge("gh run view").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_that_differ_in_digits_only_say_nothing_new()
    {
        Made(6, i => "npm test", output: i => $"passed in {i}.5 s");
        Assert.Equal(VerdictKind.Deny, Judge("npm test").Kind);
    }

    [Fact]
    public void A_denial_is_no_new_result()
    {
        Made(6, i => "npm test", output: _ => "same");
        Made(3, i => "npm test", failed: true);
        Assert.Equal(VerdictKind.Stop, Judge("npm test").Kind);
    }

    [Fact]
    public void A_prompt_between_begins_anew_and_the_clients_own_words_do_not()
    {
        Made(6, i => "npm test", failed: true);
        _session.Append("""{"type":"user","isMeta":true,"message":{"role":"user","content":"Stop hook feedback"}}""");
        Assert.Equal(VerdictKind.Deny, Judge("npm test").Kind);
        _session.Append("""{"type":"user","message":{"role":"user","content":[{"type":"text","text":"once more"}]}}""");
        Assert.Equal(VerdictKind.Pass, Judge("npm test").Kind);
        Made(6, i => "npm test", failed: true);
        Assert.Equal(VerdictKind.Deny, Judge("npm test").Kind);
    }

    [Fact]
    public void A_prompt_between_ends_a_row_of_failures()
    {
        Made(11, i => $"try {i}", failed: true);
        _session.Append("""{"type":"user","message":{"role":"user","content":"try the others as well"}}""");
        Made(1, i => "another", failed: true);
        Assert.Equal(VerdictKind.Pass, Judge("one more").Kind);
    }

    [Fact]
    public void Equal_calls_of_one_message_are_one_step()
    {
        _session.Respond(10, 10, calls: [.. Enumerable.Range(0, 12).Select(i => ($"toolu_side{i}", "Bash", """{"command":"npm test"}"""))]);
        Assert.Equal(VerdictKind.Pass, Judge("npm test").Kind);
        for (var i = 0; i < 12; i++) _session.Result($"toolu_side{i}");
        Made(4, i => "npm test");
        Assert.Equal(VerdictKind.Pass, Judge("npm test").Kind);
        Made(1, i => "npm test");
        Assert.Equal(VerdictKind.Deny, Judge("npm test").Kind);
    }

    [Fact]
    public void A_deeply_nested_input_hides_no_loop()
    {
        var input = $$"""{"a":{{new string('[', 1000)}}{{new string(']', 1000)}}}""";
        for (var i = 0; i < 6; i++) _session.Respond(1, 1, calls: ($"toolu_deep{i}", "mcp__x__y", input));
        for (var i = 0; i < 6; i++) _session.Result($"toolu_deep{i}");
        Assert.Equal(VerdictKind.Deny, _gate.Judge(_session.Call("mcp__x__y", input)).Kind);
    }

    private Verdict Judge(string command) => _gate.Judge(_session.Call("Bash", $$"""{"command":"{{command}}","description":"d"}"""));

    private void Made(int count, Func<int, string> command, bool failed = false, string? agentId = null, Func<int, string>? output = null)
    {
        for (var i = 0; i < count; i++)
        {
            var id = $"toolu_{++_call}";
            _session.Respond(1, 1, agentId: agentId, calls: (id, "Bash", $$"""{"command":"{{command(i)}}","description":"number {{_call}}"}"""));
            _session.Result(id, failed, agentId, output is null ? "x" : output(i));
        }
    }
}
