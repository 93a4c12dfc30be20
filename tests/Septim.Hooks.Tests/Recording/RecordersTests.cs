using System.Text;
using System.Text.Json;
using Septim.Hooks.Claude;
using Septim.Hooks.Gates;
using Septim.Hooks.Recording;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Recording;

/// <summary>What stands in the spool after a hook call. 100,000 input tokens of Sonnet 5.5 are 0.20 USD.</summary>
public sealed class RecordersTests : IDisposable
{
    // Every field that the specification of the Stop log names; a consumer may rely on each being there.
    private static readonly string[] Fields =
    [
        "ts", "event", "event_id", "schema_version", "septim_version", "session_id", "run_id", "agent_id", "agent_type", "turn", "cwd", "project", "repo",
        "branch", "commit", "host", "user", "ci", "entrypoint", "attended", "models", "cost_usd", "cost_is_lower_bound", "unknown_models", "tokens",
        "cache_hit_rate", "turns", "tool_calls", "tool_failures", "denials", "subagents", "duration_ms", "exit_reason", "stop_hook_active",
        "background_tasks", "error", "permission_mode", "ceiling", "transcript_path", "price_table_version",
    ];

    private readonly Session _session = new();

    public RecordersTests() => _session.Environment["SEPTIM_LOG_SHIP"] = "manual";

    public void Dispose() => _session.Dispose();

    [Fact]
    public void What_observe_lets_pass_is_an_event_and_no_denial()
    {
        _session.UserConfig("""{ "bash": { "observe": true } }""");
        var context = _session.Call("Bash", """{"command":"git status; rm -rf /"}""");
        var each = new List<GateVerdict>();
        Assert.Equal(VerdictKind.Pass, GateList.Judge([new BashGate()], context, each).Kind);
        Recorders.Record(Recorders.All, context, each, true, Variable);
        var e = Assert.Single(Spooled());
        Assert.Equal(("bash_warning", "fs-rm-root"), (e.GetProperty("event").GetString(), e.GetProperty("rule").GetString()));
        Assert.StartsWith("observed only, it would be refused: `rm -rf /`", e.GetProperty("reason").GetString());
        Record("Stop");
        Assert.Equal(0, Spooled()[^1].GetProperty("denials").GetInt32());
    }

    [Fact]
    public void A_finding_of_low_severity_is_an_event_and_no_word_to_anybody()
    {
        var context = _session.Call("Bash", """{"command":"git push --force-with-lease"}""");
        var each = new List<GateVerdict>();
        Assert.Equal("", GateList.Judge([new BashGate()], context, each).Reason);
        Recorders.Record(Recorders.All, context, each, true, Variable);
        var e = Assert.Single(Spooled());
        Assert.Equal(("bash_warning", "git-force-push"), (e.GetProperty("event").GetString(), e.GetProperty("rule").GetString()));
    }

    [Fact]
    public void Every_field_of_the_specification_is_in_every_event()
    {
        _session.Respond(100_000, 0);
        Record("Stop");
        var e = Assert.Single(Spooled());
        Assert.Empty(Fields.Except(e.EnumerateObject().Select(field => field.Name)));
    }

    [Fact]
    public void Stop_tells_the_total_and_what_the_turn_added()
    {
        _session.Respond(100_000, 0, calls: ("t1", "Bash", "{}"));
        Record("Stop");
        _session.Respond(100_000, 0);
        _session.Respond(100_000, 0);
        Record("Stop");
        var events = Spooled();
        Assert.Equal(["0.20", "0.60"], events.Select(e => e.GetProperty("cost_usd").GetProperty("total").GetRawText()));
        Assert.Equal(["0.20", "0.40"], events.Select(e => e.GetProperty("cost_usd").GetProperty("turn").GetRawText()));
        Assert.Equal([1, 2], events.Select(e => e.GetProperty("turns").GetInt32()));
        Assert.Equal(300_000, events[1].GetProperty("tokens").GetProperty("input").GetInt64());
        Assert.Equal(1, events[1].GetProperty("tool_calls").GetInt32());
        Assert.Equal("claude-sonnet-5-5", events[1].GetProperty("models")[0].GetString());
    }

    [Fact]
    public void The_end_of_the_session_adds_only_what_no_stop_has_told()
    {
        _session.Respond(100_000, 0);
        Record("Stop");
        Record("SessionEnd", ",\"reason\":\"other\"");
        var end = Spooled()[^1];
        Assert.Equal("session_end", end.GetProperty("event").GetString());
        Assert.Equal("other", end.GetProperty("exit_reason").GetString());
        Assert.Equal(("0.20", "0.00"), (end.GetProperty("cost_usd").GetProperty("total").GetRawText(), end.GetProperty("cost_usd").GetProperty("turn").GetRawText()));
    }

