using System.Text;
using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Audit.Secrets;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Where servers live, and only there (checklist, section 5). No server is started or asked.</summary>
internal sealed class McpInventory
{
    private readonly AuditOptions _options;
    private readonly SecretScanner _scanner;

    public McpInventory(
        AuditOptions options, InputReader inputs, EffectiveSettings settings, ProjectTree tree, Input clientState, Node? client,
        IReadOnlyList<(Input Input, Node? Root, string Folder)> plugins, ClaudeRuns runs, SecretScanner scanner)
    {
        (_options, _scanner) = (options, scanner);
        if (options.UseHome)
        {
            Add(client?["mcpServers"], "user", clientState, null, here: true);
            foreach (var project in client?["projects"]?.Members ?? [])
                Add(project.Value["mcpServers"], "local", clientState, project.Key, here: Roots.IsSame(project.Key, options.Project));
        }
        AddFile(Path.Combine(options.Project, ".mcp.json"), "project", inputs);
        AddFile(Path.Combine(options.ManagedDirectory, "managed-mcp.json"), "managed", inputs);
        foreach (var (input, root, _) in plugins) Add(root?["mcpServers"] ?? (input.Path.Ends(".mcp.json") ? root : null), "plugin", input, null, here: true);
        foreach (var path in tree.Below(".claude/agents", ".md").Select(file => file.Path).Concat(options.UseHome ? inputs.ListBelow(Path.Combine(options.ConfigDirectory, "agents"), path => path.Ends(".md"), 8, []) : []).Concat(PluginFiles.Agents(options, inputs, settings)))
            if (inputs.Read(path) is { HasText: true } agent) AddOfAgent(Frontmatter.Read(agent.Text, out _)?["mcpServers"], agent);
        foreach (var run in runs.All) AddConfigFile(run, inputs);
        foreach (var path in Dead(options)) AddDead(path, inputs.Read(path));
        foreach (var source in settings.Sources)
            foreach (var member in source.Parsed?["mcpServers"]?.Members ?? []) DeadPlaces.Add((member.Key, new Place(source.Path, member.Line)));
        Servers.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name) is var order and not 0 ? order : string.CompareOrdinal(a.Place.Path, b.Place.Path) is var path and not 0 ? path : a.Place.Line.CompareTo(b.Place.Line));
    }

    public List<McpServer> Servers { get; } = [];

    /// <summary>Servers of the audited project; those of other projects count in 30 only.</summary>
    public IEnumerable<McpServer> Here => Servers.Where(server => server.LoadsHere);

    /// <summary>Servers defined where the client does not look.</summary>
    public List<(string Name, Place Place)> DeadPlaces { get; } = [];

    /// <summary>Files with servers that could not be parsed.</summary>
    public List<Input> Files { get; } = [];

    /// <summary>What an attestation of the whole list is bound to.</summary>
    public string Hash => SecretHit.HashOf(string.Join('\n', Servers.Select(server => $"{server.Scope} {server.Name} {server.Hash}").Order(StringComparer.Ordinal)))[..16];

    private static IEnumerable<string> Dead(AuditOptions options)
    {
        yield return Path.Combine(options.Project, ".claude", ".mcp.json");
        yield return Path.Combine(options.Project, ".claude", "mcp.json");
        if (!options.UseHome) yield break;
        yield return Path.Combine(options.ConfigDirectory, ".mcp.json");
        yield return Path.Combine(options.ConfigDirectory, "mcp.json");
    }

    private void AddFile(string path, string scope, InputReader inputs)
    {
        var input = inputs.Read(path);
        if (!input.IsThere) return;
        Files.Add(input);
        if (Parse(input) is { } root) Add(root["mcpServers"], scope, input, null, here: true);
    }

    private void AddConfigFile(ClaudeRun run, InputReader inputs)
    {
        var words = run.Command.Split([' ', '=', '\n', '"', '\''], StringSplitOptions.RemoveEmptyEntries);
        var at = Array.IndexOf(words, "--mcp-config");
        if (at < 0 || at + 1 >= words.Length || !words[at + 1].Ends(".json")) return;
        var path = Path.GetFullPath(Path.Combine(_options.Project, words[at + 1]));
        if (Roots.IsBelow(path, _options.Project) && path != Path.Combine(_options.Project, ".mcp.json")) AddFile(path, "config", inputs);
    }

    private void AddDead(string path, Input input)
    {
        if (!input.HasText || Parse(input) is not { } root) return;
        foreach (var member in (root["mcpServers"] ?? root).Members) DeadPlaces.Add((member.Key, new Place(path, member.Line)));
    }

    /// <summary>In an agent's head the servers stand as a map, or as a list of maps and of names of servers defined elsewhere.</summary>
    private void AddOfAgent(Node? servers, Input agent)
    {
        Add(servers, "agent", agent, null, here: true);
        foreach (var entry in servers?.Items ?? []) Add(entry, "agent", agent, null, here: true);
    }

    private static Node? Parse(Input input)
    {
        if (!input.HasText) return null;
        var root = JsonTree.Parse(input.Text, out var error, out _);
        if (root is null) input.Drop(error!, broken: true);
        return root;
    }

    private void Add(Node? servers, string scope, Input input, string? project, bool here)
    {
        foreach (var member in servers?.Members ?? [])
        {
            if (member.Value.Kind != NodeKind.Map) continue;
            Servers.Add(new McpServer(member.Key, scope, member.Value, new Place(input.Path, member.Line), project) { LoadsHere = here, Hash = HashOf(member.Value) });
        }
    }

    private string HashOf(Node server)
    {
        var text = new StringBuilder();
        foreach (var key in (string[])["type", "command", "url"]) text.Append(key).Append('=').Append(Classes(server[key]?.Text ?? "")).Append('\n');
        foreach (var arg in server["args"]?.Items ?? []) text.Append("arg=").Append(Classes(arg.Text)).Append('\n');
        foreach (var key in (string[])["env", "headers"])
            foreach (var name in (server[key]?.Members ?? []).Select(member => member.Key).Order(StringComparer.Ordinal)) text.Append(key).Append('=').Append(name).Append('\n');
        return SecretHit.HashOf(text.ToString())[..16];
    }

    private string Classes(string text)
    {
        var hits = _scanner.Scan(text);
        for (var i = hits.Count - 1; i >= 0; i--) text = text.Remove(hits[i].Offset, hits[i].Value.Length).Insert(hits[i].Offset, hits[i].Class);
        return text;
    }
}
