namespace Septim.Hooks.Shell;

/// <summary>A tool's arguments, sorted into options and operands.</summary>
internal sealed class OptionReading
{
    private readonly List<Option> _options = [];
    private readonly List<Word> _operands = [];

    /// <summary>In the order given.</summary>
    public List<Option> Options => _options;

    public List<Word> Operands => _operands;

    /// <summary>Index of the first operand among the arguments, or their number when there is none: where a wrapped command begins.</summary>
    public int FirstOperand { get; internal set; }

    /// <summary>How many operands stood before <c>--</c>; -1 when there was no <c>--</c>.</summary>
    public int OperandsBeforeDashes { get; internal set; } = -1;

    /// <summary>An unquoted unknown word (<c>$OPTS</c>) stands where options may stand: it may hold any of them.</summary>
    public bool MayHaveMore { get; internal set; }

    internal void Add(string name, Word? value, int index) => _options.Add(new Option(name, value, index));

    internal void AddOperand(Word word) => _operands.Add(word);

    public bool Has(string name)
    {
        foreach (var option in _options)
        {
            if (option.Name == name) return true;
        }
        return false;
    }

    public bool Has(string name, string other) => Has(name) || Has(other);

    public bool Has(string name, string second, string third) => Has(name) || Has(second) || Has(third);

    /// <summary>
    /// The flag is on after all of them were read from left to right: <c>--force --no-force</c> is off.
    /// </summary>
    public bool IsOn(string name, string longName)
    {
        var on = false;
        foreach (var option in _options)
        {
            if (option.Name == name || option.Name == longName) on = true;
            else if (longName.Length > 2 && option.Name.Length == longName.Length + 3
                && option.Name.StartsWith("--no-", StringComparison.Ordinal)
                && option.Name.AsSpan(5).SequenceEqual(longName.AsSpan(2))) on = false;
        }
        return on;
    }

    /// <summary>The value of the last of these options, or null.</summary>
    public Word? Value(string name, string? other = null)
    {
        for (var i = _options.Count - 1; i >= 0; i--)
        {
            var given = _options[i];
            if ((given.Name == name || given.Name == other) && given.Value is not null) return given.Value;
        }
        return null;
    }

    public IEnumerable<Word> Values(string name, string? other = null)
    {
        foreach (var option in _options)
        {
            if ((option.Name == name || option.Name == other) && option.Value is not null) yield return option.Value;
        }
    }
}
