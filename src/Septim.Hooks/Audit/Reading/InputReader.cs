using System.Text;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Audit.Reading;

/// <summary>
/// Every file that the audit reads goes through here, once, so that each report can list what was read, what was not there and what
/// could not be read. Never opens a device; follows a symbolic link only where it stays inside a root.
/// </summary>
internal sealed class InputReader(IReadOnlyList<string> roots)
{
    /// <summary>Of one text file; what is larger is read to here and then called truncated.</summary>
    public const int MaxBytes = 4 << 20;

    private const int MaxListed = 200_000;

    private readonly SortedDictionary<string, Input> _inputs = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Input> All => _inputs.Values;

    public Input Read(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        if (_inputs.TryGetValue(path, out var known)) return known;
        var input = ReadNew(path);
        _inputs.Add(path, input);
        return input;
    }

    public bool IsKnown(string path, out Input input) => _inputs.TryGetValue(System.IO.Path.GetFullPath(path), out input!);

    /// <summary>A text that came from elsewhere than a file: the registry.</summary>
    public Input Take(string name, string text) => _inputs[name] = new Input(name, InputStatus.Read, null, text, text.Length);

    /// <summary>Notes what was read by other means: a transcript, a repository, a directory.</summary>
    public Input Note(string path, InputStatus status, string? reason = null)
    {
        if (_inputs.TryGetValue(path, out var known)) return known;
        return _inputs[path] = new Input(path, status, reason, "", 0);
    }

    /// <summary>The files of one folder, in ordinal order. A missing folder has none; one that cannot be listed is a gap.</summary>
    /// <param name="folder">Absolute.</param>
    /// <param name="pattern">As for <see cref="Directory.GetFiles(string, string)"/>.</param>
    /// <param name="gap">The folder as an unreadable input; null when it was listed or is not there.</param>
    public List<string> List(string folder, string pattern, out Input? gap)
    {
        gap = null;
        switch (FileSystem.Real.Stat(folder).Kind)
        {
            case FileKind.Missing: return [];
            case FileKind.Directory: break;
            case FileKind.Unreadable:
                gap = Note(folder, InputStatus.Unreadable, "permission denied, or an input error");
                return [];
            default: return [];
        }
        try
        {
            return [.. Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            gap = Note(folder, InputStatus.Unreadable, "the directory cannot be listed");
            return [];
        }
    }

    /// <summary>The files of a folder and all below it; folders that cannot be listed are noted and returned as gaps, links are not followed.</summary>
    public List<string> ListBelow(string folder, Func<string, bool> wanted, int maxDepth, List<Input> gaps)
    {
        var found = new List<string>();
        Below(System.IO.Path.GetFullPath(folder), 0);
        found.Sort(StringComparer.Ordinal);
        return found;

        void Below(string directory, int depth)
        {
            var kind = FileSystem.Real.Stat(directory).Kind;
            if (kind == FileKind.Missing) return;
            try
            {
                foreach (var entry in new DirectoryInfo(directory).EnumerateFileSystemInfos())
                {
                    if (entry is DirectoryInfo inner)
                    {
                        if (depth < maxDepth && inner.LinkTarget is null && inner.Name is not ("node_modules" or ".git")) Below(inner.FullName, depth + 1);
                    }
                    else if (wanted(entry.FullName) && found.Count < MaxListed) found.Add(entry.FullName);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                gaps.Add(Note(directory, InputStatus.Unreadable, "the directory cannot be listed"));
            }
        }
    }

    private Input ReadNew(string path)
    {
        var stat = FileSystem.Real.Stat(path);
        switch (stat.Kind)
        {
            case FileKind.Missing:
                return IsLink(path) ? Unreadable(path, "a symbolic link to nothing") : new Input(path, InputStatus.Absent, null, "", 0);
            case FileKind.Directory:
                return Unreadable(path, "a directory stands where a file is expected");
            case FileKind.Other:
                return Unreadable(path, "not a regular file");
            case FileKind.Unreadable:
                return Unreadable(path, "permission denied, or an input error");
        }
        try
        {
            if (new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is { } target && !IsInside(target.FullName))
                return Unreadable(path, "a symbolic link that leaves the project and the home directory; it is not followed");
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var bytes = new byte[(int)Math.Min(stream.Length, MaxBytes)];
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var cut = stream.Length > MaxBytes;
            return new Input(path, cut ? InputStatus.Truncated : InputStatus.Read, cut ? $"larger than {MaxBytes >> 20} MiB" : null, Decode(bytes.AsSpan(0, read)), stream.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unreadable(path, e is UnauthorizedAccessException ? "permission denied" : "input error");
        }
    }

    private bool IsInside(string path)
    {
        foreach (var root in roots)
            if (path.Starts(root.TrimEnd('/') + "/")) return true;
        return false;
    }

    private static bool IsLink(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static Input Unreadable(string path, string reason) => new(path, InputStatus.Unreadable, reason, "", 0);

    internal static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) return Encoding.UTF8.GetString(bytes[3..]);
        // Why: PowerShell writes its profiles in UTF-16.
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        return Encoding.UTF8.GetString(bytes);
    }
}
