using System.IO.Hashing;
using System.Text;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>Adds lines to a <see cref="SpendState"/>: each response once over all files, field by field its largest value.</summary>
internal sealed class SpendCount(SpendScope scope, SpendState state, PriceTable prices, ChargeList? charges)
{
    /// <summary>More tokens than this in one counter cannot be paid at any price of the table.</summary>
    private const long MaxTokens = 1_000_000_000_000_000;

    private readonly bool _isDay = scope.Kind == SpendScopeKind.Day;

    private UsageRecord _pricedLast = new() { Model = UsageRecord.NoModel };
    private Usd _lastPrice;
    private int _lastModel;

    public void Count(FileEntry file, TranscriptLine line)
    {
        if (line.Type == LineType.CostState)
        {
            if (file.Directory.IsMain && !_isDay) CostStates.Note(file, line);
            return;
        }
        if (line.IsBrokenOff)
        {
            file.Figures.Broken++;
            return;
        }
        Validate(line.Usage, file, line);
        var record = RecordOf(file, line, KeyOf(file, line));
        if (record.Time != UsageRecord.NoTime)
        {
            file.Figures.LatestTime = Math.Max(file.Figures.LatestTime, record.Time);
            state.FirstTime = Math.Min(state.FirstTime, record.Time);
            state.LastTime = Math.Max(state.LastTime, record.Time);
        }
        var kept = !_isDay || record.Time >= state.Horizon;
        if (kept) Add(file, record, line);
        long extra = 0;
        for (var i = 0; i < line.PassCount; i++)
        {
            if (PassRecord(file, line, i, record) is not { } pass) continue;
            extra += Priced(pass, out _).Pico;
            if (kept) Add(file, pass, line);
        }
        NoteRun(file, line, record, extra);
        if (kept && file.Figures.RunBroken > 0) foreach (var lost in BrokenOff.Before(file.Figures.Run, file.Figures.RunBroken)) Add(file, lost, line);
        if (_isDay) return;
        foreach (var toolUse in line.ToolUses) AddToolUse(toolUse);
    }

    /// <summary>The time that bounds "before" for an agent's file.</summary>
    public long CostStateUntil { get; set; } = long.MaxValue;

    public Usd Priced(in UsageRecord record, out int model)
    {
        // Why: a response is priced as it was, as it is, and as the last one of its file, and each of its lines begins with the price of the one before.
        if (!record.SameContentAs(_pricedLast)) (_pricedLast, _lastPrice) = (record, PriceOf(record, out _lastModel));
        model = _lastModel;
        return _lastPrice;
    }

    private Usd PriceOf(in UsageRecord record, out int model)
    {
        var tokens = record.Tokens();
        long? time = record.Time == UsageRecord.NoTime ? null : record.Time;
        model = record.Model;
        var cost = prices.Price(state.Models[record.Model].Priced, tokens, record.Context, time);
        if (record.RequestedModel == UsageRecord.NoModel || record.RequestedModel == record.Model) return cost;
        var asked = prices.Price(state.Models[record.RequestedModel].Priced, tokens, record.Context, time);
        if (asked <= cost) return cost;
        model = record.RequestedModel;
        return asked;
    }

    private void Add(FileEntry file, in UsageRecord line, TranscriptLine source)
    {
        var isKnown = state.Records.TryGet(line.Key, out var old);
        UsageRecord merged;
        if (!isKnown)
        {
            merged = line;
            merged.Ordinal = charges?.Add(file, source, line.Kind) ?? 0;
            AddToFile(file, Apply(old, merged, isNew: true), line);
            state.Records.Put(merged);
            return;
        }
        merged = Merge(old, line);
        if (old.Owner == line.Owner && old.Shared == 0)
        {
            if (merged.SameContentAs(old)) return;
            AddToFile(file, Apply(old, merged, isNew: false), merged);
            state.Records.Put(merged);
            return;
        }
        if (old.Shared == 0 && !_isDay)
        {
            merged.Shared = 1;
            PutCopy(old, old.Owner);
        }
        if (!merged.SameContentAs(old) || merged.Shared != old.Shared)
        {
            Apply(old, merged, isNew: false);
            state.Records.Put(merged);
        }
        if (!_isDay) AddCopy(file, line);
    }

