using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// Commands that tell of what they read whether, how often or which names, never what stands behind a name. What a name is holds
/// for files of settings alone: a key has no equals sign, and the whole line would be its name.
/// </summary>
internal static class QuietReaders
{
    private static readonly System.Buffers.SearchValues<char> s_plain = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    public static bool Is(RuleCase at) => TellsNothing(at) || (PrintsNames(at) && ReadsSettings(at));

    /// <summary>All secrets among these bytes come from files of settings.</summary>
    public static bool AreSettings(Feed feed, RuleCase at)
    {
        foreach (var file in feed.Files)
        {
            if (IsOtherSecret(file, at.PlaceOf(file))) return false;
        }
        foreach (var source in feed.From)
        {
            if (!at.Work.Step()) return false;
            var maker = at.Of(source);
            if ((SourceTools.Adds(maker) & (OriginKinds.Secret | OriginKinds.Token)) != 0 || SecretPrinters.FindNamesSecret(maker) || !ReadsSettingsItself(maker)) return false;
            if (maker.Name == "printenv" && !SourceTools.Dumps(maker)) return false;
            if (maker.Name is not ("echo" or "printf")) continue;
            foreach (var argument in maker.Arguments)
            {
                if (SecretEcho.HoldsSecret(argument)) return false;
            }
        }
        return true;
    }

    private static bool ReadsSettings(RuleCase at) => ReadsSettingsItself(at) && AreSettings(at.Invocation.Input, at);

    private static bool ReadsSettingsItself(RuleCase at)
    {
        foreach (var effect in at.Effects)
        {
            if (effect.Kind == FileEffectKind.Read && IsOtherSecret(effect.Path, effect.Place)) return false;
        }
        return true;
    }

    private static bool IsOtherSecret(Word file, Place place) => SecretFile.Is(file, place) && !SecretFile.IsSettings(file, place);

    private static bool TellsNothing(RuleCase at) => at.Name switch
    {
        "grep" or "egrep" or "fgrep" or "zgrep" or "rg" or "ag" or "ack" => HasFlag(at, "qclL", "--quiet --silent --count --files-with-matches --files-without-match --files"),
        "sort" or "tee" => at.HasArgument("-o") || at.HasArgument("-c"),
        "diff" => HasFlag(at, "q", "--brief"),
        "jq" or "gojq" or "jaq" => SecretTemplates.JqShowsNames(at),
        "cut" => IsFirstOf(at, ':') && ReadsLineNumbers(at),
        "awk" or "gawk" or "mawk" or "nawk" => Counts(at),
        _ => false,
    };

