using System.Buffers;
using System.Text;
using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>
/// A line for cmd.exe: commands between <c>&amp; &amp;&amp; || |</c>, quotes, carets, <c>%NAME%</c>. Its own commands keep their names
/// (<c>rd</c>, <c>del</c>); those that a Unix tool matches are said in its words.
/// </summary>
internal sealed partial class CmdReader
{
    /// <summary>UTF-16 units. Source: the limit of long paths on Windows.</summary>
    private const int LongestPath = 32_767;

    /// <summary>UTF-16 units of the longest word of the language, <c>errorlevel</c>.</summary>
    private const int LongestWord = 10;

    private readonly CodeText _text;
    private readonly CodeEffects _effects;
    private readonly PowerShellWriter _writer;
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The commands before a pipe.</summary>
    private string? _fed;

    /// <summary>Where the command's output goes, with its operator.</summary>
    private string? _target;

    private CmdReader(CodeText text, CodeEffects effects) => (_text, _effects, _writer) = (text, effects, new PowerShellWriter(text, effects));

    public static void Read(CodeText text, CodeEffects effects) => new CmdReader(text, effects).Read();

    private void Read()
    {
        var source = _text.Text;
        var words = new List<string>();
        var word = new StringBuilder();
        var inWord = false;
        var quoted = false;
        var opened = false;
        var start = 0;
        for (var i = 0; i <= source.Length && !_text.Work.IsCut; i++)
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
            if (c == '%' && Variable(ref i, word)) { inWord = true; continue; }
            if (c is '^' or '%' || (c == '@' && (inWord || words.Count > 0)) || (c is ';' or ',' or '=' or '(' && inWord) || (c == ')' && inWord && opened))
            {
                word.Append(c);
                inWord = true;
                opened |= c == '(';
                continue;
            }
            opened = false;
            if (inWord)
            {
                // Why: 2>nul is about another stream.
                if (c == '>' && word.Length == 1 && char.IsAsciiDigit(word[0]))
                {
                    var isOutput = word[0] == '1';
                    word.Clear();
                    inWord = false;
                    i = Redirect(i, isOutput);
                    continue;
                }
                if (!_text.Work.Token()) return;
                words.Add(word.ToString());
            }
            if (word.Length > 0) word.Clear();
            inWord = false;
            if (c == '>') { i = Redirect(i, isOutput: true); continue; }
            if (c is not ('&' or '|' or '\n' or '(' or ')')) continue;
            if (words.Count == 0) { start = i + 1; continue; }
            if (c is '(' or ')' && Is(words, 0, "for")) continue;
            var isPipe = c == '|' && !(i + 1 < source.Length && source[i + 1] == '|');
            Run(words, start, i, isPipe);
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

    private bool Variable(ref int at, StringBuilder word)
    {
        var close = _text.Text.IndexOf('%', at + 1);
        if (close < 0 || close == at + 1 || close - at > 60) return false;
        var name = _text.Text[(at + 1)..close];
        if (name.AsSpan().IndexOfAny(" \n\"&|") >= 0 || !_text.Work.Token()) return false;
        at = close;
        word.Append(name.ToUpperInvariant() switch
        {
            "USERPROFILE" or "HOMEPATH" => _writer.Home(),
            "APPDATA" => _writer.Home() + "/AppData/Roaming",
            "LOCALAPPDATA" => _writer.Home() + "/AppData/Local",
            "PROGRAMDATA" or "ALLUSERSPROFILE" => "C:\\ProgramData",
            "PUBLIC" => "C:\\Users\\Public",
            "COMSPEC" => "cmd",
            "SYSTEMDRIVE" or "HOMEDRIVE" => "C:",
            "WINDIR" or "SYSTEMROOT" => "C:\\Windows",
            "PROGRAMFILES" => "C:\\Program Files",
            "TEMP" or "TMP" => "/tmp",
            "CD" => ".",
            _ => _writer.Embed(new CodeValue { Name = "env:" + name }),
        });
        return true;
    }

    private int Redirect(int at, bool isOutput)
    {
        var source = _text.Text;
        var appends = at + 1 < source.Length && source[at + 1] == '>';
        var i = at + (appends ? 2 : 1);
        if (i < source.Length && source[i] == '&') return i + 1;
        while (i < source.Length && source[i] is ' ' or '"') i++;
        var stop = i;
        while (stop < source.Length && source[stop] is not (' ' or '"' or '&' or '|' or '\n' or ')')) stop++;
        var file = Expanded(i, stop);
        if (file.Length > 0 && isOutput) _target = (appends ? " >> " : " > ") + (file.Equals("nul", StringComparison.OrdinalIgnoreCase) ? "/dev/null" : _writer.Word(_effects.Located(CodeValue.Of(Noted(Slashes(file))))));
        return Math.Max(at, stop - 1);
    }

    private string Expanded(int from, int to)
    {
        var source = _text.Text;
        if (!source.AsSpan(from, to - from).Contains('%')) return source[from..to];
        var made = new StringBuilder();
        for (var i = from; i < to; i++)
        {
            if (source[i] != '%' || !Variable(ref i, made)) made.Append(source[i]);
        }
        return made.ToString();
    }

    private string Noted(string file)
    {
        if (file.Length < 256 && !file.Contains('/', StringComparison.Ordinal)) _written.Add(file);
        return file;
    }

    private static string Slashes(string path) => path.Contains('\\', StringComparison.Ordinal) && !(path.Length > 1 && path[1] == ':') && !path.StartsWith('\\') ? path.Replace('\\', '/') : path;
}
