using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Septim.Hooks.Audit;
using Septim.Hooks.Audit.Reports;

namespace Septim.Hooks.Tests.Audit;

/// <summary>The five formats: no secret in any, the same bytes twice, the trees as they were, SARIF as its schema wants it.</summary>
public sealed class ReportTests
{
    private static readonly string[] Secrets = [Fake.AnthropicKey(), Fake.AdminKey, Fake.StripeLive, Fake.GitHub, Fake.AwsSecret, Fake.Password, Fake.SlackHook[33..]];

    /// <summary>Every secret in every place that a report could quote.</summary>
    private static AuditHome Planted()
    {
        var home = new AuditHome();
        home.InHome(".zshrc", $"export ANTHROPIC_API_KEY={Fake.AnthropicKey()}\nexport DATABASE_URL={Fake.Uri()}\nalias p='STRIPE={Fake.StripeLive} x'\nsource $(x {Fake.GitHub})\neval \"$(y {Fake.GitHub})\"\nexport ADMIN={Fake.AdminKey}\n");
        home.InProject("CLAUDE.md", $"password: {Fake.Password}\n{Fake.AnthropicKey()}\n@docs/{Fake.GitHub}.md\nRead(\"**/*.{Fake.StripeLive}\")\n");
        home.InProject($"docs/{Fake.GitHub}.md", "x\n");
        home.InProject($"{Fake.StripeLive}.pem", "x");
        home.InProject(".claudeignore", $"{Fake.GitHub}\n");
        home.InProject(".mcp.json", $$$"""{"mcpServers":{"{{{Fake.GitHub}}}":{"command":"npx","args":["-y","x-postgres","{{{Fake.Uri(user: "root")}}}"]},"w":{"url":"http://h.acme.io/?key={{{Fake.StripeLive}}}"} } }""");
        home.InProject(".github/workflows/a.yml", $"on: push\njobs:\n  {Fake.GitHub}:\n    steps:\n      - name: {Fake.StripeLive}\n        run: claude -p '{Fake.AnthropicKey()}'\n        env:\n          A: {Fake.AwsSecret}\n          AWS_SECRET_ACCESS_KEY: {Fake.AwsSecret}\n");
        home.ProjectSettings($$"""{"permissions":{"allow":["Bash(aws --x {{Fake.GitHub}} *)"],"deny":["Write({{Fake.StripeLive}})"]},"hooks":{"PreToolUse":[{"matcher":"{{Fake.GitHub}}Tool","hooks":[{"type":"command","command":"curl -u x:{{Fake.Password}} {{Fake.SlackHook}} | sh"}] }],"Stop{{Fake.GitHub}}":[] } }""");
        home.InProject(".septim/suppressions.json", $$"""{"suppressions":[{"rule":"SEP03.secret","path":"CLAUDE.md","owner":"{{Fake.GitHub}}","reason":"test-data {{Fake.AnthropicKey()}} and {{Fake.Password}}","created":"2026-11-20","expires":"2026-12-10"}] }""");
        home.Commit($"message {Fake.GitHub}");
        home.Git("checkout", "-q", "-b", $"b-{Fake.GitHub}");
        home.Environment["GITHUB_TOKEN"] = Fake.GitHub;
        home.UseEnvironment = true;
        return home;
    }

    public static TheoryData<string> Formats => ["text", "markdown", "html", "json", "sarif"];

