using Septim.Hooks.Commands;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Commands;

/// <summary>What can be seen without the client; with it, see RunVerbTests of the end-to-end tests.</summary>
public sealed class RunCommandTests : IDisposable
{
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("say what to run", "--session", "5")]
    [InlineData("--drain \"soon\" is not a time", "--drain", "soon", "--", "claude")]
    [InlineData("--session", "--session", "cheap", "--", "claude")]
    [InlineData("--bare makes the client run without hooks", "--", "claude", "--bare")]
    public void A_typing_error_is_exit_2_and_starts_nothing(string message, params string[] args)
    {
        var refused = _run.Run("run", args);
        Assert.Equal((2, ""), (refused.ExitCode, refused.Out));
        Assert.Contains(message, refused.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void Inside_the_client_it_refuses()
    {
        _run.Variables["CLAUDECODE"] = "1";
        Assert.Contains("this runs inside Claude Code", _run.Run("run", "--", "claude").Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("500ms", 500)]
    [InlineData("10s", 10_000)]
    [InlineData("10", 10_000)]
    [InlineData("2m", 120_000)]
    [InlineData("-1s", null)]
    [InlineData("1h", null)]
    [InlineData("s", null)]
    [InlineData("", null)]
    public void A_time_has_a_unit_or_is_in_seconds(string text, int? milliseconds) =>
        Assert.Equal(milliseconds, ShipCommand.TryTime(text, out var time) ? (int)time.TotalMilliseconds : null);

    [Fact]
    public void The_log_is_delivered_at_the_end_and_a_broken_configuration_is_one_line()
    {
        var io = Io();
        LogDrain.Run(TimeSpan.FromSeconds(5), io);
        Assert.Equal("", io.Err.ToString());

        var file = Event();
        LogDrain.Run(TimeSpan.FromSeconds(5), io);
        Assert.Equal("", io.Err.ToString());
        Assert.Empty(Directory.GetFiles(Path.Combine(_run.Home, ".local", "state", "septim", "ship", "spool")));
        Assert.Contains(Path.GetFileNameWithoutExtension(file), File.ReadAllText(Directory.GetFiles(Path.Combine(_run.Home, ".local", "state", "septim", "log")).Single()), StringComparison.Ordinal);

        _run.Write("home/.claude/septim/septim.json", "{");
        LogDrain.Run(TimeSpan.FromSeconds(5), io);
        Assert.StartsWith("septim run: the log could not be delivered: ", Assert.Single(io.Err.ToString()!.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void A_summary_that_cannot_be_written_leaves_the_exit_code_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the client here is a shell script");
        var client = _run.Write("client", "#!/bin/sh\nexit 7\n");
        Audit.AuditHome.SetMode(client, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var outcome = _run.Run("run", "--drain", "0", "--summary", "/no/such/folder/summary.md", "--", client);
        Assert.Equal(7, outcome.ExitCode);
        Assert.Contains("septim run: the summary /no/such/folder/summary.md cannot be written (no such file or directory)", outcome.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_delivered_in_time_is_kept_and_told()
    {
        _run.Variables["SEPTIM_LOG_SINKS"] = """[{"type":"http","name":"central","url":"http://127.0.0.1:9/"}]""";
        var file = Event();
        var io = Io();
        LogDrain.Run(TimeSpan.Zero, io);
        Assert.True(File.Exists(file));
        LogDrain.Run(TimeSpan.FromMilliseconds(300), io);
        Assert.Contains("1 event not delivered in time, kept", io.Err.ToString(), StringComparison.Ordinal);
        Assert.Equal("", io.Out.ToString());
    }

    /// <summary>One that waits in the spool.</summary>
    private string Event()
    {
        var id = Guid.CreateVersion7().ToString();
        return _run.Write($"home/.local/state/septim/ship/spool/{id}.json", $$"""{"event":"stop","event_id":"{{id}}","ts":"{{DateTimeOffset.UtcNow:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","session_id":"s"}""");
    }

    private CommandIo Io() => new()
    {
        Out = new StringWriter { NewLine = "\n" },
        Err = new StringWriter { NewLine = "\n" },
        Variable = name => _run.Variables.GetValueOrDefault(name),
        WorkingDirectory = _run.Project,
    };
}
