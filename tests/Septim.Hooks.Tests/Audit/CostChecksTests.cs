using Septim.Hooks.Audit;

namespace Septim.Hooks.Tests.Audit;

/// <summary>Items 08 to 15.</summary>
public sealed class CostChecksTests
{
    private const string Session = ".claude/projects/-gone-project/s1.jsonl";

    [Fact]
    public void Items_08_and_14_are_manual_until_attested_with_their_figures()
    {
        using var home = new AuditHome();
        foreach (var number in (int[])[8, 14])
        {
            var open = home.Item(number);
            Assert.Equal(ItemState.Manual, open.State);
            Assert.Contains(open.Findings, finding => finding.Rule == $"SEP{number:00}.needs-attestation");
        }
        var bind = Assert.Single(home.Item(8).Binds);
        home.InHome(".claude/septim/attestations.json", $$"""{"attestations":[{"item":"08","subject":"spend-limit","statement":"200 a month","by":"J","on":"2026-11-20","expires":"2027-02-01","binds":"{{bind.Value}}","amount_usd":"200","period":"month"},{"item":"14","subject":"cost-alert","statement":"mail","by":"J","on":"2026-11-20","expires":"2027-02-01","binds":"{{bind.Value}}"}]}""");
        Assert.Equal(ItemState.Pass, home.Item(8).State);
        home.Warns("SEP14.no-recipient");
    }

    [Fact]
    public void Items_09_and_10_pass_with_our_gate_and_both_ceilings()
    {
        using var home = new AuditHome();
        home.UserSettings($"{{\"hooks\":{{{home.Hooks}}}}}");
        home.Ceilings("""{"ceilings":{"sessionUsd":10,"dayUsd":50}}""");
        Assert.Equal(ItemState.Pass, home.IsQuiet(9).State);
        Assert.Equal(ItemState.Pass, home.IsQuiet(10).State);
    }

    /// <summary>The strict preset keeps the dearest next request free, and an overhead counts before the ceiling does: both refuse below it, rightly.</summary>
    [Theory]
    [InlineData("strict")]
    [InlineData("recommended")]
    [InlineData("""{"ceilings":{"sessionUsd":10,"dayUsd":50},"overheadPercent":150}""")]
    public void Items_09_and_10_pass_with_what_a_preset_or_a_person_tightens(string config)
    {
        using var home = new AuditHome();
        home.UserSettings($"{{\"hooks\":{{{home.Hooks}}}}}");
        home.Ceilings(Septim.Hooks.Setup.Preset.Find(config)?.Config ?? config);
        Assert.Equal(ItemState.Pass, home.IsQuiet(9).State);
        Assert.Equal(ItemState.Pass, home.IsQuiet(10).State);
    }

    /// <summary>A denial alone lets the model spend on, so where a ceiling is to end the session it must be seen to.</summary>
    [Theory]
    [InlineData("stop", "above the ceiling, where the session ends: expected blocked, blocked")]
    [InlineData("deny", "above the ceiling: expected blocked, blocked")]
    public void Item_09_tries_whether_the_ceiling_does_what_is_configured(string onCeiling, string trial)
    {
        using var home = new AuditHome();
        home.UserSettings($"{{\"hooks\":{{{home.Hooks}}}}}");
        home.Ceilings($$"""{"ceilings":{"sessionUsd":10,"dayUsd":50},"onCeiling":"{{onCeiling}}"}""");
        var proof = Assert.Single(home.Item(9).Findings, finding => finding.Rule == "SEP09.proof");
        Assert.Contains(trial, proof.Evidence.Select(said => said.Value));
    }

