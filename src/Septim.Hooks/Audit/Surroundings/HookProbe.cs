using System.Diagnostics;
using Septim.Hooks.Setup.Trials;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>
/// Starts a foreign hook as the client does, in a copy of the project with a fake home and no credentials, with a deadline and an output
/// cap. Only on request (<c>--run-hooks</c>); a command that fetches code is never run.
/// </summary>
internal sealed class HookProbe : IDisposable
{
    private const long MaxCopy = 64L << 20;
    private const int MaxOutput = 1 << 20;

    private readonly AuditContext _context;
    private readonly string _root = Directory.CreateTempSubdirectory("septim-probe-").FullName;

    /// <param name="context">What is audited.</param>
    /// <param name="copies">Whether the project's files are copied, so that scripts find themselves.</param>
    public HookProbe(AuditContext context, bool copies = true)
    {
        _context = context;
        Directory.CreateDirectory(Home);
        Directory.CreateDirectory(Project);
        if (!copies) return;
        long total = 0;
        foreach (var file in context.Tree.Files.OrderByDescending(file => file.Relative.Starts(".claude/")))
        {
            if ((total += file.Bytes) > MaxCopy && !file.Relative.Starts(".claude/")) break;
            if (!file.Relative.Starts(".claude/") && context.Repository.Exists && !context.Repository.IsTracked(file.Path)) continue;
            var target = Path.Combine(Project, file.Relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            try
            {
                File.Copy(file.Path, target);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Why: what cannot be read here, the hook cannot read either.
            }
        }
    }

    /// <summary>A transcript in the fake home that shows a spend, and none in the next session.</summary>
    /// <returns>The payload's transcript_path.</returns>
    public string Spend(decimal usd, string session, bool inAgent = false)
    {
        var folder = Path.Combine(Home, ".claude", "projects", "-x");
        var path = Path.Combine(folder, session + ".jsonl");
        var target = inAgent ? Path.Combine(folder, session, "subagents", "agent-a1.jsonl") : path;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (inAgent) File.WriteAllText(path, "{\"type\":\"mode\"}\n");
        var tokens = (long)(usd / 25 * 1_000_000);
        var time = _context.Now.UtcDateTime.AddMinutes(-1).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
        File.WriteAllText(target, $$"""{"type":"assistant","uuid":"u1","sessionId":"{{session}}","timestamp":"{{time}}","requestedModel":"claude-opus-5","message":{"id":"msg_{{session}}","type":"message","role":"assistant","model":"claude-opus-5","content":[{"type":"text","text":"x"}],"stop_reason":"end_turn","usage":{"input_tokens":3,"output_tokens":{{tokens}},"cache_read_input_tokens":0,"cache_creation_input_tokens":0} } }""" + "\n");
        return path;
    }

    /// <summary>Whatever stands below the fake home and project now: for seeing what a hook left behind.</summary>
    public Dictionary<string, string> Texts()
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories))
            if (new FileInfo(path).Length < MaxOutput) texts[path] = File.ReadAllText(path);
        return texts;
    }

    public string Home => Path.Combine(_root, "home");
    public string Project => Path.Combine(_root, "project");

    /// <returns>Exit code, null for a timeout or a program that does not start; stdout; stderr.</returns>
    public (int? ExitCode, string Output, string Errors) Run(DeclaredHook hook, byte[] payload)
    {
        var command = hook.Command.Replace(_context.Options.Project, Project, StringComparison.Ordinal);
        var start = hook.Args is { } arguments
            ? new ProcessStartInfo(command, arguments.Select(argument => argument.Replace("${CLAUDE_PROJECT_DIR}", Project, StringComparison.Ordinal).Replace(_context.Options.Project, Project, StringComparison.Ordinal)))
            : HookProcess.Shell(command);
        start.WorkingDirectory = Project;
        var path = _context.Settings.Variable("PATH")?.Value ?? "/usr/local/bin:/usr/bin:/bin";
        var answer = HookProcess.Run(
            start,
            [
                new("PATH", path), new("HOME", Home), new("USERPROFILE", Home), new("TMPDIR", _root), new("CLAUDE_PROJECT_DIR", Project), new("CLAUDECODE", "1"), new("LC_ALL", "C.UTF-8"),
            ],
            payload, TimeSpan.FromSeconds(Math.Min(hook.Timeout ?? 10, 10)));
        if (answer.TimedOut) return (null, "", "ran out of time");
        return answer.Started ? (answer.ExitCode, answer.Output, answer.Error) : (null, "", "cannot be started");
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_root, recursive: true);
        }
        catch (IOException)
        {
            // Why: a leftover in the temporary directory harms nobody.
        }
    }
}
