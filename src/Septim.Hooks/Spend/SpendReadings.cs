using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>A state as a <see cref="SpendReading"/>.</summary>
internal static class SpendReadings
{
    /// <summary>All but the files.</summary>
    public static SpendReading Of(SpendState state, bool mainMissing, long bytesRead)
    {
        var lines = new Usd(state.LinesTotal);
        var beyond = new Usd(CostStates.BeyondLines(state));
        return new SpendReading
        {
            Total = lines + beyond,
            LinesTotal = lines,
            CostStateFloor = beyond > Usd.Zero ? lines + beyond : Usd.Zero,
            Tokens = state.Tokens,
            Models = Models(state),
            UnknownModels = UnknownModels(state),
            UnknownIterations = state.UnknownIterations,
            FirstTimestamp = state.FirstTime == long.MaxValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(state.FirstTime),
            LastTimestamp = state.LastTime == long.MinValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(state.LastTime),
            Responses = state.Responses,
            ToolCalls = state.ToolCalls,
            GarbageLines = state.GarbageLines,
            BytesRead = bytesRead,
            MainMissing = mainMissing,
            Buckets = Buckets(state),
        };
    }

    private static List<ModelReading> Models(SpendState state)
    {
        var models = new List<ModelReading>(state.Models.Count);
        foreach (var model in state.Models)
        {
            if (model is { Responses: 0, Total.Pico: 0 } && model.Tokens == default) continue;
            var name = model.Priced.Name.Length == 0 ? "(no model)" : model.Priced.Name;
            var at = models.FindIndex(m => m.Model == name);
            var sum = new ModelReading(name, model.Priced.Known, model.Total, model.Tokens, model.Responses);
            if (at < 0) models.Add(sum);
            else models[at] = sum with { Total = sum.Total + models[at].Total, Tokens = sum.Tokens + models[at].Tokens, Responses = sum.Responses + models[at].Responses };
        }
        return models;
    }

    private static List<string> UnknownModels(SpendState state)
    {
        var unknown = new List<string>();
        foreach (var model in state.Models)
        {
            if (!model.Priced.Known) unknown.Add(model.Written.Length == 0 ? "(no model)" : model.Written);
        }
        return unknown;
    }

    /// <param name="scope">Of the state.</param>
    /// <param name="state">What is known.</param>
    /// <param name="count">Knows prices.</param>
    /// <param name="folder">What the path of their folder starts with; other folders stay unread.</param>
    public static List<FileReading> Files(SpendScope scope, SpendState state, SpendCount count, string folder)
    {
        var isDay = scope.Kind == SpendScopeKind.Day;
        var files = new List<FileReading>();
        foreach (var directory in state.Directories)
        {
            if (!directory.FullPath.StartsWith(folder, StringComparison.Ordinal)) continue;
            foreach (var file in directory.Files)
            {
                if (file.Mark.Inode == 0 && file.Mark.Size == 0 && file.Mark.MtimeNs == 0) continue;
                if (isDay && (file.Figures.Responses == 0 || file.Figures.LatestTime < state.Horizon)) continue;
                files.Add(Of(file, state, count));
            }
        }
        return files;
    }

    private static FileReading Of(FileEntry file, SpendState state, SpendCount count)
    {
        ref readonly var figures = ref file.Figures;
        var isMain = file.Directory.IsMain;
        if (figures.Responses == 0) return new FileReading { Path = file.FullPath, AgentId = isMain ? null : TranscriptPaths.AgentOf(file.Name), Size = file.Mark.Size, BytesAfterLastResponse = file.Mark.Size };
        var run = figures.Run;
        var recent = new Usd[Math.Min(figures.Responses, FileFigures.RecentLength)];
        for (var i = 0; i < recent.Length; i++) recent[i] = new Usd(figures.Recent[(int)((figures.Responses - recent.Length + i) % FileFigures.RecentLength)]);
        var tokens = run.Tokens();
        return new FileReading
        {
            Path = file.FullPath,
            AgentId = isMain ? null : TranscriptPaths.AgentOf(file.Name),
            Total = new Usd(figures.Total),
            Responses = figures.Responses,
            Last = new LastResponse(state.Models[run.Model].Written,
                run.RequestedModel == UsageRecord.NoModel ? null : state.Models[run.RequestedModel].Written,
                tokens.Prompt, tokens.Output, count.Priced(run, out _) + new Usd(figures.RunExtra), figures.RunOffset),
            RecentCosts = recent,
            LastToolUses = file.LastToolUses,
            BytesAfterLastResponse = Math.Max(0, file.Mark.Size - figures.RunEnd),
            Size = file.Mark.Size,
        };
    }

    private static List<KeyValuePair<long, Usd>> Buckets(SpendState state)
    {
        var buckets = new List<KeyValuePair<long, Usd>>(state.Buckets.Count);
        foreach (var (bucket, pico) in state.Buckets) buckets.Add(new(bucket, new Usd(pico)));
        return buckets;
    }
}
