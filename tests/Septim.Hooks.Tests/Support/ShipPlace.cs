using System.Text.Json;
using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Delivery;
using Septim.Hooks.Recording;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Support;

/// <summary>A home with a spool, for tests of delivery.</summary>
internal sealed class ShipPlace : IDisposable
{
    private readonly TemporaryDirectory _place = new();

    public ShipPlace() => Environment = new() { ["HOME"] = _place.Path };

    public Dictionary<string, string> Environment { get; }
    public IFileSystem Files { get; set; } = FileSystem.Real;
    public EagerTime Time { get; } = new();
    public string Home => _place.Path;
    public string State => Path.Combine(_place.Path, ".local", "state", "septim");
    public SpoolPaths Paths => SpoolPaths.In(State);
    public string LogDirectory => Path.Combine(State, "log");

    public SeptimPaths SeptimPaths => SeptimPaths.Read(ClientEnvironment.Read(Variable), Variable) with { ManagedFile = Path.Combine(_place.Path, "managed.json") };

    public SeptimConfig Config => ConfigLoader.Load(SeptimPaths, ClientEnvironment.Read(Variable), null, Variable, TimeProvider.System);

    public string? Variable(string name) => Environment.GetValueOrDefault(name);

    public string Write(string relativePath, string text) => _place.Write(relativePath, text);

    public void Sinks(string json) => Environment["SEPTIM_LOG_SINKS"] = json;

    /// <summary>The http sink on this receiver, with more keys as JSON.</summary>
    public void Http(Receiver receiver, string more = "") =>
        Sinks($$"""[{"type":"http","name":"central","timeoutSeconds":3600,"url":{{JsonSerializer.Serialize(receiver.Url)}}{{more}}}]""");

    public static RecordedEvent Event(int number, string name = "stop") => new()
    {
        At = DateTimeOffset.UtcNow,
        Event = name,
        Id = Guid.CreateVersion7(DateTimeOffset.UtcNow.AddMilliseconds(number - 100_000)),
        SessionId = $"session-{number}",
        Project = "/home/dev/shop",
        User = "dev",
        Host = "box",
    };

    public List<RecordedEvent> Spool(int events)
    {
        var all = new List<RecordedEvent>();
        for (var i = 0; i < events; i++) all.Add(Spool(Event(i)));
        return all;
    }

    public RecordedEvent Spool(RecordedEvent e, bool notice = false)
    {
        Septim.Hooks.Recording.Spool.Write(FileSystem.Real, notice ? Paths.Notices : Paths.Spool, e, new SpoolCaps(int.MaxValue, long.MaxValue, TimeSpan.MaxValue), DateTimeOffset.UtcNow);
        return e;
    }

    public async Task<List<SinkRun>> Ship(bool evenResting = true) =>
        await new Shipper(Config, SeptimPaths, Files, Variable, Time).RunAsync(evenResting, TestContext.Current.CancellationToken);

    /// <summary>On the real clock, until <paramref name="end"/>.</summary>
    public async Task<List<SinkRun>> ShipUntil(CancellationToken end) =>
        await new Shipper(Config, SeptimPaths, Files, Variable, TimeProvider.System).RunAsync(true, end);

    public int Waiting(string sink) => Queue.List(FileSystem.Real, Paths.QueueOf(sink)).Count;

    public int Dead(string sink) => Queue.List(FileSystem.Real, Paths.DeadOf(sink)).Count;

    public string[] LogLines => Directory.Exists(LogDirectory)
        ? [.. Directory.GetFiles(LogDirectory).Order(StringComparer.Ordinal).SelectMany(File.ReadAllLines)]
        : [];

    public static IEnumerable<string> Ids(IEnumerable<string> lines) => lines.Select(line => JsonElement.Parse(line).GetProperty("event_id").GetString()!);

    public void Dispose() => _place.Dispose();
}
