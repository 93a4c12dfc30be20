using Septim.Hooks.Audit.Surroundings;
using Septim.Hooks.Claude;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>22: every hook that is meant to refuse still refuses when it breaks.</summary>
internal static class HooksFailClosed
{
    public static readonly AuditCheck Check = new(
        22, "hooks-fail-closed", Severity.Critical,
        "Every hook that is meant to refuse still refuses when it breaks.",
        "Exit 2 blocks. Exit 1, 127, a crash, a timeout, a missing file, text around the JSON: the tool runs. onFailure: block (2.1.295 and later) closes most of it.",
        "Judges each enforcing hook's wiring and script; ours are asked with good and broken payloads, foreign ones only with --run-hooks.",
        "Print the deny JSON on stdout and the reason on stderr, exit 2, and set \"onFailure\": \"block\"; septim selftest shows every hook that fails open.",
        Judge);

    /// <summary>Events of ours at which a refusal holds nothing back.</summary>
    private static readonly string[] Passing = ["Stop", "StopFailure", "SessionEnd", "Notification"];

    private static void Judge(AuditContext context, ItemResult item)
    {
        context.Settings.UsedBy(item);
        foreach (var plugin in context.Plugins) item.Use(plugin.Input);
        var enforcing = context.Hooks.Effective.Where(Enforcement.IsEnforcing).ToList();
        foreach (var hook in context.Hooks.Effective.Where(hook => hook.Type == "command" && !enforcing.Contains(hook) && hook.Target.Problem is not null))
            item.Warn("missing-script", $"the {hook.Event} hook cannot start: {hook.Target.Problem}", hook.Place, hook.Name, Severity.Medium, null, null, Said("command", Words.Quote(hook.CommandLine, 120)));
        if (enforcing.Count == 0)
        {
            item.Info("none", "no enforcing hook is wired; items 09 and 23 then fail");
            if (item.Unknown is null) item.NotApplicable = "no enforcing hook is wired (see items 09 and 23)";
            return;
        }
        foreach (var hook in enforcing.DistinctBy(hook => (hook.Event, hook.Matcher, hook.CommandLine, hook.Place))) Static(context, item, hook);
        foreach (var verb in enforcing.Where(hook => hook is { IsOurs: true, Event: "PreToolUse" }).DistinctBy(hook => hook.Target.Verb)) Own(context, item, verb);
        foreach (var hook in context.Hooks.Effective.Where(hook => hook.IsOurs && Passing.Contains(hook.Event)).DistinctBy(hook => (hook.Event, hook.Target.Verb))) Elsewhere(context, item, hook);
        Foreign(context, item, enforcing);
        item.Note = $"{Plural.Of(enforcing.Count, "enforcing hook")} hold{(enforcing.Count == 1 ? "s" : "")}";
    }

    private static void Static(AuditContext context, ItemResult item, DeclaredHook hook)
    {
        var command = Said("command", Words.Quote(hook.CommandLine, 120));
        if (hook.Target.Problem is { } problem) item.Fail("missing-script", $"the {hook.Event} hook cannot start: {problem}", hook.Place, hook.Name, null, null, null, command);
        if (hook.Target.NotExecutable) item.Fail("not-executable", $"the {hook.Event} hook's script lacks the executable bit", hook.Place, hook.Name, null, null, FixProposal.Guided($"chmod +x {context.Roots.Show(hook.Target.Script ?? "")}"), command);
        if (Enforcement.IsSwallowed(hook)) item.Fail("swallowed", $"the {hook.Event} hook's line throws its refusal away", hook.Place, hook.Name, null, null, null, command);
        if (hook.Async) item.Fail("async-gate", $"the {hook.Event} hook is async: it can refuse nothing", hook.Place, hook.Name, null, null, FixProposal.Guided("take async out"), command);
        if (hook.Timeout is > 60 or < 2) item.Warn("timeout", $"a timeout of {hook.Timeout} s on an enforcing hook", hook.Place, hook.Name, Severity.Medium, null, FixProposal.Guided("\"timeout\": 10"));
        if (hook.Type == "http" && hook.OnFailure != "block") item.Fail("http-gate", "an http gate without onFailure: block lets everything run when its server is down", hook.Place, hook.Name, null, null, OnFailure(context, hook));
        if (hook.Event == "PreToolUse" && hook.Type == "command" && hook.Target.Problem is null && !Enforcement.FailsClosed(hook)) OnFailureMissing(context, item, hook, command);
        if (hook.Target.Missing is { } missing) Lacks(context, item, hook, missing, command);
        if (hook.IsOurs || (hook.Target.Text.Length == 0 && !(hook.Type == "command" && Enforcement.IsPlainLine(hook)))) return;
        if (!Enforcement.Blocks(hook)) item.Fail("cannot-block", $"the {hook.Event} hook speaks of refusing and never can: no exit 2, no permissionDecision", hook.Place, hook.Name, null, null, null, command);
        if (Enforcement.IsLegacy(hook)) item.Warn("legacy-json", "the hook answers with the deprecated \"decision\": \"block\"", hook.Place, hook.Name, Severity.Low);
        foreach (var need in Enforcement.Needs(hook).Where(need => !context.Targets.IsOnPath(need) && need != hook.Target.Missing)) Lacks(context, item, hook, need, command);
    }

