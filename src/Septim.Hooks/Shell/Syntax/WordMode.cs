namespace Septim.Hooks.Shell.Syntax;

/// <summary>Where a word stands: what ends it and what is special in it.</summary>
internal enum WordMode
{
    /// <summary>An argument: ends at a blank or an operator.</summary>
    Normal,
    /// <summary>The right side of an assignment: no brace lists, tildes after colons.</summary>
    Assignment,
    /// <summary>Behind <c>=~</c>: brackets and bars belong to it.</summary>
    Regex,
    /// <summary>The operand of <c>${x-…}</c>: ends at <c>}</c>.</summary>
    Operand,
    /// <summary>As <see cref="Operand"/>, and ends at <c>/</c>.</summary>
    Pattern,
    /// <summary>As <see cref="Operand"/>, and ends at <c>:</c>.</summary>
    Offset,
    /// <summary>Ends at <c>]</c>.</summary>
    Subscript,
    /// <summary>Ends at an unbalanced <c>)</c>.</summary>
    Arithmetic,
    /// <summary>Ends at the closing double quote.</summary>
    DoubleQuoted,
    /// <summary>Ends with the text.</summary>
    HereDocument,
}
