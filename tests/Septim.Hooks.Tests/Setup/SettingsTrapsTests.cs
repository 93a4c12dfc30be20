using System.Text;
using Septim.Hooks.Setup;

namespace Septim.Hooks.Tests.Setup;

public sealed class SettingsTrapsTests
{
    [Theory]
    [InlineData("[]", "the file")]
    [InlineData("""{"hooks":[]}""", "hooks")]
    [InlineData("""{"hooks":{"PreToolUse":{}}}""", "hooks.PreToolUse")]
    [InlineData("""{"hooks":{"PreToolUse":[{"matcher":1,"hooks":[]}]}}""", "hooks.PreToolUse[0].matcher")]
    [InlineData("""{"hooks":{"PreToolUse":[{"matcher":"*"}]}}""", "hooks.PreToolUse[0]")]
    [InlineData("""{"hooks":{"PreToolUse":[{"hooks":[{"type":"script"}]}]}}""", "hooks.PreToolUse[0].hooks[0].type")]
    [InlineData("""{"hooks":{"PreToolUse":[{"hooks":[{"type":"command"}]}]}}""", "hooks.PreToolUse[0].hooks[0].command")]
    [InlineData("""{"hooks":{"Stop":[{"hooks":[{"type":"command","command":"x","timeout":"5"}]}]}}""", "hooks.Stop[0].hooks[0].timeout")]
    [InlineData("""{"hooks":{"Stop":[{"hooks":[{"type":"command","command":"x","timeout":0}]}]}}""", "hooks.Stop[0].hooks[0].timeout")]
    [InlineData("""{"hooks":{"Stop":[{"hooks":[{"type":"command","command":"x","args":"hook"}]}]}}""", "hooks.Stop[0].hooks[0].args")]
    [InlineData("""{"hooks":{"Stop":[{"hooks":[{"type":"command","command":"x","onFailure":"deny"}]}]}}""", "hooks.Stop[0].hooks[0].onFailure")]
    [InlineData("""{"permissions":{"allow":["Bash(ls"]}}""", "permissions.allow[0]")]
    [InlineData("""{"permissions":{"allow":["Bash()"]}}""", "permissions.allow[0]")]
    [InlineData("""{"permissions":{"deny":[3]}}""", "permissions.deny[0]")]
    public void Finds_what_makes_the_client_drop_the_whole_file(string json, string key)
    {
        var trap = Assert.Single(Find(json));
        Assert.Equal((key, true), (trap.Key, trap.DropsFile));
    }

    [Theory]
    [InlineData("""{"hooks":{"PreTool":[{"hooks":[]}]}}""", "hooks.PreTool")]
    [InlineData("""{"hooks":{"Stop":[{"hooks":[{"type":"script"}]}]}}""", "hooks.Stop[0].hooks[0].type")]
    [InlineData("""{"hooks":{"Stop":[{"hooks":[{"type":"command"}]}]}}""", "hooks.Stop[0].hooks[0].command")]
    public void Finds_what_makes_the_client_drop_one_entry(string json, string key)
    {
        var trap = Assert.Single(Find(json));
        Assert.Equal((key, false), (trap.Key, trap.DropsFile));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"hooks":{"PreToolUse":[{"hooks":[{"type":"command","command":"x","timeout":0.5,"args":[],"onFailure":"block","more":1}]}]}}""")]
    [InlineData("""{"hooks":{"Stop":[{"matcher":"","hooks":[{"type":"prompt","prompt":"ok?"},{"type":"http","url":"https://localhost/"}]}]}}""")]
    [InlineData("""{"permissions":{"allow":["Bash(npm run test:*)","Read","mcp__git__status"],"defaultMode":"plan"}}""")]
    public void Finds_nothing_in_what_the_client_reads(string json) => Assert.Empty(Find(json));

    [Fact]
    public void Says_where()
    {
        var trap = Assert.Single(Find("{\n  \"hooks\": {\n    \"Stopp\": []\n  }\n}"));
        Assert.Equal("line 3: hooks.Stopp is not an event of the client; the client ignores that entry", trap.ToString());
    }

    private static List<SettingsTrap> Find(string json) => SettingsTraps.Find(JsonText.Parse(Encoding.UTF8.GetBytes(json), "settings.json"));
}
