using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Septim.Hooks.Delivery;
using Septim.Hooks.Delivery.Sinks;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Delivery;

/// <summary>OTLP logs as JSON: what a collector is sent, where to, and what its answers mean.</summary>
public sealed class OtlpBodyTests : IDisposable
{
    private readonly ShipPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Is_one_export_request_in_JSON_on_v1_logs()
    {
        using var receiver = new Receiver();
        Configure(receiver);
        var events = _place.Spool(2);
        var run = Assert.Single(await _place.Ship());
        Assert.Equal((2, null), (run.Delivered, run.Failure));
        Assert.Equal("/v1/logs", receiver.Single.Path);
        Assert.Equal("application/json", receiver.Single.Headers["Content-Type"]);
        var resource = JsonElement.Parse(receiver.Single.Text).GetProperty("resourceLogs")[0];
        Assert.Equal("septim", Attribute(resource.GetProperty("resource"), "service.name")!.Value.GetProperty("stringValue").GetString());
        Assert.Equal("septim", resource.GetProperty("scopeLogs")[0].GetProperty("scope").GetProperty("name").GetString());
        var records = resource.GetProperty("scopeLogs")[0].GetProperty("logRecords");
        Assert.Equal(2, records.GetArrayLength());
        var milliseconds = long.Parse(records[0].GetProperty("timeUnixNano").GetString()!, CultureInfo.InvariantCulture) / 1_000_000;
        Assert.Equal(events[0].At.ToUnixTimeMilliseconds(), milliseconds);
        Assert.Equal("session-0", Attribute(records[0], "gen_ai.conversation.id")!.Value.GetProperty("stringValue").GetString());
    }

    [Fact]
    public void Attributes_have_the_names_of_OpenTelemetry_and_a_value_of_their_kind()
    {
        var record = Record("""
            {"ts":"2026-11-22T10:00:00.123Z","event":"cost_deny","event_id":"e","reason":"a {b} ceiling","attended":true,"turns":9007199254740993,"host":null,
             "cost_usd":{"total":1.25},"tokens":{"input":7},"models":["claude-a",null,{"x":1}],"ci":{"url":"u"}}
            """);
        Assert.Equal("1795341600123000000", record.GetProperty("timeUnixNano").GetString());
        Assert.Equal("1795341600123000000", record.GetProperty("observedTimeUnixNano").GetString());
        Assert.Equal((13, "Warning"), (record.GetProperty("severityNumber").GetInt32(), record.GetProperty("severityText").GetString()));
        Assert.Equal("cost_deny: a {b} ceiling", record.GetProperty("body").GetProperty("stringValue").GetString());
        Assert.Equal("""{"stringValue":"anthropic"}""", Attribute(record, "gen_ai.provider.name")?.GetRawText());
        Assert.Equal("""{"stringValue":"cost_deny"}""", Attribute(record, "event.name")?.GetRawText());
        Assert.Equal("""{"boolValue":true}""", Attribute(record, "septim.attended")?.GetRawText());
        Assert.Equal("""{"intValue":"9007199254740993"}""", Attribute(record, "septim.turns")?.GetRawText());
        Assert.Equal("""{"doubleValue":1.25}""", Attribute(record, "septim.cost.usd")?.GetRawText());
        Assert.Equal("""{"intValue":"7"}""", Attribute(record, "gen_ai.usage.input_tokens")?.GetRawText());
        Assert.Equal("""{"stringValue":"u"}""", Attribute(record, "cicd.pipeline.run.url.full")?.GetRawText());
        Assert.Equal("""{"stringValue":"claude-a"}""", Attribute(record, "gen_ai.request.model")?.GetRawText());
        Assert.Equal(
            """{"arrayValue":{"values":[{"stringValue":"claude-a"},{},{"kvlistValue":{"values":[{"key":"x","value":{"intValue":"1"}}]}}]}}""",
            Attribute(record, "septim.models")?.GetRawText());
        Assert.Null(Attribute(record, "host.name"));
    }

