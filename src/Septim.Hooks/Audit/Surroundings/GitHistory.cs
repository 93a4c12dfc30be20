using System.Text;
using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Audit.Secrets;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>
/// Lists objects and reads blobs; never a log with patches, which is fifty times slower and stops at the first absent object.
/// </summary>
internal sealed class GitHistory
{
    private const long MaxBlob = 1 << 20;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);

    private static readonly string[] Names =
    [
        "claude*.md", "agents*.md", ".mcp.json", ".env*", "*.env", ".envrc", ".npmrc", ".pypirc", ".netrc", ".git-credentials", "*.pem", "*.key", "*.p12", "*.pfx", "id_rsa*", "id_ed25519*", "credentials*", "service-account*.json",
        "secrets.*", "*.tfvars", "*.tfstate", "*.tfstate.*", "*.tfvars.json", "docker-compose*.yml", "docker-compose*.yaml", "compose*.yml", "compose*.yaml", "application*.yml", "application*.yaml", "application*.properties", "appsettings*.json", "settings*.json",
        ".gitlab-ci*", "azure-pipelines*", "bitbucket-pipelines*", "jenkinsfile", ".drone.y*ml", "action.y*ml", ".zshrc", ".zshenv", ".zprofile", ".zlogin", ".bashrc", ".bash_profile", ".bash_login", ".profile", ".bash_aliases", ".pam_environment", "*.fish", "fish_variables",
    ];

    private static readonly System.Buffers.SearchValues<char> NoteSigns = System.Buffers.SearchValues.Create("0123456789abcdef/");

    private static readonly string[] Folders = [".claude/", ".github/workflows/", ".circleci/", ".buildkite/", ".gitlab/"];

    /// <summary>Names and ids only: no patch, no driver, no filter.</summary>
    private static readonly string[] Changes = ["log", "--raw", "--no-renames", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--diff-filter=AM", "--format="];

    private readonly GitProgram _git;
    private readonly AuditContext _context;
    private readonly CleanBlobs? _clean;
    private int _missing;
    private int _large;

    public GitHistory(AuditContext context)
    {
        (_git, _context) = (context.Repository.Git, context);
        // Why side by side: each of the three is a wait for git.
        var gaps = Task.Run(Completeness);
        var blobs = context.Options.DeepHistory ? AllBlobs() : SensitiveBlobs();
        // Why not Result: what went wrong there is to be met here as what it is.
        Gaps.InsertRange(0, gaps.GetAwaiter().GetResult());
        BlobsSeen = blobs.Count;
        _clean = context.Options.DeepHistory ? new CleanBlobs(context.Options.StateDirectory) : null;
        if (_clean is not null)
            foreach (var known in blobs.Keys.Where(_clean.Holds).ToArray()) blobs.Remove(known);
        if (blobs.Count > 0) Scan(blobs);
        _clean?.Save();
    }

    /// <summary>Why the answer is at best "unknown".</summary>
    public List<string> Gaps { get; } = [];
    public List<HistoryLeak> Leaks { get; } = [];
    public int BlobsSeen { get; }
    public int BlobsRead { get; private set; }

    public static bool IsSensitive(string path)
    {
        var lower = path.ToLowerInvariant();
        if (IsNote(lower)) return true;
        foreach (var folder in Folders)
            if (lower.Starts(folder) || lower.Has("/" + folder)) return true;
        var name = lower[(lower.LastIndexOf('/') + 1)..];
        foreach (var pattern in Names)
            if (Words.Matches(name, pattern)) return true;
        return false;
    }

    /// <summary>Notes are stored under the id of what they are about, perhaps cut into folders; nothing else is named so.</summary>
    private static bool IsNote(string path) => path.Length is >= 40 and <= 70 && !path.AsSpan().ContainsAnyExcept(NoteSigns) && path.Count(c => c != '/') is 40 or 64;

    /// <summary>What counts in a committed file: real shapes, and passwords that are not toys. A test key of a file in history is none.</summary>
    /// <param name="hit">What was found.</param>
    /// <param name="path">Of the file: a sample's or a test's password is none.</param>
    public static bool IsLeak(SecretHit hit, string path) => hit.Class switch
    {
        "connection-uri" => !hit.IsTrivial && hit.Life != SecretLife.Test,
        "password-assignment" => hit.Value.Length >= 10 && Entropy.Of(hit.Value) >= 3.0 && Entropy.IsMixed(hit.Value)
            && !Words.HasToken(hit.Value, "test", "dev", "local", "ci") && !Words.HasToken(path, "example", "sample", "template", "test", "tests", "fixtures", "dist", "ci"),
        _ => hit.Life != SecretLife.Test,
    };

    /// <returns>Why the history is not whole.</returns>
    private List<string> Completeness()
    {
        var gaps = new List<string>();
        if (_git.Run(["rev-parse", "--is-shallow-repository"]) is { Worked: true } shallow && shallow.Text.Trim() == "true") gaps.Add("history incomplete: shallow clone");
        if (_git.Run(["config", "--local", "--get-regexp", @"^(extensions\.partialclone|remote\..*\.promisor)$"]) is { Worked: true } partial && partial.Text.Trim().Length > 0) gaps.Add("history incomplete: partial clone");
        if (_git.Run(["rev-parse", "--git-common-dir"]) is not { Worked: true } folder) return gaps;
        var common = Path.GetFullPath(Path.Combine(_context.Options.Project, folder.Text.Trim()));
        if (new FileInfo(Path.Combine(common, "info", "grafts")) is { Exists: true, Length: > 0 }) gaps.Add("history incomplete: grafts hide commits");
        if (_git.Run(["for-each-ref", "--count=1", "refs/replace"]) is { Worked: true } replaced && replaced.Text.Trim().Length > 0) gaps.Add("history incomplete: replace refs hide objects");
        var alternates = Path.Combine(common, "objects", "info", "alternates");
        if (!File.Exists(alternates)) return gaps;
        foreach (var line in File.ReadAllLines(alternates))
            if (line.Length > 0 && !line.StartsWith('#') && !Directory.Exists(Path.GetFullPath(Path.Combine(common, "objects", line)))) gaps.Add("history incomplete: an alternate object store is missing");
        return gaps;
    }

    private Dictionary<string, string> SensitiveBlobs()
    {
        var blobs = new Dictionary<string, string>(StringComparer.Ordinal);
        var refs = _git.Run(["rev-parse", "-q", "--verify", "HEAD"]) is { Worked: true } ? (string[])["rev-list", "--objects", "--all", "--reflog", "HEAD"] : ["rev-list", "--objects", "--all"];
        // Why both, side by side: a listing of objects names each blob once, and a secret's file that was renamed to a harmless name, or copied
        // to one, then passes for harmless. The changes of each commit name every path; what only a merge holds is in the listing alone.
        var changed = new Dictionary<string, string>(StringComparer.Ordinal);
        var changes = Task.Run(() => _git.Run([.. Changes, .. refs.Skip(2)], onOutput: stream => ReadChanges(stream, changed), timeout: Budget));
        var seen = 0;
        var answer = _git.Run(refs, onOutput: stream => seen = ReadObjects(stream, blobs), timeout: Budget);
        var named = changes.GetAwaiter().GetResult();
        if (answer is null) Gaps.Add("git is not installed");
        else if (!answer.Worked) Gaps.Add($"the history could not be listed: {answer.Complaint}");
        else if (seen > 0 && named is not { Worked: true }) Gaps.Add($"the changes of the history could not be listed: {named?.Complaint}");
        foreach (var (id, path) in changed) blobs.TryAdd(id, path);
        return blobs;
    }

    private Dictionary<string, string> AllBlobs()
    {
        var blobs = SensitiveBlobs();
        var answer = _git.Run(["cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)"], timeout: Budget);
        if (answer is not { Worked: true }) Gaps.Add("the objects could not be listed");
        else
            foreach (var line in answer.Text.Split('\n'))
                if (line.Ends(" blob")) blobs.TryAdd(line[..^5], "(path unknown)");
        return blobs;
    }

    /// <summary>Lines such as <c>:100644 100644 OLD NEW M\tpath</c>; of a submodule's entry there is no blob here.</summary>
    private static void ReadChanges(Stream stream, Dictionary<string, string> blobs)
    {
        var known = new SensitivePaths();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            var tab = line.IndexOf('\t');
            if (tab < 0 || line[0] != ':' || line.AsSpan(8, 6) is "160000") continue;
            var path = known.Path(line.AsSpan(tab + 1).Trim('"'));
            if (path is not null) blobs.TryAdd(line.Split(' ', 5)[3], path);
        }
    }

    /// <returns>How many objects there are.</returns>
    private static int ReadObjects(Stream stream, Dictionary<string, string> blobs)
    {
        var seen = 0;
        var known = new SensitivePaths();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            seen++;
            var space = line.IndexOf(' ');
            if (space <= 0 || space + 1 >= line.Length) continue;
            if (known.Path(line.AsSpan(space + 1)) is { } path) blobs.TryAdd(line[..space], path);
        }
        return seen;
    }

    private void Scan(Dictionary<string, string> blobs)
    {
        var found = new SortedDictionary<string, (SecretHit Hit, string Path, List<string> Blobs)>(StringComparer.Ordinal);
        var input = Encoding.ASCII.GetBytes(string.Concat(blobs.Keys.Select(id => id + "\n")));
        var answer = _git.Run(["cat-file", "--batch"], input, stream => ReadBlobs(stream, blobs, found), Budget);
        if (answer is null || !answer.Worked) Gaps.Add($"blobs could not be read: {answer?.Complaint ?? "git is not installed"}");
        if (_missing > 0) Gaps.Add($"history incomplete: {_missing} blobs are missing");
        if (_large > 0) Gaps.Add($"{_large} blobs are larger than {MaxBlob >> 20} MiB and were not read");
        foreach (var (hit, path, ids) in found.Values) Leaks.Add(Describe(hit, path, ids));
    }

    private void ReadBlobs(
        Stream stream, Dictionary<string, string> blobs, SortedDictionary<string, (SecretHit, string, List<string> Blobs)> found)
    {
        using var buffered = new BufferedStream(stream, 1 << 16);
        while (ReadHeader(buffered) is { } header)
        {
            var parts = header.Split(' ');
            if (parts[^1] == "missing")
            {
                _missing++;
                continue;
            }
            if (parts.Length < 3 || !long.TryParse(parts[2], out var size)) return;
            var keep = parts[1] == "blob" && size <= MaxBlob;
            var bytes = ReadBody(buffered, size, keep);
            if (parts[1] != "blob") continue;
            if (!keep)
            {
                _large++;
                continue;
            }
            BlobsRead++;
            if (BlobsRead % 64 == 0) _context.Progress(BlobsRead, blobs.Count);
            var text = InputReader.Decode(bytes);
            if (text.AsSpan(0, Math.Min(text.Length, 8000)).Contains('\0'))
            {
                _clean?.Add(parts[0]);
                continue;
            }
            var path = blobs.GetValueOrDefault(parts[0], "");
            var leaks = found.Count;
            foreach (var hit in _context.SecretsIn(text).Where(hit => IsLeak(hit, path)))
            {
                var key = $"{path}\n{hit.Class}\n{hit.Fingerprint ?? SecretHit.HashOf(hit.Value)}";
                if (found.TryGetValue(key, out var known)) known.Blobs.Add(parts[0]);
                else found[key] = (hit, path, [parts[0]]);
                leaks = -1;
            }
            if (leaks == found.Count) _clean?.Add(parts[0]);
        }
    }

    private static string? ReadHeader(BufferedStream stream)
    {
        var line = new StringBuilder();
        for (var b = stream.ReadByte(); b >= 0; b = stream.ReadByte())
        {
            if (b == '\n') return line.ToString();
            line.Append((char)b);
        }
        return line.Length > 0 ? line.ToString() : null;
    }

    private static byte[] ReadBody(BufferedStream stream, long size, bool keep)
    {
        var bytes = keep ? new byte[size] : [];
        if (keep) stream.ReadExactly(bytes);
        else
            for (var left = size; left > 0;)
            {
                var chunk = new byte[(int)Math.Min(left, 1 << 16)];
                var read = stream.Read(chunk);
                if (read == 0) break;
                left -= read;
            }
        stream.ReadByte();
        return bytes;
    }

    private HistoryLeak Describe(SecretHit hit, string path, List<string> ids)
    {
        var commits = new List<(string Id, string Date)>();
        foreach (var id in ids.Take(20))
        {
            if (_git.Run(["log", "--all", "--reflog", "--full-history", "--format=%H%x00%cI", $"--find-object={id}", .. path.StartsWith('(') ? (string[])[] : ["--", path]], timeout: TimeSpan.FromSeconds(10)) is not { Worked: true } log) continue;
            foreach (var line in log.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                if (line.Split('\0') is [{ Length: >= 12 } commit, var date]) commits.Add((commit[..12], date));
        }
        commits = [.. commits.Distinct().OrderBy(commit => commit.Date, StringComparer.Ordinal)];
        var refs = commits.Count == 0 ? null : _git.Run(["for-each-ref", "--format=%(refname:short)", "--contains", commits[0].Id]);
        var names = refs is { Worked: true } ? string.Join(", ", refs.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(5)) : "";
        var full = Path.Combine(_context.Options.Project, path);
        var atHead = File.Exists(full) && _context.Repository.IsTracked(full) && _context.Inputs.Read(full).Text.Has(hit.Value);
        string Shown((string Id, string Date) commit) => $"{commit.Id} ({commit.Date})";
        return new HistoryLeak(hit, path, Math.Max(1, commits.Count), commits.Count == 0 ? "unreachable" : Shown(commits[0]), commits.Count == 0 ? "unreachable" : Shown(commits[^1]), names, atHead);
    }
}
