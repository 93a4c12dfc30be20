using System.Buffers;
using System.Text.Json;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Commands.Replay;

/// <summary>
/// The disk as it was: below the folder of transcripts only the recorded ones, as long as they were then, with the agents' descriptions
/// of then. Everything else is the real disk.
/// </summary>
internal sealed class ReplayDisk : IFileSystem
{
    /// <summary>No device has this number, so nothing here is taken for a file of the real disk.</summary>
    private const ulong Device = ulong.MaxValue;

    private const ulong FirstDirectory = 1UL << 40;

    private readonly string _root;
    private readonly Dictionary<string, RecordedFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RecordedFile> _metas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReplayDirectory> _directories = new(StringComparer.Ordinal);
    private readonly List<OpenFile?> _open = [];

    private sealed record OpenFile(nint Handle, long Size, byte[]? Content);

    public ReplayDisk(IEnumerable<RecordedFile> files, string projectsDirectory)
    {
        _root = projectsDirectory;
        DirectoryAt(_root);
        foreach (var file in files)
        {
            _files[file.ShownPath] = file;
            Place(file.ShownPath, file.FirstMs);
            if (file.Meta is null) continue;
            _metas[AgentMeta.PathFor(file.ShownPath)] = file;
            Place(AgentMeta.PathFor(file.ShownPath), file.FirstMs);
        }
    }

    /// <summary>The moment that the disk shows.</summary>
    public RecordedStep Now { get; set; }

    private long NowMs => Now.TimeMs;

    public FileStat Stat(string path)
    {
        if (!IsRecorded(path)) return FileSystem.Real.Stat(path);
        if (_files.TryGetValue(path, out var file))
            return (ReferenceEquals(file, Now.File) ? file.VisibleWhen(Now) : file.VisibleAt(NowMs)) is var size and > 0 ? new FileStat(FileKind.File, Device, (ulong)file.Number + 1, size, Ns(file.LastWriteAt(NowMs))) : default;
        if (_metas.TryGetValue(path, out var of))
            return of.FirstMs <= NowMs ? new FileStat(FileKind.File, Device, (ulong)of.Number + (FirstDirectory >> 1), MetaOf(of).Length, Ns(of.FirstMs)) : default;
        return _directories.TryGetValue(path, out var directory) && directory.FirstMs <= NowMs
            ? new FileStat(FileKind.Directory, Device, FirstDirectory + (ulong)directory.Number, 0, Ns(directory.ChangedAt(NowMs)))
            : default;
    }

    public FileStat StatIn(string directory, ReadOnlySpan<byte> names, Span<FileStat> into) =>
        IsRecorded(directory) ? FileSystem.StatEach(this, directory, names, into) : FileSystem.Real.StatIn(directory, names, into);

    public nint Open(string path, out FileStat stat)
    {
        OpenFile opened;
        if (!IsRecorded(path))
        {
            var handle = FileSystem.Real.Open(path, out stat);
            if (handle < 0) return handle;
            opened = new OpenFile(handle, long.MaxValue, null);
        }
        else
        {
            stat = Stat(path);
            if (stat.Kind != FileKind.File) return -1;
            if (_metas.TryGetValue(path, out var of)) opened = new OpenFile(-1, stat.Size, MetaOf(of));
            else
            {
                var handle = FileSystem.Real.Open(_files[path].Path, out var real);
                if (handle < 0)
                {
                    stat = real;
                    return handle;
                }
                opened = new OpenFile(handle, stat.Size, null);
            }
        }
        var free = _open.IndexOf(null);
        if (free < 0)
        {
            free = _open.Count;
            _open.Add(null);
        }
        _open[free] = opened;
        return free;
    }

    public int Read(nint handle, long offset, Span<byte> into)
    {
        var (real, size, content) = _open[(int)handle]!;
        if (offset >= size) return 0;
        if (size - offset < into.Length) into = into[..(int)(size - offset)];
        if (content is null) return FileSystem.Real.Read(real, offset, into);
        content.AsSpan((int)offset, into.Length).CopyTo(into);
        return into.Length;
    }

    public void Close(nint handle)
    {
        if (_open[(int)handle]!.Content is null) FileSystem.Real.Close(_open[(int)handle]!.Handle);
        _open[(int)handle] = null;
    }

    public bool List(string directory, List<FileName> into)
    {
        if (!IsRecorded(directory)) return FileSystem.Real.List(directory, into);
        if (!_directories.TryGetValue(directory, out var found) || found.FirstMs > NowMs) return false;
        foreach (var (name, kind, first) in found.Names())
            if (first <= NowMs) into.Add(new FileName(name, kind));
        return true;
    }

    /// <summary>Transcripts are never written; what the gates keep goes to the folder that the replay gave them.</summary>
    public bool Replace(string path, ReadOnlySpan<byte> content) => !IsRecorded(path) && FileSystem.Real.Replace(path, content);

    public bool Overwrite(string path, ReadOnlySpan<byte> content) => !IsRecorded(path) && FileSystem.Real.Overwrite(path, content);

    public bool CreateDirectory(string path) => !IsRecorded(path) && FileSystem.Real.CreateDirectory(path);

    public bool Delete(string path) => !IsRecorded(path) && FileSystem.Real.Delete(path);

    private bool IsRecorded(string path) =>
        path.StartsWith(_root, StringComparison.Ordinal) && (path.Length == _root.Length || path[_root.Length] == Path.DirectorySeparatorChar);

    private static long Ns(long ms) => ms * 1_000_000;

    private void Place(string path, long first)
    {
        var parent = DirectoryAt(Path.GetDirectoryName(path)!);
        parent.Files.Add((Path.GetFileName(path), FileKind.File, first));
        for (var at = Path.GetDirectoryName(path)!; at.Length >= _root.Length; at = Path.GetDirectoryName(at)!)
        {
            if (_directories[at].FirstMs > first) _directories[at].FirstMs = first;
            if (at == _root) break;
        }
    }

    private ReplayDirectory DirectoryAt(string path)
    {
        if (_directories.TryGetValue(path, out var found)) return found;
        var made = new ReplayDirectory(_directories.Count);
        _directories.Add(path, made);
        if (path != _root) DirectoryAt(Path.GetDirectoryName(path)!).Folders.Add((Path.GetFileName(path), made));
        return made;
    }

    private byte[] MetaOf(RecordedFile file)
    {
        var meta = file.Meta!;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("agentType", meta.AgentType);
            if (meta.ToolUseId is not null) json.WriteString("toolUseId", meta.ToolUseId);
            json.WriteNumber("spawnDepth", meta.SpawnDepth);
            if (meta.ParentAgentId is not null) json.WriteString("parentAgentId", meta.ParentAgentId);
            if (meta.Model is not null) json.WriteString("model", meta.Model);
            json.WriteBoolean("finished", !file.WorksAt(NowMs));
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
