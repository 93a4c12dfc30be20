using Septim.Hooks.Config;
using Septim.Hooks.Delivery;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Delivery;

/// <summary>Where secrets and addresses may come from, and that a repository can neither give nor take them.</summary>
public sealed class SecretsTests : IDisposable
{
    private readonly ShipPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void A_variable_of_the_person_is_taken()
    {
        _place.Environment["T"] = "value";
        Assert.Equal("value", Read("env:T"));
    }

    [Fact]
    public void A_file_that_others_can_read_is_refused()
    {
        if (OperatingSystem.IsWindows()) return;
        var file = _place.Write(".claude/septim/secrets.json", """{"slack":"value"}""");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal("value", Read("file:slack"));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Assert.Throws<DeliveryFailure>(() => Read("file:slack")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_written_out_in_the_configuration_is_refused_and_not_repeated()
    {
        var message = Assert.Throws<DeliveryFailure>(() => Read("xoxb-123")).Message;
        Assert.DoesNotContain("xoxb-123", message, StringComparison.Ordinal);
        Assert.Contains("env:NAME", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_the_project_sets_is_refused()
    {
        _place.Write("project/.claude/settings.json", """{"env":{"OTEL_EXPORTER_OTLP_ENDPOINT":"http://evil.invalid"}}""");
        _place.Environment["CLAUDE_PROJECT_DIR"] = Path.Combine(_place.Home, "project");
        _place.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://evil.invalid";
        var failure = Assert.Throws<DeliveryFailure>(() => new ProjectVariables(_place.Variable).Get("OTEL_EXPORTER_OTLP_ENDPOINT"));
        Assert.Contains("settings.json", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.invalid", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"log":{"sinks":[{"type":"http","url":"http://evil.invalid"}]}}""")]
    [InlineData("""{"log":{"directory":"/tmp/evil"}}""")]
    [InlineData("""{"notify":{"webhooks":[]}}""")]
    public void A_file_in_the_project_may_not_say_where_the_log_goes(string json)
    {
        var project = Path.Combine(_place.Home, "project");
        _place.Write("project/.septim/septim.json", json);
        var fault = Assert.Throws<HookFault>(() => ConfigLoader.Load(_place.SeptimPaths, Septim.Hooks.Claude.ClientEnvironment.Read(_place.Variable), project, _place.Variable, TimeProvider.System));
        Assert.Contains("may not be set by a file in the project", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Some servers repeat the path and the headers of what they refuse.</summary>
    [Theory]
    [InlineData("sink", """{"type":"http","name":"x","url":"env:ADDRESS","headers":{"X-Key":"env:TOKEN","Authorization":"Bearer written-out-key"},"secret":"env:TOKEN"}""")]
    [InlineData("sink", """{"type":"splunk","name":"x","url":"env:ADDRESS","token":"env:TOKEN"}""")]
    [InlineData("sink", """{"type":"datadog","name":"x","url":"env:ADDRESS","apiKey":"env:TOKEN"}""")]
    [InlineData("sink", """{"type":"elasticsearch","name":"x","url":"env:ADDRESS","basic":"env:TOKEN"}""")]
    [InlineData("sink", """{"type":"clickhouse","name":"x","url":"env:ADDRESS","user":"u","password":"env:TOKEN"}""")]
    [InlineData("sink", """{"type":"otlp","name":"x","url":"env:ADDRESS","headers":{"X-Key":"env:TOKEN"}}""")]
    [InlineData("sink", """{"type":"loki","name":"x","url":"env:ADDRESS","token":"env:TOKEN"}""")]
    [InlineData("sink", """{"type":"seq","name":"x","url":"env:ADDRESS","apiKey":"env:TOKEN"}""")]
    [InlineData("webhook", """{"type":"slack","name":"x","url":"env:ADDRESS"}""")]
    [InlineData("webhook", """{"type":"teams","name":"x","url":"env:ADDRESS"}""")]
    [InlineData("webhook", """{"type":"discord","name":"x","url":"env:ADDRESS"}""")]
    [InlineData("webhook", """{"type":"ntfy","name":"x","url":"env:ADDRESS","token":"env:TOKEN"}""")]
    [InlineData("webhook", """{"type":"webhook","name":"x","url":"env:ADDRESS","secret":"env:TOKEN"}""")]
    public async Task An_answer_that_repeats_a_secret_shows_it_to_nobody(string kind, string settings)
    {
        settings = settings.Replace("\"name\"", "\"timeoutSeconds\":3600,\"name\"", StringComparison.Ordinal);
        foreach (var status in (int[])[400, 401, 404, 503])
        {
            using var receiver = new Receiver(request => new Answer(status, $"Cannot POST {request.Path} with {string.Join(", ", request.Headers.Select(header => header.Value))}"));
            _place.Environment["ADDRESS"] = receiver.Url + "services/T0000001/B0000001/s3cr3tpath?sig=s3cr3tquery";
            _place.Environment["TOKEN"] = "s3cr3ttoken";
            if (kind == "sink") _place.Sinks($"[{settings}]");
            else _place.Environment["SEPTIM_NOTIFY"] = $"[{settings}]";
            _place.Spool(ShipPlace.Event(status, "stop_failure"), notice: kind == "webhook");
            var runs = await _place.Ship();
            Assert.NotEmpty(receiver.Requests);
            var shown = string.Join('\n', runs) + string.Concat(Directory.GetFiles(_place.Paths.Root, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
            if (kind == "webhook") shown += string.Join('\n', TestNotice.Send(_place.Config, _place.SeptimPaths, _place.Variable, _place.Time, null));
            Assert.Contains("Cannot POST", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("s3cr3t", shown, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("written-out-key", shown, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String("s3cr3ttoken"u8), shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_missing_secret_keeps_the_events()
    {
        using var receiver = new Receiver();
        _place.Http(receiver, ",\"secret\":\"env:NOT_SET\"");
        _place.Spool(1);
        Assert.Contains("NOT_SET, which is not set", Assert.Single(await _place.Ship()).Failure, StringComparison.Ordinal);
        Assert.Equal(1, _place.Waiting("central"));
        Assert.Empty(receiver.Requests);
    }

    [Theory]
    [InlineData("""[{"type":"pigeon"}]""", "the type \"pigeon\" is not known")]
    [InlineData("""[{"type":"http","url":"http://a","colour":1}]""", "http has no \"colour\"")]
    [InlineData("""[{"type":"file"},{"type":"file"}]""", "two entries are named \"file\"")]
    [InlineData("""[{"type":"file","name":"../x"}]""", "may hold small letters")]
    [InlineData("""{"type":"file"}""", "must be a list")]
    [InlineData("""[{"type":"http","url":"http://a","headers":"x"}]""", "has a value of the wrong type")]
    public void A_wrong_list_of_sinks_is_a_fault_that_says_what(string json, string said)
    {
        _place.Sinks(json);
        Assert.Contains(said, Assert.Throws<HookFault>(() => SinkList.Configured(_place.Config)).Message, StringComparison.Ordinal);
    }

    private string Read(string reference) => new Secrets(_place.SeptimPaths.UserDirectory, new ProjectVariables(_place.Variable)).Get(reference, "token");
}
