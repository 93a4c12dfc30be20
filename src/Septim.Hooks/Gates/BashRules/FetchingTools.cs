using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// Clients of object stores, hosts and repositories that put files from there onto this machine, as <c>tool verb SOURCE TARGET</c>
/// or with the target in an option. Source: the tools' manuals, November 2026.
/// </summary>
internal static class FetchingTools
{
    /// <summary>The files that it writes, with what the network gives.</summary>
    public static List<Word> Targets(RuleCase at)
    {
        var targets = new List<Word>();
        if (IsKnown(at.Name) && !at.AsksForHelp && !at.HasArgument("--dryrun") && !at.HasArgument("--dry-run")) Add(at, targets);
        return targets;
    }

    private static bool IsKnown(string name) => name is "aws" or "gsutil" or "gcloud" or "az" or "azcopy" or "rclone" or "mc" or "mcli" or "s3cmd" or "s5cmd" or "b2" or "wrangler" or "sftp" or "tftp" or "smbclient" or "lftp"
        or "ftp" or "ipfs" or "gdown" or "svn" or "dvc" or "gh" or "glab" or "hf" or "huggingface-cli" or "wormhole";

    private static void Add(RuleCase at, List<Word> targets)
    {
        switch (at.Name)
        {
            case "aws":
                var aws = CommandPath.Read(at.Arguments, CloudDelete.AwsFlags, true);
                if (aws[0] == "s3" && aws[1] is "cp" or "mv" or "sync" && aws.Count > 3 && aws.Words[2].StartsWith("s3://")) Copy(aws.Words[2], aws.Words[3], targets);
                else if (aws[0] == "s3api" && aws[1] == "get-object" && aws.Count > 2) targets.Add(aws.Words[^1]);
                break;
            case "gsutil": Pair(CommandPath.Read(at.Arguments, "-o -h -u -i -j -x"), "cp mv rsync", "gs://", targets); break;
            case "gcloud":
                var google = CommandPath.Read(at.Arguments, "--project --account --configuration --billing-project --impersonate-service-account", false, at.Argument(0) == "alpha" || at.Argument(0) == "beta" ? 2 : 1);
                if (at.HasArgument("storage")) Pair(google, "cp mv rsync", "gs://", targets);
                break;
            case "az":
                var azure = CommandPath.Read(at.Arguments, "-y --yes --no-wait --no-progress --overwrite", true);
                if (azure[0] != "storage" || azure[2] is not ("download" or "download-batch")) break;
                if ((azure.Value("--file", "-f") ?? azure.Value("--dest") ?? azure.Value("--path", "-p") ?? azure.Value("--name", "-n")) is { } blob) targets.Add(blob);
                break;
            case "azcopy": Pair(CommandPath.Read(at.Arguments, "--include-pattern --exclude-pattern --from-to --log-level"), "copy cp sync", "https://", targets); break;
            case "rclone": Pair(CommandPath.Read(at.Arguments, "--config --include --exclude --filter --transfers --checkers --bwlimit --log-level --log-file"), "copy copyto sync move moveto", ":", targets); break;
            case "mc" or "mcli": Pair(CommandPath.Read(at.Arguments, "--config-dir --version-id --rewind"), "cp get mv mirror", "/", targets); break;
            case "s5cmd": Pair(CommandPath.Read(at.Arguments, "--endpoint-url --profile --numworkers"), "cp mv sync", "s3://", targets); break;
            case "s3cmd":
                var get = CommandPath.Read(at.Arguments, "-c --config --access_key --secret_key --region --host");
                if (get[0] == "get" && get.Count > 1) Copy(get.Words[1], get.Count > 2 ? get.Words[2] : Word.Of("."), targets);
                else Pair(get, "sync", "s3://", targets);
                break;
            case "b2":
                var backup = CommandPath.Read(at.Arguments, "--threads");
                if ((backup[0] == "file" && backup[1] == "download") || backup[0].StartsWith("download", StringComparison.Ordinal)) targets.Add(backup.Words[^1]);
                break;
            case "sftp":
                var host = OptionReader.Read(at.Arguments, new OptionTable("46aCfNpqrvB:b:c:D:F:i:J:l:o:P:R:S:s:X:")).Operands;
                if (host.Count > 0 && CopyingTools.IsRemote(host[0])) Copy(host[0], host.Count > 1 ? host[1] : Word.Of("."), targets);
                Session(at.Invocation.Input.Text, targets);
                break;
            default: Named(at, targets); break;
        }
    }

