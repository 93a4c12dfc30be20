using Septim.Hooks.Shell;
using Septim.Hooks.Shell.Evaluation;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Which tools bring bytes in from the network, decode them, or print secrets and the environment.</summary>
internal static class SourceTools
{
    public static OriginKinds Adds(RuleCase at) =>
        at.AsksForHelp ? OriginKinds.None : Kinds(at) | (SecretEcho.PrintsSecret(at) ? OriginKinds.Token : OriginKinds.None);

    private static OriginKinds Kinds(RuleCase at)
    {
        switch (at.Name)
        {
            case "http" or "https" or "xh" when at.HasArgument("--offline"): return OriginKinds.None;
            case "curl" or "curlie" or "wget" or "wget2" or "aria2c" or "axel" or "http" or "https" or "xh" or "xhs" or "httpie":
                return NetworkTool.Read(at) is { IsLocal: false } ? OriginKinds.Network : OriginKinds.None;
            case "nc" or "ncat" or "netcat" when Has(at, 'z'): return OriginKinds.None;
            case "nc" or "ncat" or "netcat" or "socat" or "telnet" or "ftp" or "tftp" or "lftp" or "sftp" or "fetch" or "lynx" or "w3m" or "links" or "elinks" or "dig" or "nslookup" or "host" or "drill"
                or "iwr" or "irm" or "invoke-webrequest" or "invoke-restmethod" or "Invoke-WebRequest" or "Invoke-RestMethod" or "certutil" or "bitsadmin" or "youtube-dl" or "yt-dlp" or "ipfs" or "gdown":
                return OriginKinds.Network;
            case "scp" or "rsync":
                for (var i = 0; i < at.Arguments.Length - 1; i++)
                {
                    if (!at.Arguments[i].StartsWith("-") && CopyingTools.IsRemote(at.Arguments[i])) return OriginKinds.Network;
                }
                return OriginKinds.None;
            case "ssh": return OriginKinds.Network;
            case "git" when at.Git is { Verb: "archive" }: return at.HasArgument("--remote") || HasStart(at, "--remote=") ? OriginKinds.Network : OriginKinds.None;
            case "aws": return at.Argument(0) is "s3" or "s3api" or "ssm" ? OriginKinds.Network : OriginKinds.Computed;
            case "gsutil" or "rclone" or "s3cmd" or "s5cmd" or "mc" or "azcopy": return OriginKinds.Network;
            case "gh" or "glab": return at.Argument(0) is "api" or "gist" or "release" or "run" ? OriginKinds.Network : OriginKinds.Computed;
            case "openssl" when at.Argument(0) is "s_client": return OriginKinds.Network;
            case "base64" or "gbase64" or "base32" or "basenc" or "base58":
                return Has(at, 'd') || Has(at, 'D') || at.HasArgument("--decode") ? OriginKinds.Decoded : OriginKinds.None;
            case "xxd": return Has(at, 'r') || at.HasArgument("-revert") ? OriginKinds.Decoded : OriginKinds.None;
            case "openssl": return at.HasArgument("-d") || at.HasArgument("-decrypt") || at.HasArgument("-D") ? OriginKinds.Decoded : OriginKinds.None;
            case "uudecode" or "rev" or "rot13" or "caesar" or "ascii85" or "atob" or "hex" or "unhex": return OriginKinds.Decoded;
            case "gpg" or "gpg2" or "age" or "sops":
                if (at.HasArgument("--export-secret-keys") || at.HasArgument("--export-secret-subkeys")) return OriginKinds.Secret;
                return at.HasArgument("-d") || at.HasArgument("--decrypt") ? OriginKinds.Decoded : OriginKinds.None;
            case "tr":
                return at.HasArgument("-d") || at.HasArgument("-s") || at.Arguments.Length < 2 || at.Argument(1) is { Length: < 3 } || ChangesCase(at.Argument(0), at.Argument(1)) ? OriginKinds.None : OriginKinds.Decoded;
            case "gunzip" or "zcat" or "gzcat" or "bunzip2" or "bzcat" or "xzcat" or "unxz" or "zstdcat" or "unzstd": return OriginKinds.Decoded;
            case "gzip" or "bzip2" or "xz" or "zstd": return Has(at, 'd') || at.HasArgument("--decompress") ? OriginKinds.Decoded : OriginKinds.None;
            case "env" or "printenv": return Dumps(at) ? OriginKinds.Environment : OriginKinds.None;
            case "set" or "export" or "declare" or "typeset": return Dumps(at) ? OriginKinds.Environment : OriginKinds.None;
            case "security": return at.Argument(0) is "dump-keychain" or "export" ? OriginKinds.Secret : at.Argument(0) is "find-generic-password" or "find-internet-password" ? OriginKinds.Token : OriginKinds.None;
            case "pass" or "op" or "bw" or "lpass" or "vault": return at.Argument(0) is "show" or "read" or "get" or "kv" ? OriginKinds.Token | OriginKinds.Computed : OriginKinds.None;
            // Why: a text that stands in the command and is changed on its way is code that somebody hides.
            case "sed" or "gsed" or "cut" or "awk" or "gawk" or "mawk" when at.Invocation.Input.Text is { Length: > 0 } || WritesLines(at): return OriginKinds.Computed;
            case "ssh-add" or "ssh-keygen" or "echo" or "printf" or "cat" or "tee" or "grep" or "sed" or "head" or "tail" or "sort" or "uniq" or "cut" or "awk" or "": return OriginKinds.None;
            default: return FetchingTools.Targets(at).Count > 0 ? OriginKinds.Network : FetchingTools.Copied(at) is not null ? OriginKinds.Container | OriginKinds.Computed : OriginKinds.Computed;
        }
    }

