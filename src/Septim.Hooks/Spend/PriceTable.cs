using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>Prices by model, and the rules around them. All arithmetic is in whole pico-dollars and checked.</summary>
internal sealed class PriceTable
{
    private readonly Dictionary<string, PriceRow>? _overrides;
    private readonly PriceRow _unknown;

    private PriceTable(Dictionary<string, PriceRow>? overrides, Rates unknown, long webSearch, long version)
    {
        _overrides = overrides;
        _unknown = new PriceRow("", unknown);
        (WebSearch, Version) = (webSearch, version);
    }

    /// <summary>The table compiled into the executable; see prices.json for source and date of each figure.</summary>
    public static PriceTable Embedded { get; } = new(null, PriceRows.Unknown, PriceRows.WebSearch, PriceRows.Version);

    /// <summary>Identity of all figures: a snapshot made with another one is not used.</summary>
    public long Version { get; }

    /// <summary>One web search, in pico-dollars.</summary>
    public long WebSearch { get; }

    public Rates UnknownRates => _unknown.Rates;

    /// <summary>The embedded table with a user's file over it; the embedded one when <paramref name="path"/> is null.</summary>
    /// <exception cref="HookFault">The file is missing, unreadable or wrong; the message names file and key.</exception>
    public static PriceTable Load(IFileSystem files, string? path)
    {
        if (path is null) return Embedded;
        var file = PriceFile.Read(files, path);
        var unknown = file.Unknown ?? PriceRows.Unknown;
        foreach (var row in file.Rows.Values) unknown = unknown.Max(row.Rates);
        return new PriceTable(file.Rows, unknown, file.WebSearch ?? PriceRows.WebSearch, PriceRows.Version ^ file.Fingerprint);
    }

    public PricedModel Resolve(string written)
    {
        var id = ModelId.Parse(written);
        var row = _overrides?.GetValueOrDefault(id.Normal) ?? PriceRows.Find(id.Normal);
        return row is null
            ? new PricedModel(written, written, false, false, _unknown)
            : new PricedModel(row.Id, written, true, id.Regional && row.Regional, row);
    }

    /// <summary>Token price with all factors, and fees.</summary>
    /// <param name="model">Whose rates.</param>
    /// <param name="tokens">The largest value of each kind.</param>
    /// <param name="context">Factors.</param>
    /// <param name="unixMilliseconds">Time of the response; null takes the current row.</param>
    public Usd Price(PricedModel model, in TokenCounts tokens, UsageContext context, long? unixMilliseconds)
    {
        var row = model.Row;
        var rates = row.Rates;
        foreach (var dated in row.Dated)
        {
            if (unixMilliseconds is { } at && dated.Covers(at)) rates = dated.Rates;
        }
        if (row.BandOver != long.MaxValue && (Int128)tokens.Input + tokens.CacheRead + tokens.CacheWrite5m + tokens.CacheWrite1h > row.BandOver) rates = row.Band;
        Int128 numerator = 1, denominator = 1;
        if ((context & UsageContext.Fast) != 0)
        {
            if (row.Fast is { } fast) rates = fast;
            else if (!model.Known) numerator *= 2;
        }
        if ((context & UsageContext.GeoUs) != 0) (numerator, denominator) = (numerator * 11, denominator * 10);
        if (model.Regional) (numerator, denominator) = (numerator * 11, denominator * 10);
        if ((context & UsageContext.Batch) != 0) denominator *= 2;
        var cost = rates.Cost(tokens);
        if (denominator != 1 || numerator != 1)
        {
            // Why: dearest first; below this bound the product fits into 127 bits.
            if (cost > long.MaxValue) Usd.Checked(cost);
            var (quotient, rest) = Int128.DivRem(cost * numerator, denominator);
            cost = rest > 0 ? quotient + 1 : quotient;
        }
        if (tokens.WebSearches != 0) cost += (Int128)tokens.WebSearches * WebSearch;
        return new Usd(Usd.Checked(cost));
    }
}
