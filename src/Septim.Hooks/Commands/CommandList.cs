namespace Septim.Hooks.Commands;

/// <summary>All verbs for people. Exit codes: 0 fine, 1 findings, 2 usage or fault.</summary>
internal static class CommandList
{
    public static readonly Command[] All =
    [
        AuditCommand.Command,
        BudgetCommand.Command,
        CompletionsCommand.Command,
        ConfigCommand.Command,
        CostCommand.Command,
        DoctorCommand.Command,
        ExplainCommand.Command,
        InstallCommand.Command,
        LogCommand.Command,
        ManCommand.Command,
        NotifyCommand.Command,
        ReplayCommand.Command,
        RunCommand.Command,
        SelfTestCommand.Command,
        ShipCommand.Command,
        StatusLineCommand.Command,
        UninstallCommand.Command,
    ];

    /// <summary>Runs one verb on the real streams; whatever goes wrong becomes one line on stderr and exit 2.</summary>
    public static int Run(string verb, ReadOnlySpan<string> args)
    {
        CommandIo io;
        try
        {
            io = new CommandIo
            {
                Out = Console.Out,
                Err = Console.Error,
                In = Console.In,
                OutIsTerminal = !Console.IsOutputRedirected,
                ErrIsTerminal = !Console.IsErrorRedirected,
                Variable = Environment.GetEnvironmentVariable,
                WorkingDirectory = CurrentDirectory(),
                ProgramPath = Environment.ProcessPath,
            };
        }
        // Why here too: a closed output cannot be opened.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Tell(Console.Error, verb, e);
            return 2;
        }
        return Run(verb, args, io);
    }

    /// <summary>Of a folder that was deleted while somebody stands in it the shell still knows the name.</summary>
    private static string CurrentDirectory()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (FileNotFoundException) when (Environment.GetEnvironmentVariable("PWD") is { } known && Path.IsPathRooted(known))
        {
            return known;
        }
    }

    /// <summary>Why no place: what names none is most often the output, a full disk or a closed one.</summary>
    private static void Tell(TextWriter errors, string verb, Exception e) =>
        errors.WriteLine($"septim {verb}: cannot go on: {(e is FileNotFoundException or DirectoryNotFoundException ? "a file or the current directory is not there" : Cause.Of(e.InnerException as IOException ?? e))}");

    public static int Run(string verb, ReadOnlySpan<string> args, CommandIo io)
    {
        try
        {
            return Find(verb, args, io);
        }
        catch (HookFault fault)
        {
            io.Err.WriteLine($"septim {verb}: {fault.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Tell(io.Err, verb, e);
        }
        catch (Exception e)
        {
            io.Err.WriteLine($"septim {verb}: a fault of septim's own ({e.GetType().Name}: {Cause.Of(e)}); please report it with what you typed");
        }
        return 2;
    }

    private static int Find(string verb, ReadOnlySpan<string> args, CommandIo io)
    {
        if (verb is "help" or "--help" or "-h") return args.Length == 1 ? Find(args[0], ["--help"], io) : Help(io.Out);
        if (verb is "version" or "--version" or "-v")
        {
            io.Out.WriteLine($"septim {Version}");
            return 0;
        }
        foreach (var command in All)
        {
            if (command.Verb != verb) continue;
            // Why only before "--": what follows it belongs to another program.
            var own = args.IndexOf("--") is >= 0 and var end ? args[..end] : args;
            if (own.Contains("--help") || own.Contains("-h"))
            {
                io.Out.WriteLine($"septim {verb}: {command.Summary}\n\nusage: septim {command.Usage}");
                return 0;
            }
            return command.Run(args, io);
        }
        if ((args.Contains("--help") || args.Contains("-h")) && (verb == "hook" || Gates.GateList.Find(verb) is not null || Recording.Recorders.Find(verb) is not null))
        {
            io.Out.WriteLine($"septim {verb}: called by Claude Code, which writes one JSON object to stdin; the answer is exit code 0 or 2\n\n`septim install` wires it, `septim selftest` tries it, `septim explain` shows what bash-gate thinks of a command.");
            return 0;
        }
        // Why exit 2: whoever wires a verb that does not exist must be refused, not let through.
        io.Err.WriteLine($"septim: unknown verb \"{verb}\"; `septim help` lists them");
        return 2;
    }

    public const string Version = Product.Version;

    private static int Help(TextWriter output)
    {
        output.WriteLine("septim: spend ceilings and guards for Claude Code\n\nusage: septim <verb> [options]\n\nfor the client (hooks):");
        output.WriteLine("  hook             every gate that is switched on, for any event (recommended wiring)");
        foreach (var gate in Gates.GateList.All) output.WriteLine($"  {gate.Id,-16} this gate alone");
        foreach (var recorder in Recording.Recorders.All) output.WriteLine($"  {recorder.Id,-16} this recorder alone");
        output.WriteLine("\nfor people:");
        foreach (var command in All) output.WriteLine($"  {command.Verb,-16} {command.Summary}");
        output.WriteLine("  help, version    this text; the version\n\n`septim <verb> --help` explains one. Exit codes: 0 fine, 1 findings, 2 usage or fault.");
        return 0;
    }
}
