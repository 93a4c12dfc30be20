namespace Septim.Hooks.Shell.Syntax;

/// <summary>One text that is parsed: the command itself, or a text inside it (a here-document, <c>sh -c</c> code).</summary>
/// <param name="Text">What is parsed.</param>
/// <param name="Outer">Where it lies in the command that the client sent.</param>
/// <param name="IsExact">Each unit here is the same unit there, <c>Outer.Offset</c> further on.</param>
internal sealed record SourceText(string Text, Segment Outer, bool IsExact)
{
    public static SourceText Whole(string text) => new(text, new Segment(0, text.Length), true);

    public Segment Map(int start, int end) => IsExact ? new Segment(Outer.Offset + start, end - start) : Outer;
}
