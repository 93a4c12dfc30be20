using System.Text.Json;
using System.Text.Json.Nodes;
using Septim.Hooks.EndToEnd.Support;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>
/// What goes wrong outside: the disk is full, a certificate is bad, an address is wrong. The session goes on, one line says so, and
/// nothing is lost that was accepted.
/// </summary>
[Collection(nameof(ManyClients))]
public sealed class TroubleTests
{
    [Theory]
    [InlineData("certificate", "certificate")]
    [InlineData("nobody there", "central does not take events")]
    [InlineData("wrong path", "central refused 2 events")]
    [InlineData("no address", "central")]
    public async Task Receiver_that_cannot_be_reached_costs_one_line_and_no_event(string trouble, string told)
    {
        using var home = new ShipHome();
        using var certificate = Certificates.SelfSigned();
        using var bad = new Receiver(_ => new Answer(404, "no such place"), trouble == "certificate" ? certificate : null);
        var url = trouble switch
        {
            "nobody there" => $"http://127.0.0.1:{ShipHome.FreePort()}/",
            "no address" => "logs.example.org",
            _ => bad.Url,
        };
        Sink(home, url);
        AssertSilent(await home.Stop("one"));
        AssertSilent(await home.Stop("two"));
        Assert.NotEqual(0, (await home.Ship("--flush", "--deadline", "3s")).ExitCode);

        var line = await home.Stop("three");
        Assert.Equal(0, line.ExitCode);
        var message = JsonElement.Parse(Assert.Single(line.Stdout.TrimEnd('\n').Split('\n'))).GetProperty("systemMessage").GetString()!;
        Assert.Contains(told, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        AssertSilent(await home.Stop("four"));

        using var good = new Receiver();
        Sink(home, good.Url);
        await home.Ship("retry");
        var last = await home.Ship("--flush", "--deadline", "60s");
        Assert.True(last.ExitCode == 0, last.All);
        Assert.Equal(["four", "one", "three", "two"], good.Requests.SelectMany(request => JsonElement.Parse(request.Text).EnumerateArray())
            .Select(e => e.GetProperty("session_id").GetString()).Order(StringComparer.Ordinal));
    }

    /// <summary>What a shell can do to a command of a person: it says one line and 2, or works; never a stack trace.</summary>
    [Theory]
    [InlineData("\"$1\" config >&-", 2)]
    [InlineData("\"$1\" help >/dev/full", 2)]
    [InlineData("\"$1\" config <&-", 0)]
    [InlineData("\"$1\" explain --rules | head -1; exit ${PIPESTATUS[0]}", 0)]
    [InlineData("mkdir gone && cd gone && rmdir ../gone && \"$1\" budget", 0)]
    [InlineData("mkdir gone && cd gone && rmdir ../gone && echo '{}' | \"$1\" statusline", 0)]
    public async Task Streams_and_folders_that_are_gone_end_in_no_stack_trace(string script, int exitCode)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full and a folder that can be deleted under a process are Linux's");
        using var home = new ShipHome();
        var run = await ChildProcess.Run(
            "bash", ["-c", script, "bash", await PublishedBinary.Path], home.Folder("here"), new Dictionary<string, string> { ["HOME"] = home.Folder("home"), ["PATH"] = "/usr/bin:/bin" });
        Assert.Equal(exitCode, run.ExitCode);
        Assert.DoesNotContain("xception", run.All, StringComparison.Ordinal);
        if (exitCode == 2) Assert.StartsWith("septim ", Assert.Single(run.Stderr.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    /// <summary>A file system of 256 kB in a mount namespace of its own, filled to the last byte while the hooks run.</summary>
    [Fact]
    public async Task Full_disk_costs_one_line_each_and_changes_no_verdict_and_no_accepted_event()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && (await ChildProcess.Run("unshare", ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"], "/")).ExitCode == 0,
            "this system lets nobody mount a file system of his own");
        using var home = new ShipHome();
        var folder = home.Folder("full");
        foreach (var name in new[] { "one", "two", "three" }) Payload(name, "Stop", json => json["stop_hook_active"] = false);
        Payload("danger", "PreToolUse", json => Call(json, "rm -rf /"));
        Payload("harmless", "PreToolUse", json => Call(json, "ls"));
        await File.WriteAllTextAsync(Path.Combine(folder, "run.sh"),
            """
            set -u
            mount -t tmpfs -o size=256k none "$SEPTIM_STATE_DIR" || exit 77
            ask() { "$1" hook < "$2.json" > "$2.out" 2> "$2.err"; echo "$2 $?"; }
            ask "$1" one
            cat /dev/zero > "$SEPTIM_STATE_DIR/fill" 2> /dev/null
            for name in two danger harmless; do ask "$1" $name; done
            ls "$SEPTIM_STATE_DIR"/ship/spool | wc -l
            rm "$SEPTIM_STATE_DIR/fill"
            ask "$1" three
            "$1" ship --flush --deadline 20s
            echo "ship $?"
            cp "$SEPTIM_STATE_DIR"/log/* log.jsonl
            """, TestContext.Current.CancellationToken);
        Directory.CreateDirectory(home.State);
        var run = await ChildProcess.Run("unshare", ["-rm", "sh", "run.sh", await PublishedBinary.Path], folder, new Dictionary<string, string>
        {
            ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = folder,
            ["SEPTIM_STATE_DIR"] = home.State,
            ["SEPTIM_LOG_SHIP"] = "manual",
        });

        Assert.Equal(["one 0", "two 0", "danger 2", "harmless 0", "1", "three 0", "file: 2 delivered", "ship 0"],
            run.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Empty(Output("one"));
        Assert.Contains("could not be written", JsonElement.Parse(Assert.Single(Output("two"))).GetProperty("systemMessage").GetString(), StringComparison.Ordinal);
        var denied = JsonElement.Parse(Assert.Single(Output("danger")));
        Assert.Equal("deny", denied.GetProperty("hookSpecificOutput").GetProperty("permissionDecision").GetString());
        Assert.Contains("could not be written", denied.GetProperty("systemMessage").GetString(), StringComparison.Ordinal);
        Assert.Empty(Output("harmless"));
        Assert.Empty(Output("three"));
        Assert.Equal(["one", "three"], (await File.ReadAllLinesAsync(Path.Combine(folder, "log.jsonl"), TestContext.Current.CancellationToken))
            .Select(line => JsonElement.Parse(line).GetProperty("session_id").GetString()));

        string[] Output(string name) => File.ReadAllText(Path.Combine(folder, name + ".out")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        static void Call(JsonObject json, string command)
        {
            (json["tool_name"], json["tool_use_id"]) = ("Bash", "toolu_1");
            json["tool_input"] = new JsonObject { ["command"] = command };
        }

        void Payload(string name, string hookEvent, Action<JsonObject> more)
        {
            var transcript = Path.Combine(folder, "t.jsonl");
            File.WriteAllText(transcript, "");
            var json = new JsonObject { ["session_id"] = name, ["transcript_path"] = transcript, ["cwd"] = folder, ["hook_event_name"] = hookEvent };
            more(json);
            File.WriteAllText(Path.Combine(folder, name + ".json"), json.ToJsonString());
        }
    }

    private static void Sink(ShipHome home, string url) =>
        home.More["SEPTIM_LOG_SINKS"] = $$"""[{"type":"http","name":"central","url":"{{url}}","timeoutSeconds":2}]""";

    private static void AssertSilent(ProcessResult run) => Assert.Equal((0, ""), (run.ExitCode, run.All));
}
