using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Tools other than curl and wget that send something over the network, and where it comes from: for <see cref="SecretExfil"/>.</summary>
internal static class SendingTools
{
    /// <summary>A secret is among what the command sends: its input, its files, or a name that it asks a server for.</summary>
    public static bool Sends(RuleCase at, OriginKinds leaks)
    {
        switch (at.Name)
        {
            case "sftp" or "ftp" or "lftp" when at.Invocation.Input.Text is { } script:
                foreach (var line in script.Split('\n'))
                {
                    var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                    if (words.Length > 1 && words[0] is "put" or "mput" or "reput" && (Origins.OfFile(Word.Of(words[1]), at) & leaks) != 0) return true;
                }
                return false;
            case "nc" or "ncat" or "netcat" or "telnet" or "ssh" or "mail" or "mailx" or "sendmail" or "mutt" or "ftp" or "sftp" or "lftp" or "tftp" or "logger" or "mosquitto_pub" or "websocat" or "pastebinit" or "transfer" or "wormhole" or "magic-wormhole" or "croc" or "ipfs" or "kcat" or "slackcat" or "ffsend" or "xclip-remote":
                return (Origins.Of(at.Invocation.Input, at) & leaks) != 0 || (at.Name == "ssh" && InRemoteCommand(at, leaks)) || (at.Name is not ("nc" or "ncat" or "netcat" or "telnet" or "ssh" or "logger") && (AnyFile(at, 0, leaks) || PutsFile(at, leaks)));
            case "openssl":
                return at.Argument(0) is "s_client" && (Origins.Of(at.Invocation.Input, at) & leaks) != 0;
            case "scp" or "rsync":
                if (at.Arguments.Length < 2 || !CopyingTools.IsRemote(at.Arguments[^1])) return false;
                foreach (var effect in at.Effects)
                {
                    if (effect.Kind is FileEffectKind.Read or FileEffectKind.MoveAway && (Origins.OfFile(effect.Path, at) & leaks) != 0) return true;
                }
                return false;
            case "socat":
                return Socat(at, leaks);
            case "tar" or "bsdtar":
                return ToRemoteTape(at) && AnyFile(at, 0, leaks);
            case "dig" or "nslookup" or "host" or "ping" or "drill" or "whois" or "traceroute":
                foreach (var argument in at.Arguments)
                {
                    if (SecretEcho.HoldsSecret(argument)) return true;
                    if ((Origins.Of(argument, at) & leaks) != 0) return true;
                }
                return false;
            case "aws":
                var path = CommandPath.Read(at.Arguments, CloudDelete.AwsFlags, true);
                if (path[0] is "s3" && at.Argument(0) is not "s3") return path[1] is "cp" or "sync" or "mv" && AnyFile(at, 0, leaks);
                if (at.Argument(0) is "sns" or "sqs" or "ses" or "lambda" or "kinesis" && at.Argument(1) is "publish" or "send-message" or "send-email" or "send-raw-email" or "invoke" or "put-record" && AnyArgument(at, 2, leaks)) return true;
                return at.Argument(0) is "s3" && at.Argument(1) is "cp" or "sync" or "mv" && (AnyFile(at, 2, leaks) || (at.HasArgument("-") && (Origins.Of(at.Invocation.Input, at) & leaks) != 0));
            case "gsutil" or "azcopy" or "rclone" or "s3cmd" or "mc":
                return CommandPath.Read(at.Arguments, "-o -h --config -c --endpoint-url")[0] is "cp" or "rsync" or "copy" or "copyto" or "put" or "mv" or "sync" or "move" or "rcat" && (AnyFile(at, 0, leaks) || (Origins.Of(at.Invocation.Input, at) & leaks) != 0);
            case "gcloud":
                return (at.HasArgument("compute") && at.HasArgument("scp") || at.HasArgument("storage") && (at.HasArgument("cp") || at.HasArgument("rsync"))) && AnyFile(at, 1, leaks);
            case "b2" or "supabase" or "wrangler":
                return (at.HasArgument("upload") || at.HasArgument("upload-file") || at.HasArgument("cp") || at.HasArgument("put")) && (AnyFile(at, 1, leaks) || AnyArgument(at, 1, leaks));
            case "swaks" or "nats" or "wscat" or "grpcurl" or "evans" or "telegram-send" or "apprise":
                return AnyFile(at, 0, leaks);
            case "az":
                return at.HasArgument("upload") && AnyFile(at, 2, leaks);
            case "gh" or "glab":
                if (at.Argument(0) is "api" && (AnyArgument(at, 1, leaks & ~OriginKinds.Token) || Fields(at, leaks))) return true;
                return (at.Argument(0) is "gist" or "snippet" or "release" && at.Argument(1) is not ("download" or "view" or "list" or "delete" or "clone") && AnyFile(at, 2, leaks)) || Body(at, leaks)
                    || (at.Argument(0) is "gist" or "snippet" or "issue" or "pr" or "api" && (Origins.Of(at.Invocation.Input, at) & leaks) != 0);
            case "redis-cli" or "valkey-cli" or "keydb-cli":
                return SpeaksAbroad(at) && ((Origins.Of(at.Invocation.Input, at) & leaks) != 0 || AnyArgument(at, 0, leaks));
            case "docker" or "podman" or "kubectl":
                return at.Argument(0) is "cp" && AnyFile(at, 1, leaks) && CopyingTools.IsRemote(at.Arguments[^1]);
            default:
                return false;
        }
    }

