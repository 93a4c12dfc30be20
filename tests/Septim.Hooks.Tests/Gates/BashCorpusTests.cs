using Septim.Hooks.Config;
using Septim.Hooks.Gates;
using Septim.Hooks.Gates.BashRules;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Gates;

/// <summary>Our own cases, readable aloud: tests/corpus/bash/*.txt.</summary>
public sealed class BashCorpusTests
{
    [Theory, InlineData("dangerous"), InlineData("bypass"), InlineData("edge"), InlineData("harmless")]
    public void Every_case_gets_its_verdict(string file)
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(Repository.Corpus("bash", file + ".txt")))
        {
            if (line.Length == 0 || line.StartsWith("# ", StringComparison.Ordinal)) continue;
            count++;
            var (expected, rule, command) = Read(file, line);
            var finding = BashCases.Strictest(command);
            var verdict = finding?.Verdict ?? VerdictKind.Pass;
            if (verdict != expected || (rule.Length > 0 && finding!.Rule.Id != rule)) wrong.Add($"{line}  →  {BashCases.Told(command)}");
        }
        Assert.True(count > 20);
        Assert.True(wrong.Count == 0, "\n" + string.Join("\n", wrong));
    }

    [Theory, InlineData("battery-dangerous", true, 400), InlineData("battery-harmless", false, 600)]
    public void The_battery_is_stopped_or_let_through(string file, bool isDangerous, int least)
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(Repository.Corpus("bash", file + ".txt")))
        {
            if (line.Length == 0 || line.StartsWith("# ", StringComparison.Ordinal)) continue;
            count++;
            var command = line.Replace("\\n", "\n", StringComparison.Ordinal);
            if (BashCases.Judge(command) == VerdictKind.Pass == isDangerous) wrong.Add($"{line}  →  {BashCases.Told(command)}");
        }
        Assert.True(count > least);
        Assert.True(wrong.Count == 0, "\n" + string.Join("\n", wrong));
    }

    [Theory, InlineData("powershell-dangerous", true, 800), InlineData("powershell-harmless", false, 500)]
    public void The_battery_for_PowerShell_is_stopped_or_let_through(string file, bool isDangerous, int least)
    {
        var wrong = new List<string>();
        var count = 0;
        var setting = BashCases.Setting();
        foreach (var line in File.ReadLines(Repository.Corpus("bash", file + ".txt")))
        {
            if (line.Length == 0 || line.StartsWith("# ", StringComparison.Ordinal)) continue;
            count++;
            var reading = BashGate.Read("PowerShell", line.Replace('¶', '\n'), setting);
            var finding = BashJudge.Strictest(BashJudge.Judge(reading, setting, BashPolicy.Standard, BashCases.Today));
            if (finding is null == isDangerous) wrong.Add($"{line}  →  {finding?.Rule.Id ?? "pass"}");
        }
        Assert.True(count > least);
        Assert.True(wrong.Count == 0, "\n" + string.Join("\n", wrong));
    }

    private static (VerdictKind Verdict, string Rule, string Command) Read(string file, string line)
    {
        var text = line.Replace("\\n", "\n", StringComparison.Ordinal);
        if (file == "harmless") return (VerdictKind.Pass, "", text);
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        var head = text[..colon].Split(' ');
        var verdict = head[0] switch { "pass" => VerdictKind.Pass, "ask" => VerdictKind.Ask, _ => VerdictKind.Deny };
        return (verdict, head.Length > 1 ? head[1] : "", text[(colon + 2)..]);
    }
}
