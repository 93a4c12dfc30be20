namespace Septim.Hooks.Transcripts;

/// <summary>The lines of one strip of a file, read ahead; used again and again.</summary>
internal sealed class Strip
{
    /// <summary>Bounds memory: a denser strip is left unfinished.</summary>
    private const int MaxLines = 512;

    private readonly List<TranscriptLine> _lines = [];

    public int Count { get; private set; }

    public TranscriptLine this[int index] => _lines[index];

    /// <summary>Where its first line starts; nowhere (<see cref="long.MaxValue"/>) when no line starts in it.</summary>
    public long Start { get; private set; }

    /// <summary>Behind its last line read: from here the reading has to go on.</summary>
    public long Resume { get; private set; }

    public long GarbageLines { get; private set; }

    /// <summary>The line that <see cref="Start"/> ends, which began before the strip, has no needle inside it.</summary>
    public bool HeadIsPlain { get; private set; }

    /// <summary>Reads the lines that start in <c>[from, limit)</c>, or as many of them as can be.</summary>
    public void Read(TranscriptScanner scanner, nint handle, string path, long from, long limit)
    {
        Count = 0;
        Start = long.MaxValue;
        HeadIsPlain = false;
        try
        {
            scanner.StartBehindNewline(handle, path, from - 1, limit);
            (Start, HeadIsPlain) = (scanner.ResumeOffset, scanner.HeadIsPlain);
            while (Count < MaxLines)
            {
                if (Count == _lines.Count) _lines.Add(new TranscriptLine());
                scanner.Line = _lines[Count];
                if (!scanner.Next()) break;
                Count++;
            }
        }
        // Why: no fault policy stands above a second thread. Who takes the strip goes on from Resume, meets the same fault, and throws it.
        catch (Exception)
        {
        }
        Resume = scanner.ResumeOffset;
        GarbageLines = scanner.GarbageLines;
    }
}
