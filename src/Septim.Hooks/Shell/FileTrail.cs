namespace Septim.Hooks.Shell;

/// <summary>
/// What this command line itself put into files, by absolute path: so that <c>curl -o f …; bash f</c> and
/// <c>cp key f; curl -T f …</c> are seen through.
/// </summary>
internal sealed class FileTrail
{
    /// <summary>A file of more pieces is known by its origins alone.</summary>
    private const int MostPieces = 64;

    private readonly Dictionary<string, List<(int Order, Feed Feed, bool Replaces, bool Appends)>> _writes = [];

    /// <summary>Every file that was written or removed.</summary>
    public IReadOnlyCollection<string> Paths => _writes.Keys;

    /// <summary>Notes a write (or a removal: <see cref="Feed.Nothing"/>) by the command number <paramref name="order"/>.</summary>
    /// <param name="order">The command's place among the invocations.</param>
    /// <param name="path">Absolute and normalised.</param>
    /// <param name="feed">What was written.</param>
    /// <param name="replaces">What was there before is surely gone.</param>
    /// <param name="appends">It stands behind what was there before.</param>
    public void Note(int order, string path, Feed feed, bool replaces, bool appends)
    {
        if (!_writes.TryGetValue(path, out var writes)) _writes[path] = writes = [];
        writes.Add((order, feed, replaces, appends));
    }

    /// <summary>
    /// What may be in the file when command number <paramref name="order"/> starts, or null when this command line never
    /// wrote it: then it is whatever it was before.
    /// </summary>
    public Feed? At(string path, int order)
    {
        if (!_writes.TryGetValue(path, out var writes)) return null;
        var found = new List<Feed>();
        var isOneText = true;
        for (var i = writes.Count - 1; i >= 0; i--)
        {
            if (writes[i].Order >= order) continue;
            found.Add(writes[i].Feed);
            if (writes[i].Replaces) break;
            isOneText &= writes[i].Appends;
        }
        found.Reverse();
        return found.Count == 0 ? null : isOneText && found.Count <= MostPieces ? Feed.Concat(found) : Feed.Union(found);
    }
}
