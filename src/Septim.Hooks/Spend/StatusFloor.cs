using System.Globalization;
using System.Text;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>
/// The client's own total as its status line last showed it: a floor under what the transcript shows, because compaction and other
/// requests leave no line. Losing it loses only that floor.
/// </summary>
internal static class StatusFloor
{
    /// <param name="files">The disk.</param>
    /// <param name="stateDirectory">Where the floor is kept.</param>
    /// <param name="sessionId">Whose.</param>
    /// <param name="clientTotal">What the client said.</param>
    /// <param name="linesTotal">What the transcript showed at that moment.</param>
    public static bool Write(IFileSystem files, string stateDirectory, string sessionId, Usd clientTotal, Usd linesTotal)
    {
        var path = PathOf(stateDirectory, sessionId);
        return files.CreateDirectory(Path.GetDirectoryName(path)!)
            && files.Replace(path, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{clientTotal.Pico}\n{linesTotal.Pico}\n")));
    }

    /// <summary>The floor plus what the transcript gained since; zero when none was recorded.</summary>
    public static Usd Now(IFileSystem files, string stateDirectory, string sessionId, Usd linesTotal)
    {
        var handle = files.Open(PathOf(stateDirectory, sessionId), out _);
        if (handle < 0) return Usd.Zero;
        Span<byte> buffer = stackalloc byte[64];
        var read = files.Read(handle, 0, buffer);
        files.Close(handle);
        if (read <= 0) return Usd.Zero;
        var lines = Encoding.ASCII.GetString(buffer[..read]).Split('\n');
        return lines.Length == 3 && long.TryParse(lines[0], out var total) && long.TryParse(lines[1], out var then)
            && total > 0 && then >= 0 && then <= linesTotal.Pico
            ? new Usd(total) + (linesTotal - new Usd(then))
            : Usd.Zero;
    }

    private static string PathOf(string stateDirectory, string sessionId) =>
        Path.Combine(stateDirectory, "floors", StateName.Of(sessionId));
}
