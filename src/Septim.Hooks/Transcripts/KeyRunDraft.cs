using System.Runtime.InteropServices;

namespace Septim.Hooks.Transcripts;

/// <summary>The run of keys that is being read the long way, to become a <see cref="KeyRun"/> at its end.</summary>
internal sealed class KeyRunDraft
{
    private readonly List<RunValue> _values = [];
    private readonly List<Range> _texts = [];
    private bool _isOpen;
    private int _count;
    private int _start;
    private long _window;
    private int _value;
    private JsonKey _key;

    /// <summary>Where the walk stood before it.</summary>
    public int From { get; private set; }

    /// <summary>A bit for each <see cref="JsonKey"/> that is wanted.</summary>
    public ulong Wanted { get; private set; }

    /// <summary>Its values that are wanted.</summary>
    public ReadOnlySpan<RunValue> Values => CollectionsMarshal.AsSpan(_values);

    /// <summary>The texts of its strings without escapes, from its start.</summary>
    public ReadOnlySpan<Range> Texts => CollectionsMarshal.AsSpan(_texts);

    public void Begin(TranscriptCursor cursor, int place, ulong wanted)
    {
        (From, Wanted, _start, _window) = (place, wanted, cursor.Position, WindowOf(cursor));
        (_isOpen, _count) = (true, 0);
        _values.Clear();
        _texts.Clear();
    }

    public void Drop() => _isOpen = false;

    /// <summary>A value starts here; <see cref="JsonKey.Other"/> is the key of one that is not wanted.</summary>
    public void Value(TranscriptCursor cursor, JsonKey key) => (_value, _key) = (cursor.Position, key);

    /// <summary>The value ended here. False when no run can hold it: one that is wanted has to be a string without escapes.</summary>
    public bool EndValue(TranscriptCursor cursor)
    {
        if (!_isOpen || WindowOf(cursor) != _window || cursor.Position < _value) return _isOpen = false;
        _count++;
        if (cursor.Buffer.AsSpan(_value, cursor.Position - _value) is [(byte)'"', .. var text, (byte)'"'] && !text.ContainsAny((byte)'"', (byte)'\\'))
        {
            var start = _value - _start;
            _texts.Add((start + 1)..(start + 1 + text.Length));
            if (_key != JsonKey.Other) _values.Add(new RunValue(_key, start, text.Length));
            return true;
        }
        return _isOpen = _key == JsonKey.Other;
    }

    /// <summary>The value that was handed out last is read, and the same keys are wanted.</summary>
    public bool GoesOn(TranscriptCursor cursor, ulong wanted) => wanted == Wanted && EndValue(cursor);

    /// <summary>What stands in the file from its start up to here; empty when it is no run, or not in the buffer as a whole.</summary>
    public ReadOnlySpan<byte> TextUpTo(TranscriptCursor cursor) =>
        _isOpen && _count > 0 && WindowOf(cursor) == _window ? cursor.Buffer.AsSpan(_start, cursor.Position - _start) : default;

    private static long WindowOf(TranscriptCursor cursor) => cursor.Offset - cursor.Position;
}
