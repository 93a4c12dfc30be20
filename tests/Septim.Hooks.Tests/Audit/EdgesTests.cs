using Septim.Hooks.Audit;

namespace Septim.Hooks.Tests.Audit;

/// <summary>The numbers of the checklist hold to the unit, and its quieter rules speak.</summary>
public sealed class EdgesTests : IDisposable
{
    private const string Session = ".claude/projects/-x/s.jsonl";

    private readonly AuditHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(5, 6_500, 3_500, "SEP12.hit-rate")]
    [InlineData(4, 6_500, 3_500, "")]
    [InlineData(5, 6_000, 4_000, "")]
    [InlineData(5, 2_596, 1_500, "SEP12.hit-rate")]
    [InlineData(5, 2_595, 1_500, "")]
    public void Item_12_measures_sessions_of_five_long_prompts_and_warns_below_two_fifths(int messages, int input, int read, string rule)
    {
        _home.InHome(Session, Transcripts.Many(messages, i => Transcripts.Message($"m{i}", input, read, 0)));
        Says(12, rule, Severity.Low);
    }

    [Theory]
    [InlineData(10, 6_100, 3_900, "SEP12.prefix-churn")]
    [InlineData(9, 6_100, 3_900, "")]
    [InlineData(10, 6_000, 4_000, "")]
    public void Item_12_warns_of_ten_messages_that_write_more_than_three_fifths(int messages, int write, int read, string rule)
    {
        _home.InHome(Session, Transcripts.Many(messages, i => Transcripts.Message($"m{i}", 0, read, write)));
        Assert.Equal(rule.Length > 0, Found(12).Contains("SEP12.prefix-churn"));
    }

    [Theory]
    [InlineData(8 << 10, "SEP12.sdk-no-cache-control")]
    [InlineData(8_000, "")]
    public void Item_12_warns_of_a_literal_of_eight_kibibytes(int length, string rule)
    {
        _home.InProject("src/ask.py", $"PROMPT = \"\"\"{new string('x', length)}\"\"\"\nclient.messages.create(model='m', system=PROMPT)\n");
        Says(12, rule);
    }

    [Theory]
    [InlineData(200, 4, "")]
    [InlineData(201, 4, "SEP21.over-load-limit")]
    [InlineData(1, 25_600, "")]
    [InlineData(1, 25_601, "SEP21.over-load-limit")]
    public void Item_21_fails_beyond_what_is_loaded(int lines, int bytesOfALine, string rule)
    {
        _home.InHome(".claude/projects/-x/memory/MEMORY.md", string.Join('\n', Enumerable.Repeat(new string('x', bytesOfALine), lines)));
        Says(21, rule, Severity.Low);
    }

    [Theory]
    [InlineData(20, 11, false, "Fail")]
    [InlineData(20, 10, false, "Warn")]
    [InlineData(19, 11, false, "Warn")]
    [InlineData(20, 20, true, "Warn")]
    public void Item_21_fails_when_more_than_half_of_twenty_memories_are_old_unless_all_were_restored_at_once(int files, int old, bool atOnce, string state)
    {
        _home.InHome(Session, Transcripts.Message("m", 1, 1, 1));
        for (var i = 0; i < files; i++)
            File.SetLastWriteTimeUtc(_home.InHome($".claude/projects/-x/memory/m{i}.md", "fact\n"), AuditHome.Now.UtcDateTime.AddDays(i < old ? -181 : -10).AddMinutes(atOnce ? 0 : -i));
        Assert.Equal(state, Assert.Single(_home.Item(21).Findings, finding => finding.Rule == "SEP21.stale").State.ToString());
    }

    [Theory]
    [InlineData(5, "Pass")]
    [InlineData(6, "Manual")]
    public void Item_21_wants_a_person_for_more_than_five_memories(int files, string state)
    {
        for (var i = 0; i < files; i++) File.SetLastWriteTimeUtc(_home.InHome($".claude/projects/-x/memory/m{i}.md", "fact\n"), AuditHome.Now.UtcDateTime);
        _home.UserSettings("""{"cleanupPeriodDays":366}""");
        Assert.Equal(state, _home.Item(21).State.ToString());
        Assert.Contains("SEP21.retention", Found(21));
        _home.UserSettings("""{"cleanupPeriodDays":365}""");
        Assert.DoesNotContain("SEP21.retention", Found(21));
    }

    [Theory]
    [InlineData(-89, false)]
    [InlineData(-91, true)]
    [InlineData(1, true)]
    public void Item_26_takes_a_receipt_of_the_last_ninety_days_and_none_of_the_future(int days, bool wantsPerson)
    {
        _home.UserSettings($$"""{"hooks":{"Notification":[{"hooks":[{"type":"command","command":"{{_home.Septim}}","args":["notify"]}]}]} }""");
        _home.InHome(".local/state/septim/notify-receipt.json", $$"""{"at":"{{AuditHome.Now.AddDays(days):yyyy-MM-ddTHH:mm:ssZ}}"}""");
        Assert.Equal(wantsPerson ? ItemState.Manual : ItemState.Pass, _home.Item(26).State);
    }

    [Fact]
    public void Item_26_warns_of_a_channel_whose_variable_nothing_sets()
    {
        _home.UserSettings("""{"hooks":{"Notification":[{"hooks":[{"type":"command","command":"curl -d x \"$TEAM_WEBHOOK\""}]}]}}""");
        Says(26, "SEP26.no-target");
        _home.UserSettings("""{"env":{"TEAM_WEBHOOK":"x"},"hooks":{"Notification":[{"hooks":[{"type":"command","command":"curl -d x \"$TEAM_WEBHOOK\""}]}]}}""");
        Says(26, "");
    }

    [Theory]
    [InlineData(10, "")]
    [InlineData(11, "SEP30.many")]
    public void Item_30_warns_of_more_than_ten_servers(int servers, string rule)
    {
        _home.InProject(".mcp.json", $"{{\"mcpServers\":{{{string.Join(',', Enumerable.Range(0, servers).Select(i => $$"""
            "s{{i}}":{"command":"npx","args":["-y","x{{i}}@1.2.3"]}
            """))}}}}}");
        Says(30, rule);
    }

    [Theory]
    [InlineData("2026-08-25", "")]
    [InlineData("2026-08-23", "SEP30.unused")]
    public void Item_30_warns_of_a_server_that_was_not_called_in_ninety_days(string day, string rule)
    {
        _home.InProject(".mcp.json", """{"mcpServers":{"docs":{"command":"npx","args":["-y","docs@1.2.3"]}}}""");
        _home.InHome(Session, Transcripts.Call("c", "mcp__docs__find", "{}").Replace("2026-11-20", day, StringComparison.Ordinal));
        _home.InHome(".claude/projects/-x/t.jsonl", Transcripts.Message("m", 1, 1, 1));
        Says(30, rule);
    }

    [Theory]
    [InlineData(2, "")]
    [InlineData(60, "")]
    [InlineData(61, "SEP22.timeout")]
    [InlineData(1, "SEP22.timeout")]
    public void Item_22_warns_of_a_gate_that_waits_less_than_two_seconds_or_more_than_a_minute(int seconds, string rule)
    {
        _home.UserSettings($"{{\"hooks\":{{{_home.Hooks.Replace("\"timeout\":10", $"\"timeout\":{seconds}", StringComparison.Ordinal)}}}}}");
        Says(22, rule, Severity.Medium);
    }

    [Fact]
    public void Item_22_fails_a_foreign_gate_that_refuses_everything()
    {
        _home.InProject(".claude/hooks/guard.sh", "#!/bin/sh\n# refuses rm -rf, curl | sh, git push --force, DROP TABLE\necho no >&2\nexit 2\n");
        _home.ProjectSettings("""{"hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"command","command":"sh \"$CLAUDE_PROJECT_DIR\"/.claude/hooks/guard.sh","onFailure":"block","timeout":10}]}]}}""");
        var item = Assert.Single(Auditor.Run(new AuditContext(_home.Options(22) with { RunHooks = true }), "0").Items);
        Assert.Contains(item.Findings, finding => finding.Rule == "SEP22.blocks-everything");
    }

    [Fact]
    public void Item_04_names_root_rights_and_a_missing_sandbox()
    {
        if (OperatingSystem.IsWindows()) return;
        _home.UseEnvironment = true;
        _home.Environment["HOME"] = _home.Home;
        _home.Write("system/etc/group", $"docker:x:999:{System.Environment.UserName}\nsudo:x:27:other\n");
        var found = Found(4);
        Assert.Equal(System.Environment.IsPrivilegedProcess, found.Contains("SEP04.root"));
        Assert.Single(found, rule => rule == "SEP04.docker-group");
        Assert.Contains("SEP04.no-sandbox", found);
        _home.UserSettings("""{"sandbox":{"enabled":true}}""");
        Assert.DoesNotContain("SEP04.no-sandbox", Found(4));
        _home.Write("system/.dockerenv", "");
        Assert.DoesNotContain("SEP04.root", Found(4));
    }

    [Fact]
    public void Item_11_warns_when_default_and_agents_all_run_on_the_dearest_tier()
    {
        _home.UserSettings("""{"model":"claude-fable-5"}""");
        _home.InProject(".claude/agents/a.md", "---\nname: a\nmodel: claude-fable-5\n---\nx\n");
        Says(11, "SEP11.single-tier");
        _home.InProject(".claude/agents/b.md", "---\nname: b\nmodel: haiku\n---\nx\n");
        Assert.DoesNotContain("SEP11.single-tier", Found(11));
    }

    [Fact]
    public void Item_25_warns_when_unattended_runs_leave_only_a_local_file()
    {
        _home.InProject("crontab", "0 3 * * * cd /srv && claude -p 'nightly' --model haiku\n");
        var hook = """[{"hooks":[{"type":"command","command":"echo cost >> ~/log.txt","timeout":10}]}]""";
        _home.UserSettings($$"""{"hooks":{"Stop":{{hook}},"StopFailure":{{hook}},"SessionEnd":{{hook}} } }""");
        Assert.Contains("SEP25.local-only", Found(25));
    }

    [Fact]
    public void Items_27_and_28_tell_what_they_cannot_see()
    {
        _home.InProject(".mcp.json", """
            {"mcpServers":{
              "a":{"command":"uvx","args":["postgres-mcp==0.3.0"],"env":{"DATABASE_URI":"${NOWHERE_URL}"}},
              "b":{"command":"uvx","args":["postgres-mcp==0.3.0","postgres://reporting@db.acme.io/main"]},
              "c":{"type":"http","url":"https://m.acme.io/mcp"}
            }}
            """);
        var found = Found(27);
        Assert.Contains("SEP27.db-env-unresolved", found);
        Assert.Contains("SEP27.db-user-unclear", found);
        Assert.Equal(ItemState.Manual, _home.Item(27).State);
        Assert.Contains("SEP28.remote", Found(28));
        Assert.Contains("SEP28.lifecycle", Found(28));
    }

    [Fact]
    public void Item_29_warns_when_a_server_is_not_the_one_that_was_attested()
    {
        _home.InProject(".mcp.json", """{"mcpServers":{"fetch":{"command":"uvx","args":["mcp-server-fetch==1.0.0"]}}}""");
        _home.InProject("SECURITY.md", "## fetch\n\nWeb pages; anybody can write them.\n");
        Says(29, "");
        _home.InProject(".septim/attestations.json", """{"schema_version":1,"attestations":[{"item":"29","subject":"mcp:fetch","statement":"looked at","by":"J","on":"2026-11-20","expires":"2027-01-01","binds":"mcp:0000"}]}""");
        Assert.Contains("SEP29.stale-doc", Found(29));
    }

    [Fact]
    public void Approving_every_server_of_a_project_unseen_is_told()
    {
        _home.UserSettings("""{"enableAllProjectMcpServers":true}""");
        Assert.Contains(_home.Report().Extensions, finding => finding.Rule == "SEPX.project-mcp-auto");
    }

    private List<string> Found(int item) => [.. _home.Item(item).Findings.Select(finding => finding.Rule)];

    /// <summary>This rule warns or fails, and no other; empty: none does.</summary>
    private void Says(int item, string rule, Severity? severity = null)
    {
        var loud = _home.Item(item).Findings.Where(finding => finding.State is FindingState.Fail or FindingState.Warn).ToList();
        Assert.Equal(rule.Length == 0 ? [] : [rule], loud.Select(finding => finding.Rule).Distinct());
        if (severity is { } expected) Assert.All(loud, finding => Assert.Equal(expected, finding.Severity));
    }
}
