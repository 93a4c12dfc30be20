namespace Septim.Hooks.Audit.Reading;

/// <summary>One path that was looked for.</summary>
internal sealed class Input(string path, InputStatus status, string? reason, string text, long bytes)
{
    private int[]? _lineStarts;

    public string Path { get; } = path;
    public InputStatus Status { get; private set; } = status;
    public string? Reason { get; private set; } = reason;

    /// <summary>The text, without a byte order mark; empty unless read.</summary>
    public string Text { get; } = text;

    /// <summary>Its size on disk.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>Dropped because it is not even syntactically right.</summary>
    public bool IsBroken { get; private set; }

    public bool IsThere => Status != InputStatus.Absent;
    public bool HasText => Status is InputStatus.Read or InputStatus.Truncated;

    /// <summary>Notes that the client ignores the whole file.</summary>
    public void Drop(string why, bool broken) => (Status, Reason, IsBroken) = (InputStatus.Dropped, why, broken);

    public Place At(int offset)
    {
        _lineStarts ??= Starts(Text);
        var line = Array.BinarySearch(_lineStarts, offset);
        if (line < 0) line = ~line - 1;
        return new Place(Path, line + 1, offset - _lineStarts[line] + 1);
    }

    private static int[] Starts(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\n') starts.Add(i + 1);
        return [.. starts];
    }
}
