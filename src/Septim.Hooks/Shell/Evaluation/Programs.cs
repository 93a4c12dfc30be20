namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Which programs never run their arguments, and which names are worth a second look as arguments.</summary>
internal static class Programs
{
    /// <summary>Well-known programs whose arguments are data: no guess is made about them.</summary>
    public static bool RunsNothing(string name) => name switch
    {
        "echo" or "printf" or "cat" or "head" or "tail" or "less" or "more" or "wc" or "sort" or "uniq" or "cut" or "tr" or "rev" or "tac"
            or "grep" or "egrep" or "fgrep" or "rg" or "ag" or "ack" or "sed" or "awk" or "gawk" or "mawk" or "nawk" or "jq" or "yq" or "diff" or "cmp" or "comm"
            or "ls" or "exa" or "eza" or "lsd" or "tree" or "stat" or "file" or "du" or "df" or "find" or "fd" or "locate" or "which" or "whereis" or "type" or "man"
            or "info" or "tldr" or "whatis" or "apropos" or "help" or "test" or "[" or "true" or "false" or ":" or "sleep" or "date" or "cal" or "pwd" or "basename"
            or "dirname" or "realpath" or "readlink" or "seq" or "yes" or "expr" or "bc" or "dc" or "touch" or "mkdir" or "rmdir" or "rm" or "cp" or "mv" or "ln"
            or "link" or "unlink" or "install" or "chmod" or "chown" or "chgrp" or "tee" or "dd" or "tar" or "zip" or "unzip" or "gzip" or "gunzip" or "bzip2" or "xz"
            or "zstd" or "curl" or "wget" or "git" or "gh" or "glab" or "hub" or "svn" or "hg" or "apt" or "apt-get" or "aptitude" or "dpkg" or "yum" or "dnf" or "rpm"
            or "apk" or "pacman" or "brew" or "snap" or "flatpak" or "nix-env" or "pip" or "pipx" or "npm" or "pnpm" or "yarn" or "bun" or "cargo" or "go" or "gem"
            or "composer" or "conda" or "mamba" or "uv" or "poetry" or "rustup" or "code" or "vim" or "vi" or "nvim" or "nano" or "emacs" or "kill" or "pkill" or "killall"
            or "ps" or "pgrep" or "top" or "htop" or "pidof" or "lsof" or "fuser" or "id" or "whoami" or "groups" or "uname" or "hostname" or "md5sum" or "sha1sum"
            or "sha256sum" or "base64" or "xxd" or "od" or "hexdump" or "strings" or "openssl" or "gpg" or "ssh-keygen" or "ssh-add" or "scp" or "sftp" or "rsync"
            or "docker" or "podman" or "kubectl" or "helm" or "terraform" or "tofu" or "aws" or "gcloud" or "az" or "systemctl" or "service" or "journalctl"
            or "export" or "declare" or "typeset" or "local" or "readonly" or "unset" or "set" or "shopt" or "alias" or "unalias" or "cd" or "pushd" or "popd" or "read"
            or "trap" or "wait" or "jobs" or "disown" or "hash" or "let" or "return" or "exit" or "break" or "continue" or "shift" or "umask" or "ulimit" or "history"
            or "complete" or "compgen" or "mapfile" or "readarray" or "getopts" or "enable" or "bind" or "logger" or "notify-send" or "say" or "figlet" or "cowsay"
            or "claude" or "gemini" or "codex" or "psql" or "mysql" or "sqlite3" or "redis-cli" or "mongosh" or "make" or "cmake" or "ninja" or "gcc" or "cc" or "clang"
            or "gsutil" or "mc" or "s3cmd" or "rclone" or "azcopy" or "b2" or "restic" or "borg" or "pass" or "defaults" or "vault" or "consul" or "etcdctl" or "split" or "ceph"
            or "simctl" or "xcodebuild" or "devicectl" or "rustc" or "javac" or "tsc" or "eslint" or "prettier" or "jest" or "pytest" or "dotnet" or "mvn" or "gradle" or "shellcheck" or "shfmt" or "mkfs" or "mount" => true,
        _ => false,
    };

    public static bool ReadsCode(string name) => name is "sh" or "bash" or "zsh" or "dash" or "ash" or "ksh" or "mksh" or "fish" or "csh" or "tcsh" or "nu" or "xonsh" or "python" or "pypy" or "ipython" or "node" or "deno" or "bun"
        or "perl" or "ruby" or "php" or "lua" or "pwsh" or "powershell" or "cmd" or "tclsh" or "expect" or "osascript" or "erl";

    /// <summary>Programs whose mention behind an unknown program may be a command.</summary>
    public static bool IsWorthGuessing(string word)
    {
        if (word.Length is < 2 or > 64 || word[0] == '-') return false;
        var name = ShellPath.Leaf(word);
        return name is "rm" or "rmdir" or "shred" or "dd" or "mv" or "chmod" or "chown" or "git" or "bash" or "sh" or "zsh" or "dash" or "sudo" or "find" or "xargs" or "eval"
            or "env" or "kubectl" or "terraform" or "docker" or "podman" or "aws" or "gcloud" or "python" or "python3" or "node" or "perl" or "ruby" or "php" or "curl" or "wget"
            or "mkswap" or "wipefs" or "truncate" or "psql" or "mysql" or "dropdb" or "shutdown" or "reboot" or "kill" or "killall" or "pkill" or "nc" or "ncat" or "socat"
            or "tee" or "cp" or "rsync" or "npm" or "npx" or "pnpm" or "yarn" or "helm" or "tofu" or "pulumi" or "az" or "gh" or "rails" or "rake" or "prisma" or "alembic" or "redis-cli" or "mongosh" or "sqlite3" or "ssh" or "scp" or "busybox" or "crontab" or "lvremove" or "vgremove" or "zpool" or "zfs" or "systemctl"
            || name.StartsWith("mkfs", StringComparison.Ordinal);
    }
}
