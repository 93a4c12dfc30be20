namespace Septim.Hooks.Shell;

/// <summary>
/// A text that an interpreter will run. Shell text that is known was already read: its commands follow in
/// <see cref="ShellReading.Invocations"/>. What is unknown in it is for the rules: <see cref="Feed.From"/> tells who made it.
/// </summary>
internal sealed record CodeInput(CodeLanguage Language, CodeOrigin Origin, Feed Feed)
{
    /// <summary>Not one character of it is known here.</summary>
    public bool IsOpaque
    {
        get
        {
            if (Feed.Content is not { } content) return true;
            var unknown = false;
            foreach (var piece in content.Pieces)
            {
                if (piece.IsUnknown) unknown = true;
                else if (!string.IsNullOrWhiteSpace(piece.Text)) return false;
            }
            return unknown;
        }
    }
}
