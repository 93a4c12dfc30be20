using System.Globalization;
using System.Text;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>
/// The client's own total as its status line last showed it, and the estimate of what it grew by since: a floor under what the transcript
/// shows, because compaction and other requests leave no line. Losing it loses only that floor.
/// </summary>
internal static class StatusFloor
{
    /// <param name="files">The disk.</param>
    /// <param name="stateDirectory">Where the floor is kept.</param>
    /// <param name="owner">Whose: a session's id, or an agent's transcript.</param>
    /// <param name="clientTotal">What the client said, or what it would say.</param>
    /// <param name="linesTotal">What the transcript showed at that moment.</param>
    /// <param name="beyond">What the client's own record in it proved beyond its lines.</param>
    public static bool Write(IFileSystem files, string stateDirectory, string owner, Usd clientTotal, Usd linesTotal, Usd beyond = default)
    {
        var path = PathOf(stateDirectory, owner);
        return files.CreateDirectory(Path.GetDirectoryName(path)!)
            && files.Replace(path, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{clientTotal.Pico}\n{linesTotal.Pico}\n{beyond.Pico}\n")));
    }

    /// <summary>The floor plus what the transcript gained since; zero when none was recorded.</summary>
    public static Usd Now(IFileSystem files, string stateDirectory, string owner, Usd linesTotal) =>
        Read(files, stateDirectory, owner) is ({ } total, { } then, _) && then <= linesTotal ? total + (linesTotal - then) : Usd.Zero;

    /// <summary>The session has ended, and the client wrote its total: once that proves more than it did, there is nothing left to estimate.</summary>
    public static void Settle(IFileSystem files, string stateDirectory, string owner, Usd beyond)
    {
        if (Read(files, stateDirectory, owner) is (_, _, { } proven) && beyond > proven) files.Delete(PathOf(stateDirectory, owner));
    }

    private static (Usd? Total, Usd? Then, Usd? Beyond) Read(IFileSystem files, string stateDirectory, string owner)
    {
        var handle = files.Open(PathOf(stateDirectory, owner), out _);
        if (handle < 0) return default;
        Span<byte> buffer = stackalloc byte[80];
        var read = files.Read(handle, 0, buffer);
        files.Close(handle);
        if (read <= 0) return default;
        var lines = Encoding.ASCII.GetString(buffer[..read]).Split('\n');
        return lines.Length == 4 && long.TryParse(lines[0], out var total) && long.TryParse(lines[1], out var then) && long.TryParse(lines[2], out var beyond)
            && total > 0 && then >= 0 && beyond >= 0 ? (new Usd(total), new Usd(then), new Usd(beyond)) : default;
    }

    private static string PathOf(string stateDirectory, string owner) =>
        Path.Combine(stateDirectory, "floors", StateName.Of(owner));
}
