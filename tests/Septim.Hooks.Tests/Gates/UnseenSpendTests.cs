using Septim.Hooks.Gates;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Gates;

/// <summary>
/// What tools ask the model themselves. On Sonnet 5.5 a page is taken for 25,000 and 1,000 tokens, 0.06 USD; an answer with one search for
/// 15,000 and 1,500 and a fee of 0.01, 0.055 USD. A message of 100,000 input tokens is 0.20 USD.
/// </summary>
public sealed class UnseenSpendTests : IDisposable
{
    private readonly CostGate _gate = new();
    private readonly Session _session = new();
    private int _calls;

    public UnseenSpendTests()
    {
        Set("SEPTIM_RESERVE", "none");
        Set("SEPTIM_WAIT_MS", "0");
        Set("SEPTIM_SESSION_USD", "2");
        _session.Time = new HastyTime();
        _session.Respond(100_000, 0, calls: ("toolu_written", "Bash", "{}"));
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("WebFetch", "a page", 30)]
    [InlineData("WebSearch", "no results", 33)]
    [InlineData("WebSearch", "Links: [{\"title\":\"a\"}] and Links: [{\"title\":\"b\"}]", 22)]
    public void Requests_of_tools_count_though_no_line_tells_of_them(string tool, string response, int expected)
    {
        var rounds = 0;
        for (var verdict = Verdict.Pass; verdict.Kind == VerdictKind.Pass && rounds < 50; rounds++) verdict = End(tool, response);
        Assert.Equal(expected, rounds);
        Assert.Equal(VerdictKind.Stop, Judge().Kind);
    }

    [Theory]
    [InlineData("Bash", "Links: [")]
    [InlineData("WebFetch", "<tool_use_error>InputValidationError: Invalid URL</tool_use_error>")]
    [InlineData("WebFetch", "PreToolUse:WebFetch hook error: [septim hook]: no")]
    [InlineData("WebFetch", "connect ECONNREFUSED 127.0.0.1:9")]
    [InlineData("WebFetch", "REDIRECT DETECTED: The URL redirects to a location that was not fetched automatically.")]
    [InlineData("WebFetch", "The server returned HTTP 404 Not Found.")]
    public void Calls_that_asked_nothing_count_nothing(string tool, string response)
    {
        for (var i = 0; i < 60; i++) Assert.Equal(VerdictKind.Pass, End(tool, response).Kind);
    }

    [Fact]
    public void A_call_reserves_for_its_request_and_those_beside_it_see_that()
    {
        Set("SEPTIM_RESERVE", "typical");
        // 0.20 is spent, as much is kept for the next request, and each page is 0.06.
        Set("SEPTIM_SESSION_USD", "0.53");
        _session.Respond(0, 0, calls: [("toolu_a", "WebFetch", "{}"), ("toolu_b", "WebFetch", "{}"), ("toolu_c", "WebFetch", "{}")]);
        Assert.Equal(VerdictKind.Pass, _gate.Judge(_session.Call("WebFetch", "{}", "toolu_a")).Kind);
        Assert.Equal(VerdictKind.Pass, _gate.Judge(_session.Call("WebFetch", "{}", "toolu_b")).Kind);
        Assert.Equal(VerdictKind.Stop, _gate.Judge(_session.Call("WebFetch", "{}", "toolu_c")).Kind);
        Assert.Equal(VerdictKind.Pass, _gate.Judge(_session.Batch(("toolu_a", "WebFetch", "x"), ("toolu_b", "WebFetch", "x"), ("toolu_c", "WebFetch", "PreToolUse:WebFetch hook error"))).Kind);
        // What the calls reserved is spent now, and not counted twice.
        Assert.Equal(VerdictKind.Pass, _gate.Judge(_session.Call("Bash", "{}", "toolu_c")).Kind);
    }

    [Fact]
    public void They_count_in_the_run_of_another_session_until_the_session_ends()
    {
        Set("SEPTIM_SESSION_USD", "100");
        Set("SEPTIM_RUN_ID", "run-1");
        Set("SEPTIM_RUN_USD", "1");
        for (var i = 0; i < 11; i++) Assert.Equal(VerdictKind.Pass, End("WebFetch").Kind);
        var beside = _session.Beside("99999999-2222-4333-8444-555555555555");
        beside.Respond(100_000, 0, calls: ("toolu_b", "Bash", "{}"));
        Assert.Equal(VerdictKind.Stop, _gate.Judge(beside.Call("Bash", "{}", "toolu_b")).Kind);
        _session.Append(Line.CostState("0.30"));
        _gate.Judge(_session.Event("SessionEnd"));
        Assert.Equal(VerdictKind.Pass, _gate.Judge(beside.Call("Bash", "{}", "toolu_b")).Kind);
    }

    [Fact]
    public void They_count_in_the_ceiling_of_the_agent_that_made_them()
    {
        Set("SEPTIM_SUBAGENT_USD", "0.5");
        _session.Agent("a1");
        _session.Respond(100_000, 0, agentId: "a1", calls: ("toolu_of_agent", "WebFetch", "{}"));
        _session.AgentId = "a1";
        for (var i = 0; i < 4; i++) Assert.Equal(VerdictKind.Pass, _gate.Judge(_session.Batch(("toolu_of_agent", "WebFetch", "x"))).Kind);
        Assert.Equal(VerdictKind.Stop, _gate.Judge(_session.Batch(("toolu_of_agent", "WebFetch", "x"))).Kind);
    }

    [Theory]
    [InlineData("0.30", "Pass")]
    [InlineData(null, "Stop")]
    public void The_clients_own_total_takes_their_place_at_the_end(string? total, string expected)
    {
        for (var i = 0; i < 29; i++) End("WebFetch");
        if (total is not null) _session.Append(Line.CostState(total));
        _gate.Judge(_session.Event("SessionEnd"));
        _session.Respond(50_000, 0, calls: ("toolu_written", "Bash", "{}"));
        Assert.Equal(expected, Judge().Kind.ToString());
    }

    [Fact]
    public void They_are_refused_where_nothing_can_be_remembered()
    {
        Directory.CreateDirectory(_session.State);
        File.WriteAllText(Path.Combine(_session.State, "floors"), "in the way");
        Assert.Contains("cannot be written", Assert.Throws<HookFault>(() => End("WebFetch")).Message);
        Assert.Equal(VerdictKind.Pass, Judge().Kind);
    }

    private Verdict End(string tool, string response = "x")
    {
        var id = $"toolu_{_calls++}";
        _session.Respond(0, 0, calls: (id, tool, "{}"));
        return _gate.Judge(_session.Batch((id, tool, response)));
    }

    private Verdict Judge() => _gate.Judge(_session.Call("Bash", "{}", "toolu_written"));

    private void Set(string name, string value) => _session.Environment[name] = value;
}
