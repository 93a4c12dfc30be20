using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Gates;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Recording;

/// <summary>
/// All recorders, and what they do with one hook call, after the gates have judged it: one file an event, and the shipper is started
/// when none runs. Nothing here can change a verdict; what goes wrong is thrown, and FaultPolicy turns it into one visible line.
/// </summary>
internal static class Recorders
{
    public static Recorder[] All { get; } =
    [
        new("notify", (config, _) => config[ConfigKeys.NotifyWebhooks] is not null, paths => paths.Notices),
        new("stop-log", (config, _) => config.Flag(ConfigKeys.LogEnabled), paths => paths.Spool),
    ];

    public static Recorder? Find(string verb)
    {
        foreach (var recorder in All)
            if (recorder.Id == verb) return recorder;
        return null;
    }

    /// <param name="recorders">What is switched on.</param>
    /// <param name="context">The call, as the gates saw it.</param>
    /// <param name="verdicts">Every gate's word that was not silence.</param>
    /// <param name="summaries">False for a gate that runs alone: session events are for whoever records.</param>
    /// <param name="variable">Looks up an environment variable.</param>
    /// <returns>A line about delivery for the person, or null.</returns>
    /// <exception cref="HookFault">An event could not be written, or its figures not be read.</exception>
    public static string? Record(
        Recorder[] recorders, GateContext context, List<GateVerdict> verdicts, bool summaries, Func<string, string?> variable)
    {
        if (recorders.Length == 0) return null;
        if (summaries) Note(context);
        var summary = summaries ? EventName.Of(context.Input.EventName) : null;
        if (summary is null && verdicts.Count == 0) return null;

        CountDenials(context, verdicts);
        var build = new EventBuilder(context, variable);
        var events = new List<RecordedEvent>(verdicts.Count + 1);
        foreach (var judged in verdicts) events.Add(build.Of(judged));
        if (summary is not null) events.Add(build.Summary(summary));

        var paths = SpoolPaths.In(context.Paths.StateDirectory);
        var caps = SpoolCaps.From(context.Config);
        var written = false;
        foreach (var recorder in recorders)
        {
            foreach (var e in events)
            {
                if (!recorder.Takes(context.Config, e.Event)) continue;
                Spool.Write(context.Files, recorder.Directory(paths), e, caps, e.At);
                written = true;
            }
        }
        if (written && context.Config.Text(ConfigKeys.LogShip) == "auto") ShipperStart.WhenNoneRuns(context.Files, paths);
        if (build.Fault is { } fault) throw fault;
        return summary is null ? null : Trouble(context.Files, paths);
    }

    /// <summary>What is counted, although it is no event.</summary>
    private static void Note(GateContext context)
    {
        var input = context.Input;
        if (input.EventName == HookEvent.UserPromptSubmit)
            SessionTally.StartTurn(context.Files, context.Paths.StateDirectory, input.SessionId, context.Time.GetUtcNow());
        else if (input.EventName == HookEvent.PostToolUseFailure)
            SessionTally.Add(context.Files, context.Paths.StateDirectory, input.SessionId, SessionTally.Failed);
    }

    private static void CountDenials(GateContext context, List<GateVerdict> verdicts)
    {
        foreach (var judged in verdicts)
            if (judged.Verdict.Kind is not VerdictKind.Pass)
                SessionTally.Add(context.Files, context.Paths.StateDirectory, context.Input.SessionId, SessionTally.Denied);
    }

    /// <summary>Told once: the shipper writes the line anew when the trouble goes on.</summary>
    private static string? Trouble(IFileSystem files, SpoolPaths paths)
    {
        var handle = files.Open(paths.Trouble, out _);
        if (handle < 0) return null;
        Span<byte> buffer = stackalloc byte[512];
        var read = files.Read(handle, 0, buffer);
        files.Close(handle);
        files.Delete(paths.Trouble);
        return read <= 0 ? null : System.Text.Encoding.UTF8.GetString(buffer[..read]).Trim();
    }
}
