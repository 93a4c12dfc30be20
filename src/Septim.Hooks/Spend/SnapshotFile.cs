using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>
/// State on disk, one folder a scope: two <c>snapshot</c> cells of which the newer one counts and the older one is written over, and
/// immutable <c>*.seg</c> (records) and <c>*.tab</c> (a large table of files). Nobody waits for another: a total is a function of the
/// bytes read, so whichever snapshot is found is right, and a newer one only saves time.
/// </summary>
internal sealed class SnapshotFile(IFileSystem files, string directory, UInt128 scopeHash, PriceTable prices, bool isDay)
{
    /// <summary>Grows with every change of the layout or of a counting rule.</summary>
    private const long FormatVersion = 6;

    private const int MaxInlineFiles = 48;
    private const int MaxDirtyFiles = 64;
    private const int MaxBytes = 256 * 1024 * 1024;
    private const long GraceNs = 60_000_000_000;

    private readonly string[] _paths = [Path.Combine(directory, "snapshot-0"), Path.Combine(directory, "snapshot-1")];
    private readonly List<string> _inUse = [];
    private int _loaded = -1;
    private int _newer;
    private long[]? _sequences;
    private ReadOnlyMemory<byte>? _content;

    public string Directory => directory;

    /// <summary>How many transcripts the state as last saved knows, before it is loaded; 0 when there is none.</summary>
    public int KnownFiles => Content() is { Length: >= sizeof(int) } bytes ? new StateReader(bytes.Span).Int() : 0;

    /// <summary>The state as last saved. Null when there is none that is whole.</summary>
    /// <exception cref="StaleStateException">There is something, and it is not usable.</exception>
    public SpendState? Load()
    {
        if (Content() is not { } bytes) return null;
        var from = new StateReader(bytes.Span);
        _ = from.Int();
        if (from.Long() != FormatVersion || from.Long() != prices.Version
            || from.ULong() != scopeHash.High() || from.ULong() != scopeHash.Low()) throw new StaleStateException("snapshot");
        var records = new RecordStore(files, directory);
        var state = new SpendState(records, prices) { IsDay = isDay, Roots = from.Text() };
        ReadTotals(ref from, state);
        var segments = from.Count(12);
        for (var i = 0; i < segments; i++)
        {
            var nonce = from.ULong();
            records.Segments.Add(new RecordSegment(files, RecordSegment.PathOf(directory, nonce), nonce, from.Int()));
            _inUse.Add(records.Segments[i].FilePath);
        }
        var recent = from.Count(UsageRecord.Bytes);
        for (var i = 0; i < recent; i++) records.Put(from.Struct<UsageRecord>());
        ReadFiles(bytes, ref from, state);
        return state;
    }

    /// <summary>Saves; when the directory refuses, nothing changes but the time of the next call.</summary>
    public void Save(SpendState state, long now)
    {
        state.Prune(now);
        if (!state.Records.Settle()) return;
        var to = new StateWriter();
        to.Skip(StateCell.HeaderBytes);
        to.Int(CountFiles(state));
        to.Long(FormatVersion);
        to.Long(prices.Version);
        to.ULong(scopeHash.High());
        to.ULong(scopeHash.Low());
        to.Text(state.Roots);
        WriteTotals(to, state);
        to.Int(state.Records.Segments.Count);
        foreach (var segment in state.Records.Segments)
        {
            to.ULong(segment.Nonce);
            to.Int(segment.Count);
        }
        to.Int(state.Records.Recent.Length);
        foreach (ref readonly var record in state.Records.Recent) to.Struct(record);
        if (!WriteFiles(to, state)) return;
        if (_sequences is null) LookAtCells();
        // Why not the loaded one: should this writer die half-way, it is still whole.
        var path = _paths[_loaded >= 0 ? 1 - _loaded : 1 - _newer];
        var sequence = _sequences![_newer] + 1;
        if (!StateCell.Write(files, path, to.Written, sequence, Salt)
            && !(files.CreateDirectory(directory) && StateCell.Write(files, path, to.Written, sequence, Salt))) return;
        if (state.Records.Merged || state.StructureChanged) Sweep(state, now);
    }

