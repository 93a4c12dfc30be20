using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Setup;

namespace Septim.Hooks.Commands;

/// <summary><c>septim run</c>: starts the client with hooks that project files cannot switch off, and says by its exit code when a gate ended it.</summary>
internal static partial class RunCommand
{
    private static readonly (string Name, ConfigKey Key)[] Ceilings =
    [
        ("session", ConfigKeys.SessionUsd), ("subagent", ConfigKeys.SubagentUsd), ("run", ConfigKeys.RunUsd), ("day", ConfigKeys.DayUsd),
        ("minutes", ConfigKeys.SessionMinutes), ("tool-calls", ConfigKeys.SessionToolCalls),
    ];

    /// <summary>Above what clients and shells use. The client itself ends with 0 when a hook ended the session.</summary>
    private static readonly (string Id, int Code)[] Endings = [("cost-gate", 90), ("loop-gate", 91), ("subagent-gate", 92)];
    private const int OtherGate = 93;
    private const int CouldNotJudge = 94;
    private const int NotFound = 127;

    public static readonly Command Command = new("run",
        """
        run [options] -- claude -p "…" [arguments of the client]

          --session USD    --subagent USD    --run USD    --day USD    --minutes N    --tool-calls N    ceilings for this run
          --run-id ID      share one run between several; default: $SEPTIM_RUN_ID, else a fresh one
          --summary FILE   append the result as Markdown: "$GITHUB_STEP_SUMMARY"
          --drain TIME     how long delivering the log may take at the end: 500ms, 10s (default), 2m; 0 leaves it for later

        Passes our hooks by --settings with disableAllHooks: false, so that no file in the project can switch them off; streams and
        signals go through untouched; the spend is told on stderr at the end. Exit code: the client's own, or, when a gate ended the
        session, 90 ceiling, 91 loop, 92 agents, 93 another gate, 94 could not judge; 127 when the client is not there.
        """,
        "starts the client under ceilings that project files cannot switch off", Run);

    private static int Run(ReadOnlySpan<string> args, CommandIo io)
    {
        var options = Options.Parse("run", args, [], [.. Ceilings.Select(ceiling => ceiling.Name), "run-id", "summary", "drain"]);
        if (options.Rest.Count == 0) throw new HookFault("say what to run: septim run --session 5 -- claude -p \"…\"");
        if (!ShipCommand.TryTime(options["drain"] ?? "10s", out var drain)) throw new HookFault($"--drain \"{options["drain"]}\" is not a time such as 10s");
        if (!string.IsNullOrEmpty(io.Variable("CLAUDECODE")))
            throw new HookFault("this runs inside Claude Code (CLAUDECODE is set), where a run of its own would leave the ceilings of the session; start claude directly, it counts in the session");
        var notes = Directory.CreateTempSubdirectory("septim-run-");
        try
        {
            var environment = Environment(options, notes.FullName, io);
            var places = new SettingsPlaces(ClientEnvironment.Read(io.Variable), io.WorkingDirectory, io.ManagedDirectory);
            var arguments = RunSettings.Apply(options.Rest.GetRange(1, options.Rest.Count - 1), RunSettings.WiringLike(places, io.ProgramPath), environment, io.WorkingDirectory);
            var clientCode = Start(options.Rest[0], arguments, environment, io);
            var code = Tell(clientCode, environment, notes.FullName, options["summary"], io);
            LogDrain.Run(drain, io);
            return code;
        }
        finally
        {
            notes.Delete(recursive: true);
        }
    }

    private static Dictionary<string, string> Environment(Options options, string notes, CommandIo io)
    {
        var environment = new Dictionary<string, string>
        {
            [SessionTree.RunVariable] = options["run-id"] ?? (io.Variable(SessionTree.RunVariable) is { Length: > 0 } given ? given : $"run-{Guid.CreateVersion7():N}"),
            [RunNotes.Variable] = notes,
        };
        foreach (var (name, key) in Ceilings)
        {
            if (options[name] is not { } text) continue;
            ConfigText.Validate(key, text, "--" + name);
            environment[key.Variable!] = text;
        }
        return environment;
    }

    private static int Start(string program, List<string> arguments, Dictionary<string, string> environment, CommandIo io)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, WorkingDirectory = io.WorkingDirectory };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            var id = process.Id;
            using var interrupt = Forward(PosixSignal.SIGINT, id, 2);
            using var quit = Forward(PosixSignal.SIGQUIT, id, 3);
            using var terminate = Forward(PosixSignal.SIGTERM, id, 15);
            using var hangUp = Forward(PosixSignal.SIGHUP, id, 1);
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception e)
        {
            io.Err.WriteLine($"septim run: {program} cannot be started ({Cause.Of(e)})");
            return NotFound;
        }
    }

    /// <summary>Hands a signal on and lets the client decide. What a terminal sends reaches the client by itself.</summary>
    private static PosixSignalRegistration Forward(PosixSignal signal, int processId, int number) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            var fromTerminal = signal is PosixSignal.SIGINT or PosixSignal.SIGQUIT && !Console.IsInputRedirected;
            if (!OperatingSystem.IsWindows() && !fromTerminal) _ = Kill(processId, number);
        });

    private static int Tell(int clientCode, Dictionary<string, string> environment, string notes, string? summary, CommandIo io)
    {
        var (code, ending) = Ending(clientCode, notes);
        var spend = RunSpend.Read(environment[SessionTree.RunVariable], RunNotes.Read(notes, RunNotes.Session), io);
        io.Err.WriteLine($"septim run: {spend} ({environment[SessionTree.RunVariable]})");
        if (ending is not null) io.Err.WriteLine($"septim run: {ending}");
        if (summary is not null) Summarize(Path.GetFullPath(summary, io.WorkingDirectory), $"### Claude Code\n\n- {spend}\n- {ending ?? $"the client ended with {clientCode}"}\n", io);
        return code;
    }

    /// <summary>Why a failure is told alone: what the run came to is in the exit code, and that is what a job reads.</summary>
    private static void Summarize(string file, string text, CommandIo io)
    {
        try
        {
            File.AppendAllText(file, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            io.Err.WriteLine($"septim run: the summary {file} cannot be written ({Cause.Of(e)})");
        }
    }

    private static (int Code, string? Text) Ending(int clientCode, string notes)
    {
        if (RunNotes.Read(notes, RunNotes.Stop) is [var (gate, reason), ..])
        {
            var found = Array.Find(Endings, ending => ending.Id == gate);
            return (found.Id is null ? OtherGate : found.Code, $"ended by {gate}: {reason}");
        }
        // Why only at 0: a client that failed by itself says more with its own code.
        return clientCode == 0 && RunNotes.Read(notes, RunNotes.Fault) is [var (verb, fault), ..]
            ? (CouldNotJudge, $"{verb} could not judge: {fault}")
            : (clientCode, null);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
