namespace Septim.Hooks.Transcripts;

/// <summary>How the walk over a line went so far.</summary>
internal enum WalkState : byte
{
    Fine,

    /// <summary>The file ended inside: a line half written.</summary>
    Incomplete,

    /// <summary>The line is no JSON.</summary>
    Garbage,
}
