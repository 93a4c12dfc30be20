using System.Text;

namespace Septim.Hooks.Spend;

/// <summary>A model id as transcripts of the scope write it, and what was spent under it.</summary>
internal sealed class ModelTotal(string written, PricedModel priced)
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(written);

    public string Written => written;

    /// <summary>The same as a transcript holds it.</summary>
    public ReadOnlySpan<byte> WrittenUtf8 => _utf8;

    public PricedModel Priced => priced;

    public Usd Total { get; set; }

    public TokenCounts Tokens { get; set; }

    public long Responses { get; set; }
}
