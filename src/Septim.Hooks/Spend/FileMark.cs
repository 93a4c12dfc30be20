using System.Runtime.InteropServices;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>How far a transcript was read, and what proves that it is still the same one.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct FileMark
{
    public const int HeadBytes = 256;
    public const int TailBytes = 128;

    public ulong Device;
    public ulong Inode;
    public long Size;
    public long MtimeNs;

    /// <summary>Bytes accounted for; 0: nothing yet.</summary>
    public long Offset;

    /// <summary>Of the first <see cref="HeadLength"/> bytes.</summary>
    public ulong HeadPrint;

    public long HeadLength;

    /// <summary>Of the <see cref="TailBytes"/> bytes before <see cref="Offset"/>, or all of them.</summary>
    public ulong TailPrint;

    /// <summary>The file as it was then: as long as it is the same, nothing was written to it.</summary>
    public readonly FileStat Stat => new(FileKind.File, Device, Inode, Size, MtimeNs);
}
