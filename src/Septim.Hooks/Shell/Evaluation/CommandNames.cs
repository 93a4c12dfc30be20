namespace Septim.Hooks.Shell.Evaluation;

/// <summary>How tools that we do not know name the text that they give to a shell.</summary>
internal static class CommandNames
{
    private const string Options = "--exec --execute --command --cmd --run --runner --shell --shell-command --exec-command --remote-command --ssh-command --run-command --script --hook --on-change --on-success --on-failure --on-exit --pre --post --before --after --pre-command --post-command -exec -command -cmd -c -x -e";

    private const string Subcommands = "exec run ssh shell sh cmd command invoke spawn";

    public static bool IsOption(string word) => NameList.Has(Options, word);

    public static bool IsSubcommand(string word) => NameList.Has(Subcommands, word);
}
