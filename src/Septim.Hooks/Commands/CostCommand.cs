using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Spend;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Commands;

/// <summary><c>septim cost</c>: reads transcripts from byte 0, never state, and says what they cost at least.</summary>
internal static class CostCommand
{
    public static Command Command { get; } = new("cost", Usage, "shows what a session, day, project or run cost at least", Run);

    private const string Usage = """
        cost [--session ID | --transcript PATH | --day [DATE] | --project [DIR] | --run ID] [--by model|agent|day] [--format text|json|csv]

          (nothing)           the session of CLAUDE_CODE_SESSION_ID, else the newest one of this folder
          --session ID        that session (the start of the id is enough), with its agents and the clients it started
          --transcript PATH   a transcript with its agents; of a folder, every transcript below it, each response once
          --day [DATE]        all projects on one day of this machine's time zone, today, yesterday or like 2026-11-22
          --project [DIR]     every session of this folder, or of DIR
          --run ID            all sessions of that run
          --by …              one row per model, agent or day
          --format …          JSON has total_picousd (integer) and total_usd (decimal text)
        """;

    public static int Run(ReadOnlySpan<string> args, CommandIo io)
    {
        var options = CostOptions.Parse(args);
        var client = ClientEnvironment.Read(io.Variable);
        var paths = SeptimPaths.Read(client, io.Variable);
        var config = ConfigLoader.Load(paths, client, client.ProjectDirectory, io.Variable, io.Time);
        var files = FileSystem.Real;
        var scope = CostScope.Find(options, io, client, paths.StateDirectory, files);
        var meter = new SpendMeter(files, paths.StateDirectory, PriceTable.Load(files, config.Prices), io.Time, Deadline.None);
        var progress = new Progress(io);
        var report = CostReport.Make(scope, meter, options.By, io.Time.LocalTimeZone, progress.Report);
        progress.Clear();
        switch (options.Format)
        {
            case "json": CostWriters.Json(report, io.Out); break;
            case "csv": CostWriters.Csv(report, io.Out); break;
            default: CostWriters.Text(report, io, scope.Scope.Kind == SpendScopeKind.Session ? config.SessionUsd : null); break;
        }
        return 0;
    }
}
