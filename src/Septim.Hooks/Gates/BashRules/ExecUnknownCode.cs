using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>A text that is not known here is run as code.</summary>
internal static class ExecUnknownCode
{
    public static readonly BashRule Rule = new("exec-unknown-code", BashSeverity.Medium)
    {
        Reason = "nobody can tell here what it will run",
        Alternative = "make build",
        Advice = "write out the command that is to run",
        Denies =
        [
            "eval \"$VAR\"",
            "bash -c \"$VAR\"",
            "$CMD -rf build",
            "cat list | xargs sh -c",
            "eval \"$(./gen.sh)\"",
            "sh -c \"$(cat x)\"",
            "python3 -c \"$CODE\"",
            "$TOOL --force --hard",
            "/b?n/r? -rf build",
            "sh <<< \"$X\"",
            "mapfile -C eval -c 1 < list.txt",
        ],
        Passes =
        [
            "eval \"$(direnv hook bash)\"",
            "eval \"$(pyenv init -)\"",
            "eval \"$(ssh-agent -s)\"",
            "bash -c \"echo hi\"",
            "$EDITOR file",
            "eval \"echo hi\"",
            "bash script.sh",
            "$PYTHON -m pytest",
            "eval \"$(brew shellenv)\"",
            "source venv/bin/activate",
            "cat x.sh | bash",
            "bash -c \"cd $DIR && make\"",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        foreach (var code in at.Invocation.Code)
        {
            if (code.Origin == CodeOrigin.Argument && code.IsOpaque && code.Feed.Text is null && !InitForms.Are(code.Feed)) return BashFinding.Plain;
            if (code.Origin == CodeOrigin.Input && code.IsOpaque && code.Feed.Content is { HasUnknown: true } text && text.StartsWithVariable is not null && !InitForms.Are(code.Feed)) return BashFinding.Plain;
            if (code.Origin == CodeOrigin.Input && code.IsOpaque && code.Feed.From.Length > 0
                && (Origins.Of(code.Feed, at) & OriginKinds.Computed) != 0 && !InitForms.Are(code.Feed)) return BashFinding.Plain;
            // Why: `bash <(./gen)` is `./gen | bash`.
            if (code.Origin == CodeOrigin.File && code.IsOpaque && code.Feed.From.Length > 0 && IsSubstitution(at)
                && (Origins.Of(code.Feed, at) & OriginKinds.Computed) != 0 && !InitForms.Are(code.Feed)) return BashFinding.Plain;
        }
        if (at.Invocation.Program is { HasGlob: true, HasUnknown: false }) return BashFinding.Plain;
        if (at.Name is "mapfile" or "readarray" && Callback(at)) return BashFinding.Plain;
        if (at.Name.Length > 0 || at.Invocation.Program is not { HasUnknown: true } program) return null;
        if (program.Prefix.Contains('/')) return null;
        return LooksDestructive(at) ? BashFinding.Plain : null;
    }

    /// <summary><c>mapfile -C 'eval' …</c>: each line that is read becomes code.</summary>
    private static bool Callback(RuleCase at)
    {
        for (var i = 0; i + 1 < at.Arguments.Length; i++)
        {
            if (at.Arguments[i].Text is not "-C" || at.Arguments[i + 1].Shown is not { } call) continue;
            var space = call.IndexOf(' ');
            var program = space < 0 ? call : call[..space];
            if (program is "eval" or "." or "source" or "python" or "python3" or "perl" or "ruby" or "node" or "php" || ShellTools.IsShell(program)) return true;
        }
        return false;
    }

    private static bool IsSubstitution(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            if (!argument.StartsWith("-")) return argument.StartsWith("/dev/fd/");
        }
        return false;
    }

    private static bool LooksDestructive(RuleCase at)
    {
        if (at.Argument(0) is "delete" or "destroy" or "purge" or "drop" or "terminate" && (at.HasArgument("-f") || at.HasArgument("--all") || at.HasArgument("-y") || at.HasArgument("--yes") || at.HasArgument("-auto-approve") || at.HasArgument("--auto-approve"))) return true;
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is not { } text) continue;
            if (text is "--force" or "--hard" or "-delete" or "--no-preserve-root" or "--recursive" or "--delete" or "--no-verify" or "--purge") return true;
            if (text is ['-', not '-', ..] && text.Length <= 5 && (text.Contains('r') || text.Contains('R')) && text.Contains('f')) return true;
            if (at.PlaceOf(argument).Kind is PlaceKind.SystemRoot or PlaceKind.HomeRoot && !text.StartsWith('-')) return true;
        }
        return false;
    }
}
