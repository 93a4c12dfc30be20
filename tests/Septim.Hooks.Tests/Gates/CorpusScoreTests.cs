using System.Globalization;
using System.Text;
using System.Text.Json;
using Septim.Hooks.Gates;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Gates;

/// <summary>
/// The development half of the public corpora, when it lies beside the repository. A figure that falls below the committed
/// one fails; what differs is written to bash-differences.txt beside the built tests. Raw figures count every row; shared ones leave
/// out the rows of differences.txt, whose label is not our policy.
/// </summary>
public sealed class CorpusScoreTests
{
    private static readonly string s_corpus = Path.Combine(Repository.Root, "..", "shared", "corpus", "bash");

    private sealed record Score(int Blocks, int Caught, int Stopped, int Allows, int FalseStops, int FalseAsks, int SharedBlocks, int SharedAllows, int SharedFalse)
    {
        /// <summary>Of the rows that share our policy: every marked row is a difference, so all that is stopped is shared.</summary>
        public double SharedStopped => SharedBlocks == 0 ? 1 : (double)Stopped / SharedBlocks;

        public double SharedHarmlessStopped => SharedAllows == 0 ? 0 : (double)SharedFalse / SharedAllows;
    }

    [Fact]
    public void No_corpus_figure_falls()
    {
        if (!Directory.Exists(s_corpus)) Assert.Skip("the shared corpora are not here");
        var committed = ReadCommitted();
        var differences = new StringBuilder();
        var report = new StringBuilder();
        var falls = new List<string>();
        var marks = ReadMarks();
        foreach (var file in Directory.GetFiles(s_corpus, "*.jsonl").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var score = Run(file, differences, marks);
            report.AppendLine(CultureInfo.InvariantCulture, $"{name} {score.Blocks} {score.Caught} {score.Stopped} {score.Allows} {score.FalseStops} {score.FalseAsks} {score.SharedBlocks} {score.SharedAllows} {score.SharedFalse}");
            if (score.SharedStopped < 0.92) falls.Add($"{name}: {score.SharedStopped:P1} of the dangerous commands that share our policy are stopped");
            if (score.SharedHarmlessStopped > 0.02) falls.Add($"{name}: {score.SharedHarmlessStopped:P1} of the harmless commands that share our policy are stopped");
            if (name == "dippy" && score.FalseStops + score.FalseAsks > score.Allows * 0.003) falls.Add($"{name}: {score.FalseStops + score.FalseAsks} approved commands are stopped");
            if (!committed.TryGetValue(name, out var before)) falls.Add($"{name} has no committed score: {score}");
            else if (score.Caught < before.Caught || score.Stopped < before.Stopped || score.FalseStops > before.FalseStops || score.FalseStops + score.FalseAsks > before.FalseStops + before.FalseAsks)
                falls.Add($"{name}: was {before}, is {score}");
        }
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "bash-differences.txt"), differences.ToString());
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "bash-scores.txt"), report.ToString());
        falls.AddRange(marks.Select(mark => $"differences.txt: the row agrees with us, or is not there: {mark.Corpus} {mark.Command}"));
        Assert.True(falls.Count == 0, "\n" + string.Join("\n", falls));
    }

    [Fact]
    public void Every_difference_has_its_reason_in_the_documentation()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "bash-gate.md"));
        var reasons = File.ReadLines(Repository.Corpus("bash", "differences.txt"))
            .Where(line => !line.StartsWith("# ", StringComparison.Ordinal))
            .CountBy(line => line.Split('\t')[1]);
        Assert.All(reasons, reason => Assert.Contains($"| `{reason.Key}` ({reason.Value}) |", page, StringComparison.Ordinal));
    }

    private static Score Run(string file, StringBuilder differences, HashSet<(string Corpus, string Command)> marks)
    {
        int blocks = 0, caught = 0, stopped = 0, allows = 0, falseStops = 0, falseAsks = 0, sharedBlocks = 0, sharedAllows = 0, sharedFalse = 0;
        foreach (var line in File.ReadLines(file))
        {
            if (line.Length == 0) continue;
            using var row = JsonDocument.Parse(line);
            var command = row.RootElement.GetProperty("command").GetString()!;
            var isBlock = row.RootElement.GetProperty("expected").GetString() == "block";
            var directory = row.RootElement.TryGetProperty("cwd", out var cwd) ? cwd.GetString() : null;
            var verdict = BashCases.Judge(command, null, directory);
            var differs = isBlock != (verdict != VerdictKind.Pass);
            var isShared = !differs || !marks.Remove((Path.GetFileNameWithoutExtension(file), command.ReplaceLineEndings("⏎")));
            if (isShared && isBlock) sharedBlocks++;
            if (isShared && !isBlock) sharedAllows++;
            if (isShared && !isBlock && differs) sharedFalse++;
            if (isBlock)
            {
                blocks++;
                if (verdict == VerdictKind.Deny) caught++;
                if (verdict != VerdictKind.Pass) stopped++;
            }
            else
            {
                allows++;
                if (verdict == VerdictKind.Deny) falseStops++;
                if (verdict == VerdictKind.Ask) falseAsks++;
            }
            if (differs)
            {
                var why = BashCases.Strictest(command, null, directory) is { } finding ? $"{finding.Verdict} {finding.Rule.Id}" : "-";
                var source = row.RootElement.GetProperty("source").GetString()!;
                differences.AppendLine(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(file)}\t{(isBlock ? "MISS" : "FALSE")}{(isShared ? "" : " (not our policy)")}\t{why}\t{source[(source.LastIndexOf('/') + 1)..]}\t{command.ReplaceLineEndings("⏎")}");
            }
        }
        return new Score(blocks, caught, stopped, allows, falseStops, falseAsks, sharedBlocks, sharedAllows, sharedFalse);
    }

    private static Dictionary<string, Score> ReadCommitted()
    {
        var scores = new Dictionary<string, Score>();
        foreach (var line in File.ReadLines(Repository.Corpus("bash", "scores.txt")))
        {
            var parts = line.Split(' ');
            if (line.StartsWith('#') || parts.Length < 10) continue;
            var n = Array.ConvertAll(parts[1..10], part => int.Parse(part, CultureInfo.InvariantCulture));
            scores[parts[0]] = new Score(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8]);
        }
        return scores;
    }

    private static HashSet<(string Corpus, string Command)> ReadMarks()
    {
        var marks = new HashSet<(string, string)>();
        foreach (var line in File.ReadLines(Repository.Corpus("bash", "differences.txt")))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal)) continue;
            var parts = line.Split('\t', 3);
            Assert.True(parts.Length == 3 && marks.Add((parts[0], parts[2])), "differences.txt: " + line);
        }
        return marks;
    }
}
