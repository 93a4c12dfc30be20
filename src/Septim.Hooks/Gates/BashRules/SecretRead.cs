using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>A secret file is printed.</summary>
internal static class SecretRead
{
    public static readonly BashRule Rule = new("secret-read", BashSeverity.High)
    {
        Reason = "it puts a secret into the conversation, its transcript and its logs",
        Alternative = "sed 's/=.*/=***/' .env.example",
        Advice = "show the names without the values",
        Denies =
        [
            "git diff .env",
            "git grep KEY .env",
            "xargs -a .env",
            "vim -es +p +q .env",
            "fd -H .env -x cat",
            "cat .env",
            "head ~/.ssh/id_ed25519",
            "grep KEY .env",
            "jq . ~/.docker/config.json",
            "security dump-keychain",
            "gpg --export-secret-keys",
            "cat ~/.aws/credentials",
            "base64 ~/.ssh/id_rsa",
            "less /etc/shadow",
            "cat < .env",
            "find . -name .env -exec cat {} \\;",
            "cat server.key",
            "strings /proc/1/environ",
            "cat ~/.netrc | head -1",
            "git show HEAD:.env",
            "echo \"$(cat .env)\"",
            "printf \"$(cat .env)\" | grep KEY",
            "tail -n 3 prod.env",
            "cp .env /dev/stdout",
            "awk -F= 'NF' .env",
            "awk -F= '{print $1; print}' .env",
            "sed '/KEY/s/=.*//' .env",
            "sed -E 's/(=.*)/\\1/' .env",
            "cat .en*",
            "exec 3< .env; cat <&3",
            "exec 3< .env; cat /dev/fd/3",
            "cat .env | tee /dev/stderr | wc -l",
            "python3 -c \"print(open('.env').read())\"",
            "node -e \"require('fs').readFile('.env', (e, d) => console.log(d))\"",
            "python3 -c \"import sys; print(sys.stdin.read())\" < .env",
            "sed 'r .env' README.md",
            "awk '{while((getline l < \".env\")>0) print l}' README.md",
            "grep KEY .env | cut -d: -f1",
            "perl -lane 'print' .env",
            "perl -0777ne 'print' .env",
            "perl -ne 'print \"$2\\n\" if /^(\\w+)=(.*)/' .env",
            "grep -A2 '^\\[' ~/.aws/credentials",
        ],
        Asks =
        [
            "cp ~/.ssh/id_rsa /tmp/",
            "ln -s ~/.aws/credentials ./c.bak",
            "tar czf /tmp/k.tgz ~/.ssh",
            "base64 ~/.ssh/id_rsa > /dev/shm/x",
        ],
        Passes =
        [
            "git diff --stat .env",
            "git grep .env",
            "git grep KEY .env.example",
            "xargs -a list.txt",
            "vim -es '+%s/a/b/' +wq x.txt",
            "security find-generic-password -w -s x | docker login --password-stdin",
            "cat .env.example",
            "cat ~/.ssh/id_rsa.pub",
            "cat ~/.ssh/config",
            "cat ~/.ssh/known_hosts",
            "ls -l .env",
            "stat .env",
            "cp .env.example .env",
            "cp .env .env.bak",
            "cp ~/.aws/credentials ~/.aws/credentials.bak",
            "grep -q KEY .env",
            "wc -l .env",
            "cat .env | wc -l",
            "echo \"$(cat .env)\" | wc -l",
            "export $(grep -v '^#' .env | xargs)",
            "test -f .env",
            "cut -d= -f1 .env",
            "set -a; source .env; set +a",
            "cat cert.pem",
            "grep -r .env src",
            "rg \"\\.env\" .",
            "cat .env > /dev/null",
            "sed \"s/=.*//\" .env",
            "python3 -c \"print(len(open('.env').readlines()))\"",
            "node -e \"console.log(Object.keys(require('dotenv').config().parsed))\"",
            "awk 'END{print NR}' .env",
            "awk -F= 'NF>1{print $1, ($2==\"\"?\"empty\":\"set\")}' .env",
            "sed 's/^\\([^=]*\\)=.*/\\1=***/' .env",
            "sed -n '/=/s/=.*//p' .env",
            "grep -oE '^\\w+' .env",
            "grep -no PORT .env",
            "cat chart/templates/secret.yaml",
            "sed '/marker/r snippet.txt' README.md",
            "awk '{while((getline l < \"names.txt\")>0) print l}' README.md",
            "grep -n KEY .env | cut -d: -f1",
            "cat .env | perl -ne 'print \"$1\\n\" if /^(\\w+)=/'",
            "perl -F= -lane 'print $F[0]' .env",
            "sed 's/=.*/= ***/' ~/.aws/credentials",
            "grep '^\\[' ~/.aws/credentials",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (SecretPrinters.Prints(at)) return BashFinding.Plain;
        if (SecretPrinters.Copies(at)) return new BashFinding(BashSeverity.Medium, "a copy of a secret lies where nobody guards it");
        if (SecretPrinters.TeesToReader(at)) return BashFinding.Plain;
        if (at.Invocation.Output is OutputKind.Discarded or OutputKind.File or OutputKind.Captured) return null;
        if (QuietReaders.Is(at)) return null;
        switch (at.Name)
        {
            case "echo" or "printf":
                foreach (var argument in at.Arguments)
                {
                    if ((Origins.Of(argument, at) & OriginKinds.Secret) != 0 && SecretPrinters.ReachesReader(at)) return BashFinding.Plain;
                }
                return null;
            case "git":
                return SecretPrinters.GitShows(at) ? BashFinding.Plain : null;
        }
        if (!SecretPrinters.Shows(at) || !SecretPrinters.ReachesReader(at)) return null;
        var searchesTree = Searches(at);
        if (searchesTree && ChoosesSecret(at)) return BashFinding.Plain;
        foreach (var effect in at.Effects)
        {
            if (effect.Kind == FileEffectKind.Read && searchesTree && effect.Place.Kind != PlaceKind.HomeRoot && SecretFile.IsOrHolds(effect.Path, effect.Place)) return BashFinding.Plain;
            if (effect.Kind == FileEffectKind.Read
                && (SecretFile.Is(effect.Path, effect.Place) || (Origins.OfTrail(effect.Path, at) & OriginKinds.Secret) != 0)) return BashFinding.Plain;
        }
        return SecretPrinters.FindNamesSecret(at) || SecretPrinters.ReadsSubstitution(at) ? BashFinding.Plain : null;
    }

    /// <summary><c>grep -r KEY . --include=.env</c>, <c>rg KEY -g .env</c>: of a whole tree it reads the secret files.</summary>
    private static bool ChoosesSecret(RuleCase at)
    {
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            var chosen = at.Arguments[i].StartsWith("--include=") ? at.Arguments[i].From(10) : at.Arguments[i].StartsWith("--glob=") ? at.Arguments[i].From(7)
                : i > 0 && at.Argument(i - 1) is "--include" or "-g" or "--glob" ? at.Arguments[i] : null;
            if (chosen is not null && !chosen.StartsWith("!") && SecretFile.Is(chosen, at.PlaceOf(chosen))) return true;
        }
        return false;
    }

    /// <summary>It reads all below a directory and prints what it finds.</summary>
    private static bool Searches(RuleCase at)
    {
        if (at.Name is "rg" or "ag" or "ack") return true;
        if (at.Name is "tar" or "bsdtar") return true;
        if (at.Name is not ("grep" or "egrep" or "fgrep")) return false;
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is "--recursive" or "--dereference-recursive" || (argument.Text is ['-', not '-', ..] letters && letters.AsSpan().IndexOfAny('r', 'R') > 0)) return true;
        }
        return false;
    }
}
