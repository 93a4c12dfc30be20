using Septim.Hooks.Audit;

namespace Septim.Hooks.Tests.Audit;

/// <summary>Items 01 to 07: a failing and a passing home each, and what must not be reported.</summary>
public sealed class CredentialChecksTests
{
    [Fact]
    public void Item_01_fails_on_a_key_in_settings_and_on_an_admin_key_anywhere()
    {
        using var home = new AuditHome();
        home.UserSettings($$"""{"env":{"ANTHROPIC_API_KEY":"{{Fake.AnthropicKey()}}"} }""");
        home.Fails("SEP01.literal-key");
        home.InHome(".zshrc", $"export ANTHROPIC_ADMIN_KEY={Fake.AdminKey}\n");
        Assert.Equal(Severity.Critical, home.Fails("SEP01.admin-key").Severity);
    }

    [Fact]
    public void Item_01_warns_of_a_key_shared_by_profile_and_project_and_of_one_that_overrides_the_login()
    {
        using var home = new AuditHome();
        home.InHome(".zshrc", $"export ANTHROPIC_API_KEY={Fake.AnthropicKey()}\n");
        home.InProject(".env", $"ANTHROPIC_API_KEY={Fake.AnthropicKey()}\n");
        home.InHome(".claude.json", """{"oauthAccount":{"accountUuid":"u"}}""");
        home.Warns("SEP01.shared-key");
        home.Warns("SEP01.key-overrides-login");
    }

    [Fact]
    public void Item_01_is_manual_with_a_helper_and_passes_when_that_is_attested()
    {
        using var home = new AuditHome();
        home.UserSettings("""{"apiKeyHelper":"secret-tool lookup service claude-code"}""");
        var open = home.Item(1);
        Assert.Equal(ItemState.Manual, open.State);
        var bind = Assert.Single(open.Binds);
        home.InHome(".claude/septim/attestations.json", $$"""{"schema_version":1,"attestations":[{"item":"01","slug":"api-key-isolation","subject":"{{bind.Key}}","statement":"own workspace, 200 USD","by":"Jane Doe","on":"2026-11-20","expires":"2027-02-10","binds":"{{bind.Value}}"}]}""");
        Assert.Equal(ItemState.Pass, home.Item(1).State);
    }

    [Theory]
    [InlineData("2026-11-20", "2026-11-21", "expired")]
    [InlineData("2026-11-20", "2027-06-01", "longer than allowed")]
    [InlineData("2027-11-20", "2027-12-01", "future")]
    [InlineData("yesterday", "2027-01-01", "unreadable date")]
    public void An_attestation_that_does_not_hold_is_named_with_the_reason(string on, string expires, string why)
    {
        using var home = new AuditHome();
        home.UserSettings("""{"apiKeyHelper":"secret-tool lookup service claude-code"}""");
        var bind = Assert.Single(home.Item(1).Binds);
        home.InHome(".claude/septim/attestations.json", $$"""{"attestations":[{"item":"01","subject":"{{bind.Key}}","statement":"s","by":"J","on":"{{on}}","expires":"{{expires}}","binds":"{{bind.Value}}"}]}""");
        var item = home.Item(1);
        Assert.Equal(ItemState.Manual, item.State);
        Assert.Contains(item.Findings, finding => finding.Rule == "SEP01.attestation-void" && finding.Message.Contains(why, StringComparison.Ordinal));
    }

