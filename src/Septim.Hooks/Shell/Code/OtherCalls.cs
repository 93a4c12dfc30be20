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
            case "System.cmd" or "Process.run": return call.Program(false);
            case "System.shell" or "os.cmd" or "cmd" or "exec" or "sh" or "shell-out": return call.Command(true);
            case "File.rm_rf" or "File.rm_rf!" or "FileUtils.rm_rf": return call.Remove(true);
            case "File.rm" or "File.rm!" or "File.delete": return call.Remove(false);
            case "File.write" or "File.write!": effects.Write(first, false, call.Start, call.End); return CodeValue.Unknown;
            case "os.execute" or "io.popen" or "system" or "shell" or "system2" or "shell.exec" or "script" or "Runtime.getRuntime.exec": return call.Command(true);
            case "os.remove" or "file.remove" or "unlink": return call.Name == "unlink" && call.Arguments.Has("recursive") ? call.Remove(true) : call.Remove(false);
            case "os.rename" or "file.rename": return call.Two("mv");
            case "io.lines" or "read" or "readlines" or "readLines" or "scan" or "read_file" or "File.read" or "File.read!" or "File.stream!" or "readline" or "slurp" or "readdlm" or "readtext" when first.Text is not null: return effects.Read(first, call.Start, call.End);
            case "io.open": return effects.Open(first, call.Arguments.At(1).Text, call.Start, call.End);
            case "rm": return call.Remove(call.Arguments.Has("recursive"));
            case "rmdir" when call.Arguments.At(1).Text == "s": return call.Remove(true);
            case "list.files" or "dir" or "readdir" when first.Text is not null: return CodePaths.Below(call.Text, first, "*");
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
            case { } when call.Leaf is "removeDir" or "remove_dir_all" or "removeDirectoryRecursive" or "removePathForcibly": return call.Remove(true);
            case { } when call.Leaf is "removeFile" or "remove_file": return call.Remove(false);
            case { } when call.Leaf is "execShellCmd" or "execCmd" or "callCommand": return call.Command(true);
            case "File" or "java.io.File" or "Path.of" or "Paths.get" when first.Text is not null: return first;
            case { } when call.Leaf is "deleteDir" or "deleteRecursively" && call.IsMethod && call.Receiver.Text is not null:
                effects.Do("rm", "-rf", call.Receiver, call.Start, call.End);
                return CodeValue.Unknown;
            case { } name when name.EndsWith("removeItem", StringComparison.Ordinal) && call.Arguments.Named.TryGetValue("atPath", out var path):
                effects.Do("rm", "-rf", path, call.Start, call.End);
                return CodeValue.Unknown;
            case { } name when name.EndsWith("getRuntime.exec", StringComparison.Ordinal) || name.EndsWith(".exec", StringComparison.Ordinal): return call.Command(true);
            default: return call.Leaf is "execute" && call.IsMethod && first.Text is null && call.Receiver.Text is { } command ? Groovy(call, command) : null;
        }
    }

    /// <summary>Groovy: <c>"rm -rf /".execute()</c>.</summary>
    private static CodeValue Groovy(CodeSite call, string command)
    {
        call.Effects.Shell(CodeValue.Of(command), call.Start, call.End);
        return CodeValue.Unknown;
    }
}
