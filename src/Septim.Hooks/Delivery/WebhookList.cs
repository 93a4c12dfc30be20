using Septim.Hooks.Config;
using Septim.Hooks.Delivery.Webhooks;

namespace Septim.Hooks.Delivery;

/// <summary>All kinds of webhooks, and the configured ones. Another one: a file in Webhooks/, a line here, a test.</summary>
internal static class WebhookList
{
    /// <summary>Before a webhook's name, where sinks and webhooks have queues side by side.</summary>
    public const string QueuePrefix = "notify-";

    private static readonly string[] Common = ["url", "events", "template", "timeoutSeconds", "perMinute", "caFile", "proxy"];

    public static IReadOnlyList<IWebhookFormat> Formats { get; } =
    [
        new DiscordWebhook(), new GenericWebhook(), new NtfyWebhook(), new PagerDutyWebhook(), new SlackWebhook(), new TeamsWebhook(),
    ];

    public static IReadOnlyDictionary<string, string[]> Types { get; } =
        Formats.ToDictionary(format => format.Type, format => (string[])[.. Common, .. format.Keys]);

    /// <summary>Named by their queues: <c>notify-</c> and the name.</summary>
    /// <exception cref="HookFault">The configuration is wrong.</exception>
    public static List<SinkSettings> Configured(SeptimConfig config)
    {
        var all = SinkSettings.ReadAll(config[ConfigKeys.NotifyWebhooks], Types);
        foreach (var settings in all)
            foreach (var wanted in settings.Events ?? [])
                if (!NoticeRoute.IsKnown(wanted))
                    throw new HookFault($"{settings.Origin}: \"{settings.Name}\" is to tell of \"{wanted}\", which is not an event; there are {string.Join(", ", NoticeRoute.Known)}");
        return all.ConvertAll(settings => settings with { Name = QueuePrefix + settings.Name });
    }

    public static Sink Open(SinkSettings settings, Secrets secrets, TimeProvider time, Func<SinkSettings, HttpMessageHandler> port)
    {
        var format = Formats.First(format => format.Type == settings.Type);
        return new Sink(settings, new WebhookSink(settings, secrets, format, port(settings), time), 1, 1 << 20)
        {
            Timeout = TimeSpan.FromSeconds(settings.Number("timeoutSeconds", 15)),
            Pause = TimeSpan.FromMinutes(1) / settings.Number("perMinute", format.PerMinute),
        };
    }
}
