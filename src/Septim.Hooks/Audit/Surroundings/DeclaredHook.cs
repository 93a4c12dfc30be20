using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>One hook as it stands in a settings or plugin file.</summary>
internal sealed record DeclaredHook
{
    public required string Event { get; init; }

    /// <summary>Empty means all.</summary>
    public string Matcher { get; init; } = "";
    public required string Type { get; init; }
    public string Command { get; init; } = "";

    /// <summary>Null in shell form.</summary>
    public IReadOnlyList<string>? Args { get; init; }
    public string Url { get; init; } = "";

    /// <summary>Seconds; null when it is not given.</summary>
    public double? Timeout { get; init; }
    public string? OnFailure { get; init; }
    public bool Async { get; init; }
    public string? If { get; init; }

    /// <summary>managed, local, project, user, plugin, or agent (the head of an agent, skill or command).</summary>
    public required string Source { get; init; }
    public required Place Place { get; init; }
    public required Node Node { get; init; }

    /// <summary>Its settings entry is in force: neither dropped nor switched off.</summary>
    public bool IsEffective { get; init; } = true;

    /// <summary>In force only while its agent or skill is active, so it guards nothing else.</summary>
    public bool IsScoped => Source == "agent";

    /// <summary>It runs on every call that its matcher names, and the client waits for its answer.</summary>
    public bool IsAlwaysHeard => If is null && !Async;

    /// <summary>What the command starts.</summary>
    public HookTarget Target { get; init; } = HookTarget.None;

    public bool IsOurs => Target.IsOurs;
    public string CommandLine => Args is null ? Command : string.Join(' ', Args.Prepend(Command));

    /// <summary>The command line; of a hook that starts none, its kind and address.</summary>
    public string Said => CommandLine.Length > 0 ? CommandLine : $"{Type} {Url}".TrimEnd();
    public bool IsInProject => Source is "project" or "local";

    /// <summary>What the report calls it: event, matcher and where it stands.</summary>
    public string Name => $"{Event}[{(Matcher.Length == 0 ? "*" : Matcher)}]";
}
