using Septim.Hooks.Claude;
using Septim.Hooks.Setup;
using Septim.Hooks.Setup.Trials;

namespace Septim.Hooks.Commands;

/// <summary><c>septim selftest</c>: feeds good, dangerous and broken input to the hooks that are really wired.</summary>
internal static class SelfTestCommand
{
    public static readonly Command Command = new("selftest",
        """
        selftest [--directory DIR] [--run-foreign] [--format text|json]

          --directory DIR  the project whose settings count beside yours; default: here
          --run-foreign    also try hooks that are not ours. They are programs of others: look at the list first
          --format F       text (default) or json

        Starts every wired gate as the client would, in a home that exists only for the trial, and says what the client makes of each
        answer. No dangerous command is run; the gates are only told about one. Exit 1: a gate fails open, is in the way, or is missing.
        """,
        "tries the wired hooks with good, dangerous and broken input", Run);

    private static int Run(ReadOnlySpan<string> args, CommandIo io)
    {
        var options = Options.Parse("selftest", args, ["run-foreign"], ["directory", "format"]);
        options.ThrowIfRest("selftest");
        var asJson = options.Choice("format", "text", "text", "json") == "json";
        var places = InstallCommand.Places(options, io);
        var gates = TrialRun.Gates(WiredHook.Find(places));
        var foreign = gates.FindAll(hook => !hook.IsOurs && !options.Has("run-foreign"));
        var tried = gates.FindAll(hook => hook.IsOurs || options.Has("run-foreign"));

        var problems = Problems(places, gates);
        var results = new List<TrialResult>();
        foreach (var hook in tried)
        {
            if (io.ErrIsTerminal) io.Err.WriteLine($"trying {hook.Event}: {hook.CommandLine}");
            results.AddRange(TrialRun.Of(hook, places.ProjectDirectory, io.Variable, io.Time.GetUtcNow()));
        }
        if (asJson) WriteJson(results, foreign, problems, io.Out);
        else WriteText(results, foreign, problems, io.Out);
        return problems.Count == 0 && results.TrueForAll(result => result.IsGood) ? 0 : 1;
    }

    private static List<string> Problems(SettingsPlaces places, List<WiredHook> gates)
    {
        var problems = new List<string>();
        if (SettingsReading.Disabler(places) is { } disabler) problems.Add($"{disabler.Path} says disableAllHooks, so {(disabler.Scope == SettingsScope.Managed ? "no hook runs" : "only managed hooks run")}; take it out");
        foreach (var file in SettingsPlaces.FromHighest.Select(scope => SettingsReading.Of(places.PathOf(scope), scope)).Concat(PluginHooks.Find(places).Select(plugin => plugin.File)))
        {
            if (file?.Problem is { } problem) problems.Add($"the client drops a file and every hook in it: {problem}");
            foreach (var trap in file?.Traps ?? [])
                if (trap.DropsFile) problems.Add($"{file!.Path}: {trap}");
        }
        foreach (var name in (string[])[HookEvent.PreToolUse, HookEvent.UserPromptSubmit, HookEvent.PostToolBatch])
            if (!gates.Exists(hook => hook.Event == name && hook.IsOurs)) problems.Add($"no gate of ours is wired at {name}; run `septim install`");
        return problems;
    }

    private static void WriteText(List<TrialResult> results, List<WiredHook> foreign, List<string> problems, TextWriter output)
    {
        foreach (var group in results.GroupBy(result => result.Hook))
        {
            output.WriteLine($"{group.Key.Event} ({group.Key.Scope.ToString().ToLowerInvariant()}, {group.Key.File}:{group.Key.Line}): {group.Key.CommandLine}");
            foreach (var result in group)
            {
                var verdict = result.IsGood ? "ok" : result.FailsOpen ? "FAILS OPEN" : "IN THE WAY";
                output.WriteLine($"  {verdict,-11} {result.Trial.Id,-48} {result.Word,-22} {result.Answer.Elapsed.TotalMilliseconds,6:F0} ms");
                if (!result.IsGood && FirstLine(result.Answer.Error) is { Length: > 0 } line) output.WriteLine($"              {line}");
            }
        }
        foreach (var hook in foreign) output.WriteLine($"{hook.Event} ({hook.File}:{hook.Line}): {hook.CommandLine}\n  not tried, because it is not ours; --run-foreign starts it");
        foreach (var problem in problems) output.WriteLine($"problem: {problem}");
        var bad = results.Count(result => !result.IsGood);
        output.WriteLine($"{Plural.Of(results.Count, "trial")} of {Plural.Of(results.Select(result => result.Hook).Distinct().Count(), "gate")}, {bad} bad, {Plural.Of(problems.Count, "problem")}");
    }

    private static void WriteJson(List<TrialResult> results, List<WiredHook> foreign, List<string> problems, TextWriter output) => output.WriteLine(Json.Write(json =>
    {
        json.WriteBoolean("protected", problems.Count == 0 && results.TrueForAll(result => result.IsGood));
        json.WriteStartArray("problems");
        foreach (var problem in problems) json.WriteStringValue(problem);
        json.WriteEndArray();
        json.WriteStartArray("trials");
        foreach (var result in results)
        {
            json.WriteStartObject();
            WriteHook(json, result.Hook);
            json.WriteString("trial", result.Trial.Id);
            json.WriteBoolean("must_block", result.Trial.MustBlock);
            json.WriteString("outcome", result.Word);
            json.WriteBoolean("ok", result.IsGood);
            json.WriteBoolean("fails_open", result.FailsOpen);
            json.WriteNumber("exit_code", result.Answer.ExitCode);
            json.WriteNumber("ms", Math.Round(result.Answer.Elapsed.TotalMilliseconds));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("not_tried");
        foreach (var hook in foreign)
        {
            json.WriteStartObject();
            WriteHook(json, hook);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }));

    private static void WriteHook(System.Text.Json.Utf8JsonWriter json, WiredHook hook)
    {
        json.WriteString("event", hook.Event);
        json.WriteString("scope", hook.Scope.ToString().ToLowerInvariant());
        json.WriteString("file", hook.File);
        json.WriteNumber("line", hook.Line);
        json.WriteString("command", hook.CommandLine);
        json.WriteBoolean("ours", hook.IsOurs);
    }

    private static string FirstLine(string text) => text.AsSpan().Trim() is var trimmed && trimmed.IndexOf('\n') is >= 0 and var end ? trimmed[..end].ToString() : trimmed.ToString();
}