    /// <summary>Tools whose target is the value of an option, or a command of their own language.</summary>
    private static void Named(RuleCase at, List<Word> targets)
    {
        var path = CommandPath.Read(at.Arguments, "-o -O -f -c -e -p -D -R -u -P -i --output --file --output-file --pattern --dir --repo --local-dir --revision --repo-type --rev --remote -r --revision -m");
        switch (at.Name)
        {
            case "wrangler" when path[0] == "r2" && path[2] == "get": AddOne(path.Value("--file", "-f") ?? (path.Count > 3 ? Leaf(path.Words[3]) : null), targets); break;
            case "ipfs" when path[0] == "get": AddOne(path.Value("-o", "--output"), targets); break;
            case "gdown" or "ftp": AddOne(path.Value(at.Name == "ftp" ? "-o" : "-O", "--output") ?? (path.Count > 0 && path.Words[0].Shown.Contains("://", StringComparison.Ordinal) ? Leaf(path.Words[0]) : null), targets); Session(at.Invocation.Input.Text, targets); break;
            case "svn" when path[0] == "export" && path.Count > 1: Copy(path.Words[1], path.Count > 2 ? path.Words[2] : Word.Of("."), targets); break;
            case "dvc" when path[0] is "get" or "get-url" or "import" or "import-url" && path.Count > 1: AddOne(path.Value("-o", "--out") ?? Leaf(path.Words[^1]), targets); break;
            case "gh" or "glab" when path[0] == "release" && path[1] == "download":
                if ((path.Value("-O", "--output") ?? path.Value("-p", "--pattern")) is { } asset) targets.Add(path.Value("-D", "--dir")?.Text is { } folder && asset.Text is { } name ? Word.Of(folder.TrimEnd('/') + "/" + name) : asset);
                break;
            case "hf" or "huggingface-cli" when path[0] == "download":
                for (var i = 2; i < path.Count; i++) targets.Add(path[i].Length > 0 ? Word.Of((path.Value("--local-dir")?.Text ?? ".").TrimEnd('/') + "/" + path[i]) : path.Words[i]);
                break;
            case "wormhole" when path[0] is "receive" or "recv": AddOne(path.Value("-o", "--output-file"), targets); break;
            case "tftp" or "smbclient" or "lftp":
                Session(path.Value("-c", "-e")?.Text, targets);
                // Why: `tftp host -c get file` has the words of its command apart.
                if (at.Name == "tftp" && path.Value("-c")?.Text == "get" && path.Count > 1) targets.Add(Leaf(path.Words[^1]) ?? path.Words[^1]);
                Session(at.Invocation.Input.Text, targets);
                break;
        }
    }

    /// <summary>Whole folders whose files have names that are not known here; null for none.</summary>
    public static Word? Folder(RuleCase at)
    {
        switch (at.Name)
        {
            case "git" when at.Git is { Verb: "clone" } git:
                var clone = git.Read(new OptionTable("b:o:u:j:c:lnqvs", "branch= origin= depth= reference= template= config= jobs= upload-pack= filter= separate-git-dir= shallow-since= server-option= bundle-uri=")).Operands;
                return Cloned(clone, 0);
            case "hg" when at.Argument(0) == "clone": return Cloned(CommandPath.Read(at.Arguments, "-r --rev -b --branch -u --updaterev --ssh --remotecmd").Words, 1);
            case "svn" when at.Argument(0) is "checkout" or "co" or "export": return Cloned(CommandPath.Read(at.Arguments, "-r --revision --username --password --depth").Words, 1);
            case "degit" or "tiged" or "giget": return Cloned(CommandPath.Read(at.Arguments, "--mode").Words, 0);
            case "gh" or "glab" when at.Argument(0) == "repo" && at.Argument(1) == "clone": return Cloned(CommandPath.Read(at.Arguments, "-u --upstream-remote-name").Words, 2);
            case "gh" when at.Argument(0) is "release" or "run" && at.Argument(1) == "download":
                var gh = CommandPath.Read(at.Arguments, "-D --dir -p --pattern -R --repo -n --name -A --archive -O --output");
                if (gh.Value("-O", "--output") is not null || (gh.Value("-p", "--pattern") is { HasGlob: false, Text: { } name } && !name.Contains('*', StringComparison.Ordinal))) return null;
                return gh.Value("-D", "--dir") ?? Word.Of(".");
            case "hf" or "huggingface-cli" when at.Argument(0) == "download":
                var hub = CommandPath.Read(at.Arguments, "--local-dir --include --exclude --revision --repo-type --token");
                return hub.Count > 2 ? null : hub.Value("--local-dir");
            case "oras" when at.Argument(0) == "pull": return CommandPath.Read(at.Arguments, "-o --output -u -p").Value("-o", "--output") ?? Word.Of(".");
            case "kaggle" when at.HasArgument("pull") || at.HasArgument("download"): return CommandPath.Read(at.Arguments, "-p --path -f -c -d -k").Value("-p", "--path") ?? Word.Of(".");
            case "croc" when at.Arguments.Length > 0 && at.Argument(0) is not ("send" or "relay"): return Word.Of(".");
            case "wget" or "wget2" when at.HasArgument("-i") || at.HasArgument("-r") || at.HasArgument("-m") || at.HasArgument("--recursive") || at.HasArgument("--mirror"): return Word.Of(".");
            case "aws" or "gsutil" or "gcloud" or "rclone" or "azcopy" or "s3cmd" or "s5cmd" or "mc" or "az":
                return at.HasArgument("sync") || at.HasArgument("rsync") || at.HasArgument("copy") || at.HasArgument("mirror") || at.HasArgument("--recursive") || at.HasArgument("-r") || at.HasArgument("download-batch") ? Targets(at) is [var first, ..] ? Above(first, at) : null : null;
            default: return Copied(at);
        }
    }

