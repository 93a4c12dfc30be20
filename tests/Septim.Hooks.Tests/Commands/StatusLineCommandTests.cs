using System.Text;
using Septim.Hooks.Commands;
using Septim.Hooks.Spend;
using Septim.Hooks.Tests.Support;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Commands;

public sealed class StatusLineCommandTests : IDisposable
{
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Shows_spend_ceiling_and_model_and_keeps_the_clients_total_as_a_floor()
    {
        Assert.Equal("session ██░░░░░░░░ $2.50/$10.00 25% | Sonnet 4.5", Line(2.5m));
        Assert.Equal(new Usd(2_500_000_000_000), StatusFloor.Now(FileSystem.Real, Path.Combine(_run.Home, ".local", "state", "septim"), "abc", Usd.Zero));
    }

    [Fact]
    public void Colours_what_has_been_warned_of_unless_NO_COLOR()
    {
        Assert.StartsWith("\u001b[33msession █████░░░░░ $5.00/$10.00 50%\u001b[0m", Line(5m), StringComparison.Ordinal);
        Assert.StartsWith("\u001b[31msession █████████░ $9.50/$10.00 95%\u001b[0m", Line(9.5m), StringComparison.Ordinal);
        _run.Variables["NO_COLOR"] = "1";
        Assert.StartsWith("session ██████████ $12.00/$10.00 120%", Line(12m), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"session_id\":")]
    public void Broken_input_is_one_line_and_never_a_failure(string input) => Assert.StartsWith("septim: ", Run(input), StringComparison.Ordinal);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"transcript_path\":\"\",\"workspace\":{\"project_dir\":\"\"}}")]
    [InlineData("{\"transcript_path\":{},\"session_id\":[],\"cost\":{\"total_cost_usd\":5}}")]
    public void What_names_no_transcript_shows_the_ceilings(string input) => Assert.StartsWith("session ░░░░░░░░░░ $0.00/$10.00 0%", Run(input), StringComparison.Ordinal);

    [Fact]
    public void Reads_the_example_of_the_client()
    {
        var input = StatusLineInput.Parse(File.ReadAllBytes(Repository.Corpus("payloads", "statusLine-not-a-hook.json")));
        Assert.Equal(("Sonnet 4.5", "/home/dev/project", new Usd(135_000_000)), (input.Model, input.ProjectDirectory, input.ClientTotal!.Value));
        Assert.EndsWith($"{input.SessionId}.jsonl", input.TranscriptPath, StringComparison.Ordinal);
    }

    private string Line(decimal total) => Run(
        $$$$"""{"session_id":"abc","transcript_path":"{{{{_run.Home}}}}/.claude/projects/p/abc.jsonl","model":{"id":"x","display_name":"Sonnet 4.5"},"cost":{"total_cost_usd":{{{{total.ToString(System.Globalization.CultureInfo.InvariantCulture)}}}} }}""" + "\n");

    private string Run(string input)
    {
        var output = new StringWriter { NewLine = "\n" };
        var io = new CommandIo
        {
            Out = output,
            Err = output,
            Variable = name => _run.Variables.GetValueOrDefault(name),
            WorkingDirectory = _run.Project,
            Time = _run.Time,
        };
        Assert.Equal(0, StatusLineCommand.Run(Encoding.UTF8.GetBytes(input), io));
        return output.ToString().TrimEnd('\n');
    }
}
