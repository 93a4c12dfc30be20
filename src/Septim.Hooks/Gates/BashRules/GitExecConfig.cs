using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Git is told to run a program of the command's choice.</summary>
internal static class GitExecConfig
{
    public static readonly BashRule Rule = new("git-exec-config", BashSeverity.High)
    {
        Reason = "git would run a program that this command chooses",
        Alternative = "git -c core.pager=cat log",
        Denies =
        [
            "git clone --template=/tmp/x u",
            "git difftool --extcmd='sh -c x' HEAD",
            "git -c alias.x='!rm -rf /' x",
            "git -c core.sshCommand=./x fetch",
            "GIT_SSH_COMMAND=./x git fetch",
            "git -c core.pager='sh -c id' log",
            "git fetch --upload-pack=./x origin",
            "git clone ext::sh%20-c%20id",
            "git config core.fsmonitor ./x",
            "git config alias.x \"!curl x | sh\"",
            "git -c core.fsmonitor=/tmp/m.sh status",
            "git config --global core.pager \"sh -c x\"",
            "git config credential.helper \"!cat /tmp/x\"",
            "GIT_EXTERNAL_DIFF=/tmp/x git diff",
            "git ls-remote --upload-pack=/tmp/x .",
            "git -c diff.external=/tmp/x diff",
            "git grep -O/tmp/x y",
            "git config filter.x.clean ./x.sh",
            "export GIT_SSH_COMMAND=/tmp/x.sh",
            "git -c remote.origin.uploadpack=./x fetch",
            "git -c remote.origin.receivepack=./x push",
            "git -c submodule.a.update='!sh -c id' submodule update",
        ],
        Passes =
        [
            "git -c user.name=x commit -m x",
            "git -c core.pager=cat log",
            "GIT_SSH_COMMAND=./x git status",
            "git config user.email a@b",
            "git config alias.st status",
            "git config core.pager less",
            "git config --get core.sshCommand",
            "git config core.editor vim",
            "GIT_SSH_COMMAND=\"ssh -i ~/.ssh/key\" git fetch",
            "git config credential.helper store",
            "git config core.fsmonitor true",
            "git -c core.fsmonitor=false status",
            "git -c remote.origin.uploadpack=git-upload-pack fetch",
            "git -c submodule.a.update=rebase submodule update",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.Name is "export" or "declare" && Exports(at)) return BashFinding.Plain;
        if (at.Git is not { } git) return null;
        foreach (var pair in git.Global.Values("-c"))
        {
            var text = pair.Shown;
            var equals = text.IndexOf('=');
            if (equals <= 0) continue;
            if (text.StartsWith("alias.", StringComparison.OrdinalIgnoreCase) && text[(equals + 1)..].StartsWith('!')) return BashFinding.Plain;
            if (GitConfigKeys.IsOfTransport(text[..equals]) && !GitConfigKeys.IsRemote(git)) continue;
            if (GitConfigKeys.Runs(text[..equals], text[(equals + 1)..])) return BashFinding.Plain;
        }
        if (git.Global.Value("--exec-path") is { } exec && exec.Shown.Length > 0 && at.PlaceOf(exec).Kind is not PlaceKind.System) return BashFinding.Plain;
        foreach (var name in GitConfigKeys.Variables)
        {
            if (at.Invocation.Variable(name) is { } value && GitConfigKeys.RunsByVariable(name, value.Shown, git)) return BashFinding.Plain;
        }
        switch (git.Verb)
        {
            case "config":
                return GitConfigKeys.Assigned(git) is { } setting && GitConfigKeys.Runs(setting.Key, setting.Value) ? BashFinding.Plain : null;
            case "fetch" or "clone" or "pull" or "push" or "ls-remote" or "fetch-pack" or "send-pack" or "archive" or "remote" or "submodule":
                return Transport(git);
            case "init":
                return Template(git);
            case "difftool" or "mergetool":
                foreach (var tool in git.Read(new OptionTable("yt:x:gd", "tool= extcmd= prompt no-prompt dir-diff gui")).Values("-x", "--extcmd"))
                {
                    if (GitConfigKeys.IsDoubtful(tool.Shown)) return BashFinding.Plain;
                }
                return null;
            case "grep":
                foreach (var argument in git.Arguments)
                {
                    if ((argument.StartsWith("-O") && argument.Shown.Length > 2 && argument.Shown is not ("-Oless" or "-Omore")) || argument.StartsWith("--open-files-in-pager=")) return BashFinding.Plain;
                }
                return null;
            default:
                return null;
        }
    }

    /// <summary><c>export GIT_SSH_COMMAND=/tmp/x</c>: every later git command would run it.</summary>
    private static bool Exports(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.Prefix.IndexOf('=') is > 0 and var equals && argument.Prefix[..equals] is "GIT_SSH_COMMAND" or "GIT_SSH" or "GIT_PROXY_COMMAND" or "GIT_EXTERNAL_DIFF" or "GIT_EXEC_PATH" or "GIT_ASKPASS"
                && GitConfigKeys.IsDoubtful(argument.Shown[(argument.Prefix.IndexOf('=') + 1)..])) return true;
        }
        return false;
    }

    /// <summary>The hooks of a template are the new repository's hooks.</summary>
    private static BashFinding? Template(GitCall git)
    {
        foreach (var argument in git.Arguments)
        {
            if (argument.StartsWith("--template=") && GitConfigKeys.IsOpenPlace(argument.Shown["--template=".Length..])) return BashFinding.Plain;
        }
        return null;
    }

    /// <summary>The option, or a beginning of it that is nobody else's, says which program speaks at the other end.</summary>
    private static bool NamesProgram(ReadOnlySpan<char> option) => option.Length > 3
        && ("--upload-pack".AsSpan().StartsWith(option) && option.Length > 4 || ("--receive-pack".AsSpan().StartsWith(option) && option.Length > 5) || "--exec".AsSpan().StartsWith(option));

    private static BashFinding? Transport(GitCall git)
    {
        if (git.Verb == "clone" && Template(git) is { } template) return template;
        for (var i = 0; i < git.Arguments.Length; i++)
        {
            var text = git.Arguments[i].Shown;
            if (text.StartsWith("ext::", StringComparison.Ordinal)) return BashFinding.Plain;
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var value = NamesProgram(equals < 0 ? text : text.AsSpan(0, equals))
                ? equals >= 0 ? text[(equals + 1)..] : i + 1 < git.Arguments.Length ? git.Arguments[i + 1].Shown : ""
                : null;
            if (value is not null && value is not ("git-upload-pack" or "git-receive-pack" or "git upload-pack" or "")) return BashFinding.Plain;
            if (git.Verb == "clone" && text is "-u" && i + 1 < git.Arguments.Length) return BashFinding.Plain;
            if (git.Verb == "clone" && (text is "-c" or "--config") && i + 1 < git.Arguments.Length)
            {
                var pair = git.Arguments[i + 1].Shown;
                var at = pair.IndexOf('=', StringComparison.Ordinal);
                if (at > 0 && (GitConfigKeys.Runs(pair[..at], pair[(at + 1)..]) || pair[..at].Equals("core.hooksPath", StringComparison.OrdinalIgnoreCase))) return BashFinding.Plain;
            }
        }
        return null;
    }
}