    /// <summary><c>ssh h "echo $(cat key) > x"</c>: the command that goes to the other machine holds it.</summary>
    private static bool InRemoteCommand(RuleCase at, OriginKinds leaks)
    {
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            // Why: an identity or a configuration stays here.
            if (i > 0 && at.Arguments[i - 1].Text is "-i" or "-F") continue;
            if ((Origins.Of(at.Arguments[i], at) & leaks) != 0) return true;
        }
        return false;
    }

    /// <summary>The text of an issue or a request comes from a file, or from a substitution in it.</summary>
    private static bool Body(RuleCase at, OriginKinds leaks)
    {
        if (at.Argument(0) is not ("issue" or "pr" or "mr")) return false;
        for (var i = 2; i < at.Arguments.Length; i++)
        {
            if ((Origins.Of(at.Arguments[i], at) & leaks) != 0) return true;
            if (at.Arguments[i - 1].Text is "-F" or "--body-file" or "--description-file" && (Origins.OfFile(at.Arguments[i], at) & leaks) != 0) return true;
            if (at.Arguments[i].StartsWith("--body-file=") && (Origins.OfFile(at.Arguments[i].From(12), at) & leaks) != 0) return true;
        }
        return false;
    }

    /// <summary><c>gh api --input f</c>, <c>-F body=@f</c>: the files that a request is made of.</summary>
    private static bool Fields(RuleCase at, OriginKinds leaks)
    {
        var given = OptionReader.Read(at.Arguments, s_api, 1);
        foreach (var file in given.Values("--input"))
        {
            if ((Origins.OfFile(file, at) & leaks) != 0) return true;
        }
        foreach (var option in given.Options)
        {
            if (option.Name is not ("-F" or "--field" or "--form") || option.Value is not { } field) continue;
            var mark = field.Prefix.IndexOf("=@", StringComparison.Ordinal);
            if (mark > 0 && (Origins.OfFile(field.From(mark + 2), at) & leaks) != 0) return true;
        }
        return false;
    }

    private static readonly OptionTable s_api = new("X:H:f:F:q:t:p:i", "method= header= raw-field= field= form= input= jq= template= hostname= cache= preview= paginate include silent slurp verbose");

    /// <summary>The server is another machine's.</summary>
    private static bool SpeaksAbroad(RuleCase at)
    {
        for (var i = 0; i + 1 < at.Arguments.Length; i++)
        {
            if (at.Arguments[i].Text is "-h" or "-u") return !NetworkTool.IsLocalUrl(at.Arguments[i + 1]);
        }
        return false;
    }

    /// <summary>A value that is sent as it stands, or as <c>file://f</c>.</summary>
    private static bool AnyArgument(RuleCase at, int from, OriginKinds leaks)
    {
        for (var i = from; i < at.Arguments.Length; i++)
        {
            var argument = at.Arguments[i];
            if ((Origins.Of(argument, at) & leaks) != 0) return true;
            if ((argument.StartsWith("file://") || argument.StartsWith("fileb://")) && argument.Text is { } text && (Origins.OfFile(Word.Of(text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..]), at) & leaks) != 0) return true;
        }
        return false;
    }

    /// <summary><c>lftp -c 'open x; put f'</c>, <c>tftp h -c put f</c>.</summary>
    private static bool PutsFile(RuleCase at, OriginKinds leaks)
    {
        if (at.Name is not ("lftp" or "sftp" or "ftp" or "tftp")) return false;
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is not { } script || !script.Contains("put ", StringComparison.Ordinal)) continue;
            foreach (var line in script.Split(';'))
            {
                var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (words.Length > 1 && words[0] is "put" or "mput" or "mirror" && (Origins.OfFile(Word.Of(words[1]), at) & leaks) != 0) return true;
            }
        }
        return false;
    }

    private static bool AnyFile(RuleCase at, int from, OriginKinds leaks)
    {
        for (var i = from; i < at.Arguments.Length; i++)
        {
            var argument = at.Arguments[i];
            if (argument.StartsWith("-") || CopyingTools.IsRemote(argument)) continue;
            if ((Origins.OfFile(argument, at) & leaks) != 0 || (Origins.Of(argument, at) & leaks) != 0) return true;
        }
        return false;
    }

    /// <summary><c>socat OPEN:key TCP:host:80</c>: one address is a secret file, another is a host.</summary>
    private static bool Socat(RuleCase at, OriginKinds leaks)
    {
        if ((Origins.Of(at.Invocation.Input, at) & leaks) != 0) return true;
        bool secret = false, network = false;
        foreach (var argument in at.Arguments)
        {
            foreach (var address in argument.Shown.Split("!!"))
            {
                var colon = address.IndexOf(':');
                var kind = colon < 0 ? "" : address[..colon].ToUpperInvariant();
                if (kind is "OPEN" or "FILE" or "GOPEN" or "RDONLY")
                {
                    var path = address[(colon + 1)..];
                    var comma = path.IndexOf(',');
                    if (comma >= 0) path = path[..comma];
                    secret |= (Origins.OfFile(Word.Of(path), at) & leaks) != 0;
                }
                else if (colon < 0 && !address.StartsWith('-')) secret |= (Origins.OfFile(Word.Of(address), at) & leaks) != 0;
                else network |= kind.StartsWith("TCP", StringComparison.Ordinal) || kind.StartsWith("UDP", StringComparison.Ordinal) || kind.StartsWith("OPENSSL", StringComparison.Ordinal) || kind.StartsWith("SSL", StringComparison.Ordinal) || kind.StartsWith("SOCKS", StringComparison.Ordinal);
            }
        }
        return secret && (network || ToSocket(at));
    }

    /// <summary><c>exec 3>/dev/tcp/h/80; socat -u OPEN:key FD:3</c>: another command of the line opened the way out.</summary>
    private static bool ToSocket(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            if (!argument.Shown.StartsWith("FD:", StringComparison.OrdinalIgnoreCase)) continue;
            foreach (var other in at.All)
            {
                if (!at.Work.Step()) return true;
                if (WritesToSocket(other)) return true;
            }
        }
        return false;
    }

    /// <summary>A redirection goes to bash's own network devices.</summary>
    public static bool WritesToSocket(RuleCase at)
    {
        foreach (var redirect in at.Invocation.Redirects)
        {
            if (redirect.Writes && (redirect.Target.StartsWith("/dev/tcp/") || redirect.Target.StartsWith("/dev/udp/"))) return true;
        }
        return false;
    }

    /// <summary><c>tar -f host:file</c>, <c>TAPE=host:file tar c</c>, and the same through <c>TAR_OPTIONS</c>.</summary>
    private static bool ToRemoteTape(RuleCase at)
    {
        if (at.HasArgument("--force-local")) return false;
        var hasFile = false;
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            var text = at.Arguments[i].Shown;
            if (text.StartsWith("--file=", StringComparison.Ordinal))
            {
                hasFile = true;
                if (CopyingTools.IsRemote(Word.Of(text[7..]))) return true;
            }
            else if (text.EndsWith('f') && !text.StartsWith("--", StringComparison.Ordinal) && (i == 0 || text.StartsWith('-')) && i + 1 < at.Arguments.Length)
            {
                hasFile = true;
                if (CopyingTools.IsRemote(at.Arguments[i + 1])) return true;
            }
        }
        if (hasFile) return false;
        if (at.Invocation.Variable("TAPE") is { } tape && CopyingTools.IsRemote(tape)) return true;
        if (at.Invocation.Variable("TAR_OPTIONS") is not { } options) return false;
        foreach (var option in options.Shown.Split(' '))
        {
            if (option.StartsWith("--file=", StringComparison.Ordinal) && CopyingTools.IsRemote(Word.Of(option[7..]))) return true;
        }
        return false;
    }
}
