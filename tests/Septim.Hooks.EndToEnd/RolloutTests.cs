using System.Text.Json.Nodes;
using Septim.Hooks.EndToEnd.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>The ways in which others than one person at one machine get septim: as a plugin, on a machine for all, from a release.</summary>
public sealed class RolloutTests
{
    private static readonly TokenUse Dear = new(1000, 2000);
    private static readonly RunOptions Ceiling = new RunOptions().Env("SEPTIM_SESSION_USD", "0.10");

    [Fact]
    public async Task As_a_plugin_it_stops_the_client_and_doctor_and_selftest_see_it()
    {
        using var place = await ClientPlace.WithSeptim();
        var market = Path.Combine(place.Home, "market");
        foreach (var file in new[] { ".claude-plugin/plugin.json", ".claude-plugin/marketplace.json", "hooks/hooks.json" })
            ClientPlace.WriteFile(Path.Combine(market, file), File.ReadAllText(Path.Combine(Repository.Root, file)));
        ClientPlace.WriteFile(Path.Combine(place.Home, ".claude", "septim", "septim.json"), """{"ceilings":{"sessionUsd":0.10}}""");
        await Client(place, "plugin", "marketplace", "add", market);
        await Client(place, "plugin", "install", "septim@septim");

        Assert.Equal("hook_stopped", (await place.Run(Scenario.Rounds(12, Dear))).TerminalReason);
        var doctor = await place.RunSeptim("doctor");
        Assert.True(doctor.ExitCode == 0, doctor.All);
        Assert.Contains("plugin septim@septim: ", doctor.Stdout, StringComparison.Ordinal);
        var tested = await place.RunSeptim("selftest");
        Assert.True(tested.ExitCode == 0, tested.All);
        Assert.Contains("PreToolUse (plugin, ", tested.Stdout, StringComparison.Ordinal);

        await Client(place, "plugin", "disable", "septim@septim");
        Assert.Equal("completed", (await place.Run(Scenario.Rounds(12, Dear))).TerminalReason);
        Assert.Equal(1, (await place.RunSeptim("doctor")).ExitCode);
        Assert.Equal(1, (await place.RunSeptim("selftest")).ExitCode);
    }

