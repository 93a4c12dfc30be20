namespace Septim.Hooks.Shell;

/// <summary>Names in one text, parted by blanks: cheap to keep, since a constant needs nothing at start-up.</summary>
internal static class NameList
{
    /// <summary>The name is one of those; the empty name never is.</summary>
    public static bool Has(string names, ReadOnlySpan<char> name)
    {
        if (name.IsEmpty) return false;
        foreach (var range in names.AsSpan().Split(' '))
        {
            if (names.AsSpan(range).SequenceEqual(name)) return true;
        }
        return false;
    }
}
