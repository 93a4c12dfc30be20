using System.Text.Json.Nodes;
using Septim.Hooks.EndToEnd.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>From nothing to protected: what install writes is what the real client obeys, and doctor and selftest see it.</summary>
public sealed class SetupTests
{
    [Theory]
    [InlineData("user")]
    [InlineData("project")]
    [InlineData("local")]
    public async Task After_install_the_client_is_stopped_at_the_ceiling_and_after_uninstall_it_is_not(string scope)
    {
        using var place = await ClientPlace.WithSeptim();
        var installed = await place.RunSeptim("install", "--scope", scope);
        Assert.True(installed.ExitCode == 0, installed.All);
        Assert.Contains("wired", installed.Stdout, StringComparison.Ordinal);

        var dear = Scenario.Rounds(12, new TokenUse(1000, 2000));
        var options = new RunOptions().Env("SEPTIM_SESSION_USD", "0.10");
        var stopped = await place.Run(dear, options);
        Assert.Equal("hook_stopped", stopped.TerminalReason);
        Assert.True(stopped.TotalCostUsd <= 0.10m, stopped.ToString());

        Assert.Equal(0, (await place.RunSeptim("uninstall", "--scope", scope)).ExitCode);
        var free = await place.Run(dear, options);
        Assert.Equal("completed", free.TerminalReason);
    }

    [Fact]
    public async Task Selftest_and_doctor_are_green_after_install_and_red_before()
    {
        using var place = await ClientPlace.WithSeptim();
        Assert.Equal(1, (await place.RunSeptim("selftest")).ExitCode);
        Assert.Equal(1, (await place.RunSeptim("doctor")).ExitCode);
        Assert.Equal(0, (await place.RunSeptim("install")).ExitCode);

        var tested = await place.RunSeptim("selftest", "--format", "json");
        Assert.True(tested.ExitCode == 0, (await place.RunSeptim("selftest")).Stdout);
        var trials = JsonNode.Parse(tested.Stdout)!["trials"]!.AsArray();
        Assert.True(trials.Count > 25, tested.Stdout);
        Assert.All(trials, trial => Assert.True((bool)trial!["ok"]!));
        Assert.Contains(trials, trial => (string?)trial!["trial"] == "ceiling reached");

        var looked = await place.RunSeptim("doctor");
        Assert.True(looked.ExitCode == 0, looked.All);
        Assert.Contains($"claude {ClientInstall.Version}", looked.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Selftest_sees_a_wiring_that_fails_open()
    {
        using var place = await ClientPlace.WithSeptim();
        Assert.Equal(0, (await place.RunSeptim("install")).ExitCode);
        var settings = Path.Combine(place.Home, ".claude", "settings.json");
        File.WriteAllText(settings, File.ReadAllText(settings).Replace("\"onFailure\": \"block\"", "\"note\": 1", StringComparison.Ordinal));
        var tested = await place.RunSeptim("selftest");
        Assert.Equal(1, tested.ExitCode);
        Assert.Contains("FAILS OPEN  program missing", tested.Stdout, StringComparison.Ordinal);
        Assert.Equal(1, (await place.RunSeptim("doctor")).ExitCode);
    }

    [Fact]
    public async Task The_client_finds_nothing_wrong_with_what_install_writes()
    {
        using var place = await ClientPlace.WithSeptim();
        var installed = await place.RunSeptim("install", "--preset", "strict");
        Assert.Equal(0, installed.ExitCode);
        Assert.Contains("claude doctor finds nothing wrong with the settings", installed.Stdout, StringComparison.Ordinal);
        var doctor = await place.RunAsUser(Path.Combine(place.Bin, "claude"), ["doctor"]);
        Assert.DoesNotContain("nvalid", doctor.All, StringComparison.Ordinal);

        var settings = Path.Combine(place.Home, ".claude", "settings.json");
        File.WriteAllText(settings, File.ReadAllText(settings).Replace("\"timeout\": 10", "\"timeout\": 0", StringComparison.Ordinal));
        var broken = await place.RunAsUser(Path.Combine(place.Bin, "claude"), ["doctor"]);
        Assert.Contains("nvalid", broken.All, StringComparison.Ordinal);
        Assert.Equal(1, (await place.RunSeptim("doctor")).ExitCode);
    }

    [Fact]
    public async Task What_the_client_finds_wrong_in_another_file_is_told_by_install()
    {
        using var place = await ClientPlace.WithSeptim();
        ClientPlace.WriteFile(Path.Combine(place.Project, ".claude", "settings.json"), """{"permissions":{"allow":[7]}}""");
        var installed = await place.RunSeptim("install");
        Assert.Equal(0, installed.ExitCode);
        Assert.Contains("warning: claude doctor: ", installed.Stderr, StringComparison.Ordinal);
        Assert.Contains("permissions.allow", installed.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plugin_is_valid_for_the_client()
    {
        using var place = await ClientPlace.Create();
        foreach (var file in new[] { ".claude-plugin/plugin.json", "hooks/hooks.json", "README.md" })
            ClientPlace.WriteFile(Path.Combine(place.Project, file), File.ReadAllText(Path.Combine(Repository.Root, file)));
        var validated = await place.RunAsUser(Path.Combine(place.Bin, "claude"), ["plugin", "validate", place.Project]);
        Assert.True(validated.ExitCode == 0, validated.All);
        Assert.Contains("Validation passed", validated.All, StringComparison.Ordinal);
    }
}
