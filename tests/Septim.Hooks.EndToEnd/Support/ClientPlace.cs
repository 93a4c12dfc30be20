using System.Text.Json.Nodes;

namespace Septim.Hooks.EndToEnd.Support;

/// <summary>
/// A HOME, a project and a bin folder of their own for one or more runs of the real client, erased at the end. Sessions
/// that run in the same place are sessions of the same user in the same project.
/// </summary>
internal sealed class ClientPlace : IDisposable
{
    // Why: short, because the client opens a Unix socket below TMPDIR and such paths end at 108 characters; below /tmp,
    // because every parent folder must be passable for the unprivileged user the client runs as.
    private readonly string _root = Directory.CreateDirectory($"/tmp/s{Guid.NewGuid():N}"[..12]).FullName;

    private int _running;

    private ClientPlace()
    {
        foreach (var folder in new[] { Home, Project, Bin, Temp }) Directory.CreateDirectory(folder);
    }

    public string Home => Path.Combine(_root, "home");

    public string Project => Path.Combine(_root, "project");

    public string Bin => Path.Combine(_root, "bin");

    /// <summary>The septim binary the hooks of this place call.</summary>
    public string Septim => Path.Combine(Bin, "septim");

    private string Temp => Path.Combine(_root, "tmp");

    private string ClientBinary { get; set; } = "";

    public static async Task<ClientPlace> Create()
    {
        var place = new ClientPlace();
        place.ClientBinary = Path.Combine(place.Bin, "claude");
        File.CreateSymbolicLink(place.ClientBinary, await ClientInstall.Binary);
        return place;
    }

    /// <summary>A place whose bin folder holds the binary under test, wired by nothing yet.</summary>
    public static async Task<ClientPlace> WithSeptim()
    {
        var place = await Create();
        await PublishedBinary.CopyTo(place.Septim);
        return place;
    }

    /// <summary>A place where the binary under test guards every session of its user, wired by its own installer.</summary>
    public static async Task<ClientPlace> Guarded()
    {
        var place = await WithSeptim();
        var install = await place.RunSeptim("install");
        Assert.True(install.ExitCode == 0, $"septim install: exit code {install.ExitCode}: {install.All}");
        return place;
    }

    public static void WriteFile(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Writes the project's or the user's <c>.claude/settings.json</c>.</summary>
    public void WriteSettings(JsonObject settings, bool user = false) =>
        WriteFile(Path.Combine(user ? Home : Project, ".claude", "settings.json"), settings.ToJsonString());

    /// <summary>Starts the client once in print mode and waits for its end.</summary>
    public async Task<ClientRun> Run(FakeMessagesApi api, RunOptions? options = null)
    {
        options ??= new RunOptions();
        var before = api.Calls.Count;
        // Why: a client that runs already makes and removes files in here, all of them its user's own.
        if (Interlocked.Increment(ref _running) == 1) Posix.GiveToNobody(_root);
        List<string> command = [.. options.Through, ClientBinary, .. options.Arguments()];
        var process = await ChildProcess.Run(
            command[0],
            command[1..],
            options.Folder ?? Project,
            Environment(api, options),
            asNobody: true,
            timeout: options.Timeout,
            whileRunning: options.WhileRunning);
        Interlocked.Decrement(ref _running);
        return new ClientRun(process, [.. api.Calls.Skip(before)], this);
    }

    /// <summary>One run of a scenario with an API of its own.</summary>
    public async Task<ClientRun> Run(Scenario scenario, RunOptions? options = null)
    {
        await using var api = new FakeMessagesApi(scenario);
        return await Run(api, (options ?? new RunOptions()) with { Model = scenario.Model });
    }

    /// <summary>Runs the binary under test as the user of this place, as a person would type it in the project folder.</summary>
    public Task<ProcessResult> RunSeptim(params string[] arguments) => RunAsUser(Septim, arguments);

    public Task<ProcessResult> RunAsUser(string file, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        Posix.GiveToNobody(_root);
        return ChildProcess.Run(file, arguments, Project, Environment(null, new RunOptions { Environment = environment ?? new Dictionary<string, string>() }), asNobody: true);
    }

    /// <summary>Transcripts of this place, relative to its HOME's projects folder.</summary>
    public IReadOnlyList<string> Transcripts => FilesBelow(Path.Combine(Home, ".claude", "projects"), "*.jsonl");

    /// <summary>What the run left in the project, without its settings.</summary>
    public IReadOnlyList<string> ProjectFiles =>
        [.. FilesBelow(Project, "*").Where(file => !file.StartsWith(".claude", StringComparison.Ordinal))];

    public string TranscriptPath(string relative) => Path.Combine(Home, ".claude", "projects", relative);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private Dictionary<string, string> Environment(FakeMessagesApi? api, RunOptions options)
    {
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = $"{Bin}:/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = Home,
            ["TMPDIR"] = Temp,
            ["CLAUDE_CODE_TMPDIR"] = Temp,
            ["LANG"] = "C.UTF-8",
            ["NO_PROXY"] = "127.0.0.1",
            ["ANTHROPIC_API_KEY"] = "dummy-test-key",
            ["DISABLE_TELEMETRY"] = "1",
            ["DISABLE_ERROR_REPORTING"] = "1",
            ["DISABLE_AUTOUPDATER"] = "1",
            ["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1",
            // Why: a detached shipper outlives the run and would write into a place that is being erased.
            ["SEPTIM_LOG_SHIP"] = "manual",
        };
        if (api is not null) environment["ANTHROPIC_BASE_URL"] = api.Url;
        foreach (var (name, value) in options.Environment) environment[name] = value;
        return environment;
    }

    private static IReadOnlyList<string> FilesBelow(string folder, string pattern) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, pattern, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];
}
