using System.Text;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>
/// A folder whose transcripts belong to a scope, or a part of one with many: what is looked at, and read again when something changed,
/// is one entry.
/// </summary>
/// <param name="path">Absolute.</param>
/// <param name="pinned">The names are given; the folder is not listed (the main transcripts of a session or run).</param>
internal sealed class DirectoryEntry(string path, bool pinned)
{
    /// <summary>Files of one part: enough to pay for opening the folder, few enough to share a large one between two threads.</summary>
    public const int PartLength = 64;

    private ReadOnlyMemory<byte>? _names;
    private ulong _keptPrint;
    private Func<ReadOnlyMemory<byte>>? _keptFigures;
    private int _keptCount;
    private List<FileEntry>? _files;
    private string? _main;
    private bool _mainKnown;

    public string FullPath => path;

    public bool IsPinned => pinned;

    /// <summary>The folder itself, as it was when it was listed.</summary>
    public ulong Inode { get; set; }

    public long MtimeNs { get; set; }

    /// <summary>The folder's time was old enough when it was listed that any later change must show in it.</summary>
    public bool IsSettled { get; set; }

    /// <summary>Is a listing made then still right? One that others gave always is.</summary>
    /// <param name="stat">Of the folder now.</param>
    public bool IsListed(in FileStat stat) =>
        pinned || (stat.Kind == FileKind.Missing ? Inode == 0 : IsSettled && stat.Inode == Inode && stat.MtimeNs == MtimeNs);

    /// <exception cref="StaleStateException">What was kept of them cannot be read.</exception>
    public List<FileEntry> Files => _files ??= Unpack();

    /// <summary>Number of <see cref="Files"/>, without unpacking them.</summary>
    public int Count => _files?.Count ?? _keptCount;

    /// <summary>False while the files are known by what was kept of them alone; then none of them changed in this call.</summary>
    public bool IsUnpacked => _files is not null;

    /// <summary>Names of the folders below; of a folder in parts the first one has them.</summary>
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
            if (_names is { } known) return known.Span;
            var length = 0;
            foreach (var file in Files) length += Encoding.UTF8.GetByteCount(file.Name) + 1;
            var names = new byte[length];
            var at = 0;
            foreach (var file in Files) at += Encoding.UTF8.GetBytes(file.Name, names.AsSpan(at)) + 1;
            _names = names;
            return names;
        }
    }

    public void NamesChanged() => _names = null;

    /// <summary>Gives it its files as a former call left them, unpacked when they are asked for.</summary>
    /// <param name="count">Number of files.</param>
    /// <param name="names">As <see cref="Names"/>.</param>
    /// <param name="print">As <see cref="Print"/>.</param>
    /// <param name="figures">Reads mark, index and figures of each.</param>
    public void Keep(int count, ReadOnlyMemory<byte> names, ulong print, Func<ReadOnlyMemory<byte>> figures)
    {
        if (names.Span.Count((byte)0) != count) throw new StaleStateException("names");
        (_keptCount, _names, _keptPrint, _keptFigures) = (count, names, print, figures);
    }

    /// <summary>Are all kept files as they were? Never true of unpacked ones.</summary>
    /// <param name="print">As <see cref="StatPrint.Of"/> of their stats.</param>
    public bool AreUnchanged(ulong print) => !IsUnpacked && print == _keptPrint;

    /// <summary>Of all marks: what the files' stats give as long as none of them changed.</summary>
    public ulong Print()
    {
        var stats = new FileStat[Files.Count];
        for (var i = 0; i < stats.Length; i++) stats[i] = Files[i].Mark.Stat;
        return StatPrint.Of(stats);
    }

    private List<FileEntry> Unpack()
    {
        var files = new List<FileEntry>(_keptCount);
        if (_keptFigures is null) return files;
        var names = Names;
        var from = new StateReader(_keptFigures().Span);
        for (var i = 0; i < _keptCount; i++)
        {
            var end = names.IndexOf((byte)0);
            var file = new FileEntry(this, Encoding.UTF8.GetString(names[..end])) { Mark = from.Struct<FileMark>(), Index = from.Int() };
            FileTable.ReadFigures(ref from, file);
            files.Add(file);
            names = names[(end + 1)..];
        }
        return from.AtEnd ? files : throw new StaleStateException("figures");
    }
}