    private static void Lacks(AuditContext context, ItemResult item, DeclaredHook hook, string need, KeyValuePair<string, string> command)
    {
        // Why: without the live environment the client's PATH is not known.
        if (!context.Targets.KnowsPath) item.CannotTell($"whether {need}, which the hook needs, is on the client's PATH is not known", hook.Place);
        else item.Fail("missing-dependency", $"the hook needs {need}, which is not on the client's PATH", hook.Place, $"{hook.Name} {need}", null, null, null, command);
    }

    private static void OnFailureMissing(AuditContext context, ItemResult item, DeclaredHook hook, KeyValuePair<string, string> command)
    {
        const string Message = "when this gate crashes, is missing or takes too long, the tool runs: neither onFailure: block nor || exit 2";
        var known = context.ClientVersion;
        if (hook.IsOurs || (known is not null && known >= Setup.Wiring.FirstWithOnFailure)) item.Fail("no-onfailure", Message, hook.Place, hook.Name, null, null, OnFailure(context, hook), command);
        else item.Warn("no-onfailure", Message + (known is null ? " (client version unknown)" : ""), hook.Place, hook.Name, Severity.High, null, OnFailure(context, hook), command);
    }

    private static FixProposal OnFailure(AuditContext context, DeclaredHook hook) => SessionCostGate.OnFailureFix(context, hook);

    private static void Own(AuditContext context, ItemResult item, DeclaredHook hook)
    {
        using var trial = new OwnHookTrial(context);
        if (trial.WhyItRefusesAll(hook.Target.Verb) is { } fault)
        {
            item.Fail("blocks-everything", $"our gate cannot read its configuration and refuses everything: {fault}", hook.Place, hook.Name);
            return;
        }
        trial.Begin(1);
        File.WriteAllText(trial.TranscriptPath, "{\"type\":\"mode\"}\n");
        var good = trial.Payload("Bash", OwnHookTrial.Bash("git status --short"));
        var judgesBash = hook.Target.Verb == "bash-gate" || (hook.Target.Verb == "hook" && Gates.GateList.Find("bash-gate") is not null);
        var danger = judgesBash ? trial.Payload("Bash", OwnHookTrial.Bash("rm -rf /")) : null;
        var trials = new List<GateTrial>();
        foreach (var (name, blocks, payload) in BrokenTrials.For(good, danger, needsSession: hook.Target.Verb != "bash-gate"))
        {
            // Why not every gate: one that does not look at Bash passes what it is not meant for.
            var reply = trial.Ask(hook.Target.Verb, payload);
            trials.Add(new GateTrial(name, blocks, PreToolUseOutcome.Blocks(reply)));
        }
        foreach (var wrong in trials.Where(one => !one.Right))
        {
            if (wrong.ExpectsBlock) item.Fail("fails-open", $"our gate lets a broken call run: {wrong.Shown}", hook.Place, wrong.Name);
            else item.Fail("blocks-everything", $"our gate refuses a harmless call: {wrong.Shown}", hook.Place, wrong.Name);
        }
        RealStart(context, item, hook);
        item.Info("proof", $"{trials.Count(one => one.Right)} of {trials.Count} trials right", hook.Place, hook.Name, [.. trials.Select(one => Said("trial", one.Shown))]);
    }

