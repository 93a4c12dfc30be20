using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Septim.Hooks.EndToEnd.Support;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>The Stop log as a whole: hooks of the native binary, its shipper, a receiver on loopback, and SIGKILL.</summary>
[Collection(nameof(ManyClients))]
public sealed class DeliveryTests
{
    [Fact]
    public async Task Five_hundred_stops_of_sixteen_processes_survive_kills_and_a_receiver_that_is_down()
    {
        const int stops = 500;
        using var home = new ShipHome();
        var port = ShipHome.FreePort();
        home.More["SEPTIM_LOG_SINKS"] = $$"""[{"type":"http","name":"central","url":"http://127.0.0.1:{{port}}/","batch":20}]""";
        var accepted = new System.Collections.Concurrent.ConcurrentBag<string>();
        var killed = 0;
        var next = -1;
        var hooks = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < stops)
            {
                var session = string.Create(CultureInfo.InvariantCulture, $"stop-{number:000}");
                var run = await home.Stop(session, number % 9 == 0 ? pid => KillSoon(pid, number % 5) : null);
                if (run.ExitCode == 0 && run.Stdout.Length == 0) accepted.Add(session);
                else if (run.ExitCode != 0) Interlocked.Increment(ref killed);
                else Assert.Fail(run.All);
            }
        })).ToList();
        var all = Task.WhenAll(hooks);

        // Shippers come and are killed all the while; the receiver comes up in the middle.
        Receiver? receiver = null;
        var kills = 0;
        while (!all.IsCompleted || kills < 12)
        {
            if (receiver is null && Volatile.Read(ref next) > stops / 2) receiver = new Receiver(port: port);
            await home.Ship(pid => KillSoon(pid, 60 + (kills * 37 % 200)), "--flush", "--deadline", "30s");
            kills++;
        }
        await all;
        using (receiver ??= new Receiver(port: port))
        {
            var last = await home.Ship("--flush", "--deadline", "60s");
            Assert.True(last.ExitCode == 0, last.All);
            var received = receiver.Requests.SelectMany(request => JsonElement.Parse(request.Text).EnumerateArray().Select(e => (Id: e.GetProperty("event_id").GetString()!, Session: e.GetProperty("session_id").GetString()!))).ToList();

            Assert.Empty(accepted.Except(received.Select(e => e.Session)));
            Assert.True(accepted.Count >= stops - killed && killed < stops / 2, $"{accepted.Count} accepted, {killed} killed");
            // What came twice is recognisable, and no more than the batches on their way at a kill.
            var ids = received.GroupBy(e => e.Id).ToList();
            Assert.All(received.GroupBy(e => e.Session), session => Assert.Single(session.Select(e => e.Id).Distinct()));
            Assert.True(ids.Count(id => id.Count() > 1) <= kills * 20, $"{ids.Count(id => id.Count() > 1)} came twice after {kills} kills");
            TestContext.Current.TestOutputHelper?.WriteLine($"{accepted.Count} accepted, {killed} hooks and {kills} shippers killed, {received.Count} received, {ids.Count} distinct");
        }
    }

    [Fact]
    public async Task Ten_thousand_events_are_drained_in_64_MB_and_one_request_a_batch()
    {
        using var home = new ShipHome();
        using var receiver = new Receiver();
        home.More["SEPTIM_LOG_SINKS"] = $$"""[{"type":"http","name":"central","url":"{{receiver.Url}}"}]""";
        await home.Fill(10_000);
        long peakKb = 0;
        var run = await home.Ship(pid => _ = Task.Run(() => Watch(pid, kb => peakKb = Math.Max(peakKb, kb))), "--flush", "--deadline", "100s");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Equal(20, receiver.Requests.Count);
        Assert.InRange(peakKb, 1, 64 * 1024);
        TestContext.Current.TestOutputHelper?.WriteLine($"{peakKb} kB at most, {run.Took}");
    }

    [Fact]
    public async Task The_hook_starts_the_shipper_which_goes_away_by_itself()
    {
        using var home = new ShipHome();
        var run = await home.Stop("alone", auto: true);
        Assert.Equal((0, ""), (run.ExitCode, run.All));
        for (var i = 0; i < 100 && home.LogLines.Count == 0; i++) await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal("alone", Assert.Single(home.LogLines).GetProperty("session_id").GetString());
        await home.Quiet();
    }

    [Fact]
    public async Task An_unattended_run_leaves_exactly_one_end_whose_cost_is_the_clients()
    {
        using var place = await ClientPlace.WithSeptim();
        var hooks = new JsonObject();
        foreach (var hookEvent in new[] { "PreToolUse", "UserPromptSubmit", "PostToolBatch", "PostToolUseFailure", "SessionStart", "SessionEnd", "Stop", "StopFailure", "SubagentStop", "Notification" })
            hooks[hookEvent] = new JsonArray(new JsonObject { ["hooks"] = new JsonArray(Wiring.Exec(place.Septim, "hook")) });
        place.WriteSettings(new JsonObject { ["hooks"] = hooks }, user: true);
        var run = await place.Run(
            Scenario.Of(
                    new Turn(Block.Bash("touch one; false")) { Usage = TokenUse.Expensive },
                    new Turn(Block.Agent("helper")) { Usage = TokenUse.Expensive },
                    Turn.Last(TokenUse.Expensive))
                .With("helper", new Turn(Block.Bash("touch two")) { Usage = TokenUse.Expensive }, Turn.Last(TokenUse.Expensive)),
            new RunOptions().Env("SEPTIM_LOG_SHIP", "auto").Env("SEPTIM_SESSION_USD", "5"));
        Assert.Equal("completed", run.TerminalReason);

        var log = Path.Combine(place.Home, ".local", "state", "septim", "log");
        List<JsonElement> lines = [];
        for (var i = 0; i < 100 && !lines.Exists(line => Name(line) == "session_end"); i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            if (Directory.Exists(log)) lines = [.. Directory.GetFiles(log).SelectMany(File.ReadAllLines).Select(line => JsonElement.Parse(line))];
        }

        var end = Assert.Single(lines, line => Name(line) == "session_end");
        Assert.Equal(run.TotalCostUsd, end.GetProperty("cost_usd").GetProperty("total").GetDecimal());
        Assert.Equal(run.SessionId, end.GetProperty("session_id").GetString());
        Assert.False(end.GetProperty("attended").GetBoolean());
        Assert.Equal("other", end.GetProperty("exit_reason").GetString());
        Assert.Equal((3, 1, 1), (end.GetProperty("tool_calls").GetInt32(), end.GetProperty("turns").GetInt32(), end.GetProperty("subagents").GetProperty("spawned").GetInt32()));
        var stop = Assert.Single(lines, line => Name(line) == "stop");
        Assert.Equal(run.TotalCostUsd, stop.GetProperty("cost_usd").GetProperty("turn").GetDecimal() + end.GetProperty("cost_usd").GetProperty("turn").GetDecimal());
        // Its last message may not be on disk yet when a subagent stops; the session's own events tell it all the same.
        Assert.InRange(Assert.Single(lines, line => Name(line) == "subagent_stop").GetProperty("cost_usd").GetProperty("turn").GetDecimal(), 0.21m, 0.42m);
        await Task.Delay(3000, TestContext.Current.CancellationToken);
    }

    private static string Name(JsonElement line) => line.GetProperty("event").GetString()!;

    private static void KillSoon(int pid, int milliseconds) => _ = Task.Run(async () =>
    {
        await Task.Delay(milliseconds);
        _ = Posix.Kill(pid, Posix.SigKill);
    });

    private static void Watch(int pid, Action<long> peak)
    {
        try
        {
            while (true)
            {
                foreach (var line in File.ReadLines($"/proc/{pid}/status"))
                    if (line.StartsWith("VmHWM:", StringComparison.Ordinal)) peak(long.Parse(line.AsSpan(6, line.Length - 9), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture));
                Thread.Sleep(5);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended.
        }
    }
}
