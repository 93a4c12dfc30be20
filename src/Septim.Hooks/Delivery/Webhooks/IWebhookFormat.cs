namespace Septim.Hooks.Delivery.Webhooks;

/// <summary>How one service wants to be told.</summary>
internal interface IWebhookFormat
{
    /// <summary>The <c>type</c> in the configuration.</summary>
    string Type { get; }

    /// <summary>Keys beyond url, events, template, timeoutSeconds, perMinute, caFile, proxy.</summary>
    string[] Keys { get; }

    /// <summary>Where to, when the configuration names no url; null where it must.</summary>
    string? DefaultAddress { get; }

    /// <summary>Most messages in a minute that the service takes, or that people bear.</summary>
    int PerMinute { get; }

    /// <summary>The request; the address may hold a secret.</summary>
    HttpRequestMessage Request(Uri address, Notice notice, SinkSettings settings, Secrets secrets, TimeProvider time);
}
