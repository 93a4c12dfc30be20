using System.Buffers;

namespace Septim.Hooks.Delivery.Sinks;

/// <summary>How one kind of receiver wants a batch over HTTP.</summary>
internal interface IBodyFormat
{
    /// <summary>The <c>type</c> in the configuration.</summary>
    string Type { get; }

    /// <summary>Keys beyond url, headers, timeoutSeconds, batch, caFile, proxy.</summary>
    string[] Keys { get; }

    string ContentType { get; }

    int MaxEvents { get; }

    int MaxBytes { get; }

    /// <summary>What is configured as the address, with its secret if it names one.</summary>
    /// <exception cref="HookFault">There is none.</exception>
    /// <exception cref="DeliveryFailure">There is none now, or it may not be used.</exception>
    string Url(SinkSettings settings, Secrets secrets);

    /// <summary>The address to post to, from what is configured.</summary>
    Uri Address(Uri configured, SinkSettings settings);

    /// <summary>Headers that carry the receiver's own credentials.</summary>
    IEnumerable<KeyValuePair<string, string>> Credentials(SinkSettings settings, Secrets secrets);

    void Write(IReadOnlyList<SpooledEvent> events, SinkSettings settings, IBufferWriter<byte> body);

    /// <summary>Looks into a 2xx answer: some receivers report failures there. Null when all were taken.</summary>
    DeliveryFailure? Check(string answer, int events);
}
