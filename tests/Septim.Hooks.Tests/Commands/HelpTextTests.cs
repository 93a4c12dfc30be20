using System.Diagnostics;
using Septim.Hooks.Commands;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Commands;

/// <summary>Help, completions and the manual page come from one source.</summary>
public sealed class HelpTextTests : IDisposable
{
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Every_verb_stands_in_help_and_on_the_manual_page()
    {
        var help = _run.Run("help").Out;
        var page = _run.Run("man").Out;
        foreach (var command in CommandList.All)
        {
            Assert.Contains($"  {command.Verb} ", help, StringComparison.Ordinal);
            Assert.Contains($".SS {command.Verb}\n", page, StringComparison.Ordinal);
            Assert.StartsWith(command.Verb, command.Usage, StringComparison.Ordinal);
            Assert.StartsWith($"septim {command.Verb}: {command.Summary}\n\nusage: septim {command.Verb}", _run.Run(command.Verb, "--help").Out, StringComparison.Ordinal);
        }
        Assert.All(page.Split('\n'), line => Assert.DoesNotMatch("^'", line));
    }

    /// <summary>"septim help" says that each verb explains itself, so the client's do too.</summary>
    [Theory]
    [InlineData("hook")]
    [InlineData("cost-gate")]
    [InlineData("stop-log")]
    public void A_verb_of_the_client_explains_itself(string verb)
    {
        var told = _run.Run(verb, "--help");
        Assert.Equal(0, told.ExitCode);
        Assert.StartsWith($"septim {verb}: called by Claude Code", told.Out, StringComparison.Ordinal);
        Assert.Equal(told.Out, _run.Run("help", verb).Out);
    }

    [Theory]
    [InlineData("explain", "")]
    [InlineData("explain", "--directory", "/nonexistent", "ls")]
    [InlineData("config", "validate", "--directory", "/nonexistent")]
    public void What_is_not_there_is_no_question(string verb, params string[] args) => Assert.Equal((2, ""), (_run.Run(verb, args).ExitCode, _run.Run(verb, args).Out));

    [Fact]
    public void Help_takes_a_verb()
    {
        Assert.Equal(_run.Run("cost", "--help").Out, _run.Run("help", "cost").Out);
        var wrong = _run.Run("help", "cots");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("unknown verb \"cots\"", wrong.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help", true, "septim help: cannot go on: No space left on device")]
    [InlineData("config", true, "septim config: cannot go on: No space left on device")]
    [InlineData("man", false, "septim man: a fault of septim's own (FormatException: odd); please report it with what you typed")]
    public void Whatever_goes_wrong_is_one_line_and_exit_2(string verb, bool isFull, string message)
    {
        var errors = new StringWriter { NewLine = "\n" };
        var io = new CommandIo
        {
            Out = new FailingWriter(isFull ? new IOException("No space left on device", 28) : new FormatException("odd")),
            Err = errors,
            Variable = name => _run.Variables.GetValueOrDefault(name),
            WorkingDirectory = _run.Project,
            Time = _run.Time,
        };
        Assert.Equal(2, CommandList.Run(verb, [], io));
        Assert.Equal(message + "\n", errors.ToString());
    }

    private sealed class FailingWriter(Exception failure) : StringWriter
    {
        public override void Write(char value) => throw failure;

        public override void Write(string? value) => throw failure;

        public override void WriteLine(string? value) => throw failure;
    }

    /// <summary>"shows what is spent": a verb in the third person, no capital, no full stop; then the line of usage, then the options.</summary>
    [Fact]
    public void Every_verb_speaks_in_one_voice()
    {
        foreach (var command in CommandList.All)
        {
            Assert.Matches(@"^[a-z]+s [^\n]*[^.\n]$", command.Summary);
            Assert.InRange(command.Summary.Length, 10, 90);
            var lines = command.Usage.Split('\n');
            Assert.All(lines, line => Assert.InRange(line.Length, 0, 140));
            var options = Array.FindIndex(lines, line => line.StartsWith("  -", StringComparison.Ordinal));
            if (options >= 0) Assert.Equal("", lines[Array.FindIndex(lines, line => line.Length == 0)]);
            if (options >= 0) Assert.True(Array.FindIndex(lines, line => line.Length == 0) < options, command.Verb);
        }
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("powershell")]
    public void Every_verb_and_option_can_be_completed(string shell)
    {
        var script = _run.Run("completions", shell).Out;
        foreach (var command in CommandList.All)
        {
            Assert.Contains(command.Verb, script, StringComparison.Ordinal);
            foreach (var option in CompletionsCommand.OptionsOf(command)) Assert.Contains(shell == "fish" ? $"-l {option[2..]}" : option, script, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Bash_completes_a_verb_and_its_options()
    {
        if (!File.Exists("/bin/bash")) return;
        var script = _run.Write("completion.bash", _run.Run("completions", "bash").Out);
        Assert.Equal("selftest", Complete("septim", "self"));
        Assert.Equal("--scope", Complete("septim", "install", "--sc"));

        string Complete(params string[] words)
        {
            var line = $". '{script}'; COMP_WORDS=({string.Join(' ', words)}); COMP_CWORD={words.Length - 1}; _septim; echo \"${{COMPREPLY[*]}}\"";
            using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", line]) { RedirectStandardOutput = true })!;
            var output = bash.StandardOutput.ReadToEnd().Trim();
            bash.WaitForExit();
            return output;
        }
    }

    /// <summary>zsh and fish where they are installed; each reads its script without running anything of it.</summary>
    [Theory]
    [InlineData("bash", "/bin/bash")]
    [InlineData("zsh", "/usr/bin/zsh")]
    [InlineData("fish", "/usr/bin/fish")]
    public void Each_shell_understands_its_script(string shell, string program)
    {
        var script = _run.Write("completion", _run.Run("completions", shell).Out);
        if (!File.Exists(program)) return;
        using var check = Process.Start(new ProcessStartInfo(program, ["-n", script]) { RedirectStandardError = true })!;
        var error = check.StandardError.ReadToEnd();
        check.WaitForExit();
        Assert.Equal((0, ""), (check.ExitCode, error));
    }

    [Fact]
    public void PowerShell_understands_its_script()
    {
        System.Management.Automation.Language.Parser.ParseInput(_run.Run("completions", "powershell").Out, out var tokens, out var errors);
        Assert.Empty(errors);
        Assert.True(tokens.Length > 100);
    }

    [Fact]
    public void Help_of_a_program_that_is_run_is_its_own()
    {
        var outcome = _run.Run("run", "--", "/nowhere/claude", "--help");
        Assert.DoesNotContain("usage:", outcome.Out, StringComparison.Ordinal);
        Assert.Equal(127, outcome.ExitCode);
    }
}
