namespace Septim.Hooks.Shell;

/// <summary>One piece of an expanded word.</summary>
/// <param name="Kind">What is known of it.</param>
/// <param name="Text">See <see cref="PieceKind"/>.</param>
/// <param name="Quoted">It stood in quotes or behind a backslash.</param>
internal sealed record WordPiece(PieceKind Kind, string Text, bool Quoted)
{
    /// <summary>The variable it came through (<c>API_KEY</c>), <c>~</c> or <c>~name</c> for a tilde, else null. Set for known values too.</summary>
    public string? Variable { get; init; }

    /// <summary>The variable in whose place it stands if that is not set: <c>API_KEY</c> for the <c>none</c> of <c>${API_KEY:-none}</c>.</summary>
    public string? DefaultOf { get; init; }

    /// <summary>Where its bytes come from, when they come from commands or files.</summary>
    public Feed? From { get; init; }

    /// <summary>Of lines <c>name=value</c> it is what stands before the first equals sign.</summary>
    public bool IsName { get; init; }

    /// <summary>It may turn out empty: an unset variable, a command that prints nothing.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>A path that mktemp made in this command: nobody else's data is there.</summary>
    public bool IsFreshTemp { get; init; }

    /// <summary>Its value is not known here.</summary>
    public bool IsUnknown => Kind is PieceKind.Variable or PieceKind.Substitution or PieceKind.Number;
}
