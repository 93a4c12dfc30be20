using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Commands.Replay;

/// <summary>A folder of recorded transcripts.</summary>
/// <param name="number">Stands for its inode.</param>
internal sealed class ReplayDirectory(int number)
{
    public int Number => number;

    /// <summary>When the first file at any depth was there, milliseconds since 1970.</summary>
    public long FirstMs { get; set; } = long.MaxValue;

    /// <summary>The files right in it, and since when.</summary>
    public List<(string Name, FileKind Kind, long FirstMs)> Files { get; } = [];

    public List<(string Name, ReplayDirectory Directory)> Folders { get; } = [];

    /// <summary>When a name was last added, as its own time would show.</summary>
    public long ChangedAt(long ms)
    {
        var changed = FirstMs;
        foreach (var (_, _, first) in Names())
            if (first <= ms && first > changed) changed = first;
        return changed;
    }

    public IEnumerable<(string Name, FileKind Kind, long FirstMs)> Names()
    {
        foreach (var file in Files) yield return file;
        foreach (var (name, directory) in Folders) yield return (name, FileKind.Directory, directory.FirstMs);
    }
}
