using System.Buffers;
using System.Text;
using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Scripts, manifests and sources of the project that mention the client or the Messages API; all others are not kept.</summary>
internal sealed class SourceFiles
{
    private const long MaxFileBytes = 1 << 20;
    private const long MaxTotalBytes = 128L << 20;

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
            if (file.Bytes > MaxFileBytes || !(Extensions.Contains(Path.GetExtension(file.Name)) || Names.Contains(file.Name) || IsScript(file))) continue;
            if ((total += file.Bytes) > MaxTotalBytes)
            {
                Cut = $"sources beyond {MaxTotalBytes >> 20} MiB were not read";
                break;
            }
            if (!Mention(file.Path)) continue;
            if (inputs.Read(file.Path) is { HasText: true } input) Files.Add((file, input));
        }
    }

    public List<(TreeFile File, Input Input)> Files { get; } = [];

    /// <summary>Why not everything was read; null when it was.</summary>
    public string? Cut { get; }

    private static bool IsScript(TreeFile file) => !file.Name.Has(".") && (file.Relative.Starts("scripts/") || file.Relative.Starts("bin/") || file.Relative.Starts("ci/") || file.Relative.Starts("tools/"));

    private static bool Mention(string path)
    {
        try
        {
            return Encoding.Latin1.GetString(File.ReadAllBytes(path)).AsSpan().ContainsAny(Mentions);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Why true: the reader then reports it as unreadable.
            return true;
        }
    }
}
