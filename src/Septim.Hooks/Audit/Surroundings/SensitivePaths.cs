namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Which paths of a history may hold secrets: a path comes up in many commits and is looked at once.</summary>
internal sealed class SensitivePaths
{
    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public SensitivePaths() => _lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <returns>The path as text; null when it is harmless.</returns>
    public string? Path(ReadOnlySpan<char> path)
    {
        if (_lookup.TryGetValue(path, out var text, out var isSensitive)) return isSensitive ? text : null;
        text = path.ToString();
        isSensitive = GitHistory.IsSensitive(text);
        _known.Add(text, isSensitive);
        return isSensitive ? text : null;
    }
}
