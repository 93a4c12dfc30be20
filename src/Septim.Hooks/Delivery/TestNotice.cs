using Septim.Hooks.Config;
using Septim.Hooks.Delivery.Webhooks;
using Septim.Hooks.Recording;

namespace Septim.Hooks.Delivery;

/// <summary>One notice by hand, so that a person sees whether a webhook works before it must.</summary>
internal static class TestNotice
{
    /// <returns>Name, whether it was taken, and what the service answered, or why it could not be asked.</returns>
    /// <exception cref="HookFault">The configuration is wrong.</exception>
    public static List<(string Name, bool Taken, string Answer)> Send(
        SeptimConfig config, SeptimPaths paths, Func<string, string?> variable, TimeProvider time, string? only, Func<SinkSettings, HttpMessageHandler>? port = null)
    {
        var secrets = new Secrets(paths.UserDirectory, new ProjectVariables(variable));
        var now = time.GetUtcNow();
        var json = EventJson.Write(new RecordedEvent
        {
            At = now,
            Event = "test",
            Id = Guid.CreateVersion7(now),
            SessionId = "test",
            Host = Environment.MachineName,
            User = variable("USER") ?? variable("USERNAME") ?? "",
            Reason = "this is a test of septim's notifications; nothing happened",
        });
        var e = SpooledEvent.Parse("test", json);
        var answers = new List<(string, bool, string)>();
        foreach (var settings in WebhookList.Configured(config))
        {
            var name = settings.Name[WebhookList.QueuePrefix.Length..];
            if (only is null || only == name) answers.Add(SendTo(settings, name, e, secrets, time, port ?? HttpPort.Open));
        }
        return answers;
    }

    private static (string, bool, string) SendTo(SinkSettings settings, string name, SpooledEvent e, Secrets secrets, TimeProvider time, Func<SinkSettings, HttpMessageHandler> port)
    {
        var sink = WebhookList.Open(settings, secrets, time, port);
        using var webhook = (WebhookSink)sink.Target;
        using var limit = new CancellationTokenSource(sink.Timeout);
        webhook.Cancelled = limit.Token;
        try
        {
            webhook.EmitBatchAsync([LogEventMapping.Carry(e)]).GetAwaiter().GetResult();
            return (name, true, webhook.Answer);
        }
        catch (DeliveryFailure failure)
        {
            return (name, false, failure.Message);
        }
    }
}
