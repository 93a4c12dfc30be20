using System.Runtime.InteropServices;

namespace Septim.Hooks.Shell.Evaluation;

internal sealed partial class Evaluator
{
    /// <summary>Opens a wrapper; null when the name is none, or not with this subcommand.</summary>
    private Feed? Unwrap(Call call)
    {
        // Why: podman's unshare is the other one with its own user namespace.
        if (call.Name is "podman" && call.Text(0) is "unshare") return Unwrap(call with { Name = "unshare", Arguments = call.Rest(1) });
        // Why: python-dotenv's runs behind a verb, node's without one.
        if (call.Name is "dotenv" && Array.Exists(call.Arguments, static word => word.Is("run"))) call = call with { Name = "dotenvx" };
        if (call.Name is "nix" && call.Text(0) is "run" && Flake(call) is { } flake) return Instead(call, flake);
        if (call.Name is "flatpak" && call.Text(0) is "run" && Sandboxed(call) is { } app) return Instead(call, app);
        if (call.Name is "deno" && call.Text(0) is "task" && call.Has("--eval") && call.Arguments is [.., var script]) return Code(script, Child(call), Inside(call.Frame, Emit(call), Reach.Wrapper), Reach.Code);
        if (call.Name is "cmake" && call.Text(0) is "-E" && call.Arguments.Length > 2) return OfCmake(call);
        if (call.Name is "byobu" or "byobu-tmux" or "tmate") call = call with { Name = "tmux" };
        // Why: what a key or an event is bound to is a tmux command of its own.
        if (call.Name is "tmux" && call.Text(0) is "bind" or "bind-key" or "set-hook") return Bound(call);
        if (Wrappers.Find(call.Name, call.Text(0)) is not { } wrapper) return null;
        var arguments = call.Arguments;
        var at = 0;
        if (wrapper.Subcommands is { } subcommands)
        {
            do
            {
                at = OptionReader.Read(arguments, wrapper.Global ?? new OptionTable("") { StopsAtOperand = true }, at).FirstOperand;
                if (at >= arguments.Length) return null;
            }
            while ((NameList.Has(wrapper.Groups, call.Text(at)) && ++at < arguments.Length) || (NameList.Has(wrapper.Named, call.Text(at)) && (at += 2) < arguments.Length));
            if (at >= arguments.Length || !NameList.Has(subcommands, call.Text(at))) return null;
            at++;
        }
        var options = OptionReader.Read(arguments, wrapper.Options, at);
        foreach (var option in options.Options)
        {
            if (NameList.Has(wrapper.RunsNothing, option.Name)) return Idle(call);
        }
        if (call.Name is "sudo" && !options.Has("-s", "--shell") && options.Has("-h") && options.FirstOperand >= arguments.Length) return Idle(call);
        var text = wrapper.TextOption is null && wrapper.TextOptionLong is null ? null : options.Value(wrapper.TextOption ?? "", wrapper.TextOptionLong);
        if (call.Name is "ssh" or "autossh") text = RemoteCommand(options);
        var dashes = wrapper.NeedsDashes ? AfterDashes(arguments, wrapper.Marks) : 0;
        var isPod = wrapper.NeedsDashes && at > 0 && (call.Text(at - 1) is "rsh" || (call.Text(at - 1) is "exec" && dashes >= arguments.Length));
        at = isPod ? AfterPod(arguments, wrapper, at) : wrapper.NeedsDashes ? dashes : call.Name is "bwrap" ? AfterBinds(arguments) : options.FirstOperand;
        var words = Split(call, options, ref at);
        var assignments = new List<Assignment>(call.Assignments);
        // Why: a bare dash is env's -i.
        if (call.Name is "env" && at < words.Count && words[at].Is("-")) at++;
        if (wrapper.TakesAssignments) TakeAssignments(words, ref at, assignments);
        if (!wrapper.NeedsDashes) at = Skip(call, wrapper, words, at);
        List<Word> inner = at >= words.Count ? [] : words.GetRange(at, words.Count - at);
        while (inner.Count > 2 && NameList.Has(wrapper.Trailing, inner[^2].Text ?? "")) inner.RemoveRange(inner.Count - 2, 2);
        if (text is null && wrapper.TextOption is not null && inner.Count > 1 && (inner[0].Is(wrapper.TextOption) || inner[0].Is(wrapper.TextOptionLong ?? "")))
        {
            text = inner[1];
            inner = [];
        }
        // Why: `docker run --entrypoint sh image -c cmd` runs sh -c cmd.
        if (wrapper.IsRemote && options.Value("--entrypoint") is { } entry && entry.Text is not "") inner.Insert(0, entry);
        if (call.Name is "docker" or "podman" or "nerdctl" && at > 0 && inner.Count > 0 && Wrappers.EntryPoint(call.Arguments[at - 1].Text) is { } entrance && !inner[0].Is(entrance)) inner.Insert(0, Word.Of(entrance));
        // Why: what follows capsh's dashes are arguments of bash.
        if (call.Name is "capsh" && inner.Count > 0) inner.Insert(0, Word.Of("bash"));
        return Wrapped(call, wrapper, options, text, inner, assignments);
    }

