using Septim.Hooks.Claude;

namespace Septim.Hooks.Gates;

/// <summary>What a gate decided. An expected outcome, so a value and never an exception.</summary>
/// <param name="Kind">How strict.</param>
/// <param name="Id">The gate's or rule's id: the message prefix, the file's name and the doc heading.</param>
/// <param name="Reason">What is refused, why, what to do instead; without the id. Empty on a silent pass.</param>
/// <param name="ForModel">Pass only: what the model is told beside the person's line, so that it can wrap up.</param>
internal sealed record Verdict(VerdictKind Kind, string Id, string Reason, string? ForModel = null)
{
    public static readonly Verdict Pass = new(VerdictKind.Pass, "", "");

    /// <summary>The ceiling that spoke; null for every other reason.</summary>
    public Ceiling? Ceiling { get; init; }

    /// <summary>Pass only: it is recorded, and nobody is told.</summary>
    public bool IsForLogOnly { get; init; }

    public string Message => Id.Length == 0 ? Reason : $"{Id}: {Reason}";

    /// <summary>The verdict as the client's hook contract wants it for this event.</summary>
    /// <param name="eventName">The event that is answered.</param>
    /// <param name="attended">False turns ask into a denial: nobody can answer.</param>
    /// <param name="notice">A line for the person beside the verdict; it changes nothing else.</param>
    public HookReply ToReply(string eventName, bool attended, string? notice = null) => Kind switch
    {
        VerdictKind.Pass when Reason.Length == 0 => notice is null ? HookReply.Silent : HookReply.Tell(eventName, notice, ForModel),
        VerdictKind.Pass => HookReply.Tell(eventName, notice is null ? Message : $"{Message}\n{notice}", ForModel),
        VerdictKind.Ask when attended && eventName == HookEvent.PreToolUse => HookReply.Ask(Message, notice),
        VerdictKind.Ask or VerdictKind.Deny => HookReply.Deny(eventName, Message, notice),
        _ => HookReply.Stop(eventName, Message, notice),
    };
}
