using System.Buffers;
using System.Text;
using Serilog.Formatting.Compact;

namespace Septim.Hooks.Delivery.Sinks;

/// <summary>
/// Seq: compact log events. Why not Serilog.Sinks.Seq: it sends the first event alone and acknowledges nothing, and here a file is
/// deleted only when its event was taken. See decision 0006.
/// </summary>
internal sealed class SeqBody : BodyFormat
{
    public override string Type => "seq";

    public override string[] Keys => ["apiKey"];

    public override string ContentType => "application/vnd.serilog.clef";

    public override Uri Address(Uri configured, SinkSettings settings) => WithPath(configured, "/ingest/clef");

    public override IEnumerable<KeyValuePair<string, string>> Credentials(SinkSettings settings, Secrets secrets)
    {
        if (settings["apiKey"] is { } key) yield return new("X-Seq-ApiKey", secrets.Get(key, "apiKey"));
    }

    public override void Write(IReadOnlyList<SpooledEvent> events, SinkSettings settings, IBufferWriter<byte> body)
    {
        var formatter = new CompactJsonFormatter();
        using var text = new StringWriter();
        foreach (var e in events) formatter.Format(LogEventMapping.WithFields(e), text);
        Encoding.UTF8.GetBytes(text.ToString(), body);
    }
}
