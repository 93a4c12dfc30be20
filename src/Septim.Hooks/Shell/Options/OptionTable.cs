namespace Septim.Hooks.Shell;

/// <summary>
/// The options of one tool, in getopt's notation, so that a rule can be written down from the tool's manual page.
/// A table costs nothing until it is read: make it a <c>static readonly</c> or a local.
/// </summary>
/// <param name="Short">
/// Letters; <c>:</c> after one means it takes a value (attached or the next word), <c>::</c> an attached value only:
/// <c>"fk:s:v"</c>. Letters that are not listed are flags.
/// </param>
/// <param name="Long">
/// Names without dashes, separated by blanks; <c>=</c> after one means it takes a value (after <c>=</c> or the next word),
/// <c>=?</c> only after <c>=</c>: <c>"foreground kill-after= color=?"</c>. Names that are not listed are flags; list those that
/// matter, so that unambiguous prefixes (<c>--forc</c>) find them.
/// </param>
internal sealed record OptionTable(string Short, string Long = "")
{
    /// <summary>Options end at the first operand: wrappers (<c>sudo -u x rm -rf /</c>) and subcommand tools.</summary>
    public bool StopsAtOperand { get; init; }

    /// <summary>
    /// One dash is as good as two, and there are no clusters: <c>-destroy</c>, <c>-var=x</c> (Go's flag package, terraform, java).
    /// Only <see cref="Long"/> counts then.
    /// </summary>
    public bool SingleDash { get; init; }

    /// <summary>A prefix of a long option does not stand for it.</summary>
    public bool ExactLong { get; init; }
}
