using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit;

/// <summary>What one check says while it judges: findings, the files that it read, and what stayed open.</summary>
internal sealed class ItemResult(string prefix, Severity severity)
{
    private readonly SortedSet<string> _filesRead = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unknowns = new(StringComparer.Ordinal);

    public List<Finding> Findings { get; } = [];
    public IReadOnlyCollection<string> FilesRead => _filesRead;

    /// <summary>The reason why the item is not applicable; null when it is.</summary>
    public string? NotApplicable { get; set; }

    /// <summary>The first reason why it could not be judged.</summary>
    public string? Unknown { get; private set; }

    /// <summary>The first thing that a person has to say.</summary>
    public string? Manual { get; private set; }

    /// <summary>What attestations must be bound to: subject → binding.</summary>
    public List<KeyValuePair<string, string>> Binds { get; } = [];

    /// <summary>Why the item passes, or what it shows beside its findings.</summary>
    public string? Note { get; set; }

    public void Fail(
        string rule, string message, Place place = default, string subject = "", Severity? severity = null, string? fingerprint = null,
        FixProposal? fix = null, params KeyValuePair<string, string>[] evidence) =>
        Add(rule, FindingState.Fail, severity ?? Severity, message, place, subject, fingerprint, fix, evidence);

    public void Warn(
        string rule, string message, Place place = default, string subject = "", Severity? severity = null, string? fingerprint = null,
        FixProposal? fix = null, params KeyValuePair<string, string>[] evidence) =>
        Add(rule, FindingState.Warn, severity ?? Below(Severity), message, place, subject, fingerprint, fix, evidence);

    public void Info(string rule, string message, Place place = default, string subject = "", params KeyValuePair<string, string>[] evidence) =>
        Add(rule, FindingState.Info, Severity.Info, message, place, subject, null, null, evidence);

    /// <summary>A required input could not be used; the item can no longer pass.</summary>
    public void CannotTell(string reason, Place place = default, string? way = null)
    {
        Unknown ??= reason;
        if (_unknowns.Add(reason + "\n" + place.Path))
            Add("unreadable", FindingState.Info, Severity.Info, reason, place, "", null, FixProposal.Manual(way ?? "make it readable, then audit again"), []);
    }

    /// <param name="reason">What a person has to look at.</param>
    /// <param name="subject">What the attestation is about.</param>
    /// <param name="binds">What it is bound to.</param>
    public void NeedsPerson(string reason, string subject, string binds)
    {
        Manual ??= reason;
        Binds.Add(new(subject, binds));
    }

    /// <summary>Notes that a file was used, and what its state means for this item.</summary>
    /// <returns>The input when it was read, whole or in part; else null.</returns>
    public Input? Use(Input input)
    {
        switch (input.Status)
        {
            case InputStatus.Read:
                _filesRead.Add(input.Path);
                return input;
            case InputStatus.Truncated:
                _filesRead.Add(input.Path);
                CannotTell($"only the first {InputReader.MaxBytes >> 20} MiB were read", new Place(input.Path));
                return input;
            case InputStatus.Unreadable:
                CannotTell(input.Reason ?? "cannot be read", new Place(input.Path));
                return null;
            case InputStatus.Dropped:
                _filesRead.Add(input.Path);
                if (input.IsBroken) CannotTell($"cannot be parsed, so the client ignores it: {input.Reason}", new Place(input.Path));
                return null;
            default:
                return null;
        }
    }

    public void Read(string path) => _filesRead.Add(path);

    /// <summary>Attestations that hold, in words.</summary>
    public List<string> Settled { get; } = [];

    /// <summary>Every subject that needs a person has one.</summary>
    public bool IsSettled { get; set; }

    /// <summary>A note that keeps an open item visible in every format.</summary>
    public void AddNote(string rule, string message, FixProposal fix) => Add(rule, FindingState.Info, Audit.Severity.Info, message, Place.None, "", null, fix, []);

    public static KeyValuePair<string, string> Said(string name, string value) => new(name, value);

    private Severity Severity => severity;

    private static Severity Below(Severity severity) => severity == Audit.Severity.Info ? severity : severity - 1;

    private void Add(
        string rule, FindingState state, Severity severity, string message, Place place, string subject, string? fingerprint,
        FixProposal? fix, KeyValuePair<string, string>[] evidence) =>
        Findings.Add(new Finding
        {
            Rule = $"{prefix}.{rule}",
            State = state,
            Severity = severity,
            Message = message,
            Place = place.Path is null ? Place.None : place,
            Subject = subject,
            SecretFingerprint = fingerprint,
            Fix = fix,
            Evidence = evidence,
        });
}
