namespace Septim.Hooks.Shell.Syntax;

/// <summary>The counters of <see cref="ShellLimits"/> and the first syntax error, shared by everything that reads one command. The first breach stays.</summary>
internal sealed class Budget
{
    private int _nodes;
    private int _commands;
    private int _expansions;
    private long _characters;
    private long _text;
    private long _steps;

    /// <summary>The limit that was reached, by name, or null.</summary>
    public string? Breach { get; private set; }

    /// <summary>Text that expansions made: <c>X=$X$X</c> again and again must end.</summary>
    public bool Text(int length) =>
        (_text += length) <= ShellLimits.ExpandedText || Fail($"{ShellLimits.ExpandedText} characters of expanded text");

    /// <summary>Steps of copying and comparing that are about to be taken.</summary>
    public bool Work(long steps) => (_steps += steps) <= ShellLimits.Steps || Fail($"{ShellLimits.Steps} steps of evaluation");

    public bool Separators(int count) => count <= ShellLimits.Separators || Fail($"{ShellLimits.Separators} characters in IFS");


    /// <summary>The first syntax error, or null.</summary>
    public SyntaxGap? Gap { get; private set; }

    public bool IsSpent => Breach is not null;

    public bool Node() => Nodes(1);

    public bool Nodes(int count) => (_nodes += count) <= ShellLimits.Nodes || Fail($"{ShellLimits.Nodes} syntax nodes");

    public bool Command() => ++_commands <= ShellLimits.Commands || Fail($"{ShellLimits.Commands} commands");

    public bool Expansion() => ++_expansions <= ShellLimits.Expansions || Fail($"{ShellLimits.Expansions} expansions");

    public bool Depth(int depth) => depth <= ShellLimits.Depth || Fail($"nesting depth {ShellLimits.Depth}");

    public bool CodeLevel(int level) =>
        level <= ShellLimits.CodeLevels || Fail($"{ShellLimits.CodeLevels} levels of nested code");

    public bool Characters(int count) =>
        (_characters += count) <= ShellLimits.Characters || Fail($"{ShellLimits.Characters} characters");

    /// <summary>Notes a syntax error; the first stays, but that code is open is added.</summary>
    public void Note(string message, int offset, bool hasOpenCode)
    {
        if (IsSpent) return;
        if (Gap is null) Gap = new SyntaxGap(message, offset, hasOpenCode);
        else if (hasOpenCode && !Gap.HasOpenCode) Gap = Gap with { HasOpenCode = true };
    }

    private bool Fail(string limit)
    {
        Breach ??= limit;
        return false;
    }
}
