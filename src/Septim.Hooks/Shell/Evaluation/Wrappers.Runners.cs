namespace Septim.Hooks.Shell.Evaluation;

/// <summary>What runs its command on this machine: with another environment, in a terminal, again and again, in many packages, or later.</summary>
internal static partial class Wrappers
{
    /// <summary>A new window that runs the words behind its mark, or one text.</summary>
    private static Wrapper? Terminal(string name) => name switch
    {
        "xterm" or "uxterm" or "urxvt" or "rxvt" or "st" or "gnome-terminal" or "konsole" or "xfce4-terminal" or "mate-terminal" or "lxterminal" or "terminator" or "tilix" or "alacritty" or "ghostty" or "x-terminal-emulator"
            or "kgx" or "ptyxis" or "deepin-terminal" or "qterminal" or "sakura" or "cool-retro-term" or "guake" or "yakuake" =>
            new(new OptionTable("", "command=")) { NeedsDashes = true, Marks = "-e -x -- --execute --command", TextOptionLong = "--command", ReadsBlanks = true, IsLater = true },
        "wezterm" => new(new OptionTable("", "cwd= domain-name= window-id= pane-id=")) { Subcommands = "start spawn split-pane", Groups = "cli", NeedsDashes = true, IsLater = true },
        "zellij" => new(new OptionTable("cfin:d:", "name= cwd= direction= close-on-exit floating in-place")) { Subcommands = "run new-pane", Groups = "action", NeedsDashes = true, IsLater = true },
        "dtach" or "abduco" => new(Operand("a:A:c:n:N:e:r:EzPfp"), 0) { IsLater = true },
        _ => null,
    };

    private static Wrapper? Runner(string name) => name switch
    {
        "pm2" => new(Operand("i:n:f:l:o:e:", "name= instances= watch=? max-memory-restart= log= output= error= interpreter= cwd= cron= cron-restart= time no-autorestart namespace=")) { Subcommands = "start exec", ReadsBlanks = true, IsLater = true },
        "firebase" => new(Operand("P:c:", "project= config= only= import= export-on-exit=? inspect-functions=? ui log-verbosity=")) { Subcommands = "emulators:exec", TakesTexts = true },
        "lerna" => new(Operand("", "scope= ignore= concurrency= since=? parallel stream no-bail no-prefix loglevel= include-dependencies")) { Subcommands = "exec", ReadsBlanks = true },
        "nx" or "turbo" => new(Operand("")) { Subcommands = "exec", ReadsBlanks = true },
        "foreman" or "honcho" or "overmind" or "hivemind" or "pixi" or "devbox" or "volta" or "fnm" or "nvm" or "saml2aws" or "granted" or "assume" or "teller" or "berglas" or "secrethub" or "tox" or "rush" or "flox" or "devenv" or "phase" or "keeper" or "aws-sso" =>
            new(Operand("e:f:p:c:a:n:m:r:", "env= env-file= file= config= profile= manifest-path= environment= using= node= npm= using-file= role= region=")) { Subcommands = "run exec activate shell", ReadsBlanks = name is "devbox" },
        "envchain" => new(Operand(""), 1) { RunsNothing = "--list -l --set -s --unset" },
        "envdir" or "s6-envdir" or "setlock" or "s6-setlock" => new(Operand("nNxXt:"), 1),
        "summon" => new(Operand("e:f:D:p:i:V", "environment= provider= all-provider-versions up")),
        "with-contenv" or "cronic" or "systemd-cat" or "systemd-inhibit" or "dbus-launch" or "kdesu" or "gksudo" or "gksu" or "condor_run" or "bsub" or "srun" or "salloc" or "mpirun" or "mpiexec" or "orterun" or "daemonize" or "daemon" =>
            new(Operand("a:c:C:e:f:J:i:l:n:N:o:p:q:t:u:w:W:", "identifier= priority= stderr-priority= what= who= why= mode= ntasks= nodes= partition= time= mem= gres= cpus-per-task= account= job-name= np= host= hostfile= name=")) { ReadsBlanks = true, RunsNothing = Help },
        "run0" or "dzdo" or "pfexec" or "sudo-rs" or "please" => new(Operand("u:g:D:p:C:", "user= group= unit= property= description= slice= chdir= setenv= background= nice= machine=")) { IsPrivileged = true, RunsNothing = Help },
        "pueue" => new(Operand("w:g:l:d:a:i", "working-directory= group= label= delay= after= priority= escape immediate stashed print-task-id")) { Subcommands = "add", JoinsToText = true, IsLater = true },
        "sem" => new(Operand("j:uik", "jobs= id= fg bg wait semaphore-timeout= semaphore-name= semaphorename= st= timeout= delay= keep-order pipe help version")) { JoinsToText = true, RunsNothing = "--wait --help --version" },
        "mispipe" => new(new OptionTable("")) { TakesTexts = true },
        "reflex" => new(Operand("r:R:g:G:sd:v", "regex= inverse-regex= glob= inverse-glob= start-service decoration= only-files only-dirs shutdown-timeout=")),
        "onchange" => new(new OptionTable("ide:f:kj:v", "initial delay= exclude-path= filter= kill jobs= verbose")) { NeedsDashes = true },
        "guix" => new(new OptionTable("")) { Subcommands = "shell environment time-machine", NeedsDashes = true },
        _ => null,
    };
}
