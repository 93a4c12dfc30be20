using Septim.Hooks.Claude;
using Septim.Hooks.Gates;
using Septim.Hooks.Spend;
using Septim.Hooks.Tests.Support;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Gates;

/// <summary>Sonnet 5.5 costs 2 USD a million input tokens, so 100,000 of them with no output are 0.20 USD.</summary>
public sealed class CostGateTests : IDisposable
{
    private const string Bash = """{"command":"ls"}""";

    private readonly CostGate _gate = new();
    private readonly Session _session = new();
    private int _spent;

    public CostGateTests()
    {
        Set("SEPTIM_RESERVE", "none");
        Set("SEPTIM_WAIT_MS", "0");
        Set("SEPTIM_WARN_AT_PERCENT", "100");
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Is_silent_below_the_ceiling()
    {
        Set("SEPTIM_SESSION_USD", "1");
        Spend(4);
        Assert.Same(Verdict.Pass, Judge());
    }

    [Fact]
    public void Stops_when_spend_reaches_the_ceiling()
    {
        Set("SEPTIM_SESSION_USD", "1");
        Spend(5);
        var verdict = Judge();
        Assert.Equal(VerdictKind.Stop, verdict.Kind);
        Assert.Contains("session ceiling of $1.00 is reached: spent at least $1.00", verdict.Reason, StringComparison.Ordinal);
        Assert.Contains("septim budget raise --sessionUsd", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_picodollar_below_the_ceiling_passes()
    {
        Set("SEPTIM_SESSION_USD", "0.200000000001");
        Spend(1);
        Assert.Equal(VerdictKind.Pass, Judge().Kind);
        Set("SEPTIM_SESSION_USD", "0.2");
        Assert.Equal(VerdictKind.Stop, Judge().Kind);
    }

    [Fact]
    public void The_reserve_for_the_next_request_stops_before_the_ceiling_is_crossed()
    {
        Set("SEPTIM_SESSION_USD", "1.1");
        Spend(5);
        Assert.Equal(VerdictKind.Pass, Judge().Kind);
        Set("SEPTIM_RESERVE", "typical");
        var verdict = Judge();
        Assert.Equal(VerdictKind.Stop, verdict.Kind);
        Assert.Contains("would be crossed: spent at least $1.00, $0.20 is reserved for the next request", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_worst_reserve_takes_the_longest_answer_into_account()
    {
        Set("SEPTIM_SESSION_USD", "2");
        Set("SEPTIM_RESERVE", "worst");
        Spend(5);
        Assert.Equal(VerdictKind.Stop, Judge().Kind);
        Set("SEPTIM_SESSION_USD", "3");
        Assert.Equal(VerdictKind.Pass, Judge().Kind);
    }

    [Fact]
    public void The_message_in_flight_is_estimated_by_the_dearest_of_the_last_ones()
    {
        Set("SEPTIM_SESSION_USD", "1.1");
        Spend(5);
        var verdict = _gate.Judge(_session.Call("Bash", Bash, "toolu_not_on_disk"));
        Assert.Equal(VerdictKind.Stop, verdict.Kind);
        Assert.Contains("would be crossed", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_for_the_real_line_when_the_answer_hangs_on_it()
    {
        Set("SEPTIM_SESSION_USD", "1.1");
        Set("SEPTIM_WAIT_MS", "20000");
        Spend(5);
        var verdict = Task.Run(() => _gate.Judge(_session.Call("Bash", Bash, "toolu_late")), TestContext.Current.CancellationToken);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.False(verdict.IsCompleted);
        _session.Respond(1000, 0, calls: ("toolu_late", "Bash", Bash));
        Assert.Equal(VerdictKind.Pass, (await verdict).Kind);
    }

    [Fact]
    public async Task Waits_after_a_batch_when_the_message_could_be_far_dearer_than_any_before()
    {
        Set("SEPTIM_SESSION_USD", "1");
        Spend(1);
        var verdict = Task.Run(() => _gate.Judge(_session.Batch("toolu_late")), TestContext.Current.CancellationToken);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        _session.Respond(500_000, 0, calls: ("toolu_late", "Bash", Bash));
        Assert.Equal(VerdictKind.Stop, (await verdict).Kind);
    }

    /// <summary>On a full disk the client goes on and writes nothing.</summary>
    [Fact]
    public void What_the_client_does_not_write_counts_by_estimate()
    {
        _session.Time = new HastyTime();
        Set("SEPTIM_SESSION_USD", "2");
        Spend(1);
        var verdict = Verdict.Pass;
        var rounds = 0;
        for (; verdict.Kind == VerdictKind.Pass && rounds < 20; rounds++)
        {
            verdict = _gate.Judge(_session.Call("Bash", Bash, $"toolu_lost_{rounds}"));
            if (verdict.Kind == VerdictKind.Pass) verdict = _gate.Judge(_session.Batch($"toolu_lost_{rounds}"));
        }
        Assert.Equal(VerdictKind.Stop, verdict.Kind);
        // One message of 0.20 is on disk; with nine more the ceiling is reached, and the next is not allowed.
        Assert.Equal(10, rounds);
        Assert.Contains("the next request and 9 messages that the client did not write to its transcript", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_client_does_not_write_is_told_once()
    {
        Set("SEPTIM_SESSION_USD", "100");
        Spend(1);
        var said = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            said.Add(_gate.Judge(_session.Call("Bash", Bash, $"toolu_lost_{i}")).Reason ?? "");
            said.Add(_gate.Judge(_session.Batch($"toolu_lost_{i}")).Reason ?? "");
        }
        Assert.StartsWith("2 messages of this session are not in its transcript", Assert.Single(said, text => text.Length > 0), StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_message_that_is_not_written_counts_as_the_worst()
    {
        _session.Time = new HastyTime();
        Set("SEPTIM_SESSION_USD", "4.99");
        _session.Append("{}");
        Assert.Equal(VerdictKind.Pass, _gate.Judge(_session.Batch("toolu_lost")).Kind);
        Assert.Equal(VerdictKind.Stop, _gate.Judge(_session.Call("Bash", Bash, "toolu_next")).Kind);
    }

    [Fact]
    public void What_the_client_writes_late_counts_once()
    {
        Set("SEPTIM_SESSION_USD", "1.1");
        Spend(1);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(VerdictKind.Pass, _gate.Judge(_session.Call("Bash", Bash, $"toolu_late_{i}")).Kind);
            Assert.Equal(VerdictKind.Pass, _gate.Judge(_session.Batch($"toolu_late_{i}")).Kind);
        }
        for (var i = 0; i < 3; i++) _session.Respond(100_000, 0, calls: ($"toolu_late_{i}", "Bash", Bash));
        Assert.Equal(VerdictKind.Pass, _gate.Judge(_session.Call("Bash", Bash, "toolu_late_2")).Kind);
        Assert.Equal(VerdictKind.Pass, _gate.Judge(_session.Call("Bash", Bash, "toolu_now")).Kind);
    }

    [Fact]
    public void What_another_session_could_not_write_counts_in_the_run()
    {
        Set("SEPTIM_RUN_ID", "run-1");
        Set("SEPTIM_RUN_USD", "2.9");
        Spend(1);
        for (var i = 0; i < 5; i++) _gate.Judge(_session.Batch($"toolu_lost_{i}"));
        var beside = _session.Beside("99999999-2222-4333-8444-555555555555");
        beside.Respond(800_000, 0, calls: ("toolu_b", "Bash", Bash));
        Assert.Equal(VerdictKind.Pass, _gate.Judge(beside.Call("Bash", Bash, "toolu_b")).Kind);
        _gate.Judge(_session.Batch("toolu_lost_5"));
        Assert.Equal(VerdictKind.Stop, _gate.Judge(beside.Call("Bash", Bash, "toolu_b")).Kind);
    }

    [Fact]
    public void What_the_client_did_not_write_is_in_its_own_figure()
    {
        Set("SEPTIM_SESSION_USD", "1.1");
        Spend(1);
        for (var i = 0; i < 3; i++) _gate.Judge(_session.Batch($"toolu_lost_{i}"));
        Assert.True(StatusFloor.Write(FileSystem.Real, _session.State, _session.Id, Usd.Cents(80), Usd.Cents(20)));
        Assert.Equal(VerdictKind.Pass, Judge().Kind);
        Assert.True(StatusFloor.Write(FileSystem.Real, _session.State, _session.Id, Usd.Cents(112), Usd.Cents(20)));
        Assert.Equal(VerdictKind.Stop, Judge().Kind);
    }

    [Fact]
    public void Without_a_place_for_state_a_batch_must_be_on_disk()
    {
        _session.Time = new HastyTime();
        File.WriteAllText(Path.Combine(_session.Home, "file"), "");
        Set("SEPTIM_STATE_DIR", Path.Combine(_session.Home, "file", "state"));
        Set("SEPTIM_SESSION_USD", "100");
        Spend(1);
        Assert.Equal(VerdictKind.Pass, _gate.Judge(_session.Batch("toolu_1")).Kind);
        var verdict = _gate.Judge(_session.Batch("toolu_lost"));
        Assert.Equal(VerdictKind.Stop, verdict.Kind);
        Assert.Contains("is not in " + _session.Transcript, verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stop", "PreToolUse", "Stop")]
    [InlineData("deny", "PreToolUse", "Deny")]
    [InlineData("ask", "PreToolUse", "Ask")]
    [InlineData("deny", "PostToolBatch", "Pass")]
    [InlineData("stop", "PostToolBatch", "Stop")]
    [InlineData("deny", "UserPromptSubmit", "Deny")]
    [InlineData("ask", "UserPromptSubmit", "Pass")]
    public void What_happens_at_a_ceiling_is_configured(string onCeiling, string eventName, string expected)
    {
        Set("SEPTIM_SESSION_USD", "1");
        Set("SEPTIM_ON_CEILING", onCeiling);
        Spend(6);
        var context = eventName switch
        {
            "PreToolUse" => _session.Call("Bash", Bash, $"toolu_{_spent}"),
            "PostToolBatch" => _session.Batch($"toolu_{_spent}"),
            _ => _session.Prompt(),
        };
        Assert.Equal(expected, _gate.Judge(context).Kind.ToString());
    }

    [Fact]
    public void A_question_is_a_denial_where_nobody_attends()
    {
        Set("SEPTIM_SESSION_USD", "1");
        Set("SEPTIM_ON_CEILING", "ask");
        Set("CLAUDE_CODE_SESSION_ATTENDED", "0");
        Spend(6);
        Assert.Equal(VerdictKind.Deny, Judge().Kind);
    }

    [Fact]
    public void A_subagents_own_ceiling_ends_it_alone()
    {
        Set("SEPTIM_SUBAGENT_USD", "0.5");
        Spend(4);
        _session.Agent("a1");
        for (var i = 0; i < 3; i++) _session.Respond(100_000, 0, agentId: "a1", calls: ($"toolu_a{i}", "Bash", Bash));

        Assert.Equal(VerdictKind.Pass, Judge().Kind);
        _session.AgentId = "a1";
        var verdict = _gate.Judge(_session.Call("Bash", Bash, "toolu_a2"));
        Assert.Equal(VerdictKind.Stop, verdict.Kind);
        Assert.Contains("subagent ceiling of $0.50 is reached: spent at least $0.60. This agent ends here.", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_agents_spend_counts_in_their_session()
    {
        Set("SEPTIM_SESSION_USD", "1");
        Spend(3);
        _session.Respond(100_000, 0, agentId: "a1");
        _session.Respond(100_000, 0, agentId: "a2");
        Assert.Equal(VerdictKind.Stop, Judge().Kind);
    }

    [Fact]
    public void An_agent_call_reserves_for_the_first_request_of_its_agent()
    {
        // 1.00 on disk and 0.20 for the main thread's next request leave room for one agent, not for two.
        Set("SEPTIM_SESSION_USD", "1.5");
        Set("SEPTIM_RESERVE", "typical");
        Spend(4);
        _session.Respond(100_000, 0, calls: [("toolu_x", "Agent", "{}"), ("toolu_y", "Agent", "{}")]);
        Assert.Equal(VerdictKind.Pass, _gate.Judge(_session.Call("Agent", "{}", "toolu_x")).Kind);
        Assert.Equal(VerdictKind.Stop, _gate.Judge(_session.Call("Agent", "{}", "toolu_y")).Kind);
    }

    [Fact]
    public void All_sessions_of_a_run_share_its_ceiling()
    {
        Set("SEPTIM_RUN_ID", "ci-7");
        Set("SEPTIM_RUN_USD", "1");
        using var other = _session.Beside("22222222-2222-4333-8444-555555555555");
        Spend(3);
        for (var i = 0; i < 2; i++) other.Respond(100_000, 0, calls: ($"toolu_o{i}", "Bash", Bash));
        Assert.Equal(VerdictKind.Pass, Judge().Kind);
        Assert.Equal(VerdictKind.Stop, _gate.Judge(other.Call("Bash", Bash, "toolu_o1")).Kind);
        Assert.Contains("run ceiling of $1.00", Judge().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_another_session_of_the_run_has_in_flight_is_counted()
    {
        Set("SEPTIM_RUN_ID", "ci-8");
        Set("SEPTIM_RUN_USD", "1");
        Set("SEPTIM_RESERVE", "typical");
        using var other = _session.Beside("22222222-2222-4333-8444-555555555555");
        Spend(1);
        for (var i = 0; i < 2; i++) other.Respond(100_000, 0, calls: ($"toolu_o{i}", "Bash", Bash));
        // 0.60 on disk; each is let go on with 0.20 reserved, and nothing is left.
        Assert.Equal(VerdictKind.Pass, Judge().Kind);
        Assert.Equal(VerdictKind.Pass, _gate.Judge(other.Batch("toolu_o1")).Kind);
        // One answers; its reservation is closed and the next one would cross.
        Spend(1);
        Assert.Equal(VerdictKind.Stop, Judge().Kind);
    }

    [Fact]
    public void The_day_counts_every_project_and_nothing_older_than_24_hours()
    {
        Set("SEPTIM_DAY_USD", "1");
        using var other = _session.Beside("22222222-2222-4333-8444-555555555555");
        Spend(2);
        for (var i = 0; i < 9; i++) other.Respond(100_000, 0, at: DateTimeOffset.UtcNow.AddHours(-30 - i));
        Assert.Equal(VerdictKind.Pass, Judge().Kind);
        for (var i = 0; i < 3; i++) other.Respond(100_000, 0, at: DateTimeOffset.UtcNow.AddHours(-20 + i));
        Assert.Contains("day ceiling of $1.00 is reached", Judge().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_started_by_this_session_counts_in_it_and_is_bound_by_its_ceiling()
    {
        Set("SEPTIM_SESSION_USD", "1");
        Spend(3);
        Assert.Equal(VerdictKind.Pass, Judge().Kind);
        using var child = _session.Beside("22222222-2222-4333-8444-555555555555");
        child.Environment["SEPTIM_ROOT_SESSION"] = _session.Id;
        child.Environment["SEPTIM_CLIENT_DEPTH"] = "1";
        child.Respond(100_000, 0, calls: ("toolu_c1", "Bash", Bash));
        Assert.Equal(VerdictKind.Pass, _gate.Judge(child.Call("Bash", Bash, "toolu_c1")).Kind);
        child.Respond(100_000, 0, calls: ("toolu_c2", "Bash", Bash));
        Assert.Equal(VerdictKind.Stop, _gate.Judge(child.Call("Bash", Bash, "toolu_c2")).Kind);
        Assert.Equal(VerdictKind.Stop, Judge().Kind);
    }

    [Fact]
    public void The_start_of_a_session_hands_its_markers_to_the_clients_it_starts()
    {
        var file = Path.Combine(_session.Home, "env.sh");
        Set("CLAUDE_ENV_FILE", file);
        Set("SEPTIM_RUN_ID", "it's 1");
        Assert.Same(Verdict.Pass, _gate.Judge(_session.Event(HookEvent.SessionStart)));
        Assert.Equal($"export SEPTIM_ROOT_SESSION='{_session.Id}'\nexport SEPTIM_RUN_ID='it'\\''s 1'\nexport SEPTIM_CLIENT_DEPTH=1\n", File.ReadAllText(file));
    }

    [Fact]
    public void Stops_after_the_minutes_of_a_session_even_when_the_clock_is_set_back()
    {
        Set("SEPTIM_SESSION_MINUTES", "60");
        _session.Respond(10, 0, at: DateTimeOffset.UtcNow.AddMinutes(-61), calls: ("toolu_1", "Bash", Bash));
        _session.Respond(10, 0, calls: ("toolu_2", "Bash", Bash));
        Assert.Contains("session time ceiling of 60 minutes is reached", _gate.Judge(_session.Call("Bash", Bash, "toolu_2")).Reason, StringComparison.Ordinal);
        var clock = new MovableTime();
        clock.Advance(TimeSpan.FromHours(-5));
        _session.Time = clock;
        Assert.Equal(VerdictKind.Stop, _gate.Judge(_session.Call("Bash", Bash, "toolu_2")).Kind);
    }

    [Fact]
    public void Allows_exactly_as_many_tool_calls_as_set()
    {
        Set("SEPTIM_SESSION_TOOL_CALLS", "3");
        Spend(3);
        Assert.Equal(VerdictKind.Pass, Judge().Kind);
        Assert.Equal(VerdictKind.Stop, _gate.Judge(_session.Call("Bash", Bash, "toolu_fourth")).Kind);
    }

    [Fact]
    public void An_unknown_model_is_named_once_or_refused()
    {
        _session.Respond(1000, 10, model: "claude-zeta-9", calls: ("toolu_1", "Bash", Bash));
        var warning = _gate.Judge(_session.Call("Bash", Bash, "toolu_1"));
        Assert.Equal(VerdictKind.Pass, warning.Kind);
        Assert.Contains("claude-zeta-9", warning.Reason, StringComparison.Ordinal);
        Assert.Same(Verdict.Pass, _gate.Judge(_session.Call("Bash", Bash, "toolu_1")));
        Set("SEPTIM_UNKNOWN_MODEL", "deny");
        Assert.Equal(VerdictKind.Stop, _gate.Judge(_session.Call("Bash", Bash, "toolu_1")).Kind);
    }

    [Fact]
    public void Warns_once_at_each_share_and_tells_the_model()
    {
        Set("SEPTIM_SESSION_USD", "1");
        Set("SEPTIM_WARN_AT_PERCENT", "50,80");
        Spend(2);
        Assert.Same(Verdict.Pass, Judge());
        Spend(1);
        Assert.Contains("50 % of the session ceiling is used: spent at least $0.60 of $1.00", Judge().Reason, StringComparison.Ordinal);
        Assert.Same(Verdict.Pass, Judge());
        Spend(1);
        Assert.Contains("80 %", Judge().ForModel, StringComparison.Ordinal);
        Assert.Same(Verdict.Pass, Judge());
    }

    [Fact]
    public void The_clients_own_figure_is_a_floor()
    {
        Set("SEPTIM_SESSION_USD", "2");
        Spend(3);
        Assert.True(StatusFloor.Write(FileSystem.Real, _session.State, _session.Id, Usd.Cents(190), Usd.Cents(60)));
        Assert.Equal(VerdictKind.Pass, Judge().Kind);
        Spend(1);
        Assert.Contains("spent at least $2.10", Judge().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_overhead_is_added_to_what_the_transcript_shows()
    {
        Set("SEPTIM_SESSION_USD", "1");
        Spend(4);
        Assert.Equal(VerdictKind.Pass, Judge().Kind);
        Set("SEPTIM_OVERHEAD_PERCENT", "25");
        Assert.Equal(VerdictKind.Stop, Judge().Kind);
    }

    [Fact]
    public void The_first_prompt_comes_before_the_transcript_and_the_second_must_not()
    {
        Assert.Equal(VerdictKind.Pass, _gate.Judge(_session.Prompt()).Kind);
        var second = _gate.Judge(_session.Prompt());
        Assert.Equal(VerdictKind.Stop, second.Kind);
        Assert.Contains("--no-session-persistence", second.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tool_call_without_a_transcript_is_refused() => Assert.Equal(VerdictKind.Stop, _gate.Judge(_session.Call("Bash", Bash)).Kind);

    [Fact]
    public void A_new_session_with_an_empty_transcript_passes()
    {
        File.WriteAllText(_session.Transcript, "");
        Assert.Equal(VerdictKind.Pass, _gate.Judge(_session.Call("Bash", Bash)).Kind);
    }

    [Fact]
    public void A_directory_in_place_of_the_transcript_is_a_fault()
    {
        Directory.CreateDirectory(_session.Transcript);
        Assert.Contains(_session.Transcript, Assert.Throws<HookFault>(() => _gate.Judge(_session.Call("Bash", Bash))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verdicts_stay_the_same_when_the_state_is_lost()
    {
        Set("SEPTIM_SESSION_USD", "1");
        Spend(3);
        Assert.Equal(VerdictKind.Pass, Judge().Kind);
        Spend(2);
        Directory.Delete(_session.State, recursive: true);
        Assert.Equal(VerdictKind.Stop, Judge().Kind);
        Directory.Delete(_session.State, recursive: true);
        Assert.Equal(VerdictKind.Stop, Judge().Kind);
    }

    [Fact]
    public void Without_a_place_for_state_a_session_is_judged_and_a_run_is_not()
    {
        File.WriteAllText(Path.Combine(_session.Home, "file"), "");
        Set("SEPTIM_STATE_DIR", Path.Combine(_session.Home, "file", "state"));
        Set("SEPTIM_SESSION_USD", "1");
        Spend(4);
        Assert.Equal(VerdictKind.Pass, Judge().Kind);
        Spend(1);
        Assert.Equal(VerdictKind.Stop, Judge().Kind);
        Set("SEPTIM_SESSION_USD", "50");
        Set("SEPTIM_RUN_USD", "50");
        Assert.Contains("cannot be written", Assert.Throws<HookFault>(Judge).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sixteen_calls_at_once_agree()
    {
        Set("SEPTIM_SESSION_USD", "1");
        Spend(5);
        var contexts = Enumerable.Range(0, 16).Select(_ => _session.Call("Bash", Bash, $"toolu_{_spent}")).ToArray();
        var kinds = contexts.AsParallel().WithDegreeOfParallelism(16).Select(context => new CostGate().Judge(context).Kind).ToArray();
        Assert.All(kinds, kind => Assert.Equal(VerdictKind.Stop, kind));
    }

    private void Set(string name, string value) => _session.Environment[name] = value;

    private void Spend(int responses)
    {
        for (var i = 0; i < responses; i++) _session.Respond(100_000, 0, calls: ($"toolu_{++_spent}", "Bash", Bash));
    }

    private Verdict Judge() => _gate.Judge(_session.Call("Bash", Bash, $"toolu_{_spent}"));
}
