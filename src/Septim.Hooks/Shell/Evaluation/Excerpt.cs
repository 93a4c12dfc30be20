namespace Septim.Hooks.Shell.Evaluation;

/// <summary>A stretch of a text that somebody may want to read: most commands are never shown, so it is cut out only then.</summary>
internal readonly record struct Excerpt(string Text, int Start, int End)
{
    public static readonly Excerpt None = new("", 0, 0);

    public static Excerpt Of(string text) => new(text, 0, text.Length);

    public override string ToString() => Start == 0 && End == Text.Length ? Text : Text[Start..End];
}
