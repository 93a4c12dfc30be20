namespace Septim.Hooks.Shell.Evaluation;

/// <summary>How many units of a known input have been read.</summary>
internal sealed class InputCursor
{
    public int Position { get; set; }
}
