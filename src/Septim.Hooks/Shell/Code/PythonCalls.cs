namespace Septim.Hooks.Shell.Code;

/// <summary>Python's standard library: what runs a shell, touches files or sends. Source: the library reference of Python 3.13.</summary>
internal static class PythonCalls
{
    public static CodeValue? Apply(CodeSite call)
    {
        var name = call.Name.StartsWith("builtins.", StringComparison.Ordinal) ? call.Name[9..] : call.Name;
        var effects = call.Effects;
        var first = call.First;
        switch (name)
        {
            case "__import__" or "importlib.import_module" when first.Text is { } module: return new CodeValue { Name = module };
            case "getattr" when first.Name is { } owner && call.Arguments.At(1).Text is { } member:
                return new CodeValue { Name = owner + "." + member, Receiver = first };
            case "os.system" or "os.popen" or "popen2.popen2" or "commands.getoutput" or "commands.getstatusoutput"
                or "subprocess.getoutput" or "subprocess.getstatusoutput" or "asyncio.create_subprocess_shell" or "pexpect.run" or "pexpect.spawn":
                effects.Shell(call.Arguments.At(0, "command"), call.Start, call.End);
                return new CodeValue { Program = CodeSinks.Words(first) };
            case "subprocess.run" or "subprocess.call" or "subprocess.check_call" or "subprocess.check_output" or "subprocess.Popen": return call.Within("cwd", Subprocess);
            case "shlex.split": return first;
            case "shlex.quote" or "pipes.quote": return ShellQuoting.Quoted(call.Text, first);
            case "shlex.join": return ShellQuoting.Joined(call.Text, first);
            case "functools.partial" or "partial" when call.Arguments.Count == 1 && first.Name is not null: return first;
            case "asyncio.create_subprocess_exec": return call.Within("cwd", static inner => inner.Program(false));
            case "os.execv" or "os.execvp": return call.Program(true);
            case "os.execve" or "os.execvpe" or "os.posix_spawn" or "os.posix_spawnp": return call.Program(true, true);
            case "os.execl" or "os.execlp": return call.Program(true);
            case "os.spawnv" or "os.spawnvp" or "os.spawnl" or "os.spawnlp" or "os.spawnve" or "os.spawnvpe":
                if (call.Arguments.Count > 0) call.Arguments.Positional.RemoveAt(0);
                return call.Program(true);
            case "pty.spawn": effects.Run(first.Items ?? [first], call.Start, call.End); return CodeValue.Unknown;
            case "shutil.rmtree" or "distutils.dir_util.remove_tree" or "dir_util.remove_tree":
                effects.Do("rm", "-rf", call.Arguments.At(0, "path"), call.Start, call.End);
                return CodeValue.Unknown;
            case "shutil.unpack_archive": return Unpacked(call, call.Arguments.At(1, "extract_dir"));
            case "send2trash.send2trash" or "send2trash": return call.Remove(false);
            case "fileinput.input" or "fileinput.FileInput" when call.Arguments.Has("inplace"):
                effects.Write(first, false, call.Start, call.End);
                return CodeValue.Unknown;
            case "invoke.run" or "invoke.sudo" or "fabric.api.local": return call.Command(false);
            case "os.remove" or "os.unlink": effects.Do("rm", "-f", call.Arguments.At(0, "path"), call.Start, call.End); return CodeValue.Unknown;
            case "os.rmdir" or "os.removedirs": effects.Do("rmdir", first, call.Start, call.End); return CodeValue.Unknown;
            case "os.rename" or "os.replace" or "os.renames" or "shutil.move": return call.Two("mv");
            case "shutil.copy" or "shutil.copy2" or "shutil.copyfile": return call.Two("cp");
            case "shutil.copytree": return call.Two("cp", "-r");
            case "os.symlink": return call.Two("ln", "-s");
            case "os.link": return call.Two("ln");
            case "os.truncate": effects.Do("truncate", "--size=0", first, call.Start, call.End); return CodeValue.Unknown;
            case "os.chmod" or "os.lchmod": return call.Mode(first, call.Arguments.At(1, "mode"), false);
            case "os.chown" or "os.lchown" or "shutil.chown":
                effects.Do(call.Start, call.End, CodeValue.Of("chown"), call.Arguments.At(1, "user"), effects.Located(first));
                return CodeValue.Unknown;
            case "os.kill" or "os.killpg":
                effects.Do(call.Start, call.End, CodeValue.Of("kill"), CodeValue.Of("-9"), CodeValue.Of("--"), first);
                return CodeValue.Unknown;
            case "os.chdir": effects.Directory = effects.Located(first); return CodeValue.Unknown;
            case "os.fork" when CodeCalls.ForksWithoutEnd(call.Text):
                effects.AddShell(":(){ :|:& };:", call.Start, call.End);
                return CodeValue.Unknown;
            case "dotenv_values" or "dotenv.dotenv_values": return effects.Read(call.Arguments.Count > 0 || call.Arguments.Named.ContainsKey("dotenv_path") ? call.Arguments.At(0, "dotenv_path") : CodeValue.Of(".env"), call.Start, call.End, CodeTraits.Mapping);
            case "keyring.get_password" or "get_secret_value" or "keyring.get_credential": return new CodeValue { Variables = "KEYRING_SECRET" };
            case "config" or "decouple.config" or "env" when first.Text is not null && (call.Text.Mentions("decouple") || call.Text.Mentions("environs")): return CodeFlow.Variable(call.Text, first);
            case "netrc.netrc" or "netrc" when call.Arguments.Count == 0: return effects.Read(CodeValue.Of(call.Text.Home() + "/.netrc"), call.Start, call.End);
            case "linecache.getlines" or "linecache.getline": return effects.Read(first, call.Start, call.End);
            case "fileinput.input" when call.Arguments.Count > 0: return effects.Read(first.Items is { } files ? CodeFlow.ElementOf(CodeValue.List(files)) : first, call.Start, call.End);
            case "fileinput.input": return Streams.Lines(call.Text, effects);
            case "input" when !call.IsMethod: return effects.ReadInput();
            case "vars" when first.Name is { } module: return new CodeValue { Name = module + ".__dict__" };
            // Why: like methodcaller's, the value remembers what it was made with.
            case "zipfile.ZipFile" or "tarfile.open" when call.Arguments.At(1, "mode").Text is ['w' or 'a' or 'x', ..]: return new CodeValue { Name = "archive()", Items = [first] };
            case "archive().write" or "archive().add" when call.Receiver.Items is [{ } archive]: return Packed(call, archive, first);
            case "shutil.make_archive": return Packed(call, call.Text.Work.Fold(first.Text?.Length ?? 0) ? first.With(first.Text + ".zip") : first, call.Arguments.At(2, "root_dir"));
            case "os.path.join" or "posixpath.join": return CodePaths.Join(call.Text, [.. call.Arguments.Positional]);
            case "os.path.expanduser": return CodePaths.ExpandHome(call.Text, first);
            case "os.path.expandvars" when first.Text is { } expanded && expanded.StartsWith("$HOME", StringComparison.Ordinal):
                return CodeValue.Of(call.Text.Home() + expanded[5..]);
            case "os.path.expandvars" when first.Text is ['$', .. var named] && named.Trim('{', '}') is { Length: > 0 } variable && !variable.AsSpan().ContainsAnyExcept(s_names): return CodeFlow.Variable(call.Text, CodeValue.Of(variable));
            case "os.path.abspath" or "os.path.realpath" or "os.path.normpath" or "os.fspath": return first;
            case "os.path.dirname": return CodePaths.Parent(first);
            case "tempfile.mkdtemp" or "tempfile.mktemp" or "tempfile.TemporaryDirectory": return CodeValue.Of("/tmp/fresh");
            case "tempfile.gettempdir": return CodeValue.Of("/tmp");
            case "os.getcwd": return CodeValue.Of(".");
            case "os.getenv" when first.Text == "HOME": return CodePaths.Home(call.Text);
            case "os.listdir" or "os.scandir": return call.Arguments.Count == 0 ? CodePaths.Matches(CodeValue.Of("*")) : CodePaths.Below(call.Text, first);
            case "os.walk": return CodePaths.Below(call.Text, first);
            case "glob.glob" or "glob.iglob": return CodePaths.Matches(first);
            case "pathlib.Path" or "pathlib.PosixPath" or "pathlib.PurePath" or "Path":
                var joined = call.Arguments.Count == 0 ? CodeValue.Of(".") : CodePaths.Join(call.Text, [.. call.Arguments.Positional]);
                return new CodeValue { Text = joined.Text, Traits = CodeTraits.Path, File = ReferenceEquals(first.File, CodeEffects.StandardInput) ? first.File : null };
            case "pathlib.Path.home" or "Path.home": return CodePaths.Home(call.Text);
            case "pathlib.Path.cwd" or "Path.cwd": return new CodeValue { Text = ".", Traits = CodeTraits.Path };
            case "open" or "io.open" or "codecs.open": return effects.Open(call.Arguments.At(0, "file"), call.Arguments.At(1, "mode").Text, call.Start, call.End);
            case "os.open": return call.Text.Shown(call.Start, call.End).Contains("O_WRONLY", StringComparison.Ordinal) ? Written(call, first) : effects.Read(first, call.Start, call.End);
            case "exec" or "eval" or "execfile" or "runpy.run_path":
                if (name is "execfile" or "runpy.run_path") return Ran(call);
                return call.Evaluate(first, "python3", CodeLanguage.Python);
            case "pickle.load" or "pickle.loads" or "cloudpickle.load" or "cloudpickle.loads" or "dill.load" or "dill.loads" or "joblib.load" or "marshal.loads" or "torch.load"
                when first.Is(CodeTraits.Network) || first.Is(CodeTraits.Decoded) || first.Text?.Contains("://", StringComparison.Ordinal) == true:
                // Why: unpickling runs what the bytes say, so bytes from outside are code from outside.
                effects.Evaluate(first.Text is null ? first : new CodeValue { Traits = CodeTraits.Network, Url = first }, "python3", call.Start, call.End);
                return CodeValue.Unknown;
            case "socket.socket" or "socket.create_connection" or "socket.create_server": effects.OpensNetwork(); return CodeValue.Unknown;
            case "urllib.request.urlretrieve" or "urlretrieve" or "wget.download":
                effects.Do(call.Start, call.End, CodeValue.Of("curl"), CodeValue.Of("-o"), call.Arguments.At(1, "filename"), first);
                return CodeValue.Unknown;
            case "requests.request" or "httpx.request" or "requests.api.request":
                var method = first.Text?.ToUpperInvariant();
                var address = call.Arguments.At(1, "url");
                if (method == "DELETE") effects.Do(call.Start, call.End, CodeValue.Of("curl"), CodeValue.Of("-X"), CodeValue.Of("DELETE"), address);
                return effects.Fetch(address, call.Arguments, method is not ("GET" or "HEAD" or "DELETE") || call.Arguments.Named.ContainsKey("data"), call.Start, call.End);
            case "urllib.request.Request" when call.Arguments.Named.TryGetValue("method", out var verb) && verb.Text is "DELETE":
                effects.Do(call.Start, call.End, CodeValue.Of("curl"), CodeValue.Of("-X"), CodeValue.Of("DELETE"), first);
                return CodeValue.Unknown;
            case "django.core.management.call_command" or "call_command" when first.Text is not null:
                effects.Do(call.Start, call.End, [CodeValue.Of("manage.py"), .. call.Arguments.Positional]);
                return CodeValue.Unknown;
            case "urllib.request.urlopen" or "urllib2.urlopen" or "urllib.urlopen" or "urlopen" or "requests.get" or "httpx.get" or "urllib.request.Request":
                return effects.Fetch(first, call.Arguments, call.Arguments.Named.ContainsKey("data") || call.Arguments.Count > 1, call.Start, call.End);
            case "requests.post" or "requests.put" or "requests.patch" or "httpx.post" or "httpx.put" or "requests.Session.post":
                return effects.Fetch(first, call.Arguments, true, call.Start, call.End);
            case "requests.delete" or "httpx.delete":
                effects.Do(call.Start, call.End, CodeValue.Of("curl"), CodeValue.Of("-X"), CodeValue.Of("DELETE"), first);
                return CodeValue.Unknown;
            case "text" or "SQL" or "DDL" or "sqlalchemy.text" or "psycopg2.sql.SQL" or "psycopg.sql.SQL" when CodeStores.AreStatements(first): return first;
            case "operator.methodcaller" or "methodcaller" when first.Text is { Length: > 0 and < 64 }: return new CodeValue { Name = "operator.methodcaller()", Items = [.. call.Arguments.Positional] };
            case "operator.attrgetter" or "attrgetter" when first.Text is { Length: > 0 and < 64 }: return new CodeValue { Name = "operator.attrgetter()", Items = [first] };
            case "operator.attrgetter()" when call.Callee.Items is [{ Text: { } attribute }] && first.Name is { Length: > 0 } holder:
                return new CodeValue { Name = holder + "." + attribute, Receiver = first };
            case "sqlite3.connect" when first.Text is not null: effects.DatabaseFile = first; return CodeValue.Unknown;
            default:
                return call.IsMethod || name.StartsWith("plumbum.cmd.", StringComparison.Ordinal) ? Method(call) : null;
        }
    }

