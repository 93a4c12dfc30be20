namespace Septim.Hooks.Shell.Code;

/// <summary>Perl: what runs a shell, touches files or sends. Source: perlfunc, File::Path, File::Copy, LWP (Perl 5.40).</summary>
internal static class PerlCalls
{
    public static CodeValue? Apply(CodeSite call)
    {
        var effects = call.Effects;
        var first = call.First;
        switch (call.Leaf)
        {
            // Why: Raku's have names of their own.
            case "system" or "exec" or "shell" or "run": return call.Command(true);
            case "open3" or "open2" when call.Arguments.Count > (call.Leaf == "open3" ? 3 : 2):
                var words = call.Arguments.Positional[(call.Leaf == "open3" ? 3 : 2)..];
                if (words.Count == 1) effects.Shell(words[0], call.Start, call.End);
                else effects.Run([.. words], call.Start, call.End);
                return CodeValue.Unknown;
            case "unlink" when call.Arguments.Count > 0: return call.Remove(false);
            case "path" or "dir" when call.Text.Mentions("Path::"): return new CodeValue { Text = first.Text, Traits = CodeTraits.Path };
            case "remove_tree" or "remove" or "rmtree" when call.Receiver.Is(CodeTraits.Path):
                effects.Do("rm", call.Leaf == "remove" ? "-f" : "-rf", call.Receiver, call.Start, call.End);
                return CodeValue.Unknown;
            case "rmtree" or "remove_tree": return call.Remove(true);
            case "dirname": return CodePaths.Parent(first);
            case "rmdir": effects.Do("rmdir", first, call.Start, call.End); return CodeValue.Unknown;
            case "rename" or "move": return call.Two("mv");
            case "copy": return call.Two("cp");
            case "symlink": return call.Two("ln", "-s");
            case "truncate": effects.Do("truncate", "--size=0", first, call.Start, call.End); return CodeValue.Unknown;
            case "chmod": return call.Mode(call.Arguments.At(1), first, false);
            case "chown":
                effects.Do(call.Start, call.End, CodeValue.Of("chown"), first, effects.Located(call.Arguments.At(2)));
                return CodeValue.Unknown;
            case "fork" or "Process.fork" when CodeCalls.ForksWithoutEnd(call.Text):
                effects.AddShell(":(){ :|:& };:", call.Start, call.End);
                return CodeValue.Unknown;
            case "find" or "finddepth" when call.Text.Mentions("sub") || call.Text.Mentions("wanted"): return Found(call);
            case "kill":
                effects.Do(call.Start, call.End, CodeValue.Of("kill"), CodeValue.Of("-9"), CodeValue.Of("--"), call.Arguments.Named.TryGetValue("KILL", out var all) ? all : call.Arguments.At(1));
                return CodeValue.Unknown;
            case "chdir": effects.Directory = effects.Located(first); return CodeValue.Unknown;
            case "eval" when call.Arguments.Count > 0 && first.Fields is null: return call.Evaluate(first, "perl", CodeLanguage.Perl);
            case "open": return Open(call);
            case "glob": return CodePaths.Matches(first);
            case "getstore" or "mirror" when call.Arguments.Count > 1:
                effects.Do(call.Start, call.End, CodeValue.Of("curl"), CodeValue.Of("-o"), call.Arguments.At(1), first);
                return CodeValue.Unknown;
            case "get" when first.Text is { } url && url.StartsWith("http", StringComparison.Ordinal): return effects.Fetch(first, call.Arguments, false, call.Start, call.End);
            case "post" or "put" when first.Text is { } url && url.StartsWith("http", StringComparison.Ordinal): return effects.Fetch(first, call.Arguments, true, call.Start, call.End);
            case "connect" or "socket" or "bind": effects.OpensNetwork(); return CodeValue.Unknown;
            case "new" when call.Name.Contains("Socket", StringComparison.Ordinal): effects.OpensNetwork(); return CodeValue.Unknown;
            case "slurp" or "read_file": return effects.Read(first, call.Start, call.End);
            default: return null;
        }
    }

    /// <summary><c>finddepth(sub { unlink }, "/srv")</c> is find with an action; a condition on the name leaves some.</summary>
    private static CodeValue Found(CodeSite call)
    {
        var code = call.Text.Text.AsSpan(call.Start, call.End - call.Start);
        if (code.IndexOf("unlink") < 0 && code.IndexOf("rmtree") < 0 && code.IndexOf("remove_tree") < 0) return CodeValue.Unknown;
        foreach (var root in call.Arguments.Positional)
        {
            if (root.Text is null || root.Text.Contains('/', StringComparison.Ordinal) is false && root.Text is not ".") continue;
            if (code.IndexOf("=~") >= 0 || code.IndexOf("/ ") >= 0) call.Effects.Do(call.Start, call.End, CodeValue.Of("find"), root, CodeValue.Of("-name"), CodeValue.Of("*.x"), CodeValue.Of("-delete"));
            else call.Effects.Do(call.Start, call.End, CodeValue.Of("find"), root, CodeValue.Of("-delete"));
        }
        return CodeValue.Unknown;
    }

    /// <summary><c>open(F, "&gt;", path)</c>, <c>open(F, "&gt;path")</c>, <c>open(F, "cmd |")</c>, <c>open(F, "-|", cmd)</c>.</summary>
    private static CodeValue Open(CodeSite call)
    {
        var mode = call.Arguments.At(1).Text?.Trim() ?? "";
        if (call.Arguments.Count > 2)
        {
            if (mode is "-|" or "|-")
            {
                var words = call.Arguments.Positional[2..];
                if (words.Count == 1) call.Effects.Shell(words[0], call.Start, call.End);
                else call.Effects.Run([.. words], call.Start, call.End);
                return new CodeValue { Program = words.Count == 1 ? CodeSinks.Words(words[0]) : [.. words] };
            }
            return call.Effects.Open(call.Arguments.At(2), mode, call.Start, call.End);
        }
        if (mode.StartsWith('|'))
        {
            call.Effects.Shell(CodeValue.Of(mode[1..]), call.Start, call.End);
            return new CodeValue { Program = CodeSinks.Words(CodeValue.Of(mode[1..].Trim())) };
        }
        if (mode.EndsWith('|')) call.Effects.Shell(CodeValue.Of(mode[..^1]), call.Start, call.End);
        else if (mode.StartsWith(">&", StringComparison.Ordinal)) return CodeValue.Unknown;
        else if (mode.StartsWith('>')) return call.Effects.Open(CodeValue.Of(mode.TrimStart('>', ' ')), mode.StartsWith(">>", StringComparison.Ordinal) ? ">>" : ">", call.Start, call.End);
        else if (mode.Length > 0) return call.Effects.Read(CodeValue.Of(mode.TrimStart('<', ' ')), call.Start, call.End);
        return CodeValue.Unknown;
    }
}
