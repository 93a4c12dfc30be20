using System.Globalization;
using Septim.Hooks.Audit;
using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Audit.Reports;
using Septim.Hooks.Tests.Audit.Fixtures;

namespace Septim.Hooks.Tests.Audit;

/// <summary>Lines of the checklist's acceptance that no single item owns.</summary>
public sealed class AcceptanceTests
{
    public static TheoryData<string, string> Files => new()
    {
        { "home/.claude/settings.json", "9 10 11 12 13 18 22 23 25" },
        { "home/.zshrc", "2" },
        { "home/.claude.json", "1 27 28 29 30" },
        { "home/.aws/config", "5" },
        { "home/.kube/config", "4" },
        { "home/project/.claude/settings.json", "9 16 23 25" },
        { "home/project/.mcp.json", "27 28 29 30" },
        { "home/project/CLAUDE.md", "3 17" },
        { "home/project/.env", "1 5" },
        { "managed/managed-settings.json", "9 13 16 23" },
        { "managed/managed-mcp.json", "27 28" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_of_100_MiB_and_a_directory_in_its_place_never_give_a_pass(string path, string items)
    {
        foreach (var damage in (Action<string>[])[Enormous, Folder])
        {
            using var home = Pairs.Clean();
            home.Write(path, "");
            damage(Path.Combine(home.Root, path));
            foreach (var number in items.Split(' ').Select(int.Parse))
            {
                var item = home.Item(number);
                // Why the last: a folder of that name may be something else that is right there, such as a Python environment.
                Assert.True(item.State is ItemState.Unknown or ItemState.Fail || (damage == Folder && path.EndsWith(".env", StringComparison.Ordinal)), $"item {item.Check.Id} is {item.State} with {damage.Method.Name} at {path}: {item.Reason}");
            }
        }

        static void Enormous(string path)
        {
            using var stream = File.OpenWrite(path);
            stream.SetLength(100 << 20);
        }

        static void Folder(string path)
        {
            File.Delete(path);
            Directory.CreateDirectory(path);
        }
    }

    [Fact]
    public void A_script_that_mentions_the_client_beyond_what_is_read_never_gives_a_pass()
    {
        using var home = Pairs.Clean();
        home.InProject("gen.js", new string('\n', 5 << 20) + "exec('claude -p x')\n");
        home.InProject("data.js", new string('x', 9 << 20));
        foreach (var number in (int[])[4, 9, 11, 12, 15, 20, 26])
        {
            var item = home.Item(number);
            Assert.Contains(item.State, (ItemState[])[ItemState.Unknown, ItemState.Fail]);
            Assert.Equal(["gen.js"], item.Findings.Where(finding => finding.Rule == $"SEP{number:00}.unreadable").Select(finding => finding.Path));
        }
        using var bare = new AuditHome();
        bare.InProject("big.js", new string('x', 3 << 20) + "\nspawn('claude', ['-p', 'x'])\n");
        Assert.Equal("big.js", bare.Fails("SEP09.ci-no-budget").Path);
    }

    [Fact]
    public void An_empty_home_and_project_give_a_pass_only_where_the_client_itself_does_what_the_item_wants()
    {
        using var home = new AuditHome();
        // Why these: caching and compaction are on unless somebody switches them off.
        Assert.Equal([12, 18], home.Report().Items.Where(item => item.State == ItemState.Pass).Select(item => item.Check.Number));
    }

    [Fact]
    public void A_workflow_of_100_MiB_leaves_item_07_unknown()
    {
        using var home = Pairs.Clean();
        using (var stream = File.OpenWrite(home.InProject(".github/workflows/review.yml", ""))) stream.SetLength(100 << 20);
        Assert.Equal(ItemState.Unknown, home.Item(7).State);
    }

    [Theory]
    [InlineData("home/.claude/settings.json", "9 10 13 18 22 23 25")]
    [InlineData("home/.claude.json", "1 27 28 29 30")]
    [InlineData("home/project/.claude/settings.json", "16")]
    [InlineData("home/project/.mcp.json", "27 28 29 30")]
    [InlineData("home/project/.github/workflows/review.yml", "7")]
    public void A_file_that_breaks_off_never_gives_a_pass(string path, string items)
    {
        using var home = Pairs.Clean();
        var full = Path.Combine(home.Root, path);
        var text = File.ReadAllText(full);
        File.WriteAllText(full, path.EndsWith(".yml", StringComparison.Ordinal) ? text[..(text.Length / 2)] + "\n  [" : text[..(text.Length / 2)]);
        foreach (var number in items.Split(' ').Select(int.Parse)) Assert.Contains(home.Item(number).State, (ItemState[])[ItemState.Unknown, ItemState.Fail]);
    }

    [Theory]
    [InlineData("on: push\njobs:\n  a:\n   - x\n  b: [\n claude -p\n")]
    [InlineData("a: &a [*a]\n")]
    [InlineData("? [")]
    [InlineData("%YAML 9\n---\n: : :\n- - {")]
    [InlineData("key: \"\\x\"\n\t- tab\n")]
    public void A_text_that_is_no_YAML_leaves_its_item_open_and_the_others_judged(string text)
    {
        Assert.Null(YamlTree.Parse(text, out var error));
        Assert.NotNull(error);
        using var home = Pairs.Clean();
        home.InProject(".github/workflows/w.yml", text);
        home.InHome(".kube/config", text);
        var report = home.Report();
        Assert.Equal(30, report.Items.Count);
        Assert.Equal(ItemState.Unknown, report.Items.Single(item => item.Check.Number == 7).State);
        Assert.False(report.HasFault);
    }

    [Fact]
    public void A_fault_of_the_audit_itself_leaves_items_open_and_the_report_says_so()
    {
        using var home = Pairs.Clean();
        var report = Auditor.Run(new AuditContext(home.Options(), (_, _) => throw new InvalidOperationException("a defect")), "0");
        Assert.True(report.HasFault);
        Assert.Equal(30, report.Items.Count);
        Assert.Equal(ItemState.Unknown, report.Items.Single(item => item.Check.Number == 18).State);
        Assert.Equal(ItemState.Pass, report.Items.Single(item => item.Check.Number == 3).State);
        Assert.Contains("\"executionSuccessful\": false", SarifReport.Write(report, includeHome: false), StringComparison.Ordinal);
        Assert.Contains("internal fault", TextReport.Write(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("markdown")]
    [InlineData("html")]
    [InlineData("json")]
    [InlineData("sarif")]
    public void Neither_the_locale_nor_the_order_in_which_files_were_made_changes_a_byte(string format)
    {
        // Why so: a program without cultures writes the same in every locale; the project file says so, and this test sees it.
        Assert.Throws<CultureNotFoundException>(() => new CultureInfo("tr-TR"));
        Assert.Equal(Report(backwards: false), Report(backwards: true));

        string Report(bool backwards)
        {
            using var home = new AuditHome();
            var files = new List<(string Path, string Text)> { ("home/.zshrc", $"export DATABASE_URL={Fake.Uri()}\nsource $X\n"), ("home/project/CLAUDE.md", $"password: {Fake.Password}\nI read ı and İ: title\n"), ("home/project/.env", "A=b\n"), ("home/project/.mcp.json", """{"mcpServers":{"I":{"command":"npx","args":["x"]},"i":{"command":"uvx","args":["x"]}}}""") };
            for (var i = 0; i < 12; i++) files.AddRange([($"home/project/.claude/agents/{(char)('a' + i)}{(char)('Z' - i)}.md", "---\nname: x\n---\n"), ($"home/project/secrets/{i}.pem", "x"), ($"home/.claude/projects/-p{i}/s.jsonl", Transcripts.Message($"m{i}", 1, 1, 1))]);
            if (backwards) files.Reverse();
            foreach (var (path, text) in files) home.Write(path, text);
            var report = home.Report();
            return (format switch { "text" => TextReport.Write(report), "markdown" => MarkdownReport.Write(report), "html" => HtmlReport.Write(report), "json" => JsonReport.Write(report), _ => SarifReport.Write(report, includeHome: true) }).Replace(home.Root, "/ROOT", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_rule_that_a_plant_raises_has_a_name_that_a_suppression_may_use()
    {
        Assert.DoesNotContain(FaultPlants.All.Select(plant => plant.Rule).Distinct(), rule => !RuleNames.IsKnown(rule));
        Assert.False(RuleNames.IsKnown("SEP03.nope"));
        using var home = Pairs.Clean();
        home.InProject(".env", "A=b\n");
        Assert.DoesNotContain(home.Report().Items.SelectMany(item => item.Findings).Concat(home.Report().Extensions).Select(finding => finding.Rule).Distinct(), rule => !RuleNames.IsKnown(rule));
    }

    [Theory]
    [InlineData("SEP03.nope", "J", 1)]
    [InlineData("SEP03.secret", " ", 1)]
    [InlineData("SEP03.secret", "J", 0)]
    public void A_suppression_of_a_rule_that_is_not_known_or_without_a_real_owner_is_void(string rule, string owner, int voids)
    {
        using var home = new AuditHome();
        home.InProject("CLAUDE.md", $"{Fake.StripeLive}\n");
        home.InProject(".septim/suppressions.json", $$"""{"suppressions":[{"rule":"{{rule}}","path":"CLAUDE.md","owner":"{{owner}}","reason":"rotated on the 20th of November","created":"2026-11-20","expires":"2026-12-10"}]}""");
        Assert.Equal(voids, home.Report().Extensions.Count(finding => finding.Rule == "SEPX.suppression-void"));
    }

    /// <summary>"Every state for every item that can have it", from homes that are built for it.</summary>
    [Fact]
    public void A_foreign_gate_that_was_not_run_leaves_the_daily_ceiling_unknown()
    {
        using var home = new AuditHome();
        var script = home.InProject("cost.sh", "#!/bin/sh\nT=$(jq -r .transcript_path)\nspent_today \"$T\" && exit 2\nexit 0\n");
        AuditHome.SetMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        home.UserSettings($$"""{"hooks":{"PreToolUse":[{"matcher":"*","hooks":[{"type":"command","command":"{{script}}","onFailure":"block"}] }] } }""");
        Assert.Equal(ItemState.Unknown, home.Item(10).State);
        var session = home.Item(9);
        Assert.Equal(ItemState.Unknown, session.State);
        Assert.Contains(session.Findings, finding => finding.Rule == "SEP09.foreign-unproven");
    }
}
