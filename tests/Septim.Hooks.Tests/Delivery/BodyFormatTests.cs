using System.Text.Json;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Delivery;

/// <summary>What each kind of receiver is sent, read back on the wire.</summary>
public sealed class BodyFormatTests : IDisposable
{
    private readonly ShipPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Ndjson_is_a_line_an_event()
    {
        var request = await Sent("http", ",\"format\":\"ndjson\"");
        Assert.Equal(2, request.Text.TrimEnd('\n').Split('\n').Length);
        Assert.Equal("application/x-ndjson", request.Headers["Content-Type"]);
    }

    [Fact]
    public async Task Serilog_dress_is_what_a_receiver_of_Serilog_Sinks_Http_knows()
    {
        var first = JsonElement.Parse((await Sent("http", ",\"format\":\"serilog\"")).Text)[0];
        Assert.Equal(["Timestamp", "Level", "MessageTemplate", "RenderedMessage", "Properties"], first.EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task A_signature_can_be_checked_by_the_standard()
    {
        _place.Environment["SIGN"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        var request = await Sent("http", ",\"secret\":\"env:SIGN\"");
        using var hash = new System.Security.Cryptography.HMACSHA256(Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        var signed = System.Text.Encoding.UTF8.GetBytes($"{request.Headers["webhook-id"]}.{request.Headers["webhook-timestamp"]}.{request.Text}");
        Assert.Equal("v1," + Convert.ToBase64String(hash.ComputeHash(signed)), request.Headers["webhook-signature"]);
    }

    [Fact]
    public async Task Loki_takes_streams_with_nanoseconds_as_texts()
    {
        _place.Environment["TOKEN"] = "t";
        var request = await Sent("loki", ",\"tenant\":\"ops\",\"token\":\"env:TOKEN\"", new Answer(204));
        Assert.Equal("/loki/api/v1/push", request.Path);
        Assert.Equal("ops", request.Headers["X-Scope-OrgID"]);
        Assert.Equal("Bearer t", request.Headers["Authorization"]);
        var streams = JsonElement.Parse(request.Text).GetProperty("streams");
        Assert.Equal(1, streams.GetArrayLength());
        Assert.Equal("stop", streams[0].GetProperty("stream").GetProperty("event").GetString());
        var value = streams[0].GetProperty("values")[0];
        Assert.EndsWith("000000", value[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(19, value[0].GetString()!.Length);
        Assert.Equal("session-0", JsonElement.Parse(value[1].GetString()!).GetProperty("session_id").GetString());
    }

    [Theory]
    [InlineData("elasticsearch")]
    [InlineData("opensearch")]
    public async Task Elasticsearch_takes_bulk_lines_with_the_events_id(string type)
    {
        var request = await Sent(type, ",\"index\":\"agents\"", new Answer(200, """{"errors":false,"items":[]}"""));
        Assert.Equal("/agents/_bulk", request.Path);
        var lines = request.Text.TrimEnd('\n').Split('\n');
        Assert.Equal(4, lines.Length);
        var document = JsonElement.Parse(lines[1]);
        Assert.Equal(JsonElement.Parse(lines[0]).GetProperty("create").GetProperty("_id").GetString(), document.GetProperty("event").GetProperty("id").GetString());
        Assert.Equal("box", document.GetProperty("host").GetProperty("name").GetString());
        Assert.Equal("session-0", document.GetProperty("septim").GetProperty("session_id").GetString());
    }

    [Theory]
    [InlineData("""{"errors":true,"items":[{"create":{"status":409}},{"create":{"status":201}}]}""", 2, 0)]
    [InlineData("""{"errors":true,"items":[{"create":{"status":400,"error":{"type":"mapper"}}},{"create":{"status":201}}]}""", 0, 2)]
    public async Task Elasticsearch_failures_hidden_in_a_200_are_seen(string answer, int delivered, int dead)
    {
        using var receiver = new Receiver(_ => new Answer(200, answer));
        Configure("elasticsearch", receiver, "");
        _place.Spool(2);
        var run = Assert.Single(await _place.Ship());
        Assert.Equal((delivered, dead), (run.Delivered, run.Dead));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task An_item_that_Elasticsearch_has_no_room_for_now_waits(int status)
    {
        using var receiver = new Receiver(_ => new Answer(200, $$"""{"errors":true,"items":[{"create":{"status":{{status}} } }]}"""));
        Configure("elasticsearch", receiver, "");
        _place.Spool(1);
        var run = Assert.Single(await _place.Ship());
        Assert.Equal((0, 0), (run.Delivered, run.Dead));
        Assert.NotNull(run.Failure);
    }

    [Fact]
    public async Task Splunk_takes_events_one_after_the_other_and_code_0_counts()
    {
        _place.Environment["HEC"] = "abc";
        var request = await Sent("splunk", ",\"token\":\"env:HEC\"", new Answer(200, """{"text":"Success","code":0}"""));
        Assert.Equal("/services/collector/event", request.Path);
        Assert.Equal("Splunk abc", request.Headers["Authorization"]);
        var first = JsonElement.Parse(request.Text.Split('\n')[0]);
        Assert.Equal("session-0", first.GetProperty("event").GetProperty("session_id").GetString());
        Assert.Equal(JsonValueKind.Number, first.GetProperty("time").ValueKind);
    }

    [Fact]
    public async Task Splunk_with_another_code_has_not_taken_it()
    {
        _place.Environment["HEC"] = "abc";
        using var receiver = new Receiver(_ => new Answer(200, """{"text":"Incorrect index","code":7}"""));
        Configure("splunk", receiver, ",\"token\":\"env:HEC\"");
        _place.Spool(1);
        Assert.Equal(1, Assert.Single(await _place.Ship()).Dead);
    }

    [Fact]
    public async Task Datadog_takes_an_array_with_its_own_names()
    {
        _place.Environment["DD"] = "key";
        var request = await Sent("datadog", ",\"apiKey\":\"env:DD\"", new Answer(202));
        Assert.Equal("/api/v2/logs", request.Path);
        Assert.Equal("key", request.Headers["DD-API-KEY"]);
        var first = JsonElement.Parse(request.Text)[0];
        Assert.Equal(("septim", "box", "claude-code"), (first.GetProperty("ddsource").GetString(), first.GetProperty("hostname").GetString(), first.GetProperty("service").GetString()));
    }

    [Fact]
    public async Task Seq_takes_compact_events_with_every_field()
    {
        _place.Environment["SEQ"] = "key";
        var request = await Sent("seq", ",\"apiKey\":\"env:SEQ\"", new Answer(201, "{}"));
        Assert.Equal("/ingest/clef", request.Path);
        Assert.Equal("key", request.Headers["X-Seq-ApiKey"]);
        Assert.StartsWith("application/vnd.serilog.clef", request.Headers["Content-Type"], StringComparison.Ordinal);
        var lines = request.Text.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        var first = JsonElement.Parse(lines[0]);
        Assert.Equal("session-0", first.GetProperty("session_id").GetString());
        Assert.True(first.TryGetProperty("@t", out _));
    }

    [Fact]
    public async Task ClickHouse_takes_flat_rows_and_no_nulls()
    {
        _place.Environment["CH"] = "secret";
        var request = await Sent("clickhouse", ",\"table\":\"ops.events\",\"user\":\"ship\",\"password\":\"env:CH\"");
        Assert.Contains("query=INSERT%20INTO%20ops.events%20FORMAT%20JSONEachRow", request.Path, StringComparison.Ordinal);
        Assert.Equal(("ship", "secret"), (request.Headers["X-ClickHouse-User"], request.Headers["X-ClickHouse-Key"]));
        var row = JsonElement.Parse(request.Text.Split('\n')[0]);
        Assert.Equal(0, row.GetProperty("subagents_running").GetInt32());
        Assert.False(row.TryGetProperty("cost_usd", out _));
        Assert.False(row.TryGetProperty("ci", out _));
    }

    [Fact]
    public async Task Syslog_gets_a_framed_line_that_rsyslog_can_parse()
    {
        var path = Path.Combine(_place.Home, "log.sock");
        using var socket = Listen(path);
        _place.Sinks($$"""[{"type":"syslog","path":"{{path}}"}]""");
        _place.Spool(1);
        Assert.Equal(1, Assert.Single(await _place.Ship()).Delivered);
        var text = Received(socket);
        Assert.Matches(@"^<13>\w{3} [ \d]\d \d\d:\d\d:\d\d septim\[\d+\]: @cee:\{", text);
    }

    [Fact]
    public async Task Journald_gets_its_native_fields()
    {
        var path = Path.Combine(_place.Home, "journal.sock");
        using var socket = Listen(path);
        _place.Sinks($$"""[{"type":"journald","path":"{{path}}"}]""");
        _place.Spool(1);
        Assert.Equal(1, Assert.Single(await _place.Ship()).Delivered);
        var lines = Received(socket).Split('\n');
        Assert.Contains("SYSLOG_IDENTIFIER=septim", lines);
        Assert.Contains("SEPTIM_SESSION_ID=session-0", lines);
    }

    private static System.Net.Sockets.Socket Listen(string path)
    {
        var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Dgram, System.Net.Sockets.ProtocolType.Unspecified);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(path));
        socket.ReceiveTimeout = 5000;
        return socket;
    }

    private static string Received(System.Net.Sockets.Socket socket)
    {
        var buffer = new byte[64 * 1024];
        return System.Text.Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }

    private void Configure(string type, Receiver receiver, string more) =>
        _place.Sinks($$"""[{"type":"{{type}}","timeoutSeconds":3600,"url":"{{receiver.Url}}"{{more}}}]""");

    private async Task<ReceivedRequest> Sent(string type, string more, Answer? answer = null)
    {
        using var receiver = new Receiver(_ => answer ?? Answer.Ok);
        Configure(type, receiver, more);
        _place.Spool(2);
        var run = Assert.Single(await _place.Ship());
        Assert.Equal((2, null), (run.Delivered, run.Failure));
        return receiver.Single;
    }
}
