using NSubstitute;
using Septim.Hooks.Spend;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Transcripts;

/// <summary>A directory that another hook makes while this one looks is no fault; one that cannot be listed is.</summary>
public sealed class ListingTests
{
    private readonly IFileSystem _files = Substitute.For<IFileSystem>();

    [Fact]
    public void A_folder_that_appears_between_two_looks_is_listed()
    {
        _files.Stat(Arg.Any<string>()).Returns(new FileStat { Kind = FileKind.Directory });
        _files.List(Arg.Any<string>(), Arg.Any<List<FileName>>()).Returns(_ => false, call =>
        {
            call.Arg<List<FileName>>().Add(new FileName("a", FileKind.File));
            return true;
        });
        var names = new List<FileName> { new("before", FileKind.File) };
        Assert.True(_files.ListIfThere("/x", names));
        Assert.Equal(["before", "a"], names.Select(name => name.Name));
    }

    [Fact]
    public void One_that_is_missing_is_empty_and_one_that_stays_closed_is_a_fault()
    {
        _files.Stat(Arg.Any<string>()).Returns(new FileStat { Kind = FileKind.Missing });
        Assert.False(_files.ListIfThere("/x", []));
        _files.Stat(Arg.Any<string>()).Returns(new FileStat { Kind = FileKind.Directory });
        Assert.Null(_files.ListIfThere("/x", []));
        Assert.Throws<HookFault>(() => new SessionLinks(_files, "/state").Members("tree-1"));
    }

    [Fact]
    public void The_lists_that_parallel_calls_share_bear_it()
    {
        _files.Stat(Arg.Any<string>()).Returns(new FileStat { Kind = FileKind.Directory });
        void Appears() => _files.List(Arg.Any<string>(), Arg.Any<List<FileName>>()).Returns(false, true);
        Appears();
        Assert.Empty(new SessionLinks(_files, "/state").Members("tree-1"));
        Appears();
        Assert.Empty(new ReservationLedger(_files, "/state").Others([], DateTimeOffset.UnixEpoch));
        Appears();
        Assert.Empty(SessionAgents.Read(_files, "/p/s.jsonl"));
    }
}
