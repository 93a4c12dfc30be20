using Septim.Hooks.Audit;

namespace Septim.Hooks.Tests.Audit;

/// <summary>Items 16 to 21.</summary>
public sealed class ContextChecksTests
{
    private const string Session = ".claude/projects/-gone-project/s1.jsonl";

    [Fact]
    public void Item_16_fails_on_readable_secrets_and_on_a_claudeignore_that_nothing_backs()
    {
        using var home = new AuditHome();
        home.InProject(".env", "A=b\n");
        home.InProject(".env.example", "A=\n");
        home.InProject(".claudeignore", "# comment\nsecrets/\n*.log\n");
        home.InHome(".ssh/config", "Host x\n");
        var item = home.Item(16);
        Assert.Equal(ItemState.Fail, item.State);
        Assert.Equal(["~/.ssh", ".env"], item.Findings.Where(finding => finding.Rule == "SEP16.sensitive-readable").Select(finding => finding.Path).OrderDescending(StringComparer.Ordinal));
        Assert.Contains("secrets/", home.Fails("SEP16.claudeignore-only").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Item_16_passes_when_deny_rules_cover_what_is_there()
    {
        using var home = new AuditHome();
        home.InProject(".env", "A=b\n");
        home.InProject("deploy/server.pem", "x");
        home.InProject("secrets/a/b.txt", "x");
        home.InProject(".claudeignore", "*.log\n");
        home.InHome(".ssh/id_rsa", "x");
        for (var i = 0; i < 1100; i++) home.InProject($"packages/a/node_modules/p{i}.js", "x");
        home.ProjectSettings("""{"permissions":{"deny":["Read(.env)","Read(**/*.pem)","Read(secrets/**)","Read(~/.ssh/**)","Read(node_modules/**)","Read(*.log)"]}}""");
        Assert.Equal(ItemState.Pass, home.IsQuiet(16).State);
    }

    [Fact]
    public void Item_16_fails_on_rules_that_can_never_match_and_on_heavy_trees()
    {
        using var home = new AuditHome();
        for (var i = 0; i < 1001; i++) home.InProject($"node_modules/p{i}.js", "x");
        home.UserSettings("""{"permissions":{"deny":["Read(/secrets/**)","Write(./x/**)","Read(.env)"]}}""");
        Assert.Equal(2, home.Item(16).Findings.Count(finding => finding.Rule == "SEP16.dead-rule"));
        home.Fails("SEP16.heavy-readable");
    }

    [Fact]
    public void Item_17_counts_lines_with_imports_and_without_comments()
    {
        using var home = new AuditHome();
        Assert.Equal(ItemState.NotApplicable, home.Item(17).State);
        home.InProject("CLAUDE.md", string.Concat(Enumerable.Repeat("line\n", 150)) + "<!--\n" + string.Concat(Enumerable.Repeat("hidden\n", 400)) + "-->\nmail me@x.io, npm @scope/pkg, `@docs/no.md`\n");
        Assert.Equal(ItemState.Pass, home.IsQuiet(17).State);
        home.InProject("CLAUDE.md", "@docs/a.md\n" + string.Concat(Enumerable.Repeat("line\n", 150)));
        home.InProject("docs/a.md", string.Concat(Enumerable.Repeat("line\n", 100)));
        home.Warns("SEP17.over-target");
        home.InProject("docs/a.md", string.Concat(Enumerable.Repeat("line\n", 400)) + "@missing.md\n");
        home.Fails("SEP17.over-limit");
        home.Warns("SEP17.broken-import");
    }

    [Fact]
    public void Item_18_fails_when_compaction_is_off_or_its_window_is_no_number()
    {
        using var home = new AuditHome();
        Assert.Equal(ItemState.Pass, home.IsQuiet(18).State);
        home.UserSettings("""{"autoCompactEnabled":false,"env":{"CLAUDE_CODE_AUTO_COMPACT_WINDOW":"500k"}}""");
        home.Fails("SEP18.disabled");
        home.Fails("SEP18.bad-window");
        home.UserSettings("""{"env":{"DISABLE_COMPACT":"0"}}""");
        Assert.Equal(ItemState.Pass, home.IsQuiet(18).State);
    }

    [Fact]
    public void Item_18_measures_a_session_since_its_last_boundary()
    {
        using var home = new AuditHome();
        var path = home.InHome(Session, Transcripts.Result("a", 34_000_000) + """{"type":"system","subtype":"compact_boundary"}""" + "\n" + Transcripts.Message("m", 1, 1, 1));
        File.SetLastWriteTimeUtc(path, AuditHome.Now.UtcDateTime.AddDays(-1));
        Assert.Equal(ItemState.Pass, home.IsQuiet(18).State);
        File.AppendAllText(path, Transcripts.Result("b", 34_000_000));
        File.SetLastWriteTimeUtc(path, AuditHome.Now.UtcDateTime.AddDays(-1));
        home.Fails("SEP18.oversized");
    }

    [Theory]
    [InlineData("Start with Read(\"**/*.ts\").", "SEP19.instructed", true)]
    [InlineData("Read every file in the repository first.", "SEP19.instructed", true)]
    [InlineData("Do not read all files in the repo.", "", false)]
    [InlineData("Never use Read(\"**/*.ts\").", "", false)]
    public void Item_19_reads_orders_and_not_their_negation(string text, string rule, bool found)
    {
        using var home = new AuditHome();
        home.InProject("CLAUDE.md", text + "\n");
        if (found) Assert.Contains(home.Item(19).Findings, finding => finding.Rule == rule);
        else Assert.Equal(ItemState.Pass, home.IsQuiet(19).State);
    }

    [Fact]
    public void Item_19_sees_large_results_and_trees_in_transcripts()
    {
        using var home = new AuditHome();
        home.InHome(Session, Transcripts.Call("t1", "Bash", """{"command":"cat $(git ls-files)"}""") + Transcripts.Result("t1", 300_000));
        home.Warns("SEP19.observed");
        home.Warns("SEP19.cat-tree");
    }

    [Fact]
    public void Item_20_fails_on_changing_prompts_and_missing_files()
    {
        using var home = new AuditHome();
        Assert.Equal(ItemState.NotApplicable, home.Item(20).State);
        home.InProject("run.sh", "claude -p x --append-system-prompt \"today is $(date)\"\n");
        home.Fails("SEP20.dynamic-prefix");
        home.InProject("run.sh", "claude -p x --append-system-prompt-file prompts/x.md\n");
        home.Fails("SEP20.untracked-file");
        home.InProject("prompts/x.md", "be brief\n");
        home.Commit();
        Assert.Equal(ItemState.Pass, home.IsQuiet(20).State);
    }

    [Fact]
    public void Item_21_fails_on_too_long_a_memory_and_warns_of_old_and_finished_work()
    {
        using var home = new AuditHome();
        Assert.Equal(ItemState.NotApplicable, home.Item(21).State);
        home.InHome(".claude/projects/-x/memory/MEMORY.md", string.Concat(Enumerable.Repeat("fact\n", 300)));
        home.Fails("SEP21.over-load-limit");
        var old = home.InHome(".claude/projects/-x/memory/bug.md", "# Bug 7 (closed)\n");
        File.SetLastWriteTimeUtc(old, AuditHome.Now.UtcDateTime.AddDays(-100));
        home.Warns("SEP21.closed-work");
        home.Warns("SEP21.stale");
    }
}