    /// <summary>Out of a container, a pod or a device.</summary>
    public static Word? Copied(RuleCase at)
    {
        if (at.Name is not ("docker" or "podman" or "nerdctl" or "docker-compose" or "kubectl" or "oc" or "kubecolor" or "adb" or "skopeo")) return null;
        var path = CommandPath.Read(at.Arguments, "-n --namespace -c --container --context --kubeconfig --retries -s -f --file -p --project-name --index -H --host");
        if (at.Name == "adb") return path[0] == "pull" && path.Count > 1 ? path.Count > 2 ? path.Words[^1] : Leaf(path.Words[1]) : null;
        if (at.Name == "skopeo") return path[0] == "copy" && path[2].StartsWith("dir:", StringComparison.Ordinal) ? Word.Of(path[2][4..]) : null;
        var verb = path[0] is "container" or "compose" ? 1 : 0;
        if (path[verb] != "cp" || path.Count < verb + 3 || !IsInside(path.Words[verb + 1]) || path.Words[verb + 2].Is("-")) return null;
        var target = path.Words[verb + 2];
        return target.Text is { } folder && (folder == "." || folder.EndsWith('/')) && Leaf(path.Words[verb + 1]) is { Text: { } name } ? Word.Of(folder.TrimEnd('/') + "/" + name) : target;
    }

    /// <summary><c>container:path</c>, <c>namespace/pod:path</c>; a path of this machine begins with a dot or a slash.</summary>
    private static bool IsInside(Word source) => source.Shown.IndexOf(':', StringComparison.Ordinal) > 0 && !source.StartsWith(".") && !source.StartsWith("/");

    /// <summary>A whole folder was copied: it is the last word where that is one of the targets, else here.</summary>
    private static Word Above(Word target, RuleCase at) => target.Text == at.Arguments[^1].Text ? target : Word.Of(".");

    private static Word? Cloned(List<Word> words, int address)
    {
        if (words.Count <= address) return null;
        if (words.Count > address + 1) return words[address + 1];
        return Leaf(words[address]) is { Text: { } name } ? Word.Of(name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name) : null;
    }

    private static void Pair(CommandPath path, string verbs, string mark, List<Word> targets)
    {
        if (path.Count < 3 || !NameList.Has(verbs, path[0])) return;
        var target = path.Words[^1];
        if (target.Is("-") || !path.Words[1].Shown.Contains(mark, StringComparison.Ordinal) || path.Words[1].StartsWith(".") || path.Words[1].StartsWith("/")) return;
        if (mark == "/" ? !(target.StartsWith(".") || target.StartsWith("/")) : target.Shown.Contains(mark, StringComparison.Ordinal)) return;
        for (var i = 1; i < path.Count - 1; i++) Copy(path.Words[i], target, targets);
    }

    /// <summary>The target is a file, or a folder that gets the source's name.</summary>
    private static void Copy(Word source, Word target, List<Word> targets)
    {
        if (target.Is("-") || target.StartsWith("s3://") || target.StartsWith("gs://")) return;
        if (target.Text is not ("." or "./" or "..")) targets.Add(target);
        if (target.Text is { } folder && Leaf(source) is { Text: { } name }) targets.Add(Word.Of(folder.TrimEnd('/') + "/" + name));
    }

    /// <summary><c>get FILE</c> of the clients that take commands; every further word may be the name here.</summary>
    private static void Session(string? text, List<Word> targets)
    {
        if (text is null || text.Length > 4096) return;
        foreach (var range in text.AsSpan().SplitAny(';', '\n'))
        {
            var words = text[range].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || words[0] is not ("get" or "pget" or "mget" or "recv" or "reget" or "get1")) continue;
            for (var i = 1; i < words.Length; i++)
            {
                if (words[i][0] != '-') targets.Add(Word.Of(ShellPath.Leaf(words[i])));
            }
        }
    }

    private static void AddOne(Word? target, List<Word> targets)
    {
        if (target is not null) targets.Add(target);
    }

    private static Word? Leaf(Word address)
    {
        if (address.Text is not { } text) return null;
        var end = text.IndexOfAny(['?', '#']);
        if (end >= 0) text = text[..end];
        text = text.TrimEnd('/');
        var name = text[(text.LastIndexOfAny(['/', ':']) + 1)..];
        return name.Length == 0 ? null : Word.Of(name);
    }
}
