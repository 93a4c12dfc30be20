using System.Text.Json;

namespace Septim.Hooks.Commands;

/// <summary>The Bash and PowerShell calls of recorded transcripts, each tool call once although forks and resumed copies repeat it.</summary>
internal static class RecordedCommands
{
    /// <param name="files">Transcripts.</param>
    /// <param name="progress">Told the bytes done so far.</param>
    /// <param name="found">Gets tool, command, working directory and file of each call, in the order of the files.</param>
    /// <exception cref="HookFault">A file cannot be read.</exception>
    public static void Read(IReadOnlyList<string> files, Progress progress, Action<string, string, string, string> found)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        long total = 0, done = 0;
        foreach (var file in files) total += new FileInfo(file).Length;
        foreach (var file in files)
        {
            try
            {
                using var reader = new StreamReader(file);
                while (reader.ReadLine() is { } line)
                {
                    done += line.Length + 1;
                    progress.Report(done, total);
                    // Why: most lines hold no such call, and a search is cheaper than a parse.
                    if (line.Contains("\"tool_use\"", StringComparison.Ordinal) && (line.Contains("\"Bash\"", StringComparison.Ordinal) || line.Contains("\"PowerShell\"", StringComparison.Ordinal)))
                        Line(line, file, seen, found);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new HookFault($"{file} cannot be read ({Cause.Of(e)})", e);
            }
        }
    }

    /// <summary>All transcripts at or below the paths, in order.</summary>
    /// <exception cref="HookFault">A path is not there.</exception>
    public static List<string> Find(IEnumerable<string> paths)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (File.Exists(path)) files.Add(path);
            else if (Directory.Exists(path)) files.AddRange(Directory.EnumerateFiles(path, "*.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
            else throw new HookFault($"{path} is neither a transcript nor a directory");
        }
        return files;
    }

    private static void Line(string line, string file, HashSet<string> seen, Action<string, string, string, string> found)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 512 });
        }
        catch (JsonException)
        {
            // Why: the last line of a session that was killed is cut; it holds no call that ran.
            return;
        }
        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("message", out var message) || message.ValueKind != JsonValueKind.Object
                || !message.TryGetProperty("content", out var content) || content.ValueKind != JsonValueKind.Array) return;
            var directory = Text(root, "cwd") ?? "";
            foreach (var block in content.EnumerateArray())
            {
                if (block.ValueKind != JsonValueKind.Object || Text(block, "type") != "tool_use" || Text(block, "name") is not ("Bash" or "PowerShell") || !block.TryGetProperty("input", out var input)
                    || input.ValueKind != JsonValueKind.Object || Text(input, "command") is not { } command) continue;
                if (Text(block, "id") is { } id && !seen.Add(id)) continue;
                found(Text(block, "name")!, command, directory, file);
            }
        }
    }

    private static string? Text(JsonElement at, string name) =>
        at.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
