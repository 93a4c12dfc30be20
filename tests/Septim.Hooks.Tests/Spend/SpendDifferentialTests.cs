using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Septim.Hooks.Spend;
using Septim.Hooks.Tests.Support;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Spend;

/// <summary>Random transcripts, cut and appended at random bytes, with state lost in between, against a plain reading with a real JSON parser.</summary>
public sealed class SpendDifferentialTests
{
    private static readonly string[] Models = ["claude-sonnet-4-6", "claude-haiku-5-5", "claude-opus-5-5", "us.anthropic.claude-opus-5-20260101-v1:0", "claude-next", "claude-sonnet-5-5"];
    private static readonly string[] Tails = ["", ",\"speed\":\"fast\"", ",\"inference_geo\":\"us\"", ",\"service_tier\":\"batch\"", ",\"iterations\":[{\"type\":\"message\",\"input_tokens\":3}]",
        ",\"iterations\":[{\"type\":\"advisor_message\",\"model\":\"claude-opus-5\",\"input_tokens\":50}]", ",\"iterations\":[{\"type\":\"compaction\",\"input_tokens\":120000}]"];

    // The model belongs to the id, as in real transcripts; only its counters differ between lines.
    private static readonly Gen<string> GenResponse =
        from id in Gen.Int[0, 25]
        from tokens in Gen.Int[0, 120_000].Array[6]
        from minute in Gen.Int[0, 400]
        from tool in Gen.Int[0, 30]
        from asked in Gen.Int[0, 3]
        let model = Models[id % Models.Length]
        let fixedTail = Tails[id % Tails.Length]
        select Line.Assistant("msg_" + id, tokens[0], tokens[1], tokens[2], tokens[3], tokens[4], tokens[5], model,
            requested: id % 4 == 0 ? "claude-haiku-4-5" : null, tool: tool < 20 ? "toolu_" + tool : null,
            time: new DateTime(2026, 10, 6, 20, 0, 0, DateTimeKind.Utc).AddMinutes(minute).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), more: fixedTail);

    /// <summary>What a full disk leaves of a line; the next one stands right behind it.</summary>
    private const string Half = "{\"type\":\"assistant\",\"message\":{\"id\":\"msg_half\",\"usage\":{\"input_tok";

    private static readonly Gen<string> GenLine = Gen.Frequency(
        (8, GenResponse),
        (1, GenResponse.Select(line => Half + line)),
        (2, Gen.Const(Line.User("about \\\"usage\\\" and \\u0022usage\\u0022"))),
        (1, Gen.Const("{\"type\":\"progress\",\"data\":{\"message\":{\"usage\":{\"input_tokens\":5}}}}")),
        (1, Gen.Const("{\"type\":\"assistant\",\"message\":{\"id\":\"msg_1\",\"usage\":{\"input_tok")),
        (1, Gen.Const("")),
        (1, Gen.Const(Line.Assistant("synthetic", 5, model: "<synthetic>"))));

    // Why so small: what was appended must be long enough for the second thread.
    private static readonly Gen<int> GenStripBytes = Gen.Int[0, 3].Select(i => new[] { 16, 60, 700, StripScanner.DefaultStripBytes }[i]);

    private static readonly Gen<(string[][] Files, int[] Cuts, bool[] Lose, int StripBytes)> GenSession =
        Gen.Select(GenLine.Array[0, 25].Array[3], Gen.Int[0, 400].Array[12], Gen.Bool.Array[12], GenStripBytes);

    [Fact]
    public void Equals_a_plain_reading_at_every_cut()
    {
        GenSession.Sample(session => Check(session.Files, session.Cuts, session.Lose, session.StripBytes), iter: 150);
    }

    private static bool Check(string[][] contents, int[] cuts, bool[] lose, int stripBytes)
    {
        using var home = new TemporaryDirectory();
        string[] paths = [home["p", "s.jsonl"], home["p", "s", "subagents", "agent-1.jsonl"], home["p", "s", "subagents", "w", "agent-2.jsonl"]];
        foreach (var path in paths)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
        }
        var bytes = contents.Select(lines => Encoding.UTF8.GetBytes(Line.Join(lines))).ToArray();
        var written = new int[3];
        for (var step = 0; step <= cuts.Length; step++)
        {
            for (var f = 0; f < 3; f++)
            {
                var count = step == cuts.Length ? bytes[f].Length - written[f] : Math.Min(cuts[(step + f) % cuts.Length] * (f + 1), bytes[f].Length - written[f]);
                using var stream = new FileStream(paths[f], FileMode.Append);
                stream.Write(bytes[f], written[f], count);
                written[f] += count;
            }
            if (step < lose.Length && lose[step] && step % 3 == 0 && Directory.Exists(home["state"])) Directory.Delete(home["state"], recursive: true);
            var meter = new SpendMeter(FileSystem.Real, home["state"], PriceTable.Embedded, TimeProvider.System, Deadline.None, stripBytes);
            var reading = meter.Read(SpendScope.Session(paths[0]));
            var (total, tools, perFile) = Plain(bytes.Select((b, f) => b[..written[f]]).ToArray());
            Assert.Equal((total, tools), (reading.LinesTotal.Pico, reading.ToolCalls));
            Assert.Equal(perFile, paths.Select(p => reading.Files.Single(r => r.Path == p).Total.Pico));
            Assert.Equal(total, reading.Models.Sum(m => m.Total.Pico));
            Assert.Equal(total, reading.Buckets.Sum(b => b.Value.Pico));
        }
        return true;
    }

    /// <summary>The rules once more, slowly: every complete line parsed, maxima by id, priced at the end.</summary>
    private static (long Total, long Tools, long[] PerFile) Plain(byte[][] files)
    {
        var all = new Dictionary<string, Plainly>();
        var tools = new HashSet<string>();
        var perFile = new long[files.Length];
        for (var f = 0; f < files.Length; f++)
        {
            var own = new Dictionary<string, Plainly>();
            var lines = Encoding.UTF8.GetString(files[f]).Split('\n');
            for (var i = 0; i < lines.Length; i++)
            {
                // Why the last one stays: behind half a line nothing counts before the line has ended.
                var line = i < lines.Length - 1 && lines[i].StartsWith(Half, StringComparison.Ordinal) ? lines[i][Half.Length..] : lines[i];
                JsonElement root;
                try { root = JsonDocument.Parse(line).RootElement; } catch (JsonException) { continue; }
                if (root.GetProperty("type").GetString() != "assistant" || root.GetProperty("message").GetProperty("model").GetString() == "<synthetic>") continue;
                Add(all, root);
                Add(own, root);
                foreach (var block in root.GetProperty("message").GetProperty("content").EnumerateArray())
                {
                    if (block.GetProperty("type").GetString() == "tool_use") tools.Add(block.GetProperty("id").GetString()!);
                }
            }
            perFile[f] = own.Values.Sum(p => p.Cost());
        }
        return (all.Values.Sum(p => p.Cost()), tools.Count, perFile);
    }

    private static void Add(Dictionary<string, Plainly> seen, JsonElement root)
    {
        var message = root.GetProperty("message");
        var usage = message.GetProperty("usage");
        var id = message.GetProperty("id").GetString()!;
        if (!seen.TryGetValue(id, out var p)) seen[id] = p = new Plainly { Model = message.GetProperty("model").GetString()!, Asked = root.TryGetProperty("requestedModel", out var asked) ? asked.GetString() : null, Usage = usage };
        var creation = usage.GetProperty("cache_creation");
        long[] now = [Of(usage, "input_tokens"), Of(usage, "output_tokens"), Of(usage, "cache_read_input_tokens"), Of(usage, "cache_creation_input_tokens"), Of(creation, "ephemeral_5m_input_tokens"), Of(creation, "ephemeral_1h_input_tokens")];
        for (var i = 0; i < 6; i++) p.Max[i] = Math.Max(p.Max[i], now[i]);
        var at = DateTimeOffset.Parse(root.GetProperty("timestamp").GetString()!, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        p.Time = Math.Min(p.Time, at);
    }

    private static long Of(JsonElement usage, string key) => usage.GetProperty(key).GetInt64();

    private sealed class Plainly
    {
        public required string Model;
        public required string? Asked;
        public required JsonElement Usage;
        public readonly long[] Max = new long[6];
        public long Time = long.MaxValue;

        public long Cost()
        {
            var tokens = new TokenCounts(Max[0], Max[1], Max[2], Max[4] + Math.Max(0, Max[3] - Max[4] - Max[5]), Max[5], 0);
            var cost = One(tokens, Has("speed", "fast"), Has("inference_geo", "us"), Has("service_tier", "batch"));
            if (!Usage.TryGetProperty("iterations", out var passes)) return cost;
            foreach (var pass in passes.EnumerateArray())
            {
                var extra = new TokenCounts(pass.GetProperty("input_tokens").GetInt64(), 0, 0, 0, 0, 0);
                cost += pass.GetProperty("type").GetString() switch
                {
                    "advisor_message" => Table(pass.GetProperty("model").GetString()!, extra, 0),
                    "compaction" => One(extra, false, false, false),
                    _ => 0,
                };
            }
            return cost;
        }

        private bool Has(string key, string value) => Usage.TryGetProperty(key, out var found) && found.GetString() == value;

        private long One(TokenCounts tokens, bool fast, bool us, bool batch)
        {
            var context = (fast ? UsageContext.Fast : 0) | (us ? UsageContext.GeoUs : 0) | (batch ? UsageContext.Batch : 0);
            return Math.Max(Table(Model, tokens, context), Asked is null ? 0 : Table(Asked, tokens, context));
        }

        private long Table(string model, TokenCounts tokens, UsageContext context) =>
            PriceTable.Embedded.Price(PriceTable.Embedded.Resolve(model), tokens, context, Time).Pico;
    }
}
