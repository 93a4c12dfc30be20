using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>A nested client is started without its guards, or the guards are switched off.</summary>
internal static class GuardBypass
{
    private const string Id = "guard-bypass";

    public static readonly BashRule Rule = new(Id, BashSeverity.Critical)
    {
        Reason = "it switches off the guards of the client",
        Advice = "run it without the flag, with the same settings",
        Denies =
        [
            "claude --dangerously-skip-permissions",
            "claude -p x --permission-mode bypassPermissions",
            "claude --allow-dangerously-skip-permissions -p x",
            "claude --settings '{\"disableAllHooks\":true}' -p x",
            "unset CLAUDE_PROJECT_DIR",
            "claude --bare -p x",
            "CLAUDE_CODE_SIMPLE=1 claude -p x",
            "codex --dangerously-bypass-approvals-and-sandbox x",
            "env -u CLAUDE_PROJECT_DIR claude -p x",
            "gemini --yolo",
            "claude --settings <(echo '{\"disableAllHooks\":true}') -p y",
            "echo '{\"disableAllHooks\":true}' > x.json; claude --settings x.json -p y",
        ],
        Asks =
        [
            "env -i claude -p x",
            "export CLAUDE_CONFIG_DIR=/tmp/x; claude -p y",
        ],
        Passes =
        [
            "env -i ls",
            "claude --settings x.json -p y",
            "claude --version",
            "claude -p \"fix the tests\"",
            "claude --help",
            "claude mcp list",
            "echo \"claude --dangerously-skip-permissions\"",
            "claude -p \"explain --bare\" --model x",
            "unset FOO",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        foreach (var assignment in at.Invocation.Assignments)
        {
            if (IsGuardVariable(assignment.Name)) return BashFinding.Plain;
            if (assignment.Name is "HOME" or "CLAUDE_CONFIG_DIR" && at.Name is "claude" or "claude-code") return new BashFinding(BashSeverity.Medium, "there it has other settings, without these guards");
        }
        switch (at.Name)
        {
            case "unset":
                foreach (var argument in at.Arguments)
                {
                    if (argument.Text is { } name && IsWiring(name)) return BashFinding.Plain;
                }
                return null;
            case "env":
                for (var i = 0; i < at.Arguments.Length; i++)
                {
                    if (at.Argument(i) is "-u" or "--unset" && at.Argument(i + 1) is { } unset && IsWiring(unset)) return BashFinding.Plain;
                    if (at.Argument(i) is ['-', 'u', ..] or ['-', '-', 'u', ..] && at.Argument(i)!.IndexOf('=') is var equals && IsWiring(at.Argument(i)![(equals < 0 ? 2 : equals + 1)..])) return BashFinding.Plain;
                }
                return null;
            case "export" or "declare" or "typeset":
                foreach (var argument in at.Arguments)
                {
                    if (argument.Prefix.IndexOf('=') is > 0 and var equals && IsGuardVariable(argument.Prefix[..equals])) return BashFinding.Plain;
                }
                return null;
            case "claude" or "claude-code":
                return Client(at) ?? (HasOtherHome(at) ? new BashFinding(BashSeverity.Medium, "there it has other settings, without these guards") : null);
            case "npx" or "bunx" or "pnpm":
                return at.HasArgument("--dangerously-skip-permissions") ? BashFinding.Plain : null;
            default:
                return OtherClient(at.Name)?.Find(at);
        }
    }

    /// <summary>The switches by which other vendors' clients ask nobody. Source: their manuals, November 2026.</summary>
    private static ListedVerb? OtherClient(string name) => name switch
    {
        "codex" => new(Id, "-s --sandbox -a --ask-for-approval -m --model -C --cd -c --config -p --profile", "+--dangerously-bypass-approvals-and-sandbox|--yolo|--sandbox=danger-full-access|-s=danger-full-access|-c=sandbox_mode=danger-full-access|--config=sandbox_mode=danger-full-access"),
        "gemini" or "qwen" => new(Id, "-m --model -p --prompt -i --prompt-interactive --approval-mode", "+--yolo|-y|--approval-mode=yolo"),
        "crush" => new(Id, "-c --cwd -D --data-dir -m --model", "+--yolo|-y"),
        "opencode" or "auggie" or "droid" => new(Id, "-m --model", "+--dangerously-allow-all|--dangerously-skip-permissions|--skip-permissions-unsafe"),
        "cursor-agent" => new(Id, "-m --model --output-format", "+--force|-f|--yolo"),
        "copilot" => new(Id, "-p --prompt --model --add-dir", "+--allow-all-tools|--allow-all|--yolo"),
        "amp" => new(Id, "-x --execute -m --mode", "+--dangerously-allow-all"),
        "q" or "kiro-cli" => new(Id, "--model --agent", "chat +--trust-all-tools|-a"),
        _ => null,
    };

    private static readonly OptionTable s_client = new("pcr:d::hv", "print permission-mode= settings= setting-sources= dangerously-skip-permissions allow-dangerously-skip-permissions bare safe-mode restricted model= output-format= input-format= append-system-prompt= system-prompt= allowedTools= allowed-tools= disallowedTools= disallowed-tools= mcp-config= resume=? session-id= add-dir= agents= plugin-dir= fallback-model= max-turns= max-budget-usd= json-schema= betas= ide verbose debug=? continue fork-session")
    {
        ExactLong = true,
    };

    private static BashFinding? Client(RuleCase at)
    {
        var given = OptionReader.Read(at.Arguments, s_client);
        if (given.Has("--dangerously-skip-permissions", "--allow-dangerously-skip-permissions", "--bare") || given.Has("--safe-mode", "--restricted")) return BashFinding.Plain;
        if (given.Value("--permission-mode")?.Text is "bypassPermissions") return BashFinding.Plain;
        if (given.Value("--settings") is { } settings)
        {
            if (settings.Shown.Contains("disableAllHooks", StringComparison.Ordinal) || Filled(settings, at).Contains("disableAllHooks", StringComparison.Ordinal)) return BashFinding.Plain;
            if (IsOpenFile(settings, at)) return new BashFinding(BashSeverity.Medium, "settings from there may switch the guards off");
        }
        if (given.Has("--setting-sources") && given.Value("--setting-sources")?.Text is { } sources && !(sources.Contains("user", StringComparison.Ordinal) && sources.Contains("project", StringComparison.Ordinal))) return BashFinding.Plain;
        if (given.Operands.Count > 2 && given.Operands[0].Is("config") && given.Operands[1].Text is "set" or "add" && given.Operands[2].Text is "disableAllHooks" or "hooks" or "permissions.defaultMode") return BashFinding.Plain;
        return null;
    }

    /// <summary>What this command line puts into the file of settings, or prints through <c>&lt;(…)</c>.</summary>
    private static string Filled(Word settings, RuleCase at)
    {
        foreach (var piece in settings.Pieces)
        {
            if (piece.From?.Content is { } content) return content.Shown;
        }
        return at.Reading.WrittenBefore(at.Invocation, settings)?.Content?.Shown ?? "";
    }

    /// <summary>The environment that wires it was emptied, or an earlier <c>export</c> sends it elsewhere.</summary>
    private static bool HasOtherHome(RuleCase at)
    {
        if (at.AsksForHelp) return false;
        foreach (var wrapper in at.Invocation.Via)
        {
            if (wrapper.Name == "env" && OptionReader.Read(wrapper.Arguments, s_env) is var env
                && (env.Has("-i", "--ignore-environment") || (env.FirstOperand < wrapper.Arguments.Length && wrapper.Arguments[env.FirstOperand].Is("-")))) return true;
        }
        return at.Invocation.Variable("CLAUDE_CONFIG_DIR") is not null || at.Invocation.Variable("HOME") is not null;
    }

    private static readonly OptionTable s_env = new("i0vu:C:S:P:", "ignore-environment null unset= chdir= split-string=") { StopsAtOperand = true };

    /// <summary>A file of settings from a place that anybody may fill, not the settings themselves.</summary>
    private static bool IsOpenFile(Word settings, RuleCase at) => !settings.StartsWith("{") && at.PlaceOf(settings).Kind is PlaceKind.Temp;

    /// <summary>Variables whose setting makes the client skip hooks.</summary>
    private static bool IsGuardVariable(string name) => name is "CLAUDE_CODE_SIMPLE" or "CLAUDE_CODE_DISABLE_HOOKS" or "SEPTIM_OFF" or "SEPTIM_OBSERVE" or "SEPTIM_BASH_OBSERVE" or "SEPTIM_CONFIG";

    /// <summary>Variables by which the client and the gate know each other.</summary>
    private static bool IsWiring(string name) => name is "CLAUDE_PROJECT_DIR" or "CLAUDE_CONFIG_DIR" or "CLAUDE_ENV_FILE" or "CLAUDECODE" || name.StartsWith("SEPTIM_", StringComparison.Ordinal) || name.StartsWith("CLAUDE_CODE_", StringComparison.Ordinal);
}