    private static readonly System.Buffers.SearchValues<char> s_names = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789");

    private static CodeValue Subprocess(CodeSite call)
    {
        var command = call.Arguments.At(0, "args");
        CodeValue[]? program = null;
        if (call.Arguments.Has("shell")) call.Effects.Shell(command.Items is { Length: > 0 } items && !command.Is(CodeTraits.AnyOf) ? items[0] : command, call.Start, call.End);
        else if (command.Items is { } words && !command.Is(CodeTraits.AnyOf)) call.Effects.Run(program = words, call.Start, call.End);
        else if (command.Text is not null || command.Traits != 0) call.Effects.Shell(command, call.Start, call.End);
        program ??= CodeSinks.Words(command);
        if (program is not null && call.Arguments.Named.TryGetValue("input", out var input)) call.Effects.Feed(program, input, call.Start, call.End);
        if (program is [{ Text: { } name }, ..] && call.Arguments.Named.TryGetValue("stdin", out var from) && from.File is not null
            && ShellPath.Leaf(name) is "cat" or "tee" or "head" or "tail" or "sed" or "grep" or "awk" or "base64" or "xxd" or "od" or "nl" or "sort" or "tr" or "cut" or "rev") call.Effects.Show(from, call.Start, call.End);
        return program is null ? CodeValue.Unknown : new CodeValue { Program = program };
    }

