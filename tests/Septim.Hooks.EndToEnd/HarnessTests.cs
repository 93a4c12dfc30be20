using Septim.Hooks.EndToEnd.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>The ground the other tests stand on: the scripted API and the client agree on money, and the wiring fails closed.</summary>
public sealed class HarnessTests
{
    private static readonly Scenario OneTool = Scenario.Of(
        new Turn(Block.Say("I will run it."), Block.Bash("touch ran")) { Usage = new TokenUse(1000, 50, CacheRead: 5000, Write5m: 200, Write1h: 100) },
        Turn.Last(new TokenUse(1200, 20)));

    [Fact]
    public async Task Client_and_scripted_api_agree_on_the_price_of_a_run()
    {
        using var place = await ClientPlace.Create();
        var run = await place.Run(OneTool);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("completed", run.TerminalReason);
        Assert.Equal(2, run.Calls.Count);
        Assert.Equal(0.0065m, run.TotalCostUsd);
        Assert.Equal(run.TotalCostUsd, run.ApiUsd);
        Assert.Equal(["ran"], run.ProjectFiles);
        Assert.Single(place.Transcripts);
    }

    [Fact]
    public async Task Client_and_scripted_api_agree_on_a_run_with_a_subagent()
    {
        using var place = await ClientPlace.Create();
        var run = await place.Run(Scenario.Of(
                new Turn(Block.Think("Hand it over."), Block.Agent("worker")) { Usage = new TokenUse(1000, 60) },
                Turn.Last(new TokenUse(1100, 10)))
            .With("worker",
                new Turn(Block.Bash("touch ran-worker")) { Usage = new TokenUse(500, 40) },
                Turn.Last(new TokenUse(600, 5))));

        Assert.Equal(4, run.Calls.Count);
        Assert.Equal(0.00755m, run.TotalCostUsd);
        Assert.Equal(run.TotalCostUsd, run.ApiUsd);
        Assert.Equal(["ran-worker"], run.ProjectFiles);
        Assert.Equal(2, place.Transcripts.Count);
    }

    [Fact]
    public async Task Denying_shell_hook_keeps_the_tool_from_running()
    {
        using var place = await ClientPlace.Create();
        place.WriteSettings(Wiring.On("PreToolUse", Wiring.Deny("not today"), "Bash"));
        var run = await place.Run(OneTool);

        Assert.Empty(run.ProjectFiles);
        Assert.Equal(1, run.ToolsBlocked);
        Assert.Contains("not today", Assert.Single(run.ToolResults).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nowhere/septim")]
    [InlineData("/bin/sh", "-c", "kill -9 $$")]
    [InlineData("/bin/sh", "-c", "exit 1")]
    public async Task Hook_that_is_missing_or_dies_blocks_when_wired_to_block(string file, params string[] arguments)
    {
        using var place = await ClientPlace.Create();
        place.WriteSettings(Wiring.On("PreToolUse", Wiring.Exec(file, arguments), "*"));
        var run = await place.Run(OneTool);

        Assert.Empty(run.ProjectFiles);
        Assert.Equal(1, run.ToolsBlocked);
    }

    [Fact]
    public async Task Client_asks_for_nothing_but_messages()
    {
        using var place = await ClientPlace.Create();
        await using var api = new FakeMessagesApi(OneTool);
        await place.Run(api);

        Assert.DoesNotContain(api.OtherRequests, request => !request.StartsWith("HEAD ", StringComparison.Ordinal));
    }
}
