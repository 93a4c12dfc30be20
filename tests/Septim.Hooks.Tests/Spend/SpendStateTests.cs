using Septim.Hooks.Spend;
using Septim.Hooks.Tests.Support;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Spend;

/// <summary>State is a cache, never an authority: whatever happens to it, the figures stay the same.</summary>
public sealed class SpendStateTests : IDisposable
{
    private const long In = 3_000_000;

    private readonly TemporaryDirectory _home = new();

    public void Dispose() => _home.Dispose();

    /// <summary>A lone half of a surrogate pair is no text, and is written into state as something else.</summary>
    [Fact]
    public void A_model_whose_name_is_no_text_is_one_model_on_all_lines()
    {
        var main = Grow(rounds: 1);
        for (var round = 0; round < 3; round++)
        {
            File.AppendAllText(main, Line.Join([.. Enumerable.Range(0, 2_000).Select(i => Line.Assistant($"{round}-{i}", 1, model: "x\\ud800"))]));
            Assert.Equal(Full(main), Read(main));
        }
    }

    [Fact]
    public void Damage_anywhere_in_the_state_changes_no_figure()
    {
        var main = Grow(rounds: 6);
        var expected = Full(main);
        var random = new Random(7);
        for (var round = 0; round < 120; round++)
        {
            var files = Directory.GetFiles(_home["state"], "*", SearchOption.AllDirectories);
            var file = files[random.Next(files.Length)];
            var bytes = File.ReadAllBytes(file);
            if (bytes.Length == 0) bytes = [1, 2, 3];
            switch (round % 5)
            {
                case 0: bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes = bytes[..random.Next(bytes.Length)]; break;
                case 2: bytes = [.. bytes, .. bytes]; break;
                case 3: Array.Clear(bytes, random.Next(bytes.Length), 0); random.NextBytes(bytes.AsSpan(random.Next(bytes.Length))); break;
                default: bytes = []; break;
            }
            File.WriteAllBytes(file, bytes);
            if (round % 7 == 0) File.Delete(file);
            File.AppendAllText(main, Line.Join(Line.Assistant("d" + round, 1), Line.Assistant("m0", 1)));
            expected += In;
            Assert.Equal(expected, Read(main, loadAhead: round % 2 == 0));
        }
        Assert.Equal(expected, Full(main));
    }

