using System.Text;
using Septim.Hooks.Spend;
using Septim.Hooks.Tests.Support;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Spend;

public sealed class SpendMeterTests : IDisposable
{
    private const long In = 3_000_000;

    private readonly TemporaryDirectory _home = new();
    private readonly FixedTime _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_session_is_its_main_transcript_and_every_agent_below_it()
    {
        var main = _home.Write("p/s.jsonl", Line.Join(Line.Assistant("a", 1, tool: "t1"), Line.Assistant("b", 2, tool: "t2")));
        _home.Write("p/s/subagents/agent-x1.jsonl", Line.Join(Line.Assistant("c", 4, tool: "t3"), Line.Assistant("a", 1, tool: "t1")));
        _home.Write("p/s/subagents/workflows/wf_1/agent-x2.jsonl", Line.Join(Line.Assistant("d", 8)));
        _home.Write("p/s/subagents/workflows/wf_1/journal.jsonl", Line.Join(Line.User()));
        _home.Write("p/s/subagents/agent-x1.meta.json", "{}");
        _home.Write("p/other.jsonl", Line.Join(Line.Assistant("z", 99)));

        var reading = Both(SpendScope.Session(main));

        Assert.Equal(15 * In, reading.Total.Pico);
        Assert.Equal(4, reading.Responses);
        Assert.Equal(3, reading.ToolCalls);
        Assert.Equal(main, reading.Files[0].Path);
        Assert.Null(reading.Files[0].AgentId);
        Assert.Equal(3 * In, reading.Files[0].Total.Pico);
        var agent = reading.Files.Single(f => f.AgentId == "x1");
        Assert.Equal(5 * In, agent.Total.Pico);
        Assert.Equal(2, agent.Responses);
        Assert.Equal(8 * In, reading.Files.Single(f => f.AgentId == "x2").Total.Pico);
    }

    [Fact]
    public void A_fork_in_the_same_run_counts_copied_responses_once_and_each_file_has_its_own_total()
    {
        var parent = _home.Write("p/1.jsonl", Line.Join(Line.Assistant("a", 1), Line.Assistant("b", 2)));
        var fork = _home.Write("p/2.jsonl", Line.Join(Line.Assistant("a", 1), Line.Assistant("b", 5), Line.Assistant("c", 8)));

        var reading = Both(SpendScope.Run("r", [parent, fork]));

        Assert.Equal(14 * In, reading.Total.Pico);
        Assert.Equal([3 * In, 14 * In], reading.Files.Select(f => f.Total.Pico));
    }

    [Fact]
    public void A_child_session_counts_in_its_parents_scope()
    {
        var main = _home.Write("p/1.jsonl", Line.Join(Line.Assistant("a", 1)));
        var child = _home.Write("q/2.jsonl", Line.Join(Line.Assistant("b", 2)));
        _home.Write("q/2/subagents/agent-y.jsonl", Line.Join(Line.Assistant("c", 4)));
        Assert.Equal(1 * In, Meter().Read(SpendScope.Session(main)).Total.Pico);
        Assert.Equal(7 * In, Both(SpendScope.Session(main, [child, _home["q", "not-yet.jsonl"]])).Total.Pico);
    }

