using System.Buffers;
using System.Text;
using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>
/// A line for cmd.exe: commands between <c>&amp; &amp;&amp; || |</c>, quotes, carets, <c>%NAME%</c>. Its own commands keep their names
/// (<c>rd</c>, <c>del</c>); those that a Unix tool matches are said in its words.
/// </summary>
internal static class CmdReader
{
    /// <summary>UTF-16 units. Source: the limit of long paths on Windows.</summary>
    private const int LongestPath = 32_767;

    /// <summary>UTF-16 units of the longest word of the language, <c>errorlevel</c>.</summary>
    private const int LongestWord = 10;

    public static void Read(CodeText text, CodeEffects effects)
    {
        var source = text.Text;
        var words = new List<string>();
        var word = new StringBuilder();
        var inWord = false;
        var quoted = false;
        var opened = false;
        var start = 0;
        for (var i = 0; i <= source.Length && !text.Work.IsCut; i++)
        {
            var c = i < source.Length ? source[i] : '\n';
            if (i < source.Length && !(quoted ? c is '"' or '%' : IsMark(c)))
            {
                var end = source.AsSpan(i).IndexOfAny(quoted ? s_marksInQuotes : s_marks);
                var length = end < 0 ? source.Length - i : end;
                word.Append(source, i, length);
                inWord = true;
                i += length - 1;
                continue;
            }
            // Why: a file may be nothing but line ends.
            if (c == '\n' && words.Count == 0 && !inWord)
            {
                start = i + 1;
                opened = false;
                continue;
            }
            if (c == '"') { quoted = !quoted; inWord = true; continue; }
            if (c == '^' && i + 1 < source.Length) { if (source[i + 1] != '\n') word.Append(source[i + 1]); inWord = true; i++; continue; }
            if (c == '%' && Variable(text, ref i, word)) { inWord = true; continue; }
            if (c is '^' or '%' || (c == '@' && inWord) || (c is ';' or ',' or '=' or '(' && inWord) || (c == ')' && inWord && opened))
            {
                word.Append(c);
                inWord = true;
                opened |= c == '(';
                continue;
            }
            opened = false;
            if (inWord)
            {
                if (!text.Work.Token()) return;
                words.Add(word.ToString());
            }
            if (word.Length > 0) word.Clear();
            inWord = false;
            if (c == '>') { i = Redirect(text, i, effects); continue; }
            if (c is not ('&' or '|' or '\n' or '(' or ')')) continue;
            if (words.Count == 0) { start = i + 1; continue; }
            if (c is '(' or ')' && Is(words, 0, "for")) continue;
            Run(text, effects, words, start, i);
            words.Clear();
            start = i + 1;
        }
    }

    private static readonly SearchValues<char> s_marks = SearchValues.Create(" \t\n\r&|()@><;,=\"^%");

    private static readonly SearchValues<char> s_marksInQuotes = SearchValues.Create("\"%");

    private static bool IsMark(char c) => c is ' ' or '\t' or '\n' or '\r' or '&' or '|' or '(' or ')' or '@' or '>' or '<' or ';' or ',' or '=' or '"' or '^' or '%';