    [Fact]
    public void A_snapshot_forged_to_nothing_spent_is_not_believed()
    {
        var main = Grow(rounds: 2);
        var expected = Full(main);
        var forged = 0;
        foreach (var cell in Directory.GetFiles(_home["state"], "snapshot-*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(cell);
            var at = bytes.AsSpan().IndexOf(BitConverter.GetBytes(expected));
            if (at < 0) continue;
            Array.Clear(bytes, at, 8);
            File.WriteAllBytes(cell, bytes);
            forged++;
        }
        Assert.True(forged > 0);
        Assert.Equal(expected, Read(main));
    }

    [Fact]
    public void The_snapshot_of_another_scope_or_price_table_is_not_used()
    {
        var main = Grow(rounds: 2);
        var expected = Full(main);
        var other = _home.Write("p/other.jsonl", Line.Join(Line.Assistant("x", 1)));
        Assert.Equal(In, Read(other));
        var folders = Directory.GetDirectories(_home["state", "spend"]);
        var mine = folders.Single(f => Directory.GetFiles(f, "*.seg").Length > 0);
        var theirs = Directory.GetFiles(folders.Single(f => f != mine), "snapshot-*").Single();
        foreach (var cell in Directory.GetFiles(mine, "snapshot-*")) File.Copy(theirs, cell, overwrite: true);
        Assert.Equal(expected, Read(main));

        var prices = _home.Write("prices.json", """{ "models": { "claude-sonnet-4-6": { "rates": { "input": 6, "output": 15, "cache_write_5m": 3.75, "cache_write_1h": 6, "cache_read": 0.3 } } } }""");
        var dearer = new SpendMeter(FileSystem.Real, _home["state"], PriceTable.Load(FileSystem.Real, prices), TimeProvider.System, Deadline.None);
        Assert.Equal(2 * expected, dearer.Read(SpendScope.Session(main)).Total.Pico);
        Assert.Equal(expected, Read(main));
    }

    [Fact]
    public void Without_a_place_for_state_the_figures_are_the_same()
    {
        var main = Grow(rounds: 2);
        var expected = Full(main);
        var meter = new SpendMeter(new DenyingFileSystem(null), _home["elsewhere"], PriceTable.Embedded, TimeProvider.System, Deadline.None);
        Assert.Equal(expected, meter.Read(SpendScope.Session(main)).Total.Pico);
        Assert.False(Directory.Exists(_home["elsewhere"]));

        var file = _home.Write("a-file", "");
        meter = new SpendMeter(FileSystem.Real, file, PriceTable.Embedded, TimeProvider.System, Deadline.None);
        Assert.Equal(expected, meter.Read(SpendScope.Session(main)).Total.Pico);
    }

    [Fact]
    public void State_is_closed_to_others()
    {
        Grow(rounds: 2);
        if (OperatingSystem.IsWindows()) return;
        foreach (var folder in Directory.GetDirectories(_home["state"], "*", SearchOption.AllDirectories))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }
        foreach (var file in Directory.GetFiles(_home["state"], "*", SearchOption.AllDirectories))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public void Sixteen_readers_of_one_growing_session_agree_with_the_file()
    {
        var main = Grow(rounds: 1);
        var start = Full(main);
        var added = 0L;
        var failures = new List<string>();
        var writer = new Thread(() =>
        {
            for (var i = 0; i < 300; i++)
            {
                File.AppendAllText(main, Line.Join(Line.Assistant("w" + i, 1), Line.Assistant("w" + (i / 2), 1)));
                Interlocked.Add(ref added, In);
            }
        });
        var readers = Enumerable.Range(0, 16).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < 25; i++)
            {
                var least = start + Interlocked.Read(ref added);
                var read = Read(main);
                var most = start + Interlocked.Read(ref added) + In;
                if (read >= least && read <= most) continue;
                lock (failures) failures.Add($"{read} not in {least}..{most}");
            }
        })).ToList();
        writer.Start();
        readers.ForEach(r => r.Start());
        writer.Join();
        readers.ForEach(r => r.Join());
        Assert.Empty(failures);
        Assert.Equal(start + 300 * In, Read(main));
        Assert.Equal(start + 300 * In, Full(main));
    }

    [Fact]
    public void The_state_of_a_long_session_stays_small_a_call_and_exact()
    {
        var main = _home.Write("p/s.jsonl", "");
        var random = new Random(3);
        var seen = 0;
        for (var call = 0; call < 400; call++)
        {
            var lines = new List<string>();
            for (var i = 0; i < 8; i++) lines.Add(Line.Assistant("m" + (random.Next(10) == 0 ? random.Next(seen + 1) : seen++), 1, random.Next(3), tool: "t" + random.Next(5_000)));
            File.AppendAllText(main, Line.Join([.. lines]));
            Read(main);
        }
        var reading = Meter().Read(SpendScope.Session(main));
        var full = Meter().ReadInFull(SpendScope.Session(main));
        Assert.Equal((full.Total, full.Responses, full.ToolCalls), (reading.Total, reading.Responses, reading.ToolCalls));
        Assert.All(Directory.GetFiles(_home["state"], "snapshot-*", SearchOption.AllDirectories), cell => Assert.InRange(new FileInfo(cell).Length, 1, 8_000));
    }

    [Fact]
    public void When_the_newer_cell_is_spoiled_the_older_one_serves_and_both_spoiled_cost_only_time()
    {
        var main = Grow(rounds: 4);
        var size = new FileInfo(main).Length;
        var cells = Directory.GetFiles(_home["state"], "snapshot-*", SearchOption.AllDirectories);
        Assert.Equal(2, cells.Length);
        var newer = cells.MaxBy(cell => StateCell.Sequence(FileSystem.Real, cell))!;
        File.WriteAllBytes(newer, File.ReadAllBytes(newer)[..^9]);
        var expected = Full(main);
        var served = Meter().Read(SpendScope.Session(main));
        Assert.Equal(expected, served.Total.Pico);
        Assert.InRange(served.BytesRead, 1, size / 2);

        foreach (var cell in cells) File.WriteAllText(cell, "spoiled");
        var again = Meter().Read(SpendScope.Session(main));
        Assert.Equal((expected, size), (again.Total.Pico, again.BytesRead));
        Assert.Equal(0, Meter().Read(SpendScope.Session(main)).BytesRead);
    }

    /// <summary>A session whose records fill segments.</summary>
    private string Grow(int rounds)
    {
        var main = _home.Write("p/s.jsonl", "");
        for (var round = 0; round < rounds; round++)
        {
            File.AppendAllText(main, Line.Join([.. Enumerable.Range(0, 60).Select(i => Line.Assistant($"m{round * 50 + i}", 1, tool: $"t{round}-{i}"))]));
            Read(main);
        }
        return main;
    }

    private SpendMeter Meter() => new(FileSystem.Real, _home["state"], PriceTable.Embedded, TimeProvider.System, Deadline.None);

    /// <param name="main">The transcript.</param>
    /// <param name="loadAhead">Loads the state on a second thread.</param>
    private long Read(string main, bool loadAhead = false)
    {
        var scope = SpendScope.Session(main);
        using var ahead = loadAhead ? Meter().Begin(scope) : null;
        return Meter().Read(scope, ahead).Total.Pico;
    }

    private long Full(string main) => Meter().ReadInFull(SpendScope.Session(main)).Total.Pico;
}
