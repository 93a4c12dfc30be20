using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>One MCP server that the client would load.</summary>
/// <param name="Name">As defined.</param>
/// <param name="Scope">user, local, project, managed, plugin, agent or config (a --mcp-config file).</param>
/// <param name="Node">Its definition.</param>
/// <param name="Place">Where it is defined.</param>
/// <param name="ProjectPath">The project it belongs to (local scope); else null.</param>
internal sealed record McpServer(string Name, string Scope, Node Node, Place Place, string? ProjectPath = null)
{
    public string Command => Node["command"]?.Text ?? "";
    public IReadOnlyList<Node> Args => Node["args"]?.Items ?? [];
    public string Url => Node["url"]?.Text ?? "";
    public bool IsRemote => Url.Length > 0;
    public string Transport => Node["type"]?.Text is { Length: > 0 } type ? type : IsRemote ? "http" : "stdio";
    public IEnumerable<NodeMember> Env => Node["env"]?.Members ?? [];
    public IEnumerable<NodeMember> Headers => Node["headers"]?.Members ?? [];

    /// <summary>Loaded in the audited project.</summary>
    public required bool LoadsHere { get; init; }

    /// <summary>sha256[:16] over its definition, names instead of values where a secret may stand.</summary>
    public required string Hash { get; init; }

    /// <summary>Command, arguments and URL in one line; not yet redacted.</summary>
    public string Line => IsRemote ? Url : string.Join(' ', Args.Select(arg => arg.Text).Prepend(Command));

    /// <summary>What it really starts, wrappers taken off; none for a remote server.</summary>
    public IReadOnlyList<LaunchedCommand> Launches
    {
        get
        {
            if (IsRemote || Command.Length == 0) return [];
            var args = Args.Select(arg => arg.Text).ToList();
            // Why: a whole line in "command" is split by the client's shell on some platforms; people write it.
            if (args.Count == 0 && Command.Has(" ")) return [.. new LaunchedCommand("sh", ["-c", Command]).Innermost()];
            return [.. new LaunchedCommand(Command, args).Innermost()];
        }
    }

    public Place At(Node node) => Place with { Line = node.Line, Column = node.Column };
}
