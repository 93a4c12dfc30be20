using Septim.Hooks.EndToEnd.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>A model that goes round in circles, with the real client.</summary>
public sealed class LoopGateTests
{
    private const string Failing = "echo try >> tries; false";

    /// <summary>No model answers faster; the client needs some 100 ms to write the message before it to the transcript (2.1.330).</summary>
    private static readonly TimeSpan Thought = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task Failing_command_that_is_repeated_is_denied_and_then_ends_the_session()
    {
        using var place = await ClientPlace.Guarded();
        var run = await place.Run(Scenario.Of([.. new Turn(Block.Bash(Failing)) { DelayBefore = Thought }.Times(30), Turn.Last()]));

        Assert.Equal("hook_stopped", run.TerminalReason);
        Assert.Equal(6, Tries(place).Length);
        // Six ran, three were denied with what to do instead, the next ended it.
        Assert.Equal(10, run.Calls.Count);
        Assert.Equal(3, run.ToolResults.Count(result => result.Text.Contains("loop-gate: the same Bash call was made", StringComparison.Ordinal)));
        Assert.Contains("loop-gate: the same Bash call was made 10 times", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cycle_of_three_commands_is_ended()
    {
        using var place = await ClientPlace.Guarded();
        var cycle = Enumerable.Range(0, 60).Select(i => new Turn(Block.Bash($"echo {"abc"[i % 3]} >> tries")) { DelayBefore = Thought });
        var run = await place.Run(Scenario.Of([.. cycle, Turn.Last()]));

        Assert.Equal("hook_stopped", run.TerminalReason);
        Assert.Equal(20, Tries(place).Length);
    }

    [Fact]
    public async Task Failures_of_ever_new_commands_are_denied_and_then_end_the_session()
    {
        using var place = await ClientPlace.Guarded();
        var run = await place.Run(Scenario.Of([.. new Turn(Block.Bash("echo {{i}} >> tries; false")) { DelayBefore = Thought }.Times(30), Turn.Last()]));

        Assert.Equal("hook_stopped", run.TerminalReason);
        Assert.Equal(12, Tries(place).Length);
        Assert.Contains("calls failed one after the other", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loop_of_a_subagent_ends_that_agent_alone()
    {
        using var place = await ClientPlace.Guarded();
        var run = await place.Run(
            Scenario.Of(new Turn(Block.Agent("stuck")), new Turn(Block.Bash("touch main-goes-on")), Turn.Last())
                .With("stuck", [.. new Turn(Block.Bash(Failing)) { DelayBefore = Thought }.Times(30), Turn.Last()]));

        Assert.Equal("completed", run.TerminalReason);
        Assert.Equal(["main-goes-on", "tries"], run.ProjectFiles);
        Assert.Equal(6, Tries(place).Length);
        Assert.Equal(10, run.Calls.Count(call => call.Script == "stuck"));
    }

    [Fact]
    public async Task Command_that_waits_on_purpose_and_ordinary_variety_go_on()
    {
        using var place = await ClientPlace.Guarded();
        var run = await place.Run(Scenario.Of(
            [.. new Turn(Block.Bash("sleep 0.1; echo waited >> tries")).Times(12), .. new Turn(Block.Bash("echo {{i}} >> tries")).Times(12), Turn.Last()]));

        Assert.Equal("completed", run.TerminalReason);
        Assert.Equal(24, Tries(place).Length);
    }

    private static string[] Tries(ClientPlace place) => File.ReadAllLines(Path.Combine(place.Project, "tries"));
}
