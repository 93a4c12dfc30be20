using System.Net.Http.Headers;
using System.Text;

namespace Septim.Hooks.Delivery.Webhooks;

/// <summary>ntfy: the text as body; title, priority and tags as headers. Source: docs.ntfy.sh/publish, read 2026-11.</summary>
internal sealed class NtfyWebhook : IWebhookFormat
{
    public string Type => "ntfy";

    public string[] Keys => ["token"];

    public string? DefaultAddress => null;

    public int PerMinute => 12;

    public HttpRequestMessage Request(Uri address, Notice notice, SinkSettings settings, Secrets secrets, TimeProvider time)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(notice.Text)) };
        request.Headers.TryAddWithoutValidation("Title", Header(notice.Title));
        request.Headers.TryAddWithoutValidation("Priority", notice.Urgency switch { 2 => "high", 1 => "default", _ => "low" });
        request.Headers.TryAddWithoutValidation("Tags", notice.Urgency switch { 2 => "rotating_light", 1 => "warning", _ => "robot" });
        if (settings["token"] is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secrets.Get(token, "token"));
        return request;
    }

    /// <summary>A header holds ASCII; anything else travels as RFC 2047 does it, which ntfy reads.</summary>
    private static string Header(string text) =>
        Ascii.IsValid(text) && !text.AsSpan().ContainsAny('\r', '\n') ? text : $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text.ReplaceLineEndings(" ")))}?=";
}
