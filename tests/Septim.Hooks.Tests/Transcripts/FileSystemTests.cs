using System.Text;
using Septim.Hooks.Tests.Support;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Transcripts;

/// <summary>Both file systems keep the same promises.</summary>
public sealed class FileSystemTests : IDisposable
{
    private readonly TemporaryDirectory _home = new();

    public static TheoryData<string> Kinds => OperatingSystem.IsLinux() ? ["linux", "portable"] : ["portable"];

    public void Dispose() => _home.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Tells_what_a_path_is(string kind)
    {
        var files = Of(kind);
        var path = _home.Write("d/ä file.jsonl", "12345");
        var stat = files.Stat(path);
        Assert.Equal((FileKind.File, 5L), (stat.Kind, stat.Size));
        Assert.Equal((File.GetLastWriteTimeUtc(path) - DateTime.UnixEpoch).Ticks, stat.MtimeNs / 100);
        Assert.Equal(FileKind.Directory, files.Stat(_home["d"]).Kind);
        Assert.Equal(FileKind.Missing, files.Stat(_home["nothing"]).Kind);
        Assert.Equal(FileKind.Missing, files.Stat(path + "/below").Kind);
        var stats = new FileStat[3];
        Assert.Equal(files.Stat(_home["d"]), files.StatIn(_home["d"], "ä file.jsonl\0none\0ä file.jsonl\0more\0"u8, stats));
        Assert.Equal([FileKind.File, FileKind.Missing, FileKind.File], stats.Select(s => s.Kind));
        Assert.Equal(stat, stats[2]);
        Assert.Equal(FileKind.Missing, files.StatIn(_home["nothing"], "a\0b\0c\0"u8, stats).Kind);
        Assert.All(stats, s => Assert.Equal(FileKind.Missing, s.Kind));
        Assert.Equal(FileKind.Directory, files.StatIn(_home["d"], [], []).Kind);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Reads_at_an_offset_and_replaces_whole(string kind)
    {
        var files = Of(kind);
        var path = _home["a", "b", "file"];
        Assert.False(files.Replace(path, "x"u8));
        Assert.True(files.CreateDirectory(_home["a", "b"]));
        Assert.True(files.CreateDirectory(_home["a", "b"]));
        Assert.True(files.Replace(path, "first"u8));
        var old = files.Open(path, out _);
        Assert.True(files.Replace(path, "second one"u8));
        var now = files.Open(path, out var stat);
        Assert.Equal(10, stat.Size);
        var buffer = new byte[64];
        Assert.Equal("irst", Encoding.ASCII.GetString(buffer, 0, files.Read(old, 1, buffer)));
        Assert.Equal("one", Encoding.ASCII.GetString(buffer, 0, files.Read(now, 7, buffer)));
        Assert.Equal(0, files.Read(now, 10, buffer));
        files.Close(old);
        files.Close(now);
        var names = new List<FileName>();
        Assert.True(files.List(_home["a", "b"], names));
        Assert.Equal([new FileName("file", FileKind.File)], names);
        Assert.True(files.Delete(path));
        Assert.True(files.Open(path, out stat) < 0);
        Assert.Equal(FileKind.Missing, stat.Kind);
        Assert.False(files.List(_home["none"], names));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_directory_is_not_opened_and_links_are_followed(string kind)
    {
        var files = Of(kind);
        var path = _home.Write("d/f", "abc");
        Assert.True(files.Open(_home["d"], out var stat) < 0);
        Assert.Equal(FileKind.Directory, stat.Kind);
        if (OperatingSystem.IsWindows()) return;
        File.CreateSymbolicLink(_home["link"], path);
        Directory.CreateSymbolicLink(_home["folder"], _home["d"]);
        Assert.Equal((FileKind.File, 3L), (files.Stat(_home["link"]).Kind, files.Stat(_home["link"]).Size));
        var names = new List<FileName>();
        files.List(_home.Path, names);
        Assert.Contains(new FileName("folder", FileKind.Other), names);
        Assert.Equal(FileKind.Directory, files.Stat(_home["folder"]).Kind);
    }

    private static IFileSystem Of(string kind) => kind == "linux" ? new LinuxFileSystem() : new PortableFileSystem();
}