    [Fact]
    public void Item_02_reads_what_fish_writes_as_bytes()
    {
        using var home = new AuditHome();
        var written = string.Concat(Fake.AnthropicKey().Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c.ToString() : $"\\x{(int)c:x2}"));
        home.InHome(".config/fish/fish_variables", $"# VERSION: 3.0\nSETUVAR fish_color:normal\nSETUVAR --export KEY:{written}\n");
        home.Fails("SEP02.live-secret");
    }

    [Fact]
    public void Item_01_is_not_applicable_with_a_login_and_no_key()
    {
        using var home = new AuditHome();
        home.InHome(".claude.json", """{"oauthAccount":{"accountUuid":"u"}}""");
        Assert.Equal(ItemState.NotApplicable, home.Item(1).State);
    }

    [Fact]
    public void Item_02_fails_on_live_credentials_also_in_sourced_files_and_aliases()
    {
        using var home = new AuditHome();
        home.InHome(".zshrc", "source ~/.secrets\nalias deploy='STRIPE_KEY=" + Fake.StripeLive + " ./deploy.sh'\n");
        home.InHome(".secrets", $"DATABASE_URL=\"{Fake.Uri()}\"\nexport DATABASE_URL\n");
        var uri = home.Fails("SEP02.connection-uri");
        Assert.Equal("~/.secrets", uri.Path);
        Assert.Contains(uri.Evidence, pair => pair.Value.Contains("~/.zshrc:1", StringComparison.Ordinal));
        home.Fails("SEP02.live-secret");
    }

    [Fact]
    public void Item_02_fails_on_a_long_lived_aws_pair_and_on_settings()
    {
        using var home = new AuditHome();
        home.InHome(".bashrc", $"export AWS_ACCESS_KEY_ID={Fake.AwsId}\nexport AWS_SECRET_ACCESS_KEY={Fake.AwsSecret}\n");
        home.Fails("SEP02.aws-static");
        home.UserSettings($$"""{"env":{"DATABASE_URL":"{{Fake.Uri()}}"} }""");
        home.Fails("SEP02.settings-env-secret");
    }

    [Theory]
    [InlineData("# export DATABASE_URL={0}")]
    [InlineData("cat <<EOF\nexport DATABASE_URL={0}\nEOF")]
    [InlineData("export DATABASE_URL=$(op read op://vault/db)")]
    [InlineData("export DATABASE_URL=\"${DB_FROM_VAULT}\"")]
    [InlineData("export STRIPE_KEY=")]
    [InlineData("export STRIPE_KEY=your-key-here")]
    [InlineData("export EDITOR=vim\nexport PATH=$HOME/bin:$PATH\nexport SSH_AUTH_SOCK=/run/user/1000/keyring/ssh")]
    public void Item_02_does_not_report_what_is_no_credential(string text)
    {
        using var home = new AuditHome();
        home.InHome(".zshrc", text.Replace("{0}", Fake.Uri(), StringComparison.Ordinal) + "\n");
        Assert.Equal(ItemState.Pass, home.IsQuiet(2).State);
    }

    [Fact]
    public void Item_02_warns_of_test_keys_local_hosts_and_paths_that_it_cannot_follow()
    {
        using var home = new AuditHome();
        home.InHome(".zshrc", $"export STRIPE_KEY={Fake.StripeTest}\nexport DATABASE_URL={Fake.Uri("localhost")}\nsource $(brew --prefix)/x.sh\n");
        Assert.Equal(ItemState.Warn, home.Item(2).State);
        home.Warns("SEP02.test-secret");
        home.Warns("SEP02.unread-include");
    }

    [Fact]
    public void Item_03_fails_on_keys_uris_and_passwords_in_nested_and_imported_instructions()
    {
        using var home = new AuditHome();
        home.InProject("CLAUDE.md", "See @docs/setup.md\n");
        home.InProject("docs/setup.md", $"password: {Fake.Password}\n");
        home.InProject("src/api/CLAUDE.md", $"```\ncurl -H {Fake.AnthropicKey()}\n```\n");
        home.InProject(".claude/commands/x.md", $"psql {Fake.Uri()}\n");
        Assert.Equal("docs/setup.md", home.Fails("SEP03.password").Path);
        Assert.Equal("src/api/CLAUDE.md", home.Fails("SEP03.secret").Path);
        Assert.Equal(".claude/commands/x.md", home.Fails("SEP03.connection-uri").Path);
    }

    [Theory]
    [InlineData("Set ANTHROPIC_API_KEY=sk-ant-api03-your-key-here\n")]
    [InlineData("Use postgres://user:password@host:5432/db and ${DATABASE_URL}\n")]
    [InlineData("The token: whatever the service returns is stored.\n")]
    [InlineData("password: <your password>\npassword: ${DB_PASSWORD}\nsecret: changeme\n")]
    [InlineData("Ask AKIAIOSFODNN7EXAMPLE for the id; commit 3f786850e387550fdab836ed7e6dc881de23001b\n")]
    [InlineData("const token = getToken(user); password = config.password\n")]
    public void Item_03_does_not_report_documented_examples_and_placeholders(string text)
    {
        using var home = new AuditHome();
        home.InProject("CLAUDE.md", text);
        Assert.Equal(ItemState.Pass, home.IsQuiet(3).State);
    }

    [Fact]
    public void Item_03_warns_of_a_local_file_under_version_control()
    {
        using var home = new AuditHome();
        home.InProject("CLAUDE.local.md", "mine\n");
        home.Commit();
        home.Warns("SEP03.local-tracked");
    }

    [Fact]
    public void Item_04_fails_on_bypass_mode_and_on_wildcards_for_infrastructure_tools()
    {
        using var home = new AuditHome();
        home.UserSettings("""{"permissions":{"defaultMode":"bypassPermissions","allow":["Bash(kubectl *)","Bash(terraform:*)"]}}""");
        home.Fails("SEP04.bypass-default");
        home.Fails("SEP04.infra-allow");
        home.InHome(".kube/config", "current-context: prod-admin\ncontexts:\n- name: prod-admin\n  context: {user: admin, cluster: eu}\n");
        home.Fails("SEP04.prod-identity");
    }

    [Fact]
    public void Item_04_is_manual_when_nothing_is_wrong_and_accepts_read_only_rules_and_names_like_product()
    {
        using var home = new AuditHome();
        home.UserSettings("""{"permissions":{"allow":["Bash(kubectl get *)","Bash(terraform plan:*)","Bash(aws s3 ls *)","Bash(docker ps)"]}}""");
        home.InHome(".kube/config", "current-context: product-dev\ncontexts:\n- name: product-dev\n  context: {user: dev, cluster: reproduce}\n# - name: prod\n");
        Assert.Equal(ItemState.Manual, home.IsQuiet(4).State);
    }

    [Fact]
    public void Item_05_fails_on_root_profiles_and_open_files_and_is_not_applicable_without_aws()
    {
        using var home = new AuditHome();
        Assert.Equal(ItemState.NotApplicable, home.Item(5).State);
        var path = home.InHome(".aws/credentials", $"[root]\naws_access_key_id = {Fake.AwsId}\naws_secret_access_key = {Fake.AwsSecret}\n");
        AuditHome.SetMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        home.Fails("SEP05.root-named");
        home.Fails("SEP05.file-mode");
        home.Fails("SEP05.long-lived");
    }

    [Fact]
    public void Item_05_is_manual_for_sso_profiles_and_ignores_documented_ids()
    {
        using var home = new AuditHome();
        home.InHome(".aws/config", "[profile dev]\nsso_session = main\nsso_role_name = ReadOnly\n");
        var path = home.InHome(".aws/credentials", "[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n");
        AuditHome.SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(ItemState.Manual, home.IsQuiet(5).State);
    }

    [Fact]
    public void Item_06_finds_what_was_removed_from_HEAD_on_a_side_branch_and_in_a_stash()
    {
        using var home = new AuditHome();
        home.InProject("CLAUDE.md", $"key {Fake.AnthropicKey()}\n");
        home.Commit();
        home.InProject("CLAUDE.md", "clean\n");
        home.Commit();
        home.Git("checkout", "-q", "-b", "side");
        home.InProject(".env", $"STRIPE={Fake.StripeLive}\n");
        home.Commit();
        home.Git("checkout", "-q", "main");
        home.InProject("CLAUDE.md", $"pat {Fake.GitHub}\n");
        home.Git("stash");
        var item = home.Item(6);
        Assert.Equal(ItemState.Fail, item.State);
        var leaks = item.Findings.Where(finding => finding.Rule == "SEP06.secret-in-history").ToList();
        Assert.Equal(3, leaks.Count);
        Assert.All(leaks, leak => Assert.Contains(leak.Evidence, pair => pair is { Key: "still at HEAD", Value: "no" }));
    }

    [Fact]
    public void Item_06_passes_on_a_clean_history_and_is_unknown_on_a_shallow_clone()
    {
        using var home = new AuditHome();
        home.InProject("CLAUDE.md", "one\n");
        home.Commit();
        home.InProject("CLAUDE.md", "two\n");
        home.Commit();
        Assert.Equal(ItemState.Pass, home.Item(6).State);
        home.Git("clone", "-q", "--depth", "1", "file://" + home.Project, "../clone");
        var options = home.Options(6) with { Project = Path.Combine(home.Home, "clone") };
        var item = Assert.Single(Auditor.Run(new AuditContext(options), "0").Items);
        Assert.Equal(ItemState.Unknown, item.State);
        Assert.Contains("shallow", item.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Item_06_is_not_applicable_outside_a_repository()
    {
        using var home = new AuditHome();
        Assert.Equal(ItemState.NotApplicable, home.Item(6).State);
    }

    private const string Workflow = """
        name: claude
        on: {0}
        permissions: {{contents: read}}
        jobs:
          review:
            runs-on: ubuntu-latest
            timeout-minutes: 10
            steps:
              - uses: actions/checkout@v4
              - uses: anthropics/claude-code-action@v1
                with:
                  anthropic_api_key: ${{{{ secrets.ANTHROPIC_API_KEY }}}}
                  {1}
        """;

    private static string Claude(string on, string more) =>
        Workflow.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal).Replace("{0}", on, StringComparison.Ordinal).Replace("{1}", more, StringComparison.Ordinal);

    [Fact]
    public void Item_07_fails_on_inherited_secrets_all_secrets_strangers_and_what_is_not_needed()
    {
        using var home = new AuditHome();
        home.InProject(".github/workflows/a.yml", Claude("issue_comment", "prompt: ${{ github.event.comment.body }}"));
        home.InProject(".github/workflows/b.yml", "on: push\njobs:\n  call:\n    uses: ./.github/workflows/a.yml\n    secrets: inherit\n");
        home.InProject(".github/workflows/c.yml", Claude("push", "env_json: ${{ toJSON(secrets) }}\n          prod: ${{ secrets.PROD_DATABASE_URL }}"));
        home.Fails("SEP07.secrets-inherit");
        home.Fails("SEP07.untrusted-trigger");
        home.Fails("SEP07.all-secrets");
        home.Fails("SEP07.unneeded-secret");
    }

    [Fact]
    public void Item_07_passes_on_a_narrow_job_and_ignores_comments_strings_and_switched_off_jobs()
    {
        using var home = new AuditHome();
        home.InProject(".github/workflows/a.yml", Claude("pull_request", "# secrets: inherit\n          prompt: \"never write secrets: inherit\""));
        home.InProject(".github/workflows/off.yml.disabled", "jobs:\n  x:\n    secrets: inherit\n    uses: ./.github/workflows/a.yml\n");
        home.InProject(".github/workflows/b.yml", "on: push\npermissions: read-all\njobs:\n  call:\n    if: false\n    uses: ./.github/workflows/a.yml\n    secrets: inherit\n");
        Assert.Equal(ItemState.Pass, home.IsQuiet(7).State);
    }

    [Fact]
    public void Item_07_understands_anchors_and_is_not_applicable_when_nothing_runs_Claude()
    {
        using var home = new AuditHome();
        home.InProject(".github/workflows/x.yml", "on: push\njobs:\n  a:\n    uses: ./.github/workflows/deploy.yml\n    secrets: inherit\n");
        Assert.Equal(ItemState.NotApplicable, home.Item(7).State);
        home.InProject(".github/workflows/y.yml", "x-env: &e\n  TOKEN: ${{ secrets.STRIPE_LIVE }}\non: push\npermissions: {}\njobs:\n  a:\n    steps:\n      - run: claude -p hi --max-turns 2\n        env:\n          <<: *e\n");
        Assert.Contains("STRIPE_LIVE", home.Fails("SEP07.unneeded-secret").Message, StringComparison.Ordinal);
    }
}
