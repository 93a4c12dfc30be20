using System.Text;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>A folder whose transcripts belong to a scope.</summary>
/// <param name="path">Absolute.</param>
/// <param name="pinned">The names are given; the folder is not listed (the main transcripts of a session or run).</param>
internal sealed class DirectoryEntry(string path, bool pinned)
{
    private byte[]? _names;
    private string? _main;
    private bool _mainKnown;

    public string FullPath => path;

    public bool IsPinned => pinned;

    /// <summary>The folder itself, as it was when it was listed.</summary>
    public ulong Inode { get; set; }

    public long MtimeNs { get; set; }

    /// <summary>The folder's time was old enough when it was listed that any later change must show in it.</summary>
    public bool IsSettled { get; set; }

    public List<FileEntry> Files { get; } = [];

    /// <summary>Names of the folders below.</summary>
    public List<string> Folders { get; } = [];

    /// <summary>The main transcript that these files belong to; null when they are main transcripts.</summary>
    public string? MainTranscript
    {
        get
        {
            if (!_mainKnown) (_main, _mainKnown) = (TranscriptPaths.MainOf(path), true);
            return _main;
        }
    }

    public bool IsMain => pinned || MainTranscript is null;

    /// <summary>The file names, each ended by a zero byte.</summary>
    public ReadOnlySpan<byte> Names
    {
        get
        {
            if (_names is not null) return _names;
            var length = 0;
            foreach (var file in Files) length += Encoding.UTF8.GetByteCount(file.Name) + 1;
            _names = new byte[length];
            var at = 0;
            foreach (var file in Files) at += Encoding.UTF8.GetBytes(file.Name, _names.AsSpan(at)) + 1;
            return _names;
        }
    }

    public void NamesChanged() => _names = null;
}
