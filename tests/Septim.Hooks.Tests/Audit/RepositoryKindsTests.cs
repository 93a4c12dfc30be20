using Septim.Hooks.Audit;
using Septim.Hooks.Tests.Audit.Fixtures;

namespace Septim.Hooks.Tests.Audit;

/// <summary>Item 06 in all kinds of repository: bare, empty, worktree, submodule, SHA-256, partial; and what a deep look adds.</summary>
public sealed class RepositoryKindsTests
{
    private static string Secret => $"X={Tokens.All[4].Value}\n";

    private static AuditItem Item(AuditHome home, string project, bool deep = false) =>
        Assert.Single(Auditor.Run(new AuditContext(home.Options(6) with { Project = project, DeepHistory = deep }), "0").Items);

    private static AuditHome WithLeak()
    {
        var home = new AuditHome();
        home.InProject(".env", Secret);
        home.Commit();
        home.InProject(".env", "A=b\n");
        home.Commit();
        return home;
    }

    [Fact]
    public void A_bare_repository_is_read()
    {
        using var home = WithLeak();
        home.Git("clone", "-q", "--bare", home.Project, "../bare.git");
        Assert.Equal(ItemState.Fail, Item(home, Path.Combine(home.Home, "bare.git")).State);
    }

    [Fact]
    public void An_empty_repository_passes()
    {
        using var home = new AuditHome();
        home.Git("init", "-q", ".");
        Assert.Equal(ItemState.Pass, home.Item(6).State);
    }

    [Fact]
    public void A_worktree_shows_the_history_of_its_repository()
    {
        using var home = WithLeak();
        home.Git("worktree", "add", "-q", "../tree");
        Assert.Equal(ItemState.Fail, Item(home, Path.Combine(home.Home, "tree")).State);
    }

    [Fact]
    public void A_submodule_is_audited_as_a_project_of_its_own()
    {
        using var home = WithLeak();
        Directory.CreateDirectory(Path.Combine(home.Home, "outer"));
        home.Git("-C", "../outer", "init", "-q", ".");
        home.Git("-C", "../outer", "-c", "protocol.file.allow=always", "submodule", "add", "-q", home.Project, "inner");
        Assert.Equal(ItemState.Fail, Item(home, Path.Combine(home.Home, "outer", "inner")).State);
    }

    [Fact]
    public void Object_ids_of_SHA_256_are_read()
    {
        using var home = new AuditHome();
        home.Git("init", "-q", "--object-format=sha256", ".");
        home.InProject(".env", Secret);
        home.Commit();
        Assert.Equal(ItemState.Fail, home.Item(6).State);
    }

    [Fact]
    public void A_partial_clone_is_never_called_clean()
    {
        using var home = new AuditHome();
        home.InProject("CLAUDE.md", "one\n");
        home.Commit();
        home.InProject("CLAUDE.md", "two\n");
        home.Commit();
        home.Git("config", "uploadpack.allowFilter", "true");
        home.Git("clone", "-q", "--filter=blob:none", "--no-checkout", "file://" + home.Project, "../part");
        Assert.Equal(ItemState.Unknown, Item(home, Path.Combine(home.Home, "part")).State);
    }

    [Fact]
    public void A_deep_look_finds_what_stood_under_a_harmless_name_and_remembers_what_was_clean()
    {
        using var home = new AuditHome();
        home.InProject("notes.txt", Secret);
        home.InProject("other.txt", "nothing\n");
        home.Commit();
        home.InProject("notes.txt", "gone\n");
        home.Commit();
        Assert.Equal(ItemState.Pass, Item(home, home.Project).State);
        Assert.Equal(ItemState.Fail, Item(home, home.Project, deep: true).State);
        var mark = Assert.Single(Directory.GetFiles(home.Home, "clean-blobs-*", SearchOption.AllDirectories));
        Assert.Equal(2, File.ReadAllLines(mark).Length);
        Assert.Equal(ItemState.Fail, Item(home, home.Project, deep: true).State);
        home.InProject("third.txt", Secret);
        home.Commit();
        Assert.Equal(ItemState.Fail, Item(home, home.Project, deep: true).State);
    }

