namespace Septim.Hooks.Shell.PowerShell;

/// <summary>Names of commands: aliases to full names, modules taken off; names of programs stay as they are.</summary>
internal static class PowerShellNames
{
    public static string Full(string given, List<PowerShellArgument> arguments)
    {
        var name = given.ToLowerInvariant();
        switch (name)
        {
            case "ri" or "del" or "erase" or "rd" or "rmdir": return "remove-item";
            // Why: on Linux rm is the real one, with its own option clusters.
            case "rm": return HasUnixOptions(arguments) ? "rm" : "remove-item";
            case "gci" or "dir": return "get-childitem";
            case "ls": return HasUnixOptions(arguments) ? "ls" : "get-childitem";
            case "gc" or "type": return "get-content";
            case "cat": return HasUnixOptions(arguments) ? name : "get-content";
            case "sc": return arguments.Count > 1 && arguments[0].Value.Text is "delete" or "stop" or "config" or "create" or "failure" or "sdset" ? "sc" : "set-content";
            case "ac": return "add-content";
            case "clc": return "clear-content";
            case "cpi" or "copy": return "copy-item";
            case "cp" or "mv": return HasUnixOptions(arguments) ? name : name == "cp" ? "copy-item" : "move-item";
            case "mi" or "move": return "move-item";
            case "rni" or "ren": return "rename-item";
            case "iex": return "invoke-expression";
            case "iwr": return "invoke-webrequest";
            case "irm": return "invoke-restmethod";
            case "curl" or "wget": return HasWebOptions(arguments) ? "invoke-webrequest" : name;
            case "saps" or "start": return "start-process";
            case "ii": return "invoke-item";
            case "sl" or "cd" or "chdir": return "set-location";
            case "pushd": return "push-location";
            case "popd": return "pop-location";
            case "ni": return "new-item";
            case "md": return "mkdir";
            case "gi": return "get-item";
            case "rvpa": return "resolve-path";
            case "%" or "foreach": return "foreach-object";
            case "?" or "where": return "where-object";
            case "select": return "select-object";
            case "sls": return "select-string";
            case "sort": return HasUnixOptions(arguments) ? name : "sort-object";
            case "group": return "group-object";
            case "measure": return "measure-object";
            case "tee": return HasUnixOptions(arguments) ? name : "tee-object";
            case "ft": return "format-table";
            case "fl": return "format-list";
            case "fw": return "format-wide";
            case "fhx": return "format-hex";
            case "oh": return "out-host";
            case "echo" or "write": return "write-output";
            case "si": return "set-item";
            case "cli": return "clear-item";
            case "rp": return "remove-itemproperty";
            case "sp": return "set-itemproperty";
            case "gp": return "get-itemproperty";
            case "sal": return "set-alias";
            case "nal": return "new-alias";
            case "gcm": return "get-command";
            case "sv": return "set-variable";
            case "nv": return "new-variable";
            case "gv": return "get-variable";
            case "ipcsv": return "import-csv";
            case "gal": return "get-alias";
            case "more.com": return "more";
            case "gps" or "ps": return HasUnixOptions(arguments) || arguments is [{ Value.Text: "aux" or "ef" or "eww" }] ? name : "get-process";
            case "kill" or "spps": return name == "kill" && arguments is [{ IsParameter: false, Value.Text: ['-', ..] }, ..] ? name : "stop-process";
            case "spsv": return "stop-service";
            case "icm": return "invoke-command";
            case "sajb": return "start-job";
            case "scb": return "set-clipboard";
            case "clip" or "clip.exe": return "set-clipboard";
            case "gwmi": return "get-wmiobject";
        }
        if (name.Contains('-', StringComparison.Ordinal) && name.LastIndexOf('\\') is var slash && !name.Contains('/', StringComparison.Ordinal))
        {
            // Microsoft.PowerShell.Management\Remove-Item
            if (slash < 0) return IsCmdlet(name) ? name : given;
            if (name.AsSpan(0, slash).IndexOfAny('\\', ':') < 0 && name[0] != '.' && IsCmdlet(name[(slash + 1)..])) return name[(slash + 1)..];
        }
        return given;
    }

    /// <summary>A verb, a dash and a noun: <c>remove-item</c>, not <c>docker-compose.exe</c>.</summary>
    public static bool IsCmdlet(string name)
    {
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        if (dash <= 0 || name.Contains('.', StringComparison.Ordinal)) return false;
        return name.AsSpan(0, dash) is "add" or "approve" or "assert" or "backup" or "block" or "checkpoint" or "clear" or "close" or "compare" or "complete" or "compress" or "confirm" or "connect" or "convert" or "convertfrom" or "convertto" or "copy" or "debug" or "deny" or "disable"
            or "disconnect" or "dismount" or "edit" or "enable" or "enter" or "exit" or "expand" or "export" or "find" or "foreach" or "format" or "get" or "grant" or "group" or "hide" or "import" or "initialize" or "install" or "invoke" or "join" or "limit" or "lock" or "measure" or "merge"
            or "mount" or "move" or "new" or "open" or "optimize" or "out" or "ping" or "pop" or "protect" or "publish" or "push" or "read" or "receive" or "redo" or "register" or "remove" or "rename" or "repair" or "request" or "reset" or "resize" or "resolve" or "restart" or "restore"
            or "resume" or "revoke" or "save" or "search" or "select" or "send" or "set" or "show" or "skip" or "sort" or "split" or "start" or "step" or "stop" or "submit" or "suspend" or "switch" or "sync" or "tee" or "test" or "trace" or "unblock" or "undo" or "uninstall" or "unlock"
            or "unprotect" or "unpublish" or "unregister" or "update" or "use" or "wait" or "watch" or "where" or "write";
    }

    private static bool HasUnixOptions(List<PowerShellArgument> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.IsParameter && (argument.Value.Text is "-rf" or "-fr" or "-f" or "-rfv" or "-a" or "-R" or "-la" or "-al" or "-l" or "-n" or "-A" or "-v" or "-u" or "-k" || argument.Value.Text?.StartsWith("--", StringComparison.Ordinal) == true)) return true;
        }
        return false;
    }

    private static bool HasWebOptions(List<PowerShellArgument> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.IsParameter && argument.Value.Text is { Length: > 3 } given && given[1] != '-'
                && PowerShellParameters.Of("invoke-webrequest").Resolve(given.AsSpan(1)) is not null) return true;
        }
        return false;
    }
}