    [Theory]
    [InlineData("fault_deny", 17, "Error")]
    [InlineData("cost_stop", 13, "Warning")]
    [InlineData("stop", 9, "Information")]
    public void Severity_is_that_of_the_event(string name, int number, string text)
    {
        var record = Record($$"""{"ts":"2026-11-22T10:00:00.000Z","event":"{{name}}"}""");
        Assert.Equal((number, text), (record.GetProperty("severityNumber").GetInt32(), record.GetProperty("severityText").GetString()));
    }

    [Fact]
    public async Task Follows_the_environment_of_OpenTelemetry()
    {
        using var receiver = new Receiver();
        _place.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Url;
        _place.Environment["OTEL_EXPORTER_OTLP_HEADERS"] = "x-tenant=ops,x-key=a%20b,x-own=general";
        _place.Environment["OTEL_EXPORTER_OTLP_LOGS_HEADERS"] = "X-Tenant=logs";
        _place.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        _place.Environment["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment=prod,service.name=other";
        _place.Environment["OTEL_SERVICE_NAME"] = "mine";
        _place.Sinks("""[{"type":"otlp","timeoutSeconds":3600,"headers":{"X-Own":"configured"}}]""");
        _place.Spool(1);
        Assert.Equal(1, Assert.Single(await _place.Ship()).Delivered);
        var headers = receiver.Single.Headers;
        Assert.Equal(("logs", "a b", "configured"), (headers["x-tenant"], headers["x-key"], headers["x-own"]));
        var resource = JsonElement.Parse(receiver.Single.Text).GetProperty("resourceLogs")[0].GetProperty("resource");
        Assert.Equal("""{"stringValue":"prod"}""", Attribute(resource, "deployment.environment")?.GetRawText());
        Assert.Equal("""{"stringValue":"mine"}""", Attribute(resource, "service.name")?.GetRawText());
    }

    [Theory]
    [InlineData("http://own/x", "http://logs/y", "http://all/", "http://own/x/v1/logs")]
    [InlineData("http://own/v1/logs", "http://logs/y", "http://all/", "http://own/v1/logs")]
    [InlineData(null, "http://logs/y", "http://all/", "http://logs/y")]
    [InlineData(null, null, "http://all/", "http://all/v1/logs")]
    public void The_nearest_address_wins_and_that_of_logs_is_taken_as_it_is(string? own, string? logs, string? all, string expected)
    {
        if (logs is not null) _place.Environment["OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"] = logs;
        if (all is not null) _place.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = all;
        Assert.Equal(expected, Url(own is null ? [] : new() { ["url"] = own }));
    }

    [Fact]
    public void Without_any_address_the_events_stay()
    {
        var failure = Assert.Throws<DeliveryFailure>(() => Url([]));
        Assert.Equal(FailureKind.Stuck, failure.Kind);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES")]
    public async Task A_variable_of_the_projects_settings_is_never_followed(string name)
    {
        using var receiver = new Receiver();
        _place.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Url;
        _place.Environment.TryAdd(name, "x=y");
        _place.Write("project/.claude/settings.json", $$"""{"env":{"{{name}}":"x"} }""");
        _place.Environment["CLAUDE_PROJECT_DIR"] = Path.Combine(_place.Home, "project");
        _place.Sinks("""[{"type":"otlp"}]""");
        _place.Spool(1);
        var run = Assert.Single(await _place.Ship());
        Assert.Contains(name, run.Failure, StringComparison.Ordinal);
        Assert.Equal((0, 0, 1), (run.Delivered, receiver.Requests.Count, _place.Waiting("otlp")));
    }

    [Theory]
    [InlineData("grpc", null, "protocol of \"otlp\"")]
    [InlineData(null, "grpc", "OTEL_EXPORTER_OTLP_PROTOCOL")]
    public async Task Grpc_is_refused_with_the_way_out_and_the_events_stay(string? configured, string? variable, string named)
    {
        using var receiver = new Receiver();
        if (variable is not null) _place.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = variable;
        Configure(receiver, configured is null ? "" : $",\"protocol\":\"{configured}\"");
        _place.Spool(1);
        var run = Assert.Single(await _place.Ship());
        Assert.Contains(named, run.Failure, StringComparison.Ordinal);
        Assert.Contains("\"protocol\": \"http/json\"", run.Failure, StringComparison.Ordinal);
        Assert.Equal((0, 0, 1), (run.Dead, receiver.Requests.Count, _place.Waiting("otlp")));
    }

    [Fact]
    public void A_protocol_of_its_own_stands_before_that_of_the_environment()
    {
        _place.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
        Assert.Equal("http://own/v1/logs", Url(new() { ["url"] = "http://own", ["protocol"] = "http/json" }));
        _place.Environment["OTEL_EXPORTER_OTLP_LOGS_PROTOCOL"] = "http/protobuf";
        Assert.Equal("http://own/v1/logs", Url(new() { ["url"] = "http://own" }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("\n\u0002\u0010\u0001")]
    [InlineData("[]")]
    [InlineData("""{"partialSuccess":{}}""")]
    [InlineData("""{"partialSuccess":{"rejectedLogRecords":"0","errorMessage":"a warning"}}""")]
    public void An_answer_that_tells_of_no_rejection_means_taken(string answer) => Assert.Null(Body.Check(answer, 2));

    [Theory]
    [InlineData("""{"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"too old"}}""", 1)]
    [InlineData("""{"partialSuccess":{"rejectedLogRecords":2,"errorMessage":"too old"}}""", 2)]
    public void Rejected_records_are_seen_as_text_and_as_number(string answer, int rejected)
    {
        var failure = Body.Check(answer, 2);
        Assert.Equal(FailureKind.Rejected, failure?.Kind);
        Assert.Equal($"the collector rejected {rejected} of 2 records: too old", failure?.Message);
    }

    [Fact]
    public async Task The_one_record_that_is_rejected_is_found_and_kept_as_a_dead_letter()
    {
        using var receiver = new Receiver(request => new Answer(200,
            request.Text.Contains("session-2", StringComparison.Ordinal) ? """{"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"too old"}}""" : "{}"));
        Configure(receiver);
        _place.Spool(4);
        var run = Assert.Single(await _place.Ship());
        Assert.Equal((3, 1), (run.Delivered, run.Dead));
        Assert.Contains("too old", run.DeadReason, StringComparison.Ordinal);
        Assert.Equal((0, 1), (_place.Waiting("otlp"), _place.Dead("otlp")));
    }

    [Fact]
    public async Task Is_tried_again_on_503_and_honours_Retry_After()
    {
        var answers = 0;
        using var receiver = new Receiver(_ => Interlocked.Increment(ref answers) == 1 ? new Answer(503, "", "Retry-After: 9") : new Answer(200));
        Configure(receiver);
        _place.Spool(3);
        Assert.Equal(3, Assert.Single(await _place.Ship()).Delivered);
        Assert.Contains(TimeSpan.FromSeconds(9), _place.Time.Pauses);
        Assert.Equal(2, receiver.Requests.Count);
    }

    private OtlpBody Body => new(new ProjectVariables(_place.Variable));

    private string Url(Dictionary<string, string> texts) =>
        Body.Url(new SinkSettings("otlp", "otlp", "test") { Texts = texts }, new Secrets(_place.Home, new ProjectVariables(_place.Variable)));

    private JsonElement Record(string json)
    {
        var body = new ArrayBufferWriter<byte>();
        Body.Write([SpooledEvent.Parse("e", Encoding.UTF8.GetBytes(json))], new SinkSettings("otlp", "otlp", "test"), body);
        return JsonElement.Parse(body.WrittenSpan).GetProperty("resourceLogs")[0].GetProperty("scopeLogs")[0].GetProperty("logRecords")[0];
    }

    private static JsonElement? Attribute(JsonElement of, string name)
    {
        foreach (var attribute in of.GetProperty("attributes").EnumerateArray())
            if (attribute.GetProperty("key").GetString() == name) return attribute.GetProperty("value");
        return null;
    }

    private void Configure(Receiver receiver, string more = "") =>
        _place.Sinks($$"""[{"type":"otlp","timeoutSeconds":3600,"url":"{{receiver.Url}}"{{more}}}]""");
}
