namespace Septim.Hooks.Shell.Code;

/// <summary>Lua, R, Julia, Tcl, AppleScript, Groovy: the few calls of theirs that run a shell or remove files.</summary>
internal static class OtherCalls
{
    public static CodeValue? Apply(CodeSite call)
    {
        var effects = call.Effects;
        var first = call.First;
        switch (call.Name)
        {
            case "System.cmd" or "Process.run" or "Process.runSync" or "Process.start": return call.Program(false);
            case "System.shell" or "os.cmd" or "cmd" or "exec" or "sh" or "shell-out": return call.Command(true);
            case "File.rm_rf" or "File.rm_rf!" or "FileUtils.rm_rf": return call.Remove(true);
            case "os.WriteFile" or "ioutil.WriteFile" or "os.Create" or "Files.writeString" or "Files.write": effects.Write(first, false, call.Start, call.End, call.Arguments.At(1)); return CodeValue.Unknown;
            case "os.OpenFile" when call.Text.Shown(call.Start, call.End) is var how && how.Contains("O_WRONLY", StringComparison.Ordinal) || how.Contains("O_RDWR", StringComparison.Ordinal): effects.Write(first, how.Contains("O_APPEND", StringComparison.Ordinal), call.Start, call.End); return CodeValue.Unknown;
            case "os.ReadFile" or "ioutil.ReadFile" or "os.Open" or "Files.readString" or "Files.readAllLines" or "Files.readAllBytes" or "fs.read_to_string" or "std.fs.read_to_string" when Shows(call.Text): return effects.Read(first, call.Start, call.End);
            case "os.Environ" or "System.getenv" or "env.vars" or "std.env.vars" when call.Arguments.Count == 0 && Shows(call.Text): call.Do("env"); return CodeValue.Unknown;
            case "flag.String": return call.Arguments.At(1);
            case "os.Rename" or "fs.rename" or "std.fs.rename" or "Files.move": return call.Two("mv");
            case "os.Chdir" or "env.set_current_dir" or "std.env.set_current_dir": effects.Directory = effects.Located(first); return CodeValue.Unknown;
            case "syscall.Exec" or "unix.Exec" when call.Arguments.At(1).Items is { } exec: effects.Run(exec, call.Start, call.End); return CodeValue.Unknown;
            case "syscall.Kill" or "unix.Kill": effects.Do(call.Start, call.End, CodeValue.Of("kill"), CodeValue.Of("-9"), CodeValue.Of("--"), first); return CodeValue.Unknown;
            case "File.rm" or "File.rm!" or "File.delete": return call.Remove(false);
            case "File.write" or "File.write!": effects.Write(first, false, call.Start, call.End); return CodeValue.Unknown;
            case "c" when call.Arguments.Count > 0: return CodeValue.List([.. call.Arguments.Positional]);
            case "system2" or "processx.run" or "run" when first.Text is not null && call.Arguments.At(1).Items is not null: return call.Program(false);
            case "homedir": return CodePaths.Home(call.Text);
            case "mv": return call.Two("mv");
            case "write" when first.Text?.Contains('/', StringComparison.Ordinal) == true: effects.Write(first, false, call.Start, call.End, call.Arguments.At(1)); return CodeValue.Unknown;
            case "fs.dir_delete" or "fs.file_delete" or "shutil.rmtree": return call.Remove(true);
            case "os.execute" or "io.popen" or "system" or "shell" or "system2" or "shell.exec" or "script" or "Runtime.getRuntime.exec": return call.Command(true);
            // Why: R expands the tilde, as a shell does.
            case "unlink" or "file.remove" when first.Text is ['~', ..]: effects.Do("rm", "-rf", CodePaths.ExpandHome(call.Text, first), call.Start, call.End); return CodeValue.Unknown;
            case "os.remove" or "file.remove" or "unlink": return call.Name == "unlink" && call.Arguments.Has("recursive") ? call.Remove(true) : call.Remove(false);
            case "remove" when first.Text is not null && !call.IsMethod: return call.Remove(false);
            case "execl" or "execlp" or "execv" or "execvp" or "libc.execvp": return call.Program(true);
            case "os.rename" or "file.rename": return call.Two("mv");
            case "io.lines" or "read" or "readlines" or "readLines" or "scan" or "read_file" or "File.read" or "File.read!" or "File.stream!" or "readline" or "slurp" or "readdlm" or "readtext" when first.Text is not null: return effects.Read(first, call.Start, call.End);
            case "io.open": return effects.Open(first, call.Arguments.At(1).Text, call.Start, call.End);
            case "rm": return call.Remove(call.Arguments.Has("recursive"));
            case "rmdir" when call.Arguments.At(1).Text == "s": return call.Remove(true);
            case "list.files" or "dir" or "readdir" when first.Text is not null: return CodePaths.Below(call.Text, CodePaths.ExpandHome(call.Text, first), "*");
            case "Sys.glob": return CodePaths.Matches(first);
            case "download" or "url" or "source" or "include" when first.Text is { } address && address.StartsWith("http", StringComparison.Ordinal):
                var fetched = effects.Fetch(first, call.Arguments, false, call.Start, call.End);
                return call.Name is "source" or "include" ? call.Evaluate(fetched, "rscript", CodeLanguage.Other) : fetched;
            case "source" or "include" or "eval" when first.Is(CodeTraits.Network): return call.Evaluate(first, "julia", CodeLanguage.Other);
            case { } name when name.EndsWith("Directory.Delete", StringComparison.Ordinal): return call.Remove(true);
            case { } name when name.EndsWith("File.Delete", StringComparison.Ordinal): return call.Remove(false);
            case { } name when name.EndsWith("Process.Start", StringComparison.Ordinal):
                effects.Shell(call.Arguments.At(1).Text is { } given ? CodeValue.Of(first.Text + " " + given) : first, call.Start, call.End);
                return CodeValue.Unknown;
            case { } when call.Leaf is "removeDir" or "remove_dir_all" or "removeDirectoryRecursive" or "removePathForcibly" or "remove_all" or "del_dir_r" or "rmdir_all" or "recursive_rm" or "RemoveAll" or "deleteTreeAbsolute" or "deleteTree"
                or "delete_directory_and_contents" or "DeleteDirectory" or "removeDirRecursive":
                return call.Remove(true);
            case { } when call.Leaf is "removeFile" or "remove_file" or "deleteFileAbsolute" or "deleteIfExists" or "Remove" or "DeleteFile": return call.Remove(false);
            case "Files.delete" or "Sys.remove": return call.Remove(false);
            case { } when call.Leaf is "execShellCmd" or "execCmd" or "callCommand" or "doShellScript" or "shell_exec" or "esyscmd" or "syscmd": return call.Command(true);
            case "Sys.command" or "Unix.system" or "Process.system" or "std.process.executeShell": return call.Command(true);
            case "ProcessBuilder" or "exec.Command": return call.Program(false);
            // Why: Rust says a program word by word.
            case "Command.new" or "std.process.Command.new" or "process.Command.new": return new CodeValue { Program = [first] };
            case { } when call.Leaf is "arg" or "args" && call.Receiver.Program is { } words: return new CodeValue { Program = [.. words, .. first.Items ?? [first]] };
            case { } when call.Leaf is "status" or "spawn" or "output" or "exec" && call.Receiver.Program is { } started: effects.Run(started, call.Start, call.End); return CodeValue.Unknown;
            case "foreach" or "map" when first.Name is "rm" or "unlink" or "os.remove" && call.Arguments.Count > 1: effects.Do("rm", "-f", CodeFlow.ElementOf(call.Arguments.At(1)), call.Start, call.End); return CodeValue.Unknown;
            case "File" or "java.io.File" or "Path.of" or "Paths.get" when first.Text is not null: return first;
            case { } when call.Leaf is "deleteDir" or "deleteRecursively" or "delete" or "unlink" && call.IsMethod && call.Receiver.Text is not null:
                effects.Do("rm", call.Leaf is "delete" or "unlink" ? "-f" : "-rf", call.Receiver, call.Start, call.End);
                return CodeValue.Unknown;
            case { } name when name.EndsWith("removeItem", StringComparison.Ordinal) && call.Arguments.Named.TryGetValue("atPath", out var path):
                effects.Do("rm", "-rf", path, call.Start, call.End);
                return CodeValue.Unknown;
            case { } name when name.EndsWith("getRuntime.exec", StringComparison.Ordinal) || name.EndsWith(".exec", StringComparison.Ordinal): return call.Command(true);
            case { } when call.Leaf is "execute" && call.IsMethod && call.Receiver.Items is { Length: > 0 } list: effects.Run(list, call.Start, call.End); return CodeValue.Unknown;
            default: return call.Leaf is "execute" && call.IsMethod && first.Text is null && call.Receiver.Text is { } command ? Groovy(call, command) : null;
        }
    }

    /// <summary>The program prints or sends something: what it reads may be in that.</summary>
    private static bool Shows(CodeText text)
    {
        foreach (var sign in (ReadOnlySpan<string>)["fmt.Print", "fmt.Fprint", "log.Print", "println", "os.Stdout", "System.out", "http.Post", "http.NewRequest", "net.Dial", "HttpClient", "reqwest"])
        {
            if (text.Mentions(sign)) return true;
        }
        return false;
    }

    /// <summary>Groovy: <c>"rm -rf /".execute()</c>.</summary>
    private static CodeValue Groovy(CodeSite call, string command)
    {
        call.Effects.Shell(CodeValue.Of(command), call.Start, call.End);
        return CodeValue.Unknown;
    }
}
