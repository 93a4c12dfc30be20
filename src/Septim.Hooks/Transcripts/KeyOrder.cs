using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Septim.Hooks.Transcripts;

/// <summary>
/// Which key followed which in the lines before. A writer puts the keys of one kind of line into one order, so the next key is nearly always
/// one that was seen at this place: comparing it is several times cheaper than finding its end and looking it up.
/// </summary>
/// <remarks>A tree: the children of a key are those that came next. It is bounded; what finds no place is read the long way.</remarks>
internal sealed class KeyOrder
{
    private const int MaxNodes = 512;
    private const int MaxSiblings = 8;
    private const int Root = 0;
    private const int Nowhere = -1;

    /// <summary>Room for one key with its comma, quotes and colon; the longest of those that count has 27 bytes itself. One vector's size.</summary>
    private const int TextBytes = 32;

    private const int BytesAround = 4;

    /// <summary>A run that was another one so often, without ever being itself in between, is not looked for any more.</summary>
    private const int MaxMisses = 8;

    private const int MaxRunBytes = 1024;

    private Node[] _nodes = new Node[64];
    private readonly List<SkippedRun> _runs = [];
    private int _count = 1;

    /// <summary>Where the walk stands.</summary>
    public int At { get; set; } = Root;

    /// <summary>A new line starts.</summary>
    public void Begin() => At = Root;

    /// <summary>
    /// Takes the next key when it is one that is known at this place; <paramref name="text"/> starts with its comma, or with its quote when
    /// it is the first of its object. Returns the bytes up to its value, 0 when it is none of them.
    /// </summary>
    public int Follow(ReadOnlySpan<byte> text, out JsonKey key)
    {
        key = JsonKey.Other;
        if (text.Length < TextBytes || At == Nowhere) return 0;
        var read = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(text));
        var nodes = _nodes;
        for (var child = nodes[At].FirstChild; child != 0;)
        {
            ref readonly var node = ref nodes[child];
            if ((~Vector256.Equals(read, node.Text).ExtractMostSignificantBits() & node.Mask) == 0)
            {
                At = child;
                key = node.Key;
                return node.Length;
            }
            child = node.NextSibling;
        }
        return 0;
    }

    /// <summary>
    /// Takes a whole run of keys that nobody wants, with their values, and the wanted key or the end of the object behind them, when it
    /// stands here byte for byte as in a line before. Returns the bytes up to the value of that key or behind the object, 0 when it does not.
    /// </summary>
    /// <param name="text">As for <see cref="Follow"/>.</param>
    /// <param name="wanted">The run must have been passed over by who wants the same keys: then the same bytes say the same.</param>
    /// <param name="key">The wanted one; <see cref="JsonKey.Other"/> at the end of the object.</param>
    public int FollowRun(ReadOnlySpan<byte> text, ulong wanted, out JsonKey key)
    {
        key = JsonKey.Other;
        if (At == Nowhere || _nodes[At].Run == 0) return 0;
        var run = _runs[_nodes[At].Run - 1];
        if (run.Misses > MaxMisses || run.Wanted != wanted) return 0;
        if (!text.StartsWith(run.Text.AsSpan(0, run.Length)))
        {
            run.Misses++;
            return 0;
        }
        run.Misses = 0;
        At = run.End;
        key = run.Key;
        return run.Length;
    }

    /// <summary>May a run begin where <see cref="At"/> was? Not when those that did so far differed from line to line.</summary>
    public bool MayBeginRun(int at) => at != Nowhere && (_nodes[at].Run == 0 || _runs[_nodes[at].Run - 1].Misses <= MaxMisses);

    /// <summary>Remembers a run for <see cref="FollowRun"/>; a former one from the same place is forgotten.</summary>
    /// <param name="from">Where the walk stood before it; it now stands at its end.</param>
    /// <param name="text">Of the run.</param>
    /// <param name="wanted">As there.</param>
    /// <param name="key">As there.</param>
    public void LearnRun(int from, ReadOnlySpan<byte> text, ulong wanted, JsonKey key)
    {
        if (At == Nowhere || text.Length > MaxRunBytes) return;
        if (_nodes[from].Run == 0)
        {
            _runs.Add(new SkippedRun());
            _nodes[from].Run = _runs.Count;
        }
        var run = _runs[_nodes[from].Run - 1];
        if (run.Text.Length < text.Length) run.Text = new byte[Math.Max(text.Length, MaxRunBytes / 2)];
        text.CopyTo(run.Text);
        (run.Length, run.Wanted, run.Key, run.End) = (text.Length, wanted, key, At);
    }

    /// <summary>Remembers a key that was read the long way.</summary>
    /// <param name="isFirst">Of its object: no comma stands before it.</param>
    /// <param name="name">As it stands between its quotes, without escapes.</param>
    /// <param name="key">What it is.</param>
    public void Learn(bool isFirst, ReadOnlySpan<byte> name, JsonKey key)
    {
        if (At == Nowhere) return;
        At = name.Length + BytesAround > TextBytes ? Nowhere : ChildWith(isFirst, name, key);
    }

    /// <summary>A key came that is not remembered; the rest of this line is read the long way.</summary>
    public void Lose() => At = Nowhere;

    private int ChildWith(bool isFirst, ReadOnlySpan<byte> name, JsonKey key)
    {
        Span<byte> text = stackalloc byte[TextBytes];
        text.Clear();
        ReadOnlySpan<byte> before = isFirst ? "\""u8 : ",\""u8;
        before.CopyTo(text);
        name.CopyTo(text[before.Length..]);
        "\":"u8.CopyTo(text[(before.Length + name.Length)..]);
        var length = before.Length + name.Length + 2;
        var node = new Node
        {
            Text = Vector256.Create<byte>(text),
            Mask = uint.MaxValue >> (TextBytes - length),
            Length = length,
            Key = key,
            NextSibling = _nodes[At].FirstChild,
        };
        var siblings = 0;
        for (var child = node.NextSibling; child != 0; child = _nodes[child].NextSibling, siblings++)
        {
            if (_nodes[child].Length == length && _nodes[child].Text == node.Text) return child;
        }
        if (_count == MaxNodes || siblings == MaxSiblings) return Nowhere;
        if (_count == _nodes.Length) Array.Resize(ref _nodes, _count * 2);
        _nodes[_count] = node;
        _nodes[At].FirstChild = _count;
        return _count++;
    }

    private struct Node
    {
        /// <summary>Comma, quote, key, quote, colon; zeros behind them.</summary>
        public Vector256<byte> Text;

        /// <summary>A bit for each byte of them.</summary>
        public uint Mask;
        public int Length;
        public int FirstChild;
        public int NextSibling;

        /// <summary>One more than its place in the list; 0 for none.</summary>
        public int Run;
        public JsonKey Key;
    }

    private sealed class SkippedRun
    {
        public byte[] Text = [];
        public int Length;
        public ulong Wanted;
        public JsonKey Key;
        public int End;
        public int Misses;
    }
}
