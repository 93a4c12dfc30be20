namespace Septim.Hooks.Transcripts;

/// <summary>The runs that were met at one place, the last one first: a response's last line says <c>end_turn</c> where those before it say <c>tool_use</c>.</summary>
internal sealed class KeyRuns
{
    private const int MaxRuns = 4;

    /// <summary>So many other runs, without one that is known in between, and the place is given up.</summary>
    private const int MaxMisses = 8;

    private readonly KeyRun?[] _runs = new KeyRun?[MaxRuns];
    private int _misses;

    /// <summary>What stands here differs from line to line.</summary>
    public bool IsHopeless => _misses > MaxMisses;

    /// <summary>The run that the text starts with; null when it is none that is known.</summary>
    public KeyRun? Find(ReadOnlySpan<byte> text, ulong wanted)
    {
        if (IsHopeless) return null;
        for (var i = 0; i < MaxRuns && _runs[i] is { } run; i++)
        {
            if (!run.IsAt(text, wanted)) continue;
            if (i > 0) MoveToFront(i);
            _misses = 0;
            return run;
        }
        _misses++;
        return null;
    }

    /// <summary>The run to learn a new one with: the one that was met longest ago.</summary>
    public KeyRun Oldest()
    {
        var last = Array.IndexOf(_runs, null) is >= 0 and var empty ? empty : MaxRuns - 1;
        _runs[last] ??= new KeyRun();
        MoveToFront(last);
        return _runs[0]!;
    }

    private void MoveToFront(int at)
    {
        var run = _runs[at];
        Array.Copy(_runs, 0, _runs, 1, at);
        _runs[0] = run;
    }
}