    /// <summary>No type of the audit knows the network; nothing else could open a socket.</summary>
    [Fact]
    public void The_audit_knows_no_network()
    {
        foreach (var path in Directory.GetFiles(Path.Combine(Support.Repository.Root, "src", "Septim.Hooks", "Audit"), "*.cs", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(path);
            foreach (var word in (string[])["System.Net.Http", "System.Net.Sockets", "HttpClient", "TcpClient", "Dns.Get", "Septim.Hooks.Delivery"])
                Assert.False(text.Contains(word, StringComparison.Ordinal), $"{path} mentions {word}");
        }
    }

    [Fact]
    public void Pins_are_written_when_the_version_is_installed_here()
    {
        using var home = new AuditHome();
        home.InProject(".mcp.json", """{"mcpServers":{"a":{"command":"npx","args":["-y","@acme/docs"]}}}""");
        Assert.Equal("guided", home.Fails("SEP28.unpinned").Fix!.Kind);
        home.InProject("node_modules/@acme/docs/package.json", """{"version":"1.4.2"}""");
        Assert.Equal("auto", home.Fails("SEP28.unpinned").Fix!.Kind);
        var plan = FixPlan.Of(home.Report(28));
        Assert.Contains("@acme/docs@1.4.2", System.Text.Encoding.UTF8.GetString(Assert.Single(plan).Value.New), StringComparison.Ordinal);
    }

    [Fact]
    public void A_foreign_hook_gets_onFailure_where_the_client_is_known_to_understand_it()
    {
        using var home = Pairs.Clean();
        var guard = home.InProject("g.sh", "#!/bin/sh\n# refuses\nexit 2\n");
        home.UserSettings($$"""{"hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"command","command":"sh {{guard}}"}] }] } }""");
        Assert.Equal("auto", home.Fails("SEP22.no-onfailure").Fix!.Kind);
        Assert.Contains("\"onFailure\"", System.Text.Encoding.UTF8.GetString(FixPlan.Of(home.Report(22)).Single(file => file.Key.EndsWith(".claude/settings.json", StringComparison.Ordinal)).Value.New), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("owner=jane expires=2026-12-10", true)]
    [InlineData("owner=jane expires=2027-12-10", false)]
    [InlineData("expires=2026-12-10", false)]
    public void A_suppression_on_the_line_itself_counts_outside_of_instructions(string words, bool counts)
    {
        using var home = new AuditHome();
        home.InProject("config/app.env", $"# septim:ignore[SEP06.secret-at-head] {words}\n{Secret}");
        home.InProject("CLAUDE.md", $"{Secret} septim:ignore[SEP03.secret] {words}\n");
        home.Commit();
        Assert.Equal(counts, home.Item(6).Findings.Any(finding => finding is { Rule: "SEP06.secret-at-head", SuppressedBy: not null }));
        home.Fails("SEP03.secret");
    }

    [Theory]
    [InlineData("0 3 * * *", 1)]
    [InlineData("*/30 * * * *", 48)]
    [InlineData("0 8-18/2 * * 1-5", 6)]
    [InlineData("5,35 0,12 * * *", 4)]
    [InlineData("often", 0)]
    public void A_schedule_is_counted(string line, int runs) => Assert.Equal(runs, Septim.Hooks.Audit.Surroundings.CronLine.RunsPerDay(line));

    [Fact]
    public void Without_the_home_the_items_of_the_machine_are_not_judged_and_faults_of_the_project_are()
    {
        using var home = Pairs.Clean();
        AuditItem Item(int number) => Assert.Single(Auditor.Run(new AuditContext(home.Options(number) with { UseHome = false }), "0").Items);
        foreach (var number in (int[])[2, 4, 5, 8, 14, 21]) Assert.Equal(ItemState.NotApplicable, Item(number).State);
        home.ProjectSettings($$"""{"env":{"STRIPE":"{{Tokens.All[4].Value}}"},"permissions":{"defaultMode":"bypassPermissions"} }""");
        foreach (var number in (int[])[2, 4]) Assert.Equal(ItemState.Fail, Item(number).State);
    }
}
