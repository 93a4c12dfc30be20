namespace Septim.Hooks.Shell.Code;

/// <summary>
/// What reading the code of other languages may cost, counted for all such code of one command together; counted, never timed. Code
/// behind the last token was not read, to the rules it is unknown code; a value that costs too much to work out is an unknown value.
/// </summary>
internal sealed class CodeWork
{
    /// <summary>Tokens. Source: none; a hand-written script of 300 KB has about so many.</summary>
    public const int MostTokens = 30_000;

    /// <summary>Units and list elements that folding copies.</summary>
    public const int MostFolded = 1 << 20;

    /// <summary>Tokens that are looked at once more, where a language is read by looking back or ahead, and effects that are one of several.</summary>
    public const int MostLooks = 1 << 16;

    private int _tokens = MostTokens;
    private int _looks = MostLooks;
    private long _folded = MostFolded;

    /// <summary>Some code was left out.</summary>
    public bool IsCut { get; private set; }

    /// <summary>One more token; false when it is one too many.</summary>
    public bool Token() => --_tokens >= 0 || Cut();

    /// <summary>Looks at a token again; false when that is once too often.</summary>
    public bool Look() => --_looks >= 0 || Cut();

    /// <summary>Copies so many units; false when that is too much.</summary>
    public bool Fold(long units)
    {
        if (units > _folded) return false;
        _folded -= units;
        return true;
    }

    /// <summary>Says that code was left out.</summary>
    public bool Cut()
    {
        IsCut = true;
        return false;
    }
}
