using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// One row of the policy: a value in a file of its own. It recognises parsed commands, never text. Its examples are run
/// by the tests, shown by <c>septim explain</c> and printed in docs/bash-gate.md.
/// </summary>
/// <param name="Id">Kebab case; the file has the same name in Pascal case: <c>fs-rm-root</c> is FsRmRoot.cs.</param>
/// <param name="Severity">Of a finding that names none itself.</param>
internal sealed record BashRule(string Id, BashSeverity Severity)
{
    /// <summary>Why it is refused, one sentence without a closing stop.</summary>
    public required string Reason { get; init; }

    /// <summary>A command that does the safe thing and passes the gate; null: only a person does this.</summary>
    public string? Alternative { get; init; }

    /// <summary>What to do instead in words, where a command alone does not say it; it stands before <see cref="Alternative"/>.</summary>
    public string? Advice { get; init; }

    /// <summary>Commands that the rule refuses (asks, when its severity is medium).</summary>
    public required string[] Denies { get; init; }

    /// <summary>Commands that a rule of severity high or critical only asks about.</summary>
    public string[] Asks { get; init; } = [];

    /// <summary>The near misses: commands that the whole gate lets pass.</summary>
    public required string[] Passes { get; init; }

    /// <summary>
    /// Judges one invocation; it is called for every one, so it starts with a switch on <see cref="RuleCase.Name"/> where it can.
    /// Null: the rule judges whole readings only.
    /// </summary>
    public Func<RuleCase, BashFinding?>? Judge { get; init; }

    /// <summary>What the rule says of one invocation, by its own code or by a line of <see cref="ListedTools"/>.</summary>
    public BashFinding? Find(RuleCase at) => Judge?.Invoke(at) ?? at.Listed(Id);

    /// <summary>Judges the reading as a whole, once; null for most rules.</summary>
    public Func<ShellReading, RuleSetting, BashFinding?>? JudgeReading { get; init; }

    // Why: a rule is its id; comparing lists and delegates would say nothing.
    public bool Equals(BashRule? other) => other is not null && Id == other.Id;

    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
}
