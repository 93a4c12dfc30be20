using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// A command of a tool that is built as <c>tool [options] group … verb [names] [options]</c>: its words without options and
/// their values, and its options.
/// </summary>
internal sealed class CommandPath
{
    private readonly List<Word> _words = [];
    private readonly List<(string Name, Word? Value)> _options = [];
    private bool _endsWithHelp;

    /// <summary>Words in order; of an unknown one the text is empty.</summary>
    public List<Word> Words => _words;

    public int Count => _words.Count;

    /// <summary>Reads <paramref name="arguments"/> from <paramref name="start"/> on.</summary>
    /// <param name="arguments">All of the tool's.</param>
    /// <param name="listed">Names of options with dashes, separated by blanks; see <paramref name="listedAreFlags"/>.</param>
    /// <param name="listedAreFlags">True: every option takes a value but the listed ones. False: none does but the listed ones.</param>
    /// <param name="start">First argument.</param>
    public static CommandPath Read(Word[] arguments, string listed, bool listedAreFlags = false, int start = 0)
    {
        var path = new CommandPath();
        for (var i = start; i < arguments.Length; i++)
        {
            var word = arguments[i];
            var text = word.Shown;
            if (text.Length < 2 || text[0] != '-' || word.HasUnknown && word.Prefix.Length == 0) { path._words.Add(word); continue; }
            if (text == "--")
            {
                for (i++; i < arguments.Length; i++) path._words.Add(arguments[i]);
                break;
            }
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? text : text[..equals];
            if (text == "-h" && i == arguments.Length - 1) path._endsWithHelp = true;
            if (equals >= 0) { path._options.Add((name, equals < word.Prefix.Length ? word.From(equals + 1) : null)); continue; }
            var takes = NameList.Has(listed, name) != listedAreFlags && !name.StartsWith("--no-", StringComparison.Ordinal);
            if (takes && i + 1 < arguments.Length && !(listedAreFlags && IsOption(arguments[i + 1]))) path._options.Add((name, arguments[++i]));
            else path._options.Add((name, null));
        }
        return path;
    }

    /// <summary>The word at an index, or empty.</summary>
    public string this[int index] => index < _words.Count ? _words[index].Text ?? "" : "";

    public bool Has(string name)
    {
        foreach (var option in _options)
        {
            if (option.Name == name) return true;
        }
        return false;
    }

    public bool Has(string name, string other) => Has(name) || Has(other);

    public bool HasAny(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Has(name)) return true;
        }
        return false;
    }

    /// <summary>A letter is on, alone or in a cluster: <c>-af</c> has <c>a</c>.</summary>
    public bool HasLetter(char letter)
    {
        foreach (var (name, _) in _options)
        {
            if (name.Length > 1 && name[0] == '-' && name[1] != '-' && name.Contains(letter, StringComparison.Ordinal)) return true;
        }
        return false;
    }

    public Word? Value(string name, string? other = null)
    {
        for (var i = _options.Count - 1; i >= 0; i--)
        {
            if ((_options[i].Name == name || _options[i].Name == other) && _options[i].Value is not null) return _options[i].Value;
        }
        return null;
    }

    public IEnumerable<(string Name, Word? Value)> Options => _options;

    /// <summary>The tool is asked only to show what it would do, or for help.</summary>
    public bool IsHarmless
    {
        get
        {
            foreach (var (name, value) in _options)
            {
                if (name is "--help" or "--version") return true;
                if (name is "--dry-run" or "--dryrun" or "--what-if" or "--whatif" or "--preview" or "--dryRun" or "--dry" or "--simulate" or "--no-act" or "--check"
                    && value?.Text is not ("false" or "none" or "no" or "0")) return true;
            }
            // Why: at the very end -h has no value, so it is no host.
            return _endsWithHelp || _words.Count > 0 && (this[0] == "help" || this[_words.Count - 1] == "help");
        }
    }

    private static bool IsOption(Word word) => word.Prefix is { Length: > 1 } prefix && prefix[0] == '-' && !char.IsAsciiDigit(prefix[1]);
}
