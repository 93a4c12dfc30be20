namespace Septim.Hooks.Transcripts;

/// <summary>The time of the first line behind a place that states one: when a session went on after it had ended.</summary>
internal static class TimestampSearch
{
    private const int ChunkBytes = 16 * 1024;

    private static ReadOnlySpan<byte> Key => "\"timestamp\":\""u8;

    /// <summary>Unix milliseconds of the first timestamp in <c>[offset, end)</c>; null when there is none yet.</summary>
    public static long? FirstAfter(IFileSystem files, nint handle, long offset, long end)
    {
        const int Longest = 48;
        var buffer = new byte[ChunkBytes];
        while (offset < end)
        {
            var read = files.Read(handle, offset, buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - offset)));
            if (read <= 0) return null;
            ReadOnlySpan<byte> text = buffer.AsSpan(0, read);
            for (var at = text.IndexOf(Key); at >= 0; at = text.IndexOf(Key))
            {
                text = text[(at + Key.Length)..];
                var close = text[..Math.Min(text.Length, Longest)].IndexOf((byte)'"');
                if (close >= 0 && Timestamp.Parse(text[..close]) is { } found) return found;
            }
            if (offset + read >= end) return null;
            offset += Math.Max(1, read - Key.Length - Longest);
        }
        return null;
    }
}
