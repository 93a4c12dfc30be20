using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Septim.Hooks.Tests.Support;

/// <summary>A JSON schema from this repository; its <c>format</c> words are demands, not remarks.</summary>
internal sealed class SchemaFile(params string[] path)
{
    private static readonly EvaluationOptions s_options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly JsonSchema _schema = JsonSchema.FromText(File.ReadAllText(Path.Combine([Repository.Root, .. path])));

    /// <returns>What the text does wrong, a line each; empty when it is valid.</returns>
    public IReadOnlyList<string> Faults(string json)
    {
        using var document = JsonDocument.Parse(json);
        var results = _schema.Evaluate(document.RootElement, s_options);
        if (results.IsValid) return [];
        var faults = (results.Details ?? []).Prepend(results).Where(one => !one.IsValid && one.Errors is not null)
            .SelectMany(one => one.Errors!.Select(error => $"{one.InstanceLocation} ({one.EvaluationPath}): {error.Key} {error.Value}")).ToList();
        return faults.Count > 0 ? faults : ["not valid"];
    }

    /// <summary>The text with one place in it changed: for seeing that the schema would notice.</summary>
    public static string Broken(string json, Action<JsonNode> damage)
    {
        var root = JsonNode.Parse(json)!;
        damage(root);
        return root.ToJsonString();
    }
}
