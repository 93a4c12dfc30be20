using System.Globalization;
using System.Text;

namespace Septim.Hooks.Benchmarks;

/// <summary>The page that a run writes. Every figure in it comes from this run.</summary>
internal sealed class Report
{
    private readonly StringBuilder _text = new();
    private readonly List<(string What, string Measured, string AtMost, bool Holds)> _targets = [];

    public void Target(string what, double measured, double atMost, string unit) =>
        _targets.Add((what, Figure(measured) + unit, Figure(atMost) + unit, measured <= atMost));

    public bool AllHold => _targets.TrueForAll(target => target.Holds);

    public void Section(string title, string text)
    {
        _text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n{text}\n\n");
    }

    public void Table(string header, IEnumerable<string> rows)
    {
        var columns = header.Split('|').Length;
        _text.Append(CultureInfo.InvariantCulture, $"| {header} |\n|{string.Concat(Enumerable.Repeat(" --- |", columns))}\n");
        foreach (var row in rows) _text.Append(CultureInfo.InvariantCulture, $"| {row} |\n");
    }

    /// <summary>A name of any characters as a table takes it.</summary>
    public static string Plain(string name) =>
        string.Concat(name.Select(c => c == '|' ? "\\|" : char.IsControl(c) || char.IsSurrogate(c) ? $"\\u{(int)c:x4}" : c.ToString()));

    /// <summary>A row of a timing table: name, median wall, ratio, CPU, peak.</summary>
    public static string Row(Subject subject, Subject unit) =>
        $"{subject.Name} | {Figure(subject.WallMs)} | {Figure(subject.FastestMs)} | {Figure(subject.WallMs / unit.WallMs)} | {Figure(subject.CpuMs)} | {Figure(subject.PeakMb)}";

    public const string RowHeader = "program | median ms | fastest ms | × C true | CPU ms | peak MB";

    public string ToMarkdown(string version, string revision, int rounds)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"""
            # Benchmarks on {MachineInfo.Processor}

            Written by `tests/Septim.Hooks.Benchmarks` on {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC; no figure is typed. How to run it: [README](README.md).

            - septim {version}, revision {revision}
            - {MachineInfo.Processor}, {Environment.ProcessorCount} processors, {MachineInfo.Memory}
            - {MachineInfo.Kernel}, load over the last minute {MachineInfo.Load}
            - whole processes from spawn to wait, files in the page cache, {rounds} interleaved rounds, medians

            ## Targets


            """);
        var table = new Report();
        table.Table("what | measured | at most | holds", _targets.Select(target => $"{target.What} | {target.Measured} | {target.AtMost} | {(target.Holds ? "yes" : "**no**")}"));
        return head.Append(table._text).Append(_text).ToString().ReplaceLineEndings("\n");
    }

    public static string Figure(double value) => value.ToString(value >= 100 ? "F0" : value >= 10 ? "F1" : "F2", CultureInfo.InvariantCulture);
}