    // Why twice: both cells can be under a writer's hand at once.
    private ReadOnlyMemory<byte>? Content() => _content ??= Newest() ?? Newest();

    private ReadOnlyMemory<byte>? Newest()
    {
        LookAtCells();
        foreach (var cell in (ReadOnlySpan<int>)[_newer, 1 - _newer])
        {
            if (StateCell.Read(files, _paths[cell], MaxBytes, Salt) is not { } bytes) continue;
            _loaded = cell;
            return bytes;
        }
        return null;
    }

    private void LookAtCells()
    {
        _sequences = [StateCell.Sequence(files, _paths[0]), StateCell.Sequence(files, _paths[1])];
        _newer = _sequences[1] > _sequences[0] ? 1 : 0;
    }

    private static void WriteTotals(StateWriter to, SpendState state)
    {
        to.Long(state.Horizon);
        to.Int(state.NextFileIndex);
        to.Long(state.LinesTotal);
        to.Struct(state.Tokens);
        to.Long(state.Responses);
        to.Long(state.ToolCalls);
        to.Long(state.GarbageLines);
        to.Long(state.FirstTime);
        to.Long(state.LastTime);
        to.Int(state.Models.Count);
        foreach (var model in state.Models)
        {
            to.Text(model.Written);
            to.Long(model.Total.Pico);
            to.Struct(model.Tokens);
            to.Long(model.Responses);
        }
        to.Int(state.UnknownIterations.Count);
        foreach (var type in state.UnknownIterations) to.Text(type);
        to.Int(state.Buckets.Count);
        foreach (var (bucket, pico) in state.Buckets)
        {
            to.Long(bucket);
            to.Long(pico);
        }
    }

    private static void ReadTotals(ref StateReader from, SpendState state)
    {
        state.Horizon = from.Long();
        state.NextFileIndex = from.Int();
        state.LinesTotal = from.Long();
        state.Tokens = from.Struct<TokenCounts>();
        state.Responses = from.Long();
        state.ToolCalls = from.Long();
        state.GarbageLines = from.Long();
        state.FirstTime = from.Long();
        state.LastTime = from.Long();
        var models = from.Count(64);
        for (var i = 0; i < models; i++)
        {
            var model = state.Models[state.AddModel(from.Text())];
            (model.Total, model.Tokens, model.Responses) = (new Usd(from.Long()), from.Struct<TokenCounts>(), from.Long());
        }
        var unknown = from.Count(4);
        for (var i = 0; i < unknown; i++) state.UnknownIterations.Add(from.Text());
        var buckets = from.Count(16);
        state.Buckets.EnsureCapacity(buckets);
        for (var i = 0; i < buckets; i++) state.Buckets.Add(new(from.Long(), from.Long()));
    }

    private bool WriteFiles(StateWriter to, SpendState state)
    {
        var dirty = 0;
        foreach (var directory in state.Directories)
        {
            if (!directory.IsUnpacked) continue;
            foreach (var file in directory.Files) dirty += file.IsDirty ? 1 : 0;
        }
        if (CountFiles(state) <= MaxInlineFiles)
        {
            state.Table = null;
            to.Int(0);
            FileTable.Write(to, state);
            return true;
        }
        if ((state.Table is null || state.StructureChanged || dirty > MaxDirtyFiles) && !WriteTable(state)) return false;
        to.Int(1);
        to.Struct(state.Table!.Value);
        WriteDirty(to, state);
        return true;
    }

    private static int CountFiles(SpendState state)
    {
        var count = 0;
        foreach (var directory in state.Directories) count += directory.Count;
        return count;
    }

    private bool WriteTable(SpendState state)
    {
        var table = new StateWriter();
        var head = FileTable.Write(table, state);
        var reference = new FileTableReference(unchecked((ulong)Random.Shared.NextInt64(1, long.MaxValue)), head, Print(table.Written[..head]));
        var path = TablePath(reference);
        if (!files.Replace(path, table.Written) && !(files.CreateDirectory(directory) && files.Replace(path, table.Written))) return false;
        state.Table = reference;
        state.StructureChanged = true;
        foreach (var file in state.AllFiles()) file.IsDirty = false;
        return true;
    }

