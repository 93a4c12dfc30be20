using System.Text;
using Septim.Hooks.Spend;
using Septim.Hooks.Tests.Support;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Spend;

public sealed class StateCellTests : IDisposable
{
    private const int MaxBytes = 1 << 20;

    private readonly TemporaryDirectory _home = new();

    private string Cell => _home["cell"];

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_shorter_content_hides_the_longer_one_before_it()
    {
        Assert.True(Write("a much longer content than the next", 1));
        Assert.True(Write("short", 2));
        Assert.Equal("short", Read());
        Assert.Equal(2, StateCell.Sequence(FileSystem.Real, Cell));
    }

    [Fact]
    public void Any_changed_or_missing_byte_makes_it_unreadable()
    {
        Assert.True(Write("content", 7));
        var whole = File.ReadAllBytes(Cell);
        for (var i = 0; i < whole.Length; i++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[i] ^= 1;
            File.WriteAllBytes(Cell, bytes);
            Assert.Null(Read());
            File.WriteAllBytes(Cell, whole[..i]);
            Assert.Null(Read());
        }
        File.WriteAllBytes(Cell, whole);
        Assert.Equal("content", Read());
        Assert.Null(StateCell.Read(FileSystem.Real, Cell, MaxBytes, salt: 1));
    }

    [Fact]
    public void What_is_larger_than_anything_written_is_not_read()
    {
        Assert.True(Write("content", 7));
        var size = (int)new FileInfo(Cell).Length;
        Assert.NotNull(StateCell.Read(FileSystem.Real, Cell, size));
        Assert.Null(StateCell.Read(FileSystem.Real, Cell, size - 1));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void An_impossible_sequence_counts_as_the_oldest(long sequence)
    {
        Assert.True(Write("x", sequence));
        Assert.Equal(0, StateCell.Sequence(FileSystem.Real, Cell));
    }

    [Fact]
    public void Readers_beside_sixteen_writers_see_a_whole_content_or_none()
    {
        var contents = Enumerable.Range(0, 16).Select(i => new string((char)('a' + i), 5_000 + 997 * i)).ToArray();
        Assert.True(Write(contents[0], 0));
        var seen = 0;
        using var stop = new CancellationTokenSource();
        var reader = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                if (Read() is not { } content) continue;
                Assert.Contains(content, contents);
                seen++;
            }
        });
        reader.Start();
        var written = 0;
        Parallel.ForEach(contents, new ParallelOptions { MaxDegreeOfParallelism = 16 }, (content, _, i) =>
        {
            for (var round = 0; round < 200; round++)
                if (Write(content, i)) Interlocked.Increment(ref written);
        });
        stop.Cancel();
        reader.Join();
        Assert.True(written > 0);
        Assert.Contains(Read(), contents);
        Assert.True(seen > 0);
    }

    private bool Write(string content, long sequence)
    {
        byte[] image = [.. new byte[StateCell.HeaderBytes], .. Encoding.UTF8.GetBytes(content)];
        return StateCell.Write(FileSystem.Real, Cell, image, sequence);
    }

    private string? Read() => StateCell.Read(FileSystem.Real, Cell, MaxBytes) is { } content ? Encoding.UTF8.GetString(content.Span) : null;
}
