using System.Text;
using Septim.Hooks.Recording;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Delivery;

/// <summary>
/// Which news goes to whom, and which was told already. Without a list of its own a webhook tells what matters when nobody watches:
/// ends of unattended sessions, failures, ceilings, refusals, long turns, and that somebody is waited for.
/// </summary>
internal sealed class NoticeRoute(IFileSystem files, SpoolPaths paths, int? longTurnMinutes, int quietMinutes, TimeProvider time)
{
    public const string LongTurn = "long_turn";

    /// <summary>What a webhook's <c>events</c> may list.</summary>
    public static readonly string[] Known = [.. EventName.All, LongTurn];

    private static readonly string[] Quiet = ["stop", "subagent_stop", "bash_ask", "config_ask", "cost_ask", "loop_ask", "subagent_ask", "bash_warning", "session_end"];

    public static bool IsKnown(string name) => Array.IndexOf(Known, name) >= 0;

    /// <summary>Whether the webhook is told of this event, leaving repeats aside.</summary>
    public bool Wants(SinkSettings webhook, SpooledEvent e)
    {
        var isLong = e.Event == "stop" && longTurnMinutes is { } minutes && long.TryParse(e.Text("turn_ms"), out var ms) && ms >= minutes * 60_000L;
        if (webhook.Events is { } listed) return listed.Contains(e.Event) || (isLong && listed.Contains(LongTurn));
        if (e.Event == "session_end") return e.Text("attended") == "false";
        return isLong || Array.IndexOf(Quiet, e.Event) < 0;
    }

    /// <summary>Whether the same was told to the same webhook a short while ago; if not, it counts as told now.</summary>
    public bool IsRepeat(SinkSettings webhook, SpooledEvent e)
    {
        // Why the name: what ends, ends once; a second end is news.
        if (quietMinutes == 0 || e.Event is "session_end" or "stop_failure") return false;
        var subject = $"{webhook.Name}\n{e.Event}\n{e.Text("rule")}\n{e.Text("session_id")}\n{e.Text("notification_type")}";
        var mark = Path.Combine(paths.Root, "told", StateName.Of(subject));
        var now = time.GetUtcNow();
        if (Told(mark) is var (id, at) && (now - at).Duration() < TimeSpan.FromMinutes(quietMinutes))
        {
            // Why: a run that was killed after this mark and before the queue must tell it after all.
            return id != e.Id;
        }
        if (files.CreateDirectory(Path.GetDirectoryName(mark)!)) files.Replace(mark, Encoding.UTF8.GetBytes(e.Id));
        return false;
    }

    private (string Id, DateTimeOffset At)? Told(string mark)
    {
        var handle = files.Open(mark, out var stat);
        if (handle < 0) return null;
        Span<byte> buffer = stackalloc byte[64];
        var read = files.Read(handle, 0, buffer);
        files.Close(handle);
        return (read <= 0 ? "" : Encoding.UTF8.GetString(buffer[..read]), DateTimeOffset.FromUnixTimeMilliseconds(stat.MtimeNs / 1_000_000));
    }
}
