namespace Septim.Hooks.Shell.Code;

/// <summary>Paths as the standard libraries put them together.</summary>
internal static class CodePaths
{
    /// <summary><c>os.path.join(a, b)</c>, <c>Path(a) / b</c>: an absolute second part wins.</summary>
    public static CodeValue Join(CodeText text, CodeValue left, CodeValue right)
    {
        if (left.Is(CodeTraits.AnyOf) && left.Items is not null) return Each(left, one => Join(text, one, right));
        var traits = (left.Traits | right.Traits) & (CodeTraits.Path | CodeTraits.Glob);
        if (right.Text is { } second && second.StartsWith('/')) return new CodeValue { Text = second, Traits = traits };
        if ((left.Text is null && right.Text is null) || !text.Work.Fold((left.Text?.Length ?? 0) + (right.Text?.Length ?? 0))) return new CodeValue { Traits = traits };
        var first = text.Of(left, "dir");
        return new CodeValue { Text = (first.EndsWith('/') ? first : first + "/") + text.Of(right, "name"), Traits = traits };
    }

    public static CodeValue Join(CodeText text, CodeValue[] parts)
    {
        if (parts.Length == 0) return CodeValue.Unknown;
        var all = parts[0];
        for (var i = 1; i < parts.Length; i++) all = Join(text, all, parts[i]);
        return all;
    }

    /// <summary><c>os.path.expanduser('~/x')</c>.</summary>
    public static CodeValue ExpandHome(CodeText text, CodeValue path) =>
        path.Text is { Length: > 0 } known && known[0] == '~' && (known.Length == 1 || known[1] == '/')
            ? new CodeValue { Text = text.Home() + known[1..], Traits = path.Traits }
            : path;

    public static CodeValue Home(CodeText text) => new() { Text = text.Home(), Traits = CodeTraits.Path };

    /// <summary>Every file that matches; the pattern itself stands for them.</summary>
    public static CodeValue Matches(CodeValue pattern) => Each(pattern, static one => new() { Text = one.Text, Traits = CodeTraits.Glob });

    /// <summary>All in a directory.</summary>
    public static CodeValue Below(CodeText text, CodeValue directory, string pattern = "*") => Each(directory, one => In(text, one, pattern));

    private static CodeValue In(CodeText text, CodeValue directory, string pattern) =>
        new() { Text = Join(text, directory.Text is null ? CodeValue.Of(".") : directory, CodeValue.Of(pattern)).Text, Traits = CodeTraits.Glob };

    /// <summary>What a pattern, or each of several, finds in a directory or anywhere below it; one that is not known may be any.</summary>
    public static CodeValue Below(CodeText text, CodeValue directory, CodeValue pattern, bool isDeep) =>
        Each(pattern, one => Below(text, directory, (isDeep ? "**/" : "") + text.Of(one, "pattern")));

    /// <summary>Of one of several, one of what each gives.</summary>
    private static CodeValue Each(CodeValue value, Func<CodeValue, CodeValue> of) =>
        value.Items is { } choices && value.Is(CodeTraits.AnyOf) ? new CodeValue { Items = Array.ConvertAll(choices, choice => of(choice)), Traits = CodeTraits.AnyOf } : of(value);

    /// <summary>The directory that holds it.</summary>
    public static CodeValue Parent(CodeValue path)
    {
        if (path.Text is not { } known) return CodeValue.Unknown;
        var slash = known.LastIndexOf('/');
        var leaf = known.AsSpan(slash + 1);
        // Why: "." and ".." are no names; above them is one step further up.
        var above = leaf is "." or ".." ? known + "/.." : slash < 0 ? "." : slash == 0 ? "/" : known[..slash];
        return new CodeValue { Text = above, Traits = path.Traits & CodeTraits.Path };
    }
}