    /// <summary><c>tr a-z A-Z</c>, <c>tr '[:lower:]-' '[:upper:]_'</c>: letters stay the letters they are, which hides nothing.</summary>
    private static bool ChangesCase(string? from, string? to)
    {
        if (from is null || to is null) return false;
        from = from.Replace("[:lower:]", "a-z", StringComparison.Ordinal).Replace("[:upper:]", "A-Z", StringComparison.Ordinal);
        to = to.Replace("[:lower:]", "a-z", StringComparison.Ordinal).Replace("[:upper:]", "A-Z", StringComparison.Ordinal);
        return from.StartsWith("a-z", StringComparison.Ordinal) && to.StartsWith("A-Z", StringComparison.Ordinal) && HasNoLetters(from, to)
            || from.StartsWith("A-Z", StringComparison.Ordinal) && to.StartsWith("a-z", StringComparison.Ordinal) && HasNoLetters(from, to);

        static bool HasNoLetters(string from, string to) =>
            from.Length == to.Length && !from.AsSpan(3).ContainsAnyInRange('A', 'z') && to.AsSpan(3).IndexOfAnyExcept("_-") < 0;
    }

    /// <summary><c>awk '{print "rm " $1}' list</c>, <c>sed 's/^/rm /' list</c>: it puts words of its own before what each line holds.</summary>
    private static bool WritesLines(RuleCase at)
    {
        if (at.Name is "cut") return false;
        if (at.Name is not ("sed" or "gsed")) return at.Argument(0) is { } program && (program.Contains("print \"", StringComparison.Ordinal) || program.Contains("print(\"", StringComparison.Ordinal) || program.Contains("printf", StringComparison.Ordinal));
        if (SedScript.Of(OptionReader.Read(at.Arguments, SedScript.Options), out _) is not { } script) return false;
        foreach (var command in SedScript.Read(script))
        {
            if (command is { Name: 's', Pattern: "^" or ".*" or "^.*$" or "\\(.*\\)" or "(.*)" } && !string.IsNullOrWhiteSpace(command.Text) && !command.Text.StartsWith("export ", StringComparison.Ordinal)) return true;
        }
        return false;
    }

    private static bool HasStart(RuleCase at, string text)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.StartsWith(text)) return true;
        }
        return false;
    }

    /// <summary>It prints every variable.</summary>
    public static bool Dumps(RuleCase at)
    {
        switch (at.Name)
        {
            case "printenv":
                foreach (var argument in at.Arguments)
                {
                    if (argument.Text is not ("-0" or "--null")) return false;
                }
                return true;
            case "env":
                foreach (var argument in at.Arguments)
                {
                    if (!argument.StartsWith("-") && !argument.Shown.Contains('=')) return false;
                    if (argument.Text is "-i" or "-" or "--ignore-environment" or "-S" or "--split-string") return false;
                }
                return true;
            case "set": return at.Arguments.Length == 0;
            // Why: `export $(x)` may come to no argument at all and still is no request for the list.
            case "export" or "declare" or "typeset" when at.Invocation.Source.Contains('$'): return false;
            case "export" or "declare" or "typeset": return at.Name is "export" && at.Arguments.Length == 0 || at.Arguments.Length == 1 && at.Argument(0) is "-p" or "-x" or "-px" or "-xp";
            default: return false;
        }
    }

    private static bool Has(RuleCase at, char letter)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is ['-', not '-', ..] text && text.Contains(letter)) return true;
        }
        return false;
    }
}
