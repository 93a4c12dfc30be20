namespace Septim.Hooks.Gates;

/// <summary>One gate: judges the events it is meant for, and stays silent on all others.</summary>
internal interface IGate
{
    /// <summary>The verb that runs it alone, and the prefix of its messages: <c>cost-gate</c>.</summary>
    string Id { get; }

    /// <summary>Whether this event, and this tool, are its business.</summary>
    bool Judges(GateContext context);

    /// <exception cref="HookFault">It could not judge.</exception>
    Verdict Judge(GateContext context);
}
