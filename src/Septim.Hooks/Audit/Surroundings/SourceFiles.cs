using System.Buffers;
using System.Text;
using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Scripts, manifests and sources of the project that mention the client or the Messages API; all others are not kept.</summary>
internal sealed class SourceFiles
{
    /// <summary>Of XML: a scheduled task is small, what is larger is data.</summary>
    private const long MaxXmlBytes = 1 << 20;
    private const long MaxTotalBytes = 128L << 20;

    private const int ChunkBytes = 1 << 20;
    private const int LongestMention = 16;

    private static readonly SearchValues<string> Mentions = SearchValues.Create(["claude", "anthropic", "/v1/messages", "messages.create", "messages.stream", "messages.batches"], StringComparison.OrdinalIgnoreCase);

    private static readonly string[] Extensions =
    [
        ".sh", ".bash", ".zsh", ".fish", ".ps1", ".bat", ".cmd", ".py", ".js", ".mjs", ".cjs", ".ts", ".tsx", ".jsx", ".rb", ".go", ".java", ".kt", ".cs", ".php", ".rs",
        ".service", ".timer", ".plist", ".xml",
    ];

    private static readonly string[] Names = ["Makefile", "makefile", "GNUmakefile", "justfile", "Justfile", "Taskfile.yml", "package.json", "pyproject.toml", "requirements.txt", "go.mod", "Gemfile", "Cargo.toml", "pom.xml", "build.gradle", "crontab", "Procfile", "tox.ini", "noxfile.py"];

    public SourceFiles(InputReader inputs, ProjectTree tree)
    {
        long total = 0;
        foreach (var file in tree.Files)
        {
            var extension = Path.GetExtension(file.Name);
            if (!(Extensions.Contains(extension) || Names.Contains(file.Name) || IsScript(file)) || (extension == ".xml" && file.Bytes > MaxXmlBytes)) continue;
            if ((total += file.Bytes) > MaxTotalBytes)
            {
                Cut = $"sources beyond {MaxTotalBytes >> 20} MiB were not read";
                break;
            }
            if (!Mention(file.Path)) continue;
            var input = inputs.Read(file.Path);
            if (input.HasText) Files.Add((file, input));
            if (input.Status is InputStatus.Unreadable or InputStatus.Truncated) Gaps.Add(input);
        }
    }

    public List<(TreeFile File, Input Input)> Files { get; } = [];

    /// <summary>What mentions the client, or may, and was not read as a whole.</summary>
    public List<Input> Gaps { get; } = [];

    /// <summary>Why not everything was read; null when it was.</summary>
    public string? Cut { get; }

    private static bool IsScript(TreeFile file) => !file.Name.Has(".") && (file.Relative.Starts("scripts/") || file.Relative.Starts("bin/") || file.Relative.Starts("ci/") || file.Relative.Starts("tools/"));

    private static bool Mention(string path)
    {
        try
        {
            RegularFile.ThrowIfOther(path);
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var bytes = new byte[(int)Math.Min(stream.Length + 1, ChunkBytes)];
            for (var kept = 0; ;)
            {
                var read = stream.ReadAtLeast(bytes.AsSpan(kept), bytes.Length - kept, throwOnEndOfStream: false);
                if (Encoding.Latin1.GetString(bytes, 0, kept + read).AsSpan().ContainsAny(Mentions)) return true;
                if (kept + read < bytes.Length) return false;
                // Why kept: a word may lie across two chunks.
                bytes.AsSpan(^LongestMention..).CopyTo(bytes);
                kept = LongestMention;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Why true: the reader then reports it as unreadable.
            return true;
        }
    }
}
