namespace Septim.Hooks.Audit;

/// <summary>One thing that a check found. Holds no secret: every string has gone through the redactor before a report sees it.</summary>
internal sealed record Finding
{
    /// <summary><c>SEP07.secrets-inherit</c>; never reused, never built from a path or a value.</summary>
    public required string Rule { get; init; }
    public required FindingState State { get; init; }
    public required Severity Severity { get; init; }
    public required string Message { get; init; }
    public Place Place { get; init; } = Place.None;

    /// <summary>Variable, key path, server, hook or job: what the fingerprint is made of beside rule and path. Never a value.</summary>
    public string Subject { get; init; } = "";
    public IReadOnlyList<KeyValuePair<string, string>> Evidence { get; init; } = [];

    /// <summary>First 8 hex digits of SHA-256, for provider-shaped tokens alone; else null.</summary>
    public string? SecretFingerprint { get; init; }
    public FixProposal? Fix { get; init; }

    /// <summary>Owner and reason of the suppression that covers it; null when none does.</summary>
    public string? SuppressedBy { get; init; }

    public bool Counts => SuppressedBy is null;
}