    [Fact]
    public void The_end_of_the_session_belongs_to_its_last_turn()
    {
        _session.Respond(100_000, 0);
        Record("Stop");
        Record("SessionEnd", ",\"reason\":\"other\"");
        Assert.Equal([1, 1], Spooled().Select(e => e.GetProperty("turn").GetInt32()));
    }

    /// <summary>A status line that counted more, or a transcript that lost lines, takes nothing back.</summary>
    [Fact]
    public void A_turn_never_costs_less_than_nothing()
    {
        new SessionTally(Septim.Hooks.Spend.Usd.TryParse("5", out var told) ? told : default, 1, 0, 0).Write(_session.Files, _session.State, _session.Id);
        _session.Respond(100_000, 0);
        Record("Stop");
        Assert.Equal("0.00", Assert.Single(Spooled()).GetProperty("cost_usd").GetProperty("turn").GetRawText());
    }

    [Theory]
    [InlineData("0.1", true)]
    [InlineData("0.25", false)]
    public void A_total_is_a_lower_bound_until_the_clients_own_is_more(string clients, bool isBound)
    {
        _session.Respond(100_000, 0);
        _session.Append($$"""{"type":"cost-state","sessionId":"{{_session.Id}}","totalCostUSD":{{clients}},"modelUsage":{} }""");
        Record("SessionEnd", ",\"reason\":\"other\"");
        Assert.Equal(isBound, Assert.Single(Spooled()).GetProperty("cost_is_lower_bound").GetBoolean());
    }

    [Fact]
    public void What_the_client_says_is_masked_and_the_user_is_found_under_another_name()
    {
        var token = "ghp_" + new string('a', 36);
        _session.Environment["LOGNAME"] = "ann";
        _session.Respond(100_000, 0, at: TimeProvider.System.GetUtcNow().AddHours(1));
        Record("Notification", $",\"message\":\"run with {token}?\",\"notification_type\":\"permission_prompt\"");
        var e = Assert.Single(Spooled());
        Assert.Equal(("run with ***?", "ann"), (e.GetProperty("reason").GetString(), e.GetProperty("user").GetString()));
        Assert.Equal(0, e.GetProperty("duration_ms").GetInt64());
    }

    /// <summary>Of a longer event the shipper would read a part, which is no event.</summary>
    [Theory]
    [InlineData("Notification", "message", "reason")]
    [InlineData("SessionEnd", "reason", "exit_reason")]
    [InlineData("StopFailure", "error", "error")]
    [InlineData("Stop", "permission_mode", "permission_mode")]
    public void A_long_text_is_shortened(string name, string from, string to)
    {
        _session.Respond(1, 1);
        Record(name, $",\"{from}\":\"{new string('\u0001', 4094).Replace("\u0001", "\\u0001", StringComparison.Ordinal)}\ud83d\ude00{new string('x', 2_000_000)}\"");
        Assert.Equal(new string('\u0001', 4094) + "…", Assert.Single(Spooled()).GetProperty(to).GetString());
    }

    [Fact]
    public void A_subagent_that_stops_tells_its_own_cost_and_how_deep_agents_went()
    {
        _session.Respond(100_000, 0);
        _session.Agent("a1", depth: 2);
        _session.Respond(50_000, 0, agentId: "a1");
        _session.AgentId = "a1";
        Record("SubagentStop");
        var e = Assert.Single(Spooled());
        Assert.Equal(("0.30", "0.10"), (e.GetProperty("cost_usd").GetProperty("total").GetRawText(), e.GetProperty("cost_usd").GetProperty("turn").GetRawText()));
        Assert.Equal((1, 2), (e.GetProperty("subagents").GetProperty("spawned").GetInt32(), e.GetProperty("subagents").GetProperty("max_depth").GetInt32()));
        Assert.Equal("a1", e.GetProperty("agent_id").GetString());
    }

    [Fact]
    public void A_refusal_is_an_event_with_its_rule_reason_and_ceiling()
    {
        _session.Environment["SEPTIM_SESSION_USD"] = "0.10";
        _session.Environment["SEPTIM_WAIT_MS"] = "0";
        _session.Respond(100_000, 0, calls: ("t1", "Bash", "{}"));
        var context = _session.Call("Bash", "{}", "t1");
        var each = new List<GateVerdict>();
        var verdict = GateList.Judge([new CostGate()], context, each);
        Assert.Equal(VerdictKind.Stop, verdict.Kind);
        Recorders.Record(Recorders.All, context, each, true, Variable);
        var e = Assert.Single(Spooled());
        Assert.Equal(("cost_stop", "cost-gate", "Bash"), (e.GetProperty("event").GetString(), e.GetProperty("rule").GetString(), e.GetProperty("tool").GetString()));
        Assert.Equal(("session", "0.10", "stop"),
            (e.GetProperty("ceiling").GetProperty("name").GetString(), e.GetProperty("ceiling").GetProperty("usd").GetRawText(), e.GetProperty("ceiling").GetProperty("action").GetString()));
        Assert.Equal(1, e.GetProperty("denials").GetInt32());
    }

