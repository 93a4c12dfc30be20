namespace Septim.Hooks.Shell.Code;

/// <summary>Node, Deno and Bun: what runs a shell, touches files or sends. Source: the API pages of Node 24, Deno 2 and Bun 1.2.</summary>
internal static class JavaScriptCalls
{
    public static CodeValue? Apply(CodeSite call)
    {
        var effects = call.Effects;
        var first = call.First;
        switch (call.Name)
        {
            // Why: a file of settings is a value, not a module.
            case "require" or "import" when first.Text is { } data && data.EndsWith(".json", StringComparison.Ordinal): return effects.Read(first, call.Start, call.End);
            case "require" or "import" or "process.mainModule.require" or "module.require" or "globalThis.require" when first.Text is { } module:
                return new CodeValue { Name = module.StartsWith("node:", StringComparison.Ordinal) ? module[5..] : module, Traits = CodeTraits.Module };
            case "eval" or "Function" or "vm.runInThisContext" or "vm.runInNewContext" or "window.eval" or "globalThis.eval":
                return call.Arguments.Count == 0 ? null : call.Evaluate(call.Arguments.Positional[^1] is { Fields: null } last ? last : first, "node", CodeLanguage.JavaScript);
            case "util.promisify" or "promisify" or "util.callbackify": return first;
            case "dotenv.config" or "dotenv.configDotenv" or "config" when call.Name != "config" || call.Text.Mentions("dotenv"):
                return effects.Read(first.Fields is not null && first.Fields.TryGetValue("path", out var settings) ? settings : CodeValue.Of(".env"), call.Start, call.End, CodeTraits.Mapping);
            case { } bound when call.Leaf is "bind" && call.Receiver.Name is { Length: > 0 } && call.Arguments.Count < 2: return call.Receiver;
            case "dotenv.parse": return CodeFlow.Shaped(first, CodeTraits.Mapping);
            case "child_process.exec" or "child_process.execSync" or "execSync" or "shelljs.exec" or "shell.exec":
                return call.Within("cwd", static inner =>
                {
                    inner.Command(false);
                    return Fed(inner, CodeSinks.Words(inner.First));
                });
            case "child_process.spawn" or "child_process.spawnSync" or "child_process.execFile" or "child_process.execFileSync" or "spawnSync" or "execFileSync"
                or "child_process.fork" or "execa" or "execa.execa" or "execaSync" or "execa.execaSync" or "cross-spawn" or "cross-spawn.sync"
                or "tinyexec.x" or "tinyexec.exec" or "nano-spawn" or "spawn" or "execFile":
                return call.Within("cwd", Spawn);
            case "execaCommand" or "execa.execaCommand" or "execaCommandSync" or "execa.execaCommandSync" or "execa.command" or "execa.commandSync" or "zx.$": return call.Within("cwd", static inner => inner.Command(false));
            case "Bun.spawn" or "Bun.spawnSync" or "Deno.run" or "Deno.Command": return call.Within("cwd", Spawned);
            case { } when call.Leaf is "execCommand" or "exec" && call.IsMethod && first.Text is not null && (call.Text.Mentions("ssh2") || call.Text.Mentions("node-ssh")):
                effects.Do(call.Start, call.End, CodeValue.Of("ssh"), CodeValue.Of("host.invalid"), first);
                return CodeValue.Unknown;
            case "Bun.write" or "Deno.writeTextFile" or "Deno.writeTextFileSync" or "Deno.writeFile" or "Deno.writeFileSync": return Write(call, false);
            case "Bun.file" or "Deno.readTextFile" or "Deno.readTextFileSync" or "Deno.readFile" or "Deno.readFileSync": return effects.Read(first, call.Start, call.End);
            case "Deno.remove" or "Deno.removeSync": return call.Arguments.Has("recursive") ? Remove(call, true) : Remove(call, false);
            case "Deno.rename" or "Deno.renameSync": return call.Two("mv");
            case "Deno.chmod" or "Deno.chmodSync": return call.Mode(first, call.Arguments.At(1), false);
            case "path.join" or "path.resolve" or "path.posix.join": return CodePaths.Join(call.Text, [.. call.Arguments.Positional]);
            case "path.dirname": return CodePaths.Parent(first);
            case "URL" when call.Arguments.At(1).Is(CodeTraits.Path): return OwnPlace.Beside(call.Text, first);
            case "fileURLToPath" or "url.fileURLToPath" or "Bun.fileURLToPath" or "path.fromFileUrl" when first.Text is not null: return first;
            case "os.homedir": return CodePaths.Home(call.Text);
            case "os.tmpdir": return CodeValue.Of("/tmp");
            case "fs.mkdtempSync" or "mkdtempSync" or "mkdtemp": return CodeValue.Of("/tmp/fresh");
            case "process.cwd" or "Deno.cwd": return CodeValue.Of(".");
            case "process.chdir" or "Deno.chdir" or "zx.cd" or "shelljs.cd" or "shell.cd": effects.Directory = effects.Located(first); return CodeValue.Unknown;
            case "process.kill":
                effects.Do(call.Start, call.End, CodeValue.Of("kill"), CodeValue.Of("-9"), CodeValue.Of("--"), first);
                return CodeValue.Unknown;
            case "rimraf" or "rimraf.sync" or "rimraf.rimraf" or "rimraf.rimrafSync" or "rimrafSync" or "trash":
                return Remove(call, true, call.Arguments.At(1).HasOn("glob"));
            case "del" or "del.sync" or "del.deleteSync" or "del.deleteAsync" or "deleteSync" or "deleteAsync": return Remove(call, true, true);
            case "glob.sync" or "glob.glob" or "fast-glob" or "fast-glob.sync" or "fast-glob.glob" or "fast-glob.globSync" or "globby" or "globby.sync" or "globby.globby" or "globby.globbySync" or "tinyglobby.globSync": return CodePaths.Matches(first);
            case "fetch" or "axios" or "axios.request" or "got" or "node-fetch" or "ky" when Deletes(call) is { } gone:
                effects.Do(call.Start, call.End, CodeValue.Of("curl"), CodeValue.Of("-X"), CodeValue.Of("DELETE"), gone);
                return new CodeValue { Traits = CodeTraits.Network, Url = gone };
            case "fetch" or "axios" or "axios.get" or "https.get" or "http.get" or "got" or "node-fetch":
                return effects.Fetch(first, call.Arguments, call.Arguments.Has("body"), call.Start, call.End);
            case "axios.post" or "axios.put" or "https.request" or "http.request" or "got.post" or "got.put" or "axios.patch" or "ky.post" or "ky.put" or "needle.post" or "superagent.post" or "undici.request" or "undici.fetch" or "navigator.sendBeacon":
                return effects.Fetch(first, call.Arguments, true, call.Start, call.End);
            case "axios.delete" or "got.delete" or "ky.delete":
                effects.Do(call.Start, call.End, CodeValue.Of("curl"), CodeValue.Of("-X"), CodeValue.Of("DELETE"), first);
                return CodeValue.Unknown;
            case "net.connect" or "net.createConnection" or "net.Socket" or "net.createServer": effects.OpensNetwork(); return CodeValue.Unknown;
            default:
                return Files(call);
        }
    }