    /// <summary><c>awk 'END{print NR}' FILE</c>, <c>awk '/x/{n++} END{print n}'</c>: no field is printed.</summary>
    private static bool Counts(RuleCase at)
    {
        string? program = null;
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is not { Length: > 0 } text || text[0] == '-') return false;
            program ??= text;
        }
        return program is not null && QuietAwk.Is(program, isSplit: false, mayShowFirst: false);
    }

    private static bool PrintsNames(RuleCase at) => at.Name switch
    {
        "grep" or "egrep" or "rg" => Scripts(at, "-o -E -h -i -oE -oh -ho -Eo -ohE -io -oi -n -no -on -P -oP -Po --perl-regexp --only-matching --extended-regexp --no-filename --no-line-number -N", "-e --regexp") is [var pattern]
            && (NamesSections(pattern) || (HasFlag(at, "o", "--only-matching") && MatchesNames(pattern))),
        "cut" => IsFirstOf(at, '='),
        "awk" or "gawk" or "mawk" or "nawk" => PrintsFirstField(at),
        "sed" or "gsed" => Scripts(at, "-n -E -r -nE -En -nr -rn --quiet --silent --regexp-extended", "-e --expression") is { Count: > 0 } scripts && QuietSed.Cuts(string.Join(';', scripts), HasFlag(at, "n", "--quiet --silent")),
        "perl" => Scripts(at, "", "-pe") is [var script] ? QuietSed.Cuts(script, printsAsked: false)
            : at.HasArgument("-F=") ? Scripts(at, "-F=", "-ane -lane -anE -lanE") is [var fields] && fields.Trim() is "print $F[0]" or "say $F[0]" or "print \"$F[0]\\n\""
            : Scripts(at, "", "-ne -nE -nle -lne") is [var printer] && PrintsName(printer),
        _ => false,
    };

    /// <summary><c>cut -d= -f1</c>: what stands before the first sign.</summary>
    private static bool IsFirstOf(RuleCase at, char delimiter)
    {
        bool isSplit = false, isFirst = false;
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            var text = at.Arguments[i].Text;
            isSplit |= text == "-d" + delimiter || text == "--delimiter=" + delimiter || (text is "-d" or "--delimiter" && at.Argument(i + 1) is [var sign] && sign == delimiter);
            isFirst |= text is "-f1" or "--fields=1" || (text is "-f" or "--fields" && at.Argument(i + 1) == "1");
            if (text is "--complement") return false;
        }
        return isSplit && isFirst;
    }

    /// <summary><c>grep -n KEY FILE | cut -d: -f1</c>: the numbers of lines stand before the first colon, and nothing else does.</summary>
    private static bool ReadsLineNumbers(RuleCase at)
    {
        if (at.Invocation.Input.From is not [.., var last] || last.Name is not ("grep" or "egrep" or "fgrep") || at.Effects.Exists(static effect => effect.Kind == FileEffectKind.Read)) return false;
        var grep = at.Of(last);
        if (!HasFlag(grep, "n", "--line-number") || HasFlag(grep, "ABCzZ", "--context --null --null-data")) return false;
        foreach (var source in at.Invocation.Input.From)
        {
            if (!ReferenceEquals(source, last) && !last.Input.From.Contains(source)) return false;
        }
        return true;
    }

    /// <summary><c>^\[</c>: the heads of sections, which hold no value.</summary>
    private static bool NamesSections(string pattern) => pattern.StartsWith("^\\[", StringComparison.Ordinal) && !pattern.Contains('|', StringComparison.Ordinal);

    /// <summary><c>print "$1\n" if /^(\w+)=/</c>: of each line the group that ends before the equals sign.</summary>
    private static bool PrintsName(string script)
    {
        var text = script.AsSpan().Trim().TrimEnd(';');
        var middle = text.IndexOf(" if /^(");
        if (middle < 0 || text[..middle].Trim() is not ("print $1" or "print \"$1\\n\"" or "print \"$1 \"" or "print $1, \"\\n\"" or "print $1.\"\\n\"" or "say $1" or "say \"$1\"")) return false;
        var regex = text[(middle + " if /^(".Length)..];
        var close = regex.IndexOf(")=");
        return close > 0 && regex[^1] == '/' && regex[..close].IndexOfAny('(', '|', '.') < 0 && MatchesNames("^" + regex[..close].ToString() + "=");
    }

    private static bool HasFlag(RuleCase at, string letters, string names)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is not ['-', ..] text) continue;
            if (text is [_, not '-', ..] ? text.AsSpan().IndexOfAny(letters) > 0 : NameList.Has(names, text)) return true;
        }
        return false;
    }

    /// <summary>The scripts or patterns: those behind <paramref name="giving"/>, else the first operand. Empty when some other option is there.</summary>
    private static List<string> Scripts(RuleCase at, string harmless, string giving)
    {
        var scripts = new List<string>();
        string? first = null;
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            if (at.Arguments[i].Text is not { Length: > 0 } text) return [];
            if (text[0] != '-') first ??= text;
            else if (giving.Length > 0 && NameList.Has(giving, text) && at.Argument(i + 1) is { } script)
            {
                scripts.Add(script);
                i++;
            }
            else if (!NameList.Has(harmless, text)) return [];
        }
        if (scripts.Count == 0 && first is not null) scripts.Add(first);
        return scripts;
    }

    /// <summary><c>^[^=]*</c>, <c>^[A-Z_]+=</c>: from the line's start, and not beyond the first equals sign.</summary>
    private static bool MatchesNames(string pattern)
    {
        var rest = pattern.AsSpan();
        // Why: of a word without a sign in it, grep prints that word.
        if (pattern.Length > 0 && !rest.ContainsAnyExcept(s_plain)) return true;
        if (!rest.StartsWith("^")) return false;
        for (rest = rest[1..]; !rest.IsEmpty;)
        {
            if (rest is "=" or "(?==)") return true;
            if (rest.StartsWith("\\w"))
            {
                rest = rest[2..];
                if (!rest.IsEmpty && rest[0] is '*' or '+' or '?') rest = rest[1..];
                continue;
            }
            var close = rest[0] == '[' ? rest.IndexOf(']') : -1;
            if (close > 0 ? !IsNameSet(rest[1..close]) : !char.IsAsciiLetterOrDigit(rest[0]) && rest[0] != '_') return false;
            rest = rest[(Math.Max(close, 0) + 1)..];
            if (!rest.IsEmpty && rest[0] is '*' or '+' or '?') rest = rest[1..];
        }
        return true;
    }

    /// <summary>All but the equals sign, or letters, digits and underscores: no range over other signs.</summary>
    public static bool IsNameSet(ReadOnlySpan<char> set)
    {
        if (set.StartsWith("^") && set.Contains('=')) return set.IndexOfAny('\\', '[', '-') < 0;
        for (var i = 0; i < set.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(set[i]) || set[i] == '_') continue;
            if (set[i] != '-' || i == 0 || i + 1 == set.Length) return false;
            if (!(char.IsAsciiDigit(set[i - 1]) && char.IsAsciiDigit(set[i + 1])) && !(char.IsAsciiLetterLower(set[i - 1]) && char.IsAsciiLetterLower(set[i + 1]))
                && !(char.IsAsciiLetterUpper(set[i - 1]) && char.IsAsciiLetterUpper(set[i + 1]))) return false;
        }
        return set.Length > 0;
    }

    /// <summary><c>awk -F= '/^[A-Z]/ {print $1 "=***"}' FILE</c>.</summary>
    private static bool PrintsFirstField(RuleCase at)
    {
        string? program = null;
        var isSplit = false;
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            if (at.Arguments[i].Text is not { Length: > 0 } text) return false;
            if (text == "-F=" || (text == "-F" && at.Argument(i + 1) == "=")) (isSplit, i) = (true, text == "-F" ? i + 1 : i);
            else if (text[0] == '-') return false;
            else if (program is null) program = text;
            // Why: awk takes FS=x among its files for an assignment.
            else if (text.Contains('=', StringComparison.Ordinal)) return false;
        }
        return program is not null && (QuietAwk.Is(program, isSplit, mayShowFirst: true) || QuietAwk.Masks(program));
    }
}