    /// <summary><c>nix run nixpkgs#bash -- -c x</c> is <c>bash -c x</c>; null without arguments of the program's own.</summary>
    private static Word[]? Flake(Call call)
    {
        var dashes = Array.FindIndex(call.Arguments, static word => word.Is("--"));
        if (dashes < 0) return null;
        for (var i = 1; i < dashes; i++)
        {
            if (call.Text(i).IndexOf('#', StringComparison.Ordinal) is > 0 and var mark) return [Word.Of(call.Text(i)[(mark + 1)..]), .. call.Rest(dashes + 1)];
        }
        return null;
    }

    /// <summary><c>flatpak run --command=sh app -c x</c> is <c>sh -c x</c>.</summary>
    private static Word[]? Sandboxed(Call call)
    {
        var options = OptionReader.Read(call.Arguments, new("d", "command= branch= arch= filesystem= nofilesystem= share= unshare= socket= nosocket= device= env= cwd= allow= talk-name= own-name= persist= runtime= devel user system") { StopsAtOperand = true }, 1);
        return options.Value("--command") is { } command && options.Operands.Count > 0 ? [command, .. call.Rest(options.FirstOperand + 1)] : null;
    }

    private Feed Wrapped(Call call, Wrapper wrapper, OptionReading options, Word? text, List<Word> inner, List<Assignment> assignments)
    {
        var joins = wrapper.JoinsToText && inner.Count > 0 && !(call.Name == "watch" && options.Has("-x", "--exec"));
        if (call.Name is "entr") joins = inner.Count > 0 && options.Has("-s");
        if (wrapper.ReadsBlanks && inner.Count == 1 && inner[0].Shown.Contains(' ', StringComparison.Ordinal)) joins = true;
        if (call.Name is "sudo" && options.Has("-i", "--login", "-s") || (call.Name is "sudo" && options.Has("--shell"))) joins = inner.Count > 0;
        var code = text ?? (joins ? Join([.. inner]) : null);
        var opens = inner.Count == 0 && code is null && call.Frame.Input != Feed.Inherited && !call.Frame.Input.IsNothing && OpensShell(call, options);
        var language = code is not null ? new CodeInput(CodeLanguage.Shell, CodeOrigin.Argument, Feed.Of(code))
            : opens ? new CodeInput(CodeLanguage.Shell, CodeOrigin.Input, call.Frame.Input) : null;
        var invocation = Emit(call, language is null ? null : [language]);
        var frame = Inside(call.Frame, invocation, Reach.Wrapper | (wrapper.IsLater ? Reach.Later : 0)) with
        {
            IsPrivileged = call.Frame.IsPrivileged || wrapper.IsPrivileged,
            IsRemote = call.Frame.IsRemote || wrapper.IsRemote,
        };
        if (opens) frame = frame.Reading(Feed.Inherited);
        var child = wrapper.IsRemote ? new Scope(_budget, null) { Zero = Expander.Foreign } : call.Scope.Clone();
        if (wrapper.IsRemote) child.Before = null;
        if ((wrapper.DirectoryOption is not null || wrapper.DirectoryOptionLong is not null)
            && options.Value(wrapper.DirectoryOption ?? "", wrapper.DirectoryOptionLong) is { } directory)
        {
            child.Directory = directory.Text is { } known ? ShellPath.Absolute(child.Directory, known) : null;
        }
        if (call.Name is "ssh" or "autossh")
        {
            Hosts(call, options, invocation);
            // Why: ssh takes options behind the host as well.
            if (options.FirstOperand + 1 < call.Arguments.Length && call.Arguments[options.FirstOperand + 1].StartsWith("-"))
                Hosts(call, OptionReader.Read(call.Arguments, wrapper.Options, options.FirstOperand + 1), invocation);
        }
        foreach (var option in options.Options)
        {
            if (option.Value is not null && NameList.Has(wrapper.Texts, option.Name)) Code(option.Value, child.Clone(), frame, Reach.Code);
        }
        if (wrapper.TakesTexts)
        {
            foreach (var operand in options.Operands)
            {
                // Why: concurrently's short form of `npm run`, where an asterisk stands for names of scripts.
                if (!operand.StartsWith("npm:") && !operand.StartsWith("pnpm:") && !operand.StartsWith("yarn:")) Code(operand, child.Clone(), frame, Reach.Code);
            }
            return Unknown(invocation);
        }
        // Why: the quotes are lost on the way, but whoever wrote them meant the words as they are here.
        if (joins && inner.Count > 1 && inner.Exists(word => word.Shown.AsSpan().IndexOfAny(" ();\n") >= 0))
            Invoke(CollectionsMarshal.AsSpan(inner), [.. assignments], call.Redirects, child.Clone(), frame with { IsGuess = true }, false);
        if (code is not null || (opens && call.Frame.Input.Content is not null))
        {
            var shell = wrapper.IsRemote ? child : Child(call with { Scope = child, Assignments = [.. assignments] });
            var output = Code(code ?? call.Frame.Input.Content!, shell, frame, Reach.Code);
            return text is not null && inner.Count > 0 && call.Name is "flock" ? output : Reached(output, invocation, wrapper);
        }
        if (inner.Count == 0) return OutputOf(call, invocation);
        // Why: npx rimraf@5 runs rimraf.
        if (call.Name is "npx" or "bunx" or "npm" or "pnpm" or "yarn" or "bun" && inner[0].Text is { } package && package.LastIndexOf('@') is var version and > 0) inner[0] = Word.Of(package[..version], false);
        return Reached(Invoke(CollectionsMarshal.AsSpan(inner), [.. assignments], call.Redirects, child, frame, false), invocation, wrapper);
    }

