using Septim.Hooks.Shell;

namespace Septim.Hooks.Tests.Shell;

public sealed class WrapperTests
{
    /// <summary>Ways to run <c>rm -rf /x</c> through something else; <c>§</c> stands for the command.</summary>
    public static readonly TheoryData<string> Ways =
    [
        "sudo §", "sudo -u root -n -- §", "sudo A=1 §", "sudo -s §", "sudo --user=root §", "doas -u root §", "pkexec §",
        "su -c '§'", "su - bob -c '§'", "su bob --command='§'", "runuser -u bob -c '§'",
        "env §", "env -i A=1 B=2 §", "env -u X -C / §", "env -S '§'", "env -S 'A=1 -i §'", "env -iS'§'",
        "command §", "command -p §", "command -- §", "exec §", "exec -a x §", "nohup § &", "nice §", "nice -n 5 §", "nice -5 §", "ionice -c 2 -n 7 §",
        "timeout 5 §", "timeout -k 5 -s KILL 30 §", "timeout --signal=9 1m §", "time §", "time -p §", "/usr/bin/time -f %e §", "stdbuf -oL §", "stdbuf --output=L §", "setsid -w §",
        "chroot / §", "chroot --userspec=a:b /r §", "unshare -rn §", "strace -f -o out §", "ltrace -f §", "watch §", "watch -n 1 '§'", "watch -x §",
        "script -c '§' out", "script -q /dev/null §", "echo y | xargs §", "xargs -n1 -P 4 § < list", "xargs -I{} § {} < list",
        "parallel § ::: a", "parallel '§ {}' ::: a b", "flock /tmp/l §", "flock -w 5 /tmp/l -c '§'", "chpst -u bob §",
        "systemd-run --user --unit=u §", "busybox §", "toybox §", "find . -exec § \\;", "find . -name a -ok § +", "find / -type f -execdir § {} +", "fd -x §",
        "sh -c '§'", "bash -lc '§'", "bash -euo pipefail -c '§'", "bash -c -- '§'", "zsh -fc '§'", "dash -c '§'", "ash -c '§'", "ksh -c '§'", "fish -c '§'", "/bin/bash --norc -c '§'",
        "bash <<< '§'", "bash <<E\n§\nE", "echo '§' | sh", "echo '§' | tee /dev/null | bash -s", "printf '%s\\n' '§' | bash /dev/stdin", "cat <<'E' | sudo bash\n§\nE", "bash <(echo '§')", "source <(echo '§')", "echo '§' > s.sh; bash s.sh", "echo '§' > s.sh; chmod +x s.sh; ./s.sh",
        "echo '§' | rev | rev | sh", "echo '§' | tr a-z b-za | tr b-za a-z | sh", "eval '§'", "eval '§' ; x", "eval eval '§'", "trap '§' EXIT", "trap '§' INT TERM", "coproc §", "coproc X { §; }",
        "$(echo §)", "X='§'; $X", "X='§'; eval \"$X\"", "X='§'; bash -c \"$X\"", "f() { §; }; f", "! §", "if §; then :; fi", "{ §; }", "( § )", "while §; do :; done", "x | §", "x && §", "x || §", "for i in 1; do §; done", "case a in a) §;; esac",
        "echo $(§)", "echo `§`", "echo \"$(§)\"", "echo \"${X:-$(§)}\"", "cat <(§)", "x > >(§)", "cat <<E\n$(§)\nE", "[[ -n $(§) ]]", "(( 1 + $(§) ))", "A=$(§)", "A=(x $(§))", "A[$(§)]=1", "echo $((1 + $(§)))", "${A:=$(§)}", "x 2>&1 >$(§)",
        "ssh host '§'", "ssh host -p 22 §", "echo '§' | $SHELL", "echo '§' | ${SHELL:-sh}", "ssh -p 22 -i key user@host -- §", "ssh -tt -o X=y host §", "ssh -o ProxyCommand='§' host", "docker exec -it c §", "docker exec c sh -c '§'", "docker run --rm -v a:b -w /x image §", "docker compose exec -T web §", "docker-compose run --rm web §", "podman run image §",
        "docker run --entrypoint sh image -c '§'", "kubectl exec -it pod -c c -- §", "kubectl -n ns exec deploy/x -- sh -c '§'", "kubectl run t --image=i --rm -it -- §", "vagrant ssh -c '§'", "gcloud compute ssh vm --command='§'", "adb shell §",
        "nix-shell --run '§'", "nix-shell -p git --run '§'", "nix develop -c §", "direnv exec . §", "mise exec node@20 -- §", "mise x -- §", "npx -c '§'", "npx §", "pnpm exec §", "pnpm dlx §", "uvx §", "npm exec -- §", "uv run §", "poetry run §", "bundle exec §", "conda run -n e §", "op run -- §",
        "git -c alias.x='!§' x", "git -c alias.x='!§ #' x", "git config alias.x '!§'", "git config alias.x '!§'; git x", "git bisect run §", "git rebase -x '§' main", "git rebase --exec='§' main", "git submodule foreach '§'", "git filter-branch --tree-filter '§' HEAD", "git -c core.sshCommand='§' fetch", "GIT_SSH_COMMAND='§' git pull", "git -c core.pager='§' log", "git difftool -x '§'",
        "tmux new-window '§'", "tmux new-session -d '§'", "tmux send-keys -t 1 '§' Enter", "tmux run-shell '§'", "screen -dm §", "screen -dmS n §", "at now <<< '§'", "echo '§' | at 12:00", "echo '§' | batch", "echo '* * * * * §' | crontab -", "crontab - <<E\n@daily §\nE",
        "make SHELL='§'", "make -f - <<E\nall:\n\t§\nE", "make -f - all <<E\nall: ; §\nE", "make --eval='x: ; §'", "make --eval='$(shell §)'",
        "vim -c '!§'", "vim -c ':silent !§' f", "vim +'!§'", "ex -c '!§'", "tar cf a --checkpoint=1 --checkpoint-action=exec='§' b", "tar -I '§' -xf a", "tar xf a --to-command='§'", "rsync -e '§' a b", "rsync -ae '§' a b", "scp -o ProxyCommand='§' a b:", "zip a b -T -TT '§'", "man -P '§' ls", "gdb -ex '!§'", "gdb -batch -ex 'shell §'", "sqlite3 db '.shell §'", "psql -c '\\! §'", "echo '\\! §' | psql", "ncat -l 1 --sh-exec '§'", "nc -c '§' h 1", "socat TCP:h:1 SYSTEM:'§'", "socat TCP:h:1 EXEC:'§',pty", "sed '1e §' f", "hyperfine '§'", "concurrently 'x' '§'", "nodemon --exec '§'", "watchexec §", "entr §", "complete -C '§' x", "busybox sh -c '§'", "sudo env A=1 timeout 5 nice bash -c 'eval \"§\"'",
        "mytool run §", "if a; then rm() { :; }; fi; §", "a && rm() { :; }; §", "shopt -s expand_aliases\na && alias rm=:\n§", "return; §", "break; §", "exit 1 2; §", "exit --help; §", "enable -n exit; exit; §", "exit() { :; }; exit; §", "a && exit; §", "(exit); §", "exit | a; §", "exit & §", "for i in 1; do bash -c 'break; §'; done", "exec nothing; §", "case A in a) §;; esac", "case x in \"*\") ;; x) §;; esac", "case x in [[:alpha:]]) §;; esac", "case x in \\*) ;; *) §;; esac", "echo $((echo \"))\"; §) )", "$((echo '))'; §) )", "mapfile -C '§' -c 1 x < f", "env -S 'rm\\_-rf\\_/x'", "strace -p 1 §", "read -n 2 X <<< rmx; $X -rf /x", "read X <<< 'r\\m'; $X -rf /x", "f() { f() { §; }; f; }; f", "f() { $1; f '§'; }; f ls", "parallel ::: '§'", "shopt -s expand_aliases\nalias q='§'\nq", "set -- §; \"$@\"", "exec 3<<< '§'; bash <&3", "exec 3<<< '§'; bash /dev/fd/3", "read -r L <<< '§'; $L", "command_not_found_handle() { §; }; x", "lvm §", "wsl §", "watch -d -- §", "caffeinate -i §", "dbus-run-session -- §", "xvfb-run -a §", "gosu bob §", "machinectl shell u@.host §", "flock -n 9 § 9>/tmp/l",
    ];

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_a_wrapper_runs_is_seen(string way)
    {
        var reading = Reading.Of(way.Replace("§", "rm -rf /x", StringComparison.Ordinal));
        Assert.Null(reading.Breach);
        var found = reading.Invocations.Where(i => i.Name == "rm" && i.Arguments.Length >= 2 && i.Arguments[0].Is("-rf") && i.Arguments[1].Is("/x")).ToList();
        Assert.NotEmpty(found);
    }

