namespace Septim.Hooks.Gates;

/// <summary>All gates, cheapest first, and how several verdicts become one.</summary>
internal static class GateList
{
    /// <summary>At most this many reasons are joined in one message.</summary>
    private const int MaxReasons = 2;

    public static IGate[] All { get; } = [new ConfigGate(), new LoopGate(), new SubagentGate(), new BashGate(), new CostGate()];

    public static IGate? Find(string verb)
    {
        foreach (var gate in All)
            if (gate.Id == verb) return gate;
        return null;
    }

    /// <summary>The strictest verdict wins; the first stop ends the round. What passes with a notice is told.</summary>
    /// <param name="gates">What is switched on.</param>
    /// <param name="context">What they may look at.</param>
    /// <param name="each">Takes every gate's word that was not silence, for those who record.</param>
    public static Verdict Judge(IGate[] gates, GateContext context, List<GateVerdict>? each = null)
    {
        var verdicts = new List<Verdict>();
        foreach (var gate in gates)
        {
            if (!gate.Judges(context)) continue;
            context.Deadline.ThrowIfPassed($"asking {gate.Id}");
            var verdict = gate.Judge(context);
            if (!ReferenceEquals(verdict, Verdict.Pass))
            {
                if (!verdict.IsForLogOnly) verdicts.Add(verdict);
                each?.Add(new GateVerdict(gate.Id, verdict));
            }
            if (verdict.Kind == VerdictKind.Stop) break;
        }
        return Join(verdicts);
    }

    private static Verdict Join(List<Verdict> verdicts)
    {
        if (verdicts.Count == 0) return Verdict.Pass;
        var kind = VerdictKind.Pass;
        foreach (var verdict in verdicts)
            if (verdict.Kind > kind) kind = verdict.Kind;
        Verdict? first = null;
        var reasons = 0;
        var text = "";
        var forModel = "";
        foreach (var verdict in verdicts)
        {
            // Why: a notice beside a refusal is dropped; it will be told on a call that passes.
            if (verdict.Kind < VerdictKind.Ask != (kind == VerdictKind.Pass) || reasons == MaxReasons) continue;
            text = first is null ? verdict.Reason : $"{text}\n{verdict.Message}";
            if (verdict.ForModel is { } note) forModel = forModel.Length == 0 ? note : $"{forModel}\n{note}";
            first ??= verdict;
            reasons++;
        }
        return first is null ? Verdict.Pass : new Verdict(kind, first.Id, text, forModel.Length == 0 ? null : forModel);
    }
}
