using System.Buffers;
using System.Text.Json;
using Septim.Hooks.Claude;

namespace Septim.Hooks.Delivery.Sinks;

/// <summary>What most body formats have in common.</summary>
internal abstract class BodyFormat : IBodyFormat
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JsonEscapes.Only };

    public abstract string Type { get; }

    public virtual string[] Keys => [];

    public virtual string ContentType => "application/json";

    public virtual int MaxEvents => 500;

    public virtual int MaxBytes => 1 << 20;

    public virtual string Url(SinkSettings settings, Secrets secrets) => secrets.Resolve(settings.Required("url"), "url");

    public virtual Uri Address(Uri configured, SinkSettings settings) => configured;

    public virtual IEnumerable<KeyValuePair<string, string>> Credentials(SinkSettings settings, Secrets secrets) => [];

    public abstract void Write(IReadOnlyList<SpooledEvent> events, SinkSettings settings, IBufferWriter<byte> body);

    public virtual DeliveryFailure? Check(string answer, int events) => null;

    /// <summary>The receiver's usual path, unless the configured address has one of its own.</summary>
    protected static Uri WithPath(Uri configured, string path) =>
        configured.AbsolutePath is "/" or "" ? new Uri(configured, path + configured.Query) : configured;

    protected static void Json(IBufferWriter<byte> body, Action<Utf8JsonWriter> write)
    {
        using var json = new Utf8JsonWriter(body, Options);
        write(json);
    }

    protected static void Raw(IBufferWriter<byte> body, ReadOnlySpan<byte> bytes) => body.Write(bytes);

    protected static string Message(SpooledEvent e) => e.Text("reason") is { } reason ? $"{e.Event}: {reason}" : $"{e.Event} {e.Text("project")} ${e.Text("cost_usd.total") ?? "?"}";
}