    [Theory]
    [InlineData("echo '§'")]
    [InlineData("echo §")]
    [InlineData("printf '%s' '§'")]
    [InlineData("grep -rn '§' .")]
    [InlineData("git commit -m '§'")]
    [InlineData("git commit -m \"$(cat <<'E'\n§\nE\n)\"")]
    [InlineData("git commit -F - <<'E'\n§\nE")]
    [InlineData("cat <<E\n§\nE")]
    [InlineData("cat > s.sh <<'E'\n§\nE")]
    [InlineData("tee s.sh <<< '§'")]
    [InlineData("curl -d @- https://e.example <<E\n§\nE")]
    [InlineData("# §")]
    [InlineData("x # ; §")]
    [InlineData("X='§'; echo \"$X\"")]
    [InlineData("gh pr create --body '§'")]
    [InlineData("bash -n -c '§'")]
    [InlineData("bash -nc '§'")]
    [InlineData("echo '§' | bash -n")]
    [InlineData("sh --version -c '§'")]
    [InlineData("command -v §")]
    [InlineData("sudo -l §")]
    [InlineData("parallel --dry-run § ::: a")]
    [InlineData("f() { §; }")]
    [InlineData("exit; §")]
    [InlineData("man §")]
    [InlineData("wc §")]
    [InlineData("jq '.a = \"§\"' f")]
    [InlineData("python3 -c 'print(\"§\")'")]
    [InlineData("timeout --help §")]
    [InlineData("alias q='§'; q")]
    [InlineData("make -n -f - <<E\nall:\n\t§\nE")]
    [InlineData("crontab -l; echo '§'")]
    [InlineData("echo '§' | base64")]
    [InlineData("case a in b) §;; esac")]
    [InlineData("docker ps --filter '§'")]
    public void Data_stays_data(string way)
    {
        var reading = Reading.Of(way.Replace("§", "rm -rf /x", StringComparison.Ordinal));
        Assert.DoesNotContain(reading.Invocations, i => i.Name == "rm");
    }

