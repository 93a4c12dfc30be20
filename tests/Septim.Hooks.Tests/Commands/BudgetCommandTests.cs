using System.Globalization;
using System.Text.Json;
using Septim.Hooks.Commands;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Commands;

public sealed class BudgetCommandTests : IDisposable
{
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Shows_what_is_spent_and_left_of_each_ceiling()
    {
        _run.Variables["SEPTIM_SESSION_USD"] = "0.10";
        _run.Variables["SEPTIM_DAY_USD"] = "1";
        _run.Variables["SEPTIM_SESSION_TOOL_CALLS"] = "4";
        Transcript();
        var outcome = _run.Run("budget", "--format", "json");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Err));
        using var json = JsonDocument.Parse(outcome.Out);
        Assert.Equal("11112222-3333-4444-5555-666677778888", json.RootElement.GetProperty("session").GetString());
        var ceilings = json.RootElement.GetProperty("ceilings").EnumerateArray().ToDictionary(ceiling => ceiling.GetProperty("name").GetString()!);
        // 1,000 × $3 + 1,000 × $15 a million tokens.
        Assert.Equal("0.018", ceilings["session"].GetProperty("spent_usd").GetString());
        Assert.Equal("0.082", ceilings["session"].GetProperty("left_usd").GetString());
        Assert.Equal(18_000_000_000, ceilings["session"].GetProperty("spent_picousd").GetInt64());
        Assert.Equal("0.018", ceilings["day"].GetProperty("spent_usd").GetString());
        Assert.Equal(4, ceilings["tool call"].GetProperty("limit").GetInt64());
        Assert.Contains("session       [###.................]        $0.02 of $0.10        $0.08 left   (SEPTIM_SESSION_USD)", _run.Run("budget").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_the_start_of_a_session_id()
    {
        Transcript();
        Assert.StartsWith("session 11112222-", _run.Run("budget", "--session", "1111").Out, StringComparison.Ordinal);
        Assert.Equal(2, _run.Run("budget", "--session", "9").ExitCode);
    }

    [Fact]
    public void A_project_without_a_session_shows_what_will_hold_and_the_day()
    {
        _run.Variables["SEPTIM_DAY_USD"] = "20";
        _run.Variables["SEPTIM_SESSION_MINUTES"] = "30";
        var outcome = _run.Run("budget");
        Assert.Equal(0, outcome.ExitCode);
        Assert.StartsWith("no session of this project yet\nsession       [....................]        $0.00 of $10.00", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("\nsession time  [....................]        0 min of 30 min", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("\nday           [", outcome.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("budget")]
    [InlineData("config")]
    [InlineData("doctor")]
    public void A_directory_that_is_not_there_is_a_typing_error(string verb)
    {
        var outcome = _run.Run(verb, "--directory", "nowhere");
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Out));
        Assert.Equal($"septim {verb}: --directory {Path.Combine(_run.Project, "nowhere")} does not exist\n", outcome.Err);
    }

    [Fact]
    public void A_raise_holds_until_its_end_and_says_who_and_why()
    {
        var raised = _run.Run("budget", "raise", "--session", "25", "--for", "90m", "--reason", "release day");
        Assert.Equal((0, ""), (raised.ExitCode, raised.Err));
        Assert.Contains("ceilings.sessionUsd is 25 until 2026-11-22 21:45 UTC (was 10)", raised.Out, StringComparison.Ordinal);
        var config = _run.Run("config").Out;
        Assert.Contains($"by {Environment.UserName}@{Environment.MachineName}: release day", config, StringComparison.Ordinal);
        _run.Time.Now += TimeSpan.FromMinutes(91);
        Assert.DoesNotContain("release day", _run.Run("config").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Raises_are_kept_in_order_and_the_last_counts()
    {
        Assert.Equal(0, _run.Run("budget", "raise", "--sessionUsd=12", "--reason", "a").ExitCode);
        Assert.Equal(0, _run.Run("budget", "raise", "--session", "$15", "--reason", "b").ExitCode);
        Assert.Equal(2, File.ReadAllLines(Path.Combine(_run.Home, ".claude", "septim", "raises.jsonl")).Length);
        Assert.Contains("ceilings.sessionUsd          15 ", _run.Run("config").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("../x")]
    public void A_pattern_is_no_session(string session) => Assert.Contains("is not a session id", _run.Run("budget", "--session", session).Err, StringComparison.Ordinal);

    [Theory]
    [InlineData("CLAUDECODE", "1")]
    [InlineData("CLAUDE_CODE_SESSION_ID", "abc")]
    public void The_agent_may_not_raise(string variable, string value)
    {
        _run.Variables[variable] = value;
        var refused = _run.Run("budget", "raise", "--session", "25", "--reason", "more");
        Assert.Equal((2, ""), (refused.ExitCode, refused.Out));
        Assert.Contains("wants a person", refused.Err, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_run.Home, ".claude")));
    }

    [Theory]
    [InlineData("--session", "5", "--reason", "lower than the 10 that holds")]
    [InlineData("--session", "25")]
    [InlineData("--session", "25", "--reason", " ")]
    [InlineData("--reason", "which?")]
    [InlineData("--session", "25", "--run", "30", "--reason", "two")]
    [InlineData("--session", "-1", "--reason", "x")]
    [InlineData("--session", "25", "--for", "2y", "--reason", "x")]
    [InlineData("--session", "25", "--for", "32d", "--reason", "x")]
    [InlineData("--session", "25", "--for", "", "--reason", "x")]
    public void What_is_no_raise_is_exit_2_and_writes_nothing(params string[] args)
    {
        var refused = _run.Run("budget", ["raise", .. args]);
        Assert.Equal((2, ""), (refused.ExitCode, refused.Out));
        Assert.False(File.Exists(Path.Combine(_run.Home, ".claude", "septim", "raises.jsonl")));
    }

    private void Transcript()
    {
        var time = _run.Time.Now.AddMinutes(-5).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        _run.Write(
            $"home/.claude/projects/{SessionChoice.FolderName(_run.Project)}/11112222-3333-4444-5555-666677778888.jsonl",
            """{"type":"assistant","sessionId":"11112222-3333-4444-5555-666677778888","requestedModel":"claude-sonnet-4-5","timestamp":"TIME","message":{"id":"msg_1","model":"claude-sonnet-4-5","content":[],"usage":{"input_tokens":1000,"output_tokens":1000}}}"""
                .Replace("TIME", time, StringComparison.Ordinal) + "\n");
    }
}
