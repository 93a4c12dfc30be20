namespace Septim.Hooks.Shell.Syntax;

internal enum PartKind
{
    Literal,
    Parameter,
    Command,
    ProcessIn,
    ProcessOut,
    Arithmetic,
    Tilde,
    Brace,
    Range,
    BraceOpen,
    BraceComma,
    BraceClose,
}
