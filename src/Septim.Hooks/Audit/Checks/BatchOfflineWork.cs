using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Secrets;
using Septim.Hooks.Audit.Surroundings;

namespace Septim.Hooks.Audit.Checks;

/// <summary>15: bulk work that nobody waits for goes through the Batch API.</summary>
internal static partial class BatchOfflineWork
{
    public static readonly AuditCheck Check = new(
        15, "batch-offline-work", Severity.Low,
        "Bulk work that nobody waits for goes through the Batch API at half price.",
        "Batch is not reachable from Claude Code itself: the item concerns own API code and loops around claude -p.",
        "Looks for SDK use in manifests and sources, for batch calls, and for claude -p inside loops, matrices and schedules.",
        "Send what nobody waits for to /v1/messages/batches, or attest that none of it can wait.",
        Judge);

    private static void Judge(AuditContext context, ItemResult item)
    {
        var calls = false;
        var batch = false;
        var loops = 0;
        foreach (var (file, input) in context.Sources.Files)
        {
            item.Use(input);
            var uses = MessagesCall().IsMatch(input.Text) || (IsManifest(file.Name) && Sdk().IsMatch(input.Text));
            batch |= input.Text.Has("/messages/batches") || input.Text.Has("messages.batches");
            calls |= uses;
            loops += Loops(item, input);
        }
        foreach (var run in context.Runs.All.Where(run => run.Kind is "ci" or "cron"))
            if (run.Kind == "cron" || InMatrix(context, run))
            {
                loops++;
                item.Warn("loop", $"the client is started again and again ({(run.Kind == "cron" ? "cron" : "schedule or matrix")}); what nobody waits for is half the price as a batch", run.Place, run.Kind);
            }
        foreach (var (file, input) in context.Sources.Files)
            if (!batch && MessagesCall().IsMatch(input.Text) && file.Relative.Split('/').SkipLast(1).Any(part => part is "jobs" or "batch" or "cron" or "scripts" or "etl" or "pipeline" or "pipelines"))
                item.Warn("sdk-no-batch", "offline code calls the Messages API one by one", input.At(MessagesCall().Match(input.Text).Index), file.Relative);
        if (!calls && loops == 0 && item.Unknown is null) item.NotApplicable = "neither an SDK nor a loop around claude -p was found";
        else item.NeedsPerson("whether some of this work can wait is for a person to say", "offline-work", "work:" + SecretHit.HashOf(string.Join('\n', item.Findings.Select(finding => finding.Subject).Append(calls ? "sdk" : "")))[..16]);
    }

    private static int Loops(ItemResult item, Reading.Input input)
    {
        var loops = 0;
        var open = 0;
        foreach (var (line, offset) in ClaudeCommand.LogicalLines(input.Text))
        {
            var trimmed = line.TrimStart();
            if (LoopStart().IsMatch(trimmed)) open++;
            if (ClaudeCommand.IsPrint(line) && (open > 0 || trimmed.Has("xargs") || trimmed.Has("parallel ") || trimmed.Has("-exec ")))
            {
                loops++;
                item.Warn("loop", "claude -p runs inside a loop; what nobody waits for is half the price as a batch", input.At(offset), "loop");
            }
            if (trimmed.Starts("done") || trimmed.Has("; done")) open = Math.Max(0, open - 1);
        }
        return loops;
    }

    private static bool InMatrix(AuditContext context, ClaudeRun run) => context.Ci.Jobs.Any(job =>
        job.File.Path == run.Place.Path && job.RunsClaudeItself && (job.Node.At("strategy.matrix") is not null || job.File.Triggers.Contains("schedule")))
        || context.Ci.Files.Any(file => file.Service != "github" && file.Path == run.Place.Path && file.Root is { } root && root.Scalars().Any(part => Repeats().IsMatch(part.Path)));

    private static bool IsManifest(string name) => name is "package.json" or "pyproject.toml" or "requirements.txt" or "go.mod" or "Gemfile" or "Cargo.toml" or "pom.xml" or "build.gradle";

    [GeneratedRegex(@"(^|\.|\])(matrix|parallel|parallelism|schedules|cron)(\.|\[|$)", RegexOptions.CultureInvariant)] private static partial Regex Repeats();
    [GeneratedRegex(@"messages\s*\.\s*(create|stream)\s*\(|/v1/messages(?!/batches)", RegexOptions.CultureInvariant)] internal static partial Regex MessagesCall();
    [GeneratedRegex(@"@anthropic-ai/sdk|(?<![\w-])anthropic(?![\w/-])|anthropic-sdk", RegexOptions.CultureInvariant)] internal static partial Regex Sdk();
    [GeneratedRegex(@"^(for|while|until)\s|;\s*do\s*$|\bfor\s.*\bdo\b|\bwhile\s.*\bdo\b", RegexOptions.CultureInvariant)] private static partial Regex LoopStart();
}