    [Fact]
    public void The_last_response_of_a_file_is_described_with_the_eight_last_costs()
    {
        var lines = new List<string>();
        for (var i = 1; i <= 10; i++) lines.Add(Line.Assistant("m" + i, i));
        lines.Add(Line.User());
        lines.Add(Line.Assistant("m11", 11, 2, 30, 4, model: "claude-sonnet-4-6", requested: "claude-haiku-4-5"));
        lines.Add(Line.Assistant("m11", 11, 3, 30, 4, model: "claude-sonnet-4-6", requested: "claude-haiku-4-5", tool: "toolu_1"));
        var before = Line.Join([.. lines.Take(11)]);
        var main = _home.Write("p/s.jsonl", Line.Join([.. lines]) + Line.User() + "\n");

        var file = Both(SpendScope.Session(main)).Files[0];

        Assert.Equal(11, file.Responses);
        Assert.Equal(new LastResponse("claude-sonnet-4-6", "claude-haiku-4-5", 45, 3, new Usd(11 * In + 3 * 15_000_000L + 30 * 300_000 + 4 * 3_750_000), before.Length), file.Last);
        Assert.Equal([4, 5, 6, 7, 8, 9, 10], file.RecentCosts.Take(7).Select(c => c.Pico / In));
        Assert.Equal(file.Last!.Cost, file.RecentCosts[7]);
        Assert.Equal(Line.User().Length + 2, file.BytesAfterLastResponse);
        Assert.True(Meter().ContainsToolUse(file, Call("toolu_1")));
        Assert.False(Meter().ContainsToolUse(file, Call("toolu_2")));
    }

    [Fact]
    public void Every_tool_call_of_a_session_is_known_to_be_on_disk()
    {
        var main = _home.Write("p/s.jsonl", Line.Join([.. Enumerable.Range(0, 300).Select(i => Line.Assistant("m" + i, 1, tool: "t" + i))]));
        foreach (var reading in (SpendReading[])[Meter().Read(SpendScope.Session(main)), Meter().Read(SpendScope.Session(main))])
        {
            Assert.All(Enumerable.Range(0, 300), i => Assert.True(reading.HoldsToolUse(Call("t" + i))));
            Assert.False(reading.HoldsToolUse(Call("t300")));
        }
        var last = Meter().Read(SpendScope.Session(main));
        foreach (var segment in Directory.GetFiles(_home["state"], "*.seg", SearchOption.AllDirectories)) File.Delete(segment);
        Assert.True(last.HoldsToolUse(Call("t0")), "state that went meanwhile");
    }

    [Fact]
    public void A_tool_call_in_a_half_written_line_is_not_on_disk()
    {
        var main = _home.Write("p/s.jsonl", Line.Join(Line.Assistant("a", 1)) + Line.Assistant("b", 1, tool: "toolu_9")[..^2]);
        var file = Meter().Read(SpendScope.Session(main)).Files[0];
        Assert.False(Meter().ContainsToolUse(file, Call("toolu_9")));
        File.AppendAllText(main, "\"}\n");
        Assert.False(Meter().ContainsToolUse(file, Call("toolu_9")), "the reading does not hold its cost yet");
        Assert.True(Meter().ContainsToolUse(Meter().Read(SpendScope.Session(main)).Files[0], Call("toolu_9")));
    }

    [Theory]
    [InlineData("0.000001", 3)]
    [InlineData("0.00001", 10)]
    [InlineData("1e-5", 10)]
    public void The_clients_own_total_is_a_floor(string usd, long inDollarsE6)
    {
        var main = _home.Write("p/s.jsonl", Line.Join(Line.Assistant("a", 1), Line.CostState(usd)));
        var reading = Both(SpendScope.Session(main));
        Assert.Equal(1 * In, reading.LinesTotal.Pico);
        Assert.Equal(inDollarsE6 * 1_000_000, reading.Total.Pico);
    }

    [Fact]
    public void What_follows_the_last_cost_record_is_added_and_records_are_never_added_up()
    {
        var main = _home.Write("p/s.jsonl", Line.Join(Line.Assistant("a", 1), Line.CostState("0.00001"), Line.Assistant("b", 1), Line.CostState("0.00002"), Line.Assistant("c", 2)));
        var reading = Both(SpendScope.Session(main));
        Assert.Equal(20_000_000 + 2 * In, reading.Total.Pico);
        Assert.Equal(reading.Total, reading.CostStateFloor);
    }

