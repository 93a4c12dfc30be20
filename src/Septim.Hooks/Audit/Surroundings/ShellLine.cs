namespace Septim.Hooks.Audit.Surroundings;

/// <summary>One simple command of a start-up file: its words with quotes taken off, and which of them hold an expansion.</summary>
internal sealed record ShellLine(IReadOnlyList<ShellWord> Words, Place Place)
{
    public string Text => string.Join(' ', Words.Select(word => word.Text));
}
