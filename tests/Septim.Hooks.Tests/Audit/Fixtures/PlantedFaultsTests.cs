using Septim.Hooks.Audit;
using Septim.Hooks.Audit.Reports;

namespace Septim.Hooks.Tests.Audit.Fixtures;

/// <summary>Every fault is found under its item; a clean pair has none.</summary>
public sealed class PlantedFaultsTests
{
    public static TheoryData<string> Faults => [.. FaultPlants.All.Select(plant => $"{plant.Rule}: {plant.Name}")];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_planted_fault_is_found_under_its_rule(string name)
    {
        var plant = FaultPlants.All.First(one => $"{one.Rule}: {one.Name}" == name);
        using var home = Pairs.Clean();
        plant.Put(home);
        var beyond = plant.Rule.StartsWith("SEPX", StringComparison.Ordinal);
        var report = beyond ? home.Report() : home.Report(plant.Item);
        var findings = beyond ? report.Extensions : Assert.Single(report.Items).Findings;
        Assert.True(findings.Any(finding => finding.Rule == plant.Rule && finding.State != FindingState.Info), $"found only {string.Join(", ", findings.Select(finding => $"{finding.Rule} ({finding.StateWord}): {finding.Message}"))}");
        Assert.Empty(SchemaTests.Json.Faults(JsonReport.Write(report)));
        Assert.Empty(SchemaTests.Sarif.Faults(SarifReport.Write(report, includeHome: true)));
    }

    [Fact]
    public void The_names_of_the_faults_are_unique() =>
        Assert.Empty(FaultPlants.All.GroupBy(plant => $"{plant.Rule}: {plant.Name}").Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public void A_clean_pair_has_no_fail_no_warning_and_nothing_unknown()
    {
        using var home = Pairs.Clean();
        var report = home.Report();
        Assert.Empty(report.Items.Where(item => item.State is ItemState.Fail or ItemState.Unknown or ItemState.Warn).Select(item => $"{item.Check.Id} {item.State}: {item.Reason}"));
        Assert.Empty(report.Extensions.Select(finding => $"{finding.Rule}: {finding.Message}"));
        Assert.All(report.Items.Where(item => item.State == ItemState.Manual), item => Assert.True(item.Check.Attestable));
    }

    public static TheoryData<string> Decoys => [.. DecoyPlants.All.Select(plant => $"{plant.Rule}: {plant.Name}")];

    [Theory]
    [MemberData(nameof(Decoys))]
    public void A_decoy_is_not_reported(string name)
    {
        var plant = DecoyPlants.All.First(one => $"{one.Rule}: {one.Name}" == name);
        using var home = Pairs.Clean();
        plant.Put(home);
        var item = home.Item(plant.Item);
        Assert.Empty(item.Findings.Where(finding => finding.State != FindingState.Info).Select(finding => $"{finding.Rule} ({finding.StateWord}) {finding.Where}: {finding.Message}"));
        Assert.NotEqual(ItemState.Unknown, item.State);
    }

    [Fact]
    public void Every_providers_shape_is_found_in_a_start_up_file_and_in_the_history()
    {
        using var home = Pairs.Clean();
        home.InHome(".zshrc", string.Concat(Tokens.All.Select((token, i) => $"export V{i}=\"{token.Value}\"\n")));
        var exported = home.Item(2).Findings.Where(finding => finding.State == FindingState.Fail).SelectMany(finding => finding.Evidence).Where(pair => pair.Key == "variable").Select(pair => pair.Value).ToHashSet();
        Assert.Empty(Tokens.All.Where((_, i) => !exported.Contains($"V{i}")).Select(token => token.Class));
        foreach (var token in Tokens.All) home.InProject($".env.{token.Class}", $"X={token.Value}\n");
        home.Commit();
        home.Git("rm", "-qr", "--", ".env.*");
        home.Git("commit", "-qm", "gone");
        var leaked = home.Item(6).Findings.Where(finding => finding.Rule == "SEP06.secret-in-history").Select(finding => finding.Path).ToHashSet();
        Assert.Empty(Tokens.All.Where(token => !leaked.Contains($".env.{token.Class}")).Select(token => token.Class));
    }
}
