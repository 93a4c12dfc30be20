using Septim.Hooks.Audit;

namespace Septim.Hooks.Commands;

/// <summary>The command line of <c>septim audit</c>, understood.</summary>
internal sealed record AuditLine
{
    public required AuditOptions Options { get; init; }

    /// <summary>audit, attest or suppress.</summary>
    public string Verb { get; init; } = "audit";
    public string? Explain { get; init; }
    public bool Fix { get; init; }
    public bool Yes { get; init; }
    public string FailOn { get; init; } = "fail";
    public string? Baseline { get; init; }

    /// <summary>Format and file; <c>-</c> is stdout.</summary>
    public required IReadOnlyList<(string Format, string Output)> Outputs { get; init; }

    /// <summary>Options of attest and suppress: <c>by</c>, <c>expires</c>, …</summary>
    public required IReadOnlyDictionary<string, string> Words { get; init; }
}
