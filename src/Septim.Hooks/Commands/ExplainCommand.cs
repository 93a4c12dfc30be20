using System.Text;
using System.Text.Json;
using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Gates;
using Septim.Hooks.Gates.BashRules;
using Septim.Hooks.Shell;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Commands;

/// <summary><c>septim explain</c>: what a command would run, which rule objects to which piece, and what to do instead.</summary>
internal static class ExplainCommand
{
    public static readonly Command Command = new("explain",
        """
        explain [--directory DIR] [--format text|json] [--powershell] COMMAND
               septim explain --rules [--format text|json]

          --directory DIR  where it would run; default: here
          --format F       text (default) or json
          --powershell     COMMAND is for the PowerShell tool
          --rules          lists every rule with its examples

        Shows every program that the command would run, as the gate reads it, and what the rules say. Nothing is run. Exit 1 says that
        it would be asked or denied.
        """,
        "shows why a command would be refused, and what to do instead", Run);

    private static int Run(ReadOnlySpan<string> args, CommandIo io)
    {
        var options = Options.Parse("explain", args, ["rules", "powershell"], ["directory", "format"]);
        var isJson = options.Choice("format", "text", "text", "json") == "json";
        if (options.Has("rules"))
        {
            options.ThrowIfRest("explain");
            if (isJson) io.Out.WriteLine(Json.Write(RulesJson));
            else RulesText(io.Out);
            return 0;
        }
        if (string.Join("", options.Rest).AsSpan().Trim().IsEmpty) throw new HookFault("give the command as one quoted word: septim explain 'rm -rf build'");
        var command = options.Rest.Count == 1 ? options.Rest[0] : string.Join(' ', options.Rest);
        var client = ClientEnvironment.Read(io.Variable);
        var directory = options.Folder(io);
        var setting = BashSetting.Of(client, SeptimPaths.Read(client, io.Variable), directory, FileSystem.Real);
        var policy = BashGate.PolicyOf(ConfigCommand.Load(options["directory"], io));
        var today = DateOnly.FromDateTime(io.Time.GetUtcNow().UtcDateTime);
        var reading = BashGate.Read(options.Has("powershell") ? "PowerShell" : "Bash", command, setting);
        var findings = BashJudge.Judge(reading, setting, policy, today);
        var strictest = BashJudge.Strictest(findings);
        if (isJson) io.Out.WriteLine(Json.Write(json => WriteJson(json, command, reading, findings, strictest, policy)));
        else WriteText(io, command, reading, findings, strictest, policy);
        return strictest is null ? 0 : 1;
    }

    private static void WriteText(CommandIo io, string command, ShellReading reading, List<JudgedFinding> findings, JudgedFinding? strictest, BashPolicy policy)
    {
        foreach (var invocation in reading.Invocations)
        {
            io.Out.WriteLine($"{new string(' ', 2 * invocation.Via.Length)}{Line(invocation)}");
            foreach (var finding in findings)
            {
                if (!ReferenceEquals(finding.Invocation, invocation)) continue;
                var mark = finding.Verdict == VerdictKind.Pass ? finding.Allowed is { } entry ? $"allowed until {entry.Expires:yyyy-MM-dd}: {entry.Reason}" : "noted" : Word(finding.Verdict);
                io.Out.WriteLine($"{new string(' ', 2 * invocation.Via.Length)}  {Paint(io, finding.Verdict)}└ {finding.Rule.Id} ({Word(finding.Severity)}, {mark}): {finding.Why}{Reset(io)}");
            }
        }
        foreach (var finding in findings)
        {
            if (finding.Invocation is null) io.Out.WriteLine($"{Paint(io, finding.Verdict)}└ {finding.Rule.Id} ({Word(finding.Severity)}, {Word(finding.Verdict)}): {finding.Why}{Reset(io)}");
        }
        if (reading.Gap is { } gap) io.Out.WriteLine($"syntax: {gap.Message} at {gap.Offset}");
        io.Out.WriteLine();
        if (strictest is null) io.Out.WriteLine("pass");
        else
        {
            io.Out.WriteLine($"{Paint(io, strictest.Verdict)}{Word(strictest.Verdict)}{Reset(io)}{(policy.Observe ? " (observe: let through)" : "")}: {strictest.Rule.Id}: {BashMessage.Of(strictest, command)}");
        }
    }

