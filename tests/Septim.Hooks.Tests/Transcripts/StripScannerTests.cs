using System.Globalization;
using System.Text;
using CsCheck;
using Septim.Hooks.Tests.Support;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Transcripts;

/// <summary>Reading in strips on two threads against one plain scan: the same lines, places and counts, whatever the file does.</summary>
public sealed class StripScannerTests
{
    private static readonly Gen<string> GenLine = Gen.Frequency(
        (8, Gen.Int[0, 99].Select(n => Line.Assistant("msg_" + n, n, tool: n % 3 == 0 ? "toolu_" + n : null, more: n % 5 == 0 ? ",\"iterations\":[{\"type\":\"compaction\",\"input_tokens\":7}]" : ""))),
        (3, Gen.Int[0, 2000].Select(n => Line.User(new string('u', n) + " \\\"usage\\\" usage cost-state"))),
        (2, Gen.Const(Line.CostState("1.25"))),
        (1, Gen.Const("{\"type\":\"assistant\",\"message\":{\"id\":\"cut\",\"usage\":{\"input_tok")),
        (1, Gen.Const("usage\" is no JSON")),
        (1, Gen.Const(Line.Assistant("two", 2) + " " + Line.Assistant("objects", 3))),
        (1, Gen.Const("\0\0" + Line.Assistant("after a crash", 4) + "\r")),
        (1, Gen.Int[5_000, 60_000].Select(length => Line.User(new string('x', length)))),
        (1, Gen.Int[5_000, 60_000].Select(length => Line.User(new string('x', length)) + Line.Assistant("behind", 5))),
        (1, Gen.Const("\r")),
        (1, Gen.Const("")));

    private static readonly Gen<(string Text, int StripBytes, int Written)> GenFile =
        from lines in GenLine.Array[0, 60]
        from stripBytes in Gen.Frequency((3, Gen.Int[1, 900]), (1, Gen.Int[17_000, 50_000]))
        from written in Gen.Int[0, 40_000]
        select (string.Join('\n', lines) + (lines.Length % 3 == 0 ? "" : "\n"), stripBytes, written);

    [Fact]
    public void Finds_the_lines_of_one_scan_in_their_order() => GenFile.Sample(file =>
    {
        var content = Encoding.UTF8.GetBytes(file.Text);
        var expected = Plain(new MemoryFile(content), content.Length, 0);
        Assert.Equal(expected, InStrips(new MemoryFile(content), file.StripBytes, content.Length, 0));
        var middle = content.Length / 3;
        Assert.Equal(Plain(new MemoryFile(content), content.Length, middle), InStrips(new MemoryFile(content), file.StripBytes, content.Length, middle));
    }, iter: 400);

    [Fact]
    public void Finds_each_line_once_when_the_file_grows_while_it_is_read() => GenFile.Sample(file =>
    {
        var content = Encoding.UTF8.GetBytes(file.Text);
        var written = Math.Min(file.Written, content.Length);
        var reads = 0;
        MemoryFile growing = null!;
        growing = new MemoryFile(content)
        {
            Visible = written,
            OnRead = _ =>
            {
                if (++reads > 2) growing.Visible = Math.Min(content.Length, growing.Visible + 300);
                return false;
            },
        };
        var first = InStrips(growing, file.StripBytes, written, 0);
        growing.Visible = content.Length;
        var second = InStrips(growing, file.StripBytes, content.Length, first.Resume);
        var whole = Plain(new MemoryFile(content), content.Length, 0);
        Assert.Equal(whole, new Found(first.Lines + second.Lines, second.Resume, first.Garbage + second.Garbage, null));
    }, iter: 400);

    [Fact]
    public void A_disk_error_is_a_fault_on_the_thread_that_asks_and_no_line_before_it_is_wrong() => GenFile.Sample(file =>
    {
        var content = Encoding.UTF8.GetBytes(file.Text);
        var whole = Plain(new MemoryFile(content), content.Length, 0);
        var found = InStrips(new MemoryFile(content) { OnRead = at => at >= file.Written }, file.StripBytes, content.Length, 0);
        Assert.StartsWith(found.Lines, whole.Lines, StringComparison.Ordinal);
        if (file.Written <= content.Length) Assert.StartsWith("the transcript t.jsonl cannot be read at byte ", found.Fault, StringComparison.Ordinal);
        else Assert.Equal(whole, found);
    }, iter: 300);

    [Fact]
    public void A_name_too_long_is_a_fault_behind_the_lines_before_it()
    {
        var lines = Enumerable.Range(0, 40).Select(n => Line.Assistant("msg_" + n, n)).ToArray();
        lines[31] = Line.Assistant(new string('x', Utf8Text.MaxBytes + 1));
        var content = Encoding.UTF8.GetBytes(Line.Join(lines));
        var expected = Plain(new MemoryFile(content), content.Length, 0);
        for (var stripBytes = 100; stripBytes < 2_000; stripBytes += 37)
        {
            var found = InStrips(new MemoryFile(content), stripBytes, content.Length, 0);
            Assert.Equal(expected, found);
            Assert.Equal("a name in a transcript is longer than 64 KiB", found.Fault);
        }
    }

