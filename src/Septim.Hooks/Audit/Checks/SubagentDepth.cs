using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Audit.Surroundings;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>13: how deep and how wide subagents may spawn is bounded.</summary>
internal static class SubagentDepth
{
    private const string Depth = "CLAUDE_CODE_MAX_SUBAGENT_SPAWN_DEPTH";
    private const string Width = "CLAUDE_CODE_MAX_CONCURRENT_SUBAGENTS";
    private const string Total = "CLAUDE_CODE_MAX_SUBAGENTS_PER_SESSION";

    public static readonly AuditCheck Check = new(
        13, "subagent-depth", Severity.Critical,
        "How deep and how wide subagents may spawn is bounded by something that the model cannot talk its way around.",
        "Documented fan-outs: 280 parallel agents in an hour, 188 in one minute, 50 levels. A cap in instructions is a wish. Workflow and SendMessage start agents without an Agent call; the total-per-session variable does nothing since 2.1.224.",
        "Reads the native limits, deny rules, agents' tools, the hooks for Agent, Workflow and SendMessage (ours are asked), and what transcripts recorded.",
        "\"env\": {\"CLAUDE_CODE_MAX_SUBAGENT_SPAWN_DEPTH\": \"2\", \"CLAUDE_CODE_MAX_CONCURRENT_SUBAGENTS\": \"8\"} in the user settings, and septim install; disallowedTools: Agent and maxTurns: 30 in agents.",
        Judge);

