using Septim.Hooks.Config;
using Septim.Hooks.Delivery.Sinks;

namespace Septim.Hooks.Delivery;

/// <summary>All kinds of sinks, and the configured ones. Another one: a file in Sinks/, a line here, a test.</summary>
internal static class SinkList
{
    private const string DefaultSocket = "/dev/log";
    private const string JournalSocket = "/run/systemd/journal/socket";

    private static readonly string[] CommonHttp = ["url", "headers", "timeoutSeconds", "batch", "caFile", "proxy"];

    public static IReadOnlyList<IBodyFormat> Formats { get; } =
    [
        new ArrayBody(), new ClickHouseBody(), new DatadogBody(), new ElasticsearchBody(), new LokiBody(), new SeqBody(), new SplunkBody(),
    ];

    /// <summary>Every type with its keys.</summary>
    public static IReadOnlyDictionary<string, string[]> Types { get; } = AllTypes();

    /// <exception cref="HookFault">The configuration is wrong.</exception>
    public static List<SinkSettings> Configured(SeptimConfig config) => config[ConfigKeys.LogSinks] is { } value
        ? SinkSettings.ReadAll(value, Types)
        : [new SinkSettings("file", "file", "built in")];

    public static Sink Open(
        SinkSettings settings, SeptimConfig config, string logDirectory, Secrets secrets, ProjectVariables variables, TimeProvider time,
        Func<SinkSettings, HttpMessageHandler> port)
    {
        switch (settings.Type)
        {
            case "file":
                return new Sink(settings, new FileSink(settings["directory"] ?? logDirectory, config.Count(ConfigKeys.LogFileMb), config.Count(ConfigKeys.LogKeepFiles)), 1000, 4 << 20);
            case "otlp":
                return Http(new OtlpBody(variables));
            case "syslog" or "journald":
                var journald = settings.Type == "journald";
                return new Sink(settings, new DatagramSink(settings["path"] ?? (journald ? JournalSocket : DefaultSocket), journald, time), 500, 1 << 20);
        }
        foreach (var format in Formats)
        {
            if (format.Type != settings.Type && !(settings.Type == "opensearch" && format is ElasticsearchBody)) continue;
            _ = settings.Required("url");
            return Http(format);
        }
        throw new HookFault($"{settings.Origin}: the type \"{settings.Type}\" is not known");

        Sink Http(IBodyFormat format) =>
            new(settings, new HttpSink(settings, secrets, format, port(settings), time), Math.Min(settings.Number("batch", format.MaxEvents), format.MaxEvents), format.MaxBytes)
            {
                Timeout = TimeSpan.FromSeconds(settings.Number("timeoutSeconds", 30)),
            };
    }

    private static Dictionary<string, string[]> AllTypes()
    {
        var types = new Dictionary<string, string[]>
        {
            ["file"] = ["directory"],
            ["journald"] = ["path"],
            ["otlp"] = [.. CommonHttp, .. OtlpBody.OwnKeys],
            ["syslog"] = ["path"],
        };
        foreach (var format in Formats) types[format.Type] = [.. CommonHttp, .. format.Keys];
        types["opensearch"] = types["elasticsearch"];
        return types;
    }
}
