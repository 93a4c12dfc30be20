using Septim.Hooks.EndToEnd.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>What happens when septim itself cannot answer: the wiring refuses.</summary>
public sealed class WiringTests
{
    [Fact]
    public async Task Missing_binary_refuses_the_prompt_without_a_request()
    {
        using var place = await ClientPlace.Guarded();
        File.Delete(place.Septim);
        var run = await place.Run(Scenario.Rounds(1, TokenUse.Little));

        Assert.Empty(run.Calls);
        Assert.Empty(run.ProjectFiles);
    }

    [Fact]
    public async Task Binary_that_vanishes_in_the_middle_lets_no_further_tool_run()
    {
        using var place = await ClientPlace.Guarded();
        // In a script, because config-gate refuses a command line that removes it.
        ClientPlace.WriteFile(Path.Combine(place.Home, "clean.sh"), $"rm '{place.Septim}'\n");
        var run = await place.Run(Scenario.Of(
            new Turn(Block.Bash("sh ~/clean.sh; touch first")),
            new Turn(Block.Bash("touch second")),
            Turn.Last()));

        Assert.Equal(["first"], run.ProjectFiles);
        Assert.Single(run.Calls);
    }

    [Theory]
    [InlineData("kill -9 $$")]
    [InlineData("kill -ABRT $$")]
    [InlineData("exit 1")]
    [InlineData("exit 127")]
    public async Task Hook_that_is_killed_in_the_middle_lets_no_further_tool_run(string death)
    {
        using var place = await ClientPlace.Guarded();
        File.Move(place.Septim, place.Septim + "-real");
        // Dies on every call once the file "now" is there; the PreToolUse of the call that writes it still answers.
        ClientPlace.WriteFile(place.Septim, $"#!/bin/sh\n[ -e '{place.Project}/now' ] && {death}\nexec '{place.Septim}-real' \"$@\"\n");
        Posix.MakeExecutable(place.Septim);
        var run = await place.Run(Scenario.Of(
            new Turn(Block.Bash("touch now")),
            new Turn(Block.Bash("touch second")),
            Turn.Last()));

        Assert.Equal(["now"], run.ProjectFiles);
    }

    [Fact]
    public async Task State_that_cannot_be_written_does_not_let_a_session_cross_its_ceiling()
    {
        using var place = await ClientPlace.Guarded();
        var run = await place.Run(
            Scenario.Rounds(8, TokenUse.Expensive),
            new RunOptions().Env("SEPTIM_SESSION_USD", "1.00").Env("SEPTIM_STATE_DIR", "/proc/septim"));

        Assert.True(run.TotalCostUsd <= 1.00m, $"{run.TotalCostUsd} was spent");
    }
}
