using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>All hooks of all sources, which of them are in force, and what each one starts.</summary>
internal sealed class HookWiring
{
    private readonly HookTargets _targets;

    public HookWiring(AuditOptions options, EffectiveSettings settings, InputReader inputs, IReadOnlyList<(Input Input, Node? Root, string Folder)> plugins, HookTargets targets, IEnumerable<Input> heads)
    {
        _targets = targets;
        var managedOff = settings.Sources.Any(source => source.IsManaged && source.Root?["disableAllHooks"] is { IsTrue: true });
        var top = settings.Sources.FirstOrDefault(source => !source.IsManaged && source.Root?["disableAllHooks"] is not null);
        OthersOff = managedOff || top?.Root!["disableAllHooks"]!.IsTrue == true;
        ManagedOff = managedOff;
        OffPlace = managedOff || OthersOff
            ? settings.Sources.Where(source => source.Root?["disableAllHooks"] is { IsTrue: true }).Select(source => new Place(source.Path, source.Root!["disableAllHooks"]!.Line)).First() : Place.None;
        ManagedOnly = settings.Find("allowManagedHooksOnly") is { Value.IsTrue: true, Source.IsManaged: true };
        foreach (var source in settings.Sources)
        {
            var dropped = source.Drops.Where(drop => !drop.WholeFile && drop.Key.Starts("hooks.")).Select(drop => drop.Line).ToHashSet();
            var off = source.Root is null || (source.IsManaged ? managedOff : OthersOff || ManagedOnly);
            Add((source.Root ?? source.Parsed)?["hooks"], source.Name, source.Path, options.Project, off, dropped);
        }
        foreach (var (input, root, folder) in plugins) Add(root?["hooks"], "plugin", input.Path, folder, OthersOff || ManagedOnly, []);
        foreach (var head in heads)
            if (head.HasText && head.Text.Has("hooks") && Frontmatter.Read(head.Text, out _)?["hooks"] is { Kind: NodeKind.Map } scoped) Add(scoped, "agent", head.Path, options.Project, OthersOff || ManagedOnly, []);
    }

    public List<DeclaredHook> All { get; } = [];
    public bool OthersOff { get; }
    public bool ManagedOff { get; }
    public bool ManagedOnly { get; }
    public Place OffPlace { get; }

    public IEnumerable<DeclaredHook> Effective => All.Where(hook => hook.IsEffective);

    /// <summary>In force for the whole session.</summary>
    public IEnumerable<DeclaredHook> On(string eventName) => Effective.Where(hook => hook.Event == eventName && !hook.IsScoped);

    /// <summary>PreToolUse hooks in force whose matcher catches a tool; a hook with <c>if</c> runs only sometimes and is left out.</summary>
    public IEnumerable<DeclaredHook> Before(string tool) => On("PreToolUse").Where(hook => HookMatcher.Matches(hook.Matcher, tool));

    private void Add(Node? hooks, string source, string path, string root, bool off, HashSet<int> droppedLines)
    {
        foreach (var member in hooks?.Members ?? [])
            foreach (var group in member.Value.Items)
                foreach (var node in group["hooks"]?.Items ?? [])
                {
                    if (node.Kind != NodeKind.Map) continue;
                    var hook = Read(member.Key, group["matcher"]?.Text ?? "", node, source, path, root);
                    All.Add(hook with { IsEffective = !off && !droppedLines.Contains(node.Line) && !droppedLines.Contains(member.Line) });
                }
    }

    private DeclaredHook Read(string eventName, string matcher, Node node, string source, string path, string root)
    {
        var args = node["args"] is { Kind: NodeKind.List } list ? list.Items.Select(item => item.Text).ToArray() : null;
        var hook = new DeclaredHook
        {
            Event = eventName,
            Matcher = matcher,
            Type = node["type"]?.Text ?? "",
            Command = node["command"]?.Text ?? "",
            Args = args,
            Url = node["url"]?.Text ?? "",
            Timeout = double.TryParse(node["timeout"]?.Text, System.Globalization.CultureInfo.InvariantCulture, out var seconds) ? seconds : null,
            OnFailure = node["onFailure"]?.Text,
            Async = node["async"] is { IsTrue: true },
            If = node["if"]?.Text,
            Source = source,
            Place = new Place(path, (node["command"] ?? node["url"] ?? node).Line),
            Node = node,
        };
        return hook.Type == "command" && hook.Command.Length > 0 ? hook with { Target = _targets.Resolve(hook, root) } : hook;
    }
}
