using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Surroundings;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>12: repeated context is read from the cache.</summary>
internal static class PromptCaching
{
    private const int MinMessages = 5;
    private const int MinPrompt = 4_096;

    public static readonly AuditCheck Check = new(
        12, "prompt-caching", Severity.Medium,
        "Repeated context is read from the cache, at about a tenth of the price.",
        "Claude Code caches by itself unless told not to; nothing has to be enabled. cache_control concerns own API code.",
        "Looks for DISABLE_PROMPT_CACHING variables, computes the hit rate of each longer session from its transcript, and looks at own API code with long prompts.",
        "Take DISABLE_PROMPT_CACHING out; keep dates, ids and other changing text out of the beginning of prompts; add cache_control to own API code.",
        Judge);

    private static void Judge(AuditContext context, ItemResult item)
    {
        context.Settings.UsedBy(item);
        if (context.Options.UseHome) context.Transcripts.UsedBy(item);
        Disabled(context, item);
        var rates = new List<(double Rate, string Session)>();
        foreach (var session in context.Transcripts.Files.Where(file => !file.IsAgent)) Session(item, session, rates);
        if (rates.Count > 0)
        {
            rates.Sort((a, b) => a.Rate.CompareTo(b.Rate));
            var evidence = (KeyValuePair<string, string>[])[Said("sessions", $"{rates.Count}"), Said("worst", $"{rates[0].Rate:0.00} ({rates[0].Session})"), Said("median", $"{rates[rates.Count / 2].Rate:0.00}")];
            if (rates.TrueForAll(rate => rate.Rate == 0)) item.Fail("hit-rate", $"none of {rates.Count} longer sessions read anything from the cache", subject: "hit-rate", evidence: evidence);
            else if (rates[0].Rate < 0.4) item.Warn("hit-rate", $"a session read only {rates[0].Rate:0.00} of its prompt from the cache", subject: "hit-rate", evidence: evidence);
            item.Note = $"hit rate of {Plural.Of(rates.Count, "session")}: worst {rates[0].Rate:0.00}, median {rates[rates.Count / 2].Rate:0.00}";
        }
        else item.Note = "caching is not switched off; no session is long enough to measure its hit rate";
        foreach (var (file, input) in context.Sources.Files)
            if (BatchOfflineWork.MessagesCall().IsMatch(input.Text) && !input.Text.Has("cache_control") && SystemPromptSource.LongestLiteral(input.Text) is var (length, offset) && length >= 8 << 10)
                item.Warn("sdk-no-cache-control", $"a prompt literal of {length >> 10} KiB is sent without cache_control", input.At(offset), file.Relative);
    }

    private static void Disabled(AuditContext context, ItemResult item)
    {
        foreach (var name in (string[])["DISABLE_PROMPT_CACHING", "DISABLE_PROMPT_CACHING_FABLE", "DISABLE_PROMPT_CACHING_OPUS", "DISABLE_PROMPT_CACHING_SONNET", "DISABLE_PROMPT_CACHING_HAIKU"])
        {
            if (context.Settings.Variable(name) is { } set && Words.IsTruthy(set.Value))
            {
                var fix = set.Setting is { } setting
                    ? new FixProposal("auto", $"--fix takes {name} out of the {setting.Source.Name} settings", new FixEdit(setting.Source.Path, FixEditKind.Remove, ["env", name], ""))
                    : FixProposal.Guided($"unset {name}");
                item.Fail("disabled", $"{name} switches prompt caching off ({set.Origin})", set.Place, name, null, null, fix);
                continue;
            }
            foreach (var one in context.Startup.Assignments.Where(one => one.Name == name && Words.IsTruthy(one.Value)))
                item.Fail("disabled", $"{name} switches prompt caching off ({one.Chain})", one.Place, name, null, null, FixProposal.Guided($"take the line with {name} out"));
            foreach (var file in context.Ci.Files.Where(file => file.Root is not null))
                foreach (var (path, value) in file.Root!.Scalars())
                    if (path.Ends("." + name) && Words.IsTruthy(value.Text)) item.Fail("disabled", $"{name} switches prompt caching off in CI", new Place(file.Path, value.Line), name);
            foreach (var file in context.Ci.Files.Where(file => file.Input.HasText && file.Input.Text.Has(name)))
                foreach (var (line, offset) in ClaudeCommand.LogicalLines(file.Input.Text))
                    if (Regex.Match(line, $@"(?<![\w.]){name}\s?=\s?[""']?(?<v>\w+)", RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100)) is { Success: true } written && Words.IsTruthy(written.Groups["v"].Value))
                        item.Fail("disabled", $"{name} switches prompt caching off in CI", file.Input.At(offset), name);
            foreach (var run in context.Runs.All.Where(run => run.Kind is not "ci" && Regex.IsMatch(run.Command, $@"(?<![\w.]){name}=[""']?(1|true|yes|on)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromMilliseconds(100))))
                item.Fail("disabled", $"{name} switches prompt caching off for this run", run.Place, name);
        }
    }

    private static void Session(ItemResult item, Transcript session, List<(double, string)> rates)
    {
        var messages = session.Messages;
        var eligible = messages.Where(message => message.Prompt >= MinPrompt).ToList();
        if (eligible.Count < MinMessages) return;
        double read = eligible.Sum(message => message.CacheRead), write = eligible.Sum(message => message.CacheWrite), prompt = eligible.Sum(message => message.Prompt);
        rates.Add((read / prompt, session.Session));
        if (eligible.Count >= 10 && write > 0.6 * prompt)
            item.Warn("prefix-churn", $"session {session.Session} wrote {write / prompt:0.00} of its prompt to the cache again and again: something at the front changes (a date, an id, the model)", new Place(session.Path), session.Session);
    }
}