    [Theory]
    [InlineData("\"async\":true,", "it is async")]
    [InlineData("\"if\":\"Bash(git *)\",", "an if condition")]
    public void Items_09_10_13_and_23_do_not_take_a_gate_that_nobody_waits_for(string key, string why)
    {
        using var home = new AuditHome();
        home.Ceilings("""{"ceilings":{"sessionUsd":10,"dayUsd":50}}""");
        home.UserSettings($"{{\"hooks\":{{{home.Hooks.Replace("\"type\":\"command\",", key + "\"type\":\"command\",", StringComparison.Ordinal)}}}}}");
        Assert.Contains(why, home.Fails("SEP09.not-wired").Message, StringComparison.Ordinal);
        home.Fails("SEP10.no-daily-ceiling");
        home.Fails("SEP13.no-bound");
        Assert.Equal(ItemState.Fail, home.Item(23).State);
    }

    [Fact]
    public void A_configuration_that_cannot_be_read_is_named_where_it_stands()
    {
        using var home = new AuditHome();
        home.UserSettings($"{{\"hooks\":{{{home.Hooks}}}}}");
        home.Ceilings("""{"zzz":1}""");
        Assert.Contains("config: ~/.claude/septim/septim.json:1: unknown key", home.Fails("SEP09.not-wired").Message, StringComparison.Ordinal);
        foreach (var (item, rule) in ((int, string)[])[(10, "no-daily-ceiling"), (13, "proof-failed"), (22, "blocks-everything"), (23, "overblocks")])
            Assert.Contains("septim.json:1: unknown key", Assert.Single(home.Item(item).Findings, finding => finding.Rule == $"SEP{item}.{rule}").Message, StringComparison.Ordinal);
        Assert.DoesNotContain("septim-audit-", home.Json(9, 10, 13, 22, 23, 25), StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_for_commands_that_cannot_be_read_are_named_where_they_stand()
    {
        using var home = new AuditHome();
        home.UserSettings($"{{\"hooks\":{{{home.Hooks}}}}}");
        home.Ceilings("""{"ceilings":{"sessionUsd":10,"dayUsd":50},"bash":{"rules":{"fs-rm-moon":{"action":"off"}}}}""");
        foreach (var (item, rule) in ((int, string)[])[(22, "blocks-everything"), (23, "overblocks")])
            Assert.Contains("~/.claude/septim/septim.json:1", Assert.Single(home.Item(item).Findings, finding => finding.Rule == $"SEP{item}.{rule}").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Item_09_fails_without_a_gate_and_with_one_that_has_no_ceiling_or_is_dead()
    {
        using var home = new AuditHome();
        home.Fails("SEP09.no-gate");
        home.UserSettings($"{{\"hooks\":{{{home.Hooks}}}}}");
        home.Ceilings("""{"ceilings":{"sessionUsd":"off"}}""");
        home.Fails("SEP09.not-wired");
        home.Ceilings("""{"ceilings":{"sessionUsd":10}}""");
        home.UserSettings($"{{\"disableAllHooks\":true,\"hooks\":{{{home.Hooks}}}}}");
        home.Fails("SEP09.not-wired");
    }

    [Fact]
    public void Item_09_fails_on_a_foreign_gate_that_cannot_block_and_is_unknown_on_one_that_was_not_run()
    {
        using var home = new AuditHome();
        home.InProject(".claude/hooks/cost.sh", "#!/bin/sh\njq -r .transcript_path | xargs cat | grep usage\n");
        home.ProjectSettings("""{"hooks":{"PreToolUse":[{"matcher":"*","hooks":[{"type":"command","command":"sh \"$CLAUDE_PROJECT_DIR\"/.claude/hooks/cost.sh","onFailure":"block"}]}]}}""");
        home.Fails("SEP09.cannot-block");
        home.InProject(".claude/hooks/cost.sh", "#!/bin/sh\n# reads usage of transcript_path\necho too dear >&2; exit 2\n");
        Assert.Equal(ItemState.Unknown, home.Item(9).State);
    }

    [Fact]
    public void Item_09_fails_on_an_unattended_run_without_budget_and_accepts_one_with_it()
    {
        using var home = new AuditHome();
        home.InProject("Makefile", "night:\n\tclaude -p 'do it'\n");
        home.Fails("SEP09.ci-no-budget");
        home.InProject("Makefile", "night:\n\tnpx -y @anthropic-ai/claude-code@2.1.330 -p 'do it'\n");
        home.Fails("SEP09.ci-no-budget");
        home.InProject("Makefile", "night:\n\tclaude -p 'do it' --max-budget-usd 5\n# claude -p nothing\n");
        Assert.DoesNotContain(home.Item(9).Findings, finding => finding.Rule == "SEP09.ci-no-budget");
    }

    [Fact]
    public void Item_10_fails_without_a_daily_ceiling()
    {
        using var home = new AuditHome();
        home.UserSettings($"{{\"hooks\":{{{home.Hooks}}}}}");
        home.Ceilings("""{"ceilings":{"sessionUsd":10}}""");
        Assert.Equal("auto", home.Fails("SEP10.no-daily-ceiling").Fix!.Kind);
    }

    [Fact]
    public void Item_11_fails_on_unknown_models_and_unattended_runs_without_one()
    {
        using var home = new AuditHome();
        home.InProject("run.sh", "claude -p hi\n");
        home.Fails("SEP11.unattended-default");
        home.UserSettings("""{"model":"claude-unheard-9"}""");
        home.Fails("SEP11.unknown-model");
    }

    [Fact]
    public void Item_11_passes_when_all_is_explicit_and_warns_of_agents_that_inherit()
    {
        using var home = new AuditHome();
        home.UserSettings("""{"model":"claude-sonnet-5-5"}""");
        home.InProject(".claude/agents/a.md", "---\nname: a\nmodel: haiku\n---\nx\n");
        Assert.Equal(ItemState.Pass, home.IsQuiet(11).State);
        home.InProject(".claude/agents/c.md", "---\nname: c\ndescription: Use when: \"a\": b <example>\nmodel: sonnet\n---\nx\n");
        Assert.Equal(ItemState.Pass, home.IsQuiet(11).State);
        home.InProject(".claude/agents/b.md", "---\nname: b\n---\nx\n");
        home.Warns("SEP11.agent-inherits");
    }

    [Fact]
    public void Item_12_fails_when_caching_is_switched_off_or_nothing_is_ever_read_from_it()
    {
        using var home = new AuditHome();
        home.UserSettings("""{"env":{"DISABLE_PROMPT_CACHING":"1"}}""");
        home.Fails("SEP12.disabled");
        home.UserSettings("{}");
        home.InHome(Session, Transcripts.Many(12, i => Transcripts.Message($"m{i}", 9000, 0, 0)));
        home.Fails("SEP12.hit-rate");
    }

    [Fact]
    public void Item_12_counts_repeated_lines_once_and_passes_on_a_good_rate_and_on_short_sessions()
    {
        using var home = new AuditHome();
        home.UserSettings("""{"env":{"DISABLE_PROMPT_CACHING":"0"}}""");
        home.InHome(Session, Transcripts.Many(12, i => Transcripts.Message($"m{i}", 100, 20_000, i == 0 ? 20_000 : 300)) + Transcripts.Many(500, _ => Transcripts.Message("m0", 9000, 0, 20_000)));
        home.InHome(".claude/projects/-gone-project/s2.jsonl", Transcripts.Many(3, i => Transcripts.Message($"n{i}", 9000, 0, 0)));
        Assert.Equal(ItemState.Pass, home.IsQuiet(12).State);
    }

    [Fact]
    public void Item_13_fails_without_bound_and_on_values_that_the_client_ignores()
    {
        using var home = new AuditHome();
        home.Fails("SEP13.no-bound");
        home.UserSettings("""{"env":{"CLAUDE_CODE_MAX_SUBAGENT_SPAWN_DEPTH":"two","CLAUDE_CODE_MAX_CONCURRENT_SUBAGENTS":"99"}}""");
        home.Fails("SEP13.ignored-value");
        home.Fails("SEP13.concurrency");
        home.UserSettings("""{"env":{"CLAUDE_CODE_MAX_SUBAGENT_SPAWN_DEPTH":"9"}}""");
        home.Fails("SEP13.depth-too-high");
        home.UserSettings("""{"env":{"CLAUDE_CODE_MAX_SUBAGENTS_PER_SESSION":"9"}}""");
        home.Fails("SEP13.noop-variable");
    }

    [Fact]
    public void Item_13_passes_on_native_bounds_or_a_proven_gate_and_is_not_applicable_when_all_is_denied()
    {
        using var home = new AuditHome();
        home.UserSettings("""{"env":{"CLAUDE_CODE_MAX_SUBAGENT_SPAWN_DEPTH":"2","CLAUDE_CODE_MAX_CONCURRENT_SUBAGENTS":"8"}}""");
        Assert.Equal(ItemState.Pass, home.IsQuiet(13).State);
        home.UserSettings($"{{\"hooks\":{{{home.Hooks}}}}}");
        Assert.Equal(ItemState.Pass, home.IsQuiet(13).State);
        home.UserSettings("""{"permissions":{"deny":["Agent","Workflow","SendMessage"]}}""");
        Assert.Equal(ItemState.NotApplicable, home.Item(13).State);
    }

    [Fact]
    public void Item_15_warns_of_loops_and_is_not_applicable_without_them()
    {
        using var home = new AuditHome();
        Assert.Equal(ItemState.NotApplicable, home.Item(15).State);
        home.InProject("scripts/all.sh", "for f in *.md; do\n  claude -p \"sum $f\"\ndone\n");
        home.Warns("SEP15.loop");
        home.InProject("jobs/night.py", "import anthropic\nclient.messages.create(model='x')\n");
        home.Warns("SEP15.sdk-no-batch");
        Assert.Equal(ItemState.Manual, home.Item(15).State);
    }
}
