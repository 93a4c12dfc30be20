namespace Septim.Hooks.Shell;

/// <summary>
/// What this command line itself put into files, by absolute path: so that <c>curl -o f …; bash f</c> and
/// <c>cp key f; curl -T f …</c> are seen through.
/// </summary>
internal sealed class FileTrail
{
    private readonly Dictionary<string, List<(int Order, Feed Feed, bool Replaces)>> _writes = [];

    /// <summary>Notes a write (or a removal: <see cref="Feed.Nothing"/>) by the command number <paramref name="order"/>.</summary>
    /// <param name="order">The command's place among the invocations.</param>
    /// <param name="path">Absolute and normalised.</param>
    /// <param name="feed">What was written.</param>
    /// <param name="replaces">What was there before is surely gone.</param>
    public void Note(int order, string path, Feed feed, bool replaces)
    {
        if (!_writes.TryGetValue(path, out var writes)) _writes[path] = writes = [];
        writes.Add((order, feed, replaces));
    }

    /// <summary>
    /// What may be in the file when command number <paramref name="order"/> starts, or null when this command line never
    /// wrote it: then it is whatever it was before.
    /// </summary>
    public Feed? At(string path, int order)
    {
        if (!_writes.TryGetValue(path, out var writes)) return null;
        var found = new List<Feed>();
        for (var i = writes.Count - 1; i >= 0; i--)
        {
            if (writes[i].Order >= order) continue;
            found.Add(writes[i].Feed);
            if (writes[i].Replaces) break;
        }
        found.Reverse();
        return found.Count == 0 ? null : Feed.Union(found);
    }
}
