namespace Septim.Hooks.Transcripts;

/// <summary>What one line of a transcript says about money. One object is filled again and again by the scanner.</summary>
internal sealed class TranscriptLine
{
    private readonly List<UsagePass> _passes = [];
    private int _passCount;

    /// <summary>Where its JSON object starts, in bytes from the start of the file.</summary>
    public long Offset { get; set; }

    /// <summary>Just behind its closing brace.</summary>
    public long End { get; set; }

    public LineType Type { get; set; }

    public bool HasUsage { get; set; }

    /// <summary><c>message.usage</c> is there and is neither an object nor null.</summary>
    public bool UsageIsUnreadable { get; set; }

    public bool IsApiError { get; set; }

    /// <summary>The client tells that a response broke off after it had begun, and that it asks again. Nothing else is said of that response.</summary>
    public bool IsBrokenOff { get; set; }

    /// <summary>A 128-bit hash of the message id, of the request id where there is none; null where there is neither.</summary>
    public UInt128? Id { get; set; }

    public Utf8Text MessageId { get; } = new();

    public Utf8Text RequestId { get; } = new();

    public Utf8Text Model { get; } = new();

    public Utf8Text RequestedModel { get; } = new();

    /// <summary>Unix milliseconds; null when absent or no time.</summary>
    public long? Time { get; set; }

    /// <summary><c>usage.speed</c> is <c>fast</c>.</summary>
    public bool IsFast { get; set; }

    /// <summary><c>usage.inference_geo</c> is <c>us</c>.</summary>
    public bool IsGeoUs { get; set; }

    /// <summary><c>usage.service_tier</c> is <c>batch</c>.</summary>
    public bool IsBatch { get; set; }

    public TokenUsage Usage;

    /// <summary>The cost record's total in pico-dollars; null when absent, negative when it is no amount.</summary>
    public long? TotalCostPico { get; set; }

    /// <summary>128-bit hashes of the <c>tool_use</c> ids in its content.</summary>
    public List<UInt128> ToolUses { get; } = [];

    /// <summary>Entries of <c>usage.iterations[]</c>, without those that repeat what the top level says.</summary>
    public int PassCount => _passCount;

    public UsagePass Pass(int index) => _passes[index];

    public UsagePass AddPass()
    {
        if (_passCount == _passes.Count) _passes.Add(new UsagePass());
        var pass = _passes[_passCount++];
        pass.Clear();
        return pass;
    }

    public void RemoveLastPass() => _passCount--;

    public void ClearPasses() => _passCount = 0;

    public void ClearUsage()
    {
        HasUsage = UsageIsUnreadable = IsFast = IsGeoUs = IsBatch = false;
        Usage = default;
        ClearPasses();
    }

    /// <summary>Takes all that <see cref="ClearUsage"/> clears from another line.</summary>
    public void CopyUsage(TranscriptLine other)
    {
        (HasUsage, UsageIsUnreadable, Usage) = (other.HasUsage, other.UsageIsUnreadable, other.Usage);
        (IsFast, IsGeoUs, IsBatch) = (other.IsFast, other.IsGeoUs, other.IsBatch);
        ClearPasses();
        for (var i = 0; i < other.PassCount; i++)
        {
            var (from, to) = (other.Pass(i), AddPass());
            to.Type.CopyFrom(from.Type);
            to.Model.CopyFrom(from.Model);
            to.Usage = from.Usage;
        }
    }

    public void ClearMessage()
    {
        MessageId.Clear();
        Model.Clear();
        ToolUses.Clear();
        ClearUsage();
    }

    public void Clear()
    {
        Type = LineType.NotGiven;
        IsApiError = IsBrokenOff = false;
        TotalCostPico = null;
        Time = null;
        RequestId.Clear();
        RequestedModel.Clear();
        ClearMessage();
    }
}
