namespace Septim.Hooks.Spend;

/// <summary>
/// A model id as some endpoint writes it, brought to the form of the price table. Steps and their order: prices of 2026-11-22, measured
/// on the client. The remainder is looked up whole: never by prefix.
/// </summary>
internal readonly record struct ModelId(string Normal, bool Regional)
{
    private static ReadOnlySpan<char> Vendor => "anthropic";

    public static ModelId Parse(string text)
    {
        if (text.Length > 200) return new ModelId(text, false);
        Span<char> buffer = stackalloc char[200];
        var length = text.AsSpan().ToLowerInvariant(buffer);
        var id = buffer[..length];
        var regional = DropRegion(ref id);
        if (id.StartsWith(Vendor) && id.Length > Vendor.Length && id[Vendor.Length] is '.' or '/') id = id[(Vendor.Length + 1)..];
        if (id.EndsWith("[1m]")) id = id[..^4];
        id = id[..WithoutVersion(id)];
        for (var i = 0; i < id.Length; i++)
        {
            if (id[i] == '@' || (id[i] == '.' && i > 0 && i + 1 < id.Length && char.IsAsciiDigit(id[i - 1]) && char.IsAsciiDigit(id[i + 1]))) id[i] = '-';
        }
        if (EndsWithDate(id)) id = id[..^9];
        return new ModelId(PriceRows.Alias(id.ToString()), regional);
    }

    /// <summary>Bedrock's region prefix; true when it is a region and not "global.".</summary>
    private static bool DropRegion(ref Span<char> id)
    {
        var dot = id.IndexOf('.');
        if (dot < 0) return false;
        ReadOnlySpan<char> region = id[..dot];
        var isGlobal = region.SequenceEqual("global");
        if (!isGlobal && !(region is "us" or "eu" or "apac" or "jp" or "au" or "us-gov")) return false;
        id = id[(dot + 1)..];
        return !isGlobal;
    }

    /// <summary>The length without a trailing "-v&lt;digits&gt;:&lt;digits&gt;".</summary>
    private static int WithoutVersion(ReadOnlySpan<char> id)
    {
        var at = id.Length;
        while (at > 0 && char.IsAsciiDigit(id[at - 1])) at--;
        if (at == id.Length || at == 0 || id[at - 1] != ':') return id.Length;
        var digits = --at;
        while (at > 0 && char.IsAsciiDigit(id[at - 1])) at--;
        return at < digits && at >= 2 && id[at - 1] == 'v' && id[at - 2] == '-' ? at - 2 : id.Length;
    }

    private static bool EndsWithDate(ReadOnlySpan<char> id) =>
        id.Length > 9 && id[^9] == '-' && id[^8] == '2' && id[^7] == '0' && !id[^8..].ContainsAnyExceptInRange('0', '9');
}
