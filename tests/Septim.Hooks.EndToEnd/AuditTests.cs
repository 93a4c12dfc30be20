using System.Security.Cryptography;
using System.Text.Json;
using Septim.Hooks.EndToEnd.Support;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>The published program audits a home and a project: no socket, no program but git, nothing written.</summary>
public sealed class AuditTests
{
    [Fact]
    public async Task No_socket_is_opened_no_other_program_started_and_nothing_of_the_trees_written()
    {
        if (!OperatingSystem.IsLinux()) return;
        Want("strace");
        using var place = new TemporaryDirectory();
        Plant(place);
        var before = Hash(place.Path);
        var trace = Path.Combine(place.Path, "..", Path.GetFileName(place.Path) + ".trace");
        try
        {
            var run = await ChildProcess.Run(
                "strace", ["-f", "-qq", "-e", "trace=network,execve,openat,rename,unlink,mkdir", "-o", trace, await PublishedBinary.Path, "audit", "--project", place["home", "shop"], "--home", place["home"], "--managed", place["managed"], "--now", "2026-11-22T12:00:00Z", "--format", "json"],
                place.Path, timeout: TimeSpan.FromMinutes(2));
            Assert.True(run.ExitCode is 0 or 1, run.All);
            using var report = JsonDocument.Parse(run.Stdout);
            Assert.Equal(30, report.RootElement.GetProperty("items").GetArrayLength());
            var calls = await File.ReadAllLinesAsync(trace, TestContext.Current.CancellationToken);
            Assert.DoesNotContain(calls, call => call.Contains("socket(AF_INET", StringComparison.Ordinal) || call.Contains("connect(", StringComparison.Ordinal));
            Assert.Contains(calls, call => call.Contains("execve(", StringComparison.Ordinal));
            Assert.DoesNotContain(calls, call => call.Contains("execve(", StringComparison.Ordinal) && !IsOurs(call));
            Assert.DoesNotContain(calls, call => call.Contains(place.Path, StringComparison.Ordinal) && (call.Contains("O_WRONLY", StringComparison.Ordinal) || call.Contains("O_RDWR", StringComparison.Ordinal) || call.Contains("O_CREAT", StringComparison.Ordinal)));
            Assert.Equal(before, Hash(place.Path));
        }
        finally
        {
            File.Delete(trace);
        }

        // git itself, looked for along PATH, and the own program asked as a hook.
        static bool IsOurs(string call) => call.Contains("/git\"", StringComparison.Ordinal) || call.Contains("septim", StringComparison.Ordinal);
    }

    /// <summary>Faults of every section, so that every part reads something.</summary>
    private static void Plant(TemporaryDirectory place)
    {
        place.Write("home/.zshrc", "export DATABASE_URL=\"$(op read op://x/y/z)\"\nsource ~/.more\n");
        place.Write("home/.more", "alias yolo='claude --dangerously-skip-permissions'\n");
        place.Write("home/.claude/settings.json", """{"model":"claude-sonnet-5-5","hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"command","command":"sh ~/guard.sh"}]}]}}""");
        place.Write("home/guard.sh", "curl https://guard.invalid/ask || exit 2\n");
        place.Write("home/.claude.json", """{"mcpServers":{"web":{"type":"http","url":"https://mcp.invalid/mcp"}}}""");
        place.Write("home/shop/CLAUDE.md", "# Shop\n@docs/none.md\n");
        place.Write("home/shop/.mcp.json", """{"mcpServers":{"x":{"command":"npx","args":["-y","x@latest"]}}}""");
        place.Write("home/shop/.github/workflows/w.yml", "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: claude -p go\n");
        place.Write("home/shop/.env", "A=b\n");
        foreach (var args in (string[][])[["init", "-q", "."], ["add", "-A", "-f"], ["-c", "user.email=a@b.c", "-c", "user.name=n", "-c", "commit.gpgsign=false", "commit", "-qm", "x"]])
        {
            using var git = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("git", args) { WorkingDirectory = place["home", "shop"] })!;
            git.WaitForExit();
        }
    }

    private static string Hash(string root)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            sha.AppendData(System.Text.Encoding.UTF8.GetBytes($"{path} {File.GetLastWriteTimeUtc(path).Ticks}"));
            sha.AppendData(File.ReadAllBytes(path));
        }
        return Convert.ToHexString(sha.GetHashAndReset());
    }

    private static void Want(string program)
    {
        if (ChildProcess.Has(program)) return;
        Assert.False(Environment.GetEnvironmentVariable("SEPTIM_STORES") == "required", $"{program} is not installed, and this run must not go without it");
        Assert.Skip($"{program} is not installed: apt-get install -y strace");
    }
}
