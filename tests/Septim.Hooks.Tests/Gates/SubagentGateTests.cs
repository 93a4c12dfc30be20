using Septim.Hooks.Gates;
using Septim.Hooks.Spend;
using Septim.Hooks.Tests.Support;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Gates;

public sealed class SubagentGateTests : IDisposable
{
    private const string Start = """{"description":"d","prompt":"p","subagent_type":"general-purpose"}""";

    private readonly SubagentGate _gate = new();
    private readonly Session _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Agent")]
    [InlineData("Task")]
    [InlineData("Workflow")]
    [InlineData("SendMessage")]
    public void Judges_every_tool_that_starts_agents(string tool) => Assert.True(_gate.Judges(_session.Call(tool, "{}")));

    [Fact]
    public void Lets_the_first_agent_start() => Assert.Equal(VerdictKind.Pass, Judge().Kind);

    [Theory]
    [InlineData(1, "Pass")]
    [InlineData(2, "Deny")]
    public void Denies_an_agent_below_the_depth_limit(int callerDepth, string expected)
    {
        _session.Agent("a1", callerDepth);
        _session.AgentId = "a1";
        Assert.Equal(expected, Judge().Kind.ToString());
    }

    [Fact]
    public void Cannot_judge_a_call_of_an_agent_that_nobody_describes()
    {
        _session.AgentId = "a404";
        Assert.Contains("a404", Assert.Throws<HookFault>(() => Judge()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Denies_while_as_many_run_as_may_and_passes_when_one_has_finished()
    {
        for (var i = 0; i < 8; i++) _session.Agent($"a{i}");
        Assert.Contains("8 agents are running", Judge("toolu_1").Reason, StringComparison.Ordinal);

        _session.Agent("a0", finished: true);
        Assert.Equal(VerdictKind.Pass, Judge("toolu_2").Kind);
    }

    [Theory]
    [InlineData("toolu_x\t\t99999999999999999\t@\n")]
    [InlineData("toolu_x\t\t-1\t@\n")]
    [InlineData("\t\t\t\n\t\n\n")]
    public void A_forged_ledger_neither_blocks_nor_opens(string line)
    {
        for (var i = 0; i < 7; i++) _session.Agent($"a{i}");
        Assert.Equal(VerdictKind.Pass, Judge("toolu_1").Kind);
        var ledger = Directory.GetFiles(Path.Combine(_session.State, "admissions")).Single(file => !file.EndsWith(".lock", StringComparison.Ordinal));
        File.AppendAllText(ledger, string.Concat(Enumerable.Repeat(line.Replace("@", _session.Transcript, StringComparison.Ordinal), 50)));
        Assert.Equal(VerdictKind.Deny, Judge("toolu_2").Kind);
        for (var i = 0; i < 4; i++) _session.Agent($"a{i}", finished: true);
        Assert.Equal(VerdictKind.Pass, Judge("toolu_3").Kind);
    }

    [Fact]
    public void A_name_with_line_ends_in_it_takes_its_place_like_any_other()
    {
        for (var i = 0; i < 7; i++) _session.Agent($"a{i}");
        Assert.Equal(VerdictKind.Pass, _gate.Judge(_session.Call("SendMessage", """{"to":"x\n\ty\tz"}""", "toolu_1")).Kind);
        Assert.Equal(VerdictKind.Deny, Judge("toolu_2").Kind);
    }

    [Fact]
    public void A_description_that_is_being_written_is_waited_for()
    {
        _session.Agent("a0");
        var meta = Path.Combine(Path.ChangeExtension(_session.Transcript, null), "subagents", "agent-a0.meta.json");
        var whole = File.ReadAllText(meta);
        File.WriteAllText(meta, "");
        _session.Files = new LateFileSystem(meta, () => File.WriteAllText(meta, whole), openings: 3);
        Assert.Equal(VerdictKind.Pass, Judge().Kind);
        File.WriteAllText(meta, whole[..20]);
        Assert.Contains("is not the agent description", Assert.Throws<HookFault>(() => Judge()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_that_two_wirings_ask_about_takes_one_place()
    {
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(VerdictKind.Pass, Judge($"toolu_{i}").Kind);
            Assert.Equal(VerdictKind.Pass, Judge($"toolu_{i}").Kind);
        }
        Assert.Equal(VerdictKind.Deny, Judge("toolu_8").Kind);
    }

    [Fact]
    public void A_message_wakes_a_finished_agent_and_so_needs_a_place()
    {
        for (var i = 0; i < 8; i++) _session.Agent($"a{i}");
        _session.Agent("done", finished: true);
        Assert.Equal(VerdictKind.Deny, _gate.Judge(_session.Call("SendMessage", """{"to":"done"}""")).Kind);
    }

    [Fact]
    public void A_message_to_an_agent_that_runs_starts_nothing_and_needs_no_place()
    {
        for (var i = 0; i < 8; i++) _session.Agent($"a{i}");
        Assert.Equal(VerdictKind.Pass, _gate.Judge(_session.Call("SendMessage", """{"to":"a3"}""")).Kind);
    }

    [Fact]
    public void Denies_beyond_the_total_of_a_session()
    {
        _session.Environment["SEPTIM_SUBAGENTS_MAX_PER_SESSION"] = "3";
        for (var i = 0; i < 3; i++) _session.Agent($"a{i}", finished: true);
        Assert.Contains("has started 3 agents", Judge().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Denies_beyond_the_total_of_a_run_over_its_sessions()
    {
        _session.Environment["SEPTIM_RUN_ID"] = "ci-1";
        _session.Environment["SEPTIM_SUBAGENTS_MAX_PER_RUN"] = "2";
        using var other = _session.Beside("22222222-2222-4333-8444-555555555555");
        other.Agent("b1", finished: true);
        other.Agent("b2", finished: true);
        Assert.Equal(VerdictKind.Pass, Judge("toolu_1").Kind);
        Assert.True(new SessionLinks(FileSystem.Real, _session.State).Join(SessionLinks.RunGroup("ci-1"), other.Id, other.Transcript));
        Assert.Contains("this run has started", Judge("toolu_2").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Sixteen_calls_at_once_with_three_places_left_admit_exactly_three()
    {
        for (var round = 0; round < 25; round++)
        {
            using var session = new Session();
            for (var i = 0; i < 5; i++) session.Agent($"a{i}");
            var contexts = Enumerable.Range(0, 16).Select(i => session.Call("Agent", Start, $"toolu_{i}")).ToArray();
            var passed = 0;
            Parallel.ForEach(contexts, new ParallelOptions { MaxDegreeOfParallelism = 16 }, context =>
            {
                if (_gate.Judge(context).Kind == VerdictKind.Pass) Interlocked.Increment(ref passed);
            });
            Assert.Equal(3, passed);
        }
    }

    [Fact]
    public void An_admitted_call_is_counted_once_when_its_agent_appears()
    {
        for (var i = 0; i < 6; i++) _session.Agent($"a{i}");
        Assert.Equal(VerdictKind.Pass, Judge("toolu_1").Kind);
        _session.Agent("new", toolUseId: "toolu_1");
        Assert.Equal(VerdictKind.Pass, Judge("toolu_2").Kind);
        Assert.Equal(VerdictKind.Deny, Judge("toolu_3").Kind);
    }

    [Fact]
    public void A_call_that_never_became_an_agent_gives_its_place_back()
    {
        var clock = new MovableTime();
        _session.Time = clock;
        for (var i = 0; i < 7; i++) _session.Agent($"a{i}");
        Assert.Equal(VerdictKind.Pass, Judge("toolu_1").Kind);
        Assert.Equal(VerdictKind.Deny, Judge("toolu_2").Kind);
        clock.Advance(AdmissionLedger.Lifetime);
        Assert.Equal(VerdictKind.Pass, Judge("toolu_3").Kind);
    }

    [Fact]
    public void A_lost_ledger_resets_nothing_that_the_files_show()
    {
        for (var i = 0; i < 8; i++) _session.Agent($"a{i}");
        Assert.Equal(VerdictKind.Deny, Judge("toolu_1").Kind);
        if (Directory.Exists(_session.State)) Directory.Delete(_session.State, recursive: true);
        Assert.Equal(VerdictKind.Deny, Judge("toolu_2").Kind);
    }

    [Fact]
    public void A_type_or_model_that_is_not_allowed_is_refused_with_those_that_are()
    {
        _session.UserConfig("""{ "subagents": { "types": ["Explore"], "models": ["haiku", "sonnet"] } }""");
        Assert.Contains("Use one of Explore", Judge().Reason, StringComparison.Ordinal);
        Assert.Contains("Name one of haiku, sonnet", _gate.Judge(_session.Call("Agent", """{"subagent_type":"Explore"}""")).Reason, StringComparison.Ordinal);
        Assert.Contains("on the model opus", _gate.Judge(_session.Call("Agent", """{"subagent_type":"Explore","model":"opus"}""")).Reason, StringComparison.Ordinal);
        Assert.Equal(VerdictKind.Pass, _gate.Judge(_session.Call("Agent", """{"subagent_type":"Explore","model":"claude-haiku-4-5"}""")).Kind);
    }

    [Fact]
    public void A_client_too_deep_inside_others_is_stopped_before_its_first_request()
    {
        _session.Environment["SEPTIM_ROOT_SESSION"] = "99999999-2222-4333-8444-555555555555";
        _session.Environment["SEPTIM_CLIENT_DEPTH"] = "2";
        Assert.Equal(VerdictKind.Stop, _gate.Judge(_session.Prompt()).Kind);
        _session.Environment["SEPTIM_CLIENT_DEPTH"] = "1";
        Assert.Equal(VerdictKind.Pass, _gate.Judge(_session.Prompt()).Kind);
        Assert.Equal(VerdictKind.Stop, _gate.Judge(_session.Prompt() with { ClientDepth = 2 }).Kind);
    }

    [Fact]
    public void A_broken_description_of_an_agent_is_a_fault()
    {
        _session.Agent("a1");
        File.WriteAllText(Path.Combine(Path.ChangeExtension(_session.Transcript, null), "subagents", "agent-a1.meta.json"), "{\"spawnDepth\":");
        Assert.Throws<HookFault>(() => Judge());
    }

    private Verdict Judge(string useId = "toolu_now") => _gate.Judge(_session.Call("Agent", Start, useId));
}
