using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Which git settings and variables are commands. Source: git-config(1), git(1).</summary>
internal static class GitConfigKeys
{
    private static readonly OptionTable s_config = new("f:lez", "file= blob= type= default= get get-all get-regexp= get-urlmatch= unset unset-all list edit global local system worktree add replace-all bool path int bool-or-int comment= value= all fixed-value show-origin show-scope name-only");

    /// <summary>The setting that <c>git config</c> writes; null when it only reads or takes one away.</summary>
    public static (string Key, string Value)? Assigned(GitCall git)
    {
        var given = git.Read(s_config);
        if (given.Has("--get", "--get-all", "--unset") || given.Has("--unset-all", "-l", "--list")) return null;
        var operands = given.Operands;
        var first = operands.Count > 0 && operands[0].Text is "set" ? 1 : 0;
        if (first == 0 && operands.Count > 0 && operands[0].Text is "get" or "list" or "unset") return null;
        return operands.Count > first + 1 ? (operands[first].Shown, operands[first + 1].Shown) : null;
    }

    /// <summary>Setting <paramref name="name"/> to <paramref name="value"/> makes git run something that is not a plain known tool.</summary>
    public static bool Runs(string name, string value)
    {
        var key = name.ToLowerInvariant();
        if (key.StartsWith("alias.", StringComparison.Ordinal)) return value.StartsWith('!') && IsDoubtful(value[1..]);
        if (key.StartsWith("credential.", StringComparison.Ordinal) && key.EndsWith("helper", StringComparison.Ordinal)) return value.StartsWith('!') ? !value.Contains("gh auth", StringComparison.Ordinal) : value.StartsWith('/') || value.StartsWith("./", StringComparison.Ordinal);
        if (key is "include.path" || (key.StartsWith("includeif.", StringComparison.Ordinal) && key.EndsWith(".path", StringComparison.Ordinal))) return IsOpenPlace(value);
        if (key is "core.fsmonitor") return value is not ("true" or "false" or "1" or "0" or "");
        if (key is "core.sshcommand" or "core.pager" or "core.editor" or "sequence.editor" or "core.askpass" or "core.gitproxy" or "gpg.program" or "diff.external" or "ssh.variant"
            or "interactive.difffilter" or "uploadpack.packobjectshook" or "init.templatedir" or "web.browser" or "instaweb.httpd") return IsDoubtful(value);
        if (key.StartsWith("remote.", StringComparison.Ordinal) && key.EndsWith("pack", StringComparison.Ordinal))
            return (key.EndsWith(".uploadpack", StringComparison.Ordinal) || key.EndsWith(".receivepack", StringComparison.Ordinal)) && value is not ("git-upload-pack" or "git-receive-pack" or "git upload-pack" or "git receive-pack" or "");
        if (key.StartsWith("submodule.", StringComparison.Ordinal) && key.EndsWith(".update", StringComparison.Ordinal)) return value.StartsWith('!');
        if (key.StartsWith("pager.", StringComparison.Ordinal)) return value is not ("true" or "false") && IsDoubtful(value);
        if (key.StartsWith("filter.", StringComparison.Ordinal)) return (key.EndsWith(".clean", StringComparison.Ordinal) || key.EndsWith(".smudge", StringComparison.Ordinal) || key.EndsWith(".process", StringComparison.Ordinal)) && IsDoubtful(value);
        if (key.StartsWith("diff.", StringComparison.Ordinal) || key.StartsWith("merge.", StringComparison.Ordinal) || key.StartsWith("difftool.", StringComparison.Ordinal) || key.StartsWith("mergetool.", StringComparison.Ordinal) || key.StartsWith("gpg.", StringComparison.Ordinal))
            return (key.EndsWith(".textconv", StringComparison.Ordinal) || key.EndsWith(".command", StringComparison.Ordinal) || key.EndsWith(".driver", StringComparison.Ordinal) || key.EndsWith(".cmd", StringComparison.Ordinal) || key.EndsWith(".program", StringComparison.Ordinal)) && IsDoubtful(WithoutFileNames(value));
        return key.StartsWith("protocol.ext.", StringComparison.Ordinal) && value == "always";
    }

    /// <summary>The four variables in which git hands its files to a difftool or mergetool.</summary>
    private static string WithoutFileNames(string command) => command.Replace("$LOCAL", "", StringComparison.Ordinal).Replace("$REMOTE", "", StringComparison.Ordinal)
        .Replace("$BASE", "", StringComparison.Ordinal).Replace("$MERGED", "", StringComparison.Ordinal);

