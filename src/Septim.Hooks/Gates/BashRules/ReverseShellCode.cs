using System.Buffers;
using Septim.Hooks.Shell;
using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// Code of another language that connects a shell with a socket. Its names and calls tell, not its comments and texts: a socket that
/// looks for a free port, a program that is started beside it, or a list of words to search for give nobody a shell.
/// </summary>
internal static class ReverseShellCode
{
    /// <summary>Code in a text of the code, <c>exec("…")</c>, is read this deep.</summary>
    private const int MostLevels = 3;

    /// <summary>Tokens that are looked back at for the call around a text.</summary>
    private const int MostBack = 60;

    public static bool IsIn(CodeLanguage language, Word code, int level = 0)
    {
        // Why: most code speaks of no socket and no shell, and needs no tokens.
        var plain = code.Shown.AsSpan();
        if (!Signs.Connects(plain) || !Signs.Spawns(plain)) return false;
        if (language is CodeLanguage.Awk) return plain.Contains("/inet/tcp", StringComparison.Ordinal);
        // Why: Tcl has words where others have calls.
        if (plain.Contains("[socket ", StringComparison.Ordinal) && plain.Contains("exec ", StringComparison.Ordinal)) return true;
        if (language is CodeLanguage.PowerShell) return Signs.ConnectsWindows(plain);
        var work = new CodeWork();
        var text = new CodeText(code, work);
        var tokens = new CodeLexer(text, CodeDialect.Of(language)).Read(0, text.Text.Length);
        if (work.IsCut) return true;
        var connects = false;
        var spawns = false;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Kind == CodeTokenKind.Name)
            {
                connects |= IsSocket(tokens, i);
                spawns |= token.Text is "dup2" or "fdopen" || (token.Text == "spawn" && i > 1 && tokens[i - 2].IsName("pty") && !RunsProgram(tokens, i)) || RunsReceived(tokens, i) || (token.Text == "SHELL" && IsStarted(tokens, i));
            }
            else if (token.IsText || token.Kind == CodeTokenKind.Command)
            {
                connects |= token.Text is "socket" && i > 1 && tokens[i - 2].Text is "__import__" or "import_module";
                spawns |= IsShell(tokens, i);
                if (level < MostLevels && IsCode(tokens, i) && IsIn(language, text.ToWord(token.Text), level + 1)) return true;
            }
        }
        return connects && spawns;
    }

    private static bool IsSocket(List<CodeToken> tokens, int i) => tokens[i].Text switch
    {
        "fsockopen" or "pfsockopen" or "createConnection" or "create_connection" => true,
        // Why: connect() is any client's word; node's module net is the one that speaks to a bare port.
        "connect" => i > 1 && (tokens[i - 2].Text is "net" or "Deno" or "Bun" || (i > 2 && tokens[i - 2].IsMark(")") && tokens[i - 3].Text is "net" or "node:net" or "tls" or "node:tls")),
        "Dial" or "DialTimeout" => i > 1 && tokens[i - 2].Text is "net" or "tls",
        "TcpStream" => true,
        var name => name.Contains("socket", StringComparison.OrdinalIgnoreCase) || name.Equals("TcpClient", StringComparison.OrdinalIgnoreCase),
    };

    /// <summary><c>pty.spawn(['./app'])</c>: what is named is no shell.</summary>
    private static bool RunsProgram(List<CodeToken> tokens, int call)
    {
        var first = call + 2;
        if (first < tokens.Count && tokens[first].IsMark("[")) first++;
        return first < tokens.Count && tokens[first].IsText && !IsShellText(tokens[first].Text);
    }

    /// <summary><c>Popen(s.recv(1024), shell=True)</c>: what the other side says is run.</summary>
    private static bool RunsReceived(List<CodeToken> tokens, int call)
    {
        if (!(call > 1 && tokens[call].Text == "new" && tokens[call - 2].IsName("Process") || tokens[call].Text is "popen" or "Popen" or "system" or "getoutput" or "check_output" or "iex")) return false;
        var first = call + 1;
        while (first < tokens.Count && tokens[first].Kind == CodeTokenKind.Mark && tokens[first].Text is "(" or "[") first++;
        if (first >= tokens.Count || (tokens[first].IsText && !IsShellText(tokens[first].Text))) return false;
        foreach (var token in tokens)
        {
            if (token.Kind == CodeTokenKind.Name && token.Text is "recv" or "recvfrom" or "recv_into" or "receive" or "makefile" or "gets" or "readline" or "readLines" or "sysread") return true;
        }
        return false;
    }

    /// <summary>The text is a shell that a call starts, and that is given no command of this code: <c>["/bin/sh", "-i"]</c>, <c>exec("sh -i &lt;&amp;3")</c>.</summary>
    private static bool IsShell(List<CodeToken> tokens, int i)
    {
        if (!IsShellText(tokens[i].Text) || !(tokens[i].Kind == CodeTokenKind.Command || IsStarted(tokens, i))) return false;
        // Why: with -c or a script behind it, it runs what stands here.
        if (tokens[i].Text.Contains(' ', StringComparison.Ordinal)) return true;
        for (var next = i + 1; next < tokens.Count && next < i + 4; next++)
        {
            if (!tokens[next].IsText) { if (tokens[next].IsMark(",") || tokens[next].IsMark("[") || tokens[next].IsMark("{")) continue; return true; }
            if (tokens[next].Text is not ("-c" or "-lc" or "-ic" or "/c" or "/C")) return tokens[next].Text.StartsWith('-');
            return next + 2 < tokens.Count && tokens[next + 2] is var command && (!command.IsText || command.Text.Contains("/dev/tcp/", StringComparison.Ordinal));
        }
        return true;
    }

    private static bool IsShellText(string text)
    {
        if (text is "sh" or "bash" or "zsh" or "/bin/sh" or "/bin/bash" or "/usr/bin/bash" or "/bin/zsh" or "powershell" or "cmd") return true;
        return text.Contains("sh -i", StringComparison.Ordinal) || text.Contains("/dev/tcp/", StringComparison.Ordinal)
            || text.Contains("cmd.exe", StringComparison.OrdinalIgnoreCase) || text.Contains("powershell.exe", StringComparison.OrdinalIgnoreCase)
            || (text.StartsWith("/bin/", StringComparison.Ordinal) && text.AsSpan(5).ContainsAny("<>&"));
    }

    /// <summary>A call around it starts programs, or it becomes a variable's value, which a call may be given.</summary>
    private static bool IsStarted(List<CodeToken> tokens, int i)
    {
        if (i > 0 && tokens[i - 1].Text is "=" or ":=") return true;
        var closed = 0;
        for (var back = i - 1; back >= 0 && back > i - MostBack; back--)
        {
            var token = tokens[back];
            if (token.Kind == CodeTokenKind.Mark && token.Text is ")" or "]" or "}") closed++;
            else if (token.Kind == CodeTokenKind.Mark && token.Text is "(" or "[" or "{")
            {
                if (closed > 0) closed--;
            }
            else if (closed == 0 && token.IsMark(";")) return false;
            else if (closed == 0 && token.Kind == CodeTokenKind.Name && Starts(token.Text)) return true;
            if (closed == 0 && token.StartsLine && !(back > 0 && tokens[back - 1].Kind == CodeTokenKind.Mark && tokens[back - 1].Text is "," or "(" or "[" or "{")) return false;
        }
        return false;
    }

    private static bool Starts(string name) =>
        name is "system" or "call" or "run" or "check_output" or "check_call" or "getoutput" or "passthru" or "start" or "Start" or "Command" or "sprintf" or "execute" or "capture2" or "capture2e" or "capture3" or "proc_open" or "shell_exec"
        || name.Contains("exec", StringComparison.OrdinalIgnoreCase) || name.Contains("spawn", StringComparison.OrdinalIgnoreCase) || name.Contains("popen", StringComparison.OrdinalIgnoreCase);

    private static bool IsCode(List<CodeToken> tokens, int i)
    {
        var name = i > 0 && tokens[i - 1].IsMark("(") ? i - 2 : i - 1;
        return name >= 0 && tokens[name].Text is "exec" or "eval" or "compile" or "Function" or "instance_eval" or "class_eval" or "load" or "loadstring" or "runInNewContext" or "runInThisContext";
    }

    /// <summary>Words without which there is neither socket nor shell, each set looked for in one pass; in a class of their own, since to make them costs more than most commands.</summary>
    private static class Signs
    {
        private static readonly SearchValues<string> s_connecting = SearchValues.Create(["fsockopen", "net", "tls", "Deno.connect", "Bun.connect", "createConnection", "create_connection", "/inet/tcp"], StringComparison.Ordinal);
        private static readonly SearchValues<string> s_connectingAnyCase = SearchValues.Create(["socket", "TcpClient", "TcpStream"], StringComparison.OrdinalIgnoreCase);
        private static readonly SearchValues<string> s_spawning = SearchValues.Create(["/bin/sh", "/bin/bash", "/bin/zsh", "dup2", "pty", "\"sh\"", "'sh'", "\"bash\"", "'bash'", "sh -i", "fdopen", "SHELL", "exec ", "Process.new", "/dev/tcp/", "|&"], StringComparison.Ordinal);
        private static readonly SearchValues<string> s_spawningAnyCase = SearchValues.Create(["popen", "cmd.exe", "powershell", "iex", "invoke-expression", "system", "check_output", "getoutput"], StringComparison.OrdinalIgnoreCase);

        private static readonly SearchValues<string> s_runningWindows = SearchValues.Create(["iex", "invoke-expression", "cmd.exe", "powershell", "diagnostics.process", "/bin/sh", "/bin/bash"], StringComparison.OrdinalIgnoreCase);

        public static bool ConnectsWindows(ReadOnlySpan<char> code) => code.ContainsAny(s_connectingAnyCase) && code.ContainsAny(s_runningWindows);

        public static bool Connects(ReadOnlySpan<char> code) => code.ContainsAny(s_connecting) || code.ContainsAny(s_connectingAnyCase);

        public static bool Spawns(ReadOnlySpan<char> code) => code.ContainsAny(s_spawning) || code.ContainsAny(s_spawningAnyCase);
    }
}
