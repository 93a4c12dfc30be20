namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Why what follows does not run.</summary>
internal enum Departure
{
    None,
    Loop,
    Function,
    Shell,
}
