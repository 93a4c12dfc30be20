using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Delivery;
using Septim.Hooks.Gates;
using Septim.Hooks.Spend;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Commands;

/// <summary><c>septim config</c>: what holds, where it came from, and whether a file is valid.</summary>
internal static class ConfigCommand
{
    public static readonly Command Command = new("config",
        """
        config [--format text|json] [--directory DIR]
               septim config validate [FILE] [--directory DIR]

          --format F       text (default) or json
          --directory DIR  the project whose file counts; default: here

        Shows every setting with its value and where it came from. validate reads one septim.json, or all that count here; exit 1 says
        that something is wrong, with file, line and key.
        """,
        "shows the effective settings and where each came from; validates", Run);

    private static int Run(ReadOnlySpan<string> args, CommandIo io)
    {
        var options = Options.Parse("config", args, [], ["format", "directory"]);
        if (options.Rest.Count > 0 && options.Rest[0] == "validate") return Validate(options, io);
        options.ThrowIfRest("config");
        _ = options.Folder(io);
        var config = Load(options["directory"], io);
        if (options.Choice("format", "text", "text", "json") == "json") WriteJson(config, io.Out);
        else
        {
            WriteText(config, io.Out);
            WritePlaces(options["directory"], io);
        }
        return 0;
    }

    /// <summary>The configuration as a hook in that directory would see it.</summary>
    internal static SeptimConfig Load(string? directory, CommandIo io)
    {
        var client = ClientEnvironment.Read(io.Variable);
        return ConfigLoader.Load(SeptimPaths.Read(client, io.Variable), client, Project(directory, client, io), io.Variable, io.Time);
    }

    private static string Project(string? directory, ClientEnvironment client, CommandIo io) =>
        directory is null ? client.ProjectDirectory ?? io.WorkingDirectory : Path.GetFullPath(directory, io.WorkingDirectory);

    /// <summary>Which files were looked for: who set something that does not hold wants to know where it should have stood.</summary>
    private static void WritePlaces(string? directory, CommandIo io)
    {
        var client = ClientEnvironment.Read(io.Variable);
        var paths = SeptimPaths.Read(client, io.Variable);
        var project = Project(directory, client, io);
        io.Out.WriteLine();
        foreach (var (layer, file) in (ReadOnlySpan<(string, string)>)[("user", paths.UserFile), ("project", SeptimPaths.ProjectFile(project)), ("raises", paths.RaisesFile), ("managed", paths.ManagedFile)])
            io.Out.WriteLine($"{layer,-8} {file}{(File.Exists(file) ? "" : " (not there)")}");
        foreach (var stray in SeptimPaths.Unread(client, project)) io.Out.WriteLine($"unread   {stray}: nobody looks there");
    }

    private static int Validate(Options options, CommandIo io)
    {
        if (options.Rest.Count > 2) throw new HookFault("give one file to validate, or none");
        _ = options.Folder(io);
        try
        {
            if (options.Rest.Count == 1)
            {
                Understand(Load(options["directory"], io), io);
                io.Out.WriteLine("valid: every file and variable that counts here");
                return 0;
            }
            var path = Path.GetFullPath(options.Rest[1], io.WorkingDirectory);
            if (!File.Exists(path)) throw new HookFault($"{path} does not exist");
            var isProject = Path.GetFileName(Path.GetDirectoryName(path)) == ".septim";
            var config = new SeptimConfig();
            foreach (var value in ConfigFile.Read(path, isProject ? ConfigLayer.Project : ConfigLayer.User)) config.Apply(value);
            Understand(config, io);
            io.Out.WriteLine($"valid: {path}");
            return 0;
        }
        catch (HookFault fault)
        {
            io.Out.WriteLine(fault.Message);
            return 1;
        }
    }

    /// <summary>What stands in lists and files of its own is read by who uses it; here all of it is, so that nobody learns of a mistake at night.</summary>
    private static void Understand(SeptimConfig config, CommandIo io)
    {
        _ = BashGate.PolicyOf(config);
        _ = PriceTable.Load(FileSystem.Real, config.Prices);
        _ = new Shipper(config, SeptimPaths.Read(ClientEnvironment.Read(io.Variable), io.Variable), FileSystem.Real, io.Variable, io.Time);
    }

    private static void WriteText(SeptimConfig config, TextWriter output)
    {
        foreach (var key in ConfigKeys.All)
        {
            var value = config[key];
            var text = value?.Text ?? "(none)";
            if (text.Length > 40) text = text[..39] + "…";
            output.WriteLine($"{key.Path,-28} {text,-12} {value?.Origin ?? "not set"}");
        }
        output.WriteLine("\nWhat each does, its variable and its default: septim config --format json");
    }

    private static void WriteJson(SeptimConfig config, TextWriter output) => output.WriteLine(Json.Write(json =>
    {
        foreach (var key in ConfigKeys.All)
        {
            json.WriteStartObject(key.Path);
            json.WriteString("value", config[key]?.Text);
            json.WriteString("layer", config[key]?.Layer.ToString().ToLowerInvariant());
            json.WriteString("origin", config[key]?.Origin);
            json.WriteString("variable", key.Variable);
            json.WriteString("default", key.Default);
            json.WriteString("help", key.Help);
            json.WriteEndObject();
        }
    }));
}
