using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>Everything that is known about a scope: what <see cref="SnapshotFile"/> keeps between calls. Times in Unix milliseconds.</summary>
internal sealed class SpendState(RecordStore records, PriceTable prices)
{
    public const long NoTimeBucket = long.MaxValue;
    private const long BucketMilliseconds = 600_000;

    public RecordStore Records => records;

    /// <summary>The roots of the scope this was made for, one a line.</summary>
    public string Roots { get; set; } = "";

    /// <summary>What is stamped earlier may be missing from <see cref="Buckets"/>; in a day scope it was never recorded.</summary>
    public long Horizon { get; set; } = long.MinValue;

    /// <summary>A day scope: only the window matters, files that were quiet since before it keep no figures.</summary>
    public bool IsDay { get; init; }

    public List<DirectoryEntry> Directories { get; } = [];

    public int NextFileIndex { get; set; }

    /// <summary>Folders or names changed: the table of files must be written again.</summary>
    public bool StructureChanged { get; set; }

    public long LinesTotal { get; set; }

    public TokenCounts Tokens { get; set; }

    public long Responses { get; set; }

    public long ToolCalls { get; set; }

    public long GarbageLines { get; set; }

    public long FirstTime { get; set; } = long.MaxValue;

    public long LastTime { get; set; } = long.MinValue;

    public List<ModelTotal> Models { get; } = [];

    public List<string> UnknownIterations { get; } = [];

    /// <summary>Ten-minute buckets, ascending; the last may be <see cref="NoTimeBucket"/>. Values in pico-dollars.</summary>
    public List<KeyValuePair<long, long>> Buckets { get; } = [];

    /// <summary>The table of files last written, when the files are too many for the snapshot itself.</summary>
    public FileTableReference? Table { get; set; }

    /// <summary>Unpacks every folder.</summary>
    public IEnumerable<FileEntry> AllFiles()
    {
        foreach (var directory in Directories)
        {
            foreach (var file in directory.Files) yield return file;
        }
    }

    /// <summary>The index of a model id as written; lines of one model are neighbours, so the last one found is tried first.</summary>
    public ushort Intern(Utf8Text written)
    {
        if (_lastModel < Models.Count && Models[_lastModel].WrittenUtf8.SequenceEqual(written.Span)) return (ushort)_lastModel;
        for (var i = 0; i < Models.Count; i++)
        {
            if (!Models[i].WrittenUtf8.SequenceEqual(written.Span)) continue;
            _lastModel = i;
            return (ushort)i;
        }
        return InternText(written.ToString());
    }

    // Why once more: bytes that are no text are not what the text is written as.
    private ushort InternText(string written)
    {
        var known = Models.FindIndex(model => model.Written == written);
        if (known >= 0) return (ushort)known;
        if (Models.Count >= 4096) throw new HookFault("the transcripts name more than 4096 different models; they are not a client's own");
        return AddModel(written);
    }

    private int _lastModel;

    public ushort AddModel(string written)
    {
        Models.Add(new ModelTotal(written, prices.Resolve(written)));
        return (ushort)(Models.Count - 1);
    }

    public void AddToBucket(long time, long pico)
    {
        if (pico == 0) return;
        var bucket = time == UsageRecord.NoTime ? NoTimeBucket : time / BucketMilliseconds;
        var at = Buckets.Count;
        while (at > 0 && Buckets[at - 1].Key > bucket) at--;
        if (at > 0 && Buckets[at - 1].Key == bucket) Buckets[at - 1] = new(bucket, Buckets[at - 1].Value + pico);
        else Buckets.Insert(at, new(bucket, pico));
    }

    /// <summary>Forgets buckets that no window can reach any more, once they are many.</summary>
    public void Prune(long now)
    {
        const int Many = 320;
        if (Buckets.Count <= Many) return;
        var horizon = now - 48 * 3_600_000L;
        Buckets.RemoveAll(b => b.Key < horizon / BucketMilliseconds);
        Horizon = Math.Max(Horizon, horizon);
    }
}