    /// <summary>Without what stands in single quotes, where no sign is the shell's.</summary>
    private static string WithoutQuoted(string command)
    {
        var parts = command.Split('\'');
        if (parts.Length % 2 == 0 || command.Contains('"', StringComparison.Ordinal) || command.Contains('\\', StringComparison.Ordinal)) return command;
        var rest = "";
        for (var i = 0; i < parts.Length; i += 2) rest += parts[i];
        return rest;
    }

    /// <summary>The variables that name a program for git.</summary>
    public static readonly string[] Variables =
    [
        "GIT_SSH_COMMAND", "GIT_SSH", "GIT_PROXY_COMMAND", "GIT_ASKPASS", "SSH_ASKPASS", "GIT_EXTERNAL_DIFF", "GIT_EDITOR", "GIT_SEQUENCE_EDITOR",
        "EDITOR", "VISUAL", "GIT_PAGER", "PAGER", "GIT_EXEC_PATH", "GIT_TEMPLATE_DIR",
    ];

    /// <summary>A variable that makes this subcommand run something.</summary>
    public static bool RunsByVariable(string name, string value, GitCall git) => name switch
    {
        "GIT_SSH_COMMAND" or "GIT_SSH" or "GIT_PROXY_COMMAND" or "GIT_ASKPASS" or "SSH_ASKPASS" => IsRemote(git) && IsDoubtful(value),
        "GIT_EXTERNAL_DIFF" => git.Verb is "diff" or "log" or "show" && IsDoubtful(value),
        // Why: what a sed script runs is found where the variable's value is read as a command.
        "GIT_EDITOR" or "GIT_SEQUENCE_EDITOR" or "EDITOR" or "VISUAL" => git.Verb is "commit" or "rebase" or "tag" or "merge" or "notes" or "config" && IsDoubtful(value.StartsWith("sed ", StringComparison.Ordinal) ? WithoutQuoted(value) : value),
        "GIT_PAGER" or "PAGER" => IsDoubtful(value),
        "GIT_TEMPLATE_DIR" => git.Verb is "init" or "clone" && value.Length > 0,
        _ => true,
    };

    /// <summary>Settings that matter only when git talks to a server.</summary>
    public static bool IsOfTransport(string name) =>
        name.Equals("core.sshCommand", StringComparison.OrdinalIgnoreCase) || name.Equals("core.gitProxy", StringComparison.OrdinalIgnoreCase) || name.Equals("core.askPass", StringComparison.OrdinalIgnoreCase);

    public static bool IsRemote(GitCall git)
    {
        var first = git.Arguments.Length > 0 ? git.Arguments[0].Text : null;
        return git.Verb switch
        {
            "fetch" or "pull" or "push" or "clone" or "ls-remote" or "fetch-pack" or "send-pack" => true,
            "remote" => first is "update" or "show" or "prune" or "add" or "set-head",
            "submodule" => first is "update" or "add",
            "archive" => git.Read(new Shell.OptionTable("lvo:", "remote= exec= format= output= prefix= list")).Has("--remote"),
            _ => false,
        };
    }

    /// <summary>Anybody may have put it there, or it lies open in the project.</summary>
    public static bool IsOpenPlace(string path) =>
        path.StartsWith("/tmp/", StringComparison.Ordinal) || path.StartsWith("/var/tmp/", StringComparison.Ordinal) || path.StartsWith("/dev/shm/", StringComparison.Ordinal);

    /// <summary>It is not a bare name of the usual tools with harmless options.</summary>
    public static bool IsDoubtful(string command)
    {
        var text = command.AsSpan().Trim();
        if (text.IsEmpty) return false;
        foreach (var c in text)
        {
            if (c is ';' or '|' or '&' or '`' or '$' or '<' or '>' or '\n') return true;
        }
        var space = text.IndexOf(' ');
        var program = space < 0 ? text : text[..space];
        if (program.Contains('/')) return !(program.StartsWith("/usr/bin/") || program.StartsWith("/bin/")) || Interprets(program[(program.LastIndexOf('/') + 1)..]);
        if (program is "ssh") return text.Contains("ProxyCommand", StringComparison.OrdinalIgnoreCase) || text.Contains("LocalCommand", StringComparison.OrdinalIgnoreCase);
        return Interprets(program);
    }

    private static bool Interprets(ReadOnlySpan<char> program) => program is "sh" or "bash" or "zsh" or "dash" or "ksh" or "python" or "python3" or "perl" or "ruby" or "node" or "php" or "env" or "curl" or "wget" or "nc" or "rm" or "eval";
}
