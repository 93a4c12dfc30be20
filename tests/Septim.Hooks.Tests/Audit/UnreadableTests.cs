using System.Diagnostics;
using System.Text.Json;
using Septim.Hooks.Audit;
using Septim.Hooks.Tests.Audit.Fixtures;

namespace Septim.Hooks.Tests.Audit;

/// <summary>
/// What cannot be read is never a pass: each input in turn gets mode 000, and the program runs as somebody who is not root, since root
/// reads everything.
/// </summary>
public sealed class UnreadableTests
{
    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "septim.dll");

    public static TheoryData<string, string> Inputs => new()
    {
        { "home/.claude/settings.json", "2 4 9 10 11 12 13 18 22 23 25" },
        { "home/.claude", "2 9 10 11 12 13 16 22 23 25 30" },
        { "home/.claude/projects", "11 12 18 19 21 30" },
        { "home/.claude/projects/-shop", "11 12 18 19" },
        { "home/.claude/projects/-shop/a.jsonl", "11 12 18 19" },
        { "home/.claude/agents", "3 11 13" },
        { "home/.claude.json", "1 27 28 29 30" },
        { "home/.zshrc", "2 4" },
        { "home/.config/fish/conf.d", "2" },
        { "home/.aws/credentials", "5" },
        { "home/.aws", "5" },
        { "home/.kube/config", "4" },
        { "home/project/.claude/settings.json", "3 9 16 23 25" },
        { "home/project/.claude", "3 9 13 16 23" },
        { "home/project/.mcp.json", "3 27 28 29 30" },
        { "home/project/CLAUDE.md", "3 17 19" },
        { "home/project/src", "3 16" },
        { "home/project/.github/workflows/review.yml", "7" },
        { "home/project/.github/workflows", "7" },
        { "home/project/.env", "1 5" },
        { "home/project/run.sh", "4 9 11 12 15 20 26" },
        { "home/project/package.json", "1" },
        { "home/project/.git", "6" },
        { "home/project/.git/objects", "6" },
        { "managed/managed-settings.json", "9 13 16 23" },
        { "managed/managed-settings.d", "9 13 16 23" },
        { "managed/managed-mcp.json", "27 28" },
    };

    /// <summary>Read as files they would have no end, and a pipe that nobody writes to no beginning.</summary>
    [Fact]
    public void Devices_and_pipes_in_the_place_of_files_leave_items_open_and_end_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "mkfifo and /dev/zero as Linux has them");
        using var home = new AuditHome();
        foreach (var file in (string[])["home/.claude/settings.json", "home/project/.claude/settings.json", "home/.claude/septim/septim.json", "home/project/.mcp.json", "home/.zshrc"])
        {
            File.Delete(home.Write(file, ""));
            File.CreateSymbolicLink(Path.Combine(home.Root, file), "/dev/zero");
        }
        foreach (var pipe in (string[])["home/.claude/projects/-p/s.jsonl", "home/project/run.sh", "home/project/CLAUDE.md"])
        {
            File.Delete(home.Write(pipe, ""));
            using var made = Process.Start("mkfifo", [Path.Combine(home.Root, pipe)]);
            made.WaitForExit();
        }
        var report = home.Report();
        foreach (var number in (int[])[2, 3, 9, 12, 27])
            Assert.NotEqual(ItemState.Pass, report.Items.Single(item => item.Check.Number == number).State);
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task An_unreadable_input_never_gives_a_pass(string path, string items)
    {
        if (OperatingSystem.IsWindows()) return;
        using var home = Pairs.Clean();
        home.InHome(".config/fish/conf.d/a.fish", "set -gx A b\n");
        home.InHome(".aws/credentials", "[dev]\nregion = x\n");
        home.InHome(".kube/config", "current-context: dev\n");
        home.InHome(".claude/agents/a.md", "---\nname: a\nmodel: haiku\ntools: Read\n---\n");
        home.InProject(".env", "A=b\n");
        home.InProject("run.sh", "echo hello\n");
        home.Write("managed/managed-settings.json", "{}");
        home.Write("managed/managed-settings.d/a.json", "{}");
        home.Write("managed/managed-mcp.json", """{"mcpServers":{}}""");
        Open(home.Root);
        var target = Path.Combine(home.Root, path);
        AuditHome.SetMode(target, UnixFileMode.None);
        try
        {
            var states = await Audit(home);
            foreach (var number in items.Split(' ').Select(int.Parse))
                Assert.True(states[number] is "unknown" or "fail", $"item {number:00} is {states[number]} although {path} cannot be read");
        }
        finally
        {
            AuditHome.SetMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task A_hook_script_that_cannot_be_read_is_not_taken_for_the_one_in_the_repository()
    {
        if (OperatingSystem.IsWindows()) return;
        using var home = Pairs.Clean();
        var script = home.InProject(".claude/hooks/guard.sh", "exit 2\n");
        home.InProject(".claude/settings.local.json", """{"hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"command","command":"sh \"$CLAUDE_PROJECT_DIR\"/.claude/hooks/guard.sh","onFailure":"block","timeout":10}]}]}}""");
        home.Commit();
        Open(home.Root);
        Assert.NotEqual("unknown", (await Audit(home))[24]);
        AuditHome.SetMode(script, UnixFileMode.None);
        Assert.Equal("unknown", (await Audit(home))[24]);
    }

    /// <summary>Everybody may read and enter, as in a home that is not locked.</summary>
    private static void Open(string root)
    {
        const UnixFileMode All = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        AuditHome.SetMode(root, All);
        foreach (var entry in Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories)) AuditHome.SetMode(entry, All);
    }

    private static async Task<Dictionary<int, string>> Audit(AuditHome home)
    {
        string[] command =
        [
            .. Environment.IsPrivilegedProcess ? (string[])["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [],
            Environment.ProcessPath is { } host && Path.GetFileName(host).StartsWith("dotnet", StringComparison.Ordinal) ? host : "dotnet", s_program,
            "audit", "--project", home.Project, "--home", home.Home, "--managed", Path.Combine(home.Root, "managed"), "--system-root", Path.Combine(home.Root, "system"), "--no-env", "--now", "2026-11-22T12:00:00Z", "--format", "json",
        ];
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = home.Root };
        foreach (var word in command.Skip(1)) start.ArgumentList.Add(word);
        start.Environment["HOME"] = home.Root;
        start.Environment["DOTNET_CLI_HOME"] = home.Root;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode is 0 or 1, $"exit {process.ExitCode}: {await errors}");
        using var report = JsonDocument.Parse(await output);
        return report.RootElement.GetProperty("items").EnumerateArray().ToDictionary(item => int.Parse(item.GetProperty("id").GetString()!.AsSpan(0, 2), System.Globalization.CultureInfo.InvariantCulture), item => item.GetProperty("state").GetString()!);
    }
}