    /// <summary>The word there is one of these, in any case.</summary>
    private static bool Is(List<string> words, int at, params ReadOnlySpan<string> names)
    {
        if (at >= words.Count || words[at] is not { Length: <= LongestWord } word) return false;
        foreach (var name in names)
        {
            // Why the length first: a file of lines asks this a dozen times for each.
            if (name.Length == word.Length && name.Equals(word, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    private static bool Variable(CodeText text, ref int at, StringBuilder word)
    {
        var close = text.Text.IndexOf('%', at + 1);
        if (close < 0 || close == at + 1 || close - at > 60) return false;
        var name = text.Text[(at + 1)..close];
        if (name.AsSpan().IndexOfAny(" \n\"&|") >= 0 || !text.Work.Token()) return false;
        at = close;
        word.Append(name.ToUpperInvariant() switch
        {
            "USERPROFILE" or "HOMEPATH" => text.Home(),
            "SYSTEMDRIVE" or "HOMEDRIVE" => "C:",
            "WINDIR" or "SYSTEMROOT" => "C:\\Windows",
            "PROGRAMFILES" => "C:\\Program Files",
            "TEMP" or "TMP" => "/tmp",
            "CD" => ".",
            _ => text.Unknown(name),
        });
        return true;
    }

    private static int Redirect(CodeText text, int at, CodeEffects effects)
    {
        var appends = at + 1 < text.Text.Length && text.Text[at + 1] == '>';
        var i = at + (appends ? 2 : 1);
        if (i < text.Text.Length && text.Text[i] == '&') return i + 1;
        while (i < text.Text.Length && text.Text[i] is ' ' or '"') i++;
        var stop = i;
        while (stop < text.Text.Length && text.Text[stop] is not (' ' or '"' or '&' or '|' or '\n')) stop++;
        var file = text.Text[i..stop];
        if (file.Length > 0 && !file.Equals("nul", StringComparison.OrdinalIgnoreCase)) effects.Write(CodeValue.Of(file.Replace('\\', '/')), appends, at, stop);
        return Math.Max(at, stop - 1);
    }

    private static void Run(CodeText text, CodeEffects effects, List<string> words, int start, int end)
    {
        var first = 0;
        // for %i in (…) do cmd, if exist x cmd, call cmd, start "" cmd
        while (Is(words, first, "call", "do", "else")) first++;
        if (Is(words, first, "for")) { Loop(text, effects, words, first, start, end); return; }
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
        if (first >= words.Count || words[first] is not { Length: > 0 } given) return;
        // Why not any length: no program has such a name, and a mebibyte is slow to lower.
        var name = given.Length > LongestPath ? given : given.ToLowerInvariant();
        var rest = words[(first + 1)..];
        switch (name)
        {
            case "cd" or "chdir" or "pushd":
                foreach (var word in rest)
                {
                    if (!word.StartsWith('/')) effects.Directory = effects.Located(CodeValue.Of(Slashes(word)));
                }
                return;
            case "type" or "more":
                foreach (var word in rest)
                {
                    if (!word.StartsWith('/')) effects.Read(CodeValue.Of(Slashes(word)), start, end);
                }
                return;
            case "copy" or "xcopy" or "move" or "ren" or "rename":
                var operands = new List<CodeValue> { CodeValue.Of(name is "copy" or "xcopy" ? "cp" : "mv") };
                foreach (var word in rest)
                {
                    if (!(word.StartsWith('/') && word.Length <= 3)) operands.Add(effects.Located(CodeValue.Of(Slashes(word))));
                }
                effects.Do(start, end, [.. operands]);
                return;
            case "set" when rest.Count == 0: effects.Do(start, end, CodeValue.Of("env")); return;
            case "echo" or "rem" or "set" or "title" or "cls" or "pause" or "dir" or "ver" or "exit": return;
            case "cmd" or "cmd.exe":
                var line = new StringBuilder();
                var opened = false;
                foreach (var word in rest)
                {
                    if (!opened && word.StartsWith('/')) { opened = word is "/c" or "/k" or "/C" or "/K"; continue; }
                    line.Append(line.Length > 0 ? " " : "").Append(word);
                }
                if (effects.Level < CodeScanner.MostLevels) CodeScanner.Scan(CodeLanguage.Cmd, text.ToWord(line.ToString()), effects.Calls, text.Work, effects.Level + 1);
                return;
            default:
                var all = new List<CodeValue> { CodeValue.Of(name) };
                foreach (var word in rest) all.Add(name is "rd" or "rmdir" or "del" or "erase" && !word.StartsWith('/') ? effects.Located(CodeValue.Of(Slashes(word))) : CodeValue.Of(word));
                effects.Run([.. all], start, end);
                return;
        }
    }

    /// <summary><c>for %i in (a b) do cmd %i</c>: the command once for each.</summary>
    private static void Loop(CodeText text, CodeEffects effects, List<string> words, int first, int start, int end)
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
                if (!text.Work.Token() || !text.Work.Fold((long)words[w].Length * (words[i].Length + 1))) return;
                each.Add(words[w].Replace(variable, words[i], StringComparison.OrdinalIgnoreCase));
            }
            Run(text, effects, each, start, end);
        }
    }

    private static string Slashes(string path) => path.Contains('\\', StringComparison.Ordinal) && !(path.Length > 1 && path[1] == ':') && !path.StartsWith('\\') ? path.Replace('\\', '/') : path;
}
