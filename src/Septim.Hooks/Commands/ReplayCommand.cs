using Septim.Hooks.Claude;
using Septim.Hooks.Commands.Replay;
using Septim.Hooks.Gates;

namespace Septim.Hooks.Commands;

/// <summary><c>septim replay</c>: what today's gates would have refused of what was really done, and where a ceiling would have ended it.</summary>
internal static class ReplayCommand
{
    public static readonly Command Command = new("replay",
        """
        replay [--gate GATE,…] [--format text|json|csv] [--all] [PATH...]

          PATH        transcripts (their agents come along), or directories of them; default: all of this user
          --gate G    only these: cost-gate, bash-gate, subagent-gate, loop-gate, config-gate
          --format F  text (default), json or csv
          --all       every call and session, not five of each rule

        Brings recorded sessions before today's gates and today's configuration, at the time and with the transcripts of then. Nothing is
        run and nothing of your state is touched. What was really done counts as history, also after a call that would be refused; after
        a stop, that gate says no more about that thread. config-gate holds edits against the files as they are now. Exit 1 says that
        something would have been asked, denied or stopped.
        """,
        "shows what of recorded sessions today's policy would refuse", Run);

    private static int Run(ReadOnlySpan<string> args, CommandIo io)
    {
        var options = Options.Parse("replay", args, ["all"], ["format", "gate"]);
        var format = options.Choice("format", "text", "text", "json", "csv");
        var gates = Gates(options["gate"]);
        var projects = ClientEnvironment.Read(io.Variable).ProjectsDirectory;
        var paths = options.Rest.Count == 0
            ? Directory.Exists(projects) ? [projects] : []
            : options.Rest.Select(path => Path.GetFullPath(path, io.WorkingDirectory));
        var progress = new Progress(io);
        var state = Directory.CreateTempSubdirectory("septim-replay-");
        try
        {
            var run = new ReplayRun(io, gates, state.FullName);
            run.Run(paths, progress);
            progress.Clear();
            if (format == "json") ReplayWriters.Json(run, io.Out);
            else if (format == "csv") ReplayWriters.Csv(run, io.Out);
            else ReplayWriters.Text(run, io.Out, options.Has("all"));
            return run.Findings.Exists(finding => finding.Refuses) ? 1 : 0;
        }
        finally
        {
            progress.Clear();
            state.Delete(recursive: true);
        }
    }

    private static IReadOnlyList<IGate> Gates(string? names)
    {
        if (names is null) return GateList.All;
        var gates = new List<IGate>();
        foreach (var name in names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            gates.Add(GateList.Find(name) ?? GateList.Find(name + "-gate")
                ?? throw new HookFault($"--gate names \"{name}\"; give some of {string.Join(", ", GateList.All.Select(gate => gate.Id))}"));
        return gates;
    }
}
