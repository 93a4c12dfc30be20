using System.Globalization;
using System.Text;
using Septim.Hooks.Spend;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Recording;

/// <summary>
/// What is known of a session beside its transcript: turns, denials, failures, and what was reported last. Cannot be derived again, so
/// losing it costs these counters and nothing else. Counts are sizes of files that grow by one byte a time, which needs no lock.
/// </summary>
/// <param name="ReportedTotal">The session's cost at the last Stop.</param>
/// <param name="Turns">Turns that are over.</param>
/// <param name="Agents">How many agents there were when <paramref name="AgentDepth"/> was read.</param>
/// <param name="AgentDepth">The deepest agent.</param>
internal sealed record SessionTally(Usd ReportedTotal, long Turns, long Agents, int AgentDepth)
{
    /// <summary>Counters of <see cref="Add"/>.</summary>
    public const string Denied = "denied";
    public const string Failed = "failed";

    private const int MaxBytes = 256;

    public static SessionTally Read(IFileSystem files, string stateDirectory, string sessionId)
    {
        Span<byte> buffer = stackalloc byte[MaxBytes];
        var handle = files.Open(PathOf(stateDirectory, sessionId), out var stat);
        if (handle < 0) return new SessionTally(Usd.Zero, 0, 0, 0);
        var read = files.Read(handle, Math.Max(0, stat.Size - MaxBytes), buffer);
        files.Close(handle);
        var text = read <= 0 ? "" : Encoding.ASCII.GetString(buffer[..read]).TrimEnd('\n');
        var fields = text[(text.LastIndexOf('\n') + 1)..].Split(' ');
        return fields.Length == 4 && Number(fields[0], out var total) && Number(fields[1], out var turns) && Number(fields[2], out var agents) && Number(fields[3], out var depth)
            ? new SessionTally(new Usd(total), turns, agents, (int)Math.Min(depth, int.MaxValue))
            : new SessionTally(Usd.Zero, 0, 0, 0);
    }

    /// <summary>Adds a line; the last one counts. Why not a file renamed over the old one: file systems write such a file out at once, which costs 0.4 ms.</summary>
    public bool Write(IFileSystem files, string stateDirectory, string sessionId)
    {
        var path = PathOf(stateDirectory, sessionId);
        return files.CreateDirectory(Path.GetDirectoryName(path)!)
            && Append.Write(path, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{ReportedTotal.Pico} {Turns} {Agents} {AgentDepth}\n")));
    }

    /// <summary>Notes that a turn begins now.</summary>
    public static bool StartTurn(IFileSystem files, string stateDirectory, string sessionId, DateTimeOffset now) =>
        Put(files, PathOf(stateDirectory, sessionId) + ".turn", now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    /// <summary>Since when the turn has run, in milliseconds; null when its start was not seen.</summary>
    public static long? TurnMs(IFileSystem files, string stateDirectory, string sessionId, DateTimeOffset now)
    {
        Span<byte> buffer = stackalloc byte[32];
        var handle = files.Open(PathOf(stateDirectory, sessionId) + ".turn", out _);
        if (handle < 0) return null;
        var read = files.Read(handle, 0, buffer);
        files.Close(handle);
        return read > 0 && Number(Encoding.ASCII.GetString(buffer[..read]), out var start) ? Math.Max(0, now.ToUnixTimeMilliseconds() - start) : null;
    }

    /// <summary>Adds one to a counter of the session.</summary>
    public static void Add(IFileSystem files, string stateDirectory, string sessionId, string counter)
    {
        var path = $"{PathOf(stateDirectory, sessionId)}.{counter}";
        if (files.CreateDirectory(Path.GetDirectoryName(path)!)) Append.Write(path, "1"u8);
    }

    public static long Count(IFileSystem files, string stateDirectory, string sessionId, string counter) =>
        files.Stat($"{PathOf(stateDirectory, sessionId)}.{counter}") is { Kind: FileKind.File, Size: var size } ? size : 0;

    private static bool Put(IFileSystem files, string path, string text) =>
        files.CreateDirectory(Path.GetDirectoryName(path)!) && files.Replace(path, Encoding.ASCII.GetBytes(text));

    private static string PathOf(string stateDirectory, string sessionId) =>
        Path.Combine(stateDirectory, "tally", StateName.Of(sessionId));

    private static bool Number(string text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
