namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Synthetic sessions around a ceiling (checklist §12.5).</summary>
internal static class MoneyTrials
{
    /// <param name="trial">Whose home and configuration.</param>
    /// <param name="verb">What is asked.</param>
    /// <param name="ceiling">What the sum of the lines may come to; an overhead in percent is taken off already.</param>
    /// <param name="reservesMuch">Before the next request the dearest that it can be is kept, so that a call below the ceiling may rightly be refused.</param>
    /// <param name="ends">A ceiling ends the session; a denial alone would let the model spend on.</param>
    public static List<GateTrial> Session(OwnHookTrial trial, string verb, decimal ceiling, bool reservesMuch, bool ends)
    {
        var results = new List<GateTrial>();
        var number = 0;
        void Try(string name, bool blocks, Action arrange, string? agent = null, bool spends = true, bool mustEnd = false)
        {
            trial.Begin(++number);
            arrange();
            var reply = trial.Ask(verb, trial.Payload("Read", """{"file_path":"/x/readme.md"}""", agent));
            if (reservesMuch && spends && !blocks) return;
            results.Add(new GateTrial(name, blocks, mustEnd ? PreToolUseOutcome.Ends(reply) : PreToolUseOutcome.Blocks(reply)));
        }
        Try("nothing spent", false, () => File.WriteAllText(trial.TranscriptPath, "{\"type\":\"mode\"}\n"), spends: false);
        Try("half of the ceiling", false, () => trial.Spend(ceiling * 0.5m, "a"));
        Try(ends ? "above the ceiling, where the session ends" : "above the ceiling", true, () => trial.Spend(ceiling * 1.01m, "a"), mustEnd: ends);
        Try("above only if repeated lines were added", false, () =>
        {
            trial.Spend(ceiling * 0.4m, "a");
            trial.Spend(ceiling * 0.4m, "a");
            trial.Spend(ceiling * 0.4m, "a");
        });
        Try("above only with subagents", true, () =>
        {
            trial.Spend(ceiling * 0.6m, "a");
            trial.Spend(ceiling * 0.5m, "b", $"{trial.Session}/subagents/agent-a1.jsonl");
        });
        Try("above only with workflow agents", true, () =>
        {
            trial.Spend(ceiling * 0.6m, "a");
            trial.Spend(ceiling * 0.5m, "b", $"{trial.Session}/subagents/workflows/wf_1/agent-a1.jsonl");
        });
        Try("inside a subagent", true, () =>
        {
            trial.Spend(ceiling * 1.01m, "a");
            trial.WriteMeta("a1", 1);
            trial.Spend(0.0001m, "b", $"{trial.Session}/subagents/agent-a1.jsonl");
        }, agent: "a1");
        Try("an unknown model", true, () => trial.Spend(ceiling * 1.5m, "a", model: "claude-unheard-9"));
        Try("a copied fork, counted once", false, () =>
        {
            trial.Spend(ceiling * 0.6m, "a");
            trial.Spend(ceiling * 0.6m, "a", $"{trial.Session}/subagents/agent-a1.jsonl");
        });
        Try("below, and the reserve for the next request crosses", true, () => trial.Spend(ceiling * 0.99m, "a"));
        Try("a cost-state line above the sum", true, () =>
        {
            trial.Spend(ceiling * 0.2m, "a");
            File.AppendAllText(trial.TranscriptPath, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{{\"type\":\"cost-state\",\"sessionId\":\"{trial.Session}\",\"totalCostUSD\":{ceiling * 1.1m},\"modelUsage\":{{}}}}\n"));
        });
        Try("a truncated last line", true, () =>
        {
            trial.Spend(ceiling * 1.01m, "a");
            File.AppendAllText(trial.TranscriptPath, "{\"type\":\"assistant\",\"message\":{\"id\":\"msg_cut\",\"us");
        });
        Try("an empty transcript", false, () => File.WriteAllText(trial.TranscriptPath, ""), spends: false);
        Try("a transcript that is a directory", true, () => Directory.CreateDirectory(trial.TranscriptPath));
        TwoAtOnce(trial, verb, ceiling, results, ++number, reservesMuch);
        Try("only synthetic lines", false, () => File.WriteAllText(trial.TranscriptPath, """{"type":"assistant","isApiErrorMessage":true,"message":{"id":"11111111-1111-4111-8111-111111111111","role":"assistant","model":"<synthetic>","content":[],"usage":null}}""" + "\n"), spends: false);
        return results;
    }

    /// <summary>Parallel calls of one message: both must get the answer that each alone would get.</summary>
    private static void TwoAtOnce(OwnHookTrial trial, string verb, decimal ceiling, List<GateTrial> results, int number, bool reservesMuch)
    {
        foreach (var (share, blocks) in (ReadOnlySpan<(decimal, bool)>)[(0.5m, false), (1.01m, true)])
        {
            if (reservesMuch && !blocks) continue;
            trial.Begin(number + (blocks ? 100 : 200));
            trial.Spend(ceiling * share, "a");
            var answers = new bool[2];
            Parallel.For(0, answers.Length, i => answers[i] = PreToolUseOutcome.Blocks(trial.Ask(verb, trial.Payload("Read", """{"file_path":"/x/readme.md"}""", id: $"toolu_{i}"))));
            results.Add(new GateTrial($"two gates at once {(blocks ? "above" : "below")} the ceiling", blocks, answers[0] == answers[1] ? answers[0] : !blocks));
        }
    }

    public static List<GateTrial> Day(OwnHookTrial trial, string verb, decimal daily, decimal? session)
    {
        var results = new List<GateTrial>();
        var now = DateTimeOffset.UtcNow;
        // Why at most 0.35: three sessions together are above, each alone below both ceilings.
        var share = Math.Min(daily * 0.36m, session is { } most ? most * 0.8m : daily);
        var sessions = (int)Math.Ceiling(daily * 1.02m / share);
        void Try(string name, bool blocks, Action arrange)
        {
            trial.Begin(900 + results.Count);
            File.WriteAllText(trial.TranscriptPath, "{\"type\":\"mode\"}\n");
            arrange();
            var reply = trial.Ask(verb, trial.Payload("Read", """{"file_path":"/x/readme.md"}"""));
            results.Add(new GateTrial(name, blocks, PreToolUseOutcome.Blocks(reply)));
        }
        void Sessions(Func<int, string> id, DateTimeOffset at)
        {
            for (var i = 0; i < sessions; i++) trial.Spend(share, id(i), $"../-other-{i % 2}/00000000-0000-4000-9000-{i:000000000000}.jsonl", at);
        }
        Try("several sessions in two projects, together above", true, () => Sessions(i => $"d{i}", now.AddHours(-1)));
        Try("the same, older than 24 hours", false, () => Sessions(i => $"o{i}", now.AddHours(-26)));
        Try("a forked copy with the same message ids", false, () => Sessions(_ => "same", now.AddHours(-1)));
        return results;
    }
}
