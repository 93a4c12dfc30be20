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
    public Invocation[] From { get; init; } = [];

    /// <summary>Files whose bytes came in by a redirection (<c>&lt; f</c>, <c>$(&lt; f)</c>, <c>/dev/tcp/…</c>) or by a copy.
    /// What a program reads by itself (<c>cat f</c>) is for the rule that knows the program: see <see cref="From"/>.</summary>
    public Word[] Files { get; init; } = [];

    /// <summary>The bytes when all of them are known.</summary>
    public string? Text => Content?.Text;

    /// <summary>Surely no bytes.</summary>
    public bool IsNothing => Content is { Pieces.Length: 0 } && From.Length == 0 && Files.Length == 0;

    /// <summary>Bytes that stand in the command, with the origins of what was put into them.</summary>
    public static Feed Of(Word content)
    {
        List<Feed>? origins = null;
        foreach (var piece in content.Pieces)
        {
            if (piece.From is null || (origins is not null && ReferenceEquals(origins[^1], piece.From))) continue;
            (origins ??= []).Add(piece.From);
        }
        if (origins is null) return new Feed { Content = content };
        if (origins.Count == 1) return new Feed { Content = content, From = origins[0].From, Files = origins[0].Files };
        var (from, files) = Origins(origins);
        return new Feed { Content = content, From = [.. from], Files = [.. files] };
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
        foreach (var feed in feeds) pieces.AddRange(feed.Pieces());
        var (from, files) = Origins(feeds);
        return new Feed { Content = new Word([.. pieces]), From = [.. from], Files = [.. files] };
    }

    /// <summary>One of them: contents differ, so nothing is known of it but where it may come from.</summary>
    public static Feed Union(List<Feed> feeds)
    {
        if (feeds.Count < 3) return feeds.Count == 1 ? feeds[0] : Union(feeds[0], feeds[1]);
        var agreed = feeds[0].Text;
        foreach (var feed in feeds)
        {
            if (feed.Text != agreed) agreed = null;
        }
        var (from, files) = Origins(feeds);
        return new Feed { Content = agreed is null ? null : feeds[0].Content, From = [.. from], Files = [.. files] };
    }

    /// <summary>Every producer and file of all of them, each once, in order.</summary>
    public static (List<Invocation> From, List<Word> Files) Origins(List<Feed> feeds)
    {
        var from = new List<Invocation>();
        var files = new List<Word>();
        if (feeds.Count < 2)
        {
            if (feeds.Count == 1)
            {
                from.AddRange(feeds[0].From);
                files.AddRange(feeds[0].Files);
            }
            return (from, files);
        }
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var feed in feeds)
        {
            foreach (var invocation in feed.From)
            {
                if (seen.Add(invocation)) from.Add(invocation);
            }
            foreach (var file in feed.Files)
            {
                if (seen.Add(file)) files.Add(file);
            }
        }
        return (from, files);
    }

    private WordPiece[] Pieces() =>
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

    private static T[] Merge<T>(T[] first, T[] second) where T : class
    {
        if (first.Length == 0 || ReferenceEquals(first, second)) return second;
        if (second.Length == 0) return first;
        var all = new List<T>(first);
        var seen = (long)first.Length * second.Length > 64 ? new HashSet<T>(first, ReferenceEqualityComparer.Instance) : null;
        foreach (var item in second)
        {
            if (seen?.Add(item) ?? !all.Contains(item)) all.Add(item);
        }
        return [.. all];
    }
}
