using Septim.Hooks.Claude;
using Septim.Hooks.Setup;

namespace Septim.Hooks.Commands;

/// <summary><c>septim install</c>: wires the hooks into a settings file.</summary>
internal static class InstallCommand
{
    internal const string ScopeOptions =
        """
          --scope SCOPE    user (default: all your projects), project (.claude/settings.json, shared), local (this project, you alone),
                           managed (this machine; wants an administrator)
          --project        the same as --scope project
          --directory DIR  the project; default: here
          --dry-run        show the difference, change nothing
        """;

    public static readonly Command Command = new("install",
        $"""
        install [options]

        {ScopeOptions}
          --preset NAME    minimal, recommended (default) or strict; which events, and the ceilings of a first septim.json
          --command PATH   the program to wire; default: this one (scope project: septim, found on each person's PATH)
          --client V       the client's version, when it is not on the PATH: 2.1.330
          --statusline     also show the spend under the prompt, where no other status line is set; the default of scope user, except
                           with the preset minimal
          --no-statusline  do not
          --no-check       do not ask the client's own `claude doctor` afterwards, where it is installed

        Keeps everything that is in the file, backs it up, writes it in one step; a second run changes nothing. Exit 1: it is wired, and
        something keeps it from running.
        """,
        "wires septim into Claude Code's settings", Run);

    private static int Run(ReadOnlySpan<string> args, CommandIo io)
    {
        var options = Options.Parse("install", args, ["project", "dry-run", "no-check", "statusline", "no-statusline"], ["scope", "directory", "preset", "command", "client"]);
        options.ThrowIfRest("install");
        var scope = Scope(options);
        var preset = Preset.Find(options.Choice("preset", "recommended", "minimal", "recommended", "strict"))!;
        var places = Places(options, io);
        var version = Version(options, io);
        var wiring = new Wiring(Program(options, scope, io), Wiring.FormFor(version), preset.Events, ShowsSpend(options, scope, preset));

        var client = places.Client;
        var paths = io.Paths(client);
        var configPath = scope == SettingsScope.Managed ? paths.ManagedFile : paths.UserFile;
        var settings = SettingsChange.ToWire(places.PathOf(scope), wiring);
        var hasConfig = File.Exists(configPath);
        var config = new SettingsChange(configPath, null, hasConfig ? null : System.Text.Encoding.UTF8.GetBytes(preset.Config));

        if (options.Has("dry-run"))
        {
            io.Out.Write(settings.Diff() + config.Diff());
            if (settings.IsNone && config.IsNone) io.Out.WriteLine($"nothing to change: {settings.Path} is wired");
            return 0;
        }
        if (!config.IsNone)
        {
            WriteConfig(config, scope, io);
            io.Out.WriteLine($"wrote {config.Path}: {preset.Summary}");
        }
        if (settings.IsNone)
        {
            io.Out.WriteLine($"nothing to change: {settings.Path} is wired");
        }
        else
        {
            var backup = WriteSettings(settings, wiring, scope, io);
            io.Out.WriteLine($"wired {settings.Path}: {string.Join(", ", preset.Events)}");
            if (backup is not null) io.Out.WriteLine($"what stood there before is in {backup}");
        }
        if (wiring.ShowsSpend && !SettingsEdit.HasOurStatusLine(JsonText.Parse(settings.New!, settings.Path)))
            io.Out.WriteLine("your status line stays; it can call `septim statusline` to show the spend, with the same input");
        if (version is null) io.Out.WriteLine("claude was not found on the PATH, so the hooks are wired in the form that blocks with every client version");
        io.Out.WriteLine("see what is wired and works: septim doctor; take it out again: septim uninstall");
        var findings = Warn(settings, wiring, scope, io);
        return options.Has("no-check") ? findings : Math.Max(findings, ClientCheck.Run(places.ProjectDirectory, settings.Path, version, io));
    }

    private static void WriteConfig(SettingsChange config, SettingsScope scope, CommandIo io)
    {
        try
        {
            SettingsFile.Replace(config.Path, null, config.New!, null, isShared: scope == SettingsScope.Managed);
        }
        catch (HookFault fault) when (IsForAdministrator(fault, scope))
        {
            throw ForAdministrator(fault, "install", io);
        }
        catch (HookFault) when (File.Exists(config.Path))
        {
            // Why: an installation beside this one wrote it; what is there is never overwritten.
        }
    }

