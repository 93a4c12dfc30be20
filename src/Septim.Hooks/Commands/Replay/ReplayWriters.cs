using System.Globalization;
using Septim.Hooks.Gates;

namespace Septim.Hooks.Commands.Replay;

/// <summary>What a replay found, as text, JSON and CSV.</summary>
internal static class ReplayWriters
{
    private const int Examples = 5;

    private static readonly string[] s_columns =
        ["time", "session", "agent", "call", "of_calls", "gate", "rule", "verdict", "ceiling", "used", "limit", "shown", "reason", "transcript"];

    public static void Text(ReplayRun run, TextWriter output, bool all)
    {
        var refusals = run.Findings.Count(finding => finding.Refuses);
        var share = run.Calls == 0 ? 0 : 100.0 * refusals / run.Calls;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Plural.Of(run.Calls, "call")} in {Plural.Of(run.Files.Count, "transcript")}; {Plural.Of(refusals, "refusal")} ({share:0.0} %) by today's policy"));
        foreach (var group in run.Findings.GroupBy(finding => (finding.Gate, finding.Rule)).OrderByDescending(group => group.Count(finding => finding.Refuses)))
        {
            output.WriteLine($"\n{(group.Key.Gate == group.Key.Rule ? group.Key.Gate : $"{group.Key.Gate}, {group.Key.Rule}")}: {Counts(group)}");
            if (group.Key.Gate == "cost-gate") Sessions(group, output, all);
            else Calls(group, output, all);
        }
    }

    private static void Calls(IEnumerable<ReplayFinding> findings, TextWriter output, bool all)
    {
        var groups = findings.GroupBy(finding => finding.Verdict == "fault" ? $"could not judge: {finding.Reason}" : finding.Shown).OrderByDescending(group => group.Count());
        foreach (var group in groups.Take(all ? int.MaxValue : Examples)) output.WriteLine($"  {group.Count(),4} × {group.Key}");
    }

    /// <summary>A ceiling is of interest by the session: where in it the end would have come, and at what spend.</summary>
    private static void Sessions(IEnumerable<ReplayFinding> findings, TextWriter output, bool all)
    {
        var stops = findings.Where(finding => finding.Refuses).GroupBy(finding => (finding.Step.File.Session, finding.Step.File.AgentId, finding.Ceiling?.Name)).ToList();
        foreach (var group in stops.Take(all ? int.MaxValue : Examples))
        {
            var first = group.First();
            output.WriteLine($"  session {first.Step.File.Session.Id}{(first.Step.File.AgentId is { } agent ? $", agent {agent}" : "")}: at call {first.Call} of {first.Step.File.Session.Calls}, {Time(first)}: {first.Reason}");
        }
        if (!all && stops.Count > Examples) output.WriteLine($"  and {stops.Count - Examples} more; --all shows them");
    }

    private static string Counts(IEnumerable<ReplayFinding> findings) => string.Join(", ", findings.GroupBy(finding => finding.Verdict)
        .OrderByDescending(group => group.Count())
        .Select(group => $"{group.Count()} {group.Key switch { "warn" => "warned", "ask" => "asked", "deny" => "denied", "stop" => "stopped", _ => "not to be judged" }}"));

    public static void Json(ReplayRun run, TextWriter output) => output.WriteLine(Commands.Json.Write(json =>
    {
        json.WriteNumber("transcripts", run.Files.Count);
        json.WriteNumber("calls", run.Calls);
        json.WriteNumber("refusals", run.Findings.Count(finding => finding.Refuses));
        json.WriteStartArray("findings");
        foreach (var finding in run.Findings)
        {
            json.WriteStartObject();
            json.WriteString("time", Time(finding));
            json.WriteString("session", finding.Step.File.Session.Id);
            json.WriteString("agent", finding.Step.File.AgentId);
            json.WriteNumber("call", finding.Call);
            json.WriteNumber("of_calls", finding.Step.File.Session.Calls);
            json.WriteString("gate", finding.Gate);
            json.WriteString("rule", finding.Rule);
            json.WriteString("verdict", finding.Verdict);
            if (finding.Ceiling is { } ceiling)
            {
                json.WriteStartObject("ceiling");
                json.WriteString("name", ceiling.Name);
                json.WriteString("used", CeilingText.Amount(ceiling, ceiling.Used));
                json.WriteString("limit", CeilingText.Amount(ceiling, ceiling.Limit));
                json.WriteEndObject();
            }
            json.WriteString("shown", finding.Shown);
            json.WriteString("reason", finding.Reason);
            json.WriteString("transcript", finding.Step.File.Path);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }));

    public static void Csv(ReplayRun run, TextWriter output)
    {
        output.WriteLine(string.Join(',', s_columns));
        foreach (var finding in run.Findings)
        {
            var ceiling = finding.Ceiling;
            string[] cells =
            [
                Time(finding), finding.Step.File.Session.Id, finding.Step.File.AgentId ?? "", Number(finding.Call), Number(finding.Step.File.Session.Calls),
                finding.Gate, finding.Rule, finding.Verdict, ceiling?.Name ?? "", ceiling is { } c ? CeilingText.Amount(c, c.Used) : "",
                ceiling is { } l ? CeilingText.Amount(l, l.Limit) : "", finding.Shown, finding.Reason, finding.Step.File.Path,
            ];
            output.WriteLine(string.Join(',', cells.Select(Quoted)));
        }
    }

    private static string Time(ReplayFinding finding) =>
        DateTimeOffset.FromUnixTimeMilliseconds(finding.Step.TimeMs).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