    [Fact]
    public void Agents_spend_before_the_sessions_end_is_inside_its_cost_record_and_later_spend_is_not()
    {
        var main = _home.Write("p/s.jsonl", Line.Join(Line.Assistant("a", 1, time: "2026-11-22T10:00:00.000Z"), Line.CostState("0.00003")));
        _home.Write("p/s/subagents/agent-x.jsonl", Line.Join(Line.Assistant("c", 4, time: "2026-11-22T10:05:00.000Z")));
        Assert.Equal(30_000_000, Both(SpendScope.Session(main)).Total.Pico);

        File.AppendAllText(main, Line.Join(Line.User(time: "2026-11-22T11:00:00.000Z")));
        File.AppendAllText(_home["p", "s", "subagents", "agent-x.jsonl"], Line.Join(Line.Assistant("d", 2, time: "2026-11-22T11:05:00.000Z")));
        Assert.Equal(30_000_000 + 2 * In, Both(SpendScope.Session(main)).Total.Pico);
    }

    [Fact]
    public void Floating_point_noise_in_the_clients_total_is_not_spend()
    {
        var main = _home.Write("p/s.jsonl", Line.Join(Line.Assistant("a", 1), Line.CostState("0.0000030000000000000004")));
        Assert.Equal(1 * In, Both(SpendScope.Session(main)).Total.Pico);
    }

    [Fact]
    public void The_window_holds_the_last_day_of_all_projects_and_what_has_no_time()
    {
        _home.Write("projects/-a/1.jsonl", Line.Join(Line.Assistant("old", 100, time: "2026-11-21T11:49:59.999Z"), Line.Assistant("new", 1, time: "2026-11-21T12:00:01.000Z")));
        _home.Write("projects/-b/2.jsonl", Line.Join(Line.Assistant("new", 1, time: "2026-11-21T12:00:01.000Z"), Line.Assistant("future", 2, time: "2027-01-01T00:00:00.000Z"), Line.Assistant("none", 4)));
        _home.Write("projects/-b/2/subagents/agent-x.jsonl", Line.Join(Line.Assistant("sub", 8, time: "2026-11-22T11:00:00.000Z")));
        Assert.Equal(15 * In, Both(SpendScope.Day(_home["projects"])).WindowTotal(_time.Now).Pico);
        _time.Now = _time.Now.AddHours(25);
        Assert.Equal(6 * In, Meter().Read(SpendScope.Day(_home["projects"])).WindowTotal(_time.Now).Pico);
        _time.Now = _time.Now.AddHours(-25);
        Assert.Equal(15 * In, Meter().Read(SpendScope.Day(_home["projects"])).WindowTotal(_time.Now).Pico);
    }

    /// <summary>So many that a second thread looks at half of them.</summary>
    /// <summary>In one folder or several, whether or not the folders were listed too lately to be trusted.</summary>
    [Theory]
    [InlineData(9, false)]
    [InlineData(9, true)]
    [InlineData(1, true)]
    [InlineData(315, true)]
    public void Of_very_many_transcripts_each_that_grows_comes_or_goes_is_seen(int folders, bool settled)
    {
        const int count = 630, rounds = 9;
        static string Response(string id) => Line.Join(Line.Assistant(id, 1, time: "2026-11-22T11:00:00.000Z"));
        string PathOf(int i) => _home["projects", $"-p{i % folders}", $"{i:D3}.jsonl"];
        for (var i = 0; i < count; i++) _home.Write($"projects/-p{i % folders}/{i:D3}.jsonl", Response($"m{i}"));
        if (settled)
        {
            foreach (var folder in Directory.GetDirectories(_home["projects"]).Append(_home["projects"])) Directory.SetLastWriteTimeUtc(folder, new DateTime(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc));
        }
        var day = SpendScope.Day(_home["projects"]);
        Assert.Equal(count * In, Both(day).WindowTotal(_time.Now).Pico);

        for (var i = 0; i < rounds; i++)
        {
            File.AppendAllText(PathOf(i * 70 + i), Response($"n{i}"));
            Assert.Equal((count + i + 1) * In, Both(day).WindowTotal(_time.Now).Pico);
            // Damage is met on the second thread and thrown on the first.
            if (i % 4 == 3) Assert.All(Directory.GetFiles(_home["state"], "*.tab", SearchOption.AllDirectories), file => File.WriteAllBytes(file, File.ReadAllBytes(file)[..^7].Reverse().ToArray()));
        }
        for (var i = 0; i < rounds; i++) _home.Write($"projects/-p{i % folders}/{i * 70:D3}-new.jsonl", Response($"o{i}"));
        Assert.Equal((count + 2 * rounds) * In, Both(day).WindowTotal(_time.Now).Pico);
        for (var i = 1; i <= rounds; i++) File.Delete(PathOf(i));
        Assert.Equal((count + rounds) * In, Both(day).WindowTotal(_time.Now).Pico);
        File.AppendAllText(PathOf(count - 1), Response("last"));
        Assert.Equal((count + rounds + 1) * In, Both(day).WindowTotal(_time.Now).Pico);
    }

