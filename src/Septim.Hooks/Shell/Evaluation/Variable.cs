namespace Septim.Hooks.Shell.Evaluation;

/// <summary>What is known of a shell variable. Immutable: a new value is a new object.</summary>
internal sealed record Variable
{
    /// <summary>At most this many different values are told apart; beyond, the value is unknown.</summary>
    public const int MostValues = 8;

    public static readonly Variable Unset = new() { Values = [] };

    /// <summary>The values it may have; none: surely not set.</summary>
    public required Word[] Values { get; init; }

    /// <summary>Elements by subscript, when it is an array; <see cref="Values"/> holds the first then.</summary>
    public IReadOnlyList<(string Key, Word Value)>? Elements { get; init; }

    public bool IsExported { get; init; }

    /// <summary>Bash refuses to give it another value: <c>readonly</c>, <c>declare -r</c>.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>The variable that this one stands for: <c>declare -n</c>.</summary>
    public string? Reference { get; init; }

    public static Variable Of(Word value, bool exported = false) => new() { Values = [value], IsExported = exported };

    /// <summary>Either of both.</summary>
    public static Variable Join(string name, Variable? first, Variable? second)
    {
        if (ReferenceEquals(first, second)) return first!;
        first ??= Foreign(name);
        second ??= Foreign(name);
        var values = new List<Word>(first.Values);
        foreach (var value in second.Values)
        {
            if (!Contains(values, value)) values.Add(value);
        }
        // Why: "not set" beside values is the empty value.
        if ((first.Values.Length == 0 || second.Values.Length == 0) && !Contains(values, Word.Empty)) values.Add(Word.Empty);
        if (values.Count > MostValues) values = [Unknown(name, true)];
        return new Variable
        {
            Values = [.. values],
            IsExported = first.IsExported || second.IsExported,
            IsReadOnly = first.IsReadOnly || second.IsReadOnly,
            Elements = first.Elements ?? second.Elements,
            Reference = first.Reference ?? second.Reference,
        };
    }

    public static Word Unknown(string name, bool mayBeEmpty, Feed? from = null) =>
        new([new WordPiece(PieceKind.Variable, name, false) { Variable = name, MayBeEmpty = mayBeEmpty, From = from }]);

    private static Variable Foreign(string name) => Of(Unknown(name, true));

    private static bool Contains(List<Word> values, Word value)
    {
        foreach (var known in values)
        {
            if (known.HasUnknown == value.HasUnknown && known.Shown == value.Shown) return true;
        }
        return false;
    }
}
