using System.Text;

namespace Septim.Hooks.Transcripts;

/// <summary>A short string value of a line, kept as bytes in a buffer that is used again for the next line.</summary>
internal sealed class Utf8Text
{
    /// <summary>Longer ids and model names are no names: the limit is a fault, not a truncation.</summary>
    public const int MaxBytes = 64 * 1024;

    private byte[] _bytes = new byte[64];

    public int Length { get; private set; }

    /// <summary>False when the key was absent or its value no string.</summary>
    public bool IsPresent { get; private set; }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public void Clear() => (Length, IsPresent) = (0, false);

    public void Begin() => (Length, IsPresent) = (0, true);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Length + bytes.Length > MaxBytes) throw new HookFault("a name in a transcript is longer than 64 KiB");
        if (Length + bytes.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Set(ReadOnlySpan<byte> bytes)
    {
        Begin();
        Append(bytes);
    }

    public void CopyFrom(Utf8Text other)
    {
        if (other.IsPresent) Set(other.Span);
        else Clear();
    }

    public override string ToString() => Encoding.UTF8.GetString(Span);
}
