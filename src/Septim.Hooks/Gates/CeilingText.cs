using Septim.Hooks.Spend;

namespace Septim.Hooks.Gates;

/// <summary>Every sentence about a ceiling. Read at 3 a.m. by a person, and by the model that acts on it.</summary>
internal static class CeilingText
{
    /// <summary>Spent, ceiling, reserved, which ceiling, and how a person raises it.</summary>
    public static string Refusal(Ceiling ceiling, VerdictKind kind, bool inAgent, int unwritten)
    {
        var state = ceiling.Used >= ceiling.Limit
            ? $"the {ceiling.Name} ceiling of {Amount(ceiling, ceiling.Limit)} is reached: {Spent(ceiling)}"
            : $"the {ceiling.Name} ceiling of {Amount(ceiling, ceiling.Limit)} would be crossed: {Spent(ceiling)}, {Reserved(ceiling, unwritten)}";
        return $"{state}. {Consequence(kind, inAgent)} {HowToRaise(ceiling)}";
    }

    public static string Unwritten(int messages) =>
        $"{Messages(messages)} of this session are not in its transcript, so what they cost is estimated. Is the disk full, or the file read-only?";

    public static string Unseen(string transcript, string state) =>
        $"the message that just ended is not in {transcript}, and {state} cannot be written to remember it, so its spend would be counted nowhere. Is the disk full? Make room, then resume the session.";

    public static string Warning(Ceiling ceiling, int percent) =>
        $"{percent} % of the {ceiling.Name} ceiling is used: {Spent(ceiling)} of {Amount(ceiling, ceiling.Limit)}. {HowToRaise(ceiling)}";

    public static string WarningForModel(Ceiling ceiling, int percent) =>
        $"{percent} % of the {ceiling.Name} ceiling is used ({Spent(ceiling)} of {Amount(ceiling, ceiling.Limit)}). "
        + (percent >= 90 ? "Finish now: save what you have and report what is left." : "Plan the rest so that it fits, cheapest steps first.");

    private static string Spent(Ceiling ceiling) => ceiling.Unit switch
    {
        CeilingUnit.PicoUsd => $"spent at least {Amount(ceiling, ceiling.Used)}",
        CeilingUnit.Minutes => $"{Amount(ceiling, ceiling.Used)} have passed",
        _ => $"{Amount(ceiling, ceiling.Used)} were made",
    };

    private static string Reserved(Ceiling ceiling, int unwritten) => (ceiling.Pending, ceiling.Others) switch
    {
        ( > 0, > 0) => $"{Amount(ceiling, ceiling.Pending)} is reserved for {Own(unwritten)} and {Amount(ceiling, ceiling.Others)} for others under way",
        (_, > 0) => $"{Amount(ceiling, ceiling.Others)} is reserved for others under way",
        _ => $"{Amount(ceiling, ceiling.Pending)} is reserved for {Own(unwritten)}",
    };

    private static string Own(int unwritten) => unwritten == 0 ? "the next request"
        : $"the next request and {Messages(unwritten)} that the client did not write to its transcript (is the disk full?)";

    private static string Messages(int count) => count == 1 ? "one message" : $"{count} messages";

    private static string Consequence(VerdictKind kind, bool inAgent) => kind switch
    {
        VerdictKind.Stop when inAgent => "This agent ends here.",
        VerdictKind.Stop => "The session ends here.",
        VerdictKind.Deny => "This call is denied; each further try costs another request, so finish without tools.",
        _ => "Going on needs a person's word.",
    };

    private static string HowToRaise(Ceiling ceiling) =>
        $"A person can raise it: `septim budget raise --{ceiling.Key.Path[(ceiling.Key.Path.IndexOf('.', StringComparison.Ordinal) + 1)..]} N --for 2h --reason \"…\"`, or {ceiling.Key.Variable}.";

    public static string Amount(Ceiling ceiling, long value) => ceiling.Unit switch
    {
        CeilingUnit.PicoUsd => new Usd(value).ToDisplay(),
        CeilingUnit.Minutes => Plural.Of(value, "minute"),
        _ => Plural.Of(value, "tool call"),
    };
}
