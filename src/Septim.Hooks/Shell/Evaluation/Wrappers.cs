namespace Septim.Hooks.Shell.Evaluation;

/// <summary>
/// The programs that run their arguments, each with its own options, from their manual pages (GNU coreutils 9, util-linux 2.39,
/// sudo 1.9, moby 27, kubectl 1.31, read November 2026).
/// </summary>
internal static partial class Wrappers
{
    private const string Help = "--help --version";

    /// <summary>The row of a program; of some the first word tells which.</summary>
    public static Wrapper? Find(string name, string first) => Group(name, first) ?? Find(name);

    private static Wrapper? Find(string name) => name switch
    {
        "sudo" => new(Operand("AbBC:D:eEg:h::Hik::KlnNp:PR:r:sSt:T:U:u:vV", "askpass background bell close-from= chdir= preserve-env=? edit group= set-home host= login remove-timestamp reset-timestamp list non-interactive preserve-groups prompt= chroot= role= stdin shell type= command-timeout= other-user= user= validate no-update help version"))
        { TakesAssignments = true, IsPrivileged = true, DirectoryOption = "-D", DirectoryOptionLong = "--chdir", RunsNothing = "-e --edit -l --list -v --validate -V -K --remove-timestamp --help --version" },
        "doas" => new(Operand("C:Lnsa:u:")) { IsPrivileged = true, RunsNothing = "-C -L" },
        "pkexec" => new(Operand("", "user= disable-internal-agent keep-cwd help version")) { IsPrivileged = true, RunsNothing = Help },
        "gosu" or "su-exec" or "setpriv" or "softlimit" or "setuidgid" => new(Operand("", "reuid= regid= groups= inh-caps= ambient-caps= bounding-set= securebits= init-groups clear-groups no-new-privs reset-env"), name == "setpriv" || name == "softlimit" ? 0 : 1) { IsPrivileged = name != "setpriv", RunsNothing = Help },
        "env" => new(Operand("i0vu:C:S:P:", "ignore-environment null unset= chdir= split-string= block-signal=? default-signal=? ignore-signal=? list-signal-handling debug argv0= help version"))
        { TakesAssignments = true, DirectoryOption = "-C", DirectoryOptionLong = "--chdir", RunsNothing = Help },
        "nohup" or "setsid" or "ionice" or "fakeroot" or "unbuffer" or "eatmydata" or "torsocks" or "torify" or "proxychains" or "proxychains4" or "chronic" or "dbus-run-session" or "xvfb-run" or "rlwrap"
            or "catchsegv" or "caffeinate" or "ltrace" or "strace" or "valgrind" or "nsenter" or "unshare" or "stdbuf" or "nice" or "time" or "gtime" or "prlimit" or "ifne" or "annotate-output" or "run-one" or "tsp" or "ts" or "entr" or "watchexec" or "ssh-agent" or "heaptrack" or "firejail" or "bwrap" or "cross-env" or "dotenv" or "retry" or "linux32" or "linux64" or "setarch" or "numactl" or "cgexec" or "perf" or "winpty" or "arch" or "start-stop-daemon" =>
            Prefix(name),
        "timeout" or "gtimeout" => new(Operand("fk:s:vp", "foreground kill-after= signal= preserve-status verbose help version"), 1) { RunsNothing = Help },
        "chroot" => new(Operand("", "groups= userspec= skip-chdir help version"), 1) { IsRemote = true, RunsNothing = Help },
        "taskset" or "chrt" => new(Operand("apcbdefimorvRT:P:D:hV", "all-tasks pid cpu-list help version"), 1) { RunsNothing = "-p --pid --help --version" },
        "flock" => new(Operand("sxeunoFw:E:c:hV", "shared exclusive unlock nonblock timeout= wait= conflict-exit-code= close command= no-fork verbose help version"), 1) { TextOption = "-c", TextOptionLong = "--command", RunsNothing = Help },
        "faketime" or "lockf" or "chpst" or "dumb-init" or "tini" or "catatonit" or "s6-setuidgid" => new(Operand("u:U:b:e:/:C:n:l:L:m:d:o:p:f:c:r:t:kst:vP012", "exclude-monotonic"), name is "faketime" or "lockf" or "s6-setuidgid" ? 1 : 0),
        "runuser" => new(Operand("c:flmps:g:G:u:w:T:P", "command= session-command= fast login group= supp-group= shell= user= preserve-environment whitelist-environment= pty help version")) { IsPrivileged = true, TextOption = "-c", TextOptionLong = "--command", RunsNothing = Help },
        "sg" or "newgrp" => new(Operand("c:"), 1) { TextOption = "-c" },
        "sops" => new(Operand("", "user= pristine background same-process"), 1) { Subcommands = "exec-env exec-file", JoinsToText = true },
        "repo" => new(new OptionTable("c:r:i:g:pvej:", "command= regex= inverse-regex= groups= jobs= project-header abort-on-errors")) { Subcommands = "forall", TextOption = "-c", TextOptionLong = "--command" },
        "su" => new(new OptionTable("c:flmps:g:G:u:w:T:P", "command= session-command= fast login group= supp-group= shell= user= preserve-environment whitelist-environment= pty help version")) { IsPrivileged = true, TextOption = "-c", TextOptionLong = "--command", RunsNothing = Help },
        "script" => new(Operand("ac:efm:qE:B:I:O:T:t::o:", "append command= return flush force quiet timing=? output-limit= echo= log-io= log-in= log-out= log-timing= logging-format= help version"), 1) { TextOption = "-c", TextOptionLong = "--command", RunsNothing = Help },
        "watch" => new(Operand("bcd::egn:pq:rtwx", "beep color differences=? errexit chgexit equexit= exec interval= precise no-rerun no-title no-wrap help version")) { JoinsToText = true, RunsNothing = Help },
        "systemd-run" => new(Operand("H:M:p:E:u:GtPqdrSM:", "host= machine= unit= property= description= slice= slice-inherit remain-after-exit send-sighup service-type= uid= gid= nice= working-directory= same-dir setenv= pty pipe quiet on-active= on-boot= on-startup= on-unit-active= on-unit-inactive= on-calendar= on-clock-change timer-property= path-property= socket-property= no-block wait collect scope shell user system no-ask-password expand-environment= background= help version"))
        { IsLater = true, DirectoryOptionLong = "--working-directory", RunsNothing = Help },
        "busybox" or "toybox" or "lvm" => new(Operand("", "list list-full install help test")) { RunsNothing = "--list --list-full --install --help" },
        "ssh" or "autossh" or "mosh" => new(Operand("46AaCfGgKkMNnqsTtVvXxYyB:b:c:D:E:e:F:I:i:J:L:l:m:O:o:P:p:Q:R:S:W:w:", "ssh= port="), 1) { IsRemote = true, JoinsToText = true, RunsNothing = "-V -Q -G" },
        "xcrun" => new(Operand("flvrnk", "sdk= toolchain= find run log verbose no-cache kill-cache show-sdk-path show-sdk-version show-sdk-platform-path help version")) { RunsNothing = "--find -f --show-sdk-path --show-sdk-version --show-sdk-platform-path --help --version" },
        "sshpass" => new(Operand("p:f:d:ePhVv")),
        "docker" or "podman" or "nerdctl" => new(Operand("a:c:de:h:il:m:p:P:qtu:v:w:", "add-host= annotation= attach= blkio-weight= cap-add= cap-drop= cgroup-parent= cgroupns= cidfile= cpus= cpu-shares= cpuset-cpus= detach detach-keys= device= dns= dns-search= entrypoint= env= env-file= expose= gpus= group-add= health-cmd= hostname= index= init interactive ip= ipc= isolation= label= label-file= link= log-driver= log-opt= mac-address= memory= memory-swap= mount= name= network= net= no-deps no-healthcheck no-TTY no-tty oom-kill-disable pid= pids-limit= platform= privileged publish= publish-all pull= quiet quiet-pull read-only remove-orphans restart= rm runtime= scale= security-opt= service-ports shm-size= stop-signal= stop-timeout= storage-opt= sysctl= tmpfs= tty ulimit= use-aliases user= userns= uts= volume= volumes-from= workdir= build T"), 1)
        { Subcommands = "exec run", Groups = "compose container", Texts = "--health-cmd", Global = Operand("c:DH:l:vf:p:", "config= context= debug host= log-level= tls tlscacert= tlscert= tlskey= tlsverify file= project-name= profile= env-file= project-directory= ansi= progress= parallel= compatibility"), IsRemote = true, DirectoryOption = "-w", DirectoryOptionLong = "--workdir" },
        "docker-compose" or "podman-compose" => new(Operand("de:l:p:P:Tu:v:w:i", "detach env= entrypoint= label= name= no-deps no-TTY publish= privileged rm service-ports use-aliases user= volume= workdir= index= interactive"), 1)
        { Subcommands = "exec run", Global = Operand("f:p:H:c:", "file= project-name= profile= env-file= project-directory= ansi= progress= parallel= context= host="), IsRemote = true },
        "kubectl" or "oc" or "k3s" or "microk8s" => new(new OptionTable("c:f:in:tqsl:", "container= stdin tty quiet namespace= context= cluster= kubeconfig= user= image= command restart= env= labels= overrides= rm filename= pod-running-timeout= target= profile="))
        { Subcommands = "exec run debug rsh create", Groups = "kubectl", Global = Operand("n:s:v:", "namespace= context= cluster= kubeconfig= user= server= token= as= request-timeout= certificate-authority= v= cache-dir= profile= profile-output= password= username= tls-server-name= as-uid= as-group= log-flush-frequency= client-certificate= client-key= vmodule= kuberc="), IsRemote = true, NeedsDashes = true },
        "lxc" or "incus" => new(Operand("", "mode= user= group= cwd= env="), 1) { Subcommands = "exec", IsRemote = true },
        "nomad" => new(Operand("", "job= task= i= t=") with { SingleDash = true }, 1) { Subcommands = "exec", Groups = "alloc", IsRemote = true },
        "adb" => new(Operand("ntTx")) { Subcommands = "shell", Global = Operand("s:t:H:P:L:ade"), IsRemote = true, JoinsToText = true },
        "distrobox" or "toolbox" or "devcontainer" => new(Operand("n:c:r:", "name= container= release= workspace-folder= config= docker-path= id-label= container-id= remote-env="), name is "distrobox" ? 1 : 0) { Subcommands = "enter run exec" },
        "limactl" or "multipass" or "colima" => new(Operand("n:p:c:r:d:", "workdir= working-directory= shell= node= profile= workspace-folder= container= name= config= docker-path= id-label="), name is "limactl" or "multipass" ? 1 : 0)
        { Subcommands = "shell exec ssh", Global = Operand("p:", "profile="), IsRemote = true },
        "wsl" => new(Operand("d:u:e", "distribution= user= cd= exec shell-type=")) { RunsNothing = "-l --list --status --version --help --shutdown" },
        "machinectl" => new(Operand("", "uid= setenv="), 1) { Subcommands = "shell", IsRemote = true },
        "fly" or "flyctl" => new(new OptionTable("C:a:c:s:", "command= app= config= select")) { Subcommands = "ssh run", Groups = "console", TextOption = "-C", TextOptionLong = "--command", IsRemote = true },
        "heroku" => new(Operand("a:r:s:e:x", "app= remote= size= env= type= no-tty exit-code no-notify no-launcher")) { Subcommands = "run run:detached run:inside", IsRemote = true, JoinsToText = true, Trailing = "-a --app -r --remote -s --size -e --env" },
        "vagrant" => new(new OptionTable("c:p", "command= plain tty")) { Subcommands = "ssh", TextOption = "-c", TextOptionLong = "--command", IsRemote = true, JoinsToText = true },
        "gcloud" => new(new OptionTable("", "command= zone= project= tunnel-through-iap internal-ip ssh-flag= ssh-key-file=")) { Subcommands = "ssh", Groups = "compute beta alpha cloud-shell tpus tpu-vm app instances", TextOptionLong = "--command", IsRemote = true, JoinsToText = true, NeedsDashes = true, Global = Operand("q", "project= account= configuration= quiet verbosity= format= impersonate-service-account= billing-project= flags-file= access-token-file= trace-token= flatten= log-http user-output-enabled") },
        "nix-shell" => new(new OptionTable("p:A:E:I:j:", "run= command= packages= attr= pure")) { TextOptionLong = "--run", TextOption = "--command" },
        "nix" => new(Operand("", "command")) { Subcommands = "develop shell run", NeedsDashes = true, Marks = "-- -c --command" },
        "direnv" => new(Operand(""), 1) { Subcommands = "exec" },
        "mise" or "rtx" or "asdf" => new(Operand("c:j:C:", "command= jobs= cd=")) { Subcommands = "exec x", TextOption = "-c", TextOptionLong = "--command" },
        "poetry" or "pipenv" or "pdm" or "hatch" or "rye" or "bundle" or "rbenv" or "pyenv" or "nodenv" or "dotenvx" or "doppler" or "infisical" or "pipx" => new(Operand("f:e:p:c:C:", "env-file= env= project= config= command= spec= directory="))
        { Subcommands = "run exec", Groups = name is "hatch" ? "env" : "", Global = Operand("C:P:e:f:p:c:t:", "directory= project= env= env-file= file= config= token= python= cwd="), TextOptionLong = name is "doppler" or "infisical" ? "--command" : null },
        "op" => new(Operand("", "env-file= account= no-masking")) { Subcommands = "run" },
        "uv" => new(Operand("p:m:", "with= with-requirements= with-editable= extra= group= env-file= python= package= directory= project= index= index-url= default-index= from= module= script no-project isolated")) { Subcommands = "run", Groups = "tool", Global = Operand("", "directory= project= config-file= cache-dir= color= allow-insecure-host= python-preference= python-fetch= config-setting=") },
        "conda" or "mamba" or "micromamba" => new(Operand("n:p:", "name= prefix= cwd= no-capture-output live-stream")) { Subcommands = "run" },
        "aws-vault" or "aws-okta" => new(Operand("d:n:t:jse", "duration= region= mfa-token= no-session server ecs-server ec2-server json stdout prompt="), 1) { Subcommands = "exec", Global = Operand("d", "debug backend= keychain= pass-dir=") },
        "chamber" => new(Operand("", "pristine strict strict-value="), 1) { Subcommands = "exec", NeedsDashes = true },
        "npx" or "bunx" => new(Operand("c:p:yq", "call= package= yes no-install quiet")) { TextOption = "-c", TextOptionLong = "--call" },
        "npm" => new(Operand("c:p:w:y", "call= package= workspace= workspaces yes prefix=")) { Subcommands = "exec x", TextOption = "-c", TextOptionLong = "--call", Global = Operand("w:C:", "prefix= workspace= loglevel= userconfig= registry= cache= include= omit=") },
        "pnpm" or "yarn" or "bun" => new(Operand("cp:r", "package= shell-mode parallel recursive workspace-concurrency= resume-from=")) { Subcommands = "exec dlx x", Groups = "workspaces foreach", Named = "workspace", Global = Operand("C:F:rApvtitj:W", "dir= filter= cwd= reporter= loglevel= config= use-yarnrc= changed-files-ignore-pattern= test-pattern= include= exclude= from= jobs= since=? all recursive parallel workspace-concurrency="), ReadsBlanks = true },
        "uvx" => new(Operand("p:", "from= with= python= index= index-url=")),
        "tmux" => new(Operand("ac:de:F:hIl:n:Pp:s:S:t:x:y:bfkvZCL:")) { Subcommands = "new new-session neww new-window splitw split-window send send-keys run run-shell respawn-pane respawnp respawn-window popup display-popup if-shell pipe-pane pipep", Global = Operand("2CDlNuvc:f:L:S:T:"), JoinsToText = true, IsLater = true },
        "hyperfine" => new(new OptionTable("w:m:M:r:p:C:c:s:S:Niu:n:L:P:D:", "warmup= min-runs= max-runs= runs= prepare= conclude= cleanup= setup= reference= reference-name= shell= parameter-list= parameter-scan= parameter-step-size= export-json= export-markdown= export-csv= export-asciidoc= export-orgmode= style= sort= time-unit= command-name= ignore-failure input= output=")) { TakesTexts = true, Texts = "-p --prepare -C --conclude -c --cleanup -s --setup --reference" },
        "concurrently" => new(new OptionTable("n:c:k:t:l:r:", "names= prefix= prefix-colors= kill-others max-processes= success=")) { TakesTexts = true },
        "cargo" => new(Operand("s:x:w:i:d:C:B:qcN", "shell= exec= watch= ignore= delay= workdir= quiet clear postpone why")) { Subcommands = "watch", TextOption = "-s", TextOptionLong = "--shell" },
        "aws" => new(new OptionTable("", "command= cluster= task= container= interactive region= profile=")) { Subcommands = "execute-command", Groups = "ecs", TextOptionLong = "--command", IsRemote = true, Global = Operand("", "profile= region= output= endpoint-url= ca-bundle= query= color= cli-read-timeout= cli-connect-timeout= cli-binary-format= cli-error-format= no-cli-pager cli-auto-prompt no-cli-auto-prompt no-sign-request no-paginate debug no-verify-ssl version") },
        "capsh" => new(Operand("")) { NeedsDashes = true },
        "nodemon" => new(Operand("e:w:i:x:d:", "exec= watch= ext= ignore= delay= config=")) { TextOption = "-x", TextOptionLong = "--exec" },
        "batch" => new(new OptionTable("f:q:t:")) { IsLater = true },
        _ => Host(name) ?? Terminal(name) ?? Runner(name),
    };

