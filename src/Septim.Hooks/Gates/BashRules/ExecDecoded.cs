namespace Septim.Hooks.Gates.BashRules;

/// <summary>Decoded bytes reach an interpreter.</summary>
internal static class ExecDecoded
{
    public static readonly BashRule Rule = new("exec-decoded", BashSeverity.Critical)
    {
        Reason = "it runs a text that was hidden by an encoding",
        Alternative = "base64 -d payload.b64 > payload.txt",
        Denies =
        [
            "echo cm0gLXJmIC8K | base64 -d | sh",
            "xxd -r -p x.hex | bash",
            "openssl enc -d -aes256 -in x | sh",
            "eval \"$(echo cm0K | base64 -d)\"",
            "echo '/ fr- mr' | rev | sh",
            "base64 -d x > y; bash y",
            "bash <(base64 -d x)",
            "bash -c \"$(base64 -d <<< cm0K)\"",
            "python3 -c \"$(base64 -d x)\"",
            "echo 'ez -es /' | tr a-z n-za-m | sh",
        ],
        Passes =
        [
            "echo aGk= | base64 -d",
            "base64 f",
            "base64 -d x > y",
            "echo hi | rev",
            "openssl enc -d -in x -out y",
            "base64 -d x | jq .",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        foreach (var code in at.Invocation.Code)
        {
            if ((Origins.Of(code.Feed, at) & OriginKinds.Decoded) != 0) return BashFinding.Plain;
        }
        if (at.Invocation.Program is not { } program) return null;
        if ((Origins.Of(program, at) & OriginKinds.Decoded) != 0) return BashFinding.Plain;
        if (program.Text is { } path && path.Contains('/') && (Origins.OfFile(program, at) & OriginKinds.Decoded) != 0) return BashFinding.Plain;
        if (!ShellTools.IsShell(at.Name) && at.Name is not ("source" or "." or "python3" or "python" or "node" or "perl" or "ruby" or "php")) return null;
        foreach (var argument in at.Arguments)
        {
            if (argument.StartsWith("-")) continue;
            return argument.Text is not null && (Origins.OfFile(argument, at) & OriginKinds.Decoded) != 0 && !at.HasArgument("-n") ? BashFinding.Plain : null;
        }
        return null;
    }
}
