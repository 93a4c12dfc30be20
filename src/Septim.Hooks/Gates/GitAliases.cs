using System.Text;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Gates;

/// <summary>Looks up <c>alias.NAME</c> in git's settings files. Enough of their format for that: sections, keys, quotes; no includes.</summary>
internal static class GitAliases
{
    private const int MaxBytes = 256 * 1024;

    /// <returns>The alias as git would run it, or null; a file that cannot be read holds none.</returns>
    public static string? Find(string name, ReadOnlySpan<string> paths, IFileSystem files)
    {
        foreach (var path in paths)
        {
            if (Read(path, files) is { } text && FindIn(text, name) is { } alias) return alias;
        }
        return null;
    }

    private static string? Read(string path, IFileSystem files)
    {
        var handle = files.Open(path, out var stat);
        if (handle < 0) return null;
        var bytes = new byte[(int)Math.Min(stat.Size, MaxBytes)];
        var length = 0;
        for (int read; length < bytes.Length && (read = files.Read(handle, length, bytes.AsSpan(length))) > 0;) length += read;
        files.Close(handle);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static string? FindIn(string text, string name)
    {
        var inAliases = false;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (line.IsEmpty || line[0] is '#' or ';') continue;
            if (line[0] == '[')
            {
                var close = line.IndexOf(']');
                inAliases = close > 0 && line[1..close].Trim().Equals("alias", StringComparison.OrdinalIgnoreCase);
                continue;
            }
            var equals = line.IndexOf('=');
            if (!inAliases || equals < 0 || !line[..equals].Trim().Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            var value = line[(equals + 1)..].Trim().ToString();
            return value.Length > 1 && value[0] == '"' && value[^1] == '"' ? value[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal) : value;
        }
        return null;
    }
}
