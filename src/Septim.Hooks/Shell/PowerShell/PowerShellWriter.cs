using System.Text;
using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>
/// Says what PowerShell does in the words of the shell: pipelines stay pipelines, so that whoever follows bytes there follows
/// these too. A value that a command puts out is that command's text.
/// </summary>
internal sealed class PowerShellWriter(CodeText text, CodeEffects effects)
{
    /// <summary>UTF-16 units. Source: none; a pipeline of twenty commands is shorter.</summary>
    private const int LongestPipeline = 4_000;

    /// <summary>Outputs that are looked at in one text.</summary>
    private const int MostOutputs = 16;

    private readonly Dictionary<char, string> _outputs = [];
    private readonly HashSet<char> _environment = [];
    private readonly HashSet<char> _homes = [];

    public CodeText Text => text;

    public CodeEffects Effects => effects;

    /// <summary>The value as a text in <see cref="CodeText"/>'s notation; a command's output becomes one mark in it.</summary>
    public string Embed(CodeValue value)
    {
        if (value.Text is { } known) return known;
        if (value.Items is { Length: > 0 } items)
        {
            var all = new StringBuilder();
            foreach (var item in items)
            {
                var part = item.Items is null ? Embed(item) : text.Unknown("value");
                if (!text.Work.Fold(part.Length + 1)) return text.Unknown("value");
                all.Append(all.Length > 0 ? " " : "").Append(part);
            }
            return all.ToString();
        }
        if (value.Name is { } name && name.StartsWith("env:", StringComparison.OrdinalIgnoreCase))
        {
            var variable = text.Unknown(name[4..]);
            _environment.Add(variable[0]);
            return variable;
        }
        if (Source(value) is { } command)
        {
            var mark = text.Unknown("value");
            _outputs.TryAdd(mark[0], command);
            return mark;
        }
        return text.Unknown(value.Name is { Length: > 0 } given ? given.TrimStart('$') : "value");
    }

    /// <summary>The home directory, which the shell's evaluator knows.</summary>
    public string Home()
    {
        var home = text.Home();
        _homes.Add(home[0]);
        return home;
    }

    /// <summary>Some of the text is what a command puts out.</summary>
    public bool HoldsOutput(string known) => Holds(known, ofEnvironment: false);

    /// <summary>Some of the text is what a command puts out, or a variable of the environment.</summary>
    public bool IsTelling(string known) => Holds(known, ofEnvironment: true);

    /// <summary>A variable of the environment is in the text.</summary>
    public bool NamesEnvironment(string known)
    {
        foreach (var c in known)
        {
            if (_environment.Contains(c)) return true;
        }
        return false;
    }

    /// <summary>The commands whose outputs are in the text, a few of them.</summary>
    public List<string> Outputs(string known)
    {
        var all = new List<string>();
        foreach (var c in known)
        {
            if (all.Count < MostOutputs && CodeText.IsMark(c) && _outputs.TryGetValue(c, out var command) && !all.Contains(command)) all.Add(command);
        }
        return all;
    }

    private bool Holds(string known, bool ofEnvironment)
    {
        if (_outputs.Count + _environment.Count == 0 || !CodeText.HasMark(known)) return false;
        foreach (var c in known)
        {
            if (CodeText.IsMark(c) && (_outputs.ContainsKey(c) || (ofEnvironment && _environment.Contains(c)))) return true;
        }
        return false;
    }

    /// <summary>One word of the shell.</summary>
    public string Word(CodeValue value) => Quoted(Embed(value), value.Is(CodeTraits.Glob));

    /// <summary>Words of the shell: one for each element of a list.</summary>
    public string Words(CodeValue value)
    {
        if (value.Items is not { } items) return Word(value);
        var all = new StringBuilder();
        foreach (var item in items)
        {
            var word = Word(item);
            if (!text.Work.Fold(word.Length)) break;
            all.Append(all.Length > 0 ? " " : "").Append(word);
        }
        return all.ToString();
    }

