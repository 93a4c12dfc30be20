using System.Diagnostics;
using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Shell;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.House;

/// <summary>The workflows, the action and the examples of docs/ci.md are valid YAML, and every shell line in them is valid shell.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string[] Systems = ["ubuntu", "macos", "windows"];

    public static TheoryData<string> Files =>
        ["action.yml", .. Directory.GetFiles(Path.Combine(Repository.Root, ".github", "workflows"), "*.yml").Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_step_is_shell_that_bash_reads_and_takes_nothing_from_outside_as_code(string file)
    {
        var lines = ShellLines(Yaml(File.ReadAllText(Path.Combine(Repository.Root, file)))).ToList();
        Assert.NotEmpty(lines);
        foreach (var line in lines)
        {
            // Why: what ${{ … }} puts into a script is code; values go through env.
            Assert.DoesNotContain("${{", line, StringComparison.Ordinal);
            AssertBash(line);
        }
    }

    [Fact]
    public void A_release_is_built_as_on_a_machine_on_three_systems_and_tried_before_it_is_published()
    {
        var release = Yaml(File.ReadAllText(Path.Combine(Repository.Root, ".github", "workflows", "release.yml")));
        var build = release.At("jobs.build")!;
        var systems = build.At("strategy.matrix.os")!.Items.Select(item => item.Text).ToList();
        foreach (var system in Systems) Assert.Contains(systems, name => name.StartsWith(system, StringComparison.Ordinal));
        var steps = build["steps"]!.Items.Select(step => step["run"]?.Text ?? step["uses"]?.Text ?? "").ToList();
        var made = steps.FindIndex(step => step.Trim() == "./release.sh");
        var tried = steps.FindIndex(step => step.Contains("./install.sh --from", StringComparison.Ordinal) && step.Contains(" selftest", StringComparison.Ordinal));
        var triedOnWindows = steps.FindIndex(step => step.Contains("./install.ps1 -From", StringComparison.Ordinal) && step.Contains(" selftest", StringComparison.Ordinal));
        var kept = steps.FindIndex(step => step.StartsWith("actions/upload-artifact", StringComparison.Ordinal));
        Assert.True(0 <= made && made < tried && tried < triedOnWindows && triedOnWindows < kept, string.Join(" | ", steps));
        Assert.Equal("build", release.At("jobs.publish.needs")!.Text);
        Assert.Contains("sha256sum --check", release.At("jobs.publish")!["steps"]!.Items[^1]["run"]!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_ci_workflow_runs_what_a_person_runs()
    {
        var ci = Yaml(File.ReadAllText(Path.Combine(Repository.Root, ".github", "workflows", "ci.yml")));
        Assert.Contains(ShellLines(ci), line => line.Trim() == ".ci/run");
        // Why: without root .ci/run names what is missing and ends; a runner brings git, node, a compiler and util-linux itself.
        var wanted = Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, ".ci", "run")), @"wanted\+=\((.*?)\)").SelectMany(match => match.Groups[1].Value.Split(' ')).Except(["git", "nodejs", "npm", "util-linux", "gcc", "libc6-dev"]);
        var installed = ShellLines(ci).First(line => line.Contains("apt-get install", StringComparison.Ordinal)).Split(' ');
        Assert.Empty(wanted.Except(installed));
        foreach (var system in Systems) Assert.Contains(ci.At("jobs.test.strategy.matrix.os")!.Items, item => item.Text.StartsWith(system, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_input_of_the_action_is_used_and_every_used_one_exists()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "action.yml"));
        var declared = Yaml(text)["inputs"]!.Members.Select(member => member.Key).Order();
        Assert.Equal(declared, Input().Matches(text).Select(match => match.Groups[1].Value).Distinct().Order());
    }

    [Fact]
    public void Every_example_for_CI_is_valid_and_starts_the_client_through_septim_run()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "ci.md"));
        var examples = Example().Matches(page).Select(match => Yaml(match.Groups[1].Value)).ToList();
        Assert.Equal(3, examples.Count);
        foreach (var example in examples.Skip(1))
        {
            var lines = ShellLines(example).ToList();
            foreach (var line in lines)
            {
                AssertBash(line);
                Assert.Null(ShellProgram.Evaluate(line, new ShellSetting("/work", "/home/ci", "/work")).Gap);
            }
            Assert.Contains(lines, line => line.StartsWith("septim selftest", StringComparison.Ordinal));
            Assert.Contains(lines, line => line.StartsWith("septim run --session 5 --run 20 --run-id ", StringComparison.Ordinal) && line.Contains(" -- claude -p ", StringComparison.Ordinal));
        }
        var inputs = Yaml(File.ReadAllText(Path.Combine(Repository.Root, "action.yml")))["inputs"]!;
        var step = examples[0].At("jobs.fix")!["steps"]!.Items.Single(item => item["uses"]?.Text.Contains("Septim.Hooks", StringComparison.Ordinal) == true);
        foreach (var given in step["with"]!.Members) Assert.NotNull(inputs[given.Key]);
        foreach (var input in inputs.Members)
            if (input.Value["required"] is { IsTrue: true }) Assert.NotNull(step["with"]![input.Key]);
    }

    [Fact]
    public void The_two_install_scripts_take_the_same_options()
    {
        var shell = Regex.Matches(Regex.Match(File.ReadAllText(Path.Combine(Repository.Root, "install.sh")), "<<'TEXT'(.*?)TEXT", RegexOptions.Singleline).Value, "^  --([a-z0-9-]+)", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value.Replace("-", "", StringComparison.Ordinal));
        var script = System.Management.Automation.Language.Parser.ParseFile(Path.Combine(Repository.Root, "install.ps1"), out _, out _);
        var windows = script.ParamBlock.Parameters.Select(parameter => parameter.Name.VariablePath.UserPath.ToLowerInvariant()).Where(name => name != "options");
        Assert.Equal(shell.Order(), windows.Order());
    }

    private static Node Yaml(string text)
    {
        var root = YamlTree.Parse(text, out var error);
        Assert.Null(error);
        return root!;
    }

    /// <summary>Of GitHub and CircleCI every <c>run</c>, of GitLab every line of a script. Steps for PowerShell are left out.</summary>
    private static IEnumerable<string> ShellLines(Node node)
    {
        if (node["shell"]?.Text == "pwsh") yield break;
        foreach (var member in node.Members)
        {
            if (member.Key is "script" or "before_script")
                foreach (var line in member.Value.Items) yield return line.Text;
            else if (member.Key == "run" && member.Value.IsText) yield return member.Value.Text;
            else
                foreach (var line in ShellLines(member.Value)) yield return line;
        }
        foreach (var item in node.Items)
            foreach (var line in ShellLines(item)) yield return line;
    }

    private static void AssertBash(string script)
    {
        if (!File.Exists("/bin/bash")) return;
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-n", "-c", script]) { RedirectStandardError = true })!;
        var error = bash.StandardError.ReadToEnd();
        bash.WaitForExit();
        Assert.True(bash.ExitCode == 0, $"{script}: {error}");
    }

    [GeneratedRegex(@"inputs\.([a-z-]+)")]
    private static partial Regex Input();

    [GeneratedRegex(@"```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
