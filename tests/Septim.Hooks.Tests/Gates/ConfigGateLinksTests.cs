using System.Text.Json;
using Septim.Hooks.Gates;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Gates;

/// <summary>An edit is judged by where its path really leads; a path that is not there yet leads nowhere else.</summary>
public sealed class ConfigGateLinksTests : IDisposable
{
    private readonly Session _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("new-file.txt")]
    [InlineData("new-folder/deeper/new-file.txt")]
    public void Passes_a_file_that_does_not_exist_yet(string file) => Assert.Equal(VerdictKind.Pass, Write(file));

    [Theory]
    [InlineData("linked/settings.json")]
    [InlineData("linked/../linked/settings.json")]
    public void Sees_settings_behind_a_linked_folder(string file)
    {
        Link("linked", Path.Combine(_session.Home, ".claude"));
        Assert.Equal(VerdictKind.Deny, Write(file));
    }

    [Fact]
    public void Sees_septims_own_file_behind_a_link_high_above_it()
    {
        Link("elsewhere", _session.Home);
        Assert.Equal(VerdictKind.Deny, Write("elsewhere/.claude/septim/septim.json"));
    }

    [Fact]
    public void Sees_settings_behind_a_chain_of_links_with_nothing_at_its_end_yet()
    {
        Link("second", Path.Combine(_session.Home, ".claude", "settings.json"));
        Link("first", "second");
        Assert.Equal(VerdictKind.Deny, Write("first"));
    }

    [Fact]
    public void Cannot_judge_links_that_go_round()
    {
        Link("a", "b");
        Link("b", "a");
        Assert.Contains("links", Assert.Throws<HookFault>(() => Write("a")).Message, StringComparison.Ordinal);
    }

    private void Link(string name, string target) => File.CreateSymbolicLink(Path.Combine(_session.Project, name), target);

    /// <summary>Writes something that takes every hook away where it is a settings file.</summary>
    private VerdictKind Write(string file)
    {
        var input = JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["file_path"] = Path.Combine(_session.Project, file),
            ["content"] = """{"disableAllHooks":true}""",
        });
        return new ConfigGate().Judge(_session.Call("Write", input)).Kind;
    }
}
