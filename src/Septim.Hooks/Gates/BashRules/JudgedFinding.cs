using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>A finding after the policy had its say.</summary>
/// <param name="Rule">Who found it.</param>
/// <param name="Finding">What.</param>
/// <param name="Invocation">Where; null when the reading as a whole was judged.</param>
/// <param name="Severity">The finding's, a guess already lowered.</param>
/// <param name="Verdict">Pass for a low finding, a rule switched off, or an exception.</param>
internal sealed record JudgedFinding(BashRule Rule, BashFinding Finding, Invocation? Invocation, BashSeverity Severity, VerdictKind Verdict)
{
    /// <summary>The exception that lets it pass, or null.</summary>
    public Config.BashAllowEntry? Allowed { get; init; }

    /// <summary>A safe command, of the same tool where there is one; null: only a person does this.</summary>
    public string? Alternative => Alternatives.Of(Rule.Id, Invocation) ?? Rule.Alternative;

    public string Why => Finding.Why ?? Rule.Reason;

    /// <summary>The offending piece as it stands in the command.</summary>
    public string Shown(string command)
    {
        if (Finding.Segment is { Length: > 0 } segment && segment.Offset + segment.Length <= command.Length) return segment.In(command);
        return Invocation is { Source.Length: > 0 } at ? at.Source : command;
    }
}
