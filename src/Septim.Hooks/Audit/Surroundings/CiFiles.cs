using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>The CI files of the project, parsed to nodes.</summary>
internal sealed class CiFiles
{
    /// <summary>Keys under which the services keep what they run; a name or a comment runs nothing.</summary>
    private static readonly string[] CommandKeys =
        ["script", "before_script", "after_script", "run", "command", "commands", "bash", "pwsh", "powershell", "sh", "inline", "inlineScript", "args", "entrypoint", "steps", "cmds"];

    private readonly Dictionary<string, CiFile> _byRelative = new(StringComparer.Ordinal);

    public CiFiles(InputReader inputs, ProjectTree tree, SourceFiles sources)
    {
        foreach (var file in tree.Files)
            if (ServiceOf(file.Relative) is { } service) Add(file, service, inputs);
        // Why by index: what is included may include more.
        for (var i = 0; i < Files.Count; i++)
            foreach (var path in Included(Files[i]))
                if (!_byRelative.ContainsKey(path) && tree.Files.Find(file => file.Relative == path) is { } file) Add(file, Files[i].Service, inputs);
        var scripts = new ProjectScripts(sources);
        foreach (var step in Jobs.SelectMany(job => job.Steps))
            step.IsIndirect = scripts.StartClaude(step.Run) || (step.Uses.Starts("./") && Find(step.Uses[2..]) is { } action && action.Jobs.Exists(inner => inner.Steps.Any(one => one.RunsClaude || scripts.StartClaude(one.Run))));
    }

    private void Add(TreeFile file, string service, InputReader inputs)
    {
        var input = inputs.Read(file.Path);
        string? error = null;
        var root = service == "jenkins" || !input.HasText ? null : YamlTree.Parse(input.Text, out error);
        var ci = new CiFile(service, input, root, error);
        if (service == "github" && root is not null) AddJobs(ci, root);
        Files.Add(ci);
        _byRelative[file.Relative] = ci;
    }

    /// <summary>Files of this project that a GitLab or Azure file brings in, relative to the project.</summary>
    private static IEnumerable<string> Included(CiFile file)
    {
        var targets = file.Service switch
        {
            "gitlab" => file.Root?["include"] is not { } include ? [] : include.Scalars().Where(part => part.Path is "" or "local" or "[]" or "[].local").Select(part => part.Value.Text),
            "azure" => file.Root?.Scalars().Where(part => part.Path.Ends("template")).Select(part => part.Value.Text) ?? [],
            _ => [],
        };
        foreach (var target in targets)
            if (!target.Has("://") && !target.Has("@") && !target.Has("*")) yield return target.TrimStart('/');
    }

    public List<CiFile> Files { get; } = [];

    public IEnumerable<CiJob> Jobs => Files.SelectMany(file => file.Jobs);

    /// <summary>Runs the client itself, or calls a local workflow or action that does; <paramref name="unclear"/> when what it calls cannot be read and names claude.</summary>
    public bool RunsClaude(CiJob job, out bool unclear, int depth = 0)
    {
        unclear = false;
        if (job.IsOff) return false;
        if (job.RunsClaudeItself) return true;
        if (depth > 4) return false;
        foreach (var target in job.Steps.Where(step => !step.IsOff).Select(step => step.Uses).Append(job.Uses))
        {
            if (target.Length == 0) continue;
            if (target.Starts("./"))
            {
                var called = Find(target[2..]);
                if (called is not null && called.Jobs.Any(inner => RunsClaude(inner, out _, depth + 1))) return true;
                if (called is null && target.HasWord("claude")) unclear = true;
            }
            else if (target == job.Uses && target.HasWord("claude")) unclear = true;
        }
        return unclear;
    }

    /// <summary>Whether anything in CI starts the client, on any service.</summary>
    public bool AnyClaude => Jobs.Any(job => RunsClaude(job, out _)) || Files.Any(RunsClaudeElsewhere);

    /// <summary>GitLab and the others: any script line that starts the client.</summary>
    public static bool RunsClaudeElsewhere(CiFile file) => Commands(file).Any(command => ClaudeCommand.FindPrint(command.Text).Any());

    /// <summary>Every scalar outside GitHub's form that may hold a command.</summary>
    public static IEnumerable<(string Text, int Line)> Commands(CiFile file)
    {
        if (file.Service == "github") yield break;
        if (file.Root is null)
        {
            if (!file.Input.HasText) yield break;
            foreach (var (line, offset) in ClaudeCommand.LogicalLines(file.Input.Text)) yield return (line, file.Input.At(offset).Line);
            yield break;
        }
        foreach (var (path, value) in file.Root.Scalars())
            if (CommandKeys.Contains(path[(path.LastIndexOf('.') + 1)..].Replace("[]", "", StringComparison.Ordinal))) yield return (value.Text, value.Line);
    }

    private CiFile? Find(string relative)
    {
        foreach (var candidate in (string[])[relative, relative + "/action.yml", relative + "/action.yaml"])
            if (_byRelative.TryGetValue(candidate.TrimStart('/'), out var file)) return file;
        return null;
    }

    private static void AddJobs(CiFile file, Node root)
    {
        foreach (var job in root["jobs"]?.Members ?? []) file.Jobs.Add(new CiJob(file, job.Key, job.Value, Steps(job.Value["steps"])));
        if (root["runs"] is { } runs && runs["steps"] is { } steps) file.Jobs.Add(new CiJob(file, "action", runs, Steps(steps)));
    }

    private static List<CiStep> Steps(Node? steps)
    {
        var list = new List<CiStep>();
        foreach (var step in steps?.Items ?? []) list.Add(new CiStep(step, step["name"]?.Text ?? step["id"]?.Text ?? $"step {list.Count + 1}"));
        return list;
    }

    private static string? ServiceOf(string path)
    {
        var isYaml = path.Ends(".yml") || path.Ends(".yaml");
        // Why no folders below: the service does not look into them.
        if (isYaml && path.Starts(".github/workflows/") && path.LastIndexOf('/') == ".github/workflows".Length) return "github";
        if (path.Ends("/action.yml") || path.Ends("/action.yaml") || path is "action.yml" or "action.yaml") return "github";
        if (isYaml && path.Starts(".circleci/")) return "circleci";
        if (isYaml && path.Starts(".buildkite/")) return "buildkite";
        if (isYaml && (path.Starts(".gitlab-ci") || path.Starts(".gitlab/"))) return "gitlab";
        if (path.Starts("azure-pipelines") && isYaml) return "azure";
        if (path.Starts("bitbucket-pipelines") && isYaml) return "bitbucket";
        if (path is ".drone.yml" or ".drone.yaml") return "drone";
        return path == "Jenkinsfile" || path.Ends("/Jenkinsfile") ? "jenkins" : null;
    }
}
