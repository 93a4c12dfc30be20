namespace Septim.Hooks.Shell.Code;

/// <summary>Import statements: under which name a module or function is known in this code.</summary>
internal static class CodeImports
{
    /// <summary>Reads one import statement at <paramref name="at"/>, or nothing.</summary>
    public static bool Read(CodeLanguage language, List<CodeToken> tokens, ref int at, Dictionary<string, CodeValue> names) => language switch
    {
        CodeLanguage.Python => Python(tokens, ref at, names),
        CodeLanguage.JavaScript => JavaScript(tokens, ref at, names),
        _ => false,
    };

    private static bool Python(List<CodeToken> tokens, ref int at, Dictionary<string, CodeValue> names)
    {
        var token = tokens[at];
        if (token.IsName("import"))
        {
            at++;
            while (at < tokens.Count && tokens[at].Kind == CodeTokenKind.Name && !tokens[at].StartsLine)
            {
                var module = Dotted(tokens, ref at);
                if (Is(tokens, at, "as") && at + 1 < tokens.Count) { names[tokens[at + 1].Text] = Named(module); at += 2; }
                else if (module.IndexOf('.', StringComparison.Ordinal) is var dot && dot > 0) names[module[..dot]] = Named(module[..dot]);
                else names[module] = Named(module);
                if (at >= tokens.Count || !tokens[at].IsMark(",")) break;
                at++;
            }
            return true;
        }
        if (!token.IsName("from") || at + 2 >= tokens.Count || tokens[at + 1].Kind != CodeTokenKind.Name) return false;
        var start = at++;
        var from = Dotted(tokens, ref at);
        if (!Is(tokens, at, "import")) { at = start; return false; }
        at++;
        var opened = at < tokens.Count && tokens[at].IsMark("(");
        if (opened) at++;
        if (at < tokens.Count && tokens[at].IsMark("*")) { Star(from, names); at++; return true; }
        while (at < tokens.Count && tokens[at].Kind == CodeTokenKind.Name)
        {
            var name = tokens[at++].Text;
            var known = name;
            if (Is(tokens, at, "as") && at + 1 < tokens.Count) { known = tokens[at + 1].Text; at += 2; }
            names[known] = Named(from + "." + name);
            if (at >= tokens.Count || !tokens[at].IsMark(",")) break;
            at++;
        }
        if (opened && at < tokens.Count && tokens[at].IsMark(")")) at++;
        return true;
    }

    private static void Star(string module, Dictionary<string, CodeValue> names)
    {
        var all = module switch
        {
            "os" => "system popen remove unlink rmdir removedirs rename chmod chown environ execvp execv execl listdir walk dup2",
            "shutil" => "rmtree move copy copyfile copytree",
            "subprocess" => "run call Popen check_call check_output getoutput",
            "pathlib" => "Path",
            _ => "",
        };
        foreach (var range in all.AsSpan().Split(' ')) names[all[range]] = Named(module + "." + all[range]);
    }

    private static bool JavaScript(List<CodeToken> tokens, ref int at, Dictionary<string, CodeValue> names)
    {
        var start = at;
        var i = at;
        if (tokens[i].IsName("import"))
        {
            i++;
            if (i < tokens.Count && tokens[i].IsMark("(")) return false;
        }
        else if (tokens[i].Kind == CodeTokenKind.Name && tokens[i].Text is "const" or "let" or "var" && i + 1 < tokens.Count && tokens[i + 1].IsMark("{")) i++;
        else return false;
        var isImport = tokens[start].IsName("import");
        List<(string Name, string Known)>? found = null;
        var braces = 0;
        for (; i < tokens.Count && i < start + 64; i++)
        {
            var token = tokens[i];
            if (token.IsMark("{") && ++braces > 1) return false;
            if (token.IsText || token.IsName("from") || token.IsMark("=")) break;
            if (token.Kind != CodeTokenKind.Name) { if (token.Kind == CodeTokenKind.Mark && token.Text is "{" or "}" or "," or "*") continue; return false; }
            if (i + 2 < tokens.Count && (tokens[i + 1].IsName("as") || tokens[i + 1].IsMark(":"))) { (found ??= []).Add((token.Text, tokens[i + 2].Text)); i += 2; }
            else (found ??= []).Add((i > start && tokens[i - 1].IsMark("*") ? "*" : token.Text, token.Text));
            if (isImport && i == start + 1) found![^1] = ("*", token.Text);
            if (token.IsName("as")) found![^1] = ("*", tokens[Math.Min(i + 1, tokens.Count - 1)].Text);
        }
        while (i < tokens.Count && (tokens[i].IsName("from") || tokens[i].IsMark("=") || tokens[i].IsName("await") || tokens[i].IsName("require")
            || tokens[i].IsName("import") || tokens[i].IsMark("("))) i++;
        if (i >= tokens.Count || !tokens[i].IsText) return false;
        var module = tokens[i].Text.StartsWith("node:", StringComparison.Ordinal) ? tokens[i].Text[5..] : tokens[i].Text;
        foreach (var (name, known) in found ?? []) names[known] = name == "*" ? new CodeValue { Name = module, Traits = CodeTraits.Module } : Named(module + "." + name);
        at = i + 1;
        if (at < tokens.Count && tokens[at].IsMark(")")) at++;
        return true;
    }

    private static string Dotted(List<CodeToken> tokens, ref int at)
    {
        var name = tokens[at++].Text;
        while (at + 1 < tokens.Count && tokens[at].IsMark(".") && tokens[at + 1].Kind == CodeTokenKind.Name)
        {
            // Why: no name that a table knows is this long, and a chain must not cost its square.
            if (name.Length < 200) name += "." + tokens[at + 1].Text;
            at += 2;
        }
        return name;
    }

    private static bool Is(List<CodeToken> tokens, int at, string name) => at < tokens.Count && tokens[at].IsName(name);

    private static CodeValue Named(string name) => new() { Name = name };
}