    /// <summary>The address of a request whose options say DELETE.</summary>
    private static CodeValue? Deletes(CodeSite call)
    {
        foreach (var options in call.Arguments.Positional)
        {
            if (options.Fields is not { } fields || !fields.TryGetValue("method", out var method) || !"DELETE".Equals(method.Text, StringComparison.OrdinalIgnoreCase)) continue;
            var address = fields.TryGetValue("url", out var url) ? url : call.First;
            return address.Text is null ? null : address;
        }
        return null;
    }

    private static CodeValue? Files(CodeSite call)
    {
        var effects = call.Effects;
        var first = call.First;
        // Why: destructured and promise forms leave only the leaf; these leaves mean nothing else.
        var isFile = call.IsOn("fs") || call.IsOn("fs/promises") || call.IsOn("promises") || call.IsOn("fs-extra") || call.IsOn("fse") || call.IsOn("fsp")
            || call.IsOn("shelljs") || call.IsOn("shell") || call.IsOn("graceful-fs") || call.Leaf.EndsWith("Sync", StringComparison.Ordinal);
        if (call.Leaf is "delete" or "unlink" && call.Receiver.File is { Text: not null } removed && call.Text.Mentions("Bun.file"))
        {
            effects.Do("rm", "-f", removed, call.Start, call.End);
            return CodeValue.Unknown;
        }
        if (!isFile) return call.Leaf is "then" or "catch" or "finally" ? Chained(call) : null;
        switch (call.Leaf)
        {
            case "mkdtemp": return CodeValue.Of("/tmp/fresh");
            case "rmSync" or "rm" or "rmdirSync" or "rmdir":
                return call.Arguments.Has("recursive") || (call.Leaf == "rm" && first.Text is "-rf" or "-r" or "-fr") ? Remove(call, true)
                    : call.Leaf.StartsWith("rmdir", StringComparison.Ordinal) ? Rmdir(call) : Remove(call, false);
            case "removeSync" or "remove" or "emptyDirSync" or "emptyDir": return Remove(call, true);
            case "unlinkSync" or "unlink": return Remove(call, false);
            case "writeFileSync" or "writeFile" or "createWriteStream" or "outputFileSync" or "writeJsonSync": return Write(call, false);
            case "appendFileSync" or "appendFile": return Write(call, true);
            case "truncateSync" or "truncate" or "ftruncateSync": effects.Do("truncate", "--size=0", first, call.Start, call.End); return CodeValue.Unknown;
            case "readFileSync" or "readFile" or "createReadStream" or "readJsonSync": return effects.Read(first, call.Start, call.End);
            case "openSync" or "open": return effects.Open(first, call.Arguments.At(1).Text, call.Start, call.End);
            case "renameSync" or "rename" or "moveSync" or "move": return call.Two("mv");
            case "copyFileSync" or "copyFile": return call.Two("cp");
            case "cpSync" or "cp" or "copySync" or "copy": return call.Two("cp", "-r");
            case "symlinkSync" or "symlink": return call.Two("ln", "-s");
            case "linkSync" or "link": return call.Two("ln");
            case "chmodSync" or "chmod": return call.Mode(first, call.Arguments.At(1), false);
            case "chownSync" or "chown":
                effects.Do(call.Start, call.End, CodeValue.Of("chown"), call.Arguments.At(1), effects.Located(first));
                return CodeValue.Unknown;
            case "readdirSync" or "readdir": return CodePaths.Below(call.Text, first);
            case "globSync": return CodePaths.Matches(first);
            case "execSync":
                return call.Within("cwd", static inner =>
                {
                    inner.Command(false);
                    return Fed(inner, CodeSinks.Words(inner.First));
                });
            case "spawnSync" or "execFileSync": return call.Within("cwd", Spawn);
            default: return null;
        }
    }

