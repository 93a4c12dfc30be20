using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Support;

/// <summary>One open file in memory, of which the first <see cref="Visible"/> bytes are written so far.</summary>
internal sealed class MemoryFile(byte[] content) : IFileSystem
{
    private readonly HashSet<int> _threads = [];

    public int Visible { get; set; } = content.Length;

    /// <summary>Before each read, with its offset. True: the disk reports an error.</summary>
    public Func<long, bool>? OnRead { get; init; }

    /// <summary>How many threads read it.</summary>
    public int Readers => _threads.Count;

    public int Read(nint handle, long offset, Span<byte> into)
    {
        lock (_threads)
        {
            _threads.Add(Environment.CurrentManagedThreadId);
            if (OnRead?.Invoke(offset) == true) return -1;
            var rest = content.AsSpan(0, Visible);
            rest = rest[(int)Math.Min(offset, rest.Length)..];
            rest = rest[..Math.Min(rest.Length, into.Length)];
            rest.CopyTo(into);
            return rest.Length;
        }
    }

    public FileStat Stat(string path) => throw new NotSupportedException();

    public FileStat StatIn(string directory, ReadOnlySpan<byte> names, Span<FileStat> into) => throw new NotSupportedException();

    public nint Open(string path, out FileStat stat) => throw new NotSupportedException();

    public void Close(nint handle) => throw new NotSupportedException();

    public bool List(string directory, List<FileName> into) => throw new NotSupportedException();

    public bool Replace(string path, ReadOnlySpan<byte> content) => throw new NotSupportedException();

    public bool Overwrite(string path, ReadOnlySpan<byte> content) => throw new NotSupportedException();

    public bool CreateDirectory(string path) => throw new NotSupportedException();

    public bool Delete(string path) => throw new NotSupportedException();
}
