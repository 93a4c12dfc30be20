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
