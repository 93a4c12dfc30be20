using Septim.Hooks.Gates;
using Septim.Hooks.Gates.BashRules;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Gates;

public sealed class BashRuleTests
{
    public static TheoryData<string> Rules()
    {
        var data = new TheoryData<string>();
        foreach (var rule in BashRuleList.All) data.Add(rule.Id);
        return data;
    }

    private static BashRule Rule(string id) => BashRuleList.All.Single(rule => rule.Id == id);

    [Fact]
    public void Rules_are_listed_once_and_in_order()
    {
        var ids = BashRuleList.All.Select(rule => rule.Id).ToList();
        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids);
    }

    [Theory, MemberData(nameof(Rules))]
    public void A_rule_has_two_examples_of_each_kind(string id)
    {
        var rule = Rule(id);
        Assert.True(rule.Denies.Length >= 2, $"{id} denies {rule.Denies.Length}");
        Assert.True(rule.Passes.Length >= 2, $"{id} passes {rule.Passes.Length}");
    }

    [Theory, MemberData(nameof(Rules))]
    public void Denied_examples_are_refused_by_their_own_rule(string id)
    {
        var rule = Rule(id);
        var expected = rule.Severity >= BashSeverity.High ? VerdictKind.Deny : rule.Severity == BashSeverity.Medium ? VerdictKind.Ask : VerdictKind.Pass;
        var wrong = new List<string>();
        foreach (var command in rule.Denies)
        {
            var own = BashCases.Findings(command).Where(finding => finding.Rule.Id == id).Select(finding => finding.Verdict).DefaultIfEmpty(VerdictKind.Pass).Max();
            if (own < expected || BashCases.Findings(command).All(finding => finding.Rule.Id != id)) wrong.Add($"{command}  →  own {own}; gate {BashCases.Told(command)}");
        }
        foreach (var command in rule.Asks)
        {
            var own = BashCases.Findings(command).Where(finding => finding.Rule.Id == id).Select(finding => finding.Verdict).DefaultIfEmpty(VerdictKind.Pass).Max();
            if (own != VerdictKind.Ask) wrong.Add($"{command}  →  own {own}, not asked");
        }
        Assert.True(wrong.Count == 0, "\n" + string.Join("\n", wrong));
    }

    [Theory, MemberData(nameof(Rules))]
    public void Near_misses_and_the_alternative_pass_the_whole_gate(string id)
    {
        var rule = Rule(id);
        var wrong = rule.Passes.Append(rule.Alternative ?? "true")
            .Where(command => BashCases.Judge(command) != VerdictKind.Pass)
            .Select(command => $"{command}  →  {BashCases.Told(command)}")
            .ToList();
        Assert.True(wrong.Count == 0, "\n" + string.Join("\n", wrong));
    }

    [Fact]
    public void Alternatives_of_single_tools_pass_the_whole_gate()
    {
        var wrong = Alternatives.All
            .Where(row => BashRuleList.All.All(rule => rule.Id != row.Rule) || BashCases.Judge(row.Command) != VerdictKind.Pass)
            .Select(row => $"{row.Rule} {row.Command}  →  {BashCases.Told(row.Command)}")
            .ToList();
        Assert.True(wrong.Count == 0, "\n" + string.Join("\n", wrong));
        Assert.Contains("Instead: `redis-cli --scan", BashCases.Told("redis-cli FLUSHALL"), StringComparison.Ordinal);
        Assert.Contains("Instead: run it without the variable: `make test`", BashCases.Told("LD_PRELOAD=/tmp/x.so ls"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Rules))]
    public void A_message_names_the_rule_and_fits(string id)
    {
        foreach (var command in Rule(id).Denies)
        {
            foreach (var finding in BashCases.Findings(command).Where(finding => finding.Rule.Id == id))
            {
                var message = new Verdict(finding.Verdict, id, BashMessage.Of(finding, command)).Message;
                Assert.StartsWith(id + ": `", message);
                Assert.True(message.Length <= BashMessage.MaxLength, message);
            }
        }
    }
}
