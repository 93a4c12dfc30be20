using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Commands;

public sealed class LogCommandTests : IDisposable
{
    private readonly CommandRun _run = new();

    public LogCommandTests()
    {
        _run.Write("home/.local/state/septim/log/septim-20261121.jsonl",
            Line("2026-11-21T10:00:00.000Z", "stop", "s1", "/p/shop", "ann", "1.00", "1.00", "opus") + "\n");
        _run.Write("home/.local/state/septim/log/septim-20261122.jsonl",
            Line("2026-11-22T10:00:00.000Z", "stop", "s1", "/p/shop", "ann", "3.50", "2.50", "opus") + "\n"
            + Line("2026-11-22T10:00:00.500Z", "subagent_stop", "s1", "/p/shop", "ann", "3.50", "0.70", "opus") + "\n"
            + Line("2026-11-22T10:00:01.000Z", "session_end", "s1", "/p/shop", "ann", "3.75", "0.25", "opus", ",\"exit_reason\":\"other\"") + "\n"
            + "{\"cut off\n"
            + Line("2026-11-22T11:00:00.000Z", "bash_deny", "s2", "/p/api", "bob", "0.10", "0.10", "haiku", ",\"reason\":\"rm, \\\"all\\\"\"") + "\n"
            + Line("2026-11-22T11:01:00.000Z", "session_end", "s2", "/p/api", "bob", "0.20", "0.20", "haiku") + "\n");
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Shows_the_last_events_and_counts_what_is_none()
    {
        var outcome = _run.Run("log", "--tail", "2");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(2, outcome.Out.TrimEnd().Split('\n').Length);
        Assert.StartsWith("2026-11-22T11:00:00.000Z bash_deny", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("left out what is no event: 1 line", outcome.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, "--session", "s1")]
    [InlineData(2, "--project", "API")]
    [InlineData(2, "--user", "bob")]
    [InlineData(1, "--day", "2026-11-21")]
    [InlineData(2, "--event", "session_end")]
    [InlineData(1, "--reason", "other")]
    public void Filters(int lines, params string[] filter) =>
        Assert.Equal(lines, _run.Run("log", filter).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

    [Theory]
    [InlineData("day", "2026-11-21,1.00,1,1,0\n2026-11-22,2.95,2,1,1\n")]
    [InlineData("project", "/p/shop,3.75,1,2,0\n/p/api,0.20,1,0,1\n")]
    [InlineData("user", "ann,3.75,1,2,0\nbob,0.20,1,0,1\n")]
    [InlineData("model", "opus,3.75,1,0,0\nhaiku,0.20,1,0,0\n")]
    public void Totals_count_each_dollar_once(string by, string rows) =>
        Assert.Equal($"{by},usd,sessions,turns,denials\n{rows}", _run.Run("log", "--totals", by, "--format", "csv").Out);

    [Fact]
    public void An_event_that_does_not_exist_is_told_with_those_that_do()
    {
        var outcome = _run.Run("log", "--event", "bash_denied");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("--event is \"bash_denied\"; there are bash_ask, bash_deny, ", outcome.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_is_not_there_is_told() => Assert.Equal(2, _run.Run("log", "--directory", "/nonexistent").ExitCode);

    /// <summary>A turn that failed was paid for, and a session that a ceiling ended was denied.</summary>
    [Fact]
    public void Failed_turns_and_ended_sessions_count()
    {
        _run.Write("home/.local/state/septim/log/septim-20261123.jsonl",
            Line("2026-11-23T10:00:00.000Z", "stop_failure", "s3", "/p/till", "eve", "0.40", "0.40", "haiku") + "\n"
            + Line("2026-11-23T10:01:00.000Z", "cost_stop", "s3", "/p/till", "eve", "0.40", "0", "haiku") + "\n");
        Assert.Contains("eve,0.40,1,1,1\n", _run.Run("log", "--totals", "user", "--format", "csv").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_dearest_sessions_come_first() =>
        Assert.StartsWith("{\"session\":\"s1\",\"usd\":3.75", _run.Run("log", "--dearest", "1", "--format", "json").Out, StringComparison.Ordinal);

    [Fact]
    public void Csv_quotes_what_needs_it() => Assert.Contains("\"rm, \"\"all\"\"\"", _run.Run("log", "--format", "csv").Out, StringComparison.Ordinal);

    [Fact]
    public void A_line_that_is_no_text_hides_nothing_behind_it()
    {
        var file = Path.Combine(_run.Home, ".local", "state", "septim", "log", "septim-20261123.jsonl");
        File.WriteAllBytes(file, [.. Enumerable.Repeat((byte)0xFF, 500), (byte)'\n',
            .. System.Text.Encoding.UTF8.GetBytes(Line("2026-11-23T10:00:00.000Z", "stop", "s3", "/p/shop", "ann", "1.00", "1.00", "opus") + "\n")]);
        Assert.StartsWith("2026-11-23T10:00:00.000Z stop", _run.Run("log", "--tail", "1").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Goes_on_where_it_ended_and_waits_for_the_end_of_a_line()
    {
        using var place = new TemporaryDirectory();
        var file = Path.Combine(place.Path, "septim-20261123.jsonl");
        var reader = new Septim.Hooks.Commands.LogReader(place.Path);
        File.WriteAllText(file, "{\"event_id\":\"1\",\"event\":\"stöp\"}\n{\"event_id\":");
        Assert.Single(reader.Read());
        Assert.Empty(reader.Read());
        File.AppendAllText(file, "\"2\"}\r\n{\"event_id\":\"1\"}\n");
        Assert.Equal("2", Assert.Single(reader.Read())["event_id"]);
        File.WriteAllText(Path.Combine(place.Path, "septim-20261124.jsonl"), $"{{\"event_id\":\"3\",\"text\":\"{new string('x', 200_000)}\"}}\n");
        File.Delete(file);
        Assert.Equal("3", Assert.Single(reader.Read())["event_id"]);
        Assert.Equal(0, reader.Broken);
    }

    [Fact]
    public void A_repeated_delivery_is_shown_once()
    {
        var line = Line("2026-11-23T10:00:00.000Z", "stop", "s3", "/p/x", "ann", "1", "1", "opus");
        _run.Write("home/.local/state/septim/log/septim-20261123.jsonl", line + "\n" + line + "\n");
        Assert.Single(_run.Run("log", "--session", "s3").Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void What_would_steer_a_terminal_is_taken_out()
    {
        _run.Write("home/.local/state/septim/log/septim-20261124.jsonl", Line("2026-11-24T10:00:00.000Z", "stop", "s4", "/p/x", "ann", "1", "1", "opus", ",\"reason\":\"\\u001b[2Jgone\"") + "\n");
        Assert.DoesNotContain('\u001b', _run.Run("log", "--session", "s4").Out);
    }

    [Theory]
    [InlineData("unknown option --colour", "--colour")]
    [InlineData("--day is \"yesterday\"", "--day", "yesterday")]
    [InlineData("--totals is \"planet\"", "--totals", "planet")]
    [InlineData("--tail wants a value", "--tail")]
    [InlineData("--tail is \"-1\"", "--tail", "-1")]
    [InlineData("\"extra\" is not understood", "extra")]
    public void A_wrong_option_is_named(string message, params string[] args)
    {
        var outcome = _run.Run("log", args);
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Out));
        Assert.StartsWith($"septim log: {message}", outcome.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_may_hold_its_value_and_what_is_no_event_is_counted()
    {
        _run.Write("home/.local/state/septim/log/septim-20261124.jsonl", "{\"a\":1}\n");
        var outcome = _run.Run("log", "--tail=1");
        Assert.Single(outcome.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("what is no event: ", outcome.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void Before_the_first_event_it_says_where_it_looked()
    {
        using var run = new CommandRun();
        var outcome = run.Run("log");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Out));
        Assert.StartsWith($"septim log: nothing was recorded yet in {run.Home}", outcome.Err, StringComparison.Ordinal);
    }

    private int _ids;

    private string Line(string ts, string name, string session, string project, string user, string total, string turn, string model, string more = "") =>
        $$"""{"ts":"{{ts}}","event":"{{name}}","event_id":"id-{{++_ids}}","session_id":"{{session}}","project":"{{project}}","user":"{{user}}","cost_usd":{"total":{{total}},"turn":{{turn}}},"cost_by_model":{"{{model}}":{{total}}},"turns":1{{more}}}""";
}
