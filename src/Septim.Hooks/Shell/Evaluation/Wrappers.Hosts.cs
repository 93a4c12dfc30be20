namespace Septim.Hooks.Shell.Evaluation;

/// <summary>What runs its command on another machine, in a virtual machine or in a container, behind groups of its own (manuals read November 2026).</summary>
internal static partial class Wrappers
{
    private static Wrapper? Host(string name) => name switch
    {
        "kamal" => new(Operand("ip:d:c:h:r:e:", "interactive reuse detach primary hosts= roles= version= destination= config-file= env= tag="))
        { Subcommands = "exec", Groups = "app server accessory", Global = Operand("d:c:h:r:p", "destination= config-file= hosts= roles= version= primary"), IsRemote = true, JoinsToText = true },
        "minikube" => new(Operand("n:p:", "node= profile= native-ssh"))
        { Subcommands = "ssh", Global = Operand("p:v:", "profile= alsologtostderr"), IsRemote = true, JoinsToText = true },
        "gh" => new(Operand("c:R:d", "codespace= repo= repo-owner= profile= server-port= debug debug-file= config"))
        { Subcommands = "ssh", Groups = "codespace cs", Global = Operand("R:", "repo="), IsRemote = true, JoinsToText = true },
        "railway" => new(Operand("s:e:p:", "service= environment= project= deployment-instance= session=?"))
        { Subcommands = "ssh", IsRemote = true, JoinsToText = true },
        "docker-machine" => new(Operand(""), 1) { Subcommands = "ssh", IsRemote = true, JoinsToText = true },
        "tsh" or "tailscale" => new(Operand("l:p:J:i:d:A", "login= port= proxy= user= cluster= auth="), 1)
        { Subcommands = "ssh", Global = Operand("l:i:d", "login= proxy= user= auth="), IsRemote = true, JoinsToText = true },
        "plink" or "klink" => new(Operand("", "batch ssh no-antispoof agent noagent share noshare l= P= i= m= D= L= R= pw= hostkey= sshlog= proxycmd= load=") with { SingleDash = true }, 1) { IsRemote = true, JoinsToText = true },
        "dbclient" or "rsh" or "remsh" or "et" => new(Operand("l:p:i:K:I:J:W:c:x:gtTyYNf", "command= port= username= host="), 1) { IsRemote = true, JoinsToText = true, TextOption = name is "et" ? "-c" : null },
        "hcloud" => new(Operand("u:p:", "user= port= ipv6"), 1) { Subcommands = "ssh", Groups = "server", IsRemote = true, JoinsToText = true },
        "doctl" => new(new OptionTable("t:", "ssh-command= ssh-user= ssh-key-path= ssh-port= context= access-token=")) { Subcommands = "ssh", Groups = "compute droplet", TextOptionLong = "--ssh-command", IsRemote = true },
        "knife" => new(Operand("a:A:C:G:i:l:mn:p:P:s:t:u:x:z", "attribute= concurrency= ssh-user= ssh-password= ssh-port= manual-list"), 1) { Subcommands = "ssh", IsRemote = true, JoinsToText = true },
        "bolt" => new(Operand("t:u:p:", "targets= query= rerun= run-as= user= password= transport=")) { Subcommands = "run", Groups = "command", IsRemote = true, JoinsToText = true },
        "mco" => new(Operand("F:W:I:C:T:")) { Subcommands = "run start", Groups = "shell", IsRemote = true, JoinsToText = true },
        "consul" => new(Operand("", "service= node= prefix= wait= wait-repl= shell= name= tag= http-addr= token= datacenter= type= key= keyprefix= pass-stdin verbose") with { SingleDash = true })
        { Subcommands = "exec watch", IsRemote = true, JoinsToText = true },
        "vault" => new(Operand("", "mode= role= strict-host-key-checking= user-known-hosts-file= public-key-path= private-key-path= mount-point= no-exec") with { SingleDash = true }, 1)
        { Subcommands = "ssh", IsRemote = true, JoinsToText = true },
        "etcdctl" => new(Operand("", "ttl= prefix rev= endpoints="), 1) { Subcommands = "lock watch elect", Global = Operand("", "endpoints= cacert= cert= key= user= password=") },
        "eb" or "copilot" => new(new OptionTable("c:n:e:a:", "command= name= env= app= container= task-id= number= keep_open setup timeout= custom= yes"))
        { Subcommands = "ssh exec", Groups = "svc job task", TextOption = "-c", TextOptionLong = "--command", IsRemote = true },
        "apptainer" or "singularity" => new(Operand("B:H:S:W:e", "bind= home= env= pwd= overlay= workdir= nv rocm writable-tmpfs containall cleanenv fakeroot"), 1) { Subcommands = "exec", IsRemote = true },
        "lxc-attach" => new(Operand("n:f:P:s:e", "name= elevated-privileges=? arch= namespaces= clear-env keep-env set-var=")) { IsRemote = true },
        "pct" or "qm" => new(Operand("", "keep-env"), 1) { Subcommands = "exec", Groups = "guest", IsRemote = true },
        "crictl" or "runc" or "crun" => new(Operand("e:itsd:u:p:", "env= cwd= user= tty interactive detach timeout= cap= console-socket= pid-file= process="), 1) { Subcommands = "exec", IsRemote = true },
        "lima" or "orb" => new(Operand("m:u:w:p", "workdir= shell= machine= user=")) { IsRemote = true },
        "systemd-nspawn" => new(Operand("D:i:M:u:ba:xqE:", "directory= image= machine= user= bind= bind-ro= tmpfs= setenv= chdir= boot ephemeral quiet")) { IsRemote = true, RunsNothing = Help },
        _ => null,
    };

