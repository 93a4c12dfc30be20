using System.Buffers;
using System.Net.Http.Headers;
using Serilog.Core;
using Serilog.Events;

namespace Septim.Hooks.Delivery.Sinks;

/// <summary>
/// Posts a batch as one request, as Serilog.Sinks.Http would, and reads the answer. Throws <see cref="DeliveryFailure"/>; whoever
/// drains the queue decides.
/// </summary>
internal sealed class HttpSink : IBatchedLogEventSink, IDisposable
{
    private const int MaxAnswerBytes = 1 << 20;

    private readonly SinkSettings _settings;
    private readonly Secrets _secrets;
    private readonly IBodyFormat _format;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    public HttpSink(SinkSettings settings, Secrets secrets, IBodyFormat format, HttpMessageHandler handler, TimeProvider time)
    {
        (_settings, _secrets, _format, _time) = (settings, secrets, format, time);
        // Why infinite: the pipeline around us owns the time.
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxAnswerBytes };
    }

    /// <summary>The time and the end of this try; set by the drain, because Serilog's seam has no token.</summary>
    public CancellationToken Cancelled { get; set; }

    public async Task EmitBatchAsync(IReadOnlyCollection<LogEvent> batch)
    {
        var events = batch.Select(LogEventMapping.Carry).ToList();
        using var request = Request(events);
        HttpResponseMessage response;
        string answer;
        try
        {
            response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, Cancelled).ConfigureAwait(false);
            answer = _secrets.Masked(await response.Content.ReadAsStringAsync(Cancelled).ConfigureAwait(false));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            throw HttpReply.Judge(e);
        }
        using (response)
        {
            if (HttpReply.Judge(response.StatusCode, response.Headers.RetryAfter, answer, _time.GetUtcNow()) is { } failure) throw failure;
        }
        if (_format.Check(answer, events.Count) is { } hidden) throw hidden;
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Request(List<SpooledEvent> events)
    {
        var body = new ArrayBufferWriter<byte>(64 * 1024);
        _format.Write(events, _settings, body);
        var request = new HttpRequestMessage(HttpMethod.Post, _format.Address(Address(_format.Url(_settings, _secrets), _settings), _settings))
        {
            Content = new ByteArrayContent(body.WrittenSpan.ToArray()),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(_settings["format"] == "ndjson" ? "application/x-ndjson" : _format.ContentType);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("septim", Product.Version));
        foreach (var (name, value) in _format.Credentials(_settings, _secrets)) request.Headers.TryAddWithoutValidation(name, _secrets.Remember(value));
        foreach (var (name, value) in _settings.Headers)
            request.Headers.TryAddWithoutValidation(name, _secrets.Remember(_secrets.Resolve(value, $"the header {name}")));
        if (_settings["secret"] is { } secret)
            WebhookSignature.Add(request, $"msg_{events[0].Id}_{events.Count}", body.WrittenSpan, _secrets.Get(secret, "secret"), _time.GetUtcNow());
        return request;
    }

    /// <exception cref="DeliveryFailure">Not an http or https address. The address itself may be a secret and is not shown.</exception>
    public static Uri Address(string url, SinkSettings settings) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
            ? address
            : throw new DeliveryFailure(FailureKind.Stuck, $"the url of \"{settings.Name}\" is not an http or https address");
}
