using System.Text;
using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>The commands of cmd.exe itself, and programs.</summary>
internal sealed partial class CmdReader
{
    private void Run(List<string> words, int start, int end, bool isPipe = false)
    {
        var first = 0;
        // for %i in (…) do cmd, if exist x cmd, call cmd, start "" cmd
        while (Is(words, first, "call", "do", "else")) first++;
        if (Is(words, first, "for")) { Loop(words, first, start, end); return; }
        if (Is(words, first, "if"))
        {
            first++;
            while (Is(words, first, "not", "/i")) first++;
            first += Is(words, first, "exist", "defined", "errorlevel") ? 2 : 1;
        }
        if (Is(words, first, "start"))
        {
            first++;
            while (first < words.Count && (words[first].Length == 0 || words[first].StartsWith('/'))) first++;
        }
        var line = first < words.Count && words[first] is { Length: > 0 } given ? Line(given, words[(first + 1)..], start, end) : null;
        var (fed, target) = (_fed, _target);
        (_fed, _target) = (null, null);
        if (line is null && target is null) return;
        line = (line ?? ":") + target;
        if (fed is not null) line = _writer.Pipe(new CodeValue { Shell = fed }, line);
        if (isPipe) _fed = line;
        else _writer.Show(line, start, end);
    }

    /// <summary>The command in the shell's words; null when it does nothing that is seen.</summary>
    private string? Line(string given, List<string> rest, int start, int end)
    {
        // Why not any length: no program has such a name, and a mebibyte is slow to lower.
        var name = given.Length > LongestPath ? given : given.ToLowerInvariant();
        switch (name)
        {
            case "cd" or "chdir" or "pushd":
                foreach (var word in rest)
                {
                    if (!IsSwitch(word)) _effects.Directory = _effects.Located(CodeValue.Of(Slashes(word)));
                }
                return null;
            case "type" or "more": return rest.Count == 0 ? "cat" : Files("cat", rest);
            case "clip" or "clip.exe": return "xclip";
            case "findstr" or "find":
                return _writer.Line([.. Search(rest.ConvertAll(CodeValue.Of), path => _effects.Located(CodeValue.Of(Slashes(path.Text!))))]);
            case "copy" or "xcopy" or "move" or "ren" or "rename":
                if (rest.Count > 1 && rest[0].Equals("nul", StringComparison.OrdinalIgnoreCase)) return ": > " + _writer.Word(_effects.Located(CodeValue.Of(Slashes(rest[1]))));
                return Files(name is "copy" or "xcopy" ? "cp" : "mv", rest);
            case "set" when rest.Count == 0: return "env";
            case "set":
                var equals = rest[0].IndexOf('=', StringComparison.Ordinal);
                return equals > 0 && IsVariable(rest[0].AsSpan(0, equals)) ? "export " + rest[0][..equals] + "=" + _writer.Word(CodeValue.Of(string.Join(' ', rest)[(equals + 1)..])) : null;
            case "echo":
                var said = CodeValue.Of(string.Join(' ', rest));
                return _target is not null || _writer.IsTelling(said.Text!) || IsFollowed(end) ? "echo " + _writer.Word(said) : null;
            case "rem" or "title" or "cls" or "pause" or "dir" or "ver" or "exit" or "echo.": return _target is null ? null : "true";
            case "cmd" or "cmd.exe":
                var line = new StringBuilder();
                var opened = false;
                foreach (var word in rest)
                {
                    if (!opened && word.StartsWith('/')) { opened = word is "/c" or "/k" or "/C" or "/K"; continue; }
                    line.Append(line.Length > 0 ? " " : "").Append(word);
                }
                if (_effects.Level < CodeScanner.MostLevels) CodeScanner.Scan(CodeLanguage.Cmd, _text.ToWord(line.ToString()), _effects.Calls, _text.Work, _effects.Level + 1);
                return null;
            case "rd" or "rmdir" or "del" or "erase":
                if (name[0] is not 'r' && Found(rest) is { } found) return found;
                var removal = new List<CodeValue> { CodeValue.Of(name) };
                foreach (var word in rest) removal.Add(IsSwitch(word) ? CodeValue.Of(word) : Pattern(_effects.Located(CodeValue.Of(Slashes(word)))));
                return _writer.Line([.. removal]);
            default:
                // Why: a script's bare name is looked for here first.
                if (_written.Contains(name) || (name.AsSpan().IndexOfAny('/', '\\') < 0 && (name.EndsWith(".bat", StringComparison.Ordinal) || name.EndsWith(".cmd", StringComparison.Ordinal)))) name = "./" + name;
                var all = new List<CodeValue> { CodeValue.Of(name.StartsWith('.') ? name.Replace('\\', '/') : name) };
                foreach (var word in rest)
                {
                    all.Add(PowerShellPaths.Native(CodeValue.Of(word)));
                    if (IsScript(word)) Noted(word);
                }
                return _writer.Line([.. all]);
        }
    }