    private static void Judge(AuditContext context, ItemResult item)
    {
        context.Settings.UsedBy(item);
        var denied = context.Settings.List("permissions.deny").Select(rule => rule.Text.Replace("(*)", "", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        if ((denied.Contains("Agent") || denied.Contains("Task")) && denied.Contains("Workflow") && denied.Contains("SendMessage"))
        {
            item.NotApplicable = "Agent, Workflow and SendMessage are all denied";
            return;
        }
        var proven = Gate(context, item, out var hasGate);
        var depth = Native(context, item, Depth);
        var width = Native(context, item, Width);
        if (depth > 3) item.Fail("depth-too-high", $"{Depth} is {depth}; more than 3", context.Settings.Variable(Depth)!.Place, Depth, null, null, Set(context, Depth, "2"));
        if (context.Settings.Variable(Depth) is null && !hasGate)
        {
            if (context.Settings.Variable(Total) is { } noop) item.Fail("noop-variable", $"{Total} does nothing since client 2.1.224", noop.Place, Total, null, null, Set(context, Depth, "2"));
            item.Fail("no-bound", "neither a native depth limit nor a gate bounds subagents", Place.None, Depth, null, null, Set(context, Depth, "2"));
        }
        if (width > 20) item.Fail("concurrency", $"{Width} is {width}; more than 20", context.Settings.Variable(Width)!.Place, Width, null, null, Set(context, Width, "8"));
        else if (context.Settings.Variable(Width) is null && !proven) item.Warn("concurrency", $"{Width} is not set: up to 20 agents run at once", Place.None, Width, Severity.Medium, null, Set(context, Width, "8"));
        Agents(context, item, depth, denied);
        Observed(context, item, depth ?? 3);
        item.Note = proven ? "the gate is proven by trials" : $"native limits: depth {depth}, at once {width}";
    }

    private static FixProposal Set(AuditContext context, string name, string value)
    {
        var (whose, path) = context.Options.UseHome ? ("user", context.Settings.UserPath) : ("project", context.Settings.ProjectPath);
        return new("auto", $"--fix sets env.{name} to {value} in the {whose} settings", new FixEdit(path, FixEditKind.SetIfAbsent, ["env", name], $"\"{value}\""));
    }

    private static int? Native(AuditContext context, ItemResult item, string name)
    {
        if (context.Settings.Variable(name) is not { } set) return null;
        if (set.Value.Length is > 0 and < 9 && set.Value.All(char.IsAsciiDigit) && int.Parse(set.Value, System.Globalization.CultureInfo.InvariantCulture) is > 0 and var number) return number;
        item.Fail("ignored-value", $"{name} is not a positive plain number ({set.Origin}): the client ignores it", set.Place, name);
        return null;
    }

    private static bool Gate(AuditContext context, ItemResult item, out bool hasGate)
    {
        var tools = (string[])["Agent", "Workflow", "SendMessage"];
        var gates = context.Hooks.On("PreToolUse").Where(hook => hook.IsAlwaysHeard && tools.Any(tool => HookMatcher.Matches(hook.Matcher, tool))
            && ((hook.IsOurs && hook.Target.Verb is "hook" or "subagent-gate") || (!hook.IsOurs && !HookMatcher.IsAll(hook.Matcher) && Enforcement.IsEnforcing(hook) && hook.Target.Problem is null))).ToList();
        hasGate = gates.Count > 0;
        if (!hasGate) return false;
        var missing = tools.Where(tool => !gates.Exists(hook => HookMatcher.Matches(hook.Matcher, tool))).ToList();
        if (missing.Count > 0) item.Warn("gate-incomplete", $"the gate's matcher lacks {string.Join(" and ", missing)}, which start agents too", gates[0].Place, gates[0].Name, Severity.High, null, FixProposal.Guided("\"matcher\": \"Agent|Workflow|SendMessage\""));
        var ours = gates.Find(hook => hook.IsOurs);
        if (ours is null)
        {
            item.CannotTell("a foreign hook may bound subagents; it was not run", gates[0].Place, "septim selftest");
            return false;
        }
        using var trial = new OwnHookTrial(context);
        if (trial.WhyItRefusesAll(ours.Target.Verb) is { } fault)
        {
            item.Fail("proof-failed", $"the gate cannot read its configuration and refuses everything: {fault}", ours.Place, ours.Name);
            return false;
        }
        var trials = SpawnTrials.Run(trial, OwnHookTrial.GateOf(ours.Target.Verb, "subagent-gate"));
        foreach (var wrong in trials.Where(one => !one.Right)) item.Fail("proof-failed", $"the gate gave the wrong answer: {wrong.Shown}", ours.Place, wrong.Name);
        item.Info("proof", $"{trials.Count(one => one.Right)} of {trials.Count} trials right", ours.Place, ours.Name, [.. trials.Select(one => Said("trial", one.Shown))]);
        return trials.TrueForAll(one => one.Right) && missing.Count == 0;
    }

    private static void Agents(AuditContext context, ItemResult item, int? depth, HashSet<string> denied)
    {
        if (depth == 1 || denied.Contains("Agent") || denied.Contains("Task")) return;
        foreach (var (path, name) in AgentFiles.Find(context))
        {
            if (item.Use(context.Inputs.Read(path)) is not { } input) continue;
            var head = Frontmatter.Read(input.Text, out _);
            var tools = Names(head?["tools"]);
            if (Names(head?["disallowedTools"]) is { } not && (not.Contains("Agent") || not.Contains("Task"))) continue;
            if (tools is null || tools.Contains("Agent") || tools.Contains("Task") || tools.Contains("*"))
                item.Warn("agent-can-spawn", $"the agent {name} may start agents itself", new Place(path, head?["tools"]?.Line ?? 1), name, Severity.Medium, null, FixProposal.Guided("disallowedTools: Agent"));
        }
    }

    private static HashSet<string>? Names(Node? node) => node is null || node.Kind == NodeKind.Null
        ? null
        : node.Texts().SelectMany(text => text.Text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal);

    private static void Observed(AuditContext context, ItemResult item, int bound)
    {
        foreach (var session in context.Transcripts.Agents.GroupBy(agent => agent.Session))
            if (session.Max(agent => agent.Depth) is var deepest && deepest > bound)
                item.Warn("observed", $"session {session.Key} went {deepest} levels deep; the bound is {bound}", new Place(session.First(agent => agent.Depth == deepest).Path), session.Key, Severity.High);
        foreach (var session in context.Transcripts.Files.GroupBy(file => file.Session))
        {
            var times = session.SelectMany(file => file.Calls).Where(call => call.Tool is "Agent" or "Task" && call.Time is not null).Select(call => call.Time!.Value).Order().ToList();
            for (var i = 20; i < times.Count; i++)
            {
                if ((times[i] - times[i - 20]).TotalSeconds >= 60) continue;
                item.Warn("observed", $"session {session.Key} started more than 20 agents within a minute", new Place(session.First().Path), session.Key, Severity.High);
                break;
            }
        }
    }
}