    /// <summary>One real start of the wired program, where it is the one that runs now: what is on the disk answers as what was asked in process.</summary>
    private static void RealStart(AuditContext context, ItemResult item, DeclaredHook hook)
    {
        if (Environment.ProcessPath is not { } self || hook.Target.ProgramPath is not { } program || !context.Targets.IsOwn(program) || Path.GetFullPath(self) != Path.GetFullPath(context.Options.OwnBinary)) return;
        using var probe = new HookProbe(context, copies: false);
        // Why nothing: what cannot be judged is refused and not recorded, so that no event and no shipper comes of an audit.
        var (exit, output, _) = probe.Run(hook, []);
        if (!PreToolUseOutcome.Blocks(exit, output, onFailure: null)) item.Fail("fails-open", $"started as wired, our gate lets a call without input run (exit {exit?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"})", hook.Place, $"{hook.Name} start");
    }

    /// <summary>At the events where a refusal holds nothing back, broken input must not keep the model working.</summary>
    private static void Elsewhere(AuditContext context, ItemResult item, DeclaredHook hook)
    {
        using var trial = new OwnHookTrial(context);
        trial.Begin(1);
        File.WriteAllText(trial.TranscriptPath, "{\"type\":\"mode\"}\n");
        foreach (var (name, payload) in BrokenTrials.Elsewhere(trial.Payload("Bash", OwnHookTrial.Bash("git status")), hook.Event))
            if (trial.Ask(hook.Target.Verb, payload).ExitCode == 2) item.Fail("blocks-everything", $"our {hook.Event} hook answers broken input with exit 2: {name}", hook.Place, name, Severity.High);
    }

    private static void Foreign(AuditContext context, ItemResult item, List<DeclaredHook> enforcing)
    {
        var foreign = enforcing.Where(hook => !hook.IsOurs && hook is { Type: "command", Event: "PreToolUse" } && hook.Target.Problem is null).DistinctBy(hook => hook.CommandLine).ToList();
        if (foreign.Count == 0) return;
        // Why never those: their programs belong to an archive or an agent, and start in surroundings that are not known here.
        foreach (var hook in foreign.Where(hook => hook.Source is "plugin" or "agent")) item.CannotTell($"the hook {Words.Quote(hook.CommandLine, 80)} of {(hook.Source == "plugin" ? "a plugin" : "an agent or skill")} is judged by its text only", hook.Place, "septim selftest");
        foreign.RemoveAll(hook => hook.Source is "plugin" or "agent");
        if (!context.Options.RunHooks)
        {
            foreach (var hook in foreign) item.CannotTell($"the foreign hook {Words.Quote(hook.Said, 80)} was not run", hook.Place, Enforcement.WayToTry(hook));
            return;
        }
        using var probe = new HookProbe(context);
        foreach (var hook in foreign)
        {
            if (Enforcement.FetchesCode(hook.CommandLine))
            {
                item.CannotTell($"the foreign hook {Words.Quote(hook.CommandLine, 80)} fetches code and is never run", hook.Place);
                continue;
            }
            var payload = ForeignPayload(probe, "git status --short");
            foreach (var (name, blocks, bytes) in BrokenTrials.For(payload, ForeignPayload(probe, "rm -rf /"), needsSession: false).Where(one => one.Name is not "deep"))
            {
                var started = System.Diagnostics.Stopwatch.GetTimestamp();
                var (exit, output, errors) = probe.Run(hook, bytes);
                var blocked = PreToolUseOutcome.Blocks(exit, output, hook.OnFailure);
                var evidence = (KeyValuePair<string, string>[])[Said("exit", exit?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"), Said("stderr", Words.Quote(errors.Trim(), 120))];
                if (exit is null) item.Fail("slow", $"{name}: the hook hangs or cannot start", hook.Place, $"{hook.Name} {name}", null, null, null, evidence);
                else if (System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds > 1) item.Warn("slow", "the hook takes longer than a second", hook.Place, hook.Name, Severity.Medium);
                if (blocked == blocks || name.Starts("unknown-extra") || name == "unknown-event") continue;
                // Why the benign ones differ: another hook's policy may refuse what we think harmless only if it refuses everything.
                if (blocks && name != "good-danger") item.Fail("fails-open", $"{name}: the tool runs", hook.Place, $"{hook.Name} {name}", null, null, null, evidence);
                else if (!blocks && name == "good-benign") item.Fail("blocks-everything", "a harmless call is refused", hook.Place, hook.Name, null, null, null, evidence);
            }
        }
    }

    internal static string ForeignPayload(HookProbe probe, string command) =>
        $$"""{"session_id":"00000000-0000-4000-8000-000000000001","transcript_path":"{{probe.Home}}/.claude/projects/-x/1.jsonl","cwd":"{{probe.Project}}","permission_mode":"default","hook_event_name":"{{HookEvent.PreToolUse}}","tool_name":"Bash","tool_input":{{OwnHookTrial.Bash(command)}},"tool_use_id":"toolu_trial"}""" + "\n";
}
