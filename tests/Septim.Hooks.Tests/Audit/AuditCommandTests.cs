using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Audit;

/// <summary>The command line: exit codes, formats, attest, suppress, explain, fix.</summary>
public sealed class AuditCommandTests
{
    private static CommandOutcome Audit(CommandRun run, params string[] args) =>
        run.Run("audit", ["--project", run.Project, "--home", run.Home, "--no-env", "--now", "2026-11-22T12:00:00Z", .. args]);

    [Fact]
    public void Exit_codes_follow_the_threshold()
    {
        using var run = new CommandRun();
        Assert.Equal(1, Audit(run).ExitCode);
        Assert.Equal(0, Audit(run, "--fail-on", "never").ExitCode);
        Assert.Equal(0, Audit(run, "--item", "17").ExitCode);
        Assert.Equal(1, Audit(run, "--item", "8", "--strict").ExitCode);
        Assert.Equal(0, Audit(run, "--item", "10", "--fail-on", "incident").ExitCode);
        Assert.Equal(2, Audit(run, "--format", "pdf").ExitCode);
        Assert.Equal(2, Audit(run, "--item", "31").ExitCode);
        Assert.Equal(2, Audit(run, "--nonsense").ExitCode);
        Assert.Equal(3, run.Run("audit", "--project", run.Root + "/none", "--no-env").ExitCode);
    }

