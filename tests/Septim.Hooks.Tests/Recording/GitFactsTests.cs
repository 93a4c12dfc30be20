using Septim.Hooks.Recording;
using Septim.Hooks.Tests.Support;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Recording;

public sealed class GitFactsTests : IDisposable
{
    private const string Commit = "e3da8b41c69164d5d29ceebe0ac9c14d87ef9382";

    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Reads_branch_and_commit_from_a_loose_ref_and_finds_git_from_below()
    {
        _place.Write("shop/.git/HEAD", "ref: refs/heads/feature/x\n");
        _place.Write("shop/.git/refs/heads/feature/x", Commit + "\n");
        _place.Write("shop/src/deep/file", "");
        Assert.Equal(new GitFacts("shop", "feature/x", Commit), Read("shop/src/deep"));
    }

    [Fact]
    public void Reads_a_packed_ref()
    {
        _place.Write("shop/.git/HEAD", "ref: refs/heads/main\n");
        _place.Write("shop/.git/packed-refs", $"# pack-refs with: peeled fully-peeled sorted\n{new string('0', 40)} refs/heads/main-old\n{Commit} refs/heads/main\n^{new string('1', 40)}\n");
        Assert.Equal(Commit, Read("shop")!.Commit);
    }

    [Fact]
    public void Reads_a_worktree_through_its_pointer_and_the_shared_directory()
    {
        _place.Write("shop/.git/config", "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = git@github.com:acme/shop.git\n");
        _place.Write("shop/.git/refs/heads/side", Commit + "\n");
        _place.Write("shop/.git/worktrees/side/HEAD", "ref: refs/heads/side\n");
        _place.Write("shop/.git/worktrees/side/commondir", "../..\n");
        _place.Write("side/.git", $"gitdir: {_place.Path}/shop/.git/worktrees/side\n");
        Assert.Equal(new GitFacts("github.com/acme/shop", "side", Commit), Read("side"));
    }

    [Fact]
    public void A_detached_head_has_no_branch()
    {
        _place.Write("shop/.git/HEAD", Commit + "\n");
        Assert.Equal(new GitFacts("shop", null, Commit), Read("shop"));
    }

    [Fact]
    public void A_repository_without_commits_has_a_branch_and_no_commit()
    {
        _place.Write("shop/.git/HEAD", "ref: refs/heads/main\n");
        Assert.Equal(new GitFacts("shop", "main", null), Read("shop"));
    }

    [Theory]
    [InlineData("ref: ../../../etc/passwd\n")]
    [InlineData("ref: refs/../../secret\n")]
    public void A_hostile_head_reads_nothing_outside(string head)
    {
        _place.Write("shop/.git/HEAD", head);
        _place.Write("secret", Commit);
        Assert.Equal(new GitFacts("shop", null, null), Read("shop"));
    }

    [Fact]
    public void A_hostile_pointer_is_nothing_to_say()
    {
        _place.Write("shop/.git", "gitdir: /tmp/\0x");
        Assert.Null(Read("shop"));
    }

    [Fact]
    public void Outside_a_repository_there_is_nothing_to_say() => Assert.Null(Read(""));

    [Theory]
    [InlineData("https://user:ghp_token@github.com/acme/shop.git", "github.com/acme/shop")]
    [InlineData("https://oauth2:p@ss@gitlab.com/acme/shop.git", "gitlab.com/acme/shop")]
    [InlineData("ssh://git@host:22/acme/shop", "host:22/acme/shop")]
    [InlineData("git@github.com:acme/shop.git", "github.com/acme/shop")]
    [InlineData("https://host/acme/shop.git?private_token=x", "host/acme/shop")]
    [InlineData("/srv/git/shop.git", "/srv/git/shop")]
    public void A_remote_is_told_without_credentials(string url, string told) => Assert.Equal(told, GitFacts.WithoutCredentials(url));

    private GitFacts? Read(string relative) => GitFacts.Read(FileSystem.Real, Path.Combine(_place.Path, relative));
}
