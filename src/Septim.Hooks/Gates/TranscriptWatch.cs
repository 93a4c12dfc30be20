using Septim.Hooks.Claude;
using Septim.Hooks.Spend;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Gates;

/// <summary>
/// Tells a session that has not answered yet from one that never writes a transcript (<c>--no-session-persistence</c>).
/// See docs/decisions/0004-missing-transcripts.md.
/// </summary>
internal static class TranscriptWatch
{
    private const int PollMs = 10;

    /// <summary>The transcript of a session that is at its first tool call stands on disk within about 0.1 s; this leaves a wide margin.</summary>
    private const int FirstLineMs = 2000;

    /// <returns>Why the session must end; null when its spend can be read.</returns>
    public static string? Reason(GateContext context)
    {
        if (IsThere(context)) return null;
        var marks = new WarningMarks(context.Files, context.Paths.StateDirectory);
        // Why: the first prompt of a session comes before any line is written. A second one does not.
        if (context.Input.EventName == HookEvent.UserPromptSubmit && marks.FirstTime(context.Input.SessionId, "first prompt without transcript")) return null;
        var started = context.Time.GetTimestamp();
        while (context.Time.GetElapsedTime(started).TotalMilliseconds < FirstLineMs)
        {
            Thread.Sleep(PollMs);
            if (IsThere(context)) return null;
        }
        return $"there is no transcript at {context.Input.TranscriptPath}, so the spend of this session cannot be read. If the client was started with --no-session-persistence, start it without; a session that leaves no transcript has no ceiling.";
    }

    private static bool IsThere(GateContext context) => context.Files.Stat(context.Input.TranscriptPath).Kind != FileKind.Missing;
}