    /// <summary>Known from the reading that saw the response, looked up in the file by a later one: the same answer.</summary>
    [Fact]
    public void A_tool_call_of_the_last_response_is_found_by_the_reading_that_saw_it_and_by_the_next()
    {
        var main = _home.Write("p/s.jsonl", Line.Join(Line.Assistant("a", 1, tool: "t1"), Line.Assistant("b", 1, tool: "t2"), Line.Assistant("b", 1, tool: "t3")));
        var first = Meter().Read(SpendScope.Session(main)).Files[0];
        var second = Meter().Read(SpendScope.Session(main)).Files[0];
        Assert.NotNull(first.LastToolUses);
        Assert.Null(second.LastToolUses);
        File.AppendAllText(main, Line.Join(Line.Assistant("b", 1, tool: "t4")));
        var third = Meter().Read(SpendScope.Session(main)).Files[0];
        foreach (var (id, whenRead, later) in (ReadOnlySpan<(string, bool, bool)>)[("t1", false, false), ("t2", true, true), ("t3", true, true), ("t4", false, true), ("t5", false, false)])
        {
            Assert.Equal(whenRead, Meter().ContainsToolUse(first, Call(id)));
            Assert.Equal(whenRead, Meter().ContainsToolUse(second, Call(id)));
            Assert.Equal(later, Meter().ContainsToolUse(third, Call(id)));
        }
    }

