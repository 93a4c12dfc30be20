using Septim.Hooks.Audit.Surroundings;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>09: something outside the model knows what the session has cost and refuses beyond a set sum.</summary>
internal static class SessionCostGate
{
    public static readonly AuditCheck Check = new(
        9, "session-cost-gate", Severity.Critical,
        "Before a tool runs, something outside the model knows what this session has cost, subagents included, and refuses beyond a set sum. It fails closed.",
        "Transcripts hold usage, not dollars, and repeat it; subagents write files of their own. A denial alone does not end the agent. --max-budget-usd exists for print mode only and stops after crossing.",
        "Finds the hooks in force that see every tool and read spend; ours are asked with synthetic sessions around the ceiling, foreign ones are judged by their text (or run with --run-hooks).",
        "septim install (or septim audit --fix) wires cost-gate for PreToolUse, UserPromptSubmit and PostToolBatch with onFailure: block; set ceilings.sessionUsd in septim.json.",
        Judge);

    private static readonly string[] MustSee = ["Bash", "Edit", "Write", "Read", "Agent", "WebFetch", "mcp__server__tool"];

    private static void Judge(AuditContext context, ItemResult item)
    {
        context.Settings.UsedBy(item);
        var hooks = context.Hooks;
        var wired = hooks.On("PreToolUse").Where(SeesAll).ToList();
        var ours = wired.Where(IsCostGate).ToList();
        var foreign = wired.Where(hook => !hook.IsOurs && hook.Type == "command" && Enforcement.ReadsSpend(hook)).ToList();
        if (ours.Count > 0) Ours(context, item, ours);
        else if (foreign.Count > 0) foreach (var hook in foreign) Foreign(context, item, hook);
        else NoGate(context, item);
        Unattended(context, item, ours.Count > 0 ? ours : foreign);
    }

    /// <summary>Every tool call passes it, and waits for it.</summary>
    internal static bool SeesAll(DeclaredHook hook) => hook.IsAlwaysHeard && MustSee.All(tool => HookMatcher.Matches(hook.Matcher, tool));

    internal static bool IsCostGate(DeclaredHook hook) => hook.IsOurs && hook.Target.Verb is "hook" or "cost-gate";

    private static void NoGate(AuditContext context, ItemResult item)
    {
        var hooks = context.Hooks;
        var dead = hooks.All.FirstOrDefault(hook => hook.Event == "PreToolUse" && (IsCostGate(hook) || (hook.Target.Problem is not null && Path.GetFileNameWithoutExtension(hook.Target.Program) == "septim")));
        if (dead is not null)
            item.Fail("not-wired", $"cost-gate is wired and does nothing: {Why(context, dead)}", dead.Place, dead.Name, null, null, InstallFix(context), Said("hook", dead.Name));
        else
            item.Fail("no-gate", "no PreToolUse hook sees every tool and reads what the session has cost", hooks.Effective.FirstOrDefault(hook => hook.Event == "PreToolUse")?.Place ?? Place.None, "cost-gate", null, null, InstallFix(context));
    }

    internal static FixProposal InstallFix(AuditContext context) => !context.Options.UseHome
        ? FixProposal.Guided("septim install --scope project, with septim on the PATH of whoever runs the project (or start the job's client by septim run)")
        : new(
        "auto", "run septim install; --fix wires our hooks in the user settings too",
        new FixEdit(context.Settings.UserPath, FixEditKind.WireHooks, [], context.Options.OwnBinary));

    private static string Why(AuditContext context, DeclaredHook hook)
    {
        if (hook.Target.Problem is { } problem) return problem;
        if (context.Hooks.OthersOff) return $"hooks are switched off ({context.Roots.Show(context.Hooks.OffPlace.Path)})";
        if (!hook.IsEffective) return "its settings file is dropped or overruled";
        if (hook.Async) return "it is async, and the client does not wait for its answer";
        return hook.If is not null ? "an if condition lets it run only sometimes" : $"its matcher {hook.Matcher} does not see every tool";
    }

    private static void Ours(AuditContext context, ItemResult item, List<DeclaredHook> ours)
    {
        var hook = ours[0];
        using var trial = new OwnHookTrial(context);
        Config.SeptimConfig config;
        try
        {
            config = trial.LoadConfig();
        }
        catch (HookFault fault)
        {
            item.Fail("not-wired", $"the gate cannot read its configuration and refuses everything: {fault.Message}", hook.Place, hook.Name);
            return;
        }
        var ceiling = config.SessionUsd?.Pico / 1_000_000_000_000m;
        if (ceiling is not > 0)
        {
            item.Fail("not-wired", "cost-gate is wired and has no session ceiling", hook.Place, "ceilings.sessionUsd", null, null, FixProposal.Guided("set ceilings.sessionUsd in septim.json"));
            return;
        }
        var trials = MoneyTrials.Session(trial, OwnHookTrial.GateOf(hook.Target.Verb, "cost-gate"), ceiling.Value * 100 / (100 + config.OverheadPercent), config.Reserve == "worst", config.OnCeiling == "stop");
        foreach (var wrong in trials.Where(one => !one.Right))
            item.Fail("proof-failed", $"the gate gave the wrong answer: {wrong.Shown}", hook.Place, wrong.Name, null, null, null, Said("hook", hook.Name));
        item.Info("proof", $"ceiling {ceiling:0.00} USD; {trials.Count(one => one.Right)} of {trials.Count} trials right", hook.Place, hook.Name, [.. trials.Select(one => Said("trial", one.Shown))]);
        if (!ours.Exists(Enforcement.FailsClosed)) FailsOpen(context, item, hook);
        var managed = ours.Exists(one => one.Source == "managed");
        if (!managed && !context.Hooks.On("ConfigChange").Any(one => one.IsOurs || Enforcement.Blocks(one)))
            item.Warn("removable", "the gate stands only in files that the model can write, and no ConfigChange hook holds them", hook.Place, hook.Name, Severity.High, null, InstallFix(context));
        if (ours.TrueForAll(one => one.IsInProject)) item.Warn("project-only", "the gate stands only in the project: other projects have none", hook.Place, hook.Name, Severity.High, null, InstallFix(context));
        item.Note = $"ceiling {ceiling:0.00} USD; {trials.Count} trials right";
    }

