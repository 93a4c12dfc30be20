namespace Septim.Hooks.Shell.Code;

/// <summary>The calls that matter, one table a language; here is what they share.</summary>
internal static class CodeCalls
{
    /// <summary>What a call does and gives, or null when no table knows it.</summary>
    public static CodeValue? Apply(
        CodeLanguage language, CodeText text, CodeEffects effects, CodeValue callee, CodeArguments arguments, int start, int end)
    {
        var call = new CodeSite(text, effects, callee, arguments, start, end);
        if (CodeHanded.Of(language, call) is { } made)
        {
            CodeSinks.Read(language, made);
            var handed = Known(language, made) ?? CodeFolding.Call(text, made.Callee, made.Arguments);
            // Why: what the function says of each only chooses among them.
            return callee.Leaf is not ("filter" or "find" or "select") ? handed : language == CodeLanguage.Python ? CodeFlow.Taken(arguments.At(1), CodeTraits.None) : callee.Receiver ?? handed;
        }
        CodeSinks.Read(language, call);
        if (Known(language, call) is { } known) return known;
        CodeSinks.ReadUnknown(call);
        return null;
    }

    private static CodeValue? Known(CodeLanguage language, CodeSite call)
    {
        return language switch
        {
            CodeLanguage.Python => PythonCalls.Apply(call),
            CodeLanguage.JavaScript => JavaScriptCalls.Apply(call),
            CodeLanguage.Ruby => RubyCalls.Apply(call),
            CodeLanguage.Perl => PerlCalls.Apply(call),
            CodeLanguage.Php => PhpCalls.Apply(call),
            _ => OtherCalls.Apply(call),
        } ?? Shared(call);
    }

    /// <summary>Names whose arguments may stand without brackets.</summary>
    public static bool TakesBareArguments(CodeLanguage language, CodeValue callee) => language switch
    {
        CodeLanguage.Ruby => callee.Leaf is "system" or "exec" or "spawn" or "eval" or "puts" or "print" or "p" or "pp" or "printf" or "warn" or "abort" or "raise" or "fail" or "send" or "sh" or "rm_rf" or "rm_r" or "rm" or "rm_f"
            or "remove_dir" or "remove_entry" or "remove_entry_secure" or "delete" or "unlink" or "rmdir" or "rename" or "mv" or "cp" or "cp_r" or "chmod" or "chmod_R" or "chown_R"
            or "popen" or "popen3" or "capture2" or "capture2e" or "capture3" or "pipeline" or "read" or "write" or "open" or "new" or "execute" or "chdir" or "load" or "rmtree" or "safe_unlink",
        CodeLanguage.Perl => callee.Leaf is "system" or "exec" or "shell" or "run" or "slurp" or "eval" or "print" or "printf" or "say" or "unlink" or "rmdir" or "rename" or "rmtree" or "remove_tree"
            or "open" or "push" or "join" or "sprintf" or "lc" or "uc" or "substr" or "encode_json" or "encode_base64" or "unshift" or "chmod" or "chown" or "truncate" or "kill" or "do" or "require" or "move" or "copy" or "symlink" or "link" or "chdir" or "die" or "warn" or "croak" or "glob" or "Dumper",
        _ => callee.Name is "Sys.command" or "Sys.remove" || callee.Leaf is "system" or "exec" or "script" or "println" or "puts" or "callCommand" or "removeDirectoryRecursive" or "removePathForcibly" or "removeFile" or "removeDir" or "execShellCmd" or "rm_rf",
    };

    /// <summary>Methods that mean the same everywhere: what stores delete, and a shell by its plain name.</summary>
    private static CodeValue? Shared(CodeSite call)
    {
        CodeStores.Read(call);
        if (call.Leaf != "system" || !call.IsMethod || call.First.Text is null) return null;
        call.Effects.Shell(call.First, call.Start, call.End);
        return CodeValue.Unknown;
    }

    /// <summary><c>fork while 1</c>, <c>loop { fork }</c>: the code starts itself again without end.</summary>
    public static bool ForksWithoutEnd(CodeText text)
    {
        foreach (var endless in (ReadOnlySpan<string>)["while 1", "while(1", "while (1", "while fork", "while true", "while(true", "while (true", "while True", "loop {", "loop do", "loop{", "for(;;", "for (;;", "until 0", "iter(int"])
        {
            if (text.Mentions(endless)) return true;
        }
        return false;
    }

    /// <summary>The database is a test's, or ends with the process.</summary>
    public static bool IsTest(CodeText text) => text.Setting.IsLibrary || text.Mentions("pytest") || text.Mentions("unittest") || IsScratch(text);

    /// <summary>Addresses and modules of databases that end with the process or with a container of its own: <c>sqlite://</c> alone, <c>:memory:</c>.</summary>
    public static bool IsScratch(CodeText text)
    {
        foreach (var sign in (ReadOnlySpan<string>)[":memory:", "sqlite://'", "sqlite://\"", "testcontainers", "mongodb-memory-server", "mongomock", "fakeredis", "ioredis-mock", "redis-memory-server", "pg-mem", "embedded-postgres"])
        {
            if (text.Mentions(sign)) return true;
        }
        return false;
    }

    /// <summary>It changes or drops what a database holds.</summary>
    public static bool IsStatement(string? text)
    {
        if (text is null) return false;
        var verb = text.AsSpan().TrimStart();
        return Begins(verb, "DROP ") || Begins(verb, "TRUNCATE ") || Begins(verb, "DELETE ") || Begins(verb, "UPDATE ") || Begins(verb, "ALTER ");
    }

    private static bool Begins(ReadOnlySpan<char> text, string verb) => text.StartsWith(verb, StringComparison.OrdinalIgnoreCase);
}
