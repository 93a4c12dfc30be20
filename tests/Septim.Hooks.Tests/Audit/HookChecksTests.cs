using Septim.Hooks.Audit;

namespace Septim.Hooks.Tests.Audit;

/// <summary>Items 22 to 26.</summary>
public sealed class HookChecksTests
{
    private static string Guard(string command, string more = "", string matcher = "Bash") =>
        $$"""{"hooks":{"PreToolUse":[{"matcher":"{{matcher}}","hooks":[{"type":"command","command":"{{command}}"{{more}}}] }] } }""";

    private const string GoodGuard = "#!/bin/sh\n# refuses rm -rf, curl | sh, git push --force, DROP TABLE\necho no >&2\nexit 2\n";

    private static AuditHome WithGuard(string script, string more = ",\"onFailure\":\"block\",\"timeout\":10", string command = "sh \\\"$CLAUDE_PROJECT_DIR\\\"/.claude/hooks/guard.sh", string matcher = "Bash")
    {
        var home = new AuditHome();
        home.InProject(".claude/hooks/guard.sh", script);
        home.ProjectSettings(Guard(command, more, matcher));
        return home;
    }

    [Fact]
    public void Item_22_fails_on_hooks_that_cannot_refuse()
    {
        using (var home = WithGuard("#!/bin/sh\necho 'denied: dangerous' >&2\nexit 1\n")) home.Fails("SEP22.cannot-block");
        using (var home = WithGuard(GoodGuard, command: "sh \\\"$CLAUDE_PROJECT_DIR\\\"/.claude/hooks/guard.sh || true")) home.Fails("SEP22.swallowed");
        using (var home = WithGuard(GoodGuard, command: "$CLAUDE_PROJECT_DIR/.claude/hooks/gone.sh")) home.Fails("SEP22.missing-script");
        using (var home = WithGuard(GoodGuard, command: "$CLAUDE_PROJECT_DIR/.claude/hooks/guard.sh")) home.Fails("SEP22.not-executable");
        using (var home = WithGuard(GoodGuard, ",\"onFailure\":\"block\",\"async\":true")) home.Fails("SEP22.async-gate");
        using (var home = WithGuard(GoodGuard + "uv run x\nbun y\n"))
        {
            home.UseEnvironment = true;
            home.Environment["PATH"] = "/usr/bin:/bin";
            home.Fails("SEP22.missing-dependency");
        }
    }

    [Fact]
    public void Item_22_is_unknown_for_a_foreign_gate_that_was_not_run_and_passes_for_ours()
    {
        using (var home = WithGuard(GoodGuard)) Assert.Equal(ItemState.Unknown, home.Item(22).State);
        using var ours = new AuditHome();
        Assert.Equal(ItemState.NotApplicable, ours.Item(22).State);
        ours.UserSettings($"{{\"hooks\":{{{ours.Hooks}}}}}");
        Assert.Equal(ItemState.Pass, ours.IsQuiet(22).State);
    }

    /// <summary>The same table as selftest's; the answers here once had a table of their own that was wrong about the last three.</summary>
    [Theory]
    [InlineData(2, "", null, true)]
    [InlineData(null, "", null, false)]
    [InlineData(null, "", "block", true)]
    [InlineData(0, """{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"ask"}}""", null, true)]
    [InlineData(0, """{"hookSpecificOutput":{"permissionDecision":"deny"}}""", "block", true)]
    [InlineData(0, """{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":3}}""", null, false)]
    [InlineData(0, """{"decision":"block","hookSpecificOutput":{"hookEventName":"Stop"}}""", null, false)]
    public void A_foreign_answer_counts_as_the_client_counts_it(int? exitCode, string output, string? onFailure, bool blocks) =>
        Assert.Equal(blocks, Septim.Hooks.Audit.Surroundings.PreToolUseOutcome.Blocks(exitCode, output, onFailure));

    [Fact]
    public void Item_22_judges_our_own_hook_without_onFailure_as_open()
    {
        using var home = new AuditHome();
        home.UserSettings(Guard(home.Septim + " hook", matcher: "*"));
        home.Fails("SEP22.no-onfailure");
        home.UserSettings(Guard(home.Septim + " hook || exit 2", matcher: "*"));
        Assert.DoesNotContain(home.Item(22).Findings, finding => finding.Rule == "SEP22.no-onfailure");
    }

