namespace Septim.Hooks.Shell.Syntax;

/// <summary>The counters of <see cref="ShellLimits"/> and the first syntax error, shared by everything that reads one command. The first breach stays.</summary>
internal sealed class Budget
{
    private int _nodes;
    private int _commands;
    private int _expansions;
    private long _characters;
    private long _text;

    /// <summary>The limit that was reached, by name, or null.</summary>
    public string? Breach { get; private set; }

    /// <summary>Text that expansions made: <c>X=$X$X</c> again and again must end.</summary>
    public bool Text(int length) =>
        (_text += length) <= 2L * ShellLimits.Characters || Fail($"{ShellLimits.Characters} characters of expanded text");

    /// <summary>The first syntax error, or null.</summary>
    public SyntaxGap? Gap { get; private set; }

    public bool IsSpent => Breach is not null;

    public bool Node() => ++_nodes <= ShellLimits.Nodes || Fail($"{ShellLimits.Nodes} syntax nodes");

    public bool Command() => ++_commands <= ShellLimits.Commands || Fail($"{ShellLimits.Commands} commands");

    public bool Expansion() => ++_expansions <= ShellLimits.Expansions || Fail($"{ShellLimits.Expansions} expansions");

    public bool Depth(int depth) => depth <= ShellLimits.Depth || Fail($"nesting depth {ShellLimits.Depth}");

    public bool CodeLevel(int level) =>
        level <= ShellLimits.CodeLevels || Fail($"{ShellLimits.CodeLevels} levels of nested code");

    public bool Characters(int count) =>
        (_characters += count) <= ShellLimits.Characters || Fail($"{ShellLimits.Characters} characters");

    /// <summary>Notes a syntax error; the first stays, but that code is open is added.</summary>
    public void Note(string message, int offset, bool hasOpenCode) =>
        Gap = IsSpent ? Gap : Gap is null ? new SyntaxGap(message, offset, hasOpenCode)
            : Gap with { HasOpenCode = Gap.HasOpenCode || hasOpenCode };

    private bool Fail(string limit)
    {
        Breach ??= limit;
        return false;
    }
}