    /// <summary><c>findstr</c> in the words of <c>grep</c>.</summary>
    /// <param name="arguments">Its own.</param>
    /// <param name="path">Makes a path of an operand.</param>
    public static List<CodeValue> Search(List<CodeValue> arguments, Func<CodeValue, CodeValue> path)
    {
        var search = new List<CodeValue> { CodeValue.Of("grep") };
        var hasPattern = false;
        foreach (var argument in arguments)
        {
            var word = argument.Text ?? "";
            if (word.StartsWith("/c:", StringComparison.OrdinalIgnoreCase) && word.Length > 3)
            {
                search.AddRange([CodeValue.Of("-e"), CodeValue.Of(word[3..])]);
                hasPattern = true;
            }
            else if (IsSwitch(word))
            {
                if (word.Equals("/c", StringComparison.OrdinalIgnoreCase) || word.Equals("/m", StringComparison.OrdinalIgnoreCase)) search.Insert(1, CodeValue.Of("-c"));
            }
            else if (argument.Text is null || hasPattern) search.Add(argument.Text is null ? argument : path(argument));
            else
            {
                search.Add(argument);
                hasPattern = true;
            }
        }
        return search;
    }

    /// <summary><c>/s</c>, <c>/a:h</c>; <c>/tmp</c> is a path.</summary>
    private static bool IsSwitch(string word) => word.Length is > 1 and < 6 && word[0] == '/' && (word.Length < 4 || word[2] is ':' or '-') && word.AsSpan(1).IndexOfAny('/', '\\') < 0;

    /// <summary><c>del /s *.cs</c>: the files of that name here and below; null for all other removals.</summary>
    private string? Found(List<string> rest)
    {
        var isTree = false;
        string? path = null;
        foreach (var word in rest)
        {
            if (IsSwitch(word)) isTree |= word.Equals("/s", StringComparison.OrdinalIgnoreCase);
            else if (path is not null) return null;
            else path = word;
        }
        if (!isTree || path is null || PowerShellPaths.Split(Slashes(path)) is not var (folder, leaf) || leaf is "*" or "*.*") return null;
        return _writer.Found(new PowerShellListing(_effects.Located(CodeValue.Of(folder)), [CodeValue.Of(leaf)], true, false), " -exec rm -f {} +");
    }

    private static CodeValue Pattern(CodeValue path) =>
        path.Text is { } text && text.AsSpan().IndexOfAny('*', '?') >= 0 ? new CodeValue { Text = text, Traits = path.Traits | CodeTraits.Glob } : path;

    private string Files(string program, List<string> rest)
    {
        var words = new List<CodeValue> { CodeValue.Of(program) };
        foreach (var word in rest)
        {
            if (!IsSwitch(word)) words.Add(Pattern(_effects.Located(CodeValue.Of(Slashes(word)))));
        }
        return _writer.Line([.. words]);
    }

    /// <summary>What a download or a copy leaves under a name that can be run.</summary>
    private static bool IsScript(string word)
    {
        if (word.Length is < 5 or > 255) return false;
        var end = word.AsSpan(word.Length - 4);
        return end.Equals(".bat", StringComparison.OrdinalIgnoreCase) || end.Equals(".cmd", StringComparison.OrdinalIgnoreCase) || end.Equals(".exe", StringComparison.OrdinalIgnoreCase) || end.Equals(".com", StringComparison.OrdinalIgnoreCase);
    }

    private bool IsFollowed(int end) => end < _text.Text.Length && _text.Text[end] == '|' && !(end + 1 < _text.Text.Length && _text.Text[end + 1] == '|');

    private static bool IsVariable(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_') return false;
        }
        return !char.IsAsciiDigit(name[0]);
    }

    /// <summary><c>for %i in (a b) do cmd %i</c>: the command once for each.</summary>
    private void Loop(List<string> words, int first, int start, int end)
    {
        var set = words.FindIndex(first, static word => word.Equals("in", StringComparison.OrdinalIgnoreCase));
        var body = words.FindIndex(first, static word => word.Equals("do", StringComparison.OrdinalIgnoreCase));
        if (set < 1 || body < set || words[set - 1] is not { Length: > 1 } variable) return;
        for (var i = set + 1; i < body && i < set + 17; i++)
        {
            var each = new List<string>();
            for (var w = body + 1; w < words.Count; w++)
            {
                // Why: a loop in a loop in a loop multiplies.
                if (!_text.Work.Token() || !_text.Work.Fold((long)words[w].Length * (words[i].Length + 1))) return;
                each.Add(words[w].Replace(variable, words[i], StringComparison.OrdinalIgnoreCase));
            }
            Run(each, start, end);
        }
    }
}