    /// <summary>What lies before a strip's first newline is looked at by the one thread or by the other, also where it is cut in two.</summary>
    [Theory]
    [InlineData("""{"type":"assistant","message":{"id":"crossing","model":"m","content":"#","usage":{"input_tokens":7}}}""", "usage\"")]
    [InlineData("""{"sessionId":"#","type":"cost-state","totalCostUSD":1.5}""", "cost-state\"")]
    [InlineData("""{"type":"user","message":{"content":"#","usage of it":1}}""", "usage of")]
    public void A_line_that_crosses_into_a_strip_counts_wherever_it_is_cut(string line, string needle)
    {
        const int StripBytes = 64 * 1024, OwnBytes = StripBytes - StripBytes / 8;
        var others = string.Concat(Enumerable.Range(0, 1_200).Select(n => Line.Assistant("msg_" + n, n) + "\n"));
        for (var at = OwnBytes - 14; at <= OwnBytes + 14; at++)
        {
            var padding = at - line.IndexOf(needle, StringComparison.Ordinal) + 1;
            var content = Encoding.UTF8.GetBytes(line.Replace("#", new string('x', padding), StringComparison.Ordinal) + "\n" + others);
            Assert.Equal(Plain(new MemoryFile(content), content.Length, 0), InStrips(new MemoryFile(content), StripBytes, content.Length, 0));
        }
    }

    [Fact]
    public void What_fails_on_the_second_thread_alone_is_read_again()
    {
        var content = Encoding.UTF8.GetBytes(Line.Join([.. Enumerable.Range(0, 400).Select(n => Line.Assistant("msg_" + n, n))]));
        var here = Environment.CurrentManagedThreadId;
        var failed = 0;
        var file = new MemoryFile(content) { OnRead = _ => Environment.CurrentManagedThreadId != here && ++failed > 0 && (failed % 2 == 0 ? throw new InvalidOperationException("any") : true) };
        Assert.Equal(Plain(new MemoryFile(content), content.Length, 0), InStrips(file, 700, content.Length, 0));
        Assert.Equal(Environment.ProcessorCount > 1, failed > 0);
    }

    [Fact]
    public void A_strip_of_more_lines_than_it_may_hold_is_finished_by_the_thread_that_asks()
    {
        var content = Encoding.UTF8.GetBytes(Line.Join([.. Enumerable.Range(0, 12_000).Select(n => $"{{\"message\":{{\"usage\":{{\"input_tokens\":{n}}}}}}}")]));
        Assert.Equal(Plain(new MemoryFile(content), content.Length, 0), InStrips(new MemoryFile(content), 64 * 1024, content.Length, 0));
    }

    [Fact]
    public void Only_a_long_read_starts_a_thread()
    {
        var content = Encoding.UTF8.GetBytes(Line.Join([.. Enumerable.Range(0, 100).Select(n => Line.Assistant("msg_" + n, n))]));
        MemoryFile brief = new(content), whole = new(content);
        InStrips(brief, 1_000, content.Length, content.Length - 3_900);
        InStrips(whole, 1_000, content.Length, 0);
        Assert.Equal((1, Math.Min(2, Environment.ProcessorCount)), (brief.Readers, whole.Readers));
    }

    [Fact]
    public void Can_be_stopped_and_started_anywhere()
    {
        var content = Encoding.UTF8.GetBytes(Line.Join([.. Enumerable.Range(0, 200).Select(n => Line.Assistant("msg_" + n, n))]));
        var file = new MemoryFile(content);
        var scanner = new StripScanner(file, Deadline.None, 900);
        for (var lines = 0; lines < 200; lines += 13)
        {
            scanner.Start(0, "t.jsonl", 0, content.Length);
            for (var i = 0; i < lines; i++) Assert.True(scanner.Next());
            if (lines > 0) Assert.Equal("msg_" + (lines - 1), scanner.Line.MessageId.ToString());
            scanner.Stop();
        }
    }

    [Fact]
    public void Says_that_the_deadline_passed_and_where_to_go_on()
    {
        var content = Encoding.UTF8.GetBytes(Line.Join([.. Enumerable.Range(0, 100).Select(n => Line.Assistant("msg_" + n, n))]));
        var scanner = new StripScanner(new MemoryFile(content), Deadline.After(TimeSpan.FromSeconds(-1)), 500);
        scanner.Start(0, "t.jsonl", 0, content.Length);
        Assert.Equal((false, true, 0), (scanner.Next(), scanner.TimedOut, scanner.ResumeOffset));
        scanner.Stop();
    }

    private static Found Plain(MemoryFile file, long end, long offset)
    {
        var scanner = new TranscriptScanner(file, Deadline.None);
        scanner.Start(0, "t.jsonl", offset, end - offset);
        var lines = new StringBuilder();
        var fault = Try(() =>
        {
            while (scanner.Next()) Describe(scanner.Line, lines);
        });
        return new Found(lines.ToString(), scanner.ResumeOffset, scanner.GarbageLines, fault);
    }

    private static Found InStrips(MemoryFile file, int stripBytes, long end, long offset)
    {
        var scanner = new StripScanner(file, Deadline.None, stripBytes);
        var lines = new StringBuilder();
        scanner.Start(0, "t.jsonl", offset, end - offset);
        var fault = Try(() =>
        {
            while (scanner.Next()) Describe(scanner.Line, lines);
        });
        scanner.Stop();
        return new Found(lines.ToString(), scanner.ResumeOffset, scanner.GarbageLines, fault);
    }

    private static string? Try(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (HookFault fault)
        {
            return fault.Message;
        }
    }

    private static void Describe(TranscriptLine line, StringBuilder into) => into.Append(CultureInfo.InvariantCulture,
        $"{line.Offset}-{line.End} {line.Type} {line.MessageId} {line.Usage.Input} {line.Usage.Output} {line.TotalCostPico} {line.PassCount} {string.Join(',', line.ToolUses)}\n");

    private sealed record Found(string Lines, long Resume, long Garbage, string? Fault);
}
