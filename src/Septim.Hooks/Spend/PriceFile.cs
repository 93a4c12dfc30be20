using System.Text.Json;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>
/// A price file in the shape of <c>prices.json</c>: figures in USD per million tokens, keys that are not known are skipped. A row must
/// state all five rates; what cannot be priced exactly in pico-dollars a token is refused, not rounded.
/// </summary>
internal sealed class PriceFile
{
    private const int MaxBytes = 4 * 1024 * 1024;

    public Dictionary<string, PriceRow> Rows { get; } = [];

    /// <summary>Null when the file does not say.</summary>
    public Rates? Unknown { get; private set; }

    /// <summary>Pico-dollars each; null when the file does not say.</summary>
    public long? WebSearch { get; private set; }

    public long Fingerprint { get; private set; }

    public static PriceFile Read(IFileSystem files, string path)
    {
        var handle = files.Open(path, out var stat);
        if (handle < 0) throw new HookFault($"the price file {path} cannot be read ({stat.Kind}); repair it or take it out of the configuration");
        try
        {
            if (stat.Size > MaxBytes) throw new HookFault($"the price file {path} is larger than 4 MiB");
            var bytes = new byte[stat.Size];
            var length = 0;
            while (length < bytes.Length && files.Read(handle, length, bytes.AsSpan(length)) is var read and > 0) length += read;
            return Parse(bytes.AsSpan(0, length), path);
        }
        finally
        {
            files.Close(handle);
        }
    }

    /// <exception cref="HookFault">The text is no such file.</exception>
    public static PriceFile Parse(ReadOnlySpan<byte> json, string path)
    {
        try
        {
            if (json.StartsWith("\uFEFF"u8)) json = json[3..];
            using var document = JsonDocument.Parse(json.ToArray());
            var file = new PriceFile { Fingerprint = unchecked((long)KeyHash.Print(json)) };
            file.Read(document.RootElement, path);
            return file;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new HookFault($"the price file {path} is not readable as JSON of its kind: {e.Message}", e);
        }
    }

    private void Read(JsonElement root, string path)
    {
        if (root.TryGetProperty("models", out var models))
        {
            foreach (var model in models.EnumerateObject()) Rows[model.Name] = ReadRow(model.Name, model.Value, path);
        }
        if (root.TryGetProperty("unknown_model", out var unknown) && unknown.TryGetProperty("rates", out var rates))
        {
            Unknown = ReadRates(rates, "unknown_model", path);
        }
        if (root.TryGetProperty("web_search_usd_each", out var fee))
        {
            WebSearch = JsonNumber.Pico(JsonUtf8(fee)) ?? throw new HookFault($"{path}: web_search_usd_each is no amount of dollars");
        }
    }

    private static PriceRow ReadRow(string id, JsonElement model, string path)
    {
        if (!model.TryGetProperty("rates", out var rates)) throw new HookFault($"{path}: models.{id} has no \"rates\"");
        var regional = model.TryGetProperty("regional", out var flag) ? flag.GetBoolean() : PriceRows.Find(id)?.Regional ?? true;
        var row = new PriceRow(id, ReadRates(rates, id, path)) { Regional = regional };
        if (model.TryGetProperty("fast", out var fast) && fast.TryGetProperty("rates", out var fastRates))
        {
            row = row with { Fast = ReadRates(fastRates, id + ".fast", path) };
        }
        if (model.TryGetProperty("prompt_band", out var band))
        {
            row = row with { BandOver = band.GetProperty("over").GetInt64(), Band = ReadRates(band.GetProperty("rates"), id + ".prompt_band", path) };
        }
        if (model.TryGetProperty("dated", out var dated))
        {
            var list = new List<DatedRates>();
            foreach (var entry in dated.EnumerateArray())
            {
                list.Add(new DatedRates(Day(entry.GetProperty("from"), id, path), Day(entry.GetProperty("until"), id, path),
                    ReadRates(entry.GetProperty("rates"), id + ".dated", path)));
            }
            row = row with { Dated = [.. list] };
        }
        return row;
    }

    private static DateOnly Day(JsonElement text, string id, string path) =>
        DateOnly.TryParseExact(text.GetString(), "yyyy-MM-dd", out var day)
            ? day : throw new HookFault($"{path}: models.{id}.dated wants days like 2026-10-07");

    private static Rates ReadRates(JsonElement rates, string id, string path)
    {
        return new Rates(One("input"), One("output"), One("cache_write_5m"), One("cache_write_1h"), One("cache_read"));

        long One(string kind)
        {
            // Why: dollars per million tokens in pico-dollars are a million times pico-dollars a token.
            if (!rates.TryGetProperty(kind, out var value) || value.ValueKind != JsonValueKind.Number
                || JsonNumber.Pico(JsonUtf8(value)) is not { } pico || pico % 1_000_000 != 0)
            {
                throw new HookFault($"{path}: {id} wants a number for \"{kind}\": USD per million tokens, at most six decimals");
            }
            return pico / 1_000_000;
        }
    }

    private static byte[] JsonUtf8(JsonElement number) => System.Text.Encoding.UTF8.GetBytes(number.GetRawText());
}
