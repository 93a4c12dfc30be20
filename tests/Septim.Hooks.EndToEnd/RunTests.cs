using Septim.Hooks.EndToEnd.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>Several clients on one account: started from one another, or side by side.</summary>
[Collection(nameof(ManyClients))]
public sealed class RunTests
{
    private static string StartChild(string script) =>
        $"claude -p 'Go on. {Scenario.Marker(script)}' --model claude-sonnet-5-5 --permission-mode acceptEdits --allowedTools Bash --output-format json";

    [Theory]
    [InlineData("SEPTIM_SESSION_USD")]
    [InlineData("SEPTIM_RUN_USD")]
    public async Task Nested_client_spends_on_the_account_of_the_one_that_started_it(string ceiling)
    {
        using var place = await ClientPlace.Guarded();
        var run = await place.Run(
            Scenario.Of(
                    [
                        new Turn(Block.Bash(StartChild("child"))) { Usage = TokenUse.Expensive },
                        .. new Turn(Block.Bash("touch after-child")) { Usage = TokenUse.Expensive }.Times(4),
                        Turn.Last(),
                    ])
                .With("child", [.. new Turn(Block.Bash("touch child-{{i}}")) { Usage = TokenUse.Expensive }.Times(8), Turn.Last()]),
            new RunOptions().Env(ceiling, "1.00"));

        Assert.Contains(run.Calls, call => call.Script == "child");
        Assert.InRange(run.ApiUsd, 0.63m, 1.00m);
        Assert.Equal("hook_stopped", run.TerminalReason);
    }

    /// <summary>The client reads the settings of the folder it starts in, of no folder above.</summary>
    [Theory]
    [InlineData("mkdir -p sub && cd sub && ", true)]
    [InlineData("SEPTIM_SESSION_USD=1000 ", true)]
    [InlineData("", false)]
    public async Task Client_that_would_start_without_our_hooks_makes_no_request(string before, bool inProject)
    {
        using var place = await ClientPlace.WithSeptim();
        if (inProject) Assert.Equal(0, (await place.RunSeptim("install", "--scope", "project")).ExitCode);
        var run = await place.Run(
            Scenario.Of(new Turn(Block.Bash(before + StartChild("child"))), Turn.Last()).With("child", Turn.Last()),
            new RunOptions { Through = inProject ? [] : [place.Septim, "run", "--session", "5", "--"] });

        Assert.DoesNotContain(run.Calls, call => call.Script == "child");
        Assert.Contains("config-gate: ", Assert.Single(run.ToolResults).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SEPTIM_RUN_USD", 0)]
    [InlineData("SEPTIM_RUN_USD", 100)]
    [InlineData("SEPTIM_DAY_USD", 0)]
    [InlineData("SEPTIM_DAY_USD", 100)]
    public async Task Four_sessions_side_by_side_stay_under_their_ceiling(string ceiling, int answerMs)
    {
        using var place = await ClientPlace.Guarded();
        var round = new Turn(Block.Bash("touch round-{{i}}")) { Usage = TokenUse.Expensive, DelayBefore = TimeSpan.FromMilliseconds(answerMs) };
        await using var api = new FakeMessagesApi(Scenario.Of([.. round.Times(8), Turn.Last(TokenUse.Expensive)]));
        var options = new RunOptions().Env(ceiling, "3.00").Env("SEPTIM_RUN_ID", "job-7");

        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => place.Run(api, options)));

        // One that starts when the others have reserved the rest is refused its prompt.
        Assert.All(runs, run => Assert.True(run.TerminalReason == "hook_stopped" || run.TotalCostUsd == 0, run.ToString()));
        Assert.InRange(runs.Sum(run => run.TotalCostUsd), 4 * 0.21m, 3.00m);
    }

    [Theory]
    [InlineData("SEPTIM_RUN_USD")]
    [InlineData("SEPTIM_DAY_USD")]
    public async Task Session_that_starts_when_the_rest_is_too_little_for_a_request_makes_none(string ceiling)
    {
        using var place = await ClientPlace.Guarded();
        var options = new RunOptions().Env(ceiling, "1.00").Env("SEPTIM_RUN_ID", "job-9");
        var first = await place.Run(Scenario.Rounds(8, TokenUse.Expensive), options);
        var late = await place.Run(Scenario.Rounds(8, TokenUse.Expensive), options);

        Assert.Equal(0.84m, first.TotalCostUsd);
        Assert.Empty(late.Calls);
        Assert.Contains("ceiling of $1.00 would be crossed", late.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_of_another_run_do_not_count()
    {
        using var place = await ClientPlace.Guarded();
        var options = new RunOptions().Env("SEPTIM_RUN_USD", "1.00");
        var first = await place.Run(Scenario.Rounds(2, TokenUse.Expensive), options.Env("SEPTIM_RUN_ID", "one"));
        var second = await place.Run(Scenario.Rounds(2, TokenUse.Expensive), options.Env("SEPTIM_RUN_ID", "two"));
        var third = await place.Run(Scenario.Rounds(8, TokenUse.Expensive), options.Env("SEPTIM_RUN_ID", "one"));

        Assert.Equal("completed", first.TerminalReason);
        Assert.Equal("completed", second.TerminalReason);
        Assert.Equal("hook_stopped", third.TerminalReason);
        Assert.Equal(0.84m, first.TotalCostUsd + third.TotalCostUsd);
    }
}
