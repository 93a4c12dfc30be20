using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Everything that starts the client without a person (checklist §2).</summary>
internal sealed class ClaudeRuns
{
    public ClaudeRuns(AuditOptions options, InputReader inputs, CiFiles ci, SourceFiles sources)
    {
        foreach (var job in ci.Jobs.Where(job => !job.IsOff))
            foreach (var step in job.Steps.Where(step => step.RunsClaude))
            {
                if (step.IsClaudeAction)
                {
                    All.Add(new ClaudeRun("ci", string.Join(' ', step.Node.Scalars().Select(part => part.Value.Text)), job.At(step.Node["uses"]!), IsAction: true));
                    continue;
                }
                var run = step.Node["run"]!;
                foreach (var (line, offset) in ClaudeCommand.FindPrint(step.Run))
                    All.Add(new ClaudeRun("ci", line, new Place(job.File.Path, run.Line + (run.Text.Has("\n") ? 1 + run.Text.AsSpan(0, offset).Count('\n') : 0))));
            }
        foreach (var file in ci.Files)
            foreach (var (text, line) in CiFiles.Commands(file))
                foreach (var (command, _) in ClaudeCommand.FindPrint(text)) All.Add(new ClaudeRun("ci", command, new Place(file.Path, line)));
        foreach (var (file, input) in sources.Files)
            foreach (var (line, offset) in ClaudeCommand.FindPrint(input.Text)) All.Add(new ClaudeRun("script", line, input.At(offset)));
        if (!options.UseHome) return;
        foreach (var path in Schedules(options))
        {
            var input = inputs.Read(path);
            if (!input.HasText) continue;
            foreach (var (line, offset) in ClaudeCommand.FindPrint(input.Text)) All.Add(new ClaudeRun(KindOf(path), line, input.At(offset)));
        }
    }

    public List<ClaudeRun> All { get; } = [];

    private static string KindOf(string path) => path.Has("cron") ? "cron" : path.Ends(".plist") ? "launchd" : "systemd";

    private static IEnumerable<string> Schedules(AuditOptions options)
    {
        var user = Path.GetFileName(options.Home.TrimEnd('/'));
        var root = options.SystemRoot;
        yield return Path.Combine(root, "etc/crontab");
        yield return Path.Combine(root, "var/spool/cron/crontabs", user);
        foreach (var folder in (string[])["etc/cron.d", "etc/cron.daily", "etc/cron.hourly", "etc/cron.weekly", "etc/systemd/system"])
            foreach (var path in FilesOf(Path.Combine(root, folder))) yield return path;
        foreach (var folder in (string[])[".config/systemd/user", "Library/LaunchAgents"])
            foreach (var path in FilesOf(Path.Combine(options.Home, folder))) yield return path;
    }

    private static string[] FilesOf(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToArray() : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