    [Fact]
    public void Explain_tells_what_why_how_and_the_way_out()
    {
        using var run = new CommandRun();
        var outcome = run.Run("audit", "explain", "16");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains(".claudeignore has no effect", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("Repair:", outcome.Out, StringComparison.Ordinal);
        Assert.Equal(2, run.Run("audit", "explain", "77").ExitCode);
    }

    [Fact]
    public void The_page_of_the_items_says_what_explain_says()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "audit.md"));
        Assert.Equal(30, Septim.Hooks.Audit.AuditChecks.All.Length);
        Assert.Equal(Enumerable.Range(1, 30), Septim.Hooks.Audit.AuditChecks.All.Select(check => check.Number));
        foreach (var check in Septim.Hooks.Audit.AuditChecks.All)
        {
            Assert.Contains($"### {check.Id}\n", page, StringComparison.Ordinal);
            Assert.Contains(check.Holds, page, StringComparison.Ordinal);
            Assert.Contains(check.Repair, page, StringComparison.Ordinal);
            if (check.Attestable) Assert.Contains($"`{check.AttestCommand()}`", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_page_and_explain_know_every_rule_beyond_the_thirty()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "audit.md"));
        using var run = new CommandRun();
        foreach (var rule in Septim.Hooks.Audit.ExtensionRules.All)
        {
            Assert.Contains($"### SEPX.{rule.Name}\n", page, StringComparison.Ordinal);
            Assert.Contains(rule.Fires, page, StringComparison.Ordinal);
            Assert.Contains(rule.Fires, run.Run("audit", "--explain", "SEPX." + rule.Name).Out, StringComparison.Ordinal);
        }
        var raised = Directory.GetFiles(Path.Combine(Repository.Root, "src", "Septim.Hooks", "Audit"), "*.cs", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) is "Extensions.cs")
            .SelectMany(path => System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(path), @"item\.(Fail|Warn)\(\s*""([a-z-]+)""").Select(match => match.Groups[2].Value)).Distinct();
        Assert.All(raised, name => Assert.NotNull(Septim.Hooks.Audit.ExtensionRules.Find("SEPX." + name)));
    }

    [Fact]
    public void Every_help_address_of_SARIF_names_a_heading_of_the_page()
    {
        var headings = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "audit.md")).Where(line => line.StartsWith('#')).Select(line => string.Concat(line.TrimStart('#').Trim().ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or ' ')).Replace(' ', '-')).ToHashSet(StringComparer.Ordinal);
        using var run = new CommandRun();
        File.WriteAllText(Path.Combine(run.Project, "CLAUDE.md"), Fake.AnthropicKey() + "\n");
        Directory.CreateDirectory(Path.Combine(run.Project, ".claude"));
        File.WriteAllText(Path.Combine(run.Project, ".claude", "settings.json"), "{ // no\n}");
        using var sarif = System.Text.Json.JsonDocument.Parse(Audit(run, "--format", "sarif").Out);
        var addresses = sarif.RootElement.GetProperty("runs")[0].GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("helpUri").GetString()!).ToList();
        Assert.Contains(addresses, address => address.Contains("#sepx", StringComparison.Ordinal));
        Assert.All(addresses, address => Assert.Contains(address[(address.IndexOf('#', StringComparison.Ordinal) + 1)..], headings));
    }

    [Fact]
    public void Several_formats_go_to_several_files()
    {
        using var run = new CommandRun();
        var json = Path.Combine(run.Root, "a.json");
        var html = Path.Combine(run.Root, "a.html");
        Assert.Equal(0, Audit(run, "--item", "17", "--format", "json", "--output", json, "--format", "html", "--output", html).ExitCode);
        Assert.StartsWith("{", File.ReadAllText(json), StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", File.ReadAllText(html), StringComparison.Ordinal);
    }

    [Fact]
    public void Attest_binds_by_itself_and_settles_the_item()
    {
        using var run = new CommandRun();
        Assert.Equal(1, Audit(run, "--item", "8", "--strict").ExitCode);
        var outcome = run.Run("audit", "attest", "--project", run.Project, "--home", run.Home, "--no-env", "--now", "2026-11-22T12:00:00Z", "--item", "08", "--by", "Jane", "--expires", "30d", "--statement", "200 USD a month", "--amount", "200");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(0, Audit(run, "--item", "8", "--strict").ExitCode);
        Assert.Equal(2, run.Run("audit", "attest", "--home", run.Home, "--no-env", "--item", "16", "--by", "J", "--statement", "s").ExitCode);
    }

    [Theory]
    [InlineData("SEP99.no-such-rule", "CLAUDE.md", "rotated, see ticket 7", "30d", "its rule is not known")]
    [InlineData("SEP03.secret", "**", "rotated, see ticket 7", "30d", "its path covers everything")]
    [InlineData("SEP03.secret", "CLAUDE.md", "because I say so, really", "30d", "its reason must begin with one of")]
    [InlineData("SEP09.no-gate", "CLAUDE.md", "accepted-risk, for a month", "60d", "longer than allowed")]
    public void Suppress_writes_nothing_that_would_count_for_nothing(string rule, string path, string reason, string expires, string why)
    {
        using var run = new CommandRun();
        var outcome = run.Run("audit", "suppress", "--project", run.Project, "--home", run.Home, "--no-env", "--now", "2026-11-22T12:00:00Z", "--rule", rule, "--path", path, "--owner", "J", "--reason", reason, "--expires", expires);
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Out));
        Assert.Contains(why, outcome.Err, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(run.Project, ".septim")));
    }

    [Fact]
    public void Suppress_writes_an_entry_that_holds()
    {
        using var run = new CommandRun();
        File.WriteAllText(Path.Combine(run.Project, "CLAUDE.md"), Fake.AnthropicKey() + "\n");
        Assert.Equal(1, Audit(run, "--item", "3").ExitCode);
        Assert.Equal(0, run.Run("audit", "suppress", "--project", run.Project, "--home", run.Home, "--no-env", "--now", "2026-11-22T12:00:00Z", "--rule", "SEP03.secret", "--path", "CLAUDE.md", "--owner", "J", "--reason", "rotated, see ticket 7").ExitCode);
        Assert.Equal(0, Audit(run, "--item", "3").ExitCode);
    }

    [Fact]
    public void A_baseline_lets_only_new_findings_count()
    {
        using var run = new CommandRun();
        var file = Path.Combine(run.Root, "base.json");
        File.WriteAllText(Path.Combine(run.Project, "CLAUDE.md"), Fake.AnthropicKey() + "\n");
        Audit(run, "--item", "3", "--format", "json", "--output", file);
        Assert.Equal(0, Audit(run, "--item", "3", "--baseline", file).ExitCode);
        File.WriteAllText(Path.Combine(run.Project, "AGENTS.md"), Fake.GitHub + "\n");
        Assert.Equal(1, Audit(run, "--item", "3", "--baseline", file).ExitCode);
    }

    [Fact]
    public void Fix_shows_the_diff_backs_up_keeps_what_is_there_and_changes_nothing_the_second_time()
    {
        using var run = new CommandRun();
        var settings = Path.Combine(run.Home, ".claude", "settings.json");
        Directory.CreateDirectory(Path.GetDirectoryName(settings)!);
        const string Old = "{\n    \"env\": { \"DISABLE_COMPACT\": \"1\", \"MINE\": \"x\" },\n    \"unheard\": [1, 2]\n}\n";
        File.WriteAllText(settings, Old);
        var asked = Audit(run, "--fix");
        Assert.Contains("+++ ", asked.Err, StringComparison.Ordinal);
        Assert.Equal(Old, File.ReadAllText(settings));
        Audit(run, "--fix", "--yes");
        var text = File.ReadAllText(settings);
        Assert.Contains("\"unheard\": [1, 2]", text, StringComparison.Ordinal);
        Assert.Contains("\"MINE\": \"x\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("DISABLE_COMPACT", text, StringComparison.Ordinal);
        Assert.Contains("CLAUDE_CODE_MAX_SUBAGENT_SPAWN_DEPTH", text, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(settings)!, "settings.json.septim-*.bak"));
        Assert.Contains("Read(.env)", File.ReadAllText(Path.Combine(run.Project, ".claude", "settings.json")), StringComparison.Ordinal);
        Audit(run, "--fix", "--yes");
        Assert.Equal(text, File.ReadAllText(settings));
    }
}
