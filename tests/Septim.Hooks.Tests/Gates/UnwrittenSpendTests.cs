using Septim.Hooks.Gates;
using Septim.Hooks.Spend;
using Septim.Hooks.Tests.Support;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Gates;

/// <summary>What a session spends and no line of it says. Sonnet 5.5: a message of 100,000 input tokens is 0.20 USD.</summary>
public sealed class UnwrittenSpendTests : IDisposable
{
    private readonly CostGate _gate = new();
    private readonly Session _session = new();
    private readonly HastyTime _time = new();

    public UnwrittenSpendTests()
    {
        Set("SEPTIM_RESERVE", "none");
        Set("SEPTIM_WAIT_MS", "0");
        Set("SEPTIM_SESSION_USD", "2");
        _session.Time = _time;
        _session.Respond(100_000, 0, calls: ("toolu_written", "Bash", "{}"));
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData(1, false)]
    [InlineData(9, false)]
    [InlineData(11, false)]
    [InlineData(700, false)]
    [InlineData(1, true)]
    [InlineData(11, true)]
    public void Counts_however_long_the_tools_run_and_across_resumes(int minutes, bool isResumed)
    {
        var verdict = Verdict.Pass;
        var rounds = 0;
        for (; verdict.Kind == VerdictKind.Pass && rounds < 20; rounds++)
        {
            verdict = Lose(rounds);
            if (isResumed) _gate.Judge(_session.Event("SessionEnd"));
            _time.Advance(TimeSpan.FromMinutes(minutes));
        }
        Assert.Equal((VerdictKind.Stop, 10), (verdict.Kind, rounds));
    }

    [Theory]
    [InlineData(11, "Stop")]
    [InlineData(25 * 60, "Pass")]
    public void Counts_in_the_run_for_a_day(int minutes, string expected)
    {
        Set("SEPTIM_SESSION_USD", "100");
        Set("SEPTIM_RUN_ID", "run-1");
        Set("SEPTIM_RUN_USD", "2.9");
        for (var i = 0; i < 5; i++) Lose(i);
        _time.Advance(TimeSpan.FromMinutes(minutes));
        var beside = _session.Beside("99999999-2222-4333-8444-555555555555");
        beside.Time = _time;
        beside.Respond(900_000, 0, calls: ("toolu_b", "Bash", "{}"));
        Assert.Equal(expected, _gate.Judge(beside.Call("Bash", "{}", "toolu_b")).Kind.ToString());
    }

    [Fact]
    public void What_was_to_come_lapses_after_ten_minutes()
    {
        Set("SEPTIM_RESERVE", "typical");
        Set("SEPTIM_RUN_ID", "run-1");
        Set("SEPTIM_RUN_USD", "0.7");
        _gate.Judge(_session.Call("Bash", "{}", "toolu_written"));
        var beside = _session.Beside("99999999-2222-4333-8444-555555555555");
        beside.Time = _time;
        beside.Respond(100_000, 0, calls: ("toolu_b", "Bash", "{}"));
        Assert.Equal(VerdictKind.Stop, _gate.Judge(beside.Call("Bash", "{}", "toolu_b")).Kind);
        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(VerdictKind.Pass, _gate.Judge(beside.Call("Bash", "{}", "toolu_b")).Kind);
    }

    [Fact]
    public void A_session_that_ends_with_all_of_it_on_disk_leaves_nothing_behind()
    {
        _gate.Judge(_session.Batch("toolu_late"));
        _session.Respond(100_000, 0, calls: ("toolu_late", "Bash", "{}"));
        _gate.Judge(_session.Event("SessionEnd"));
        Assert.Empty(Directory.GetFiles(Path.Combine(_session.State, "reservations")));
    }

    [Fact]
    public void On_a_bad_line_the_next_response_may_break_off_as_often()
    {
        Set("SEPTIM_RESERVE", "typical");
        _session.Append(Line.Failure("connection_retry"));
        _session.Append(Line.Failure("connection_retry"));
        _session.Respond(100_000, 0, calls: ("toolu_repeated", "Bash", "{}"));
        // 0.20 and three times 0.20 are spent, and as much as the latter may come.
        Set("SEPTIM_SESSION_USD", "1.39");
        Assert.Equal(VerdictKind.Stop, _gate.Judge(_session.Call("Bash", "{}", "toolu_repeated")).Kind);
        Set("SEPTIM_SESSION_USD", "1.4");
        Assert.Equal(VerdictKind.Pass, _gate.Judge(_session.Call("Bash", "{}", "toolu_repeated")).Kind);
    }

    [Fact]
    public void A_compaction_counts_as_a_request_until_the_client_states_its_figure()
    {
        for (var i = 0; i < 7; i++) _gate.Judge(_session.Event("SessionStart", ",\"source\":\"compact\""));
        Assert.Equal(VerdictKind.Pass, Judge().Kind);
        _gate.Judge(_session.Event("SessionStart", ",\"source\":\"resume\""));
        Assert.Equal(VerdictKind.Pass, Judge().Kind);
        for (var i = 0; i < 2; i++) _gate.Judge(_session.Event("SessionStart", ",\"source\":\"compact\""));
        Assert.Equal(VerdictKind.Stop, Judge().Kind);
        Assert.True(StatusFloor.Write(FileSystem.Real, _session.State, _session.Id, Usd.Cents(80), Usd.Cents(20)));
        Assert.Equal(VerdictKind.Pass, Judge().Kind);
    }

    private Verdict Lose(int round)
    {
        var verdict = _gate.Judge(_session.Call("Bash", "{}", $"toolu_lost_{round}"));
        _time.Advance(TimeSpan.FromSeconds(1));
        return verdict.Kind == VerdictKind.Pass ? _gate.Judge(_session.Batch($"toolu_lost_{round}")) : verdict;
    }

    private Verdict Judge() => _gate.Judge(_session.Call("Bash", "{}", "toolu_written"));

    private void Set(string name, string value) => _session.Environment[name] = value;
}
