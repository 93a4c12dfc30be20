using System.Globalization;
using System.Text;
using System.Text.Json;
using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Delivery;
using Septim.Hooks.Recording;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Commands;

/// <summary>Delivers what the hooks have spooled, and shows and mends what could not be delivered.</summary>
internal static class ShipCommand
{
    public static readonly Command Command = new("ship",
        """
        ship [--flush [--deadline 10s]] | ship status [--format text|json] | ship retry [SINK] | ship purge [SINK] [--queue] --yes

          (nothing)         deliver until the spool is empty; the hooks start this by themselves
          --flush           deliver everything now, sinks that rest included; exit 1 when something is left
          --deadline TIME   how long a flush may take: 500ms, 10s, 2m
          status            what waits, what was refused and why; exit 1 when something was
          retry [SINK]      put refused events back into the queue
          purge [SINK]      delete refused events for good; with --queue those that wait as well
        """,
        "delivers the Stop log and the notifications, and shows what could not be delivered", Run);

    private static int Run(ReadOnlySpan<string> args, CommandIo io)
    {
        var client = ClientEnvironment.Read(io.Variable);
        var paths = SeptimPaths.Read(client, io.Variable);
        var spool = SpoolPaths.In(paths.StateDirectory);
        var letters = new DeadLetters(FileSystem.Real, spool);
        switch (args.Length == 0 ? "" : args[0])
        {
            case "":
                return Loop(client, paths, spool, io);
            case "--flush":
                if (!TryDeadline(args[1..], out var deadline)) throw new HookFault($"\"{string.Join(' ', args[1..])}\" is not understood; a deadline looks like --deadline 10s");
                using (var shipper = Start(client, paths, io)) return Flush(shipper.Shipper, spool, letters, deadline, io);
            case "status":
                var options = Options.Parse("ship", args[1..], [], ["format"]);
                options.ThrowIfRest("ship");
                return Status(letters, spool, options.Choice("format", "text", "text", "json") == "json", io);
            case "retry" when args.Length <= 2:
                return Retry(letters, args.Length == 2 ? args[1] : null, io);
            case "purge":
                return Purge(letters, args[1..], io);
            default:
                throw Unknown(args[^1]);
        }
    }

    /// <summary>Usually detached, with nobody to read stderr: what goes wrong is left as a line for the next end of a turn.</summary>
    private static int Loop(ClientEnvironment client, SeptimPaths paths, SpoolPaths spool, CommandIo io)
    {
        try
        {
            using var shipper = Start(client, paths, io);
            if (!shipper.Shipper.HasWork) return 0;
            ShipLoop.RunAsync(shipper.Shipper, FileSystem.Real, spool, shipper.End).GetAwaiter().GetResult();
            return 0;
        }
        catch (Exception e)
        {
            Shipper.WriteTrouble(FileSystem.Real, spool, $"septim ship: {(e is HookFault ? e.Message : $"unexpected {e.GetType().Name} ({e.Message}); please report it")}");
            throw;
        }
    }

    private static Running Start(ClientEnvironment client, SeptimPaths paths, CommandIo io)
    {
        // Why: what a project's settings put into our environment may not say where the log goes.
        if (client.ProjectDirectory is { } project) ProjectSteering.ThrowIfPresent(project);
        var config = ConfigLoader.Load(paths, client, null, io.Variable, io.Time);
        return new Running(new Shipper(config, paths, FileSystem.Real, io.Variable, io.Time));
    }

    private static int Flush(Shipper shipper, SpoolPaths spool, DeadLetters letters, TimeSpan deadline, CommandIo io)
    {
        using var end = new CancellationTokenSource(deadline);
        var runs = ShipLoop.FlushAsync(shipper, spool, end.Token).GetAwaiter().GetResult();
        if (runs is null) io.Err.WriteLine("septim ship: another shipper is at work and did not finish by the deadline");
        foreach (var run in runs ?? [])
        {
            var dead = run.Dead == 0 ? "" : $", {run.Dead} refused ({run.DeadReason})";
            io.Out.WriteLine($"{run.Sink}: {run.Delivered} delivered{dead}{(run.Failure is null ? "" : $", stopped: {run.Failure}")}");
        }
        var left = letters.Spooled + letters.Sinks().Sum(letters.Waiting);
        if (left > 0) io.Err.WriteLine($"septim ship: {Plural.Of(left, "event")} left, kept to be sent later. `septim ship status` shows more");
        return left == 0 && runs is not null && !runs.Exists(run => run.Dead > 0) ? 0 : 1;
    }

    private static int Status(DeadLetters letters, SpoolPaths spool, bool json, CommandIo io)
    {
        var bad = false;
        foreach (var sink in letters.Sinks()) bad |= letters.Dead(sink) > 0 || SinkStatus.Read(FileSystem.Real, spool, sink).FailingSince is not null;
        if (json) WriteJson(letters, spool, io.Out);
        else WriteText(letters, spool, io.Out);
        return bad ? 1 : 0;
    }