    private static void WriteDirty(StateWriter to, SpendState state)
    {
        var dirty = new List<(int Directory, int File)>();
        for (var d = 0; d < state.Directories.Count; d++)
        {
            if (!state.Directories[d].IsUnpacked) continue;
            var entries = state.Directories[d].Files;
            for (var f = 0; f < entries.Count; f++)
            {
                if (entries[f].IsDirty) dirty.Add((d, f));
            }
        }
        to.Int(dirty.Count);
        foreach (var (d, f) in dirty)
        {
            to.Int(d);
            to.Int(f);
            FileTable.WriteEntry(to, state, state.Directories[d].Files[f]);
        }
    }

    private void ReadFiles(ReadOnlyMemory<byte> bytes, ref StateReader from, SpendState state)
    {
        if (from.Int() == 0)
        {
            var behindHead = 0;
            var figures = FileTable.ReadHead(bytes, ref from, state, place => Proven(bytes.Slice(behindHead + place.Offset, place.Length), place));
            behindHead = bytes.Length - from.Left;
            from.Raw(figures);
        }
        else
        {
            var reference = from.Struct<FileTableReference>();
            var path = TablePath(reference);
            _inUse.Add(path);
            if (reference.HeadLength is < 0 or > MaxBytes) throw new StaleStateException("table");
            var head = ReadAt(path, 0, (int)reference.HeadLength);
            if (Print(head) != reference.HeadPrint) throw new StaleStateException("table");
            var table = new StateReader(head);
            FileTable.ReadHead(head, ref table, state, place => Proven(ReadAt(path, reference.HeadLength + place.Offset, place.Length), place));
            state.Table = reference;
            var dirty = from.Count(8);
            for (var i = 0; i < dirty; i++)
            {
                int d = from.Int(), f = from.Int();
                if (d < 0 || d >= state.Directories.Count || f < 0 || f >= state.Directories[d].Files.Count) throw new StaleStateException("table");
                var file = state.Directories[d].Files[f];
                file.Figures = FileFigures.None;
                FileTable.ReadEntry(ref from, file);
                file.IsDirty = true;
            }
        }
        if (!from.AtEnd) throw new StaleStateException("length");
    }

    /// <summary>
    /// Removes segments and tables that neither the new snapshot nor the one before it names. Why the grace: another process may
    /// have written them for a snapshot it is about to rename into place.
    /// </summary>
    private void Sweep(SpendState state, long now)
    {
        foreach (var segment in state.Records.Segments) _inUse.Add(segment.FilePath);
        if (state.Table is { } table) _inUse.Add(TablePath(table));
        foreach (var path in _paths) _inUse.Add(path);
        var names = new List<FileName>();
        files.List(directory, names);
        foreach (var (name, kind) in names)
        {
            var path = Path.Combine(directory, name);
            if (kind != FileKind.File || _inUse.Contains(path)) continue;
            if (now * 1_000_000 - files.Stat(path).MtimeNs > GraceNs) files.Delete(path);
        }
    }

    private string TablePath(FileTableReference reference) => Path.Combine(directory, reference.Nonce.ToString("x16") + ".tab");

    private ulong Salt => scopeHash.Low();

    private ulong Print(ReadOnlySpan<byte> bytes) => KeyHash.Print(bytes, Salt);

    private static ReadOnlyMemory<byte> Proven(ReadOnlyMemory<byte> figures, FiguresPlace place) =>
        KeyHash.Print(figures.Span) == place.Print ? figures : throw new StaleStateException("figures");

    private byte[] ReadAt(string path, long offset, int length)
    {
        var handle = files.Open(path, out var stat);
        if (handle < 0) throw new StaleStateException("table");
        try
        {
            if (offset < 0 || length < 0 || offset + length > stat.Size) throw new StaleStateException("table");
            var bytes = GC.AllocateUninitializedArray<byte>(length);
            for (var done = 0; done < bytes.Length;)
            {
                var read = files.Read(handle, offset + done, bytes.AsSpan(done));
                if (read <= 0) throw new StaleStateException("read");
                done += read;
            }
            return bytes;
        }
        finally
        {
            files.Close(handle);
        }
    }
}
