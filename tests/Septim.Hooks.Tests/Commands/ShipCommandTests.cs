using System.Text.Json;
using Septim.Hooks.Recording;
using Septim.Hooks.Tests.Support;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Commands;

public sealed class ShipCommandTests : IDisposable
{
    private readonly CommandRun _run = new();

    private SpoolPaths Paths => SpoolPaths.In(Path.Combine(_run.Home, ".local", "state", "septim"));

    public void Dispose() => _run.Dispose();

    [Fact]
    public void A_flush_delivers_what_waits_and_says_so()
    {
        Spool(3);
        var outcome = _run.Run("ship", "--flush", "--deadline", "10s");
        Assert.Equal((0, "file: 3 delivered\n"), (outcome.ExitCode, outcome.Out));
        Assert.Equal((0, ""), (_run.Run("ship", "--flush").ExitCode, _run.Run("ship", "--flush").Out));
    }

    /// <summary>cron calls it every minute, also where nothing was ever recorded.</summary>
    [Fact]
    public void Where_nothing_was_recorded_there_is_nothing_to_do()
    {
        var outcome = _run.Run("ship");
        Assert.Equal((0, "", ""), (outcome.ExitCode, outcome.Out, outcome.Err));
    }

    [Fact]
    public void A_flush_that_cannot_deliver_by_the_deadline_ends_with_1_and_keeps_the_events()
    {
        using var receiver = new Receiver(_ => new Answer(503));
        _run.Variables["SEPTIM_LOG_SINKS"] = $$"""[{"type":"http","url":"{{receiver.Url}}"}]""";
        Spool(2);
        var outcome = _run.Run("ship", "--flush", "--deadline", "300ms");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("2 events left, kept", outcome.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_retry_and_purge_handle_what_was_refused()
    {
        using var receiver = new Receiver(_ => new Answer(401, "who are you"));
        _run.Variables["SEPTIM_LOG_SINKS"] = $$"""[{"type":"http","name":"central","url":"{{receiver.Url}}"}]""";
        Spool(2);
        Assert.Equal(1, _run.Run("ship", "--flush").ExitCode);
        var status = _run.Run("ship", "status");
        Assert.Equal(1, status.ExitCode);
        Assert.Contains("2 refused: the receiver answered 401: who are you", status.Out, StringComparison.Ordinal);
        Assert.Equal(2, JsonElement.Parse(_run.Run("ship", "status", "--format", "json").Out).GetProperty("sinks")[0].GetProperty("dead").GetInt32());
        Assert.StartsWith("put back: 2 events;", _run.Run("ship", "retry", "central").Out, StringComparison.Ordinal);
        _run.Run("ship", "--flush");
        Assert.Equal(2, _run.Run("ship", "purge").ExitCode);
        Assert.Equal("deleted: 2 events\n", _run.Run("ship", "purge", "--yes").Out);
        Assert.Equal(0, _run.Run("ship", "status").ExitCode);
    }

    [Theory]
    [InlineData("--flush", "--deadline", "soon")]
    [InlineData("--flush", "--deadline", "0s")]
    [InlineData("--flush", "--deadline", "86401s")]
    [InlineData("stauts")]
    [InlineData("status", "--format", "csv")]
    [InlineData("purge", "--yess")]
    public void Wrong_options_are_told(params string[] args)
    {
        var outcome = _run.Run("ship", args);
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Out));
        Assert.StartsWith("septim ship: ", outcome.Err, StringComparison.Ordinal);
        Assert.Single(outcome.Err.TrimEnd().Split('\n'));
    }

    [Fact]
    public void A_project_that_steers_septim_is_not_shipped_for()
    {
        _run.Write("project/.claude/settings.json", """{"env":{"SEPTIM_LOG_SINKS":"[]"}}""");
        _run.Variables["CLAUDE_PROJECT_DIR"] = _run.Project;
        var outcome = _run.Run("ship");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("SEPTIM_LOG_SINKS", outcome.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_configuration_is_told_where_somebody_reads_it()
    {
        _run.Variables["SEPTIM_LOG_SINKS"] = """[{"type":"pigeon"}]""";
        Spool(1);
        Assert.Equal(2, _run.Run("ship").ExitCode);
        Assert.Contains("the type \"pigeon\" is not known", File.ReadAllText(Paths.Trouble), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Paths.Spool));
    }

    private void Spool(int events)
    {
        for (var i = 0; i < events; i++)
            Septim.Hooks.Recording.Spool.Write(FileSystem.Real, Paths.Spool, ShipPlace.Event(i), new SpoolCaps(1000, 1 << 30, TimeSpan.FromDays(1)), DateTimeOffset.UtcNow);
    }
}
