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

    /// <summary>Notes what was read by other means: a transcript, a repository, a directory.</summary>
    public Input Note(string path, InputStatus status, string? reason = null)
    {
        if (_inputs.TryGetValue(path, out var known)) return known;
        return _inputs[path] = new Input(path, status, reason, "", 0);
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

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) return Encoding.UTF8.GetString(bytes[3..]);
        // Why: PowerShell writes its profiles in UTF-16.
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        return Encoding.UTF8.GetString(bytes);
    }
}
