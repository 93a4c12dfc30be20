namespace Septim.Hooks.EndToEnd.Support;

/// <summary>How one run of the client is started.</summary>
internal sealed record RunOptions
{
    public string Prompt { get; init; } = $"Start. {Scenario.Marker("main")}";

    public string Model { get; init; } = "claude-sonnet-5-5";

    /// <summary><c>bypassPermissions</c>, <c>default</c>, <c>acceptEdits</c>, <c>plan</c> or <c>dontAsk</c>.</summary>
    public string Mode { get; init; } = "bypassPermissions";

    /// <summary>Added to the clean environment of the client.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Further arguments of the client.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    /// <summary>A program and its first arguments that start the client: <c>septim run --</c>. Empty starts it directly.</summary>
    public IReadOnlyList<string> Through { get; init; } = [];

    /// <summary>Working folder; null is the project.</summary>
    public string? Folder { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(90);

    public Action<int>? WhileRunning { get; init; }

    /// <summary>Goes on with an earlier session.</summary>
    public RunOptions Resume(string sessionId, bool fork = false) =>
        this with { More = [.. More, "--resume", sessionId, .. fork ? ["--fork-session"] : Array.Empty<string>()] };

    public RunOptions Env(string name, string value) =>
        this with { Environment = new Dictionary<string, string>(Environment) { [name] = value } };

    public IReadOnlyList<string> Arguments() =>
    [
        "-p", Prompt, "--output-format", "stream-json", "--verbose", "--model", Model,
        .. Mode switch
        {
            "bypassPermissions" => ["--dangerously-skip-permissions"],
            "default" => Array.Empty<string>(),
            _ => ["--permission-mode", Mode],
        },
        .. More,
    ];
}
