using System.Text.Json;

namespace Septim.Hooks.Delivery.Webhooks;

/// <summary>Any receiver: title, text and the event, signed after Standard Webhooks when a secret is set.</summary>
internal sealed class GenericWebhook : JsonWebhook
{
    public override string Type => "webhook";

    public override string[] Keys => ["secret", "headers"];

    public override HttpRequestMessage Request(Uri address, Notice notice, SinkSettings settings, Secrets secrets, TimeProvider time)
    {
        var request = base.Request(address, notice, settings, secrets, time);
        foreach (var (name, value) in settings.Headers) request.Headers.TryAddWithoutValidation(name, secrets.Resolve(value, $"the header {name}"));
        if (settings["secret"] is { } secret)
        {
            using var body = new MemoryStream();
            request.Content!.CopyTo(body, null, CancellationToken.None);
            WebhookSignature.Add(request, $"msg_{notice.Event.Id}", body.ToArray(), secrets.Get(secret, "secret"), time.GetUtcNow());
        }
        return request;
    }

    protected override void Write(Utf8JsonWriter json, Notice notice, SinkSettings settings, Secrets secrets)
    {
        json.WriteStartObject();
        json.WriteString("type", "septim." + notice.Event.Event);
        json.WriteString("timestamp", notice.Event.Time);
        json.WriteString("title", notice.Title);
        json.WriteString("text", notice.Text);
        json.WritePropertyName("data");
        json.WriteRawValue(notice.Event.Json.Span, skipInputValidation: true);
        json.WriteEndObject();
    }
}
