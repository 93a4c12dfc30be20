using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>During a full reading: where each record was first seen, so that charges can be handed out once all lines are merged.</summary>
internal sealed class ChargeList
{
    private readonly List<(string Id, FileEntry File, long Offset)> _seen = [];

    public int Add(FileEntry file, TranscriptLine line, RecordKind kind)
    {
        if (kind is not (RecordKind.Response or RecordKind.Pass)) return 0;
        var id = line.MessageId.Length > 0 ? line.MessageId.ToString()
            : line.RequestId.Length > 0 ? line.RequestId.ToString() : $"{file.FullPath}:{line.Offset}";
        _seen.Add((id, file, line.Offset));
        return _seen.Count - 1;
    }

    /// <summary>Each response and extra pass in reading order.</summary>
    public void HandOut(SpendState state, SpendCount count, Action<Charge> take)
    {
        var ordered = new UsageRecord[_seen.Count];
        foreach (ref readonly var record in state.Records.Recent)
        {
            if (record.Kind is RecordKind.Response or RecordKind.Pass) ordered[record.Ordinal] = record;
        }
        for (var i = 0; i < ordered.Length; i++)
        {
            ref readonly var record = ref ordered[i];
            var cost = count.Priced(record, out var model);
            var priced = state.Models[model].Priced;
            var (id, file, offset) = _seen[i];
            take(new Charge(id, file.FullPath, offset, TranscriptPaths.AgentOf(file.FullPath), priced.Name, record.Tokens(), cost,
                record.Time == UsageRecord.NoTime ? null : DateTimeOffset.FromUnixTimeMilliseconds(record.Time), record.Kind == RecordKind.Pass));
        }
    }
}