    private static string Line(Invocation invocation)
    {
        var line = new StringBuilder();
        foreach (var assignment in invocation.Assignments) line.Append(assignment.Name).Append(assignment.Append ? "+=" : "=").Append(assignment.Value.Shown).Append(' ');
        line.Append(invocation);
        foreach (var redirect in invocation.Redirects)
        {
            if (!redirect.IsHereDocument) line.Append(' ').Append(redirect.Operator).Append(' ').Append(redirect.Target.Shown);
        }
        if (invocation.IsRemote) line.Append("   [on another machine]");
        else if (invocation.Directory is null) line.Append("   [directory unknown]");
        if (invocation.IsGuess) line.Append("   [perhaps]");
        var text = SecretMask.Of(line.ToString().ReplaceLineEndings(" ").Trim());
        return text.Length > 200 ? text[..199] + "…" : text;
    }

    private static void WriteJson(Utf8JsonWriter json, string command, ShellReading reading, List<JudgedFinding> findings, JudgedFinding? strictest, BashPolicy policy)
    {
        json.WriteString("command", SecretMask.Of(command));
        json.WriteString("verdict", strictest is null ? "pass" : Word(strictest.Verdict));
        json.WriteBoolean("observe", policy.Observe);
        json.WriteString("rule", strictest?.Rule.Id);
        json.WriteString("message", strictest is null ? null : BashMessage.Of(strictest, command));
        json.WriteStartArray("invocations");
        foreach (var invocation in reading.Invocations)
        {
            json.WriteStartObject();
            json.WriteString("program", invocation.Name);
            json.WriteString("text", Line(invocation));
            json.WriteString("directory", invocation.Directory);
            json.WriteNumber("depth", invocation.Via.Length);
            json.WriteBoolean("remote", invocation.IsRemote);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("rule", finding.Rule.Id);
            json.WriteString("severity", Word(finding.Severity));
            json.WriteString("verdict", Word(finding.Verdict));
            json.WriteString("segment", BashMessage.Segment(finding, command));
            json.WriteString("why", finding.Why);
            json.WriteString("alternative", finding.Alternative);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void RulesText(TextWriter output)
    {
        foreach (var rule in BashRuleList.All)
        {
            output.WriteLine($"{rule.Id} ({Word(rule.Severity)}): {rule.Reason}");
            output.WriteLine($"  refuses  {string.Join("   ", rule.Denies.Take(3)).ReplaceLineEndings(" ")}");
            output.WriteLine($"  passes   {string.Join("   ", rule.Passes.Take(3)).ReplaceLineEndings(" ")}");
            output.WriteLine($"  instead  {rule.Alternative ?? rule.Advice ?? "a person does this by hand"}");
        }
    }

    private static void RulesJson(Utf8JsonWriter json)
    {
        json.WriteStartArray("rules");
        foreach (var rule in BashRuleList.All)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("severity", Word(rule.Severity));
            json.WriteString("reason", rule.Reason);
            json.WriteString("alternative", rule.Alternative);
            Examples(json, "denies", rule.Denies);
            Examples(json, "asks", rule.Asks);
            Examples(json, "passes", rule.Passes);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Examples(Utf8JsonWriter json, string name, string[] examples)
    {
        json.WriteStartArray(name);
        foreach (var example in examples) json.WriteStringValue(example);
        json.WriteEndArray();
    }

    private static string Word(VerdictKind kind) => kind switch { VerdictKind.Pass => "pass", VerdictKind.Ask => "ask", _ => "deny" };

    private static string Word(BashSeverity severity) => severity switch
    {
        BashSeverity.Low => "low",
        BashSeverity.Medium => "medium",
        BashSeverity.High => "high",
        _ => "critical",
    };

    private static string Paint(CommandIo io, VerdictKind kind) => !io.Colour || kind == VerdictKind.Pass ? "" : kind == VerdictKind.Ask ? "\u001b[33m" : "\u001b[31m";

    private static string Reset(CommandIo io) => io.Colour ? "\u001b[0m" : "";
}