    /// <summary>The tools that cmake has on board, as those of the system.</summary>
    private Feed? OfCmake(Call call) => call.Text(1) switch
    {
        "rm" or "remove" => Invoke([Word.Of("rm"), .. call.Rest(2)], call.Assignments, call.Redirects, call.Scope, call.Frame, false),
        "remove_directory" => Invoke([Word.Of("rm"), Word.Of("-rf"), .. call.Rest(2)], call.Assignments, call.Redirects, call.Scope, call.Frame, false),
        "copy" or "copy_if_different" or "copy_directory" => Invoke([Word.Of("cp"), Word.Of("-r"), .. call.Rest(2)], call.Assignments, call.Redirects, call.Scope, call.Frame, false),
        "env" or "time" or "rename" or "cat" or "echo" => Invoke([Word.Of(call.Text(1) == "rename" ? "mv" : call.Text(1)), .. call.Rest(2)], call.Assignments, call.Redirects, call.Scope, call.Frame, false),
        "chdir" => Invoke([Word.Of("env"), Word.Of("-C"), .. call.Rest(2)], call.Assignments, call.Redirects, call.Scope, call.Frame, false),
        _ => null,
    };

    private Feed Bound(Call call)
    {
        var invocation = Emit(call);
        var at = OptionReader.Read(call.Arguments, new("T:N:t:gacnrRuwp") { StopsAtOperand = true }, 1).FirstOperand + 1;
        if (at < call.Arguments.Length) Code(Join([Word.Of("tmux"), .. call.Rest(at)]), call.Scope.Clone(), Inside(call.Frame, invocation, Reach.Wrapper | Reach.Later), Reach.Code);
        return OutputOf(call, invocation);
    }

    /// <summary>What comes back from another machine comes over the network as well.</summary>
    private static Feed Reached(Feed output, Invocation wrapper, Wrapper row) =>
        row.IsRemote ? new Feed { Content = output.Content, From = [.. output.From, wrapper], Files = output.Files } : output;

    /// <summary>Without a command these start a shell, which reads its standard input.</summary>
    private static bool OpensShell(Call call, OptionReading options) => call.Name switch
    {
        "sudo" => options.Has("-i", "-s") || options.Has("--login", "--shell"),
        "doas" => options.Has("-s"),
        "su" or "runuser" or "unshare" or "nsenter" or "chroot" or "newgrp" => true,
        "ssh" => options.Operands.Count == 1,
        "batch" or "vagrant" or "gcloud" or "minikube" or "docker-machine" or "limactl" or "lima" or "multipass" or "machinectl" or "tsh" or "tailscale" or "railway" or "colima" or "orb" or "wsl" or "distrobox" or "toolbox" or "gh" or "nix-shell" => true,
        "podman" => call.Text(0) is "machine",
        _ => false,
    };

    /// <summary><c>oc rsh pod command</c> has no dashes.</summary>
    private static int AfterPod(Word[] arguments, Wrapper wrapper, int at)
    {
        var table = wrapper.Options with { StopsAtOperand = true };
        var pod = OptionReader.Read(arguments, table, at).FirstOperand;
        return pod + 1 < arguments.Length ? OptionReader.Read(arguments, table, pod + 1).FirstOperand : arguments.Length;
    }

