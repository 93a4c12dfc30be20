using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Which commands put the content of a file, or of a key store, before the reader.</summary>
internal static class SecretPrinters
{
    /// <summary>The command prints secrets by itself, whatever its files are.</summary>
    public static bool Prints(RuleCase at)
    {
        if (at.Invocation.Output is OutputKind.Discarded) return false;
        // Why: one password that goes into a variable or to the program that asks for it is seen by nobody.
        if (at.Name is "security" or "secret-tool" && at.Argument(0) is "find-generic-password" or "find-internet-password" or "lookup"
            && (at.Invocation.Output is OutputKind.Captured || (at.Invocation.Output is OutputKind.Pipe && !ReachesReader(at)))) return false;
        return at.Name switch
        {
            "security" => at.Argument(0) is "dump-keychain" or "export" || (at.Argument(0) is "find-generic-password" or "find-internet-password" && AsksForPassword(at)),
            "gpg" or "gpg2" => at.HasArgument("--export-secret-keys") || at.HasArgument("--export-secret-key") || at.HasArgument("--export-secret-subkeys") || at.HasArgument("--export-secret-ssh-key"),
            "kwallet-query" => at.HasArgument("-r") || at.HasArgument("--read-password"),
            "keytool" => at.HasArgument("-exportcert") && at.HasArgument("-rfc") && at.HasArgument("-v"),
            "secret-tool" => at.Argument(0) is "lookup" or "search",
            "getent" => at.Argument(0) is "shadow" or "gshadow",
            "unshadow" or "mimikatz" or "invoke-mimikatz" or "hashdump" => true,
            _ => false,
        };
    }

