using System.Text.Json;
using Septim.Hooks.Commands;
using Septim.Hooks.Spend;
using Septim.Hooks.Tests.Support;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Commands;

public sealed class CostCommandTests : IDisposable
{
    private readonly TemporaryDirectory _home = new();
    private readonly Dictionary<string, string> _environment = [];
    private readonly StringWriter _out = new();
    private readonly StringWriter _err = new();

    public CostCommandTests() => _environment["HOME"] = _home.Path;

    public void Dispose()
    {
        _home.Dispose();
        _out.Dispose();
        _err.Dispose();
    }

    [Fact]
    public void Json_has_the_integer_and_the_decimal_text()
    {
        Project("1", Line.Join(Line.Assistant("a", 1_000, 10, tool: "t"), Line.Assistant("b", 1, model: "claude-next"), "{\"usage\":}"));
        Assert.Equal(0, Run("--session", "1", "--format", "json"));
        var json = JsonDocument.Parse(_out.ToString()).RootElement;
        Assert.Equal(3_165_000_000, json.GetProperty("total_picousd").GetInt64());
        Assert.Equal("0.003165", json.GetProperty("total_usd").GetString());
        Assert.True(json.GetProperty("is_lower_bound").GetBoolean());
        Assert.Equal(1_001, json.GetProperty("tokens").GetProperty("input").GetInt64());
        Assert.Equal("claude-next", json.GetProperty("unknown_models")[0].GetString());
        Assert.Equal(1, json.GetProperty("files_read").GetInt32());
        Assert.Equal(1, json.GetProperty("garbage_lines").GetInt32());
        Assert.Equal(2, json.GetProperty("models").GetArrayLength());
    }

    [Fact]
    public void Text_counts_one_response_in_the_singular()
    {
        Project("1", Line.Join(Line.Assistant("a", 1_000, 10, tool: "t")));
        Assert.Equal(0, Run("--session", "1"));
        Assert.Contains("  1 response, 1 tool call, 1 transcript" + Environment.NewLine, _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_counts_each_response_once_over_all_its_transcripts()
    {
        _home.Write("x/1.jsonl", Line.Join(Line.Assistant("a", 1_000)));
        _home.Write("x/deep/2.jsonl", Line.Join(Line.Assistant("a", 1_000), Line.Assistant("b", 1_000)));
        Assert.Equal(0, Run("--transcript", _home["x"], "--format=csv"));
        Assert.EndsWith("total,2,2000,0,0,0,0,0,0.006000,6000000000\n", _out.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_by_agent_add_up_to_the_total()
    {
        var main = Project("1", Line.Join(Line.Assistant("a", 1_000)));
        _home.Write(Path.GetRelativePath(_home.Path, main)[..^6].Replace('\\', '/') + "/subagents/agent-q7.jsonl", Line.Join(Line.Assistant("b", 2_000)));
        Assert.Equal(0, Run("--session", "1", "--by", "agent", "--format", "csv"));
        Assert.Contains("q7,1,2000,0,0,0,0,0,0.006000,6000000000", _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("main,1,1000,0,0,0,0,0,0.003000,3000000000", _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("total,2,3000,0,0,0,0,0,0.009000,9000000000", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_holds_its_responses_only_over_all_projects()
    {
        _home.Write(".claude/projects/-a/1.jsonl", Line.Join(Line.Assistant("a", 1_000, time: "2026-11-20T23:59:59.999Z"), Line.Assistant("b", 2_000, time: "2026-11-21T00:00:00.000Z")));
        _home.Write(".claude/projects/-b/2.jsonl", Line.Join(Line.Assistant("c", 4_000, time: "2026-11-21T23:00:00.000Z"), Line.Assistant("d", 8_000, time: "2026-11-22T00:00:00.000Z")));
        Assert.Equal(0, Run("--day", "2026-11-21", "--format", "json"));
        Assert.Equal(18_000_000_000, JsonDocument.Parse(_out.ToString()).RootElement.GetProperty("total_picousd").GetInt64());
    }

    [Fact]
    public void Without_options_the_session_of_the_environment_else_the_newest_of_this_folder_answers()
    {
        Project("1", Line.Join(Line.Assistant("a", 1_000)));
        var newest = Project("2", Line.Join(Line.Assistant("b", 2_000)));
        File.SetLastWriteTimeUtc(newest, DateTime.UtcNow.AddMinutes(1));
        Assert.Equal(0, Run());
        Assert.Contains("at least $0.006000", _out.ToString(), StringComparison.Ordinal);
        _environment["CLAUDE_CODE_SESSION_ID"] = "1";
        Assert.Equal(0, Run());
        Assert.Contains("at least $0.003000", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_start_of_a_session_id_is_enough_and_a_whole_id_is_that_session()
    {
        Project("abc", Line.Join(Line.Assistant("a", 1_000)));
        Project("abcdef", Line.Join(Line.Assistant("b", 2_000)));
        Assert.Equal(0, Run("--session", "abcd"));
        Assert.Contains("session abcdef", _out.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, Run("--session", "abc"));
        Assert.Contains("at least $0.003000", _out.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, Run("--session", "ab"));
        Assert.Contains("2 sessions start with ab", _err.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_is_the_sessions_that_joined_it()
    {
        var one = Project("1", Line.Join(Line.Assistant("a", 1_000)));
        var two = Project("2", Line.Join(Line.Assistant("b", 2_000)));
        var links = new SessionLinks(FileSystem.Real, _home[".local", "state", "septim"]);
        links.Join(SessionLinks.RunGroup("ci-7"), "1", one);
        links.Join(SessionLinks.RunGroup("ci-7"), "2", two);
        Assert.Equal(0, Run("--run", "ci-7", "--format", "json"));
        Assert.Equal(9_000_000_000, JsonDocument.Parse(_out.ToString()).RootElement.GetProperty("total_picousd").GetInt64());
    }

    [Theory]
    [InlineData("--session", "none")]
    [InlineData("--transcript", "/no/such/file.jsonl")]
    [InlineData("--run", "none")]
    [InlineData("--day", "soon")]
    [InlineData("--by", "week")]
    [InlineData("--format", "xml")]
    [InlineData("--what")]
    [InlineData("--session")]
    [InlineData("--session", "a", "--day")]
    public void What_cannot_be_answered_is_one_line_and_exit_2(params string[] args)
    {
        Assert.Equal(2, Run(args));
        Assert.Empty(_out.ToString());
        Assert.StartsWith("septim cost: ", _err.ToString(), StringComparison.Ordinal);
        Assert.Single(_err.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public void An_unreadable_transcript_is_exit_2_and_named()
    {
        Directory.CreateDirectory(_home["d", "x.jsonl"]);
        _home.Write("d/s.jsonl", Line.Join(Line.Assistant("a", -5)));
        Assert.Equal(2, Run("--transcript", _home["d", "s.jsonl"]));
        Assert.Contains("s.jsonl", _err.ToString(), StringComparison.Ordinal);
    }

    private string Project(string session, string content) =>
        _home.Write($".claude/projects/{SessionChoice.FolderName(_home["work"])}/{session}.jsonl", content);

    private int Run(params string[] args)
    {
        _out.GetStringBuilder().Clear();
        return CommandList.Run("cost", args, new CommandIo
        {
            Out = _out,
            Err = _err,
            Variable = name => _environment.GetValueOrDefault(name),
            WorkingDirectory = _home["work"],
            Time = new FixedTime(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)),
        });
    }
}
