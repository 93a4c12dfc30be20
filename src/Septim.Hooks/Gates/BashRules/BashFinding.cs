namespace Septim.Hooks.Gates.BashRules;

/// <summary>A rule has recognised a command.</summary>
/// <param name="Severity">Null: the rule's own.</param>
/// <param name="Why">What is special about this case, as half a sentence without a closing stop; null: the rule's reason.</param>
internal sealed record BashFinding(BashSeverity? Severity = null, string? Why = null)
{
    /// <summary>With the rule's own severity and reason.</summary>
    public static readonly BashFinding Plain = new();

    public static readonly BashFinding Medium = new(BashSeverity.Medium);
    public static readonly BashFinding High = new(BashSeverity.High);
    public static readonly BashFinding Critical = new(BashSeverity.Critical);
    public static readonly BashFinding Low = new(BashSeverity.Low);

    /// <summary>Where in the command; null: the invocation that was judged.</summary>
    public Shell.Segment? Segment { get; init; }
}
