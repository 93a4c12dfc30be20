using System.Text;
using System.Text.RegularExpressions;
using Septim.Hooks.Gates;

namespace Septim.Hooks.Commands;

/// <summary><c>septim completions</c>: what a shell can complete, read from the same texts as <c>--help</c>.</summary>
internal static partial class CompletionsCommand
{
    public static readonly Command Command = new("completions",
        """
        completions bash|zsh|fish|powershell

        install.sh puts the first three where shells look for them. By hand: bash: source <(septim completions bash) in ~/.bashrc; zsh: the
        same in ~/.zshrc, after compinit; fish: septim completions fish > ~/.config/fish/completions/septim.fish; PowerShell:
        septim completions powershell | Out-String | Invoke-Expression in $PROFILE.
        """,
        "prints a completion script for bash, zsh, fish or PowerShell", Run);

    private static int Run(ReadOnlySpan<string> args, CommandIo io)
    {
        var options = Options.Parse("completions", args, [], []);
        var script = options.Rest is [var shell] ? shell switch { "bash" => Bash(), "zsh" => Zsh(), "fish" => Fish(), "powershell" => PowerShell(), _ => null } : null;
        io.Out.Write(script ?? throw new HookFault("give one of bash, zsh, fish, powershell"));
        return 0;
    }

    /// <summary>The options that a verb's help names, each once.</summary>
    internal static IEnumerable<string> OptionsOf(Command command) =>
        Option().Matches(command.Usage).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<(string Verb, string Summary)> Verbs() =>
        CommandList.All.Select(command => (command.Verb, command.Summary))
            .Concat(GateList.All.Select(gate => (gate.Id, "asks this gate alone, for the client")))
            .Append(("hook", "asks every gate, for the client")).Append(("help", "lists the verbs")).Append(("version", "prints the version"))
            .OrderBy(verb => verb.Item1, StringComparer.Ordinal);

    private static string Bash()
    {
        var script = new StringBuilder("_septim() {\n    local cur=${COMP_WORDS[COMP_CWORD]} words\n    if [ \"$COMP_CWORD\" = 1 ]; then\n");
        script.Append($"        words='{string.Join(' ', Verbs().Select(verb => verb.Verb))}'\n    else\n        case ${{COMP_WORDS[1]}} in\n");
        foreach (var command in CommandList.All)
            if (OptionsOf(command).ToList() is { Count: > 0 } options) script.Append($"            {command.Verb}) words='{string.Join(' ', options)}' ;;\n");
        return script.Append("            *) words='' ;;\n        esac\n    fi\n    # shellcheck disable=SC2207 # no word holds a blank; the bash of macOS has no mapfile\n    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\ncomplete -o default -F _septim septim\n").ToString();
    }

    /// <summary>Works as a file <c>_septim</c> on <c>$fpath</c>, and sourced.</summary>
    private static string Zsh()
    {
        var script = new StringBuilder("#compdef septim\n_septim() {\n    local -a verbs options\n    verbs=(\n");
        foreach (var (verb, summary) in Verbs()) script.Append($"        '{verb}:{summary.Replace("'", "'\\''", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal)}'\n");
        script.Append("    )\n    if (( CURRENT == 2 )); then\n        _describe verb verbs\n        return\n    fi\n    case ${words[2]} in\n");
        foreach (var command in CommandList.All)
            if (OptionsOf(command).ToList() is { Count: > 0 } options) script.Append($"        {command.Verb}) options=({string.Join(' ', options)}) ;;\n");
        return script.Append("    esac\n    [[ ${words[CURRENT]} == -* ]] && compadd -- $options || _files\n}\nif [[ ${funcstack[1]} == _septim ]]; then _septim \"$@\"; else compdef _septim septim; fi\n").ToString();
    }

    private static string PowerShell()
    {
        var script = new StringBuilder("Register-ArgumentCompleter -Native -CommandName septim -ScriptBlock {\n    param($word, $ast, $position)\n    $options = @{\n");
        foreach (var command in CommandList.All) script.Append($"        '{command.Verb}' = @({string.Join(", ", OptionsOf(command).Select(option => $"'{option}'"))})\n");
        script.Append("    }\n    $words = @($ast.CommandElements | ForEach-Object { $_.ToString() })\n");
        script.Append("    $before = if ($word) { $words.Count - 1 } else { $words.Count }\n");
        script.Append($"    $known = if ($before -le 1) {{ @({string.Join(", ", Verbs().Select(verb => $"'{verb.Verb}'"))}) }} else {{ $options[$words[1]] }}\n");
        return script.Append("    $known | Where-Object { $_ -like \"$word*\" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }\n}\n").ToString();
    }

    private static string Fish()
    {
        var script = new StringBuilder();
        foreach (var (verb, summary) in Verbs())
            script.Append($"complete -c septim -f -n __fish_use_subcommand -a {verb} -d '{summary.Replace("'", "\\'", StringComparison.Ordinal)}'\n");
        foreach (var command in CommandList.All)
        {
            foreach (var option in OptionsOf(command))
                script.Append($"complete -c septim -n '__fish_seen_subcommand_from {command.Verb}' -l {option[2..]}\n");
        }
        return script.ToString();
    }

    [GeneratedRegex("--[A-Za-z][A-Za-z-]+")]
    private static partial Regex Option();
}
