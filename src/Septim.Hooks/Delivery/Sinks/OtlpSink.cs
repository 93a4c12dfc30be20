using Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Sinks.OpenTelemetry;

namespace Septim.Hooks.Delivery.Sinks;

/// <summary>
/// OTLP logs through Serilog.Sinks.OpenTelemetry. Without a url it takes OTEL_EXPORTER_OTLP_ENDPOINT and its companions, so that the
/// events join the client's own telemetry; never from a project's settings. The package is opened for one batch and closed, which
/// posts it as one request, and the answer is read on the way back.
/// </summary>
internal sealed class OtlpSink(SinkSettings settings, Secrets secrets, ProjectVariables variables, HttpMessageHandler handler, TimeProvider time)
    : IBatchedLogEventSink, ILoggingFailureListener, IDisposable
{
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    private Exception? _failure;

    /// <summary>Elsewhere than on the caller's thread, because closing the package's sink waits for the answer.</summary>
    public Task EmitBatchAsync(IReadOnlyCollection<LogEvent> batch) => Task.Run(() => Emit(batch));

    private void Emit(IReadOnlyCollection<LogEvent> batch)
    {
        _failure = null;
        using var answer = new OtlpAnswer(handler, TimeSpan.FromSeconds(settings.Number("timeoutSeconds", 30)), time);
        var sink = LoggerSinkConfiguration.CreateSink(to => to.OpenTelemetry(options => Configure(options, answer, batch.Count), ignoreEnvironment: true));
        (sink as ISetLoggingFailureListener)?.SetFailureListener(this);
        foreach (var e in batch) sink.Emit(LogEventMapping.WithAttributes(LogEventMapping.Carry(e)));
        // Why before closing: a sink that is closed sends what it happens to have read so far as a batch of its own.
        answer.Wait();
        (sink as IDisposable)?.Dispose();
        if (answer.Failure is { } failure) throw failure;
        if (_failure is not null) throw HttpReply.Judge(_failure);
        if (!answer.Received) throw new DeliveryFailure(FailureKind.Transient, "the collector was not reached");
        if (answer.Rejected >= batch.Count) throw new DeliveryFailure(FailureKind.Rejected, $"the collector rejected every record{HttpReply.Said(answer.Message)}");
    }

    public void OnLoggingFailed(object sender, LoggingFailureKind kind, string message, IReadOnlyCollection<LogEvent>? events, Exception? exception) =>
        _failure ??= exception ?? new IOException(message);

    public void Dispose() => handler.Dispose();

    private void Configure(BatchedOpenTelemetrySinkOptions options, HttpMessageHandler answer, int events)
    {
        var grpc = (settings["protocol"] ?? variables.Get("OTEL_EXPORTER_OTLP_LOGS_PROTOCOL") ?? variables.Get("OTEL_EXPORTER_OTLP_PROTOCOL")) == "grpc";
        options.Protocol = grpc ? OtlpProtocol.Grpc : OtlpProtocol.HttpProtobuf;
        options.LogsEndpoint = Endpoint(grpc);
        options.TracesEndpoint = null;
        options.HttpMessageHandler = answer;
        options.IncludedData = IncludedData.None;
        options.BatchingOptions.EagerlyEmitFirstEvent = false;
        options.BatchingOptions.BatchSizeLimit = events;
        options.BatchingOptions.BufferingTimeLimit = Never;
        foreach (var (name, value) in Pairs(variables.Get("OTEL_EXPORTER_OTLP_HEADERS"))) options.Headers[name] = value;
        foreach (var (name, value) in Pairs(variables.Get("OTEL_EXPORTER_OTLP_LOGS_HEADERS"))) options.Headers[name] = value;
        foreach (var (name, value) in settings.Headers) options.Headers[name] = secrets.Resolve(value, $"the header {name}");
        options.ResourceAttributes["service.name"] = "septim";
        foreach (var (name, value) in Pairs(variables.Get("OTEL_RESOURCE_ATTRIBUTES"))) options.ResourceAttributes[name] = value;
        if (variables.Get("OTEL_SERVICE_NAME") is { } service) options.ResourceAttributes["service.name"] = service;
    }

    private string Endpoint(bool grpc)
    {
        if (settings["url"] is { } url) return Logs(secrets.Resolve(url, "url"), grpc);
        if (variables.Get("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT") is { } logs) return logs;
        return variables.Get("OTEL_EXPORTER_OTLP_ENDPOINT") is { } all
            ? Logs(all, grpc)
            : throw new DeliveryFailure(FailureKind.Stuck, "the otlp sink needs a url, or OTEL_EXPORTER_OTLP_ENDPOINT");
    }

    private static string Logs(string address, bool grpc) =>
        grpc || address.EndsWith("/v1/logs", StringComparison.Ordinal) ? address : address.TrimEnd('/') + "/v1/logs";

    private static IEnumerable<(string Name, string Value)> Pairs(string? text)
    {
        foreach (var pair in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
                yield return (pair[..equals].Trim(), Uri.UnescapeDataString(pair[(equals + 1)..].Trim()));
    }
}
