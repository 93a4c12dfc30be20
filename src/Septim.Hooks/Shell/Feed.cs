namespace Septim.Hooks.Shell;

/// <summary>
/// Bytes on their way: what reaches a stdin, a file, a variable or an interpreter. Through pipes, process substitutions,
/// here-documents, descriptors, files written in this command and variables, transitively.
/// </summary>
internal sealed class Feed
{
    /// <summary>Nothing flows: <c>/dev/null</c>, or a command whose output went elsewhere.</summary>
    public static readonly Feed Nothing = new() { Content = Word.Empty };

    /// <summary>Whatever the client's own stdin is: nothing is known about it.</summary>
    public static readonly Feed Inherited = new();

    /// <summary>The bytes as far as they are known (unknown pieces in between), or null when nothing is.</summary>
    public Word? Content { get; init; }

    /// <summary>Every command whose output may be in these bytes, the first producer first.</summary>
    public IReadOnlyList<Invocation> From { get; init; } = [];

    /// <summary>Files whose bytes came in by a redirection (<c>&lt; f</c>, <c>$(&lt; f)</c>, <c>/dev/tcp/…</c>) or by a copy.
    /// What a program reads by itself (<c>cat f</c>) is for the rule that knows the program: see <see cref="From"/>.</summary>
    public IReadOnlyList<Word> Files { get; init; } = [];

    /// <summary>The bytes when all of them are known.</summary>
    public string? Text => Content?.Text;

    /// <summary>Surely no bytes.</summary>
    public bool IsNothing => Content is { Pieces.Count: 0 } && From.Count == 0 && Files.Count == 0;

    /// <summary>Bytes that stand in the command, with the origins of what was put into them.</summary>
    public static Feed Of(Word content)
    {
        IReadOnlyList<Invocation> from = [];
        IReadOnlyList<Word> files = [];
        foreach (var piece in content.Pieces)
        {
            if (piece.From is null) continue;
            from = Merge(from, piece.From.From);
            files = Merge(files, piece.From.Files);
        }
        return new Feed { Content = content, From = from, Files = files };
    }

    /// <summary>One after the other.</summary>
    public static Feed Concat(Feed first, Feed second)
    {
        if (first.IsNothing) return second;
        if (second.IsNothing) return first;
        return new Feed
        {
            Content = new Word([.. first.Pieces(), .. second.Pieces()]),
            From = Merge(first.From, second.From),
            Files = Merge(first.Files, second.Files),
        };
    }

    /// <summary>All of them, one after the other.</summary>
    public static Feed Concat(List<Feed> feeds)
    {
        feeds.RemoveAll(feed => feed.IsNothing);
        if (feeds.Count < 2) return feeds.Count == 0 ? Nothing : feeds[0];
        var pieces = new List<WordPiece>();
        var from = new List<Invocation>();
        var files = new List<Word>();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var feed in feeds)
        {
            pieces.AddRange(feed.Pieces());
            foreach (var invocation in feed.From)
            {
                if (seen.Add(invocation)) from.Add(invocation);
            }
            foreach (var file in feed.Files)
            {
                if (seen.Add(file)) files.Add(file);
            }
        }
        return new Feed { Content = new Word(pieces), From = from, Files = files };
    }

    private IReadOnlyList<WordPiece> Pieces() =>
        Content?.Pieces ?? [new WordPiece(PieceKind.Substitution, "…", true) { From = this, MayBeEmpty = true }];

    /// <summary>Either or both: contents differ, so they are known only when they agree.</summary>
    public static Feed Union(Feed first, Feed second)
    {
        if (ReferenceEquals(first, second)) return first;
        return new Feed
        {
            Content = first.Text is { } text && text == second.Text ? first.Content : null,
            From = Merge(first.From, second.From),
            Files = Merge(first.Files, second.Files),
        };
    }

    private static IReadOnlyList<T> Merge<T>(IReadOnlyList<T> first, IReadOnlyList<T> second) where T : class
    {
        if (first.Count == 0 || ReferenceEquals(first, second)) return second;
        if (second.Count == 0) return first;
        var all = new List<T>(first);
        foreach (var item in second)
        {
            if (!all.Contains(item)) all.Add(item);
        }
        return all;
    }
}
