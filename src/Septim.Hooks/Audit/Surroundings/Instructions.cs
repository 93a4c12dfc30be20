using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>All instruction files: of the project at any depth, of its parents, of the person, of the machine, with their imports.</summary>
internal sealed class Instructions
{
    private readonly AuditOptions _options;
    private readonly InputReader _inputs;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public Instructions(AuditOptions options, InputReader inputs, ProjectTree tree)
    {
        (_options, _inputs) = (options, inputs);
        foreach (var file in tree.Files)
        {
            var isClaude = file.Name is "CLAUDE.md" or "CLAUDE.local.md";
            var atRoot = file.Relative is "CLAUDE.md" or "CLAUDE.local.md" or ".claude/CLAUDE.md" or ".claude/CLAUDE.local.md";
            if (isClaude) Add(file.Path, atRoot, isMain: true);
            else if (file.Relative.Has(".claude/rules/") && file.Name.Ends(".md")) AddRule(file.Path);
            else if (file.Name.Same("CLAUDE.md") || file.Name.Same("CLAUDE.local.md")) Add(file.Path, atStart: false, isMain: false);
            else if (file.Name is "AGENTS.md" or "AGENT.md" or "AGENTS.override.md" || (InClaudeFolder(file.Relative) && file.Name.Ends(".md"))) Add(file.Path, atStart: false, isMain: false);
        }
        // Why once more by name: a directory in the place of the file is no file of the tree, and is not to be called absent.
        foreach (var name in (string[])["CLAUDE.md", "CLAUDE.local.md", ".claude/CLAUDE.md"])
            if (Path.Combine(options.Project, name) is var path && Directory.Exists(path)) Add(path, atStart: true, isMain: true);
        AddParents();
        if (options.UseHome)
        {
            Add(Path.Combine(options.ConfigDirectory, "CLAUDE.md"), atStart: true, isMain: true);
            foreach (var path in Below(options.ConfigDirectory, inputs))
            {
                if (path.Has("/rules/")) AddRule(path);
                else Add(path, atStart: false, isMain: false);
            }
        }
        Add(Path.Combine(options.ManagedDirectory, "CLAUDE.md"), atStart: true, isMain: true);
        foreach (var file in Files.ToArray()) AddImports(file, 1);
    }

    public List<InstructionFile> Files { get; } = [];

    private static bool InClaudeFolder(string relative) => relative.Starts(".claude/") || relative.Has("/.claude/");

    private void AddParents()
    {
        for (var folder = Path.GetDirectoryName(_options.Project); folder is { Length: > 0 }; folder = Path.GetDirectoryName(folder))
        {
            foreach (var name in (string[])["CLAUDE.md", "CLAUDE.local.md", ".claude/CLAUDE.md"])
                if (Path.Combine(folder, name) is var path && (_options.UseHome || !path.Starts(_options.Home)) && File.Exists(path)) Add(path, atStart: true, isMain: true);
            if (folder == _options.Home) break;
        }
    }

    private void AddRule(string path)
    {
        var input = _inputs.Read(path);
        var conditional = input.HasText && Frontmatter.Read(input.Text, out _)?["paths"] is not null;
        Add(path, atStart: !conditional, isMain: !conditional);
    }

    private void Add(string path, bool atStart, bool isMain)
    {
        if (!_seen.Add(path)) return;
        var input = _inputs.Read(path);
        if (input.IsThere) Files.Add(new InstructionFile(input, atStart, isMain));
    }

    private void AddImports(InstructionFile file, int hop)
    {
        if (hop > Imports.MaxHops || !file.Input.HasText) return;
        foreach (var (target, _) in Imports.Find(file.Input.Text, target => File.Exists(Imports.Resolve(target, file.Path, _options.Home))))
        {
            var path = Imports.Resolve(target, file.Path, _options.Home);
            if (!_seen.Add(path)) continue;
            var input = _inputs.Read(path);
            if (!input.HasText) continue;
            var imported = new InstructionFile(input, LoadsAtStart: false, IsMain: false);
            Files.Add(imported);
            AddImports(imported, hop + 1);
        }
    }

    /// <summary>Folders of the configuration directory that could not be listed.</summary>
    public List<Input> Gaps { get; } = [];

    /// <summary>Markdown of the configuration directory, memory included, transcripts' folders otherwise left out.</summary>
    private List<string> Below(string directory, InputReader inputs)
    {
        var start = directory.TrimEnd('/').Length + 1;
        return inputs.ListBelow(directory, path => path.Ends(".md") && path[start..].Replace('\\', '/') is var relative && (!relative.Starts("projects/") || relative.Has("/memory/")), 12, Gaps);
    }
}