    /// <summary>As root of a name space whose /etc is a copy; the machine's own is not touched.</summary>
    [Fact]
    public async Task On_a_machine_for_all_no_file_of_a_person_loosens_it_and_uninstall_leaves_nothing()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var place = await ClientPlace.WithSeptim();
        var machine = ManagedSettings.Machine(place);
        var installed = await Administrator(place, machine, "install", "--scope", "managed", "--client", ClientInstall.Version);
        Assert.True(installed.ExitCode == 0, installed.All);
        var config = Path.Combine(machine, "septim", "septim.json");
        Assert.Contains("\"sessionUsd\": 10", await File.ReadAllTextAsync(config, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await File.WriteAllTextAsync(config, """{"ceilings":{"sessionUsd":0.10}}""", TestContext.Current.CancellationToken);

        var off = new JsonObject { ["disableAllHooks"] = true };
        ClientPlace.WriteFile(Path.Combine(place.Project, ".claude", "settings.local.json"), off.ToJsonString());
        ClientPlace.WriteFile(Path.Combine(place.Home, ".claude", "septim", "septim.json"), """{"ceilings":{"sessionUsd":100}}""");
        var stopped = await place.Run(Scenario.Rounds(12, Dear), new RunOptions { Through = ManagedSettings.Through(machine), More = ["--settings", off.ToJsonString()] });
        Assert.Equal("hook_stopped", stopped.TerminalReason);
        Assert.True(stopped.TotalCostUsd <= 0.10m, stopped.ToString());

        File.Delete(Path.Combine(place.Project, ".claude", "settings.local.json"));
        var through = ManagedSettings.Through(machine);
        var doctor = await place.RunAsUser(through[0], [.. through.Skip(1), place.Septim, "doctor"]);
        Assert.True(doctor.ExitCode == 0, doctor.All);
        Assert.Contains("managed: SessionStart", doctor.Stdout, StringComparison.Ordinal);
        Assert.Contains("only an administrator changes it", doctor.Stdout, StringComparison.Ordinal);
        Assert.DoesNotContain("does not withstand", doctor.Stdout, StringComparison.Ordinal);
        var tested = await place.RunAsUser(through[0], [.. through.Skip(1), place.Septim, "selftest"]);
        Assert.True(tested.ExitCode == 0, tested.All);

        await File.WriteAllTextAsync(config, installed.Stdout, TestContext.Current.CancellationToken);
        var removed = await Administrator(place, machine, "uninstall", "--scope", "managed");
        Assert.True(removed.ExitCode == 0, removed.All);
        Assert.False(File.Exists(Path.Combine(machine, "claude-code", "managed-settings.json")));
        Assert.Contains("septim.json is yours and stays", removed.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_who_may_not_write_the_machines_files_is_told_so()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var place = await ClientPlace.WithSeptim();
        var through = ManagedSettings.Through(ManagedSettings.Machine(place, readOnly: true));
        var refused = await place.RunAsUser(through[0], [.. through.Skip(1), place.Septim, "install", "--scope", "managed"]);
        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith("septim install: /etc/", Assert.Single(refused.Stderr.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.Contains("sudo", refused.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_archive_is_complete_installs_with_its_checksum_and_goes_again()
    {
        if (OperatingSystem.IsWindows()) return;
        using var place = await ClientPlace.Create();
        var archive = await ReleaseArchive.Make(Path.Combine(place.Home, "release"));
        var contents = JsonNode.Parse(await File.ReadAllTextAsync(archive[..^".tar.gz".Length] + ".cdx.json", TestContext.Current.CancellationToken))!;
        Assert.Equal("CycloneDX", (string?)contents["bomFormat"]);
        var central = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src", "Septim.Hooks", "Septim.Hooks.csproj"), TestContext.Current.CancellationToken);
        var names = contents["components"]!.AsArray().Select(part => (string)part!["name"]!).ToList();
        foreach (System.Text.RegularExpressions.Match package in System.Text.RegularExpressions.Regex.Matches(central, "PackageReference Include=\"([^\"]+)\""))
            Assert.Contains(package.Groups[1].Value, names);

        ProcessResult install = await Script(place, "--from", archive);
        Assert.True(install.ExitCode == 0, install.All);
        var program = Path.Combine(place.Home, ".local", "bin", "septim");
        Assert.Equal("hook_stopped", (await place.Run(Scenario.Rounds(12, Dear), Ceiling)).TerminalReason);
        Assert.Equal(0, (await place.RunAsUser(program, ["selftest"])).ExitCode);
        foreach (var page in new[] { "man/man1/septim.1", "bash-completion/completions/septim", "zsh/site-functions/_septim", "fish/vendor_completions.d/septim.fish" })
            Assert.True(new FileInfo(Path.Combine(place.Home, ".local", "share", page)).Length > 500, page);

        var removed = await Script(place, "--uninstall");
        Assert.True(removed.ExitCode == 0, removed.All);
        Assert.DoesNotContain(Directory.GetFiles(place.Home, "*", SearchOption.AllDirectories), file => file.Contains("/.local/bin/", StringComparison.Ordinal) || file.Contains("/.local/share/", StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(place.Home, ".claude", "settings.json")));
        Assert.Equal("completed", (await place.Run(Scenario.Rounds(12, Dear), Ceiling)).TerminalReason);
    }

    private static Task<ProcessResult> Script(ClientPlace place, params string[] arguments) =>
        place.RunAsUser("/bin/sh", [Path.Combine(Repository.Root, "install.sh"), .. arguments]);

    private static Task<ProcessResult> Administrator(ClientPlace place, string machine, params string[] arguments)
    {
        var through = ManagedSettings.AsRoot(machine);
        return place.RunAsUser(through[0], [.. through.Skip(1), place.Septim, .. arguments]);
    }

    private static async Task Client(ClientPlace place, params string[] arguments)
    {
        var run = await place.RunAsUser(Path.Combine(place.Bin, "claude"), arguments);
        Assert.True(run.ExitCode == 0, $"claude {string.Join(' ', arguments)}: {run.All}");
    }
}
