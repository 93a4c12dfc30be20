using System.Security.Cryptography;
using System.Text;
using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>What the project's repository tracks. Asks git once; the index is not refreshed.</summary>
internal sealed class Repository
{
    private readonly HashSet<string> _tracked = new(StringComparer.Ordinal);
    private readonly Roots _roots;
    private Dictionary<string, string>? _head;

    public Repository(string project, Roots roots)
    {
        _roots = roots;
        Git = new GitProgram(project);
        // Why look first: starting a program for nothing costs more than a walk up the tree.
        if (!HasGitAbove(project))
        {
            Problem = null;
            return;
        }
        var answer = Git.Run(["ls-files", "-z"]);
        if (answer is null) Problem = "git is not installed";
        // Why: a bare repository has a history and no files; nothing in it is tracked in this sense.
        else if (!answer.Worked && Git.Run(["rev-parse", "--is-bare-repository"]) is { Worked: true } bare && bare.Text.Trim() == "true") Exists = true;
        else if (!answer.Worked) Problem = answer.Complaint;
        else
        {
            Exists = true;
            foreach (var path in answer.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries)) _tracked.Add(path);
        }
    }

    public GitProgram Git { get; }
    public bool Exists { get; }

    /// <summary>There is a repository, and git could not read it; null otherwise.</summary>
    public string? Problem { get; }

    public IReadOnlyCollection<string> Tracked => _tracked;

    public bool IsTracked(string path) => Exists && _roots.InProject(path) is { } relative && _tracked.Contains(relative);

    /// <summary>The file's bytes are not those of HEAD (line ends aside).</summary>
    public bool DiffersFromHead(string path)
    {
        if (!IsTracked(path)) return false;
        _head ??= ReadHead();
        if (_roots.InProject(path) is not { } relative || !_head.TryGetValue(relative, out var id)) return true;
        try
        {
            var bytes = RegularFile.Read(path);
            return BlobId(bytes, id.Length) != id
                && BlobId(Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal)), id.Length) != id;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private Dictionary<string, string> ReadHead()
    {
        var head = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Git.Run(["ls-tree", "-r", "-z", "HEAD"]) is not { Worked: true } answer) return head;
        foreach (var entry in answer.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var tab = entry.IndexOf('\t');
            if (tab > 0) head[entry[(tab + 1)..]] = entry[..tab].Split(' ')[2];
        }
        return head;
    }

    // The analyzer is right about SHA-1 as a protection; here it is git's name of a blob.
#pragma warning disable CA5350
    private static string BlobId(byte[] bytes, int hexLength)
    {
        byte[] all = [.. Encoding.ASCII.GetBytes($"blob {bytes.Length}\0"), .. bytes];
        return Convert.ToHexStringLower(hexLength == 64 ? SHA256.HashData(all) : SHA1.HashData(all));
    }
#pragma warning restore CA5350

    private static bool HasGitAbove(string directory)
    {
        for (var current = directory; current is { Length: > 0 }; current = Path.GetDirectoryName(current))
        {
            var git = Path.Combine(current, ".git");
            if (Directory.Exists(git) || File.Exists(git)) return true;
            if (File.Exists(Path.Combine(current, "HEAD")) && Directory.Exists(Path.Combine(current, "objects"))) return true;
        }
        return false;
    }
}