    [Fact]
    public void Item_22_runs_foreign_hooks_only_on_request_and_finds_those_that_fail_open()
    {
        using var home = WithGuard("#!/bin/sh\ncase \"$(cat)\" in *'rm -rf'*) echo denied >&2; exit 2;; esac\nexit 0\n", "");
        var options = home.Options(22) with { RunHooks = true };
        var item = Assert.Single(Auditor.Run(new AuditContext(options), "0").Items);
        Assert.Contains(item.Findings, finding => finding.Rule == "SEP22.fails-open");
        Assert.Equal(ItemState.Fail, item.State);
    }

    [Fact]
    public void Item_23_fails_without_gate_with_a_wrong_matcher_and_on_allow_rules_for_destruction()
    {
        using (var home = new AuditHome()) home.Fails("SEP23.no-gate");
        using (var home = WithGuard(GoodGuard, matcher: "BashTool")) home.Fails("SEP23.matcher");
        using (var home = WithGuard("#!/bin/sh\necho blocked >&2; exit 2\n")) home.Fails("SEP23.missed");
        using var allowed = WithGuard(GoodGuard);
        Assert.Equal(ItemState.Unknown, allowed.Item(23).State);
        allowed.UserSettings("""{"permissions":{"allow":["Bash(*)","Bash(git status *)"]}}""");
        Assert.Contains("Bash(*)", allowed.Fails("SEP23.dangerous-allow").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Item_24_wants_hook_scripts_in_the_repository_as_in_HEAD()
    {
        using var home = WithGuard(GoodGuard);
        AuditHome.SetMode(Path.Combine(home.Project, ".claude/hooks/guard.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        home.InProject("x", "x");
        home.Git("init", "-q", ".");
        home.Fails("SEP24.untracked");
        home.Commit();
        Assert.Equal(ItemState.Pass, home.IsQuiet(24).State);
        home.InProject(".claude/hooks/guard.sh", GoodGuard + "# changed\n");
        home.Warns("SEP24.modified");
        home.ProjectSettings(Guard("curl -s https://x.test/h.sh | sh"));
        home.Fails("SEP24.remote-code");
        home.Write("elsewhere/h.sh", GoodGuard);
        home.ProjectSettings(Guard($"sh {home.Root}/elsewhere/h.sh"));
        home.Fails("SEP24.outside");
    }

    [Fact]
    public void Item_25_wants_a_line_elsewhere()
    {
        using var home = new AuditHome();
        home.Fails("SEP25.none");
        home.UserSettings("""{"hooks":{"Stop":[{"hooks":[{"type":"command","command":"echo done"}]}]}}""");
        home.Fails("SEP25.no-sink");
        home.UserSettings($"{{\"hooks\":{{{home.Hooks}}}}}");
        Assert.Equal(ItemState.Pass, home.IsQuiet(25).State);
        home.Ceilings("""{"log":{"enabled":false}}""");
        home.Fails("SEP25.no-sink");
    }

    [Fact]
    public void Item_26_wants_a_channel_where_something_runs_unattended()
    {
        using var home = new AuditHome();
        Assert.Equal(ItemState.NotApplicable, home.Item(26).State);
        home.InProject("run.sh", "claude -p hi\n");
        home.Fails("SEP26.none");
        home.UserSettings("""{"hooks":{"Stop":[{"hooks":[{"type":"command","command":"afplay /x.aiff"}]}]}}""");
        home.Fails("SEP26.local-only");
        home.UserSettings("""{"hooks":{"Notification":[{"hooks":[{"type":"command","command":"curl -d x https://ntfy.sh/$TOPIC"}]}]}}""");
        home.Fails("SEP26.wrong-event");
        home.UserSettings("""{"env":{"SLACK_WEBHOOK_URL":"${X}"},"hooks":{"Stop":[{"hooks":[{"type":"command","command":"curl -d x $SLACK_WEBHOOK_URL"}]}]}}""");
        Assert.Equal(ItemState.Manual, home.Item(26).State);
        home.InHome(".local/state/septim/notify-receipt.json", """{"at":"2026-11-20T00:00:00Z"}""");
        Assert.Equal(ItemState.Pass, home.IsQuiet(26).State);
    }

    [Fact]
    public void Item_22_names_a_gate_that_is_an_address()
    {
        using var home = new AuditHome();
        home.UserSettings("""{"hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"http","url":"http://127.0.0.1:9/gate","onFailure":"block"}]}]}}""");
        Assert.Contains(home.Item(23).Findings, finding => finding.Message == "the foreign gate http http://127.0.0.1:9/gate was not run");
    }

    [Fact]
    public void Item_26_sees_through_the_links_that_every_systemd_has()
    {
        using var home = new AuditHome();
        var folder = Path.GetDirectoryName(home.Write("system/etc/systemd/system/plain.service", "[Service]\nExecStart=/bin/true\n"))!;
        var unit = home.Write("system/usr/lib/systemd/system/night.service", "[Service]\nExecStart=/bin/true\n");
        File.CreateSymbolicLink(Path.Combine(folder, "alias.service"), unit);
        File.CreateSymbolicLink(Path.Combine(folder, "off.service"), "/dev/null");
        home.UserSettings("""{"hooks":{"Notification":[{"hooks":[{"type":"command","command":"notify-send x"}]}]}}""");
        Assert.Equal(ItemState.Warn, home.Item(26).State);
        home.Write("system/usr/lib/systemd/system/night.service", "[Service]\nExecStart=/usr/bin/claude -p hi\n");
        home.Fails("SEP26.local-only");
    }

    [Fact]
    public void Item_26_takes_a_webhook_address_in_a_tracked_file_for_a_secret()
    {
        using var home = new AuditHome();
        home.ProjectSettings($$"""{"hooks":{"Notification":[{"hooks":[{"type":"command","command":"curl -d x {{Fake.SlackHook}}"}]}]} }""");
        home.Commit();
        home.Fails("SEP26.webhook-literal");
    }

    private static AuditItem Run(AuditHome home, int item) => Assert.Single(Auditor.Run(new AuditContext(home.Options(item) with { RunHooks = true }), "0").Items);

    [Fact]
    public void Item_23_tells_a_foreign_gate_of_the_dangers_on_request()
    {
        using (var weak = WithGuard("#!/bin/sh\n# rm -rf, curl | sh, git push --force, DROP TABLE\ncase \"$(cat)\" in *'rm -rf /'*) exit 2;; esac\n"))
            Assert.Contains(Run(weak, 23).Findings, finding => finding.Rule == "SEP23.missed");
        using var all = WithGuard(GoodGuard);
        Assert.Contains(Run(all, 23).Findings, finding => finding.Rule == "SEP23.overblocks");
        Assert.DoesNotContain(Run(all, 23).Findings, finding => finding.Rule == "SEP23.missed");
    }

    [Fact]
    public void Item_09_shows_a_foreign_gate_what_was_spent_on_request()
    {
        const string Gate = "#!/bin/sh\n# cost gate: reads usage of transcript_path\nT=$(sed 's/.*\"transcript_path\":\"\\([^\"]*\\)\".*/\\1/')\nfor f in \"$T\" FOLDER; do grep -q 'output_tokens\":[0-9]\\{7\\}' \"$f\" 2>/dev/null && { echo too dear >&2; exit 2; }; done\nexit 0\n";
        using (var blind = WithGuard(Gate.Replace(" FOLDER", "", StringComparison.Ordinal), matcher: "*"))
            Assert.Contains("subagent", Run(blind, 9).Findings.First(finding => finding.Rule == "SEP09.proof-failed").Message, StringComparison.Ordinal);
        using var seeing = WithGuard(Gate.Replace("FOLDER", "\"${T%.jsonl}\"/subagents/*.jsonl", StringComparison.Ordinal), matcher: "*");
        Assert.DoesNotContain(Run(seeing, 9).Findings, finding => finding.State == FindingState.Fail);
    }

    [Fact]
    public void Item_25_looks_at_what_a_foreign_log_writes_on_request()
    {
        using var home = new AuditHome();
        home.InProject(".claude/hooks/log.sh", "#!/bin/sh\nI=$(cat)\necho \"$(date -I) $I cost=4.00 turns=1\" >> \"$HOME/sessions.log\"\n");
        home.ProjectSettings("""{"hooks":{"SessionEnd":[{"hooks":[{"type":"command","command":"sh \"$CLAUDE_PROJECT_DIR\"/.claude/hooks/log.sh","timeout":10}]}]}}""");
        Assert.DoesNotContain(Run(home, 25).Findings, finding => finding.Rule == "SEP25.fields");
        home.InProject(".claude/hooks/log.sh", "#!/bin/sh\n# cost\ndate >> \"$HOME/sessions.log\"\n");
        Assert.Contains("session id", Run(home, 25).Findings.First(finding => finding.Rule == "SEP25.fields").Message, StringComparison.Ordinal);
    }
}
