using System.Globalization;
using Septim.Hooks.Audit;
using Septim.Hooks.Tests.Audit.Fixtures;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Audit;

/// <summary>Every state (fail, warn, pass, n/a, manual, unknown) is reached for every item that can have it (checklist §16.10).</summary>
public sealed class StateTests
{
    [Fact]
    public void The_table_and_what_cannot_occur_are_every_item_in_every_state_once()
    {
        var table = States.Rows.Select(row => (row.Item, row.State)).Concat(States.Never.Select(never => (never.Item, never.State))).ToList();
        var all = AuditChecks.All.SelectMany(check => Enum.GetValues<ItemState>().Select(state => (check.Number, state))).ToList();
        Assert.Equal(180, all.Count);
        Assert.Empty(all.Except(table));
        Assert.Empty(table.GroupBy(pair => pair).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.Equal(all.Count, table.Count);
        Assert.All(States.Never, never => Assert.NotEmpty(never.Why));
    }

    public static TheoryData<int, string> Rows
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (var row in States.Rows) data.Add(row.Item, ReportWords.Of(row.State));
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_item_ends_in_the_state_that_its_home_gives_it(int number, string state)
    {
        var row = States.Rows.Single(one => one.Item == number && ReportWords.Of(one.State) == state);
        using var home = Pairs.Clean();
        row.Put(home);
        var item = Judge(home, row);
        if (row.Attested is { } more)
        {
            Assert.Equal(ItemState.Manual, item.State);
            Attest(home, item, more);
            item = Judge(home, row);
            Assert.NotNull(item.Attestation);
        }
        Assert.True(item.State == row.State, $"{item.Check.Id}, {row.Name}: {ReportWords.Of(item.State)} ({item.Reason}); {string.Join(", ", item.Findings.Select(finding => $"{finding.Rule} {finding.StateWord}"))}");
        Assert.NotEmpty(item.Reason);
        var counted = item.Findings.Where(finding => finding.SuppressedBy is null).Select(finding => finding.State).ToList();
        Assert.Equal(row.State == ItemState.Fail, counted.Contains(FindingState.Fail));
        if (row.State is ItemState.Pass or ItemState.NotApplicable) Assert.DoesNotContain(FindingState.Warn, counted);
        if (row.State == ItemState.Warn) Assert.Contains(FindingState.Warn, counted);
        var asks = item.Findings.Any(finding => finding.Rule == $"SEP{number:00}.needs-attestation");
        if (row.State == ItemState.Manual) Assert.True(asks);
        if (row.State is ItemState.Warn or ItemState.Pass or ItemState.NotApplicable) Assert.False(asks);
        if (row.State == ItemState.Unknown) Assert.Contains(item.Findings, finding => finding.Rule == $"SEP{number:00}.unreadable");
    }

    /// <summary>What is called impossible has no line of code that could bring it about.</summary>
    [Fact]
    public void What_cannot_occur_is_not_in_the_checks_code()
    {
        foreach (var never in States.Never)
        {
            var check = AuditChecks.Find(never.Item)!;
            var name = string.Concat(check.Slug.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])) + ".cs";
            var code = File.ReadAllText(Path.Combine(Repository.Root, "src", "Septim.Hooks", "Audit", "Checks", name));
            var call = never.State switch { ItemState.NotApplicable => ".NotApplicable =", ItemState.Fail => "item.Fail(", ItemState.Warn => "item.Warn(", _ => ".NeedsPerson(" };
            Assert.False(code.Contains(call, StringComparison.Ordinal), $"{check.Id} cannot end in {ReportWords.Of(never.State)}, yet {name} has {call}");
        }
        Assert.Equal(AuditChecks.All.Where(check => !check.Attestable).Select(check => check.Number), States.Never.Where(never => never.State == ItemState.Manual).Select(never => never.Item));
    }

    private static AuditItem Judge(AuditHome home, StateRow row) => Assert.Single(Auditor.Run(new AuditContext(row.With(home.Options(row.Item))), "0").Items);

    private static void Attest(AuditHome home, AuditItem item, string more)
    {
        var expires = AuditHome.Now.AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var entries = item.Binds.Select(bind => $$"""{"item":"{{item.Check.Number:00}}","subject":"{{bind.Key}}","statement":"looked at","by":"J","on":"2026-11-20","expires":"{{expires}}","binds":"{{bind.Value}}"{{more}}}""");
        home.InHome(".claude/septim/attestations.json", $"{{\"attestations\":[{string.Join(",", entries)}]}}");
    }
}