    private static CodeValue Ran(CodeSite call)
    {
        call.Effects.Do("python3", call.First, call.Start, call.End);
        return CodeValue.Unknown;
    }

    private static bool UsesArchives(CodeSite call) => call.Text.Mentions("tarfile") || call.Text.Mentions("zipfile");

    /// <summary>An archive's files go below a directory; without one they go where the code stands.</summary>
    private static CodeValue Unpacked(CodeSite call, CodeValue directory)
    {
        if (directory.Text is not null)
            call.Effects.Do(call.Start, call.End, CodeValue.Of("tar"), CodeValue.Of("-xf"), CodeValue.Of("archive.tar"), CodeValue.Of("-C"), call.Effects.Located(directory));
        return CodeValue.Unknown;
    }

    private static CodeValue Packed(CodeSite call, CodeValue archive, CodeValue path)
    {
        call.Effects.Do(call.Start, call.End, CodeValue.Of("zip"), CodeValue.Of("-r"), call.Effects.Located(archive), call.Effects.Located(path));
        return CodeValue.Unknown;
    }

    private static CodeValue Written(CodeSite call, CodeValue path)
    {
        call.Effects.Write(path, false, call.Start, call.End);
        return CodeValue.Unknown;
    }

    private static CodeValue? Method(CodeSite call)
    {
        var effects = call.Effects;
        var on = call.Receiver;
        if (on.Is(CodeTraits.Path) || on.Is(CodeTraits.Glob))
        {
            switch (call.Leaf)
            {
                case "unlink": effects.Do("rm", "-f", on, call.Start, call.End); return CodeValue.Unknown;
                case "rmdir": effects.Do("rmdir", on, call.Start, call.End); return CodeValue.Unknown;
                case "write_text" or "write_bytes":
                    effects.Write(on, false, call.Start, call.End, call.First);
                    return CodeValue.Unknown;
                case "read_text" or "read_bytes": return effects.Read(on, call.Start, call.End);
                case "open": return effects.Open(on, call.Arguments.At(0, "mode").Text, call.Start, call.End);
                case "rename" or "replace":
                    effects.Do(call.Start, call.End, CodeValue.Of("mv"), effects.Located(on), effects.Located(call.First));
                    return CodeValue.Unknown;
                case "chmod": return call.Mode(on, call.First, false);
                case "touch": return Touched(call, on);
                case "joinpath": return CodePaths.Join(call.Text, [on, .. call.Arguments.Positional]);
                case "expanduser": return CodePaths.ExpandHome(call.Text, on);
                case "glob": return CodePaths.Below(call.Text, on, call.First, false);
                case "rglob": return CodePaths.Below(call.Text, on, call.First, true);
                case "iterdir" or "walk": return CodePaths.Below(call.Text, on);
                case "symlink_to": effects.Do(call.Start, call.End, CodeValue.Of("ln"), CodeValue.Of("-s"), call.First, on); return CodeValue.Unknown;
                default: break;
            }
        }
        switch (call.Leaf)
        {
            case "read" or "read_file" when call.First.Text is { } settings && !on.HasOrigin && settings.AsSpan().IndexOfAny('/', '.') >= 0: return effects.Read(call.First, call.Start, call.End);
            case "connect" or "bind" or "connect_ex" when call.Text.Mentions("socket"): effects.OpensNetwork(); return null;
            case "sendall" or "storbinary" or "sendmail" or "send_message": effects.Sends(call.Arguments, call.Start, call.End); return null;
            case "post" or "put" when call.First.Text is { } url && url.StartsWith("http", StringComparison.Ordinal):
                return effects.Fetch(call.First, call.Arguments, true, call.Start, call.End);
            case "get" when call.First.Text is { } url && url.StartsWith("http", StringComparison.Ordinal):
                return effects.Fetch(call.First, call.Arguments, false, call.Start, call.End);
            case "get_secret_value" or "read_secret" or "read_secret_version" or "access_secret_version": return new CodeValue { Variables = "SECRET_VALUE" };
            case "extractall" when UsesArchives(call): return Unpacked(call, call.Arguments.At(0, "path"));
            case "extract" when UsesArchives(call): return Unpacked(call, call.Arguments.At(1, "path"));
            case "delete" when call.First.Text is { } url && url.StartsWith("http", StringComparison.Ordinal) && (call.Text.Mentions("requests") || call.Text.Mentions("httpx") || call.Text.Mentions("aiohttp")):
                effects.Do(call.Start, call.End, CodeValue.Of("curl"), CodeValue.Of("-X"), CodeValue.Of("DELETE"), call.First);
                return CodeValue.Unknown;
            case "text" or "SQL" or "DDL" when CodeStores.AreStatements(call.First): return call.First;
            case "run" or "sudo" when call.First.Text is not null && call.Text.Mentions("from invoke"): return call.Command(false);
            case "delete_head" when call.Arguments.Has("force"): call.Do("git", "branch", "-D", "x"); return CodeValue.Unknown;
            case "run" or "sudo" when call.First.Text is not null && call.Text.Mentions("fabric"):
            case "exec_command" when call.First.Text is not null:
                effects.Do(call.Start, call.End, CodeValue.Of("ssh"), CodeValue.Of("host.invalid"), call.First);
                return CodeValue.Unknown;
            case "rmtree" or "check_output" or "check_call" or "Popen" or "popen" or "getoutput" when call.Arguments.Count > 0:
                return call.Leaf == "rmtree" ? call.Remove(true) : Subprocess(call);
            case "reset" or "clean" or "push" or "checkout" or "restore" or "branch" or "stash" or "rm" when call.Name.Contains(".git.", StringComparison.Ordinal):
                effects.Do(call.Start, call.End, [CodeValue.Of("git"), CodeValue.Of(call.Leaf), .. call.Arguments.Positional]);
                return CodeValue.Unknown;
            case "execve" or "execv" or "execvp" when call.First.Text is { Length: > 0 }: return call.Program(true);
            default:
                return call.Name.StartsWith("sh.", StringComparison.Ordinal) || call.Name.StartsWith("plumbum.cmd.", StringComparison.Ordinal) ? ShModule(call) : null;
        }
    }

    /// <summary>The module sh: <c>sh.rm('-rf', '/')</c>.</summary>
    private static CodeValue ShModule(CodeSite call)
    {
        var words = new List<CodeValue> { CodeValue.Of(call.Leaf) };
        words.AddRange(call.Arguments.Positional);
        call.Effects.Run([.. words], call.Start, call.End);
        return CodeValue.Unknown;
    }

    private static CodeValue Touched(CodeSite call, CodeValue path)
    {
        call.Effects.Do("touch", path, call.Start, call.End);
        return CodeValue.Unknown;
    }
}
