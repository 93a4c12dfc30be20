using System.Text.Json.Nodes;
using Septim.Hooks.EndToEnd.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>
/// Which wiring withstands what, when a program that the model started has changed the settings files. The table in SECURITY.md and
/// <c>septim doctor</c> say what these tests show; a limit is asserted as what really happens.
/// </summary>
[Collection(nameof(ManyClients))]
public sealed class WithstandTests
{
    private const string Off = """{"disableAllHooks":true}""";

    /// <summary>Longer than the client takes to notice that a file has changed (below 2 s, 2.1.330).</summary>
    private const string Settle = "sleep 4";

    public static TheoryData<string, string> Changes()
    {
        var rows = new TheoryData<string, string>();
        foreach (var wiring in (string[])["project", "user", "command line", "managed"])
            foreach (var change in (string[])["disabled", "emptied", "deleted", "corrupted", "emptied and disabled"])
                rows.Add(wiring, change);
        return rows;
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Change_behind_its_back_does_not_switch_off_a_running_session(string wiring, string change)
    {
        using var place = await ClientPlace.WithSeptim();
        var options = await Wire(place, wiring);
        ClientPlace.WriteFile(Path.Combine(place.Project, "build.sh"), ScriptOf(place, wiring, change));
        var run = await place.Run(Scenario.Of(new Turn(Block.Bash("sh build.sh")), new Turn(Block.Bash(Settle)), Probe, Turn.Last()), options);

        Assert.True(File.Exists(Path.Combine(place.Project, "changed")), "the change was not made");
        AssertGuarded(run, true);
    }

    [Theory]
    [InlineData("project", "disabled", false)]
    [InlineData("project", "emptied", false)]
    [InlineData("project", "deleted", false)]
    [InlineData("project", "corrupted", false)]
    [InlineData("user", "disabled", false)]
    [InlineData("user", "emptied", false)]
    [InlineData("command line", "disabled", true)]
    [InlineData("command line", "emptied and disabled", true)]
    [InlineData("managed", "disabled", true)]
    [InlineData("managed", "emptied and disabled", true)]
    public async Task What_holds_in_the_next_session_after_such_a_change(string wiring, string change, bool holds)
    {
        using var place = await ClientPlace.WithSeptim();
        var options = await Wire(place, wiring);
        ClientPlace.WriteFile(Path.Combine(place.Project, "build.sh"), ScriptOf(place, wiring, change));
        var changed = await place.RunAsUser("/bin/sh", ["build.sh"]);
        Assert.True(changed.ExitCode == 0, changed.All);
        AssertGuarded(await place.Run(Scenario.Of(Probe, Turn.Last()), options), holds);
    }

    [Theory]
    [InlineData("project", "--bare", false)]
    [InlineData("project", "--safe-mode", false)]
    [InlineData("project", "--setting-sources=user", false)]
    [InlineData("user", "--bare", false)]
    [InlineData("user", "--safe-mode", false)]
    [InlineData("user", "--setting-sources=project", false)]
    [InlineData("command line", "--bare", false)]
    [InlineData("command line", "--safe-mode", false)]
    [InlineData("command line", "--setting-sources=", true)]
    [InlineData("managed", "--bare", true)]
    [InlineData("managed", "--safe-mode", true)]
    [InlineData("managed", "--setting-sources=", true)]
    [InlineData("managed", """--settings={"disableAllHooks":true}""", true)]
    public async Task What_holds_in_a_client_that_is_started_with_such_an_option(string wiring, string option, bool holds)
    {
        using var place = await ClientPlace.WithSeptim();
        var options = await Wire(place, wiring);
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        string[] more = equals < 0 ? [option] : [option[..equals], option[(equals + 1)..]];
        AssertGuarded(await place.Run(Scenario.Of(Probe, Turn.Last()), options with { More = [.. options.More, .. more] }), holds);
    }

    /// <summary>The limit: hooks on the command line without the key that outranks the local one.</summary>
    [Fact]
    public async Task Hooks_on_the_command_line_without_the_key_are_off_at_the_next_start()
    {
        using var place = await ClientPlace.WithSeptim();
        ClientPlace.WriteFile(Path.Combine(place.Project, ".claude", "settings.local.json"), Off);
        var options = new RunOptions { More = ["--settings", Hooks(place).ToJsonString()] };
        AssertGuarded(await place.Run(Scenario.Of(Probe, Turn.Last()), options), false);
    }

    /// <summary>The limit: a --settings file is read at the start, and who can write it can empty it before the next.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Settings_file_of_the_command_line_counts_as_it_was_at_the_start(bool running)
    {
        using var place = await ClientPlace.WithSeptim();
        var file = Path.Combine(place.Home, "hooks.json");
        ClientPlace.WriteFile(file, WithKey(place).ToJsonString());
        ClientPlace.WriteFile(Path.Combine(place.Project, "build.sh"), $"echo '{{}}' > '{file}'\n");
        var options = new RunOptions { More = ["--settings", file] };
        if (!running) Assert.Equal(0, (await place.RunAsUser("/bin/sh", ["build.sh"])).ExitCode);
        var run = await place.Run(
            running ? Scenario.Of(new Turn(Block.Bash("sh build.sh")), new Turn(Block.Bash(Settle)), Probe, Turn.Last()) : Scenario.Of(Probe, Turn.Last()),
            options);
        AssertGuarded(run, running);
    }

    private static Turn Probe => new(Block.Bash("git push --force origin main"));

    private static void AssertGuarded(ClientRun run, bool guarded)
    {
        var refused = run.ToolResults.Any(result => result.IsError && result.Text.Contains("git-force-push", StringComparison.Ordinal));
        Assert.True(refused == guarded, $"septim {(refused ? "refused" : "did not refuse")}: {run}\n{string.Join("\n", run.ToolResults.Select(result => result.Text))}");
    }

    private static async Task<RunOptions> Wire(ClientPlace place, string wiring)
    {
        if (wiring is "project" or "user")
        {
            var install = await place.RunSeptim("install", "--scope", wiring, "--preset", "strict");
            Assert.True(install.ExitCode == 0, install.All);
            return new RunOptions();
        }
        // Something for the script to empty, so that all wirings meet the same change.
        ClientPlace.WriteFile(Path.Combine(place.Project, ".claude", "settings.json"), """{"env":{"FOO":"1"}}""");
        return wiring == "command line"
            ? new RunOptions { More = ["--settings", WithKey(place).ToJsonString()] }
            : new RunOptions { Through = ManagedSettings.Through(place, Hooks(place)) };
    }

    private static string ScriptOf(ClientPlace place, string wiring, string change)
    {
        var settings = Path.Combine(wiring == "user" ? place.Home : place.Project, ".claude", "settings.json");
        var disable = $"mkdir -p .claude; echo '{Off}' > .claude/settings.local.json\n";
        return change switch
        {
            "disabled" => disable,
            "emptied" => $"echo '{{}}' > '{settings}'\n",
            "deleted" => $"rm '{settings}'\n",
            "corrupted" => $"echo '{{ \"hooks\":' > '{settings}'\n",
            _ => $"echo '{{}}' > '{settings}'\n" + disable,
        } + "touch changed\n";
    }

    private static JsonObject WithKey(ClientPlace place)
    {
        var settings = Hooks(place);
        settings["disableAllHooks"] = false;
        return settings;
    }

    private static JsonObject Hooks(ClientPlace place)
    {
        var hooks = new JsonObject();
        foreach (var name in (string[])["SessionStart", "UserPromptSubmit", "PreToolUse", "PostToolBatch", "ConfigChange", "SessionEnd"])
            hooks[name] = new JsonArray(new JsonObject { ["hooks"] = new JsonArray(Wiring.Exec(place.Septim, "hook")) });
        return new JsonObject { ["hooks"] = hooks };
    }
}
