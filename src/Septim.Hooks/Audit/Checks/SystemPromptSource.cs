using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Secrets;

namespace Septim.Hooks.Audit.Checks;

/// <summary>20: custom system prompts are versioned files, the same bytes every run.</summary>
internal static partial class SystemPromptSource
{
    public static readonly AuditCheck Check = new(
        20, "system-prompt-source", Severity.Low,
        "Custom system prompts are files under version control and are the same bytes every run.",
        "The cache matches the request's prefix: changing text at its front throws the cache away with every run.",
        "Looks for --system-prompt, --append-system-prompt and --agents in CI, scripts and manifests, and for prompts in SDK code.",
        "--append-system-prompt-file prompts/x.md; put changing facts into the first user message.",
        Judge);

    private static void Judge(AuditContext context, ItemResult item)
    {
        var used = false;
        foreach (var run in context.Runs.All)
            foreach (Match match in Option().Matches(run.Command))
            {
                used = true;
                var option = match.Groups["o"].Value;
                var value = match.Groups["v"].Value.Trim('"', '\'');
                if (option.Ends("-file")) File(context, item, run.Place, option, value);
                else if (Dynamic().IsMatch(value)) item.Fail("dynamic-prefix", $"{option} holds text that changes from run to run", run.Place, option);
                else if (value.Length > 2_000) item.Warn("inline-long", $"{option} holds {value.Length} characters inline", run.Place, option);
            }
        foreach (var (file, input) in context.Sources.Files)
        {
            item.Use(input);
            if (!SdkPrompt().IsMatch(input.Text) || !(BatchOfflineWork.MessagesCall().IsMatch(input.Text) || input.Text.Has("claude-agent-sdk") || input.Text.Has("claude_agent_sdk"))) continue;
            used = true;
            var (length, offset) = LongestLiteral(input.Text);
            if (length >= 4 << 10 && !input.Text.Has("cache_control")) item.Warn("sdk-inline", $"a prompt literal of {length >> 10} KiB stands in code without cache_control", input.At(offset), file.Relative);
            else if (DynamicCode().IsMatch(input.Text)) item.NeedsPerson($"whether the prompt in {file.Relative} is the same in every run cannot be told from its code", file.Relative, "file:" + SecretHit.HashOf(input.Text)[..16]);
        }
        if (!used && item.Unknown is null) item.NotApplicable = "no custom system prompt is used";
    }

    private static void File(AuditContext context, ItemResult item, Place place, string option, string value)
    {
        if (value.Has("$")) return;
        var path = Path.GetFullPath(Path.Combine(context.Options.Project, value));
        if (!System.IO.File.Exists(path)) item.Fail("untracked-file", $"{option} names {value}, which is not there", place, value);
        else if (context.Repository.Exists && !context.Repository.IsTracked(path)) item.Warn("untracked-file", $"{option} names {value}, which is not under version control", place, value, null, null, FixProposal.Guided($"git add {value}"));
        else item.Read(path);
    }

    /// <summary>The longest quoted text of a source file: an estimate that is enough to find prompts.</summary>
    internal static (int Length, int Offset) LongestLiteral(string text)
    {
        var best = (Length: 0, Offset: 0);
        foreach (Match match in Literal().Matches(text))
            if (match.Length > best.Length) best = (match.Length, match.Index);
        return best;
    }

    [GeneratedRegex(@"(?<o>--(append-)?system-prompt(-file)?|--agents)(=|\s+)(?<v>""(\\.|[^""\\]){0,20000}""|'[^']{0,20000}'|\S+)", RegexOptions.CultureInvariant)] private static partial Regex Option();
    [GeneratedRegex(@"\$\((?!cat\s)|`|\$\{?(RANDOM|GITHUB_RUN_ID|GITHUB_SHA|CI_JOB_ID|CI_PIPELINE_ID|CI_COMMIT_SHA|BUILD_ID|BUILD_NUMBER|DATE|NOW|TIMESTAMP|SECONDS|EPOCHSECONDS|HOSTNAME)|\$\{\{\s*github\.(run_id|sha|run_number|event|run_attempt)", RegexOptions.CultureInvariant)] private static partial Regex Dynamic();
    [GeneratedRegex(@"\bsystem\s*[=:]\s*|systemPrompt|system_prompt", RegexOptions.CultureInvariant)] private static partial Regex SdkPrompt();
    [GeneratedRegex(@"(system|systemPrompt|system_prompt)\s*[=:]\s*(f[""']|`[^`]{0,400}\$\{|\w+\()", RegexOptions.CultureInvariant)] private static partial Regex DynamicCode();
    [GeneratedRegex("\"\"\"(?s:.{0,400000}?)\"\"\"|'''(?s:.{0,400000}?)'''|`[^`]{200,400000}`|\"[^\"\\n]{200,100000}\"|'[^'\\n]{200,100000}'", RegexOptions.CultureInvariant)] private static partial Regex Literal();
}
