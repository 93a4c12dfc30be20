using System.Text.RegularExpressions;
using Septim.Hooks.EndToEnd.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>The composite action and the examples of docs/ci.md, step by step, with the real client and the files that a runner gives.</summary>
public sealed partial class CiTests
{
    private static readonly TokenUse Dear = new(1000, 2000);

    [Theory]
    [InlineData("5", 0, "- spent at least $0.0", "the client ended with 0")]
    [InlineData("0.10", 90, "- spent at least $0.0", "ended by cost-gate: ")]
    public async Task The_action_installs_proves_runs_and_writes_the_spend_into_the_summary(string sessionUsd, int exitCode, string spend, string ending)
    {
        if (OperatingSystem.IsWindows()) return;
        using var place = await ClientPlace.Create();
        await using var api = new FakeMessagesApi(Scenario.Rounds(sessionUsd == "5" ? 2 : 12, Dear));
        var runner = new ActionRunner(place, new()
        {
            ["run"] = $"claude -p \"Start. {Scenario.Marker("main")}\" --dangerously-skip-permissions --model {new RunOptions().Model}",
            ["session-usd"] = sessionUsd,
            ["archive"] = await ReleaseArchive.Make(Path.Combine(place.Home, "release")),
        });
        var results = new List<ProcessResult>();
        foreach (var step in ActionRunner.Steps) results.Add(await runner.Run(step, api));
        Assert.Equal(3, results.Count);
        Assert.All(results.SkipLast(1), result => Assert.True(result.ExitCode == 0, result.All));
        Assert.True(results[^1].ExitCode == exitCode, results[^1].All);

        var summary = await File.ReadAllTextAsync(runner.Summary, TestContext.Current.CancellationToken);
        Assert.StartsWith("### Claude Code\n\n" + spend, summary, StringComparison.Ordinal);
        Assert.Contains(ending, summary, StringComparison.Ordinal);
        Assert.Contains(" in 1 session", summary, StringComparison.Ordinal);
        Assert.Equal($"{runner.Temp}/septim/bin\n", await File.ReadAllTextAsync(runner.PathFile, TestContext.Current.CancellationToken));
        // What the run recorded is in the log before the machine goes away.
        var log = Directory.GetFiles(Path.Combine(place.Home, ".local", "state", "septim", "log")).SelectMany(File.ReadAllLines).ToList();
        Assert.Contains(log, line => line.Contains("\"event\":\"session_end\"", StringComparison.Ordinal));
        Assert.Contains(log, line => line.Contains("\"run_id\":\"github-77-1\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_step_that_cannot_prove_the_gates_ends_the_job_before_the_client_starts()
    {
        if (OperatingSystem.IsWindows()) return;
        using var place = await ClientPlace.Create();
        ClientPlace.WriteFile(Path.Combine(place.Project, ".claude", "settings.local.json"), """{"disableAllHooks":true}""");
        await using var api = new FakeMessagesApi(Scenario.Rounds(2, Dear));
        var runner = new ActionRunner(place, new() { ["run"] = "claude -p x", ["archive"] = await ReleaseArchive.Make(Path.Combine(place.Home, "release")) });
        Assert.Equal(0, (await runner.Run(ActionRunner.Steps[0], api)).ExitCode);
        var proof = await runner.Run(ActionRunner.Steps[1], api);
        Assert.Equal(1, proof.ExitCode);
        Assert.Contains("settings.local.json says disableAllHooks", proof.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gitlab-", "CI_PIPELINE_ID")]
    [InlineData("circleci-", "CIRCLE_WORKFLOW_ID")]
    public async Task The_line_of_an_example_runs_the_client_under_its_ceilings(string prefix, string variable)
    {
        if (OperatingSystem.IsWindows()) return;
        using var place = await ClientPlace.WithSeptim();
        await using var api = new FakeMessagesApi(Scenario.Rounds(2, Dear));
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "ci.md"), TestContext.Current.CancellationToken);
        var line = RunLine().Matches(page).Select(match => match.Value).Single(text => text.Contains(prefix, StringComparison.Ordinal));
        var run = await place.RunAsUser("/bin/bash", ["-c", line.Replace("Fix the failing test", $"Start. {Scenario.Marker("main")}", StringComparison.Ordinal)], new Dictionary<string, string>
        {
            ["ANTHROPIC_BASE_URL"] = api.Url,
            [variable] = "4711",
        });
        Assert.True(run.ExitCode == 0, run.All);
        Assert.Contains($"in 1 session ({prefix}4711)", run.Stderr, StringComparison.Ordinal);
    }

    [GeneratedRegex("septim run .*$", RegexOptions.Multiline)]
    private static partial Regex RunLine();
}