    private static void FailsOpen(AuditContext context, ItemResult item, DeclaredHook hook)
    {
        const string Message = "when the gate crashes, is missing or takes too long, the tool runs: neither onFailure: block nor || exit 2";
        if (context.ClientVersion is null) item.Warn("fails-open", Message + " (client version unknown)", hook.Place, hook.Name, Severity.High, null, OnFailureFix(context, hook));
        else item.Fail("fails-open", Message, hook.Place, hook.Name, null, null, OnFailureFix(context, hook));
    }

    internal static FixProposal OnFailureFix(AuditContext context, DeclaredHook hook) =>
        context.ClientVersion is { } version && version < Setup.Wiring.FirstWithOnFailure ? FixProposal.Guided($"{hook.CommandLine} || exit 2") : context.ClientVersion is not null && hook.Source is "user" or "project" or "local"
            ? new FixProposal("auto", "--fix adds \"onFailure\": \"block\" to the hook's entry", new FixEdit(hook.Place.Path, FixEditKind.SetOnHook, [hook.Event, hook.Command.Length > 0 ? hook.Command : hook.Url, "onFailure"], "\"block\""))
            : FixProposal.Guided("\"onFailure\": \"block\" in the hook's entry");

    private static void Foreign(AuditContext context, ItemResult item, DeclaredHook hook)
    {
        if (hook.Target.Problem is { } problem)
        {
            item.Fail("no-gate", $"the hook that would read spend cannot start: {problem}", hook.Place, hook.Name);
            return;
        }
        if (hook.Target.Text.Length > 0 && (!Enforcement.Blocks(hook) || Enforcement.IsSwallowed(hook)))
            item.Fail("cannot-block", "the hook reads spend and can never refuse: no exit 2 and no decision, or its line throws them away", hook.Place, hook.Name, null, null, null, Said("command", Words.Quote(hook.CommandLine, 120)));
        else if (context.Options.RunHooks && hook.Source is not ("plugin" or "agent") && !Enforcement.FetchesCode(hook.CommandLine)) Tried(context, item, hook);
        else
        {
            item.Info("foreign-unproven", "whether this foreign hook stops a session that spent too much was not tried", hook.Place, hook.Name, Said("command", Words.Quote(hook.CommandLine, 120)));
            item.CannotTell($"a foreign hook ({Words.Quote(hook.Said, 80)}) may be a cost gate; it was not run", hook.Place, Enforcement.WayToTry(hook));
        }
        if (!Enforcement.FailsClosed(hook)) FailsOpen(context, item, hook);
    }

    /// <summary>Shows a foreign gate sessions that spent nothing and sessions far above any ceiling: its own figure is not known.</summary>
    private static void Tried(AuditContext context, ItemResult item, DeclaredHook hook)
    {
        const decimal FarAbove = 1_000_000;
        using var probe = new HookProbe(context);
        foreach (var (name, blocks, usd, inAgent) in (ReadOnlySpan<(string, bool, decimal, bool)>)[("nothing spent", false, 0, false), ("a million dollars spent", true, FarAbove, false), ("a million dollars spent by a subagent", true, FarAbove, true)])
        {
            var session = $"00000000-0000-4000-8000-{(blocks ? inAgent ? 3 : 2 : 1):000000000000}";
            var path = probe.Spend(usd, session, inAgent);
            var payload = HooksFailClosed.ForeignPayload(probe, "git status --short").Replace($"{probe.Home}/.claude/projects/-x/1.jsonl", path, StringComparison.Ordinal).Replace("00000000-0000-4000-8000-000000000001", session, StringComparison.Ordinal);
            var (exit, output, errors) = probe.Run(hook, System.Text.Encoding.UTF8.GetBytes(payload));
            if (PreToolUseOutcome.Blocks(exit, output, hook.OnFailure) == blocks) continue;
            item.Fail("proof-failed", $"run on request, the foreign gate gave the wrong answer: {name}: expected {(blocks ? "blocked" : "runs")}", hook.Place, name, null, null, null, Said("exit", exit?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"), Said("stderr", Words.Quote(errors.Trim(), 120)));
        }
        item.Note = "the foreign gate was run and refuses a session that spent too much";
    }

    private static void Unattended(AuditContext context, ItemResult item, List<DeclaredHook> gates)
    {
        foreach (var run in context.Runs.All)
        {
            if (run.Command.Has("--max-budget-usd") || run.Command.Has("septim run")) continue;
            if (run.Kind == "ci" ? gates.Exists(gate => gate.IsInProject) : gates.Count > 0) continue;
            item.Fail("ci-no-budget", $"an unattended run ({run.Kind}) has neither --max-budget-usd nor a gate", run.Place, run.Kind, Severity.High, null, FixProposal.Guided(run.IsAction ? "claude_args: --max-budget-usd 5" : "add --max-budget-usd 5"), Said("run", Words.Quote(run.Command, 100)));
        }
    }
}