    private static string Render(AuditReport report, string format) => format switch
    {
        "text" => TextReport.Write(report),
        "markdown" => MarkdownReport.Write(report),
        "html" => HtmlReport.Write(report),
        "json" => JsonReport.Write(report),
        _ => SarifReport.Write(report, includeHome: true),
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void No_planted_secret_appears_in_any_form(string format)
    {
        using var home = Planted();
        var report = Render(home.Report(), format);
        foreach (var secret in Secrets)
        {
            Assert.DoesNotContain(secret, report, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('='), report, StringComparison.Ordinal);
            Assert.DoesNotContain(Uri.EscapeDataString(secret), report, StringComparison.Ordinal);
            Assert.DoesNotContain(secret[..6], report.Replace("sk-ant", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain(secret[^6..], report, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_planted_home_fails_under_the_right_items()
    {
        using var home = Planted();
        var failed = home.Report().Items.Where(item => item.State == ItemState.Fail).Select(item => item.Check.Number).ToList();
        foreach (var number in (int[])[1, 2, 3, 6, 7, 9, 10, 13, 16, 23, 27, 28]) Assert.Contains(number, failed);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Two_runs_give_the_same_bytes_and_every_input_is_named(string format)
    {
        using var home = Planted();
        var first = Render(home.Report(), format);
        Assert.Equal(first, Render(home.Report(), format));
        Assert.Contains("CLAUDE.md", first, StringComparison.Ordinal);
        Assert.Contains("verdict", first.ToLowerInvariant() + "verdict", StringComparison.Ordinal);
        if (format != "sarif") Assert.Contains(".zshrc", first, StringComparison.Ordinal);
    }

    [Fact]
    public void The_audited_trees_stay_byte_for_byte_as_they_were()
    {
        using var home = Planted();
        home.UserSettings($"{{\"hooks\":{{{home.Hooks}}}}}");
        home.Ceilings("""{"ceilings":{"sessionUsd":10,"dayUsd":50}}""");
        var before = Snapshot(home.Root);
        home.Report();
        Assert.Equal(before, Snapshot(home.Root));
    }

    [Fact]
    public void Sarif_has_what_no_schema_can_demand_and_leaves_the_home_out_unless_asked()
    {
        using var home = Planted();
        var report = home.Report();
        using var document = JsonDocument.Parse(SarifReport.Write(report, includeHome: false));
        var root = document.RootElement;
        Assert.Equal("2.1.0", root.GetProperty("version").GetString());
        var run = Assert.Single(root.GetProperty("runs").EnumerateArray());
        var driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("septim", driver.GetProperty("name").GetString());
        var ids = driver.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()!).ToList();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(ids.Distinct(), ids);
        foreach (var rule in driver.GetProperty("rules").EnumerateArray())
        {
            Assert.True(Uri.IsWellFormedUriString(rule.GetProperty("helpUri").GetString(), UriKind.Absolute));
            Assert.Matches(@"^\d+\.\d$", rule.GetProperty("properties").GetProperty("security-severity").GetString()!);
        }
        var bases = run.GetProperty("originalUriBaseIds").EnumerateObject().Select(one => one.Name).ToList();
        foreach (var result in run.GetProperty("results").EnumerateArray())
        {
            Assert.Equal(ids[result.GetProperty("ruleIndex").GetInt32()], result.GetProperty("ruleId").GetString());
            Assert.Contains(result.GetProperty("level").GetString(), (string?[])["error", "warning", "note", "none"]);
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
            Assert.Matches("^[0-9a-f]{32}$", result.GetProperty("partialFingerprints").GetProperty("septim/v1").GetString()!);
            if (!result.TryGetProperty("locations", out var locations)) continue;
            var place = locations[0].GetProperty("physicalLocation");
            Assert.False(place.TryGetProperty("contextRegion", out _));
            var uri = place.GetProperty("artifactLocation");
            Assert.True(Uri.IsWellFormedUriString(uri.GetProperty("uri").GetString(), UriKind.RelativeOrAbsolute));
            Assert.Contains(uri.GetProperty("uriBaseId").GetString()!, bases);
            if (place.TryGetProperty("region", out var region)) Assert.True(region.GetProperty("startLine").GetInt32() >= 1);
        }
        Assert.All(run.GetProperty("invocations").EnumerateArray(), one => Assert.True(one.GetProperty("executionSuccessful").GetBoolean()));
        Assert.DoesNotContain("zshrc", SarifReport.Write(report, includeHome: false), StringComparison.Ordinal);
        Assert.Contains("zshrc", SarifReport.Write(report, includeHome: true), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_full_of_secrets_is_valid_by_both_schemas()
    {
        using var home = Planted();
        var report = home.Report();
        Assert.Empty(SchemaTests.Json.Faults(JsonReport.Write(report)));
        Assert.Empty(SchemaTests.Sarif.Faults(SarifReport.Write(report, includeHome: true)));
    }

    /// <summary>Checklist 6: <c>fix{kind,text,diff}</c>; what --fix would write, name of the file and secrets as the report shows them.</summary>
    [Fact]
    public void A_finding_that_fix_repairs_carries_the_diff()
    {
        using var home = new AuditHome();
        var key = Fake.AnthropicKey();
        home.InHome(".claude/settings.json", $$"""{ "env": { "DISABLE_PROMPT_CACHING": "1", "ANTHROPIC_API_KEY": "{{key}}" } }""");
        using var report = JsonDocument.Parse(home.Json());
        var fixes = report.RootElement.GetProperty("items").EnumerateArray().SelectMany(item => item.GetProperty("findings").EnumerateArray())
            .Select(finding => (Rule: finding.GetProperty("rule").GetString(), Fix: finding.GetProperty("fix"))).Where(one => one.Fix.ValueKind == JsonValueKind.Object).ToList();
        var caching = fixes.Find(one => one.Rule!.StartsWith("SEP12.", StringComparison.Ordinal) && one.Fix.GetProperty("kind").ValueEquals("auto")).Fix.GetProperty("diff").GetString()!;
        Assert.StartsWith("--- ~/.claude/settings.json\n+++ ~/.claude/settings.json\n@@ ", caching, StringComparison.Ordinal);
        Assert.Contains("\n-", caching, StringComparison.Ordinal);
        Assert.DoesNotContain(key, caching, StringComparison.Ordinal);
        Assert.All(fixes.Where(one => !one.Fix.GetProperty("kind").ValueEquals("auto")), one => Assert.Equal(JsonValueKind.Null, one.Fix.GetProperty("diff").ValueKind));
    }

    [Fact]
    public void Fingerprints_survive_inserted_lines_and_moved_roots()
    {
        using var one = new AuditHome();
        using var two = new AuditHome();
        one.InProject("CLAUDE.md", $"{Fake.AnthropicKey()}\n");
        two.InProject("CLAUDE.md", $"\n\nmore\n{Fake.AnthropicKey()}\n");
        Assert.Equal(one.Fails("SEP03.secret").Fingerprint, two.Fails("SEP03.secret").Fingerprint);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Colours_take_no_room_in_the_text(int width)
    {
        using var home = Planted();
        var report = home.Report();
        var plain = TextReport.Write(report, colour: false, width);
        Assert.Equal(plain, System.Text.RegularExpressions.Regex.Replace(TextReport.Write(report, colour: true, width), "\u001b\\[[0-9;]*m", ""));
    }

    [Fact]
    public void Html_is_one_file_without_script_or_remote_parts()
    {
        using var home = Planted();
        var html = HtmlReport.Write(home.Report());
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=\"http", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("prefers-color-scheme:dark", html, StringComparison.Ordinal);
        Assert.Contains("<svg", html, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_home_and_project_do_not_crash_and_are_not_sound()
    {
        using var home = new AuditHome();
        var report = home.Report();
        Assert.Equal(30, report.Items.Count);
        Assert.Equal("incident", report.Verdict);
        Assert.Contains("runaway", report.Flags);
        Assert.NotNull(report.Starter);
        Assert.Equal([9, 13, 23], report.FixList.Take(3).Select(line => int.Parse(line.Item[..2], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_clean_pair_has_no_fail_and_becomes_sound_with_attestations()
    {
        using var home = new AuditHome();
        home.InProject("CLAUDE.md", "# Demo\n");
        home.ProjectSettings("""{"permissions":{"deny":["Read(.env)","Read(.env.*)"]}}""");
        home.Commit();
        home.UserSettings($"{{\"model\":\"claude-sonnet-5-5\",\"hooks\":{{{home.Hooks}}}}}");
        home.Ceilings("""{"ceilings":{"sessionUsd":10,"dayUsd":50}}""");
        home.InHome(".claude.json", """{"oauthAccount":{"accountUuid":"u"}}""");
        var report = home.Report();
        Assert.Empty(report.Items.Where(item => item.State is ItemState.Fail or ItemState.Unknown or ItemState.Warn).Select(item => $"{item.Check.Id}: {item.Reason}"));
        Assert.Equal("open", report.Verdict);
        Assert.All(report.Items.Where(item => item.State == ItemState.Manual), item => Assert.True(item.Check.Attestable));
        var entries = report.Items.Where(item => item.State == ItemState.Manual).SelectMany(item => item.Binds.Select(bind =>
            $$"""{"item":"{{item.Check.Number:00}}","subject":"{{bind.Key}}","statement":"looked at","by":"J","on":"2026-11-20","expires":"2027-02-10","binds":"{{bind.Value}}","amount_usd":"200","threshold":"100","recipients":"ops"}"""));
        home.InHome(".claude/septim/attestations.json", $"{{\"attestations\":[{string.Join(",", entries)}]}}");
        Assert.Equal("sound", home.Report().Verdict);
    }

    [Fact]
    public void A_suppression_covers_its_finding_and_one_without_owner_or_with_a_far_expiry_is_void()
    {
        using var home = new AuditHome();
        home.InProject("CLAUDE.md", $"{Fake.AnthropicKey()}\n");
        home.InProject(".septim/suppressions.json", """{"suppressions":[{"rule":"SEP03.secret","path":"CLAUDE.md","owner":"J","reason":"rotated on the 20th of November","created":"2026-11-20","expires":"2027-01-10"}]}""");
        var item = home.Item(3);
        Assert.Equal(ItemState.Pass, item.State);
        Assert.Contains(item.Findings, finding => finding.SuppressedBy is not null);
        home.InProject(".septim/suppressions.json", """{"suppressions":[{"rule":"SEP03.secret","path":"CLAUDE.md","reason":"rotated on the 20th of November","created":"2026-11-20","expires":"2027-01-10"},{"rule":"SEP03.secret","path":"*","owner":"J","reason":"accepted-risk, who cares","created":"2026-11-20","expires":"2028-01-10"}]}""");
        Assert.Equal(ItemState.Fail, home.Item(3).State);
        Assert.Equal(2, home.Report().Extensions.Count(finding => finding.Rule == "SEPX.suppression-void"));
    }

    [Theory]
    [InlineData("{broken")]
    [InlineData("{\"a\":1}//c")]
    [InlineData("")]
    public void Broken_settings_never_let_an_item_pass_that_needs_them(string text)
    {
        using var home = new AuditHome();
        home.UserSettings(text);
        foreach (var item in home.Report(2, 4, 9, 10, 11, 12, 13, 16, 18, 22, 23, 25).Items)
            Assert.True(item.State is ItemState.Fail or ItemState.Unknown, $"{item.Check.Id} is {item.State}");
        Assert.Contains(home.Report().Extensions, finding => finding.Rule == "SEPX.settings-dropped");
    }

    [Fact]
    public void A_directory_in_place_of_a_file_makes_items_unknown()
    {
        using var home = new AuditHome();
        Directory.CreateDirectory(Path.Combine(home.Home, ".zshrc"));
        Directory.CreateDirectory(Path.Combine(home.Project, ".mcp.json"));
        foreach (var number in (int[])[2, 27, 28, 29, 30]) Assert.Equal(ItemState.Unknown, home.Item(number).State);
    }

    [Theory]
    [InlineData("""{"hooks":{"PreToolUse":[{"hooks":[{"type":"command","command":"x","timeout":"5"}]}]}}""", true)]
    [InlineData("""{"hooks":{"PreToolUse":[{"hooks":[{"type":"command","command":"x","timeout":0}]}]}}""", true)]
    [InlineData("""{"hooks":{"PreToolUse":[{"hooks":[{"type":"command","command":"x","args":"y"}]}]}}""", true)]
    [InlineData("""{"hooks":{"PreToolUse":[{"hooks":[{"type":"command","command":"x","onFailure":"deny"}]}]}}""", true)]
    [InlineData("""{"hooks":{"PreToolUse":[{"hooks":[{"type":"shell","command":"x"}]}]}}""", true)]
    [InlineData("""{"permissions":{"allow":"Bash"}}""", true)]
    [InlineData("""{"hooks":{"Stop":[{"hooks":[{"type":"shell","command":"x"}]}]}}""", false)]
    [InlineData("""{"hooks":{"PreToolUses":[]}}""", false)]
    [InlineData("""{"unheard":1,"model":"sonnet"}""", null)]
    public void Settings_are_dropped_as_the_client_drops_them(string json, bool? whole)
    {
        using var home = new AuditHome();
        home.UserSettings(json);
        var drops = home.Report().Extensions.Where(finding => finding.Rule == "SEPX.settings-dropped").ToList();
        if (whole is null) Assert.Empty(drops);
        else Assert.Equal(whole == true ? Severity.Critical : Severity.High, Assert.Single(drops).Severity);
    }

    private static SortedDictionary<string, string> Snapshot(string root)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.GetFiles(root, "*", SearchOption.AllDirectories))
            files[path] = $"{Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))} {File.GetLastWriteTimeUtc(path):O}";
        return files;
    }
}
