using System.Text;
using System.Text.Json;
using Septim.Hooks.Config;
using Septim.Hooks.Recording;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Delivery;

/// <summary>
/// One run: caps, spool to queues, queues to sinks, each sink by itself, until nothing more can go. At least once: killed at any
/// instant, it loses nothing and repeats at most the batch that was on its way.
/// </summary>
internal sealed class Shipper
{
    /// <summary>News that is older helps nobody.</summary>
    private static readonly TimeSpan NoticeAge = TimeSpan.FromDays(1);

    private readonly IFileSystem _files;
    private readonly SpoolPaths _paths;
    private readonly SpoolCaps _caps;
    private readonly TimeProvider _time;
    private readonly Pseudonyms _pseudonyms;
    private readonly NoticeRoute _route;
    private readonly List<Sink> _sinks = [];
    private readonly List<Sink> _webhooks = [];

    /// <param name="config">The effective configuration of the person; no project's.</param>
    /// <param name="paths">Where septim's files lie.</param>
    /// <param name="files">The disk.</param>
    /// <param name="variable">Looks up an environment variable.</param>
    /// <param name="time">Pauses and stamps.</param>
    /// <param name="port">The way out to a receiver; null takes the network.</param>
    /// <exception cref="HookFault">The configuration is wrong.</exception>
    public Shipper(
        SeptimConfig config, SeptimPaths paths, IFileSystem files, Func<string, string?> variable, TimeProvider time, Func<SinkSettings, HttpMessageHandler>? port = null)
    {
        (_files, _time) = (files, time);
        _paths = SpoolPaths.In(paths.StateDirectory);
        _caps = SpoolCaps.From(config);
        _pseudonyms = new Pseudonyms(config, variable);
        _route = new NoticeRoute(files, _paths, config.CountOrOff(ConfigKeys.NotifyLongTurn), config.Count(ConfigKeys.NotifyQuiet), time);
        var variables = new ProjectVariables(variable);
        var secrets = new Secrets(paths.UserDirectory, variables);
        port ??= HttpPort.Open;
        foreach (var settings in SinkList.Configured(config))
            _sinks.Add(SinkList.Open(settings, config, LogDirectory(config, paths), secrets, variables, time, port));
        foreach (var settings in WebhookList.Configured(config))
            _webhooks.Add(WebhookList.Open(settings, secrets, time, port));
    }

    /// <exception cref="HookFault">It is not an absolute path: relative ones would lead into whatever project starts us.</exception>
    public static string LogDirectory(SeptimConfig config, SeptimPaths paths)
    {
        if (config[ConfigKeys.LogDirectory] is not { } set) return Path.Combine(paths.StateDirectory, "log");
        return Path.IsPathRooted(set.Text) ? set.Text : throw new HookFault($"{set.Origin}: log.directory must be an absolute path");
    }

    /// <summary>Whether anything waits: in the spool, or in the queue of a configured sink.</summary>
    public bool HasWork => _files.CreateDirectory(_paths.Root)
        && (Queue.List(_files, _paths.Spool).Count > 0 || Queue.List(_files, _paths.Notices).Count > 0 || All.Any(sink => Waiting(sink) > 0));

    private IEnumerable<Sink> All => _sinks.Concat(_webhooks);

    /// <param name="evenResting">Also asks sinks that are being left in peace.</param>
    /// <param name="end">Stops waiting.</param>
    /// <returns>What each sink did.</returns>
    public async Task<List<SinkRun>> RunAsync(bool evenResting, CancellationToken end)
    {
        Spread();
        var runs = new List<Task<SinkRun>>();
        foreach (var sink in All)
        {
            var status = SinkStatus.Read(_files, _paths, sink.Name);
            if (Waiting(sink) > 0 && (evenResting || status.IsDue(_time.GetUtcNow()))) runs.Add(DrainAsync(sink, status, end));
        }
        var done = new List<SinkRun>(await Task.WhenAll(runs).ConfigureAwait(false));
        ReportTrouble(done);
        return done;
    }

    private int Waiting(Sink sink) => Queue.List(_files, _paths.QueueOf(sink.Name)).Count;

    private void Spread()
    {
        var now = _time.GetUtcNow();
        var fanOut = new FanOut(_files, _paths);
        fanOut.Run(_paths.Spool, _sinks.ConvertAll(sink => sink.Name));
        fanOut.Run(_paths.Notices, _webhooks.ConvertAll(sink => sink.Name), IsTold);
        foreach (var sink in _sinks) _caps.Enforce(_files, _paths.QueueOf(sink.Name), sink.Name, now);
        foreach (var sink in _webhooks) (_caps with { MaxAge = NoticeAge }).Enforce(_files, _paths.QueueOf(sink.Name), sink.Name, now);
    }

    private bool IsTold(string queue, string name)
    {
        var webhook = _webhooks.First(sink => sink.Name == queue).Settings;
        try
        {
            var e = SpooledEvent.Parse(name, File.ReadAllBytes(Path.Combine(_paths.Notices, name)));
            return _route.Wants(webhook, e) && !_route.IsRepeat(webhook, e);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // Why true: the queue buries what is not an event, with a reason.
            return true;
        }
    }

    private async Task<SinkRun> DrainAsync(Sink sink, SinkStatus status, CancellationToken end)
    {
        var drain = new SinkDrain(sink, new Queue(_files, _paths, sink.Name, _pseudonyms), _time);
        var failure = await drain.RunAsync(end).ConfigureAwait(false);
        var next = failure is null ? status.AfterSuccess(drain.Delivered) : status.AfterFailure(failure, drain.Delivered, _time.GetUtcNow());
        next.Write(_files, _paths, sink.Name);
        return new SinkRun(sink.Name, drain.Delivered, drain.Dead, drain.DeadReason, failure?.Message, status.FailingSince is null);
    }

    /// <summary>
    /// One line that the next end of a turn shows, because nobody watches a detached process: when a sink begins to fail, and whenever
    /// it refuses something.
    /// </summary>
    private void ReportTrouble(List<SinkRun> runs)
    {
        foreach (var run in runs)
        {
            var text = run.Failure is not null && run.IsNews ? $"septim ship: {run.Sink} does not take events: {run.Failure}"
                : run.Dead > 0 ? $"septim ship: {run.Sink} refused {Plural.Of(run.Dead, "event")}: {run.DeadReason}" : null;
            if (text is null) continue;
            WriteTrouble(_files, _paths, text);
            return;
        }
    }

    public static void WriteTrouble(IFileSystem files, SpoolPaths paths, string text) =>
        files.Replace(paths.Trouble, Encoding.UTF8.GetBytes((text.Length <= 400 ? text : text[..400]) + ". Nothing is lost; `septim ship status` shows more.\n"));
}
