using Septim.Hooks.Spend;

namespace Septim.Hooks.Gates;

/// <summary>
/// Tells a turn that left nothing in the transcript: not even its prompt, which the client writes also when a hook refuses it (2.1.330,
/// measured 2026-11). Its last message has no call by which it could be looked for.
/// </summary>
internal static class SilentTurn
{
    private const int PollMs = 10;

    /// <summary>A prompt stands on disk some 0.1 s after it was sent.</summary>
    private const int PromptMs = 1000;

    /// <summary>Was a request made since, and nothing written? Waits when it looks so.</summary>
    /// <param name="context">The prompt, or the end of the session.</param>
    /// <param name="before">As the main thread left it at its call before; null: no request was made.</param>
    public static bool Is(GateContext context, Reservation? before)
    {
        if (before is not { Size: >= 0 }) return false;
        var started = context.Time.GetTimestamp();
        while (context.Files.Stat(context.Input.TranscriptPath).Size == before.Size)
        {
            if (context.Time.GetElapsedTime(started).TotalMilliseconds >= PromptMs) return true;
            Thread.Sleep(PollMs);
        }
        return false;
    }
}