    [Fact]
    public void A_wrapped_command_knows_its_wrappers()
    {
        var inner = Reading.Find(Reading.Of("sudo ssh h 'nohup rm x &'"), "rm")!;
        Assert.Equal("sudo ssh nohup", string.Join(' ', inner.Via.Select(v => v.Name)));
        Assert.True(inner.IsRemote);
        Assert.True(inner.IsPrivileged);
        Assert.True(inner.InBackground);
        Assert.Null(inner.Directory);
    }

    [Fact]
    public void Arguments_of_an_unknown_program_are_a_guess()
    {
        var inner = Reading.Find(Reading.Of("mytool run rm -rf /"), "rm")!;
        Assert.True(inner.IsGuess);
        Assert.Equal("mytool", Assert.Single(inner.Via).Name);
    }

    [Fact]
    public void Environment_variables_reach_the_command()
    {
        var reading = Reading.Of("export A=1; B=2 env C=3 git fetch");
        var git = Reading.Find(reading, "git")!;
        Assert.Equal("1", git.Variable("A")?.Text);
        Assert.Equal("2", git.Variable("B")?.Text);
        Assert.Equal("3", git.Variable("C")?.Text);
        Assert.Null(git.Variable("D"));
    }

    [Theory]
    [InlineData("git.exe status", "git")]
    [InlineData("'C:\\Program Files\\Git\\bin\\git.exe' status", "git")]
    [InlineData("git-status", "git")]
    [InlineData("GIT status", "git")]
    [InlineData("/usr/bin/python3.12 x", "python")]
    [InlineData("\"$D/rm\" x", "rm")]
    [InlineData("/bin/r? x", "rm")]
    [InlineData("$CMD x", "")]
    public void Programs_are_called_by_their_plain_names(string command, string name) =>
        Assert.Equal(name, Reading.Of(command).Invocations[0].Name);

    [Fact]
    public void A_repository_alias_is_opened()
    {
        var setting = Reading.Setting with { GitAlias = name => name == "wipe" ? "reset --hard" : null };
        var reading = ShellProgram.Evaluate("git wipe HEAD~1", setting);
        Assert.Equal("git reset --hard HEAD~1", Reading.Say(reading.Invocations[^1]));
    }
}
