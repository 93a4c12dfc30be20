namespace Septim.Hooks.Shell;

/// <summary>What is known of one piece of a word.</summary>
internal enum PieceKind
{
    /// <summary>The text is the value.</summary>
    Literal,

    /// <summary>An unquoted <c>*</c>, <c>?</c>, <c>[…]</c> or extended pattern; the text is as written.</summary>
    Glob,

    /// <summary>The value of a variable that nobody here set; the text is its name.</summary>
    Variable,

    /// <summary>The output of a command that cannot be folded; the text is the substitution as written.</summary>
    Substitution,

    /// <summary>Not known, but never empty and free of blanks and slashes: a number, a process id, a status.</summary>
    Number,
}