    /// <summary>Wrappers without operands of their own: all that differs is their options.</summary>
    private static Wrapper Prefix(string name) => name switch
    {
        "nice" => new(Operand("n:", "adjustment= help version")) { RunsNothing = Help },
        "ionice" => new(Operand("c:n:p:P:u:t", "class= classdata= pid= pgid= uid= ignore help version")) { RunsNothing = "-p --pid -P -u --help --version" },
        "time" or "gtime" => new(Operand("f:o:apqvV", "format= output= append portability quiet verbose help version")) { RunsNothing = "--help --version -V" },
        "stdbuf" => new(Operand("i:o:e:", "input= output= error= help version")) { RunsNothing = Help },
        "setsid" => new(Operand("cfw", "ctty fork wait help version")) { RunsNothing = Help },
        "strace" => new(Operand("a:b:e:E:I:o:O:p:P:s:S:u:U:X:", "attach= output= user= string-limit= trace= signal= help version")) { RunsNothing = "--help --version -V -h" },
        "ltrace" => new(Operand("a:A:D:e:F:l:n:o:p:s:u:w:x:X:")),
        "unshare" => new(Operand("CfhimnpruUT::cR:S:G:w:l:", "mount=? uts=? ipc=? net=? pid=? user=? cgroup=? time=? fork map-root-user map-user= map-group= map-users= map-groups= kill-child=? mount-proc=? root= wd= setuid= setgid= propagation= setgroups= help version")) { DirectoryOption = "-w", DirectoryOptionLong = "--wd", RunsNothing = Help },
        "nsenter" => new(Operand("at:m::u::i::n::p::U::C::T::S:G:r::w::FZe", "all target= mount=? uts=? ipc=? net=? pid=? user=? cgroup=? time=? setuid= setgid= root=? wd=? env preserve-credentials no-fork follow-context help version")) { IsPrivileged = true, RunsNothing = Help },
        "caffeinate" => new(Operand("disumt:w:")),
        "entr" => new(Operand("acdnprsxz")),
        "watchexec" => new(Operand("w:e:f:i:d:s:S:nrc", "watch= exts= filter= ignore= debounce= signal= shell= restart clear=? stop-signal= delay-run= on-busy-update= no-vcs-ignore postpone")) { JoinsToText = true },
        "perf" => new(Operand("e:o:F:p:gr:d", "event= output=")) { Subcommands = "stat record trace" },
        "dotenv" => new(Operand("e:f:v:p:", "file=")) { },
        "xvfb-run" => new(Operand("ae:f:n:s:w:p:", "auto-servernum error-file= server-num= server-args=")),
        "cgexec" => new(Operand("g:", "sticky")),
        "numactl" => new(Operand("i:N:C:m:p:l", "interleave= cpunodebind= physcpubind= membind= preferred=")),
        "prlimit" => new(Operand("o:p:", "pid= nofile= nproc= as= core= cpu= fsize=")) { RunsNothing = "-p --pid" },
        "setarch" => new(Operand("BFILRSTXZ"), 1),
        "bwrap" => new(Operand("", "bind= ro-bind= dev-bind= bind-try= ro-bind-try= dev-bind-try= tmpfs= proc= dev= dir= chdir= setenv= unsetenv= uid= gid= hostname= symlink= file= ro-bind-data= args= seccomp= mqueue= remount-ro= lock-file=")) { DirectoryOptionLong = "--chdir" },
        "retry" => new(Operand("t:d:s:m:e:u:", "times= delay= until=")),
        "cross-env" => new(Operand("")) { TakesAssignments = true },
        "start-stop-daemon" => new(Operand("x:a:p:u:n:c:g:k:d:r:", "exec= startas= pidfile= user= name= chuid= group= chdir= chroot=")) { NeedsDashes = true },
        _ => new(Operand("a:c:e:f:o:n:p:s:t:w:", "help version")) { RunsNothing = Help },
    };

    private static OptionTable Operand(string letters, string names = "") => new(letters, names) { StopsAtOperand = true };
}
