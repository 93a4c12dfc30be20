using Septim.Hooks.Commands;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Commands;

public sealed class ExplainAndReplayTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly StringWriter _out = new();
    private readonly StringWriter _err = new();

    public void Dispose()
    {
        _place.Dispose();
        _out.Dispose();
        _err.Dispose();
    }

    private int Run(params string[] args) => CommandList.Run(args[0], args.AsSpan(1), new CommandIo
    {
        Out = _out,
        Err = _err,
        Variable = name => name == "HOME" ? _place.Path : null,
        WorkingDirectory = _place.Path,
        ProgramPath = null,
    });

    [Fact]
    public void Explain_shows_the_nested_command_its_rule_and_the_way_out()
    {
        Assert.Equal(1, Run("explain", "sudo bash -c 'git reset --hard'"));
        var text = _out.ToString();
        Assert.Contains("    git reset --hard\n", text, StringComparison.Ordinal);
        Assert.Contains("└ git-reset-hard (high, deny)", text, StringComparison.Ordinal);
        Assert.Contains("Instead: `git stash push -u`", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_says_pass_and_exits_with_0()
    {
        Assert.Equal(0, Run("explain", "echo 'git reset --hard'"));
        Assert.EndsWith("pass\n", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_writes_json()
    {
        Assert.Equal(1, Run("explain", "--format", "json", "rm -rf /"));
        using var json = System.Text.Json.JsonDocument.Parse(_out.ToString());
        Assert.Equal("deny", json.RootElement.GetProperty("verdict").GetString());
        Assert.Equal("fs-rm-root", json.RootElement.GetProperty("rule").GetString());
    }

    [Fact]
    public void Replay_counts_each_recorded_call_once_and_says_what_would_be_refused()
    {
        var line = """{"type":"assistant","cwd":"/srv/x","message":{"content":[{"type":"tool_use","id":"toolu_1","name":"Bash","input":{"command":"git push --force"}},{"type":"tool_use","id":"toolu_2","name":"Bash","input":{"command":"ls"}}]}}""";
        File.WriteAllText(Path.Combine(_place.Path, "a.jsonl"), line + "\n" + line + "\n{\"type\":\"assis");

        Assert.Equal(1, Run("replay", "--gate", "bash-gate", "a.jsonl"));

        var text = _out.ToString();
        Assert.StartsWith("2 calls in 1 transcript; 1 refusal (50.0 %) by today's policy", text, StringComparison.Ordinal);
        Assert.Contains("bash-gate, git-force-push: 1 denied\n     1 × git push --force", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_names_a_path_that_is_not_there()
    {
        Assert.Equal(2, Run("replay", "nowhere"));
        Assert.Contains("nowhere is neither a transcript nor a directory", _err.ToString(), StringComparison.Ordinal);
    }
}
