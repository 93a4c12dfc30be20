using System.Globalization;
using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Gates;
using Septim.Hooks.Gates.BashRules;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Commands;

/// <summary><c>septim replay</c>: what today's bash-gate would have refused of what was really run, rule by rule.</summary>
internal static class ReplayCommand
{
    private const int Examples = 5;

    public static readonly Command Command = new("replay",
        """
        replay [--format text|json] [--all] [PATH...]

          PATH        transcripts, or directories of them; default: all of this user
          --format F  text (default) or json
          --all       every command that would be refused, not five of each rule

        Brings the Bash and PowerShell calls of recorded transcripts before today's policy. Nothing is run. Exit 1 says that something would
        have been asked or denied.
        """,
        "shows what of the recorded commands today's policy would refuse", Run);

    private sealed record Refusal(VerdictKind Verdict, string Command, string File);

    private static int Run(ReadOnlySpan<string> args, CommandIo io)
    {
        var options = Options.Parse("replay", args, ["all"], ["format"]);
        var isJson = options.Choice("format", "text", "text", "json") == "json";
        var client = ClientEnvironment.Read(io.Variable);
        var files = RecordedCommands.Find(options.Rest.Count == 0
            ? Directory.Exists(client.ProjectsDirectory) ? [client.ProjectsDirectory] : []
            : options.Rest.Select(path => Path.GetFullPath(path, io.WorkingDirectory)));
        var policy = BashGate.PolicyOf(ConfigCommand.Load(null, io));
        var today = DateOnly.FromDateTime(io.Time.GetUtcNow().UtcDateTime);
        var paths = SeptimPaths.Read(client, io.Variable);
        var settings = new Dictionary<string, RuleSetting>(StringComparer.Ordinal);
        var refusals = new SortedDictionary<string, List<Refusal>>(StringComparer.Ordinal);
        var calls = 0;
        var progress = new Progress(io);
        RecordedCommands.Read(files, progress, (tool, command, directory, file) =>
        {
            calls++;
            // Why: the project of then is the repository around the directory of then, not the one around us.
            if (!settings.TryGetValue(directory, out var setting))
                settings[directory] = setting = BashSetting.Of(client with { ProjectDirectory = null }, paths, directory, FileSystem.Real);
            if (BashJudge.Strictest(BashJudge.Judge(BashGate.Read(tool, command, setting), setting, policy, today)) is not { } finding) return;
            if (!refusals.TryGetValue(finding.Rule.Id, out var list)) refusals[finding.Rule.Id] = list = [];
            list.Add(new Refusal(finding.Verdict, BashMessage.Segment(finding, command), file));
        });
        progress.Clear();
        if (isJson) WriteJson(io.Out, files.Count, calls, refusals);
        else WriteText(io.Out, files.Count, calls, refusals, options.Has("all"));
        return refusals.Count == 0 ? 0 : 1;
    }

    private static void WriteText(TextWriter output, int files, int calls, SortedDictionary<string, List<Refusal>> refusals, bool all)
    {
        var refused = refusals.Values.Sum(list => list.Count);
        var share = calls == 0 ? 0 : 100.0 * refused / calls;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{calls} commands in {files} transcripts; {refused} ({share:0.0} %) would be asked or denied"));
        foreach (var (rule, list) in refusals.OrderByDescending(pair => pair.Value.Count))
        {
            var denied = list.Count(refusal => refusal.Verdict == VerdictKind.Deny);
            output.WriteLine($"\n{rule}: {list.Count} ({denied} denied, {list.Count - denied} asked)");
            foreach (var group in list.GroupBy(refusal => refusal.Command).OrderByDescending(group => group.Count()).Take(all ? int.MaxValue : Examples))
                output.WriteLine($"  {group.Count(),4} × {group.Key}");
        }
    }

    private static void WriteJson(TextWriter output, int files, int calls, SortedDictionary<string, List<Refusal>> refusals) => output.WriteLine(Json.Write(json =>
    {
        json.WriteNumber("transcripts", files);
        json.WriteNumber("commands", calls);
        json.WriteStartArray("refused");
        foreach (var (rule, list) in refusals)
        {
            foreach (var refusal in list)
            {
                json.WriteStartObject();
                json.WriteString("rule", rule);
                json.WriteString("verdict", refusal.Verdict == VerdictKind.Deny ? "deny" : "ask");
                json.WriteString("segment", refusal.Command);
                json.WriteString("transcript", refusal.File);
                json.WriteEndObject();
            }
        }
        json.WriteEndArray();
    }));
}