    /// <summary>The program that an image of one tool starts with: <c>docker run amazon/aws-cli s3 ls</c>.</summary>
    public static string? EntryPoint(string? image)
    {
        if (image is null) return null;
        var name = image.AsSpan(image.LastIndexOf('/') + 1);
        var tag = name.IndexOfAny(':', '@');
        return (tag < 0 ? name : name[..tag]) switch
        {
            "aws-cli" => "aws",
            "terraform" => "terraform",
            "opentofu" => "tofu",
            "terragrunt" => "terragrunt",
            "pulumi" => "pulumi",
            "kubectl" => "kubectl",
            "helm" => "helm",
            "vault" => "vault",
            "consul" => "consul",
            "rclone" => "rclone",
            "restic" => "restic",
            "mc" => "mc",
            "flyway" => "flyway",
            "liquibase" => "liquibase",
            "migrate" => "migrate",
            "dbmate" => "dbmate",
            "git" => "git",
            "curl" => "curl",
            "heroku" => "heroku",
            "doctl" => "doctl",
            "s5cmd" => "s5cmd",
            _ => null,
        };
    }

    /// <summary>Tools of which one group is another wrapper than the rest: by its first words.</summary>
    private static Wrapper? Group(string name, string first) => (name, first) switch
    {
        ("fly" or "flyctl", "machine" or "machines" or "m") => new(Operand("a:c:", "app= config= container= timeout="), 1) { Subcommands = "exec", Groups = "machine machines m", IsRemote = true, ReadsBlanks = true },
        ("az", "ssh") => new(Operand("")) { Subcommands = "vm arc", Groups = "ssh", IsRemote = true, JoinsToText = true, NeedsDashes = true },
        ("podman", "machine") => new(Operand("", "username=")) { Subcommands = "ssh", Groups = "machine", IsRemote = true, JoinsToText = true },
        ("consul", "lock") => new(Operand("", "child-exit-code n= name= pass-stdin monitor-retry= timeout= verbose shell=") with { SingleDash = true }, 1) { Subcommands = "lock", JoinsToText = true },
        ("railway", "run") => new(Operand("s:e:p:", "service= environment= project=")) { Subcommands = "run" },
        ("kitty" or "kitten", "ssh" or "+kitten") => new(Operand(""), 1) { Subcommands = "ssh", Groups = "+kitten", IsRemote = true, JoinsToText = true },
        ("kubectl" or "oc", "node-shell") => new(Operand("n:", "namespace= context=")) { Subcommands = "node-shell", IsRemote = true, NeedsDashes = true },
        _ => null,
    };
}
