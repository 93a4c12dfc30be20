using Septim.Hooks.Gates.BashRules;

namespace Septim.Hooks.Gates;

/// <summary>The words of the Bash gate: segment, why, what to do instead. At most 600 characters with the rule id, secrets masked.</summary>
internal static class BashMessage
{
    public const int MaxLength = 600;

    private const int MaxSegment = 200;

    public static string Of(JudgedFinding finding, string command)
    {
        var instead = (finding.Rule.Advice, finding.Alternative) is var (advice, alternative) && alternative is not null
            ? advice is null ? $" Instead: `{alternative}`" : $" Instead: {advice}: `{alternative}`"
            : advice is not null ? $" Instead: {advice}."
            : " A person does this by hand; print the command instead of running it.";
        var why = $"`{Segment(finding, command)}`: {finding.Why}.";
        var room = MaxLength - finding.Rule.Id.Length - 2 - instead.Length;
        return (why.Length > room ? why[..(room - 1)] + "…" : why) + instead;
    }

    /// <summary>On one line, masked, at most 200 characters.</summary>
    public static string Segment(JudgedFinding finding, string command)
    {
        var text = finding.Shown(command);
        if (text.Length > MaxSegment * 2) text = text[..(MaxSegment * 2)];
        var line = SecretMask.Of(text).ReplaceLineEndings(" ").Trim();
        return line.Length > MaxSegment ? line[..(MaxSegment - 1)] + "…" : line;
    }
}
