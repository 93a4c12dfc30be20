using Septim.Hooks.Config;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Starts of agents at several depths, in numbers, and by other tools than Agent (checklist §12.6).</summary>
internal static class SpawnTrials
{
    private const string Input = """{"description":"trial","prompt":"look","subagent_type":"general-purpose"}""";

    /// <summary>Larger bounds are taken as they are: trying them would take longer than it tells.</summary>
    private const int MostTried = 100;

    public static List<GateTrial> Run(OwnHookTrial trial, string verb)
    {
        var results = new List<GateTrial>();
        var config = trial.LoadConfig();
        var limit = config.CountOrOff(ConfigKeys.MaxDepth) ?? 3;
        void Try(string name, bool blocks, string? agent = null, string tool = "Agent", string input = Input, Action? arrange = null)
        {
            trial.Begin(500 + results.Count);
            File.WriteAllText(trial.TranscriptPath, "{\"type\":\"mode\"}\n");
            arrange?.Invoke();
            results.Add(new GateTrial(name, blocks, PreToolUseOutcome.Blocks(trial.Ask(verb, trial.Payload(tool, input, agent)))));
        }
        // Why types and models are left alone: a bound on kinds refuses for its own reason, and that is no answer to these questions.
        var anyKind = config.Texts(ConfigKeys.AgentTypes).Length == 0 && config.Texts(ConfigKeys.AgentModels).Length == 0;
        if (anyKind) Try("Agent from the main thread", false);
        if (anyKind && limit > 1) Try("Agent from depth 1", false, "a1", arrange: () => trial.WriteMeta("a1", 1));
        Try($"Agent from depth {limit}", true, "a2", arrange: () => trial.WriteMeta("a2", (int)limit));
        Try($"Agent from depth {limit + 3}", true, "a3", arrange: () => trial.WriteMeta("a3", (int)limit + 3));
        Try("Agent from an agent that nothing describes", true, "a4");
        Try("Workflow from the main thread", false, tool: "Workflow", input: """{"name":"trial"}""");
        Try($"Workflow from depth {limit}", true, "a5", "Workflow", """{"name":"trial"}""", () => trial.WriteMeta("a5", (int)limit));
        Try("SendMessage from the main thread", false, tool: "SendMessage", input: """{"to":"a9","message":"go on"}""");
        if (config.CountOrOff(ConfigKeys.MaxConcurrent) is { } atOnce and <= MostTried)
        {
            Try($"Agent while {atOnce} run", true, arrange: () => Agents((int)atOnce, finished: false));
            Try($"SendMessage while {atOnce} run", true, tool: "SendMessage", input: """{"to":"gone","message":"go on"}""", arrange: () => Agents((int)atOnce, finished: false));
            if (anyKind) Try($"start number {atOnce + 1} within a minute", true, arrange: () => Starts((int)atOnce));
        }
        if (config.CountOrOff(ConfigKeys.MaxPerSession) is { } total and <= MostTried) Try($"Agent after {total} have been started", true, arrange: () => Agents((int)total, finished: true));
        return results;

        void Agents(int count, bool finished)
        {
            for (var i = 0; i < count; i++) trial.WriteMeta($"n{i}", 1, finished);
        }

        void Starts(int count)
        {
            for (var i = 0; i < count; i++) trial.Ask(verb, trial.Payload("Agent", Input, id: $"toolu_start{i}"));
        }
    }
}
