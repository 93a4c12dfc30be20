using System.Text;
using Septim.Hooks.Gates.BashRules;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Gates;

/// <summary>The reference of the rules in docs/bash-gate.md is written by the rules. <c>SEPTIM_UPDATE=1</c> rewrites it.</summary>
public sealed class BashReferenceTests
{
    private const string Start = "<!-- rules: written by BashReferenceTests -->\n";

    [Fact]
    public void The_reference_says_what_the_rules_say()
    {
        var path = Path.Combine(Repository.Root, "docs", "bash-gate.md");
        var text = File.ReadAllText(path);
        var start = text.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var expected = text[..start] + Reference();
        if (expected != text && Environment.GetEnvironmentVariable("SEPTIM_UPDATE") == "1") File.WriteAllText(path, expected);
        else Assert.Equal(expected, text);
    }

    private static string Reference()
    {
        var page = new StringBuilder();
        foreach (var rule in BashRuleList.All)
        {
            page.Append("\n### ").Append(rule.Id).Append("\n\n");
            page.Append(rule.Severity).Append(": ").Append(rule.Reason).Append(".\n\n");
            Examples(page, "Refused", rule.Denies);
            Examples(page, "Asked", rule.Asks);
            Examples(page, "Passes", rule.Passes);
            page.Append("Instead: ").Append((rule.Advice, rule.Alternative) switch
            {
                (null, null) => "a person does this by hand.",
                ({ } advice, null) => advice + ".",
                (null, { } alternative) => Code(alternative),
                ({ } advice, { } alternative) => $"{advice}: {Code(alternative)}",
            }).Append('\n');
        }
        return page.ToString();
    }

    private static void Examples(StringBuilder page, string title, string[] examples)
    {
        if (examples.Length == 0) return;
        page.Append(title).Append(": ").AppendJoin(" · ", examples.Select(Code)).Append("\n\n");
    }

    private static string Code(string command)
    {
        var line = command.Length > 160 ? command[..159] + "…" : command;
        line = line.ReplaceLineEndings("⏎");
        return line.Contains('`') ? $"`` {line} ``" : $"`{line}`";
    }
}
