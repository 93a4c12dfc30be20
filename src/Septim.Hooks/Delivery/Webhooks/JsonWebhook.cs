using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using Septim.Hooks.Claude;

namespace Septim.Hooks.Delivery.Webhooks;

/// <summary>What webhooks with a JSON body have in common.</summary>
internal abstract class JsonWebhook : IWebhookFormat
{
    public abstract string Type { get; }

    public virtual string[] Keys => [];

    public virtual string? DefaultAddress => null;

    public virtual int PerMinute => 30;

    public virtual HttpRequestMessage Request(Uri address, Notice notice, SinkSettings settings, Secrets secrets, TimeProvider time)
    {
        var body = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = JsonEscapes.Only })) Write(json, notice, settings, secrets);
        return Post(address, body.WrittenSpan.ToArray());
    }

    protected abstract void Write(Utf8JsonWriter json, Notice notice, SinkSettings settings, Secrets secrets);

    protected static HttpRequestMessage Post(Uri address, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return request;
    }
}
