using Septim.Hooks.Commands;

namespace Septim.Hooks.Tests.Support;

/// <summary>Runs people's verbs in a home, a project and an environment of their own.</summary>
internal sealed class CommandRun : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public CommandRun()
    {
        Directory.CreateDirectory(Home);
        Directory.CreateDirectory(Project);
        Variables = new() { ["HOME"] = Home, ["PATH"] = "" };
    }

    public string Root => _directory.Path;
    public string Home => Path.Combine(Root, "home");
    public string Project => Path.Combine(Root, "project");
    public string Managed => Path.Combine(Root, "managed");
    public string Settings => Path.Combine(Home, ".claude", "settings.json");
    public string Config => Path.Combine(Home, ".claude", "septim", "septim.json");
    public Dictionary<string, string> Variables { get; }
    public FixedTime Time { get; } = new(new DateTimeOffset(2026, 11, 22, 20, 15, 0, TimeSpan.Zero));

    public string Write(string relativePath, string content) => _directory.Write(relativePath, content);

    /// <summary>A plugin as the client 2.1.330 installs it, whether it is switched on or not.</summary>
    public string Plugin(string name, string hooks)
    {
        var relative = $"home/.claude/plugins/cache/{name.Replace('@', '-')}/0.1.0";
        var root = Path.Combine(Root, relative);
        var installed = new System.Text.Json.Nodes.JsonObject
        {
            ["version"] = 2,
            ["plugins"] = new System.Text.Json.Nodes.JsonObject { [name] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["scope"] = "user", ["installPath"] = root }) },
        };
        Write("home/.claude/plugins/installed_plugins.json", installed.ToJsonString());
        Write(relative + "/hooks/hooks.json", hooks);
        return root;
    }

    /// <summary>What <c>hooks/hooks.json</c> of this repository says.</summary>
    public static string PluginHooks() => File.ReadAllText(Path.Combine(Repository.Root, "hooks", "hooks.json"));

    public CommandOutcome Run(string verb, params string[] args)
    {
        var io = new CommandIo
        {
            Out = new StringWriter { NewLine = "\n" },
            Err = new StringWriter { NewLine = "\n" },
            Variable = name => Variables.GetValueOrDefault(name),
            WorkingDirectory = Project,
            ProgramPath = "/opt/bin/septim",
            ManagedDirectory = Managed,
            ManagedFile = Path.Combine(Root, "etc", "septim.json"),
            Time = Time,
        };
        var code = CommandList.Run(verb, args, io);
        return new CommandOutcome(code, io.Out.ToString()!, io.Err.ToString()!);
    }

    public void Dispose() => _directory.Dispose();
}
