using System.Runtime.CompilerServices;

namespace Septim.Hooks.Transcripts;

/// <summary>
/// A window that slides over a file in bounded memory: bytes <c>[Position, End)</c> of <see cref="Buffer"/> are unread, and
/// <see cref="Fill"/> brings the following ones.
/// </summary>
internal sealed class TranscriptCursor(IFileSystem files, Deadline deadline)
{
    public const int LargeBuffer = 128 * 1024;

    /// <summary>How much is read at once behind the limit, for the end of a line that crosses it.</summary>
    private const int BehindLimit = 16 * 1024;

    private nint _handle;
    private string _path = "";
    private long _base;
    private long _limit;

    public byte[] Buffer = [];
    public int Position;
    public int End;

    public long BytesRead { get; private set; }

    /// <summary>The deadline passed; the file then looks as if it ended.</summary>
    public bool TimedOut { get; private set; }

    public long Offset => _base + Position;

    public ReadOnlySpan<byte> Unread
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Buffer, Position, End - Position);
    }

    /// <param name="expected">Bytes still to come, as far as known: a short read gets a small buffer.</param>
    /// <param name="handle">Of the file system given.</param>
    /// <param name="path">For messages.</param>
    /// <param name="offset">Where to start.</param>
    /// <param name="limit">Up to where it pays to read ahead.</param>
    public void Open(nint handle, string path, long offset, long expected, long limit)
    {
        var wanted = (int)Math.Clamp(Math.Min(expected, LargeBuffer) + 64, 4096, LargeBuffer);
        if (Buffer.Length < wanted) Buffer = GC.AllocateUninitializedArray<byte>(wanted);
        (_handle, _path, _limit) = (handle, path, limit);
        Seek(offset);
    }

    public void Seek(long offset)
    {
        if (offset >= _base && offset <= _base + End)
        {
            Position = (int)(offset - _base);
            return;
        }
        _base = offset;
        Position = End = 0;
    }

    /// <summary>Forget the window: the next file starts.</summary>
    public void Reset() => (_base, Position, End) = (0, 0, 0);

    /// <summary>Slides the window so that it starts at <see cref="Position"/> and reads more behind it. False at the end of the file.</summary>
    public bool Fill()
    {
        if (deadline.HasPassed)
        {
            TimedOut = true;
            return false;
        }
        var keep = End - Position;
        if (keep == Buffer.Length)
        {
            var larger = GC.AllocateUninitializedArray<byte>(Math.Min(Buffer.Length * 4, LargeBuffer));
            Buffer.CopyTo(larger, 0);
            Buffer = larger;
        }
        if (keep > 0 && Position > 0) Buffer.AsSpan(Position, keep).CopyTo(Buffer);
        _base += Position;
        Position = 0;
        End = keep;
        var wanted = (int)Math.Min(Math.Max(_limit - (_base + keep), BehindLimit), Buffer.Length - keep);
        var read = files.Read(_handle, _base + keep, Buffer.AsSpan(keep, wanted));
        if (read < 0) throw new HookFault($"the transcript {_path} cannot be read at byte {_base + keep}: input/output error");
        End += read;
        BytesRead += read;
        return read > 0;
    }
}
