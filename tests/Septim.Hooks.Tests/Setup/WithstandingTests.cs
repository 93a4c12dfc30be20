using System.Text.RegularExpressions;
using Septim.Hooks.Setup;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Setup;

/// <summary>What doctor and SECURITY.md say about a wiring is what an end-to-end test shows, line by line.</summary>
public sealed partial class WithstandingTests
{
    private static readonly string[] s_wirings = ["project", "user", "command line", "managed"];

    public static TheoryData<string> Attempts => [.. Withstanding.All.Select(row => row.Attempt)];

    [Fact]
    public void Every_row_of_the_table_is_known_to_doctor_and_the_other_way_round()
    {
        var table = Table();
        Assert.Equal(Withstanding.All.Count, table.Count);
        foreach (var (row, cells) in Withstanding.All.Zip(table)) Assert.StartsWith(row.InTable, cells[0], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Attempts))]
    public void The_table_says_what_doctor_says(string attempt)
    {
        var row = Row(attempt);
        var cells = Assert.Single(Table(), cells => cells[0].StartsWith(row.InTable, StringComparison.Ordinal));
        Assert.Equal($"`{row.Test}`", cells[5]);
        foreach (var (outcome, cell) in Outcomes(row).Zip(cells[1..5]))
            if (outcome is { } holds) Assert.Equal(holds, !cell.StartsWith("**off**", StringComparison.Ordinal) && cell.Length > 0);
    }

    [Theory]
    [MemberData(nameof(Attempts))]
    public void An_end_to_end_test_shows_it_for_every_wiring_that_is_named(string attempt)
    {
        var row = Row(attempt);
        var (type, method) = (row.Test.Split('.')[0], row.Test.Split('.')[1]);
        var source = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Septim.Hooks.EndToEnd", type + ".cs"));
        var head = Regex.Match(source, $@"(?<attributes>(?:^    \[.*\]\r?\n)+)    public async Task {method}\(", RegexOptions.Multiline);
        Assert.True(head.Success, $"there is no test {row.Test}");
        var attributes = head.Groups["attributes"].Value;
        Assert.Matches(@"\[(Fact|Theory)\]", attributes);
        if (row.Cases.Length == 0) return;
        var shown = InlineData().Matches(attributes).Select(match => (Wiring: match.Groups[1].Value, Case: match.Groups[2].Value, Holds: match.Groups[3].Value == "true")).ToList();
        foreach (var (wiring, outcome) in s_wirings.Zip(Outcomes(row)))
        {
            var own = shown.FindAll(data => data.Wiring == wiring && Array.Exists(row.Cases, name => data.Case == name || (name.EndsWith('=') && data.Case.StartsWith(name, StringComparison.Ordinal))));
            if (outcome is null) continue;
            Assert.NotEmpty(own);
            Assert.All(own, data => Assert.Equal(outcome, data.Holds));
        }
    }

    [Theory]
    [MemberData(nameof(Attempts))]
    public void Doctor_says_it_for_the_scopes_of_which_something_is_known(string attempt)
    {
        var row = Row(attempt);
        foreach (var scope in Enum.GetValues<SettingsScope>())
        {
            var lines = Withstanding.Lines(scope).ToList();
            Assert.Equal(row.Holds(scope) == true, lines[0].Contains(attempt, StringComparison.Ordinal));
            Assert.Equal(row.Holds(scope) == false, lines[1].Contains(attempt, StringComparison.Ordinal));
        }
    }

    private static Withstanding Row(string attempt) => Withstanding.All.Single(row => row.Attempt == attempt);

    private static bool?[] Outcomes(Withstanding row) => [row.Project, row.User, row.CommandLine, row.Managed];

    private static List<string[]> Table()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "SECURITY.md"));
        var section = text[text.IndexOf("## Which wiring withstands what", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n## ", 1, StringComparison.Ordinal)];
        return [.. section.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2)
            .Select(line => line.Trim('|', ' ', '\r').Split('|').Select(cell => cell.Trim()).ToArray())];
    }

    [GeneratedRegex(@"InlineData\(""([^""]*)"", ""+(.*?)""+, (true|false)\)")]
    private static partial Regex InlineData();
}
