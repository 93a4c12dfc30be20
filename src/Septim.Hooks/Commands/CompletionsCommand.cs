using System.Text;
using System.Text.RegularExpressions;
using Septim.Hooks.Gates;

namespace Septim.Hooks.Commands;

/// <summary><c>septim completions</c>: what a shell can complete, read from the same texts as <c>--help</c>.</summary>
internal static partial class CompletionsCommand
{
    public static readonly Command Command = new("completions",
        """
        completions bash|zsh|fish

        Prints a completion script. bash: put  source <(septim completions bash)  into ~/.bashrc. zsh: the same in ~/.zshrc, after
        compinit. fish: septim completions fish > ~/.config/fish/completions/septim.fish
        """,
        "prints a completion script for bash, zsh or fish", Run);

    private static int Run(ReadOnlySpan<string> args, CommandIo io)
    {
        var options = Options.Parse("completions", args, [], []);
        var script = options.Rest is [var shell] ? shell switch { "bash" => Bash(), "zsh" => "autoload -U +X bashcompinit && bashcompinit\n" + Bash(), "fish" => Fish(), _ => null } : null;
        io.Out.Write(script ?? throw new HookFault("give one of bash, zsh, fish"));
        return 0;
    }

    /// <summary>The options that a verb's help names, each once.</summary>
    internal static IEnumerable<string> OptionsOf(Command command) =>
        Option().Matches(command.Usage).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> Verbs() =>
        CommandList.All.Select(command => command.Verb).Concat(GateList.All.Select(gate => gate.Id)).Append("hook").Append("help").Append("version").Order(StringComparer.Ordinal);

    private static string Bash()
    {
        var script = new StringBuilder("_septim() {\n    local cur=${COMP_WORDS[COMP_CWORD]} words\n    if [ \"$COMP_CWORD\" = 1 ]; then\n");
        script.Append($"        words='{string.Join(' ', Verbs())}'\n    else\n        case ${{COMP_WORDS[1]}} in\n");
        foreach (var command in CommandList.All)
            if (OptionsOf(command).ToList() is { Count: > 0 } options) script.Append($"            {command.Verb}) words='{string.Join(' ', options)}' ;;\n");
        return script.Append("            *) words='' ;;\n        esac\n    fi\n    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n}\ncomplete -o default -F _septim septim\n").ToString();
    }

    private static string Fish()
    {
        var script = new StringBuilder();
        foreach (var command in CommandList.All)
        {
            script.Append($"complete -c septim -n __fish_use_subcommand -a {command.Verb} -d '{command.Summary.Replace("'", "\\'", StringComparison.Ordinal)}'\n");
            foreach (var option in OptionsOf(command))
                script.Append($"complete -c septim -n '__fish_seen_subcommand_from {command.Verb}' -l {option[2..]}\n");
        }
        return script.ToString();
    }

    [GeneratedRegex("--[A-Za-z][A-Za-z-]+")]
    private static partial Regex Option();
}