    [Fact]
    public void The_files_of_one_folder_are_those_of_all_that_lie_below_it()
    {
        for (var i = 0; i < 60; i++) _home.Write($"projects/-p{i % 3}/{i:D2}.jsonl", Line.Join(Line.Assistant($"m{i}", 1, time: "2026-11-22T11:00:00.000Z")));
        _home.Write("projects/-p1/01/subagents/agent-x.jsonl", Line.Join(Line.Assistant("sub", 8, time: "2026-11-22T11:00:00.000Z"), Line.Assistant("sub2", 8, time: "2026-11-22T11:01:00.000Z")));
        var day = SpendScope.Day(_home["projects"]);
        var all = Both(day).Files;
        Assert.Equal(61, all.Count);
        foreach (var folder in (string[])[_home["projects", "-p1"], _home["projects", "-p1", "01", "subagents"], _home["projects"], _home["elsewhere"], ""])
        {
            // A meter of its own each: what was not asked for stays unread.
            var below = Meter().Read(day).FilesBelow(folder);
            Assert.Equal(all.Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal)).Select(file => (file.Path, file.Responses, file.Total)), below.Select(file => (file.Path, file.Responses, file.Total)));
        }
    }

    [Fact]
    public void A_clock_set_back_beyond_what_was_kept_starts_over()
    {
        _home.Write("projects/-a/1.jsonl", Line.Join(Line.Assistant("a", 1, time: "2026-11-18T12:00:00.000Z"), Line.Assistant("b", 2, time: "2026-11-22T11:00:00.000Z")));
        Assert.Equal(2 * In, Meter().Read(SpendScope.Day(_home["projects"])).WindowTotal(_time.Now).Pico);
        _time.Now = new DateTimeOffset(2026, 11, 18, 13, 0, 0, TimeSpan.Zero);
        Assert.Equal(3 * In, Meter().Read(SpendScope.Day(_home["projects"])).WindowTotal(_time.Now).Pico);
    }

    [Fact]
    public void A_transcript_last_written_before_the_window_is_not_read_until_it_grows()
    {
        var old = _home.Write("projects/-a/1.jsonl", Line.Join(Line.Assistant("a", 1, time: "2026-11-01T12:00:00.000Z")));
        File.SetLastWriteTimeUtc(old, new DateTime(2026, 11, 1, 12, 0, 1, DateTimeKind.Utc));
        Assert.Equal(0, Meter().Read(SpendScope.Day(_home["projects"])).BytesRead);
        File.AppendAllText(old, Line.Join(Line.Assistant("b", 2, time: "2026-11-22T11:59:00.000Z")));
        var reading = Meter().Read(SpendScope.Day(_home["projects"]));
        Assert.Equal(2 * In, reading.WindowTotal(_time.Now).Pico);
        Assert.Equal(2, Assert.Single(reading.Files).Responses);
    }

    [Fact]
    public void A_missing_main_transcript_is_said_and_its_later_birth_seen()
    {
        Directory.CreateDirectory(_home["p"]);
        var main = _home["p", "s.jsonl"];
        Assert.True(Both(SpendScope.Session(main)).MainMissing);
        _home.Write("p/s.jsonl", Line.Join(Line.Assistant("a", 1)));
        var reading = Both(SpendScope.Session(main));
        Assert.False(reading.MainMissing);
        Assert.Equal(1 * In, reading.Total.Pico);
        File.Delete(main);
        reading = Both(SpendScope.Session(main));
        Assert.True(reading.MainMissing);
        Assert.Equal(0, reading.Total.Pico);
    }

    [Fact]
    public void A_directory_in_a_transcripts_place_is_a_fault_that_names_it()
    {
        Directory.CreateDirectory(_home["p", "s.jsonl"]);
        var fault = Assert.Throws<HookFault>(() => Meter().Read(SpendScope.Session(_home["p", "s.jsonl"])));
        Assert.Contains("s.jsonl is a directory", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unreadable_transcript_is_a_fault_that_names_it()
    {
        var main = _home.Write("p/s.jsonl", Line.Join(Line.Assistant("a", 1)));
        var meter = new SpendMeter(new DenyingFileSystem(main), _home["state"], PriceTable.Embedded, _time, Deadline.None);
        Assert.Contains(main, Assert.Throws<HookFault>(() => meter.Read(SpendScope.Session(main))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_transcript_that_shrank_or_was_replaced_is_read_from_its_start(bool replace)
    {
        var main = _home.Write("p/s.jsonl", Line.Join(Line.Assistant("a", 1), Line.Assistant("b", 2)));
        Assert.Equal(3 * In, Both(SpendScope.Session(main)).Total.Pico);
        var other = Line.Join(Line.Assistant("x", 4), replace ? Line.Assistant("y", 8) + new string(' ', 500) : "");
        if (replace) File.Delete(main);
        File.WriteAllText(main, other);
        Assert.Equal((replace ? 12 : 4) * In, Both(SpendScope.Session(main)).Total.Pico);
    }

    [Fact]
    public void Only_appended_bytes_are_read()
    {
        var main = _home.Write("p/s.jsonl", Line.Join([.. Enumerable.Range(0, 500).Select(i => Line.Assistant("m" + i, 1))]));
        Assert.Equal(new FileInfo(main).Length, Meter().Read(SpendScope.Session(main)).BytesRead);
        Assert.Equal(0, Meter().Read(SpendScope.Session(main)).BytesRead);
        var line = Line.Join(Line.Assistant("m3", 2));
        File.AppendAllText(main, line);
        var reading = Meter().Read(SpendScope.Session(main));
        Assert.Equal(line.Length, reading.BytesRead);
        Assert.Equal(501 * In, reading.Total.Pico);
        Assert.Equal(500, reading.Responses);
    }

    [Fact]
    public void A_line_of_any_length_takes_bounded_memory()
    {
        var main = _home["p", "s.jsonl"];
        Directory.CreateDirectory(_home["p"]);
        using (var writer = new StreamWriter(main))
        {
            writer.Write("{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"");
            for (var i = 0; i < 500_000; i++) writer.Write("fifty \\\"bytes\\\" of text, again and again and again. ");
            writer.Write("\"}],\"id\":\"a\",\"model\":\"claude-sonnet-4-6\",\"usage\":{\"input_tokens\":7}},\"type\":\"assistant\"}\n");
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(7 * In, Meter().ReadInFull(SpendScope.Session(main)).Total.Pico);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void Many_agents_are_counted_and_one_that_grows_costs_a_small_write()
    {
        var main = _home.Write("p/s.jsonl", Line.Join(Line.Assistant("a", 1)));
        for (var i = 0; i < 300; i++) _home.Write($"p/s/subagents/agent-{i}.jsonl", Line.Join(Line.Assistant("m" + i, 1)));
        Assert.Equal(301 * In, Both(SpendScope.Session(main)).Total.Pico);
        Thread.Sleep(2_100);
        Meter().Read(SpendScope.Session(main));
        for (var round = 0; round < 5; round++)
        {
            File.AppendAllText(_home["p", "s", "subagents", "agent-7.jsonl"], Line.Join(Line.Assistant("n" + round, 1)));
            Assert.Equal((302 + round) * In, Meter().Read(SpendScope.Session(main)).Total.Pico);
        }
        Assert.All(Directory.GetFiles(_home["state"], "snapshot-*", SearchOption.AllDirectories), cell => Assert.InRange(new FileInfo(cell).Length, 1, 16_000));
        Assert.Equal(302 * In + 4 * In, Meter().ReadInFull(SpendScope.Session(main)).Total.Pico);
    }

    [Fact]
    public void A_passed_deadline_keeps_what_was_read_and_never_gives_a_figure()
    {
        var main = _home.Write("p/s.jsonl", Line.Join([.. Enumerable.Range(0, 50).Select(i => Line.Assistant("m" + i, 1))]));
        var late = new SpendMeter(FileSystem.Real, _home["state"], PriceTable.Embedded, _time, Deadline.After(TimeSpan.FromSeconds(-1)));
        Assert.Throws<HookFault>(() => late.Read(SpendScope.Session(main)));
        Assert.Equal(50 * In, Meter().Read(SpendScope.Session(main)).Total.Pico);
    }

    private SpendMeter Meter() => new(FileSystem.Real, _home["state"], PriceTable.Embedded, _time, Deadline.None);

    /// <summary>With state, loaded on a second thread, again with that state, and without any: all must agree.</summary>
    private SpendReading Both(SpendScope scope)
    {
        using var ahead = Meter().Begin(scope);
        var first = Meter().Read(scope, ahead);
        var again = Meter().Read(scope);
        var full = Meter().ReadInFull(scope);
        Assert.Equal((full.Total, full.LinesTotal, full.Responses, full.ToolCalls, full.Tokens), (first.Total, first.LinesTotal, first.Responses, first.ToolCalls, first.Tokens));
        Assert.Equal((full.Total, full.LinesTotal, full.Responses, full.ToolCalls, full.Tokens), (again.Total, again.LinesTotal, again.Responses, again.ToolCalls, again.Tokens));
        Assert.Equal(full.Files.Select(f => (f.Path, f.Total, f.Responses, f.Last)), again.Files.Select(f => (f.Path, f.Total, f.Responses, f.Last)));
        Assert.Equal(full.WindowTotal(_time.Now), again.WindowTotal(_time.Now));
        return again;
    }

    private static UInt128 Call(string id) => TranscriptLineReader.Hash(Encoding.UTF8.GetBytes(id));
}
