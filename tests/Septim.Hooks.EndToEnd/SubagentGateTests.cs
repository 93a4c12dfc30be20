using System.Text.Json.Nodes;
using Septim.Hooks.EndToEnd.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>How many agents and clients a session may start, with the real client.</summary>
[Collection(nameof(ManyClients))]
public sealed class SubagentGateTests
{
    /// <summary>Longer than it takes to judge all calls of a fan-out on a busy machine, so that no place is given back meanwhile.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(12);

    /// <summary>The client is the first process of a name space of its own, as in a container, so that what runs these tests is no ancestor.</summary>
    private static readonly string[] s_firstProcess =
    [
        "unshare", "--user", "--map-root-user", "--pid", "--fork", "--mount-proc", "--", "unshare", "--user", "--map-user=65534", "--map-group=65534", "--",
    ];

    [Fact]
    public async Task Agent_beyond_the_depth_is_refused_and_the_run_goes_on()
    {
        using var place = await ClientPlace.Guarded();
        var run = await place.Run(
            Scenario.Of(new Turn(Block.Agent("outer")), new Turn(Block.Bash("touch main-goes-on")), Turn.Last())
                .With("outer", new Turn(Block.Agent("middle")), Turn.Last())
                .With("middle", new Turn(Block.Agent("inner")), new Turn(Block.Bash("touch middle-goes-on")), Turn.Last())
                .With("inner", new Turn(Block.Bash("touch inner-ran")), Turn.Last()));

        Assert.Equal("completed", run.TerminalReason);
        Assert.Equal(["main-goes-on", "middle-goes-on"], run.ProjectFiles);
        Assert.DoesNotContain(run.Calls, call => call.Script == "inner");
        Assert.Contains(run.ToolResults, result => result.IsError && result.Text.Contains("subagent-gate: this would be an agent at depth 3", StringComparison.Ordinal));
        Assert.Empty(run.Warnings);
    }

    [Fact]
    public async Task Of_twenty_agents_started_in_one_message_exactly_eight_start()
    {
        using var place = await ClientPlace.Guarded();
        var scenario = Scenario.Of(
            new Turn([.. Enumerable.Range(0, 20).Select(i => Block.Agent($"worker-{i}"))]),
            // The refusals of one message are no run of failures: work goes on.
            new Turn(Block.Bash("touch main-goes-on")),
            Turn.Last());
        for (var i = 0; i < 20; i++) scenario = scenario.With($"worker-{i}", new Turn(Block.Say("Worked.")) { DelayBefore = Long });
        var run = await place.Run(scenario);

        Assert.Equal("completed", run.TerminalReason);
        Assert.Equal(8, run.Calls.Count(call => call.Script.StartsWith("worker", StringComparison.Ordinal)));
        Assert.Equal(9, run.ToolsRun);
        Assert.Equal(["main-goes-on"], run.ProjectFiles);
        Assert.Equal(12, run.ToolResults.Count(result => result.IsError && result.Text.Contains("agents are running, and at most 8 may at once", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Workflow_counts_as_an_agent_and_is_refused_like_one()
    {
        using var place = await ClientPlace.Guarded();
        var options = new RunOptions().Env("SEPTIM_SUBAGENTS_MAX_PER_SESSION", "1");
        var scenario = Scenario.Of(new Turn(Workflow("flow")), new Turn(Block.Agent("late")), new Turn(Workflow("later")), Turn.Last())
            .With("flow", Turn.Last()).With("late", Turn.Last()).With("later", Turn.Last());
        var run = await place.Run(scenario, options);

        Assert.Contains(run.Calls, call => call.Script == "flow");
        Assert.DoesNotContain(run.Calls, call => call.Script is "late" or "later");
        Assert.Equal(2, run.ToolResults.Count(result => result.IsError && result.Text.Contains("subagent-gate: this session has started", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Message_that_wakes_an_agent_takes_a_place()
    {
        using var place = await ClientPlace.Guarded();
        var wake = Block.Call("SendMessage", new JsonObject { ["to"] = "{{lastAgentId}}", ["summary"] = "go on please now", ["message"] = $"continue {Scenario.Marker("woken")}" });
        var run = await place.Run(
            Scenario.Of(new Turn(Block.Agent("done")), new Turn(Block.Agent("busy", background: true), wake), Turn.Last())
                .With("done", Turn.Last())
                .With("woken", new Turn(Block.Say("Awake.")) { DelayBefore = Long })
                .With("busy", new Turn(Block.Say("Worked.")) { DelayBefore = Long }),
            new RunOptions().Env("SEPTIM_SUBAGENTS_MAX_CONCURRENT", "1"));

        Assert.Single(run.Calls, call => call.Script is "busy" or "woken");
        Assert.Single(run.ToolResults, result => result.IsError && result.Text.Contains("1 agents are running, and at most 1 may at once", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Clients_started_from_commands_are_counted_and_bounded()
    {
        using var place = await ClientPlace.Guarded();
        var run = await place.Run(
            Scenario.Of(new Turn(Block.Bash(Client("one"))), new Turn(Block.Bash(Client("two"))), Turn.Last())
                .With("one", Turn.Last())
                .With("two", Turn.Last()),
            new RunOptions().Env("SEPTIM_SUBAGENTS_MAX_CLIENTS", "1"));

        Assert.Contains(run.Calls, call => call.Script == "one");
        Assert.DoesNotContain(run.Calls, call => call.Script == "two");
        Assert.Contains(run.ToolResults, result => result.Text.Contains("has started 1 clients of its own", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("unset SEPTIM_ROOT_SESSION SEPTIM_CLIENT_DEPTH SEPTIM_RUN_ID\n")]
    public async Task Client_too_deep_in_other_clients_makes_no_request_even_without_its_marker(string before)
    {
        using var place = await ClientPlace.Guarded();
        // In a script, because config-gate refuses a command line that unsets the marker.
        ClientPlace.WriteFile(Path.Combine(place.Project, "start.sh"), before + Client("child"));
        ClientPlace.WriteFile(Path.Combine(place.Project, "start-deeper.sh"), before + Client("grandchild"));
        var run = await place.Run(
            Scenario.Of(new Turn(Block.Bash("sh start.sh")), Turn.Last())
                .With("child", new Turn(Block.Bash("sh start-deeper.sh")), Turn.Last())
                .With("grandchild", Turn.Last()),
            new RunOptions { Through = s_firstProcess });

        Assert.Equal("completed", run.TerminalReason);
        Assert.Equal(2, run.Calls.Count(call => call.Script == "child"));
        Assert.DoesNotContain(run.Calls, call => call.Script == "grandchild");
        Assert.Contains(run.ToolResults, result => result.Text.Contains("started 2 deep inside other clients", StringComparison.Ordinal));
    }

    private static Block Workflow(string script) => Block.Call("Workflow", new JsonObject
    {
        ["script"] = $"export const meta = {{name:'{script}',description:'d'}};\nconst x = await agent('do {Scenario.Marker(script)}', {{label:'l'}});\nreturn x;",
    });

    private static string Client(string script) => $"claude -p 'Go on. {Scenario.Marker(script)}' --model claude-sonnet-5-5 --permission-mode acceptEdits --allowedTools Bash --output-format json";
}
