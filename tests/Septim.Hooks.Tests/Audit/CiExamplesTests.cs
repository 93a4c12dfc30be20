using System.Text.RegularExpressions;
using Septim.Hooks.Audit;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Audit;

/// <summary>What docs/ci.md tells people to write is what the audit asks of them; tags of GitHub's own actions are let be.</summary>
public sealed partial class CiExamplesTests
{
    private static readonly string[] Places = [".github/workflows/fix.yml", ".gitlab-ci.yml", ".circleci/config.yml"];

    [Fact]
    public void The_audit_finds_nothing_in_the_examples()
    {
        var examples = Example().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "ci.md")));
        Assert.Equal(Places.Length, examples.Count);
        for (var i = 0; i < Places.Length; i++)
        {
            using var home = new AuditHome();
            home.InProject(Places[i], examples[i].Groups[1].Value.Replace("COMMIT", new string('a', 40), StringComparison.Ordinal));
            var report = home.Report(4, 7, 11, 20);
            Assert.Contains(new AuditContext(home.Options()).Runs.All, run => run.Kind == "ci" && run.Place.Path!.EndsWith(Places[i], StringComparison.Ordinal));
            var loud = report.Items.SelectMany(item => item.Findings).Concat(report.Extensions.Where(finding => finding.Rule.StartsWith("SEPX.ci-", StringComparison.Ordinal)))
                .Where(finding => finding.State != FindingState.Info && finding.Path == Places[i] && !finding.Message.StartsWith("actions/", StringComparison.Ordinal));
            Assert.Equal("", string.Join("\n", loud.Select(finding => $"{Places[i]}: {finding.Rule}: {finding.Message}")));
        }
    }

    [GeneratedRegex(@"```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
