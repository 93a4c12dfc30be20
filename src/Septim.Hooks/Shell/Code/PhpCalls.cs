namespace Septim.Hooks.Shell.Code;

/// <summary>PHP: what runs a shell, touches files or sends. Source: the function reference of PHP 8.4.</summary>
internal static class PhpCalls
{
    public static CodeValue? Apply(CodeSite call)
    {
        var effects = call.Effects;
        var first = call.First;
        if (call.Leaf is "deleteDirectory" or "cleanDirectory") return call.Remove(true);
        if (call.Name is "File.delete" or "Filesystem.remove") return call.Remove(false);
        // Why: Symfony's removes trees.
        if (call.Leaf is "remove" && call.IsMethod && call.First.Text is not null && call.Text.Mentions("Filesystem")) return call.Remove(true);
        if (call.Leaf is "RecursiveDirectoryIterator" or "DirectoryIterator" or "FilesystemIterator") return CodePaths.Below(call.Text, first);
        if (call.Leaf is "RecursiveIteratorIterator" or "CallbackFilterIterator") return first;
        if (call.Leaf is "Process" && first.Items is { } process) { effects.Run(process, call.Start, call.End); return CodeValue.Unknown; }
        if (call.Leaf is "fromShellCommandline" || (call.Name.EndsWith("Process.run", StringComparison.Ordinal) && first.Text is not null)) return call.Command(false);
        if (call.IsMethod && call.Leaf is not ("exec" or "query")) return null;
        switch (call.Leaf)
        {
            case "exec" or "shell_exec" or "system" or "passthru" or "popen" or "proc_open" when !call.IsMethod:
                call.Command(false);
                return new CodeValue { Program = CodeSinks.Words(first) };
            case "parse_ini_file" or "parse_ini_string" when first.File is null: return effects.Read(first, call.Start, call.End, CodeTraits.Mapping);
            case "pcntl_exec": return call.Program(false);
            case "escapeshellarg": return ShellQuoting.Quoted(call.Text, first);
            case "escapeshellcmd": return first;
            case "dirname": return CodePaths.Parent(first);
            case "realpath": return first;
            case "unlink": return call.Remove(false);
            case "rmdir": effects.Do("rmdir", first, call.Start, call.End); return CodeValue.Unknown;
            case "rename": return call.Two("mv");
            case "copy": return call.Two("cp");
            case "symlink": return call.Two("ln", "-s");
            case "chmod": return call.Mode(first, call.Arguments.At(1), false);
            case "chown" or "chgrp":
                effects.Do(call.Start, call.End, CodeValue.Of("chown"), call.Arguments.At(1), effects.Located(first));
                return CodeValue.Unknown;
            case "file_put_contents": effects.Write(first, call.Text.Shown(call.Start, call.End).Contains("FILE_APPEND", StringComparison.Ordinal), call.Start, call.End, call.Arguments.At(1)); return CodeValue.Unknown;
            case "readfile" or "show_source" or "highlight_file" or "php_strip_whitespace" when first.Text?.Contains("://", StringComparison.Ordinal) != true:
                effects.Show(effects.Read(first, call.Start, call.End), call.Start, call.End);
                return CodeValue.Unknown;
            case "fpassthru": effects.Show(first, call.Start, call.End); return CodeValue.Unknown;
            case "file_get_contents" or "fopen" when first.Text is "php://stdin": return effects.ReadInput();
            case "fopen" when first.Text is "php://stdout" or "php://output" or "php://stderr": return new CodeValue { Name = "STDOUT" };
            case "file_get_contents" or "readfile" or "file" or "show_source" or "highlight_file":
                return first.Text is { } source && source.Contains("://", StringComparison.Ordinal) ? effects.Fetch(first, call.Arguments, call.Arguments.Count > 2, call.Start, call.End)
                    : effects.Read(first, call.Start, call.End);
            case "fopen":
                return first.Text is { } opened && opened.Contains("://", StringComparison.Ordinal) && !opened.StartsWith("file:", StringComparison.Ordinal)
                    ? new CodeValue { Traits = CodeTraits.Network, Url = first }
                    : effects.Open(first, call.Arguments.At(1).Text, call.Start, call.End);
            case "eval" or "assert" or "create_function": return call.Evaluate(call.Leaf == "create_function" ? call.Arguments.At(1) : first, "php", CodeLanguage.Php);
            case "fsockopen" or "pfsockopen" or "stream_socket_client" or "stream_socket_server" or "socket_connect" or "socket_bind": effects.OpensNetwork(); return CodeValue.Unknown;
            case "chdir": effects.Directory = effects.Located(first); return CodeValue.Unknown;
            case "glob": return CodePaths.Matches(first);
            case "scandir": return CodePaths.Below(call.Text, first);
            case "posix_kill":
                effects.Do(call.Start, call.End, CodeValue.Of("kill"), CodeValue.Of("-9"), CodeValue.Of("--"), first);
                return CodeValue.Unknown;
            case "curl_exec": effects.Sends(); return new CodeValue { Traits = CodeTraits.Network };
            case "phpinfo": call.Do("env"); return CodeValue.Unknown;
            default: return null;
        }
    }
}
