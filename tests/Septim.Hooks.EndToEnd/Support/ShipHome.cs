using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Septim.Hooks.EndToEnd.Support;

/// <summary>A HOME in which the native binary records and ships, without a client.</summary>
internal sealed class ShipHome : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("septim-ship-").FullName;

    public ShipHome() => File.WriteAllText(Transcript, "");

    public Dictionary<string, string> More { get; } = [];

    public string State => Path.Combine(_home, "state");

    public string Spool => Path.Combine(State, "ship", "spool");

    public string LogDirectory => Path.Combine(State, "log");

    private string Transcript => Path.Combine(_home, "t.jsonl");

    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_home, name)).FullName;

    public static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>One Stop event of a session of this name, as the client would report it.</summary>
    public async Task<ProcessResult> Stop(string session, Action<int>? whileRunning = null, bool auto = false) => await Run(
        ["hook"],
        new JsonObject
        {
            ["session_id"] = session,
            ["transcript_path"] = Transcript,
            ["cwd"] = _home,
            ["hook_event_name"] = "Stop",
            ["stop_hook_active"] = false,
        }.ToJsonString(),
        whileRunning,
        auto);

    public Task<ProcessResult> Ship(params string[] arguments) => Run(["ship", .. arguments], null, null, false);

    public Task<ProcessResult> Ship(Action<int> whileRunning, params string[] arguments) => Run(["ship", .. arguments], null, whileRunning, false);

    /// <summary>Events that look like real ones, put where a hook would have put them.</summary>
    public async Task Fill(int events)
    {
        await Stop("pattern");
        var file = Directory.GetFiles(Spool).Single();
        var text = await File.ReadAllTextAsync(file);
        var id = Path.GetFileNameWithoutExtension(file);
        for (var i = 1; i < events; i++)
        {
            var other = Guid.CreateVersion7().ToString();
            await File.WriteAllTextAsync(Path.Combine(Spool, other + ".json"), text.Replace(id, other, StringComparison.Ordinal).Replace("pattern", string.Create(CultureInfo.InvariantCulture, $"pattern-{i}"), StringComparison.Ordinal));
        }
    }

    public List<JsonElement> LogLines => !Directory.Exists(LogDirectory) ? []
        : [.. Directory.GetFiles(LogDirectory).Order(StringComparer.Ordinal).SelectMany(File.ReadAllLines).Select(line => JsonElement.Parse(line))];

    /// <summary>Waits until no shipper holds the lock of this place.</summary>
    public async Task Quiet()
    {
        for (var i = 0; i < 200; i++)
        {
            try
            {
                using var probe = new FileStream(Path.Combine(State, "ship", "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return;
            }
            catch (IOException)
            {
                await Task.Delay(50);
            }
        }
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private async Task<ProcessResult> Run(IReadOnlyList<string> arguments, string? stdin, Action<int>? whileRunning, bool auto)
    {
        var environment = new Dictionary<string, string>(More)
        {
            ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = _home,
            ["USER"] = "dev",
            ["SEPTIM_STATE_DIR"] = State,
            ["SEPTIM_LOG_SHIP"] = auto ? "auto" : "manual",
        };
        return await ChildProcess.Run(await PublishedBinary.Path, arguments, _home, environment, stdin, timeout: TimeSpan.FromMinutes(2), whileRunning: whileRunning);
    }
}
