using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Delivery;

namespace Septim.Hooks.Commands;

/// <summary>Reads the log that the file sink writes.</summary>
internal static class LogCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(300);

    public static readonly Command Command = new("log",
        """
        log [--tail N] [--follow] [FILTER…] [--totals day|project|user|model | --dearest N] [--format text|json|csv] [--directory DIR]

          --tail N          the last N events (default 20; with a filter or totals: all)
          --follow          and then what comes
          --session ID      only this session (a beginning is enough)
          --project TEXT    only projects whose path or repository holds this
          --user NAME       only this user
          --day DATE        only this day, UTC: 2026-11-22
          --event NAME      only these events: stop, session_end, cost_stop, bash_deny …
          --reason TEXT     only events whose reason, exit reason or error holds this
          --totals BY       cost by day, project, user or model
          --dearest N       the N dearest sessions
        """,
        "shows the Stop log: tail, follow, filters, totals, dearest sessions", Run);

    private static int Run(ReadOnlySpan<string> args, CommandIo io)
    {
        var query = LogQuery.Parse(args);
        var client = ClientEnvironment.Read(io.Variable);
        var paths = SeptimPaths.Read(client, io.Variable);
        var directory = query.Directory ?? Shipper.LogDirectory(ConfigLoader.Load(paths, client, null, io.Variable, io.Time), paths);
        var reader = new LogReader(directory);
        if (query.Directory is not null && !Directory.Exists(directory)) throw new HookFault($"--directory {directory} does not exist");
        if (!Directory.Exists(directory) && !query.Follow) io.Err.WriteLine($"septim log: nothing was recorded yet in {directory}; `septim ship status` shows what waits");
        if (query.Totals is not null || query.Dearest > 0)
        {
            var totals = new LogTotals();
            foreach (var e in reader.Read())
                if (query.Matches(e)) totals.Add(e);
            if (query.Totals is { } by) LogText.WriteTotals(io.Out, totals.By(by), by, query.Format);
            else LogText.WriteDearest(io.Out, totals.Dearest(query.Dearest), query.Format);
            return 0;
        }
        LogText.WriteHeader(io.Out, query.Format);
        var last = new Queue<LogLine>();
        foreach (var e in reader.Read())
        {
            if (!query.Matches(e)) continue;
            if (query.Tail == 0) LogText.Write(io.Out, e, query.Format);
            else last.Enqueue(e);
            if (last.Count > query.Tail) last.Dequeue();
        }
        foreach (var e in last) LogText.Write(io.Out, e, query.Format);
        if (reader.Broken > 0) io.Err.WriteLine($"septim log: left out what is no event: {Plural.Of(reader.Broken, "line")}");
        while (query.Follow)
        {
            io.Out.Flush();
            Thread.Sleep(Look);
            foreach (var e in reader.Read())
                if (query.Matches(e)) LogText.Write(io.Out, e, query.Format);
        }
        return 0;
    }
}
