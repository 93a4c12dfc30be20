namespace Septim.Hooks.Audit;

/// <summary>The one model behind all five formats. Everything in it has passed the redactor.</summary>
internal sealed record AuditReport
{
    public const int SchemaVersion = 1;

    public required string SeptimVersion { get; init; }
    public required DateTimeOffset GeneratedAt { get; init; }
    public required string Project { get; init; }
    public string? ClientVersion { get; init; }

    /// <summary>incident, blocked, review, open or sound: the first that applies.</summary>
    public required string Verdict { get; init; }

    /// <summary>Every verdict that applies.</summary>
    public required IReadOnlyList<string> Verdicts { get; init; }
    public required IReadOnlyList<string> Flags { get; init; }
    public required IReadOnlyList<AuditItem> Items { get; init; }

    /// <summary>Beyond the thirty; never counted.</summary>
    public required IReadOnlyList<ReportFinding> Extensions { get; init; }
    public required IReadOnlyList<FixLine> FixList { get; init; }

    /// <summary>The first hour's work when no settings file exists at all; else null.</summary>
    public string? Starter { get; init; }
    public required IReadOnlyList<ReportInput> Inputs { get; init; }
    public required IReadOnlyList<DaySpend> Spend { get; init; }
    public string? Timing { get; init; }

    /// <summary>Some item was left open by a fault of the audit itself: it was not made as a whole.</summary>
    public bool HasFault { get; init; }

    public IEnumerable<SectionScore> Sections => Enumerable.Range(1, 5).Select(section => SectionScore.Of(section, Items)).Where(score => score.Items > 0);
    public SectionScore Total => SectionScore.Of(0, Items);

    public string VerdictSentence => Verdict switch
    {
        "incident" => "These have caused real damage: repair before anything else.",
        "blocked" => "Stop and repair before unattended use.",
        "review" => "Important, not immediately dangerous.",
        "open" => "Shape not established: " + Open() + ".",
        _ => "0 failures in sections 1 to 3, nothing left open there.",
    };

    /// <summary>That this is not the whole audit; null when it is.</summary>
    public string? Part => Items.Count == AuditChecks.All.Length ? null : $"Only {Items.Count} of the {AuditChecks.All.Length} items {(Items.Count == 1 ? "was" : "were")} audited: the verdict is about {(Items.Count == 1 ? "it" : "them")} alone.";

    /// <summary>The words of the fix list, and where more is told.</summary>
    public const string Legend = "auto: septim audit --fix does it, after showing the diff; guided: a change to make; manual: steps for a person. septim audit explain N tells what item N wants and why.";

    public static readonly string[] Limits =
    [
        "Facts were measured on Linux with one client version; policy from the provider's console and settings delivered by device management are unknown to the audit, never assumed.",
        "Hooks of plugins, agents and of type http, prompt, agent or mcp_tool are judged statically; a prompt or agent hook never counts as a gate.",
        "Spend figures are lower bounds from transcripts; prompts, compaction and permission checks leave no line.",
        "Deny rules, hooks and guards reduce accidents. Against a determined command only the sandbox, separate accounts and provider limits hold: items 01, 04, 08 and 27 are the real walls.",
    ];

    private string Open() =>
        string.Join(", ", Items.Where(item => item.State is ItemState.Manual or ItemState.Unknown && (item.Check.Blocking || item.Check.Incident)).Select(item => $"{item.Check.Number:00} {ReportWords.Of(item.State)}"));
}
