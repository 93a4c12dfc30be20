namespace Septim.Hooks.Transcripts;

/// <summary>What a path is, without opening it. Symbolic links are followed.</summary>
internal enum FileKind : byte
{
    Missing,
    File,
    Directory,
    Other,

    /// <summary>It may be there, but the system refused to say (permission, I/O error, name too long).</summary>
    Unreadable,
}
