using System.IO.Hashing;
using System.Text;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>
/// Brings the spend of a scope up to date. State under <paramref name="stateDirectory"/> is a cache: missing, stale, corrupt or not
/// writable, the figures stay the same and only the time differs.
/// </summary>
internal sealed class SpendMeter(
    IFileSystem files, string stateDirectory, PriceTable prices, TimeProvider time, Deadline deadline, int stripBytes = StripScanner.DefaultStripBytes)
{
    /// <summary>A day scope records what is at most this old; the window needs half of it.</summary>
    private const long DayHorizonMs = 48 * 3_600_000L;

    /// <summary>The window and one bucket: a snapshot that forgot newer things than that was made when the clock stood later.</summary>
    private const long WindowMs = 25 * 3_600_000L;

    /// <summary>Begins to load what is kept of a scope that is read later in this call.</summary>
    public ScopeAhead Begin(SpendScope scope) => new(SnapshotOf(scope));

    /// <summary>Reads what was appended since the last call, saves, and returns exact totals.</summary>
    /// <exception cref="HookFault">A transcript cannot be read, states impossible figures, or the deadline passed.</exception>
    /// <param name="scope">What to add up.</param>
    /// <param name="ahead">Of this scope, see <see cref="Begin"/>.</param>
    public SpendReading Read(SpendScope scope, ScopeAhead? ahead = null)
    {
        // Why: the first attempt may meet stale state, the second a segment that another process swept away; the third has none.
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var snapshot = attempt == 0 && ahead is not null ? ahead.Snapshot : attempt < 2 ? SnapshotOf(scope) : null;
                var state = attempt > 0 ? null : ahead is not null ? ahead.State() : snapshot!.Load();
                return Attempt(scope, snapshot, state, ahead?.Thread);
            }
            catch (StaleStateException) when (attempt < 2)
            {
                continue;
            }
            // Why: state that carries a right checksum and impossible figures was forged; without it the figures are sound.
            catch (Exception e) when (attempt == 0 && e is OverflowException or IndexOutOfRangeException or ArgumentException)
            {
                continue;
            }
            catch (OverflowException e)
            {
                throw new HookFault("the token counts of the transcripts do not add up to a number; their spend cannot be told", e);
            }
        }
    }

    /// <summary>Reads everything from byte 0 without touching state and hands out each response once, in reading order.</summary>
    /// <param name="scope">What to add up.</param>
    /// <param name="onCharge">Takes each response.</param>
    /// <param name="onProgress">Bytes done and bytes in total.</param>
    public SpendReading ReadInFull(SpendScope scope, Action<Charge>? onCharge = null, Action<long, long>? onProgress = null)
    {
        var state = NewState(scope, null);
        var charges = onCharge is null ? null : new ChargeList();
        var count = new SpendCount(scope, state, prices, charges);
        var found = new ScopeFiles(files, scope, state, time.GetUtcNow());
        var bytesRead = ReadChanged(found.Refresh(helper: null), state, count, onProgress);
        charges?.HandOut(state, count, onCharge!);
        return SpendReadings.Of(state, found.MainMissing, bytesRead) with { FilesLater = folder => SpendReadings.Files(scope, state, count, folder) };
    }

    /// <summary>Is this tool call, as <see cref="TranscriptLineReader.Hash"/> says it, on disk: in a complete assistant line of what was read, at or after the last response's first line?</summary>
    public bool ContainsToolUse(FileReading file, UInt128 id)
    {
        if (file.LastToolUses is { } known) return known.Contains(id);
        var handle = files.Open(file.Path, out var stat);
        if (handle < 0) return false;
        try
        {
            var offset = file.Last?.Offset ?? 0;
            var scanner = new TranscriptScanner(files, deadline);
            scanner.Start(handle, file.Path, offset, stat.Size - offset);
            // Why: no further than the reading surely went, else a response written since would count as read and its cost be missing.
            while (scanner.Next() && scanner.Line.End <= file.Size)
            {
                if (scanner.Line.ToolUses.Contains(id)) return true;
            }
            return false;
        }
        finally
        {
            files.Close(handle);
        }
    }

    private SnapshotFile SnapshotOf(SpendScope scope)
    {
        var hash = XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(scope.Key));
        var directory = Path.Combine(stateDirectory, "spend", hash.High().ToString("x16") + hash.Low().ToString("x16"));
        return new SnapshotFile(files, directory, hash, prices, scope.Kind == SpendScopeKind.Day);
    }

    private SpendReading Attempt(SpendScope scope, SnapshotFile? snapshot, SpendState? state, SideThread? helper)
    {
        var now = time.GetUtcNow();
        var nowMs = now.ToUnixTimeMilliseconds();
        if (state is not null && nowMs - WindowMs < state.Horizon) throw new StaleStateException("clock");
        var isNew = state is null;
        state ??= NewState(scope, snapshot?.Directory);
        if (scope.Kind == SpendScopeKind.Day && state.Horizon < nowMs - 2 * DayHorizonMs) state.Horizon = nowMs - DayHorizonMs;
        try
        {
            var count = new SpendCount(scope, state, prices, charges: null);
            var found = new ScopeFiles(files, scope, state, now);
            var changed = found.Refresh(helper);
            var bytesRead = ReadChanged(changed, state, count, onProgress: null);
            if (isNew || changed.Count > 0 || state.StructureChanged) snapshot?.Save(state, nowMs);
            deadline.ThrowIfPassed("reading transcripts; what was read so far is kept, the next call goes on from there");
            SpendReading? again = null;
            return SpendReadings.Of(state, found.MainMissing, bytesRead) with
            {
                FilesLater = folder => Later(() => SpendReadings.Files(scope, state, count, folder), reading => reading.FilesBelow(folder)),
                HoldsToolUse = id => Later(() => state.Records.TryGet(id, out _), reading => reading.HoldsToolUse(id)),
            };

            // Why: a reading is asked for more after the attempt, and then stale state must not be a fault either.
            T Later<T>(Func<T> ask, Func<SpendReading, T> askAgain)
            {
                try
                {
                    return ask();
                }
                catch (StaleStateException)
                {
                    return askAgain(again ??= Attempt(scope, snapshot: null, state: null, helper: null));
                }
                finally
                {
                    state.Records.Close();
                }
            }
        }
        finally
        {
            state.Records.Close();
        }
    }

    private SpendState NewState(SpendScope scope, string? directory) => new(new RecordStore(files, directory), prices)
    {
        IsDay = scope.Kind == SpendScopeKind.Day,
        Horizon = scope.Kind == SpendScopeKind.Day ? time.GetUtcNow().ToUnixTimeMilliseconds() - DayHorizonMs : long.MinValue,
    };

    private long ReadChanged(List<FileEntry> changed, SpendState state, SpendCount count, Action<long, long>? onProgress)
    {
        if (changed.Count == 0) return 0;
        var scanner = new StripScanner(files, deadline, stripBytes);
        long total = 0;
        if (onProgress is not null)
        {
            foreach (var file in changed) total += Math.Max(0, file.Stat.Size - file.Mark.Offset);
        }
        Dictionary<string, FileEntry>? mains = null;
        foreach (var file in changed)
        {
            if (!file.Directory.IsMain && !state.IsDay)
            {
                mains ??= Mains(state);
                count.CostStateUntil = mains.TryGetValue(file.Directory.MainTranscript!, out var main) ? main.Figures.CostStateUntil : long.MaxValue;
            }
            ReadFile(file, scanner, state, count, onProgress is null ? null : () => onProgress(scanner.BytesRead, total));
            if (scanner.TimedOut) break;
        }
        return scanner.BytesRead;
    }

    private static Dictionary<string, FileEntry> Mains(SpendState state)
    {
        var mains = new Dictionary<string, FileEntry>();
        foreach (var file in state.AllFiles())
        {
            if (file.Directory.IsMain && file.Figures.CostState != FileFigures.NoCostState) mains[file.FullPath] = file;
        }
        return mains;
    }

    private void ReadFile(FileEntry file, StripScanner scanner, SpendState state, SpendCount count, Action? onProgress)
    {
        var handle = files.Open(file.FullPath, out var stat);
        if (handle < 0)
        {
            if (stat.Kind == FileKind.Missing) throw new StaleStateException("file gone");
            throw ScopeFiles.Unreadable(file, stat.Kind);
        }
        try
        {
            FilePrints.Verify(files, handle, file, stat);
            var costState = (file.Figures.CostStateEnd, file.Figures.CostStateUntil);
            scanner.Start(handle, file.FullPath, file.Mark.Offset, stat.Size - file.Mark.Offset);
            for (var lines = 0; scanner.Next(); lines++)
            {
                count.Count(file, scanner.Line);
                if (lines % 256 == 0) onProgress?.Invoke();
            }
            state.GarbageLines += scanner.GarbageLines;
            FilePrints.Update(files, handle, file, stat, scanner.ResumeOffset);
            // Why: the rest is still to be read, although size and time will not change.
            if (scanner.TimedOut) file.Mark.MtimeNs = -1;
            if (file.Figures is { CostState: not FileFigures.NoCostState, CostStateUntil: long.MaxValue })
            {
                file.Figures.CostStateUntil = TimestampSearch.FirstAfter(files, handle, file.Figures.CostStateEnd, scanner.ResumeOffset) ?? long.MaxValue;
            }
            if (costState != (file.Figures.CostStateEnd, file.Figures.CostStateUntil)) CostStates.Place(state, file);
        }
        finally
        {
            scanner.Stop();
            files.Close(handle);
        }
    }
}
