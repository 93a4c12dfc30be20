using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.EndToEnd.Support;

/// <summary>Runs the steps of <c>action.yml</c> as a runner does: one bash each, inputs in the environment, paths and summary in files.</summary>
internal sealed partial class ActionRunner
{
    private static readonly Node Action = YamlTree.Parse(File.ReadAllText(System.IO.Path.Combine(Repository.Root, "action.yml")), out _)!;

    private readonly ClientPlace _place;
    private readonly Dictionary<string, string> _values = [];

    /// <param name="place">The home and the project.</param>
    /// <param name="inputs">What the workflow gives; the others have their defaults.</param>
    public ActionRunner(ClientPlace place, Dictionary<string, string> inputs)
    {
        _place = place;
        foreach (var input in Action["inputs"]!.Members) _values["inputs." + input.Key] = inputs.GetValueOrDefault(input.Key) ?? input.Value["default"]!.Text;
        (_values["github.run_id"], _values["github.run_attempt"]) = ("77", "1");
        Directory.CreateDirectory(Temp);
        foreach (var file in (string[])[PathFile, Summary]) File.WriteAllText(file, "");
    }

    public static IReadOnlyList<Node> Steps => Action.At("runs.steps")!.Items;

    public string Temp => Path.Combine(_place.Home, "runner");

    public string PathFile => Path.Combine(Temp, "path");

    public string Summary => Path.Combine(Temp, "summary.md");

    public Task<ProcessResult> Run(Node step, FakeMessagesApi api)
    {
        Assert.Equal("bash", step["shell"]!.Text);
        var script = Path.Combine(Temp, "step.sh");
        File.WriteAllText(script, step["run"]!.Text);
        var added = File.ReadAllLines(PathFile).Reverse();
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = string.Join(':', [.. added, _place.Bin, "/usr/local/bin", "/usr/bin", "/bin"]),
            ["GITHUB_ACTION_PATH"] = Repository.Root,
            ["GITHUB_PATH"] = PathFile,
            ["GITHUB_STEP_SUMMARY"] = Summary,
            ["RUNNER_TEMP"] = Temp,
            ["CI"] = "true",
            ["ANTHROPIC_BASE_URL"] = api.Url,
        };
        foreach (var variable in step["env"]?.Members ?? []) environment[variable.Key] = Filled(variable.Value.Text);
        Assert.Equal(".", step["working-directory"] is { } folder ? Filled(folder.Text) : ".");
        return _place.RunAsUser("/bin/bash", ["--noprofile", "--norc", "-eo", "pipefail", script], environment);
    }

    private string Filled(string text) => Expression().Replace(text, match => _values[match.Groups[1].Value]);

    [GeneratedRegex(@"\$\{\{ *([a-z0-9_.-]+) *\}\}")]
    private static partial Regex Expression();
}