    [Theory]
    [InlineData(nameof(VerdictKind.Pass), true, "bash_warning")]
    [InlineData(nameof(VerdictKind.Ask), true, "bash_ask")]
    [InlineData(nameof(VerdictKind.Ask), false, "bash_deny")]
    [InlineData(nameof(VerdictKind.Deny), true, "bash_deny")]
    [InlineData(nameof(VerdictKind.Stop), true, "bash_deny")]
    public void A_verdict_is_named_by_its_gate_and_kind(string kind, bool attended, string name) =>
        Assert.Equal(name, EventName.Of(new GateVerdict("bash-gate", new Verdict(Enum.Parse<VerdictKind>(kind), "fs-rm-root", "x")), attended));

    public static TheoryData<string, string> Verdicts()
    {
        var all = new TheoryData<string, string>();
        foreach (var gate in GateList.All)
            foreach (var kind in Enum.GetNames<VerdictKind>()) all.Add(gate.Id, kind);
        return all;
    }

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void Every_denial_and_warning_of_every_gate_is_an_event_that_a_webhook_can_list(string gate, string kind)
    {
        _session.Environment["SEPTIM_NOTIFY"] = """[{"type":"slack","url":"env:X"}]""";
        _session.Respond(1, 1);
        var verdict = new Verdict(Enum.Parse<VerdictKind>(kind), gate, "because, with the key ghp_0123456789abcdef0123456789abcdef0123");
        Recorders.Record(Recorders.All, _session.Call("Bash", """{"command":"ls"}"""), [new GateVerdict(gate, verdict)], true, Variable);
        var e = Assert.Single(Spooled());
        var name = e.GetProperty("event").GetString()!;
        Assert.StartsWith(gate[..^"-gate".Length] + "_", name, StringComparison.Ordinal);
        Assert.True(Septim.Hooks.Delivery.NoticeRoute.IsKnown(name), $"{name} cannot be listed");
        Assert.Equal(gate, e.GetProperty("rule").GetString());
        Assert.DoesNotContain("ghp_", e.GetRawText(), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Paths.Notices));
    }

    [Fact]
    public void Whether_a_shipper_runs_is_seen_in_the_portable_way_as_well()
    {
        Directory.CreateDirectory(Paths.Root);
        Assert.False(ShipperStart.IsHeldPortable(Paths.Lock));
        using (Septim.Hooks.Delivery.ShipLock.TryTake(Paths.Lock, TimeSpan.Zero)) Assert.True(ShipperStart.IsHeldPortable(Paths.Lock));
        Assert.False(ShipperStart.IsHeldPortable(Paths.Lock));
    }

    [Fact]
    public void A_call_that_passes_in_silence_leaves_nothing()
    {
        _session.Respond(100_000, 0);
        Recorders.Record(Recorders.All, _session.Call("Bash", "{}"), [], true, Variable);
        Assert.False(Directory.Exists(Paths.Root));
    }

    [Fact]
    public void A_gate_that_runs_alone_leaves_the_sessions_events_to_others()
    {
        Recorders.Record(Recorders.All, Context("SessionEnd", ""), [], summaries: false, Variable);
        Assert.Empty(Spooled());
    }

    [Fact]
    public void Failures_of_tools_are_counted_and_are_no_events()
    {
        Record("PostToolUseFailure");
        Record("PostToolUseFailure");
        Assert.Empty(Spooled());
        _session.Respond(1, 1);
        Record("Stop");
        Assert.Equal(2, Assert.Single(Spooled()).GetProperty("tool_failures").GetInt32());
    }

    [Fact]
    public void The_length_of_a_turn_is_measured_from_its_prompt()
    {
        var time = new MovableTime();
        _session.Time = time;
        Recorders.Record(Recorders.All, _session.Prompt(), [], true, Variable);
        time.Advance(TimeSpan.FromMinutes(12));
        _session.Respond(1, 1);
        Record("Stop");
        Assert.Equal(12 * 60_000, Assert.Single(Spooled()).GetProperty("turn_ms").GetInt64());
    }

    [Fact]
    public void Background_agents_are_counted_apart_from_background_shells()
    {
        _session.Respond(1, 1);
        Record("Stop", ",\"background_tasks\":[{\"id\":\"a\",\"type\":\"workflow\"},{\"id\":\"b\",\"type\":\"shell\"},{\"id\":\"c\",\"type\":\"local_agent\"}]");
        var e = Assert.Single(Spooled());
        Assert.Equal((3, 2), (e.GetProperty("background_tasks").GetInt32(), e.GetProperty("subagents").GetProperty("running").GetInt32()));
    }

    [Fact]
    public void An_unreadable_transcript_is_an_event_with_the_error_and_one_visible_line()
    {
        Directory.CreateDirectory(_session.Transcript);
        var fault = Assert.Throws<HookFault>(() => Record("SessionEnd", ",\"reason\":\"other\""));
        var e = Assert.Single(Spooled());
        Assert.Equal(fault.Message, e.GetProperty("error").GetString());
        Assert.Equal(JsonValueKind.Null, e.GetProperty("cost_usd").GetProperty("total").ValueKind);
    }

    [Fact]
    public void A_spool_that_cannot_be_written_is_a_fault_that_names_it()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Paths.Root)!);
        File.WriteAllText(Paths.Root, "in the way");
        _session.Respond(1, 1);
        Assert.Contains(Paths.Spool, Assert.Throws<HookFault>(() => Record("Stop")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trouble_of_the_shipper_is_told_once_when_a_turn_ends()
    {
        _session.Respond(1, 1);
        Directory.CreateDirectory(Paths.Root);
        File.WriteAllText(Paths.Trouble, "septim ship: central does not take events\n");
        Assert.Equal("septim ship: central does not take events", Record("Stop"));
        Assert.Null(Record("Stop"));
    }

    [Fact]
    public void Switched_off_nothing_is_written()
    {
        _session.Environment["SEPTIM_LOG"] = "false";
        _session.Respond(1, 1);
        Record("Stop");
        Assert.Empty(Spooled());
    }

    [Fact]
    public void Notices_are_written_only_when_somebody_is_to_be_told()
    {
        _session.Respond(1, 1);
        Record("Stop");
        Assert.False(Directory.Exists(Paths.Notices));
        _session.Environment["SEPTIM_NOTIFY"] = """[{"type":"slack","url":"env:X"}]""";
        Record("Stop");
        Assert.Single(Directory.GetFiles(Paths.Notices));
    }

    [Fact]
    public void Files_are_for_their_owner_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        _session.Respond(1, 1);
        Record("Stop");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(Paths.Spool).Single()));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Paths.Spool));
    }

    [Fact]
    public void The_ci_job_is_told()
    {
        _session.Environment["GITHUB_RUN_ID"] = "77";
        _session.Environment["GITHUB_RUN_ATTEMPT"] = "2";
        _session.Environment["GITHUB_SERVER_URL"] = "https://github.com";
        _session.Environment["GITHUB_REPOSITORY"] = "acme/shop";
        _session.Environment["GITHUB_JOB"] = "nightly";
        _session.Respond(1, 1);
        Record("Stop");
        var ci = Assert.Single(Spooled()).GetProperty("ci");
        Assert.Equal(("github", "github-77-2", "https://github.com/acme/shop/actions/runs/77", "nightly"),
            (ci.GetProperty("provider").GetString(), ci.GetProperty("run_id").GetString(), ci.GetProperty("url").GetString(), ci.GetProperty("job").GetString()));
    }

    private SpoolPaths Paths => SpoolPaths.In(_session.State);

    private string? Variable(string name) => _session.Environment.GetValueOrDefault(name);

    private string? Record(string hookEvent, string more = "")
    {
        // Why: events are told apart in order by their millisecond.
        Thread.Sleep(2);
        return Recorders.Record(Recorders.All, Context(hookEvent, more), [], true, Variable);
    }

    private GateContext Context(string hookEvent, string more)
    {
        var context = _session.Event(hookEvent);
        var json = Encoding.UTF8.GetString(context.Input.Json.Span);
        return context with { Input = HookInput.Parse(Encoding.UTF8.GetBytes(json[..json.LastIndexOf('}')] + more + "}")) };
    }

    private List<JsonElement> Spooled() => !Directory.Exists(Paths.Spool)
        ? []
        : [.. Directory.GetFiles(Paths.Spool).Order(StringComparer.Ordinal).Select(file => JsonElement.Parse(File.ReadAllBytes(file))).OrderBy(e => e.GetProperty("ts").GetString(), StringComparer.Ordinal)];
}
