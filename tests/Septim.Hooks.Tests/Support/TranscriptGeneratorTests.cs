using System.Text.Json;

namespace Septim.Hooks.Tests.Support;

/// <summary>The generator's own truth is checked against the plain way to read a transcript: every line parsed, each message once.</summary>
public sealed class TranscriptGeneratorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("septim-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Truth_equals_a_plain_reading_of_the_files()
    {
        var session = TranscriptGenerator.Write(_folder, new SessionPlan(2_000_000));

        var largest = new Dictionary<string, long>();
        long byLines = 0;
        var lines = 0;
        foreach (var line in new[] { session.MainFile }.Concat(session.AgentFiles).SelectMany(File.ReadLines))
        {
            lines++;
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("type").GetString() != "assistant") continue;
            var message = json.RootElement.GetProperty("message");
            var pico = Price(message);
            byLines += pico;
            var id = message.GetProperty("id").GetString()!;
            largest[id] = Math.Max(pico, largest.GetValueOrDefault(id));
        }

        Assert.Equal(lines, session.Lines);
        Assert.Equal(largest.Count, session.Responses);
        Assert.Equal(largest.Values.Sum(), session.PicoUsd);
        Assert.Equal(byLines, session.PicoUsdByLines);
        Assert.NotEqual(session.PicoUsd, session.PicoUsdByLines);
        Assert.InRange(session.Bytes, 2_000_000, 4_000_000);
    }

    [Fact]
    public void Same_plan_gives_the_same_bytes()
    {
        var first = TranscriptGenerator.Write(Path.Combine(_folder, "a"), new SessionPlan(200_000) { Seed = 3 });
        var second = TranscriptGenerator.Write(Path.Combine(_folder, "b"), new SessionPlan(200_000) { Seed = 3 });

        Assert.Equal(File.ReadAllBytes(first.MainFile), File.ReadAllBytes(second.MainFile));
        Assert.Equal(first.PicoUsd, second.PicoUsd);
    }

    [Fact]
    public void Appended_response_costs_what_it_says()
    {
        var session = TranscriptGenerator.Write(_folder, new SessionPlan(100_000));
        var before = File.ReadLines(session.MainFile).Count();

        var pico = TranscriptGenerator.Append(session, seed: 9);

        var added = File.ReadLines(session.MainFile).Skip(before).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("type").GetString() == "assistant").Select(line => line.GetProperty("message")).ToList();
        Assert.Single(added.Select(message => message.GetProperty("id").GetString()).Distinct());
        Assert.Equal(pico, added.Max(Price));
    }

    private static long Price(JsonElement message)
    {
        var usage = message.GetProperty("usage");
        long Tokens(string name) => usage.GetProperty(name).GetInt64();
        var writes = usage.GetProperty("cache_creation");
        return new GeneratedUsage(
            message.GetProperty("model").GetString()!,
            Tokens("input_tokens"),
            Tokens("output_tokens"),
            Tokens("cache_read_input_tokens"),
            writes.GetProperty("ephemeral_5m_input_tokens").GetInt64(),
            writes.GetProperty("ephemeral_1h_input_tokens").GetInt64(),
            usage.GetProperty("server_tool_use").GetProperty("web_search_requests").GetInt64()).Pico;
    }
}
