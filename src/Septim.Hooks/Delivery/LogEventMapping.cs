using System.Text.Json;
using Serilog.Events;
using Serilog.Parsing;

namespace Septim.Hooks.Delivery;

/// <summary>Our events as Serilog's.</summary>
internal static class LogEventMapping
{
    private const string Carried = "septim";

    private static readonly MessageTemplate Bare = new([]);
    private static readonly MessageTemplate Named = new MessageTemplateParser().Parse("{event} {reason}");

    // Names where OpenTelemetry has one (semantic conventions 1.37; gen_ai.* and vcs.* are still in development); all others are
    // septim.<field>. There is no attribute for cost.
    private static readonly Dictionary<string, string[]> Names = new()
    {
        ["event"] = ["event.name"],
        ["event_id"] = ["log.record.uid"],
        ["session_id"] = ["session.id", "gen_ai.conversation.id"],
        ["agent_id"] = ["gen_ai.agent.id"],
        ["agent_type"] = ["gen_ai.agent.name"],
        ["host"] = ["host.name"],
        ["user"] = ["user.name"],
        ["repo"] = ["vcs.repository.name"],
        ["branch"] = ["vcs.ref.head.name"],
        ["commit"] = ["vcs.ref.head.revision"],
        ["ci.run_id"] = ["cicd.pipeline.run.id"],
        ["ci.url"] = ["cicd.pipeline.run.url.full"],
        ["error"] = ["error.message"],
        ["tokens.input"] = ["gen_ai.usage.input_tokens"],
        ["tokens.output"] = ["gen_ai.usage.output_tokens"],
        ["tokens.cache_read"] = ["gen_ai.usage.cache_read.input_tokens"],
        ["cost_usd.total"] = ["septim.cost.usd"],
        ["cost_usd.turn"] = ["septim.cost.turn.usd"],
        ["cost_usd.day"] = ["septim.cost.day.usd"],
    };

    public static LogEventLevel Level(string name) => name switch
    {
        "stop_failure" or "fault_deny" or "events_dropped" => LogEventLevel.Error,
        "cost_stop" or "cost_warning" => LogEventLevel.Warning,
        _ => name.EndsWith("_deny", StringComparison.Ordinal) ? LogEventLevel.Warning : LogEventLevel.Information,
    };

    /// <summary>Carries the event as it is, for sinks of our own; <see cref="Carry(LogEvent)"/> takes it out.</summary>
    public static LogEvent Carry(SpooledEvent e) => new(e.At, Level(e.Event), null, Bare, [new LogEventProperty(Carried, new ScalarValue(e))]);

    public static SpooledEvent Carry(LogEvent e) => (SpooledEvent)((ScalarValue)e.Properties[Carried]).Value!;

    /// <summary>Every field as a property under its own name.</summary>
    public static LogEvent WithFields(SpooledEvent e) => new(e.At, Level(e.Event), null, Named,
        e.Fields.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null).Select(field => new LogEventProperty(field.Name, Value(field.Value))));

    /// <summary>Every field as a flat attribute under its OpenTelemetry name; nulls are left out.</summary>
    public static List<(string Name, JsonElement Value)> Attributes(SpooledEvent e)
    {
        var attributes = new List<(string, JsonElement)> { ("gen_ai.provider.name", JsonElement.Parse("\"anthropic\"")) };
        Flatten(e.Fields, "", attributes);
        if (e.Fields.TryGetProperty("models", out var models) && models.ValueKind == JsonValueKind.Array && models.GetArrayLength() > 0)
            attributes.Add(("gen_ai.request.model", models[0]));
        return attributes;
    }

    private static void Flatten(JsonElement from, string prefix, List<(string, JsonElement)> into)
    {
        foreach (var field in from.EnumerateObject())
        {
            var path = prefix + field.Name;
            if (field.Value.ValueKind == JsonValueKind.Object) Flatten(field.Value, path + ".", into);
            else if (field.Value.ValueKind != JsonValueKind.Null)
                foreach (var name in Names.GetValueOrDefault(path) ?? ["septim." + path]) into.Add((name, field.Value));
        }
    }

    private static LogEventPropertyValue Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new StructureValue(value.EnumerateObject().Select(field => new LogEventProperty(field.Name, Value(field.Value)))),
        JsonValueKind.Array => new SequenceValue(value.EnumerateArray().Select(Value)),
        JsonValueKind.True or JsonValueKind.False => new ScalarValue(value.GetBoolean()),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? new ScalarValue(whole) : new ScalarValue(value.GetDouble()),
        JsonValueKind.Null => new ScalarValue(null),
        _ => new ScalarValue(value.GetString()),
    };
}