    /// <summary>bwrap's options of two values: <c>--bind SRC DEST</c>.</summary>
    private static int AfterBinds(Word[] arguments)
    {
        var at = 0;
        while (at < arguments.Length && arguments[at].StartsWith("--"))
        {
            at += arguments[at].Text switch
            {
                "--" => 1,
                "--bind" or "--ro-bind" or "--dev-bind" or "--bind-try" or "--ro-bind-try" or "--dev-bind-try" or "--symlink" or "--setenv" or "--file" or "--bind-data" or "--ro-bind-data" or "--chmod" or "--overlay" => 3,
                "--tmpfs" or "--proc" or "--dev" or "--dir" or "--chdir" or "--unsetenv" or "--uid" or "--gid" or "--hostname" or "--mqueue" or "--remount-ro" or "--seccomp" or "--args" or "--lock-file" or "--perms" or "--size"
                    or "--cap-add" or "--cap-drop" or "--exec-label" or "--file-label" or "--userns" or "--pidns" or "--sync-fd" or "--info-fd" or "--argv0" => 2,
                _ => 1,
            };
            if (arguments[at - 1].Is("--")) break;
        }
        return at;
    }

    /// <summary><c>kubectl exec pod -- cmd</c>, <c>nix shell p -c cmd</c>.</summary>
    private static int AfterDashes(Word[] arguments, string marks)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (NameList.Has(marks, arguments[i].Text ?? "")) return i + 1;
        }
        return arguments.Length;
    }

    /// <summary><c>ssh -o RemoteCommand=cmd host</c>.</summary>
    private static Word? RemoteCommand(OptionReading options)
    {
        foreach (var setting in options.Values("-o"))
        {
            if (SshSetting(setting, out var name) is { } value && name is "remotecommand") return value;
        }
        return null;
    }

    /// <summary>The words behind the options; <c>env -S text</c> puts the text's words first.</summary>
    private List<Word> Split(Call call, OptionReading options, ref int at)
    {
        var words = new List<Word>(call.Arguments);
        if (call.Name != "env" || options.Value("-S", "--split-string") is not { } text) return words;
        var source = new Syntax.SourceText("x " + _holes.Text(text).Replace("\\_", " ", StringComparison.Ordinal), call.Frame.Segment, false);
        var tree = Syntax.Parser.Parse(source, _budget);
        var inner = new List<Word>();
        if (tree.Items is [(Syntax.SimpleNode simple, _), ..]) inner = _expander.Expand(simple.Words.GetRange(1, simple.Words.Count - 1), call.Scope, call.Frame);
        // Why: options may stand in the text as well: env -S '-i rm x'.
        if (at < words.Count) inner.AddRange(words.GetRange(at, words.Count - at));
        at = OptionReader.Read(CollectionsMarshal.AsSpan(inner), new OptionTable("i0vu:C:P:", "ignore-environment unset= chdir=") { StopsAtOperand = true }).FirstOperand;
        return inner;
    }

    private static void TakeAssignments(List<Word> words, ref int at, List<Assignment> into)
    {
        for (; at < words.Count; at++)
        {
            var head = words[at].Prefix;
            var equals = head.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || head.AsSpan(0, equals).ContainsAny(" /.-")) return;
            into.Add(new Assignment(head[..equals], words[at].From(equals + 1), false));
        }
    }

    private static int Skip(Call call, Wrapper wrapper, List<Word> words, int at)
    {
        at += wrapper.Skip;
        // Why: `su - user args`: what follows the user goes to the login shell, as options of bash.
        if (call.Name is "su") return words.Count;
        if (call.Name is "runuser" && !call.Has("-u") && !call.Has("--user")) at += at < words.Count && words[at].Is("-") ? 2 : 1;
        // Why: ssh takes options behind the host as well.
        if (call.Name is "ssh" or "autossh" && at < words.Count && words[at].StartsWith("-")) at = OptionReader.Read(CollectionsMarshal.AsSpan(words), wrapper.Options, at).FirstOperand;
        if (call.Name is "xvfb-run" or "npx" or "tmux" or "script" && at < words.Count && words[at].Is("--")) at++;
        if (call.Name is "tmux" && at < words.Count && call.Has("send-keys") | call.Has("send"))
        {
            // Why: a closing key name is a key press, not text.
            while (words.Count > at && words[^1].Text is "Enter" or "C-m" or "KPEnter" or "C-c" or "C-d" or "Space" or "Tab") words.RemoveAt(words.Count - 1);
        }
        if (at < words.Count && words[at].Is("--")) at++;
        return at;
    }
}
