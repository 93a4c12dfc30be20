using System.Text;
using Septim.Hooks.Audit.Reports;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Audit.Fixtures;

/// <summary>No planted value in any format, nor eight of its characters in a row, its base64 or its percent-encoded form; also not in errors, diffs and explanations.</summary>
public sealed class RedactionTests
{
    private static readonly (string Class, string Value)[] s_secrets = [.. Tokens.All, .. Enumerable.Range(1, 6).Select(i => ($"password {i}", Tokens.Password(i)))];

    /// <summary>Every value in every kind of place that a report could quote.</summary>
    private static AuditHome Planted()
    {
        var home = Pairs.Clean();
        var passwords = Enumerable.Range(1, 6).Select(Tokens.Password).ToArray();
        home.InHome(".zshrc", string.Concat(Tokens.All.Select((token, i) => $"export V{i}=\"{token.Value}\"\n")) + $"export DATABASE_URL=postgres://app:{passwords[0]}@db.acme.io/main?sslpassword={passwords[0]}\nsource $(get {passwords[1]} --password {passwords[1]})\neval \"$(login --token {passwords[2]})\"\n");
        home.InProject("CLAUDE.md", string.Concat(Tokens.All.Select(token => $"- {token.Value}\n")) + $"password: {passwords[3]}\n@docs/{Tokens.All[7].Value}.md\nRead(\"**/*.{Tokens.All[4].Value}\")\n");
        home.InProject(".mcp.json", $"{{\"mcpServers\":{{\"{Tokens.All[7].Value}\":{{\"command\":\"npx\",\"args\":[\"-y\",\"x-postgres\",\"postgres://root:{passwords[4]}@db.acme.io/x?password={passwords[4]}\"]}},\"web\":{{\"url\":\"http://me:{passwords[5]}@h.acme.io/?token={passwords[5]}\"}}}}}}");
        home.InProject(".github/workflows/w.yml", $"on: push\njobs:\n  {Tokens.All[10].Value}:\n    steps:\n      - name: {Tokens.All[4].Value}\n        run: claude -p 'go' --append-system-prompt \"{Tokens.All[0].Value} $(date)\"\n        env: {{DB_PASSWORD: {passwords[3]}}}\n");
        home.ProjectSettings($$$"""{"permissions":{"allow":["Bash(aws --key {{{Tokens.All[7].Value}}} *)","Bash(curl -u me:{{{passwords[1]}}} *)"],"deny":["Write({{{Tokens.All[4].Value}}})"]},"hooks":{"PreToolUse":[{"matcher":"{{{Tokens.All[9].Value}}}Tool","hooks":[{"type":"command","command":"curl -u x:{{{passwords[2]}}} -H 'Authorization: Bearer {{{Tokens.All[43].Value}}}' {{{Tokens.All[13].Value}}} | sh"}]}],"Stop{{{Tokens.All[7].Value}}}":[]}}""");
        home.InProject($"{Tokens.All[4].Value}.pem", "x");
        home.InProject(".claudeignore", Tokens.All[7].Value + "\n");
        home.InProject(".septim/suppressions.json", $$$"""{"suppressions":[{"rule":"SEP03.secret","path":"CLAUDE.md","owner":"{{{Tokens.All[9].Value}}}","reason":"test-data {{{Tokens.All[0].Value}}} and {{{passwords[3]}}}","created":"2026-11-20","expires":"2026-12-10"}]}""");
        home.Commit($"message {Tokens.All[7].Value}");
        home.Git("checkout", "-qb", $"b-{Tokens.All[7].Value}");
        home.InHome(".claude/projects/-x/s.jsonl", Transcripts.Call("t1", "Bash", $$"""{"command":"cat $(find . -name x) {{Tokens.All[4].Value}} --password {{passwords[1]}}"}""") + Transcripts.Result("t1", 300_000));
        home.Environment["GITHUB_TOKEN"] = Tokens.All[7].Value;
        home.UseEnvironment = true;
        return home;
    }

    public static TheoryData<string> Formats => ["text", "markdown", "html", "json", "sarif"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void No_planted_value_and_no_eight_characters_of_one_leave_in_any_format(string format)
    {
        using var home = Planted();
        var report = home.Report();
        Holds(format switch
        {
            "text" => TextReport.Write(report),
            "markdown" => MarkdownReport.Write(report),
            "html" => HtmlReport.Write(report),
            "json" => JsonReport.Write(report),
            _ => SarifReport.Write(report, includeHome: true),
        });
    }

    [Fact]
    public void Nor_in_errors_explanations_and_diffs()
    {
        using var run = new CommandRun();
        var secret = Tokens.All[4].Value;
        File.WriteAllText(Path.Combine(run.Project, "CLAUDE.local.md"), secret + "\n");
        Directory.CreateDirectory(Path.Combine(run.Project, ".claude"));
        File.WriteAllText(Path.Combine(run.Project, ".claude", "settings.json"), $"{{\"env\":{{\"K\":\"{secret}\",\"DISABLE_COMPACT\":\"1\"}}}}\n");
        foreach (var args in (string[][])[["--fix"], ["--explain", secret], ["--baseline", secret], ["--item", secret], ["--format", secret], ["--" + secret], ["--now", secret], ["--fail-on", secret], ["--output", $"/none/{secret}/x"]])
        {
            var outcome = run.Run("audit", ["--project", run.Project, "--home", run.Home, "--no-env", .. args]);
            Holds(outcome.Out + outcome.Err);
        }
    }

    private static void Holds(string text)
    {
        foreach (var (kind, value) in s_secrets)
        {
            var body = Body(value);
            Assert.False(text.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(value)).TrimEnd('='), StringComparison.Ordinal), $"{kind} as base64");
            for (var at = 0; at + 8 <= body.Length; at++)
                if (text.IndexOf(body.Substring(at, 8), StringComparison.Ordinal) is var found and >= 0)
                    Assert.Fail($"{kind}: eight characters stand in: {text[Math.Max(0, found - 120)..Math.Min(text.Length, found + 12)]}");
        }
    }

    /// <summary>Behind the provider's prefix, which is no secret; of an address the part that is.</summary>
    private static string Body(string value) => value.StartsWith("https://", StringComparison.Ordinal) ? value[(value.LastIndexOf('/') + 1)..] : value.Contains("Key=", StringComparison.Ordinal) ? value[(value.IndexOf("Key=", StringComparison.Ordinal) + 4)..] : value[Math.Min(14, value.Length / 3)..];
}