    /// <summary>The same response in another file: that file's own total counts it too, once.</summary>
    private void AddCopy(FileEntry file, in UsageRecord line)
    {
        var isKnown = state.Records.TryGet(CopyKey(line.Key, line.Owner), out var old);
        var merged = isKnown ? Merge(old, line) : line;
        if (isKnown && merged.SameContentAs(old)) return;
        var before = isKnown ? Priced(old, out _) : Usd.Zero;
        PutCopy(merged, line.Owner);
        AddToFile(file, (Priced(merged, out _) - before).Pico, merged);
    }

    private void PutCopy(UsageRecord record, int owner)
    {
        if (record.Kind != RecordKind.FileCopy)
        {
            var key = CopyKey(record.Key, owner);
            (record.KeyHigh, record.KeyLow, record.Kind, record.Owner) = (key.High(), key.Low(), RecordKind.FileCopy, owner);
        }
        state.Records.Put(record);
    }

    private static UInt128 CopyKey(UInt128 key, int owner)
    {
        Span<byte> bytes = stackalloc byte[20];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128LittleEndian(bytes, key);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], owner);
        return XxHash128.HashToUInt128(bytes, seed: 'f');
    }

    /// <summary>Moves the totals from the old figures of a response to the new ones; returns the difference in pico-dollars.</summary>
    private long Apply(in UsageRecord old, in UsageRecord merged, bool isNew)
    {
        var after = Priced(merged, out var model);
        long before = 0;
        if (!isNew)
        {
            before = Priced(old, out var oldModel).Pico;
            var left = state.Models[oldModel];
            left.Total -= new Usd(before);
            left.Tokens -= old.Tokens();
            if (old.Kind == RecordKind.Response) left.Responses--;
            state.Tokens -= old.Tokens();
            state.AddToBucket(old.Time, -before);
        }
        else if (merged.Kind == RecordKind.Response)
        {
            state.Responses++;
        }
        var entered = state.Models[model];
        entered.Total += after;
        entered.Tokens += merged.Tokens();
        if (merged.Kind == RecordKind.Response) entered.Responses++;
        state.Tokens += merged.Tokens();
        state.AddToBucket(merged.Time, after.Pico);
        state.LinesTotal = (new Usd(state.LinesTotal) + new Usd(after.Pico - before)).Pico;
        return after.Pico - before;
    }

    private void AddToFile(FileEntry file, long pico, in UsageRecord record)
    {
        file.Figures.Total += pico;
        if (!file.Directory.IsMain && (record.Time == UsageRecord.NoTime || record.Time < CostStateUntil)) file.Figures.BeforeCostState += pico;
    }

    private void AddToolUse(UInt128 id)
    {
        if (state.Records.TryGet(id, out _)) return;
        state.Records.Put(new UsageRecord { KeyHigh = id.High(), KeyLow = id.Low(), Kind = RecordKind.ToolUse });
        state.ToolCalls++;
    }

    private void NoteRun(FileEntry file, TranscriptLine line, in UsageRecord record, long extra)
    {
        ref var figures = ref file.Figures;
        if (figures.Responses > 0 && figures.Run.Key == record.Key)
        {
            figures.Run = Merge(figures.Run, record);
            figures.RunExtra = Math.Max(figures.RunExtra, extra);
        }
        else
        {
            figures.Responses++;
            (figures.Run, figures.RunExtra, figures.RunOffset) = (record, extra, line.Offset);
            (figures.RunBroken, figures.Broken) = (figures.Broken, 0);
        }
        if (line.Offset == figures.RunOffset) (file.LastToolUses ??= []).Clear();
        file.LastToolUses?.AddRange(line.ToolUses);
        figures.RunEnd = line.End;
        // Why with them: on a bad line the next one may break off as often.
        var once = Priced(figures.Run, out _).Pico;
        figures.Recent[(int)((figures.Responses - 1) % FileFigures.RecentLength)] = once + once * BrokenOff.Times(figures.RunBroken) + figures.RunExtra;
    }

    private UsageRecord Merge(in UsageRecord a, in UsageRecord b)
    {
        var merged = a;
        merged.Usage = a.Usage.Max(b.Usage);
        merged.Time = Math.Min(a.Time, b.Time);
        if (Wins(b, a))
        {
            (merged.WinnerSum, merged.Model, merged.RequestedModel, merged.Context) = (b.WinnerSum, b.Model, b.RequestedModel, b.Context);
        }
        return merged;
    }

    /// <summary>The line with the larger sum names model and factors; of equal ones the dearer factors, then any fixed order.</summary>
    private bool Wins(in UsageRecord b, in UsageRecord a)
    {
        if (b.WinnerSum != a.WinnerSum) return b.WinnerSum > a.WinnerSum;
        if (b.Context != a.Context) return (b.Context ^ UsageContext.Batch) > (a.Context ^ UsageContext.Batch);
        if (b.Model != a.Model) return string.CompareOrdinal(Name(b.Model), Name(a.Model)) > 0;
        return b.RequestedModel != a.RequestedModel && string.CompareOrdinal(Name(b.RequestedModel), Name(a.RequestedModel)) > 0;
    }

    private string Name(ushort model) => model == UsageRecord.NoModel ? "" : state.Models[model].Written;

    private UsageRecord RecordOf(FileEntry file, TranscriptLine line, UInt128 key)
    {
        var requested = line.RequestedModel.Length > 0 ? state.Intern(line.RequestedModel) : UsageRecord.NoModel;
        // Why: a line without message.model is priced by what was asked for; with neither, the empty name is an unknown model.
        var model = line.Model.Length > 0 || requested == UsageRecord.NoModel ? state.Intern(line.Model) : requested;
        var usage = line.Usage;
        return new UsageRecord
        {
            KeyHigh = key.High(),
            KeyLow = key.Low(),
            Usage = usage,
            Time = line.Time ?? UsageRecord.NoTime,
            WinnerSum = usage.Input + usage.Output + usage.CacheRead + usage.CacheWriteFlat,
            Owner = file.Index,
            Model = model,
            RequestedModel = requested,
            Context = (line.IsFast ? UsageContext.Fast : 0)
                | (line.IsGeoUs ? UsageContext.GeoUs : 0)
                | (line.IsBatch ? UsageContext.Batch : 0),
            Kind = RecordKind.Response,
        };
    }

    /// <summary>An entry of usage.iterations[] that is charged beside the top level; null when it is empty.</summary>
    private UsageRecord? PassRecord(FileEntry file, TranscriptLine line, int index, in UsageRecord response)
    {
        var pass = line.Pass(index);
        Validate(pass.Usage, file, line);
        var isAdvisor = pass.Type.Span.SequenceEqual("advisor_message"u8);
        var isCompaction = pass.Type.Span.SequenceEqual("compaction"u8);
        if (!isAdvisor && !isCompaction) NoteUnknownPass(pass.Type.ToString());
        if (pass.Usage == default) return null;
        Span<byte> name = stackalloc byte[20];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128LittleEndian(name, response.Key);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(name[16..], index);
        var key = XxHash128.HashToUInt128(name, seed: 'p');
        var record = response;
        (record.KeyHigh, record.KeyLow, record.Kind) = (key.High(), key.Low(), RecordKind.Pass);
        record.Usage = pass.Usage;
        record.Usage.WebSearches = 0;
        record.WinnerSum = pass.Usage.Input + pass.Usage.Output + pass.Usage.CacheRead + pass.Usage.CacheWriteFlat;
        if (isCompaction) return record;
        // Why: an advisor has its own model and bands; the line's geo, region and speed do not carry over.
        if (pass.Model.Length > 0) (record.Model, record.RequestedModel) = (state.Intern(pass.Model), UsageRecord.NoModel);
        if (isAdvisor || pass.Model.Length > 0) record.Context = UsageContext.None;
        return record;
    }

    private void NoteUnknownPass(string type)
    {
        if (state.UnknownIterations.Count < 64 && !state.UnknownIterations.Contains(type)) state.UnknownIterations.Add(type);
    }

    private static UInt128 KeyOf(FileEntry file, TranscriptLine line) =>
        line.Id ?? XxHash128.HashToUInt128(Encoding.UTF8.GetBytes($"{file.FullPath}:{line.Offset}"), seed: 'l');

    private static void Validate(in TokenUsage usage, FileEntry file, TranscriptLine line)
    {
        if (usage.IsValid && (usage.Input | usage.Output | usage.CacheRead | usage.CacheWriteFlat | usage.CacheWrite5m
            | usage.CacheWrite1h | usage.WebSearches) < MaxTokens) return;
        throw new HookFault($"{file.FullPath}: the line at byte {line.Offset} states token counts that are no counts (negative, not a number, or too large); its cost cannot be told");
    }
}
