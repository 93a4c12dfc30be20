namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Starts of agents at several depths (checklist §12.6).</summary>
internal static class SpawnTrials
{
    private const string Input = """{"description":"trial","prompt":"look","subagent_type":"general-purpose"}""";

    public static List<Trial> Run(OwnHookTrial trial, string verb)
    {
        var results = new List<Trial>();
        var limit = trial.LoadConfig().CountOrOff(Config.ConfigKeys.MaxDepth) ?? 3;
        void Try(string name, bool blocks, int fromDepth)
        {
            trial.Begin(500 + results.Count);
            File.WriteAllText(trial.TranscriptPath, "{\"type\":\"mode\"}\n");
            var agent = fromDepth == 0 ? null : $"a{fromDepth}";
            if (agent is not null) trial.WriteMeta(agent, fromDepth);
            results.Add(new Trial(name, blocks, ClientOracle.Blocks(trial.Ask(verb, trial.Payload("Agent", Input, agent)))));
        }
        Try("Agent from the main thread", false, 0);
        Try($"Agent from depth {limit}", true, limit);
        Try($"Agent from depth {limit + 3}", true, limit + 3);
        return results;
    }
}
