using System.Text;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Gates;

/// <summary>Looks up <c>alias.NAME</c> in git's settings files. Enough of their format for that: sections, keys, quotes; no includes.</summary>
internal static class GitAliases
{
    private const int MaxBytes = 256 * 1024;

    /// <summary>Looks names up in these files, the first first. Each file is read once, when the first name is asked for.</summary>
    /// <returns>For a name: the alias as git would run it, or null; a file that cannot be read holds none.</returns>
    public static Func<string, string?> In(string[] paths, IFileSystem files)
    {
        Dictionary<string, string>? aliases = null;
        return name => (aliases ??= Read(paths, files)).GetValueOrDefault(name);
    }

    private static Dictionary<string, string> Read(string[] paths, IFileSystem files)
    {
        var aliases = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in paths)
        {
            if (Read(path, files) is { } text) Collect(text, aliases);
        }
        return aliases;
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

    private static void Collect(string text, Dictionary<string, string> aliases)
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
            if (!inAliases || equals < 0) continue;
            var value = line[(equals + 1)..].Trim().ToString();
            aliases.TryAdd(line[..equals].Trim().ToString(), value.Length > 1 && value[0] == '"' && value[^1] == '"' ? value[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal) : value);
        }
    }
}
