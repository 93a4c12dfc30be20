using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Everything that starts the client without a person (checklist §2).</summary>
internal sealed partial class ClaudeRuns
{
    public ClaudeRuns(AuditOptions options, InputReader inputs, CiFiles ci, SourceFiles sources)
    {
        foreach (var job in ci.Jobs.Where(job => !job.IsOff))
            foreach (var step in job.Steps.Where(step => step.RunsClaude))
            {
                if (step.IsClaudeAction)
                {
                    All.Add(new ClaudeRun("ci", string.Join(' ', step.Node.Scalars().Select(part => $"{part.Path} {part.Value.Text}")), job.At(step.Node["uses"]!), IsAction: true));
                    continue;
                }
                var run = step.Script!;
                foreach (var (line, offset) in ClaudeCommand.FindPrint(step.Run))
                    All.Add(new ClaudeRun("ci", line, new Place(job.File.Path, run.Line + (run.Text.Has("\n") ? 1 + run.Text.AsSpan(0, offset).Count('\n') : 0))));
            }
        foreach (var file in ci.Files)
            foreach (var (text, line) in CiFiles.Commands(file))
                foreach (var (command, _) in ClaudeCommand.FindPrint(text)) All.Add(new ClaudeRun("ci", command, new Place(file.Path, line)));
        foreach (var (file, input) in sources.Files)
        {
            foreach (var (line, place) in Lines(input)) All.Add(new ClaudeRun(KindOf(file.Relative), line, place));
            if (Agent().Match(input.Text) is { Success: true } sdk && AgentImport().IsMatch(input.Text)) All.Add(new ClaudeRun("sdk", AgentOptions(input.Text, sdk.Index), input.At(sdk.Index)));
        }
        if (!options.UseHome) return;
        foreach (var path in Schedules(options, inputs))
        {
            var input = inputs.Read(path);
            if (!input.IsThere) continue;
            Files.Add(input);
            if (!input.HasText) continue;
            foreach (var (line, place) in Lines(input)) All.Add(new ClaudeRun(KindOf(path) is "script" ? "cron" : KindOf(path), line, place));
        }
    }

    /// <summary>Crontabs, units and the like that are there; an unreadable one leaves open whether something runs unattended.</summary>
    public List<Input> Files { get; } = [];

    /// <summary>Command lines with their places: of a manifest its scripts, of a property list or task its words put together.</summary>
    private static IEnumerable<(string Line, Place Place)> Lines(Input input)
    {
        if (Path.GetFileName(input.Path) == "package.json")
        {
            foreach (var script in JsonTree.Parse(input.Text, out _, out _)?["scripts"]?.Members ?? [])
                foreach (var (line, _) in ClaudeCommand.FindPrint(script.Value.Text)) yield return (line, new Place(input.Path, script.Line));
            yield break;
        }
        if (input.Path.Ends(".plist") || input.Path.Ends(".xml"))
        {
            foreach (Match list in WordLists().Matches(input.Text))
            {
                var line = System.Net.WebUtility.HtmlDecode(string.Join(' ', Word().Matches(list.Value).Select(word => word.Groups["v"].Value)));
                if (ClaudeCommand.IsPrint(line)) yield return (line, input.At(list.Index));
            }
            yield break;
        }
        foreach (var (line, offset) in ClaudeCommand.FindPrint(input.Text)) yield return (line, input.At(offset));
    }

    /// <summary>What the code around the call says, in the words of the command line, so that one question fits both.</summary>
    private static string AgentOptions(string text, int at)
    {
        var options = "agent sdk";
        if (text.Has("maxBudgetUsd") || text.Has("max_budget_usd")) options += " --max-budget-usd";
        if (text.Has("bypassPermissions")) options += " --dangerously-skip-permissions";
        return Model().Match(text, at) is { Success: true } model ? $"{options} --model {model.Groups["v"].Value}" : options;
    }

    public List<ClaudeRun> All { get; } = [];

    private static string KindOf(string path) =>
        path.Ends(".plist") ? "launchd" : path.Ends(".service") || path.Ends(".timer") ? "systemd" : path.Ends(".xml") ? "task" : Path.GetFileName(path).Has("cron") || path.Has("/cron") ? "cron" : "script";

    private List<string> Schedules(AuditOptions options, InputReader inputs)
    {
        var user = Path.GetFileName(options.Home.TrimEnd('/'));
        var root = options.SystemRoot;
        var paths = new List<string> { Path.Combine(root, "etc/crontab"), Path.Combine(root, "var/spool/cron", user), Path.Combine(root, "var/spool/cron/crontabs", user) };
        foreach (var folder in (string[])
            [
                "etc/cron.d", "etc/cron.daily", "etc/cron.hourly", "etc/cron.weekly", "etc/cron.monthly", "etc/systemd/system", "Library/LaunchAgents", "Library/LaunchDaemons",
            ]) Add(Path.Combine(root, folder));
        foreach (var folder in (string[])[".config/systemd/user", "Library/LaunchAgents"]) Add(Path.Combine(options.Home, folder));
        return [.. paths.Distinct()];

        void Add(string folder)
        {
            var isSystem = !folder.Starts(options.Home + "/");
            var files = inputs.List(folder, "*", out var gap);
            foreach (var path in files)
                if (!isSystem) paths.Add(path);
                else if (Behind(path) is { } file) paths.Add(file);
            if (gap is not null && !isSystem) Files.Add(gap);
        }
    }

    /// <summary>
    /// The file behind a link in a folder of the system, where only an administrator makes links and every machine with systemd has some: a unit's other
    /// name, or, to /dev/null, a unit that is switched off; that one runs nothing and is null.
    /// </summary>
    private static string? Behind(string path)
    {
        try
        {
            var target = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName;
            return target == "/dev/null" ? null : target is not null && File.Exists(target) ? target : path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }

    [GeneratedRegex(@"<array>.{0,8000}?</array>|<Exec>.{0,8000}?</Exec>", RegexOptions.Singleline | RegexOptions.CultureInvariant)] private static partial Regex WordLists();
    [GeneratedRegex(@"<(string|Command|Arguments)>(?<v>[^<]{0,4000})</", RegexOptions.CultureInvariant)] private static partial Regex Word();
    [GeneratedRegex(@"@anthropic-ai/claude-(agent-sdk|code)[""']|\bfrom\s+claude_(agent|code)_sdk\b|\bimport\s+claude_(agent|code)_sdk\b", RegexOptions.CultureInvariant)] private static partial Regex AgentImport();
    [GeneratedRegex(@"(?<![\w.])query\s*\(|ClaudeSDKClient\s*\(|unstable_v2_\w+\s*\(", RegexOptions.CultureInvariant)] private static partial Regex Agent();
    [GeneratedRegex(@"\bmodel\s*[:=]\s*[""'](?<v>[\w.:@\[\]-]{2,80})[""']", RegexOptions.CultureInvariant)] private static partial Regex Model();
}