    /// <summary><c>security find-generic-password -w</c>, <c>-ws service</c>; in <c>-sw</c> the letter belongs to a name.</summary>
    internal static bool AsksForPassword(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is ['-', 'w' or 'g', ..]) return true;
        }
        return false;
    }

    /// <summary>A secret file is copied, linked or packed to a name that does not tell what it is.</summary>
    public static bool Copies(RuleCase at)
    {
        if (at.Invocation.Output != OutputKind.File && at.Name is not ("cp" or "install" or "ln" or "tar" or "zip" or "rsync" or "dd" or "tee" or "7z" or "scp" or "curl" or "wget")) return EmbedsSecret(at);
        var secret = false;
        var isProject = true;
        var open = false;
        var name = "";
        foreach (var effect in at.Effects)
        {
            if (effect.Kind == FileEffectKind.Read && effect.Place.Kind != PlaceKind.HomeRoot && SecretFile.IsOrHolds(effect.Path, effect.Place))
            {
                secret = true;
                isProject &= effect.Place.Kind == PlaceKind.Project;
                name = ShellPath.Leaf(effect.Path.Shown);
            }
        }
        if (!secret) return false;
        // Why: `bash -c 'cat key' > f`: the shell around it owns the redirection.
        if (at.Invocation.Output == OutputKind.File && at.Invocation.Redirects.Length == 0 && Shows(at) && Redirected(at) && !QuietReaders.Is(at)) return true;
        foreach (var effect in at.Effects)
        {
            if (effect.Kind is not (FileEffectKind.Write or FileEffectKind.Append) || effect.Place.Kind == PlaceKind.Nowhere) continue;
            // Why: an archive that the project keeps of itself goes nowhere.
            if (isProject && effect.Place.Kind == PlaceKind.Project && at.Name is "tar" or "zip" or "7z") continue;
            var target = effect.Path.Shown.TrimEnd('/');
            open |= effect.Place.Kind is PlaceKind.Temp or PlaceKind.TempRoot || !(SecretFile.IsPath(target) || target.StartsWith(name, StringComparison.Ordinal) || target.Contains(name + ".", StringComparison.Ordinal));
        }
        // Why: a .env that moves between folders of a project is daily work; a quiet reader gives no secret away.
        return open && !QuietReaders.Is(at) && !(name.StartsWith(".env", StringComparison.Ordinal) && at.Name is "cp" or "ln" or "install" or "rsync");
    }

    private static bool Redirected(RuleCase at)
    {
        foreach (var outer in at.Invocation.Via)
        {
            foreach (var redirect in outer.Redirects)
            {
                if (redirect.Writes && at.Of(outer).PlaceOf(redirect.Target).Kind != PlaceKind.Nowhere) return true;
            }
        }
        return false;
    }

    /// <summary>A secret goes by argument into a picture or into an attribute of a file, where nobody looks for it.</summary>
    private static bool EmbedsSecret(RuleCase at)
    {
        if (at.Name is not ("qrencode" or "setfattr" or "xattr" or "exiftool" or "steghide")) return false;
        foreach (var argument in at.Arguments)
        {
            if ((Origins.Of(argument, at) & OriginKinds.Secret) != 0) return true;
        }
        return false;
    }

    /// <summary>It prints what it reads.</summary>
    public static bool Shows(RuleCase at) => at.Name switch
    {
        "cat" or "tac" or "nl" or "bat" or "batcat" or "less" or "more" or "most" or "view" or "strings" or "rev" or "base64" or "base32" or "head" or "tail" or "cut" or "uniq" or "paste" or "fold" or "column"
            or "xxd" or "od" or "hexdump" or "hd" or "grep" or "egrep" or "fgrep" or "zgrep" or "rg" or "ag" or "ack" or "awk" or "gawk" or "mawk" or "nawk" or "sed" or "gsed" or "jq" or "yq" or "sort" or "diff"
            or "comm" or "sdiff" or "open" or "xdg-open" or "pbcopy" or "xclip" or "zcat" or "hexyl" or "ccat" or "dd" or "pr" or "fmt" or "expand" or "uuencode" or "join" or "gron" or "dasel" or "lp" or "lpr"
            or "xargs" or "tr" or "tee" or "ed" or "ex" or "gzip" or "bzip2" or "xz" or "zstd" or "gunzip" or "sqlite3" or "duckdb" or "csvlook" or "pygmentize" or "highlight" or "glow" => !(at.Name == "dd" && HasPrefix(at, "of=") && !at.HasArgument("of=/dev/stdout")),
        "cp" or "install" => at.Arguments.Length > 1 && at.Arguments[^1].Text is "/dev/stdout" or "/dev/stderr" or "/dev/tty" or "/dev/fd/1" or "/dev/fd/2",
        // Why: what -e does with its input is in its code, but for the loop of -n and -p.
        "perl" => LoopsOrRuns(at),
        "vim" or "vi" or "nvim" => WritingTools.PrintsLines(at),
        "python" or "python3" => at.Argument(0) is "-m" && at.Argument(1) is "json.tool" or "base64",
        "curl" or "wget" => NetworkTool.Read(at) is { IsLocal: true, ToStdout: true },
        "tar" or "bsdtar" => PacksToOutput(at),
        "openssl" => (at.HasArgument("-text") && at.Argument(0) is not ("x509" or "req" or "crl" or "verify" or "asn1parse")) || (!at.HasArgument("-noout") && !at.HasArgument("-pubout") && !at.HasArgument("-out") && at.Argument(0) is "rsa" or "pkey" or "ec" or "enc" or "pkcs12" or "base64"),
        "ssh-keygen" => at.HasArgument("-y") && false,
        _ => false,
    };

    /// <summary><c>tee /dev/stderr</c> shows what it reads, wherever its output goes.</summary>
    public static bool TeesToReader(RuleCase at)
    {
        if (at.Name != "tee") return false;
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is "/dev/stderr" or "/dev/tty" or "/dev/fd/2" or "/proc/self/fd/2") return (Origins.Of(at.Invocation.Input, at) & OriginKinds.Secret) != 0;
        }
        return false;
    }

    private static bool LoopsOrRuns(RuleCase at)
    {
        var hasCode = false;
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is not ['-', not '-', ..] option) continue;
            var code = option.AsSpan().IndexOfAny('e', 'E');
            hasCode |= code > 0;
            if ((code < 0 ? option : option.AsSpan(0, code)).IndexOfAny('n', 'p') > 0 && !option.StartsWith("-M", StringComparison.Ordinal) && !option.StartsWith("-I", StringComparison.Ordinal)) return true;
        }
        return !hasCode;
    }

    /// <summary>Its output is shown, by itself or by a later command of the pipeline that passes it on.</summary>
    public static bool ReachesReader(RuleCase at)
    {
        if (at.Invocation.Output != OutputKind.Pipe) return at.Invocation.Output == OutputKind.Shown;
        foreach (var other in at.All)
        {
            if (!at.Work.Step()) return true;
            if (other.Invocation.Output != OutputKind.Shown || !Shows(other) || QuietReaders.Is(other)) continue;
            if (other.Invocation.Input.From.Contains(at.Invocation) && !Origins.IsHidden(other.Invocation.Input, at)) return true;
        }
        return false;
    }

    /// <summary><c>xxd &lt;(cat key)</c>: what it reads is put together by another command.</summary>
    public static bool ReadsSubstitution(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.StartsWith("/dev/fd/") && (Origins.Of(argument, at) & OriginKinds.Secret) != 0) return true;
        }
        return false;
    }

    /// <summary><c>git show HEAD:.env</c>, <c>git cat-file -p :.env</c>.</summary>
    public static bool GitShows(RuleCase at)
    {
        if (at.Git is { Verb: "diff" } diff && at.HasArgument("--no-index"))
        {
            foreach (var argument in diff.Arguments)
            {
                if (SecretFile.Is(argument, at.PlaceOf(argument))) return true;
            }
        }
        if (at.Git is { Verb: "log" or "whatchanged" or "diff" or "blame" or "annotate" or "grep" } log
            && (log.Verb switch { "log" or "whatchanged" => at.HasArgument("-p") || at.HasArgument("--patch") || at.HasArgument("-u"), "diff" => !NamesOnly(at), "grep" => !QuietReaders.Is(at) && !at.HasArgument("-l") && !at.HasArgument("-c") && !at.HasArgument("--name-only"), _ => true }))
        {
            if (log.Verb == "grep") return SearchesSecret(at, log);
            var isPath = true;
            for (var i = 0; i < log.Arguments.Length; i++)
            {
                isPath |= log.Arguments[i].Is("--");
                if (isPath && !log.Arguments[i].StartsWith("-") && SecretFile.Is(log.Arguments[i], at.PlaceOf(log.Arguments[i]))) return true;
            }
        }
        if (at.Git is not { Verb: "show" or "cat-file" } git) return false;
        foreach (var argument in git.Arguments)
        {
            if (argument.Text is { } text && text.IndexOf(':') is >= 0 and var colon && SecretFile.IsPath(text[(colon + 1)..])) return true;
        }
        return false;
    }

    /// <summary><c>git grep KEY .env</c>: the first operand is the pattern, unless <c>-e</c> or <c>-f</c> gave one.</summary>
    private static bool SearchesSecret(RuleCase at, GitCall git)
    {
        var given = git.Read(s_grep);
        for (var i = given.Has("-e", "-f") ? 0 : 1; i < given.Operands.Count; i++)
        {
            if (SecretFile.Is(given.Operands[i], at.PlaceOf(given.Operands[i]))) return true;
        }
        return false;
    }

    private static readonly OptionTable s_grep = new("A:B:C:e:f:m:O::", "max-depth= max-count= threads= after-context= before-context= context=");

    private static bool NamesOnly(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is "--stat" or "--name-only" or "--name-status" or "--numstat" or "--shortstat" or "--quiet" or "-q" or "--summary" or "--dirstat") return true;
        }
        return false;
    }

    /// <summary><c>find -name .env -exec cat {} \;</c>, <c>find -name .env | xargs cat</c>: the names come from find's tests.</summary>
    public static bool FindNamesSecret(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            foreach (var piece in argument.Pieces)
            {
                if (piece.From is null) continue;
                foreach (var source in piece.From.From)
                {
                    if (source.Name == "find" && NamesSecret(source, at)) return true;
                    if ((source.Name is "fd" or "fdfind" || (source.Name == "rg" && Holds(source, "--files"))) && NamesSecretByPattern(source)) return true;
                }
            }
        }
        return false;
    }

    private static bool Holds(Invocation of, string option)
    {
        foreach (var argument in of.Arguments)
        {
            if (argument.Is(option)) return true;
        }
        return false;
    }

    /// <summary><c>fd -H .env</c>, <c>rg --files -g .env</c>: the pattern is an operand, or a glob's value.</summary>
    private static bool NamesSecretByPattern(Invocation finder)
    {
        foreach (var argument in finder.Arguments)
        {
            if (argument.Text is "-x" or "-X" or "--exec" or "--exec-batch") return false;
            if (!argument.StartsWith("-") && SecretFile.IsPath(argument.Shown.Trim('^', '$'), true)) return true;
        }
        return false;
    }

    /// <summary>By its tests, or without tests by where it starts: <c>find ~/.ssh -type f</c>.</summary>
    private static bool NamesSecret(Invocation find, RuleCase at)
    {
        var isNamed = false;
        var roots = FindTool.Read(find.Arguments).Roots;
        for (var i = 0; i + 1 < find.Arguments.Length; i++)
        {
            if (find.Arguments[i].Text is not ("-name" or "-iname" or "-path" or "-regex" or "-iregex")) continue;
            isNamed = true;
            var name = find.Arguments[i + 1].Shown;
            if (find.Arguments[i].Text is "-iname" or "-iregex") name = name.ToLowerInvariant();
            if (find.Arguments[i].Text is "-regex" or "-iregex") name = name.Replace("\\", "", StringComparison.Ordinal).TrimEnd('$');
            if (SecretFile.IsPath(name, true)) return true;
            foreach (var root in roots)
            {
                if (SecretFile.IsPath(root.Shown + "/" + name, true)) return true;
            }
        }
        if (isNamed) return false;
        foreach (var root in roots)
        {
            var place = at.Of(find).PlaceOf(root);
            if (place.Kind != PlaceKind.HomeRoot && SecretFile.IsOrHolds(root, place)) return true;
        }
        return false;
    }

    /// <summary><c>tar cf - dir</c>, <c>tar cz dir</c> into a pipe.</summary>
    private static bool PacksToOutput(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            if (effect.Kind is FileEffectKind.Write or FileEffectKind.Append) return false;
        }
        return at.Argument(0) is { } letters && letters.TrimStart('-').Contains('c', StringComparison.Ordinal);
    }

    private static bool HasPrefix(RuleCase at, string prefix)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.StartsWith(prefix)) return true;
        }
        return false;
    }
}
