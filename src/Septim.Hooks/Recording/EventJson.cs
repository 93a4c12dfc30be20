using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Septim.Hooks.Claude;
using Septim.Hooks.Gates;
using Septim.Hooks.Spend;

namespace Septim.Hooks.Recording;

/// <summary>
/// An event as one JSON object on one line, UTF-8, without a line end. Every field of the schema is there, null when it is not known;
/// times are RFC 3339 in UTC with milliseconds, money is an exact decimal number of US dollars.
/// </summary>
internal static class EventJson
{
    /// <summary>Raised when a field changes its meaning or goes away, not when one is added.</summary>
    public const int SchemaVersion = 1;

    /// <summary>A text goes on for so many characters: with every one of them escaped, an event stays below what is read of one.</summary>
    private const int MaxText = 4096;

    private static readonly JsonWriterOptions Options = new() { Encoder = JsonEscapes.Only };

    public static ReadOnlyMemory<byte> Write(RecordedEvent e)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            WriteIdentity(json, e);
            WritePlace(json, e);
            WriteFigures(json, e);
            WriteOutcome(json, e);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void WriteIdentity(Utf8JsonWriter json, RecordedEvent e)
    {
        json.WriteString("ts", Time(e.At));
        json.WriteString("event", e.Event);
        json.WriteString("event_id", e.Id);
        json.WriteNumber("schema_version", SchemaVersion);
        json.WriteString("septim_version", Product.Version);
        Text(json, "session_id", e.SessionId);
        Text(json, "run_id", e.RunId);
        Text(json, "agent_id", e.AgentId);
        Text(json, "agent_type", e.AgentType);
        json.WriteNumber("turn", e.Turn);
    }

    private static void WritePlace(Utf8JsonWriter json, RecordedEvent e)
    {
        Text(json, "cwd", e.Cwd);
        Text(json, "project", e.Project);
        Text(json, "repo", e.Git?.Repo);
        Text(json, "branch", e.Git?.Branch);
        Text(json, "commit", e.Git?.Commit);
        Text(json, "host", e.Host);
        Text(json, "user", e.User);
        if (e.Ci is { } ci)
        {
            json.WriteStartObject("ci");
            Text(json, "provider", ci.Provider);
            Text(json, "run_id", ci.RunId);
            Text(json, "url", ci.Url);
            Text(json, "job", ci.Job);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("ci");
        }
        Text(json, "entrypoint", e.Entrypoint);
        json.WriteBoolean("attended", e.Attended);
    }

    private static void WriteFigures(Utf8JsonWriter json, RecordedEvent e)
    {
        var figures = e.Figures;
        json.WriteStartArray("models");
        foreach (var model in figures?.Reading.Models ?? []) json.WriteStringValue(model.Model);
        json.WriteEndArray();
        json.WriteStartObject("cost_usd");
        Money(json, "total", figures?.Total);
        Money(json, "turn", figures?.Turn);
        Money(json, "day", figures?.Day);
        json.WriteEndObject();
        json.WriteBoolean("cost_is_lower_bound", figures?.IsLowerBound ?? true);
        json.WriteStartArray("unknown_models");
        foreach (var model in figures?.Reading.UnknownModels ?? []) json.WriteStringValue(model);
        json.WriteEndArray();
        json.WriteStartObject("cost_by_model");
        foreach (var model in figures?.Reading.Models ?? []) Money(json, model.Model, model.Total);
        json.WriteEndObject();
        if (figures is null)
        {
            json.WriteNull("tokens");
            json.WriteNull("cache_hit_rate");
        }
        else
        {
            var tokens = figures.Reading.Tokens;
            json.WriteStartObject("tokens");
            json.WriteNumber("input", tokens.Input);
            json.WriteNumber("output", tokens.Output);
            json.WriteNumber("cache_read", tokens.CacheRead);
            json.WriteNumber("cache_write_5m", tokens.CacheWrite5m);
            json.WriteNumber("cache_write_1h", tokens.CacheWrite1h);
            json.WriteEndObject();
            if (figures.CacheHitRate is { } rate) json.WriteNumber("cache_hit_rate", rate);
            else json.WriteNull("cache_hit_rate");
        }
        json.WriteNumber("turns", e.Turns);
        Count(json, "tool_calls", figures?.Reading.ToolCalls);
        json.WriteNumber("tool_failures", e.ToolFailures);
        json.WriteNumber("denials", e.Denials);
        json.WriteStartObject("subagents");
        Count(json, "spawned", figures?.SubagentsSpawned);
        Count(json, "max_depth", figures?.SubagentsDepth);
        json.WriteNumber("running", e.SubagentsRunning);
        json.WriteEndObject();
    }

    private static void WriteOutcome(Utf8JsonWriter json, RecordedEvent e)
    {
        Count(json, "duration_ms", e.DurationMs);
        Count(json, "turn_ms", e.TurnMs);
        Text(json, "exit_reason", e.ExitReason);
        json.WriteBoolean("stop_hook_active", e.StopHookActive);
        json.WriteNumber("background_tasks", e.BackgroundTasks);
        Text(json, "error", e.Error);
        Text(json, "permission_mode", e.PermissionMode);
        if (e.Ceiling is { } ceiling)
        {
            json.WriteStartObject("ceiling");
            json.WriteString("name", ceiling.Name);
            if (ceiling.Unit == CeilingUnit.PicoUsd) Money(json, "usd", new Usd(ceiling.Limit));
            else json.WriteNull("usd");
            if (ceiling.Unit != CeilingUnit.PicoUsd) json.WriteNumber("limit", ceiling.Limit);
            Text(json, "action", e.CeilingAction);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("ceiling");
        }
        Text(json, "transcript_path", e.TranscriptPath);
        Text(json, "price_table_version", e.Figures?.PriceVersion);
        if (e.Rule is not null) Text(json, "rule", e.Rule);
        if (e.ToolName is not null) Text(json, "tool", e.ToolName);
        if (e.Reason is not null) Text(json, "reason", e.Reason);
        if (e.NotificationType is not null) Text(json, "notification_type", e.NotificationType);
        if (e.Dropped is not { } dropped) return;
        json.WriteStartObject("dropped");
        json.WriteNumber("count", dropped.Count);
        json.WriteNumber("bytes", dropped.Bytes);
        json.WriteString("cap", dropped.Cap);
        json.WriteString("queue", dropped.Queue);
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is null || text.Length <= MaxText) json.WriteString(name, text);
        else json.WriteString(name, string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[MaxText - 2]) ? MaxText - 2 : MaxText - 1), "…"));
    }

    private static void Money(Utf8JsonWriter json, string name, Usd? amount)
    {
        json.WritePropertyName(name);
        if (amount is { } usd) json.WriteRawValue(usd.ToString(), skipInputValidation: true);
        else json.WriteNullValue();
    }

    private static void Count(Utf8JsonWriter json, string name, long? count)
    {
        if (count is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
