namespace Septim.Hooks.Transcripts;

/// <summary>Identity and size of a file. <paramref name="MtimeNs"/> is nanoseconds since 1970, UTC.</summary>
internal readonly record struct FileStat(FileKind Kind, ulong Device, ulong Inode, long Size, long MtimeNs);
