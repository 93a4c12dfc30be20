using System.Net.Http.Headers;
using Serilog.Core;
using Serilog.Events;

namespace Septim.Hooks.Delivery.Webhooks;

/// <summary>Tells one service of one event a request.</summary>
internal sealed class WebhookSink(SinkSettings settings, Secrets secrets, IWebhookFormat format, HttpMessageHandler handler, TimeProvider time) : IBatchedLogEventSink, IDisposable
{
    private readonly HttpClient _client = new(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 1 << 20 };

    /// <summary>What the service answered last: status and text.</summary>
    public string Answer { get; private set; } = "";

    /// <inheritdoc cref="Sinks.HttpSink.Cancelled"/>
    public CancellationToken Cancelled { get; set; }

    public async Task EmitBatchAsync(IReadOnlyCollection<LogEvent> batch)
    {
        foreach (var e in batch) await SendAsync(Notice.Of(LogEventMapping.Carry(e), settings["template"])).ConfigureAwait(false);
    }

    public void Dispose() => _client.Dispose();

    private async Task SendAsync(Notice notice)
    {
        using var request = format.Request(Address(), notice, settings, secrets, time);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("septim", Product.Version));
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, Cancelled).ConfigureAwait(false);
            var text = secrets.Masked(await response.Content.ReadAsStringAsync(Cancelled).ConfigureAwait(false));
            Answer = $"{(int)response.StatusCode}{HttpReply.Said(text)}";
            if (HttpReply.Judge(response.StatusCode, response.Headers.RetryAfter, text, time.GetUtcNow()) is { } failure) throw failure;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            throw HttpReply.Judge(e);
        }
    }

    /// <summary>The address of most services is a secret itself, so it stands in the environment or the secrets file.</summary>
    private Uri Address()
    {
        var text = settings["url"] is { } url ? secrets.Get(url, "url") : format.DefaultAddress ?? settings.Required("url");
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
            ? address
            : throw new DeliveryFailure(FailureKind.Stuck, $"the url of \"{settings.Name}\" is not an http or https address");
    }
}