    /// <summary>The program with what its options give it to read; more may be written to it.</summary>
    private static CodeValue Fed(CodeSite call, CodeValue[]? program)
    {
        if (program is null) return CodeValue.Unknown;
        foreach (var argument in call.Arguments.Positional)
        {
            if (argument.Fields is not null && argument.Fields.TryGetValue("input", out var input)) call.Effects.Feed(program, input, call.Start, call.End);
        }
        return new CodeValue { Program = program };
    }

    private static CodeValue Spawn(CodeSite call)
    {
        if (!call.Arguments.Has("shell"))
        {
            call.Program(false);
            return Fed(call, call.First.Text is null ? null : [call.First, .. call.Arguments.At(1).Items ?? []]);
        }
        var arguments = call.Arguments.At(1).Items;
        if (arguments is null || call.First.Text is not { } program) return call.Command(false);
        var whole = program;
        foreach (var argument in arguments) whole += " " + (argument.Text ?? call.Text.Unknown("argument"));
        call.Effects.Shell(CodeValue.Of(whole), call.Start, call.End);
        return CodeValue.Unknown;
    }

    /// <summary><c>Bun.spawn(['rm'])</c>, <c>Bun.spawn({cmd: […]})</c>, <c>new Deno.Command('rm', {args: […]})</c>.</summary>
    private static CodeValue Spawned(CodeSite call)
    {
        var words = new List<CodeValue>();
        if (call.First.Items is { } list) words.AddRange(list);
        else if (call.First.Fields is { } fields && fields.TryGetValue("cmd", out var command) && command.Items is { } cmd) words.AddRange(cmd);
        else if (call.First.Text is not null) words.Add(call.First);
        if (call.Arguments.At(1).Fields is { } options && options.TryGetValue("args", out var args) && args.Items is { } more) words.AddRange(more);
        call.Effects.Run([.. words], call.Start, call.End);
        return CodeValue.Unknown;
    }

    private static CodeValue Remove(CodeSite call, bool tree, bool isPattern = false)
    {
        foreach (var given in call.Arguments.Positional)
        {
            if (given.Fields is not null || given.Text is "-rf" or "-r" or "-f" or "-fr") continue;
            if (given != call.First && given.Text is null && given.Items is null) continue;
            var paths = !isPattern ? given : given.Items is { } items ? CodeValue.List(Array.ConvertAll(items, CodePaths.Matches)) : CodePaths.Matches(given);
            call.Effects.Do("rm", tree ? "-rf" : "-f", paths, call.Start, call.End);
        }
        return CodeValue.Unknown;
    }

    private static CodeValue Rmdir(CodeSite call)
    {
        call.Effects.Do("rmdir", call.First, call.Start, call.End);
        return CodeValue.Unknown;
    }

    private static CodeValue Write(CodeSite call, bool appends)
    {
        call.Effects.Write(call.First, appends, call.Start, call.End, call.Arguments.At(1));
        return CodeValue.Unknown;
    }

    /// <summary><c>fetch(u).then(r =&gt; r.text()).then(eval)</c>.</summary>
    private static CodeValue Chained(CodeSite call)
    {
        if (call.First.Name is "eval" or "Function") return call.Evaluate(call.Receiver, "node", CodeLanguage.JavaScript);
        return CodeValue.Mixed(call.Receiver, CodeValue.Unknown);
    }
}
