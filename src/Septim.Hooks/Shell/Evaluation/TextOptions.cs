namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Tools that are no wrappers, with options whose value is a command line for a shell (manuals read November 2026).</summary>
internal static class TextOptions
{
    /// <summary>The options, blank-separated, or null when the program has none.</summary>
    private static string? Of(string program) => program switch
    {
        "split" => "--filter",
        "fzf" or "sk" => "--preview --bind",
        "chokidar" or "chokidar-cli" => "-c --command",
        "ptw" or "pytest-watch" or "pytest-watcher" => "--runner --onpass --onfail --onexit --beforerun --afterrun",
        "watchmedo" => "-c --command",
        "watchman-make" => "--run",
        "air" => "--build.cmd --build.pre_cmd --build.post_cmd --build.full_bin",
        "consul-template" or "envconsul" => "-exec",
        "assume" => "--exec",
        "sbatch" => "--wrap",
        "rclone" or "restic" => "--password-command",
        "go" => "-exec -toolexec -vettool",
        "tcpdump" => "-z",
        "openvpn" => "--up --down --route-up --route-pre-down --tls-verify --auth-user-pass-verify --client-connect --client-disconnect --ipchange --learn-address",
        "sort" => "--compress-program",
        "rg" => "--pre",
        "helm" => "--post-renderer",
        _ => null,
    };

    public static bool Has(string program) => Of(program) is not null || Types(program) is not null || program is "gh";

    public static void Find(Call call, Doors doors)
    {
        if (Types(call.Name) is { } typing) Typed(call, typing, doors);
        if (call.Name == "gh" && call.Text(0) == "alias" && call.Text(1) == "set" && call.Arguments.Length > 3)
        {
            // Why: an alias that begins with an exclamation mark is the shell's.
            var alias = call.Arguments[^1];
            if (alias.StartsWith("!")) doors.Add(alias.From(1));
            else if (call.Has("--shell") || call.Has("-s")) doors.Add(alias);
        }
        if (Of(call.Name) is not { } names) return;
        for (var i = 0; i < call.Arguments.Length && !doors.IsFull; i++)
        {
            var word = call.Arguments[i];
            if (word.Prefix is not ['-', ..] head) continue;
            if (head == "--" && word.Text is not null) return;
            var equals = head.IndexOf('=', StringComparison.Ordinal);
            if (!NameList.Has(names, equals < 0 ? head : head[..equals])) continue;
            var value = equals >= 0 ? word.From(equals + 1) : i + 1 < call.Arguments.Length ? call.Arguments[++i] : null;
            if (value is null) return;
            if (head.StartsWith("--bind", StringComparison.Ordinal)) Bound(value.Text ?? "", doors);
            else doors.Add(value);
        }
    }

    /// <summary>fzf's actions that run a command: <c>enter:execute(cmd)</c>, <c>ctrl-d:become:cmd</c>, with any of its brackets.</summary>
    private static void Bound(string text, Doors doors)
    {
        foreach (var action in (ReadOnlySpan<string>)["execute", "execute-silent", "become", "reload", "reload-sync", "transform", "preview", "change-preview"])
        {
            var from = text.IndexOf(action, StringComparison.Ordinal);
            var open = from + action.Length;
            if (from < 0 || open >= text.Length) continue;
            var close = text[open] switch { '(' => ')', '[' => ']', '{' => '}', '<' => '>', ':' => '\0', '~' or '!' or '@' or '#' or '$' or '%' or '^' or '&' or '*' or ';' or '/' or '|' => text[open], _ => ' ' };
            if (close == ' ') continue;
            var end = close == '\0' ? text.Length : text.LastIndexOf(close);
            if (end > open) doors.Add(Word.Of(text[(open + 1)..end]));
        }
    }

    /// <summary>The subcommand with which a terminal types text as if it were a person, or null.</summary>
    private static string? Types(string program) => program switch
    {
        "zellij" => "write-chars",
        "wezterm" or "kitty" or "kitten" => "send-text",
        _ => null,
    };

    private static void Typed(Call call, string subcommand, Doors doors)
    {
        var isTyped = false;
        foreach (var word in call.Arguments)
        {
            if (word.Is(subcommand)) isTyped = true;
            else if (isTyped && word.Shown.Contains(' ', StringComparison.Ordinal)) doors.Add(Keys(word));
        }
    }

    /// <summary>Typed text without the key that ends it: a line break, in one of its spellings.</summary>
    public static Word Keys(Word typed)
    {
        if (typed.Text is not { } text) return typed;
        var end = text.TrimEnd();
        foreach (var key in (ReadOnlySpan<string>)["^M", "^J", "\\r", "\\n", "\\015", "\\012"])
        {
            if (end.EndsWith(key, StringComparison.Ordinal)) return Word.Of(end[..^key.Length]);
        }
        return end.Length == text.Length ? typed : Word.Of(end);
    }
}
