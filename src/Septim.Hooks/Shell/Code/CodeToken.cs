namespace Septim.Hooks.Shell.Code;

/// <summary>One token of interpreter code.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A name, number or mark as written; the value of a string, in <see cref="CodeText"/>'s notation.</param>
/// <param name="Start">Where it begins in the code.</param>
/// <param name="End">Behind its last character.</param>
/// <param name="StartsLine">It is the first of its line.</param>
/// <param name="AfterSpace">White space stands before it.</param>
internal readonly record struct CodeToken(CodeTokenKind Kind, string Text, int Start, int End, bool StartsLine, bool AfterSpace)
{
    public bool IsMark(string mark) => Kind == CodeTokenKind.Mark && Text == mark;

    public bool IsName(string name) => Kind == CodeTokenKind.Name && Text == name;

    public bool IsText => Kind is CodeTokenKind.String or CodeTokenKind.Template;
}