    private static string? WriteSettings(SettingsChange settings, Wiring wiring, SettingsScope scope, CommandIo io)
    {
        try
        {
            return SettingsFile.Replace(settings.Path, settings.Old, settings.New!, io.Time.GetUtcNow(), isShared: scope is SettingsScope.Managed or SettingsScope.Project);
        }
        catch (HookFault fault) when (IsForAdministrator(fault, scope))
        {
            throw ForAdministrator(fault, "install", io);
        }
        catch (HookFault) when (SettingsChange.ToWire(settings.Path, wiring).IsNone)
        {
            // Why: an installation beside this one has just written the same.
            return null;
        }
    }

    /// <summary>What stands in the same file and would keep our hooks from running.</summary>
    private static int Warn(SettingsChange settings, Wiring wiring, SettingsScope scope, CommandIo io)
    {
        var text = JsonText.Parse(settings.New!, settings.Path);
        if (scope == SettingsScope.Managed && Hidden(wiring.Command) is { } hidden)
            io.Err.WriteLine($"warning: others cannot enter {hidden}, so for them {wiring.Command} is missing and every call is refused; put septim where all can start it: ./install.sh --prefix /usr/local --scope managed");
        foreach (var trap in SettingsTraps.Find(text)) io.Err.WriteLine($"warning: {settings.Path}: {trap}");
        if (text.Root["disableAllHooks"] is not { Kind: System.Text.Json.JsonValueKind.True } key) return 0;
        io.Err.WriteLine($"warning: {settings.Path}:{text.LineOf(key)}: disableAllHooks is true, so no hook of this file runs; take it out");
        return 1;
    }

    /// <summary>The first folder on the way to a program that only its owner may enter; null when all can start it.</summary>
    private static string? Hidden(string program)
    {
        if (OperatingSystem.IsWindows() || !Path.IsPathRooted(program)) return null;
        string? hidden = null;
        for (var at = Path.GetDirectoryName(program); at is not null; at = Path.GetDirectoryName(at))
            if (Directory.Exists(at) && (File.GetUnixFileMode(at) & UnixFileMode.OtherExecute) == 0) hidden = at;
        return hidden;
    }

    /// <summary>The same fault, with what to do where only an administrator may write.</summary>
    internal static HookFault ForAdministrator(HookFault fault, string verb, CommandIo io) =>
        new($"{fault.Message}; only an administrator may: sudo {io.ProgramPath ?? "septim"} {verb} --scope managed", fault);

    internal static bool IsForAdministrator(HookFault fault, SettingsScope scope) =>
        scope == SettingsScope.Managed && !OperatingSystem.IsWindows() && fault.InnerException is UnauthorizedAccessException;

    internal static SettingsScope Scope(Options options)
    {
        if (options.Has("project") && options.Has("scope")) throw new HookFault("give --project or --scope, not both");
        return (options.Has("project") ? "project" : options.Choice("scope", "user", "user", "project", "local", "managed")) switch
        {
            "user" => SettingsScope.User,
            "project" => SettingsScope.Project,
            "local" => SettingsScope.Local,
            _ => SettingsScope.Managed,
        };
    }

    internal static SettingsPlaces Places(Options options, CommandIo io) => new(ClientEnvironment.Read(io.Variable), options.Folder(io), io.ManagedDirectory);

    /// <summary>What stands under the prompt is a person's own affair, so files that are for others get it on demand only.</summary>
    private static bool ShowsSpend(Options options, SettingsScope scope, Preset preset)
    {
        if (options.Has("statusline") && options.Has("no-statusline")) throw new HookFault("give --statusline or --no-statusline, not both");
        return options.Has("statusline") || (!options.Has("no-statusline") && scope == SettingsScope.User && preset.ShowsSpend);
    }

    private static Version? Version(Options options, CommandIo io)
    {
        if (options["client"] is not { } text) return ClientProgram.InstalledVersion(io.Variable);
        return ClientProgram.ParseVersion(text) ?? throw new HookFault($"--client \"{text}\" is not a version such as 2.1.330");
    }

    private static string Program(Options options, SettingsScope scope, CommandIo io)
    {
        if (options["command"] is { } given)
            return OurHandler.IsSeptim(given) ? given : throw new HookFault($"--command {given}: the program must be named septim, so that it can be found and taken out again");
        // Why: a shared file must not name a path of one person's machine. A missing program blocks, it does not pass.
        if (scope == SettingsScope.Project) return "septim";
        return io.ProgramPath is { } path && OurHandler.IsSeptim(path) ? path : "septim";
    }
}
