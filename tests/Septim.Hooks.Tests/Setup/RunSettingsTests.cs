using System.Text.Json;
using Septim.Hooks.Setup;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Setup;

public sealed class RunSettingsTests
{
    private static readonly Wiring Wiring = new("/opt/septim", HookForm.Exec, ["PreToolUse"]);
    private static readonly Dictionary<string, string> Environment = new() { ["SEPTIM_RUN_ID"] = "a\"b" };

    [Fact]
    public void Hooks_the_key_that_keeps_them_on_and_the_environment_come_first()
    {
        var arguments = RunSettings.Apply(["-p", "hello", "--model", "x"], Wiring, Environment, "/");
        Assert.Equal("--settings", arguments[0]);
        Assert.Equal(["-p", "hello", "--model", "x"], arguments[2..]);
        using var json = JsonDocument.Parse(arguments[1]);
        Assert.False(json.RootElement.GetProperty("disableAllHooks").GetBoolean());
        Assert.Equal("a\"b", json.RootElement.GetProperty("env").GetProperty("SEPTIM_RUN_ID").GetString());
        Assert.Single(json.RootElement.GetProperty("hooks").GetProperty("PreToolUse").EnumerateArray());
    }

    [Theory]
    [InlineData("--settings", "{\"disableAllHooks\":true,\"env\":{\"SEPTIM_RUN_ID\":\"theirs\",\"A\":\"1\"},\"model\":\"x\"}")]
    [InlineData("--settings={\"disableAllHooks\":true,\"env\":{\"SEPTIM_RUN_ID\":\"theirs\",\"A\":\"1\"},\"model\":\"x\"}")]
    public void Settings_that_are_given_are_kept_and_cannot_switch_hooks_off(params string[] given)
    {
        var arguments = RunSettings.Apply([.. given, "-p", "x"], Wiring, Environment, "/");
        Assert.Equal(["-p", "x"], arguments[2..]);
        using var json = JsonDocument.Parse(arguments[1]);
        Assert.Equal("{\"env\":{\"A\":\"1\",\"SEPTIM_RUN_ID\":\"a\\u0022b\"},\"model\":\"x\",\"disableAllHooks\":false}", Without(json, "hooks"));
    }

    [Fact]
    public void A_settings_file_is_read()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("my.json", "{\"model\":\"x\"}");
        var arguments = RunSettings.Apply(["--settings", "my.json"], Wiring, Environment, directory.Path);
        Assert.StartsWith("{\"model\":\"x\",", arguments[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--bare")]
    [InlineData("--safe-mode")]
    [InlineData("--restricted")]
    public void Options_that_switch_hooks_off_are_refused(string option) =>
        Assert.Throws<HookFault>(() => RunSettings.Apply(["-p", option], Wiring, Environment, "/"));

    [Theory]
    [InlineData("{\"hooks\":[]}")]
    [InlineData("{\"permissions\":{\"allow\":[1]}}")]
    [InlineData("{")]
    [InlineData("missing.json")]
    public void Settings_that_the_client_would_drop_are_refused(string settings) =>
        Assert.Throws<HookFault>(() => RunSettings.Apply(["--settings", settings], Wiring, Environment, "/nowhere"));

    private static string Without(JsonDocument json, string name)
    {
        var members = json.RootElement.EnumerateObject().Where(member => member.Name != name).Select(member => $"\"{member.Name}\":{member.Value.GetRawText()}");
        return $"{{{string.Join(',', members)}}}";
    }
}