    private static void WriteText(DeadLetters letters, SpoolPaths spool, TextWriter output)
    {
        output.WriteLine($"spool: {Plural.Of(letters.Spooled, "event")} not sorted yet ({spool.Spool})");
        foreach (var sink in letters.Sinks())
        {
            var status = SinkStatus.Read(FileSystem.Real, spool, sink);
            output.WriteLine($"{sink}: {letters.Waiting(sink)} wait, {status.Delivered} delivered, {letters.Dead(sink)} refused");
            if (status.FailingSince is { } since)
                output.WriteLine($"  failing since {since:u}: {status.Reason}; next try {(status.Due > DateTimeOffset.UtcNow ? $"{status.Due:u}" : "with the next event")}");
            foreach (var (reason, count) in letters.Reasons(sink)) output.WriteLine($"  {count} refused: {reason}");
        }
    }

    private static void WriteJson(DeadLetters letters, SpoolPaths spool, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("spooled", letters.Spooled);
            json.WriteStartArray("sinks");
            foreach (var sink in letters.Sinks())
            {
                var status = SinkStatus.Read(FileSystem.Real, spool, sink);
                json.WriteStartObject();
                json.WriteString("name", sink);
                json.WriteNumber("waiting", letters.Waiting(sink));
                json.WriteNumber("delivered", status.Delivered);
                json.WriteNumber("dead", letters.Dead(sink));
                if (status.FailingSince is { } since) json.WriteString("failing_since", since);
                if (status.Reason.Length > 0) json.WriteString("reason", status.Reason);
                json.WriteStartObject("dead_reasons");
                foreach (var (reason, count) in letters.Reasons(sink)) json.WriteNumber(reason, count);
                json.WriteEndObject();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static int Retry(DeadLetters letters, string? only, CommandIo io)
    {
        if (IsUnknown(letters, only, io)) return 2;
        var back = 0;
        foreach (var sink in letters.Sinks())
            if (only is null || only == sink) back += letters.Retry(sink);
        io.Out.WriteLine($"put back: {Plural.Of(back, "event")}; `septim ship --flush` sends now what waits");
        return 0;
    }

    private static bool IsUnknown(DeadLetters letters, string? only, CommandIo io)
    {
        if (only is null || letters.Sinks().Contains(only)) return false;
        io.Err.WriteLine($"septim ship: there is no sink \"{only}\" here; `septim ship status` lists them");
        return true;
    }

    private static int Purge(DeadLetters letters, ReadOnlySpan<string> args, CommandIo io)
    {
        string? only = null;
        bool queue = false, yes = false;
        foreach (var arg in args)
        {
            if (arg == "--queue") queue = true;
            else if (arg == "--yes") yes = true;
            else if (arg.StartsWith('-') || only is not null) throw Unknown(arg);
            else only = arg;
        }
        if (!yes)
        {
            io.Err.WriteLine("septim ship: purge deletes events for good; say --yes");
            return 2;
        }
        if (IsUnknown(letters, only, io)) return 2;
        var gone = 0;
        foreach (var sink in letters.Sinks())
            if (only is null || only == sink) gone += letters.Purge(sink, queue);
        io.Out.WriteLine($"deleted: {Plural.Of(gone, "event")}");
        return 0;
    }

    internal static bool TryDeadline(ReadOnlySpan<string> args, out TimeSpan deadline)
    {
        deadline = TimeSpan.FromSeconds(10);
        if (args.Length == 0) return true;
        return args.Length == 2 && args[0] == "--deadline" && TryTime(args[1], out deadline) && deadline > TimeSpan.Zero;
    }

    /// <summary>500ms, 10s, 2m, or seconds without a unit; at most a day.</summary>
    internal static bool TryTime(ReadOnlySpan<char> text, out TimeSpan time)
    {
        time = TimeSpan.Zero;
        var (unit, scale) = text.EndsWith("ms") ? (2, 1) : text.EndsWith("s") ? (1, 1000) : text.EndsWith("m") ? (1, 60_000) : (0, 1000);
        if (!int.TryParse(text[..^unit], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 86_400) return false;
        time = TimeSpan.FromMilliseconds((double)number * scale);
        return true;
    }

    private static HookFault Unknown(string word) => new($"\"{word}\" is not understood; `septim ship --help` says what is");

    /// <summary>A shipper and the wish to end it: SIGTERM and Ctrl-C let the batch under way finish.</summary>
    private sealed class Running : IDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly System.Runtime.InteropServices.PosixSignalRegistration _signal;

        public Running(Shipper shipper)
        {
            Shipper = shipper;
            _signal = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, context =>
            {
                context.Cancel = true;
                _end.Cancel();
            });
        }

        public Shipper Shipper { get; }

        public CancellationToken End => _end.Token;

        public void Dispose()
        {
            _signal.Dispose();
            _end.Dispose();
        }
    }
}
