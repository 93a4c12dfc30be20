using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Audit.Surroundings;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>11: each agent's model is a decision on record.</summary>
internal static class ModelSelection
{
    public static readonly AuditCheck Check = new(
        11, "model-selection", Severity.Medium,
        "Each agent's model is a decision on record, with cheap work on cheap models.",
        "The dearest model costs tens of times the cheapest. Prices come from this product's prices.json, not from articles.",
        "Reads model settings and variables, agents' frontmatter, --model of unattended runs, and what the transcripts show by model.",
        "Set \"model\": \"…\" in the settings, model: haiku in the frontmatter of agents with light work, and \"env\": {\"CLAUDE_CODE_SUBAGENT_MODEL\": \"…\"}.",
        Judge);

    private static void Judge(AuditContext context, ItemResult item)
    {
        context.Settings.UsedBy(item);
        if (context.Options.UseHome) context.Transcripts.UsedBy(item);
        var model = context.Settings.Find("model");
        var variable = context.Settings.Variable("ANTHROPIC_MODEL");
        var subagents = context.Settings.Variable("CLAUDE_CODE_SUBAGENT_MODEL");
        var written = new List<(string Model, Place Place, string Source)>();
        if (model is { Value.IsText: true }) written.Add((model.Text, model.Place, $"model of the {model.Source.Name} settings"));
        foreach (var name in (string[])["ANTHROPIC_MODEL", "CLAUDE_CODE_SUBAGENT_MODEL", "ANTHROPIC_DEFAULT_OPUS_MODEL", "ANTHROPIC_DEFAULT_SONNET_MODEL", "ANTHROPIC_DEFAULT_HAIKU_MODEL", "ANTHROPIC_DEFAULT_FABLE_MODEL", "ANTHROPIC_SMALL_FAST_MODEL"])
            if (context.Settings.Variable(name) is { } set) written.Add((set.Value, set.Place, set.Origin));
        foreach (var key in (string[])["availableModels", "fallbackModel"])
            if (context.Settings.Find(key) is { } setting)
                foreach (var entry in setting.Value.Texts()) written.Add((entry.Text, new Place(setting.Source.Path, entry.Line), key));

        var hasDefault = model is not null || variable is not null;
        if (!hasDefault) item.Warn("no-default", "no default model is set: the client chooses, and its choice changes with versions", subject: "model", fix: FixProposal.Guided("\"model\": \"sonnet\""));
        var agents = Agents(context, item, subagents is not null, written);
        foreach (var run in context.Runs.All)
        {
            if ((Option(run.Command, "--model") ?? Option(run.Command, "with.model")) is { } chosen) written.Add((chosen, run.Place, "--model"));
            else if (!HasModel(context, run, hasDefault))
                item.Fail("unattended-default", $"an unattended run ({run.Kind}) names no model", run.Place, run.Kind, null, null, FixProposal.Guided(run.IsAction ? "claude_args: --model sonnet" : "add --model sonnet, or another model by name"));
        }
        foreach (var (name, place, source) in written) Examine(item, name, place, source);
        var tier = ModelPrices.Tier(model?.Text ?? variable?.Value ?? "");
        if (tier >= 3 && agents.Count > 0 && agents.TrueForAll(agent => ModelPrices.Tier(agent) is var own && (own == 0 ? tier : own) >= 3))
            item.Warn("single-tier", "the default and all agents run on the dearest tier", model?.Place ?? Place.None, "model");
        Spend(context, item);
        item.Note = "every model is a decision on record";
    }

    /// <summary>What a person's own settings say does not reach a CI job: there the project's and the job's own words count.</summary>
    private static bool HasModel(AuditContext context, ClaudeRun run, bool hasDefault)
    {
        if (run.Command.Has("ANTHROPIC_MODEL") || (run.IsAction && run.Command.Has("\"model\""))) return true;
        if (run.Kind != "ci") return hasDefault;
        return context.Settings.Sources.Any(source => source.Name == "project" && (source.Root?["model"] ?? source.Root?.At("env.ANTHROPIC_MODEL")) is not null)
            || (context.Inputs.IsKnown(run.Place.Path, out var file) && file.Text.Has("ANTHROPIC_MODEL"));
    }

    /// <returns>The models of the custom agents; empty text for one that inherits.</returns>
    private static List<string> Agents(AuditContext context, ItemResult item, bool hasSubagentModel, List<(string, Place, string)> written)
    {
        var models = new List<string>();
        foreach (var (path, name) in AgentFiles.Find(context))
        {
            if (item.Use(context.Inputs.Read(path)) is not { } input) continue;
            var head = Frontmatter.Read(input.Text, out var error);
            if (error is not null) item.CannotTell($"the agent's head is {error}", new Place(path));
            var model = head?["model"];
            models.Add(model?.Text ?? "");
            if (model is { IsText: true } && model.Text != "inherit") written.Add((model.Text, new Place(path, model.Line), $"agent {name}"));
            else if (!hasSubagentModel)
                item.Warn("agent-inherits", $"the agent {name} takes the session's model, whatever that is", new Place(path, model?.Line ?? 1), name, null, null, FixProposal.Guided("model: haiku"), Said("agent", name));
        }
        return models;
    }

    private static void Examine(ItemResult item, string name, Place place, string source)
    {
        if (name.Has("$")) return;
        if (ModelPrices.Retired(name) is { } why) item.Warn("unknown-model", $"{name} ({source}): {why}", place, name, null, null, null, Said("source", source));
        else if (!ModelPrices.IsKnown(name)) item.Fail("unknown-model", $"{name} ({source}) is in no price table: its cost cannot be known", place, name, null, null, null, Said("source", source));
    }

    private static void Spend(AuditContext context, ItemResult item)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var byModel = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        decimal all = 0, dear = 0;
        foreach (var file in context.Transcripts.Files.Where(file => file.IsAgent))
            foreach (var message in file.Messages)
            {
                if (!seen.Add(message.Id)) continue;
                var usd = ModelPrices.Usd(message);
                all += usd;
                byModel[message.Model] = byModel.GetValueOrDefault(message.Model) + usd;
                if (ModelPrices.Tier(message.Model) is 0 or >= 3) dear += usd;
            }
        if (all < 1 || dear * 100 <= all * 80) return;
        var table = byModel.OrderByDescending(pair => pair.Value).Select(pair => Said("model", $"{pair.Key} {pair.Value:0.00} USD")).ToArray();
        item.Warn("dear-subagents", $"{dear * 100 / all:0} % of the {all:0.00} USD that subagents spent went to the dearest tier", subject: "subagents", evidence: table);
    }

    internal static string? Option(string command, string option)
    {
        var words = command.Split([' ', '=', '\n', '\t', '"', '\''], StringSplitOptions.RemoveEmptyEntries);
        var at = Array.IndexOf(words, option);
        return at >= 0 && at + 1 < words.Length ? words[at + 1] : null;
    }
}