    public string Line(params ReadOnlySpan<CodeValue> words)
    {
        var line = new StringBuilder();
        foreach (var value in words)
        {
            var word = Words(value);
            if (word.Length == 0 || !text.Work.Fold(word.Length)) continue;
            if (line.Length > 0) line.Append(' ');
            line.Append(line.Length == 0 && IsReserved(word) ? "'" + word + "'" : word);
        }
        return line.ToString();
    }

    /// <summary>The command whose output the value is; a text that is known is printed. Null when there is nothing.</summary>
    public string? Source(CodeValue? value)
    {
        if (value is null) return null;
        if (value.Shell is { } shell) return shell;
        if (value.Listing is { } listing) return Found(listing, "");
        return value.Text is not null || value.Items is { Length: > 0 } ? "printf '%s\\n' " + Words(value) : null;
    }

    /// <summary>The command with the value on its standard input.</summary>
    public string Pipe(CodeValue? fed, string command)
    {
        if (fed is null) return command;
        var source = Source(fed) ?? (fed.Name is { Length: > 0 } and not "null" ? "printf '%s\\n' " + Word(fed) : null);
        if (source is null || source.Length + command.Length > LongestPipeline || !text.Work.Fold(source.Length)) return command;
        return source + " | " + command;
    }

    /// <summary><c>find</c> with what a listing asks for, and an action.</summary>
    public string Found(PowerShellListing listing, string action)
    {
        if (!listing.Recurses && !listing.IsFiltered && action.Length == 0) return "ls " + Word(listing.Root);
        var line = new StringBuilder("find ").Append(Word(listing.Root));
        if (!listing.Recurses) line.Append(" -maxdepth 1");
        for (var i = 0; i < listing.Names.Length && i < 32; i++)
        {
            line.Append(i > 0 ? " -o -name " : listing.Names.Length > 1 ? " '(' -name " : " -name ").Append(Quoted(Embed(listing.Names[i]), false));
        }
        if (listing.Names.Length > 1) line.Append(" ')'");
        if (listing.Names.Length == 0 && listing.IsFiltered) line.Append(" -mtime +0");
        return line.Append(action).ToString();
    }

    /// <summary>Runs the line where its output is seen.</summary>
    public void Show(string line, int start, int end) => effects.Shell(CodeValue.Of(line), start, end);

    /// <summary>Runs the line where its output is kept.</summary>
    public void Keep(string line, int start, int end)
    {
        if (text.Work.Fold(line.Length)) effects.Shell(CodeValue.Of("_=$(" + line + ")"), start, end);
    }

    public void Run(int start, int end, params ReadOnlySpan<CodeValue> words) => Show(Line(words), start, end);

    private string Quoted(string known, bool isGlob)
    {
        if (known.Length == 0) return "''";
        var word = new StringBuilder(known.Length + 2);
        var plain = 0;
        for (var i = 0; i <= known.Length; i++)
        {
            var isMark = i < known.Length && CodeText.IsMark(known[i]);
            if (i < known.Length && !isMark && !(isGlob && known[i] is '*' or '?')) continue;
            if (i > plain) Plain(known.AsSpan(plain, i - plain), word);
            plain = i + 1;
            if (i == known.Length) break;
            if (isMark && _outputs.TryGetValue(known[i], out var command) && text.Work.Fold(command.Length)) word.Append("\"$(").Append(command).Append(")\"");
            else if (isMark && _homes.Contains(known[i])) word.Append("\"$HOME\"");
            else word.Append(known[i]);
        }
        return word.ToString();
    }

    private static void Plain(ReadOnlySpan<char> known, StringBuilder word)
    {
        if (known.IndexOfAnyExcept(s_safe) < 0) { word.Append(known); return; }
        word.Append('\'');
        foreach (var c in known)
        {
            if (c == '\'') word.Append("'\\''");
            else word.Append(c);
        }
        word.Append('\'');
    }

    private static readonly System.Buffers.SearchValues<char> s_safe = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:+,@%");

    private static bool IsReserved(string word) => word is "if" or "then" or "else" or "elif" or "fi" or "for" or "do" or "done" or "while" or "until" or "case" or "esac" or "in" or "function" or "select" or "time" or "coproc";
}
