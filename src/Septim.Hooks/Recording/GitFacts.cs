using System.Text;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Recording;

/// <summary>
/// Repository, branch and commit of a working directory, read from <c>.git</c> without starting git. Knows worktrees, packed refs and
/// detached heads; what it cannot tell (reftable storage, a damaged file) is null. Source: gitrepository-layout(5), git-pack-refs(1).
/// </summary>
/// <param name="Repo">The remote's host and path, without credentials: <c>github.com/owner/name</c>; the folder's name without a remote.</param>
/// <param name="Branch">Null on a detached head.</param>
/// <param name="Commit">Null before the first commit.</param>
internal sealed record GitFacts(string? Repo, string? Branch, string? Commit)
{
    private const int MaxLevels = 64;
    private const int MaxSmallFile = 4096;
    private const int MaxConfig = 256 * 1024;
    private const int MaxPackedRefs = 32 << 20;

    /// <returns>Null outside a repository.</returns>
    public static GitFacts? Read(IFileSystem files, string directory)
    {
        for (var level = 0; level < MaxLevels && !string.IsNullOrEmpty(directory); level++)
        {
            var git = Path.Combine(directory, ".git");
            switch (files.Stat(git).Kind)
            {
                case FileKind.Directory:
                    return ReadFrom(files, directory, git);
                case FileKind.File when Line(Text(files, git, MaxSmallFile)) is { } pointer && pointer.StartsWith("gitdir:", StringComparison.Ordinal):
                    return ReadFrom(files, directory, Path.GetFullPath(pointer[7..].Trim(), directory));
            }
            directory = Path.GetDirectoryName(directory)!;
        }
        return null;
    }

    private static GitFacts ReadFrom(IFileSystem files, string root, string git)
    {
        var shared = Line(Text(files, Path.Combine(git, "commondir"), MaxSmallFile)) is { Length: > 0 } common ? Path.GetFullPath(common, git) : git;
        var head = Line(Text(files, Path.Combine(git, "HEAD"), MaxSmallFile));
        var repo = Remote(Text(files, Path.Combine(shared, "config"), MaxConfig)) ?? Path.GetFileName(shared == git ? root : Path.GetDirectoryName(shared) ?? root);
        if (head is null) return new GitFacts(repo, null, null);
        if (!head.StartsWith("ref:", StringComparison.Ordinal)) return new GitFacts(repo, null, Hash(head));
        var name = head[4..].Trim();
        if (!IsSafe(name)) return new GitFacts(repo, null, null);
        var commit = Hash(Line(Text(files, Path.Combine(git, name), MaxSmallFile)))
            ?? Hash(Line(Text(files, Path.Combine(shared, name), MaxSmallFile)))
            ?? Packed(files, Path.Combine(shared, "packed-refs"), name);
        var branch = name.StartsWith("refs/heads/", StringComparison.Ordinal) ? name["refs/heads/".Length..] : name;
        return new GitFacts(repo, branch == ".invalid" ? null : branch, commit);
    }

    /// <summary>A name that stays below the git directory: HEAD is data of the repository, and may be hostile.</summary>
    private static bool IsSafe(string name) =>
        name.StartsWith("refs/", StringComparison.Ordinal) && !name.Contains("..", StringComparison.Ordinal) && !name.Contains('\0', StringComparison.Ordinal);

    private static string? Packed(IFileSystem files, string path, string name)
    {
        var text = Bytes(files, path, MaxPackedRefs);
        var wanted = Encoding.UTF8.GetBytes(" " + name + "\n");
        var rest = text.AsSpan();
        var at = rest.IndexOf(wanted);
        if (at < 40) return null;
        var start = rest[..at].LastIndexOf((byte)'\n') + 1;
        return Hash(Encoding.ASCII.GetString(rest[start..at]));
    }

    private static string? Remote(string? config)
    {
        if (config is null) return null;
        var inOrigin = false;
        foreach (var raw in config.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            if (line.StartsWith("[")) inOrigin = line.SequenceEqual("[remote \"origin\"]");
            else if (inOrigin && line.StartsWith("url") && line.IndexOf('=') is > 0 and var equals) return WithoutCredentials(line[(equals + 1)..].Trim());
        }
        return null;
    }

    /// <summary>Host and path: scheme, user, password, port of ssh and the ending <c>.git</c> are taken off.</summary>
    internal static string? WithoutCredentials(ReadOnlySpan<char> url)
    {
        var scheme = url.IndexOf("://");
        if (scheme >= 0)
        {
            url = url[(scheme + 3)..];
            var slash = url.IndexOf('/');
            var at = url[..(slash < 0 ? url.Length : slash)].LastIndexOf('@');
            url = url[(at + 1)..];
        }
        else if (url.IndexOf('@') is >= 0 and var at && url[at..].IndexOf(':') is > 0 and var colon)
        {
            return Trim($"{url[(at + 1)..(at + colon)]}/{url[(at + colon + 1)..].TrimStart('/')}");
        }
        var query = url.IndexOfAny('?', '#');
        return Trim((query < 0 ? url : url[..query]).ToString());

        static string? Trim(string text)
        {
            text = text.TrimEnd('/');
            if (text.EndsWith(".git", StringComparison.Ordinal)) text = text[..^4];
            return text.Length == 0 ? null : text;
        }
    }

    private static string? Hash(string? text)
    {
        if (text is null || text.Length is not (40 or 64)) return null;
        foreach (var c in text)
            if (!char.IsAsciiHexDigit(c)) return null;
        return text;
    }

    /// <summary>Null for what no path or name can hold: these files are data of the repository, and may be hostile.</summary>
    private static string? Line(string? text) => text is null || text.Contains('\0', StringComparison.Ordinal) ? null : text.AsSpan().Trim().ToString();

    private static string? Text(IFileSystem files, string path, int max) => Bytes(files, path, max) is { Length: > 0 } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private static byte[] Bytes(IFileSystem files, string path, int max)
    {
        var handle = files.Open(path, out var stat);
        if (handle < 0) return [];
        var buffer = new byte[(int)Math.Min(stat.Size, max)];
        var read = files.Read(handle, 0, buffer);
        files.Close(handle);
        return read == buffer.Length ? buffer : [];
    }
}
