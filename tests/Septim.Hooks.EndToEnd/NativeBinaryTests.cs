using System.Text.Json.Nodes;
using Septim.Hooks.EndToEnd.Support;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>The published binary alone: exact to the pico-dollar, and the same whatever happened to its state.</summary>
public sealed class NativeBinaryTests
{
    [Theory]
    [InlineData(300_000)]
    [InlineData(6_000_000)]
    public async Task Verdict_turns_exactly_at_the_true_spend(long bytes)
    {
        using var call = new HookCall(new SessionPlan(bytes));
        await TurnsAtTheTruth(call);
        for (var seed = 50; seed < 53; seed++)
        {
            call.Append(seed);
            await TurnsAtTheTruth(call);
        }
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("emptied")]
    [InlineData("garbage")]
    [InlineData("cut in half")]
    [InlineData("one bit flipped")]
    [InlineData("unwritable")]
    public async Task Verdict_is_the_same_whatever_happened_to_the_state(string accident)
    {
        using var call = new HookCall(new SessionPlan(1_000_000));
        await TurnsAtTheTruth(call);
        var files = StateFiles(call).Where(file => !IsLink(file)).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files) Ruin(file, accident);
        if (accident == "deleted") Directory.Delete(call.State, recursive: true);

        await TurnsAtTheTruth(call);
        call.Append(seed: 60);
        await TurnsAtTheTruth(call);
    }

    [Theory]
    [InlineData("emptied")]
    [InlineData("garbage")]
    [InlineData("cut in half")]
    [InlineData("unwritable")]
    public async Task Ruined_link_between_sessions_never_lets_a_call_pass_the_ceiling(string accident)
    {
        using var call = new HookCall(new SessionPlan(200_000));
        await TurnsAtTheTruth(call);
        var links = StateFiles(call).Where(IsLink).ToList();
        Assert.NotEmpty(links);
        foreach (var link in links) Ruin(link, accident);

        var reply = await call.Prompt(call.Pico);
        Assert.Equal(2, reply.ExitCode);
        AssertStdout(reply);
    }

    private static string[] StateFiles(HookCall call) => Directory.GetFiles(call.State, "*", SearchOption.AllDirectories);

    /// <summary>Which sessions belong together is not derived from transcripts, so it is no cache.</summary>
    private static bool IsLink(string file) => file.Contains($"{Path.DirectorySeparatorChar}links{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    [Fact]
    public async Task Sixteen_at_once_all_say_the_same()
    {
        using var call = new HookCall(new SessionPlan(2_000_000));
        for (var round = 0; round < 4; round++)
        {
            var verdicts = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => call.Prompt(call.Pico + (i % 2))));
            for (var i = 0; i < verdicts.Length; i++) AssertVerdict(verdicts[i], passes: i % 2 == 1);
            call.Append(70 + round);
        }
    }

    [Fact]
    public async Task Killed_at_any_instant_the_next_call_is_exact()
    {
        using var call = new HookCall(new SessionPlan(4_000_000));
        for (var i = 0; i < 40; i++)
        {
            var patience = TimeSpan.FromMilliseconds(i % 20 * 0.4);
            await call.Prompt(call.Pico + 1, pid =>
            {
                var clock = System.Diagnostics.Stopwatch.StartNew();
                while (clock.Elapsed < patience) Thread.SpinWait(50);
                _ = Posix.Kill(pid, Posix.SigKill);
            });
            await TurnsAtTheTruth(call);
            call.Append(100 + i);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("{\"hook_event_name\":\"PreToolUse\"}")]
    [InlineData("{\"hook_event_name\":7,\"session_id\":true,\"transcript_path\":[]}")]
    [InlineData("{\"hook_event_name\":\"NoSuchEvent\",\"session_id\":\"s\",\"transcript_path\":\"/nowhere\"}")]
    public async Task Input_that_cannot_be_judged_is_refused(string stdin)
    {
        using var call = new HookCall(new SessionPlan(50_000));
        var reply = await call.Raw(stdin, "hook");

        Assert.Equal(2, reply.ExitCode);
        AssertStdout(reply);
        Assert.Single(reply.Stderr.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain("   at ", reply.Stderr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(40)]
    public async Task Large_tool_input_is_judged(int megabytes)
    {
        using var call = new HookCall(new SessionPlan(50_000));
        var reply = await call.Raw(call.Payload("PreToolUse", json =>
        {
            json["tool_name"] = "Write";
            json["tool_input"] = new JsonObject { ["file_path"] = "/tmp/x", ["content"] = new string('x', megabytes * 1_000_000) };
            json["tool_use_id"] = "toolu_01large";
        }), "hook");

        Assert.Equal(0, reply.ExitCode);
        AssertStdout(reply);
    }

    /// <summary>Static fields lie in a block of ours (decision 0010): the collector must find and keep each, however often it comes.</summary>
    [Theory]
    [InlineData("DOTNET_GCgen0size", "10000")]
    [InlineData("DOTNET_GCHeapHardLimit", "2000000")]
    [InlineData("DOTNET_GCConserveMemory", "9")]
    public async Task Static_fields_outlive_collections(string knob, string hex)
    {
        using var call = new HookCall(new SessionPlan(3_000_000));
        var projects = Path.GetDirectoryName(Path.GetDirectoryName(call.Session.MainFile))!;
        string[][] commands = [["replay", projects, "--format", "json"], ["cost", "--transcript", call.Session.MainFile, "--format", "json"], ["explain", "cd /; rm -rf *", "--format", "json"]];
        foreach (var command in commands)
        {
            var usual = await call.Command(("SEPTIM_LOG_SHIP", "manual"), command);
            var collected = await call.Command((knob, hex), command);

            Assert.NotEmpty(usual.Stdout);
            Assert.Equal((usual.ExitCode, usual.Stdout), (collected.ExitCode, collected.Stdout));
        }
    }

    private static async Task TurnsAtTheTruth(HookCall call)
    {
        AssertVerdict(await call.Prompt(call.Pico), passes: false);
        AssertVerdict(await call.Prompt(call.Pico + 1), passes: true);
    }

    private static void AssertVerdict(ProcessResult reply, bool passes)
    {
        Assert.True(reply.ExitCode == (passes ? 0 : 2), $"expected to {(passes ? "pass" : "refuse")}: {reply.All}");
        if (!passes) Assert.Contains("session ceiling", reply.Stderr, StringComparison.Ordinal);
        AssertStdout(reply);
    }

    private static void AssertStdout(ProcessResult reply)
    {
        if (reply.Stdout.Length > 0) Assert.IsType<JsonObject>(JsonNode.Parse(reply.Stdout));
    }

    private static void Ruin(string file, string accident)
    {
        var bytes = File.ReadAllBytes(file);
        switch (accident)
        {
            case "emptied":
                File.WriteAllBytes(file, []);
                break;
            case "garbage":
                new Random(7).NextBytes(bytes);
                File.WriteAllBytes(file, bytes);
                break;
            case "cut in half":
                File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
                break;
            case "one bit flipped" when bytes.Length > 0:
                bytes[bytes.Length / 2] ^= 1;
                File.WriteAllBytes(file, bytes);
                break;
            case "unwritable":
                // Why: root may write everywhere, so a folder stands where the file was.
                File.Delete(file);
                Directory.CreateDirectory(file);
                break;
        }
    }
}
