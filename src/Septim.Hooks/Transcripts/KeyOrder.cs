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

    private Node[] _nodes = new Node[64];
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

    /// <summary>Takes a whole run of keys with their values, and the key or the end of the object behind them, when such a run was met here before.</summary>
    /// <param name="text">As for <see cref="Follow"/>.</param>
    /// <param name="wanted">The run must have been read by who wants the same keys: then it says the same.</param>
    public KeyRun? FollowRun(ReadOnlySpan<byte> text, ulong wanted)
    {
        if (At == Nowhere || _nodes[At].Runs is not { } runs || runs.Find(text, wanted) is not { } run) return null;
        At = run.End;
        return run;
    }

    /// <summary>May a run begin where <see cref="At"/> was? Not when those that did so far differed from line to line.</summary>
    public bool MayBeginRun(int at) => at != Nowhere && _nodes[at].Runs is not { IsHopeless: true };

    /// <summary>Remembers a run for <see cref="FollowRun"/>.</summary>
    /// <param name="draft">How it was read.</param>
    /// <param name="cursor">Stands at the value of the key behind it, or behind the object.</param>
    /// <param name="key">That key; <see cref="JsonKey.Other"/> at the end of the object.</param>
    public void LearnRun(KeyRunDraft draft, TranscriptCursor cursor, JsonKey key)
    {
        var text = draft.TextUpTo(cursor);
        if (At == Nowhere || draft.From == Nowhere || text.Length is 0 or > KeyRun.MaxBytes) return;
        (_nodes[draft.From].Runs ??= new KeyRuns()).Oldest().Learn(draft, text, key, At);
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

        public JsonKey Key;

        /// <summary>Null until one was met behind this key.</summary>
        public KeyRuns? Runs;
    }
}
