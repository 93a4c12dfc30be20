using Septim.Hooks.EndToEnd.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>Whoever follows the README on a fresh machine gets a client that is stopped at its ceiling.</summary>
[Collection(nameof(ManyClients))]
public sealed class ReadmeTests
{
    private const string Install = "./install.sh";

    /// <summary>Commands that cannot be run inside a test, and what runs them.</summary>
    private static readonly Dictionary<string, string> RunElsewhere = new()
    {
        ["git clone"] = "this test clones the checkout it belongs to",
        ["cd "] = "this test runs every command in the clone",
        ["dotnet test"] = "whoever runs this test, and .ci/run",
        [".ci/run"] = "whoever runs .ci/run",
        ["dotnet run -c Release --project tests/Septim.Hooks.Benchmarks"] = "takes minutes and a quiet machine; its page under docs/benchmarks is the proof",
    };

    [Fact]
    public async Task Every_command_of_the_readme_works_on_a_fresh_machine()
    {
        Assert.Contains(Install, ReadmeCommands.All);
        Assert.Contains("dotnet test", ReadmeCommands.All);
        Assert.Contains("dotnet test", await File.ReadAllTextAsync(Path.Combine(Repository.Root, ".ci", "run"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        using var place = await ClientPlace.Create();
        await CloneInto(place);
        foreach (var command in ReadmeCommands.All)
        {
            if (RunElsewhere.Keys.Any(start => command.StartsWith(start, StringComparison.Ordinal))) continue;
            if (command.StartsWith(Install, StringComparison.Ordinal))
            {
                AssertFine(command, await InstallFrom(place, command["./install.sh".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
                await AssertClientIsStopped(place);
            }
            else
            {
                AssertFine(command, await place.RunAsUser("/bin/sh", ["-c", command], new Dictionary<string, string> { ["PATH"] = $"{Prefix(place)}/bin:{place.Bin}:/usr/local/bin:/usr/bin:/bin" }));
            }
        }
    }

    [Fact]
    public async Task Install_script_wires_the_user_keeps_what_is_there_and_changes_nothing_the_second_time()
    {
        using var place = await ClientPlace.Create();
        await CloneInto(place);
        var settings = Path.Combine(place.Home, ".claude", "settings.json");
        ClientPlace.WriteFile(settings, """
            {
              "model": "claude-opus-5-5",
              "hooks": { "Stop": [{ "hooks": [{ "type": "command", "command": "true" }] }] }
            }
            """);

        var dry = await InstallFrom(place, ["--dry-run"]);
        AssertFine("install.sh --dry-run", dry);
        Assert.DoesNotContain("septim", await File.ReadAllTextAsync(settings, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.False(File.Exists($"{Prefix(place)}/bin/septim"));

        AssertFine(Install, await InstallFrom(place, []));
        var first = await File.ReadAllTextAsync(settings, TestContext.Current.CancellationToken);
        Assert.Contains("claude-opus-5-5", first, StringComparison.Ordinal);
        Assert.Contains("\"true\"", first, StringComparison.Ordinal);
        await AssertClientIsStopped(place);

        AssertFine(Install, await InstallFrom(place, []));
        Assert.Equal(first, await File.ReadAllTextAsync(settings, TestContext.Current.CancellationToken));
    }

    private static string Prefix(ClientPlace place) => Path.Combine(place.Home, ".local");

    private static string Clone(ClientPlace place) => Path.Combine(place.Home, "septim-hooks");

    private static async Task CloneInto(ClientPlace place) =>
        AssertFine("git clone", await ChildProcess.Run("git", ["clone", "--quiet", Repository.Root, Clone(place)], place.Home));

    /// <summary>With a HOME of its own; only the packages that were fetched before are shared, so that the test does not fetch them again.</summary>
    private static Task<ProcessResult> InstallFrom(ClientPlace place, IReadOnlyList<string> arguments)
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = place.Home,
            ["PATH"] = $"{place.Bin}:{Environment.GetEnvironmentVariable("PATH")}",
            ["NUGET_PACKAGES"] = packages,
            ["LANG"] = "C.UTF-8",
        };
        return ChildProcess.Run(Path.Combine(Clone(place), "install.sh"), arguments, Clone(place), environment, timeout: TimeSpan.FromMinutes(8));
    }

    private static async Task AssertClientIsStopped(ClientPlace place)
    {
        Assert.True(File.Exists($"{Prefix(place)}/bin/septim"));
        var run = await place.Run(Scenario.Rounds(8, TokenUse.Expensive), new RunOptions().Env("SEPTIM_SESSION_USD", "0.50"));
        Assert.Equal("hook_stopped", run.TerminalReason);
        Assert.True(run.TotalCostUsd <= 0.50m, $"{run.TotalCostUsd} was spent");
    }

    private static void AssertFine(string command, ProcessResult result) =>
        Assert.True(result.ExitCode == 0, $"{command}: exit code {result.ExitCode}: {result.All}");
}
