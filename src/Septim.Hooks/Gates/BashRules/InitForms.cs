using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary><c>eval "$(x init)"</c>: tools whose documented way into a shell is to print shell text.</summary>
internal static class InitForms
{
    /// <summary>All of the text comes from such tools.</summary>
    public static bool Are(Feed feed)
    {
        var any = false;
        if (feed.Content is { } content)
        {
            foreach (var piece in content.Pieces)
            {
                if (!piece.IsUnknown) continue;
                if (piece.From is null || !AllInit(piece.From.From)) return false;
                any = true;
            }
        }
        return any || AllInit(feed.From);
    }

    private static bool AllInit(Invocation[] sources)
    {
        foreach (var source in sources)
        {
            if (!IsInit(source)) return false;
        }
        return sources.Length > 0;
    }

    private static bool IsInit(Invocation source)
    {
        var first = source.Arguments.Length > 0 ? source.Arguments[0].Text : null;
        var second = source.Arguments.Length > 1 ? source.Arguments[1].Text : null;
        if (first is "completion" or "completions" or "--completion" or "generate-shell-completion" or "completion-script" or "gen-completion") return true;
        return source.Name switch
        {
            "direnv" => first is "hook" or "export",
            "pyenv" or "rbenv" or "nodenv" or "goenv" or "jenv" or "plenv" or "phpenv" or "tfenv" => first is "init" or "virtualenv-init" or "sh-shell" or "shell" or "rehash",
            "pyenv-virtualenv-init" => true,
            "starship" or "zoxide" or "atuin" or "mcfly" or "oh-my-posh" or "navi" or "broot" or "carapace" or "pazi" => true,
            "fnm" => first is "env",
            "mise" or "rtx" or "asdf" => first is "activate" or "env" or "hook-env" or "exec" or "shell",
            "brew" or "devbox" => first is "shellenv" or "generate",
            "ssh-agent" or "gpg-agent" or "dircolors" or "gdircolors" or "lesspipe" or "lesspipe.sh" or "resize" or "tset" or "keychain" or "gnome-keyring-daemon" or "dbus-launch" => true,
            "conda" or "mamba" or "micromamba" => first is "shell" or "shell.bash" or "shell.zsh" or "shell.posix",
            "opam" => first is "env" or "config",
            "luarocks" => first is "path",
            "thefuck" => first is "--alias" or "-a",
            "hub" => first is "alias",
            "register-python-argcomplete" or "register-python-argcomplete3" => true,
            "minikube" or "docker-machine" or "podman-machine" => Names(source, "docker-env") || Names(source, "podman-env") || Names(source, "env"),
            "fzf" => first is "--bash" or "--zsh",
            "op" => first is "signin",
            "poetry" or "pdm" or "hatch" => first is "env" or "venv",
            "pixi" => first is "shell-hook",
            "nix" => first is "print-dev-env",
            "rustup" => first is "completions",
            "aws" => first is "configure" && second is "export-credentials",
            "perl" => Names(source, "local::lib"),
            "getopt" or "locale" => true,
            _ => false,
        };
    }

    private static bool Names(Invocation source, string text)
    {
        foreach (var argument in source.Arguments)
        {
            if (argument.Shown.Contains(text, StringComparison.Ordinal)) return true;
        }
        return false;
    }
}
