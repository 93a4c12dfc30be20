using System.Buffers.Binary;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>
/// A small state file that is written over in place, which costs a tenth of writing another and renaming it. A reader gets a whole
/// content or none: the print at the head tells a mixture. It is no signature: who runs as the same user can compute it.
/// </summary>
internal static class StateCell
{
    /// <summary>Print, sequence number, length of the content; eight bytes each.</summary>
    public const int HeaderBytes = 24;

    /// <summary>No honest file is replaced so often: a greater number is damage, and the cell counts as the oldest.</summary>
    private const long MaxSequence = 1L << 60;

    /// <summary>Writes the content, which stands after <see cref="HeaderBytes"/> free bytes. False when it is not written whole.</summary>
    /// <remarks>Whoever finds another writer there has nothing to add and need not wait.</remarks>
    public static bool Write(IFileSystem files, string path, Span<byte> image, long sequence = 0, ulong salt = 0)
    {
        Seal(image, sequence, salt);
        return files.Overwrite(path, image);
    }

    public static void Seal(Span<byte> image, long sequence, ulong salt)
    {
        BinaryPrimitives.WriteInt64LittleEndian(image[8..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(image[16..], image.Length - HeaderBytes);
        BinaryPrimitives.WriteUInt64LittleEndian(image, KeyHash.Print(image[8..], salt));
    }

    /// <summary>The number that the head states, unchecked; zero without one.</summary>
    public static long Sequence(IFileSystem files, string path)
    {
        Span<byte> head = stackalloc byte[HeaderBytes];
        var handle = files.Open(path, out _);
        if (handle < 0) return 0;
        var read = files.Read(handle, 0, head);
        files.Close(handle);
        var sequence = read < HeaderBytes ? 0 : BinaryPrimitives.ReadInt64LittleEndian(head[8..]);
        return sequence is < 0 or > MaxSequence ? 0 : sequence;
    }

    /// <summary>The content; null when there is none, or what is there is damaged or being written.</summary>
    /// <param name="files">The disk.</param>
    /// <param name="path">Of the cell.</param>
    /// <param name="maxBytes">What is larger was not written by us.</param>
    /// <param name="salt">As it was written with.</param>
    public static ReadOnlyMemory<byte>? Read(IFileSystem files, string path, int maxBytes, ulong salt = 0)
    {
        var handle = files.Open(path, out var stat);
        if (handle < 0) return null;
        try
        {
            if (stat.Size < HeaderBytes || stat.Size > maxBytes) return null;
            var bytes = GC.AllocateUninitializedArray<byte>((int)stat.Size);
            for (var done = 0; done < bytes.Length;)
            {
                var read = files.Read(handle, done, bytes.AsSpan(done));
                if (read <= 0) return null;
                done += read;
            }
            // Why a length: a shorter content leaves the rest of the longer one behind it.
            var length = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16));
            if (length < 0 || length > bytes.Length - HeaderBytes) return null;
            var image = bytes.AsMemory(0, HeaderBytes + (int)length);
            if (BinaryPrimitives.ReadUInt64LittleEndian(image.Span) != KeyHash.Print(image.Span[8..], salt)) return null;
            return image[HeaderBytes..];
        }
        finally
        {
            files.Close(handle);
        }
    }
}
