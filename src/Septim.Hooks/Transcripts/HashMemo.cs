using System.IO.Hashing;

namespace Septim.Hooks.Transcripts;

/// <summary>The 128-bit hash of a message id: a response has a line for each block of its content, one behind the other.</summary>
internal sealed class HashMemo
{
    private readonly Utf8Text _last = new();
    private UInt128 _hash;

    public UInt128 Hash(ReadOnlySpan<byte> id)
    {
        if (_last.IsPresent && _last.Span.SequenceEqual(id)) return _hash;
        _last.Set(id);
        return _hash = XxHash128.HashToUInt128(id);
    }
}
