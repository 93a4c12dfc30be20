using System.Buffers;
using System.Text.Json;

namespace Septim.Hooks.Delivery.Sinks;

/// <summary>
/// ClickHouse over HTTP: <c>INSERT INTO t FORMAT JSONEachRow</c>. Objects are flattened with underscores (<c>cost_usd_total</c>) and
/// nulls left out, so that plain columns take them; columns that the table lacks are skipped. Table: docs/stop-log.md.
/// </summary>
internal sealed class ClickHouseBody : BodyFormat
{
    public override string Type => "clickhouse";

    public override string[] Keys => ["table", "user", "password"];

    public override string ContentType => "application/x-ndjson";

    public override int MaxEvents => 5000;

    public override int MaxBytes => 4 << 20;

    public override Uri Address(Uri configured, SinkSettings settings)
    {
        var table = settings["table"] ?? "septim_events";
        foreach (var c in table)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.')) throw new HookFault($"{settings.Origin}: the table of \"{settings.Name}\" may hold letters, digits, _ and .");
        var query = $"query={Uri.EscapeDataString($"INSERT INTO {table} FORMAT JSONEachRow")}&input_format_skip_unknown_fields=1&date_time_input_format=best_effort";
        return new UriBuilder(configured) { Query = configured.Query.Length > 1 ? configured.Query[1..] + "&" + query : query }.Uri;
    }

    public override IEnumerable<KeyValuePair<string, string>> Credentials(SinkSettings settings, Secrets secrets)
    {
        if (settings["user"] is { } user) yield return new("X-ClickHouse-User", user);
        if (settings["password"] is { } password) yield return new("X-ClickHouse-Key", secrets.Get(password, "password"));
    }

    public override void Write(IReadOnlyList<SpooledEvent> events, SinkSettings settings, IBufferWriter<byte> body)
    {
        foreach (var e in events)
        {
            Json(body, json =>
            {
                json.WriteStartObject();
                foreach (var field in e.Fields.EnumerateObject()) Flatten(json, field.Name, field.Value);
                json.WriteEndObject();
            });
            Raw(body, "\n"u8);
        }
    }

    private static void Flatten(Utf8JsonWriter json, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return;
            // Why: its keys are model names, which are data and not columns.
            case JsonValueKind.Object when name != "cost_by_model":
                foreach (var field in value.EnumerateObject()) Flatten(json, $"{name}_{field.Name}", field.Value);
                return;
            case JsonValueKind.True or JsonValueKind.False:
                json.WriteNumber(name, value.GetBoolean() ? 1 : 0);
                return;
            default:
                json.WritePropertyName(name);
                value.WriteTo(json);
                return;
        }
    }
}
