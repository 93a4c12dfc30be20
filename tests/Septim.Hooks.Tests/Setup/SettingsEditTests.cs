using System.Text;
using Septim.Hooks.Claude;
using Septim.Hooks.Setup;

namespace Septim.Hooks.Tests.Setup;

public sealed class SettingsEditTests
{
    private static readonly Wiring Exec = new("/opt/septim", HookForm.Exec, ["PreToolUse", "Stop"]);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"model\":\"opus\"}")]
    [InlineData("{\n  \"model\": \"opus\",\n  \"hooks\": {\n    \"Stop\": [\n      {\n        \"hooks\": [{ \"type\": \"command\", \"command\": \"notify-send done\" }]\n      }\n    ]\n  },\n  \"z\": 1\n}\n")]
    [InlineData("{\r\n\t\"hooks\": { \"PreToolUse\": [{ \"matcher\": \"Bash\", \"hooks\": [] }] }\r\n}")]
    public void Taking_out_gives_back_every_byte_and_wiring_again_changes_none(string before)
    {
        var text = Parse(before);
        var wired = SettingsEdit.Wire(text, Exec);
        Assert.Same(wired, SettingsEdit.Wire(wired, Exec));
        Assert.Equal(["PreToolUse", "Stop"], SettingsEdit.Ours(wired).Select(ours => ours.Event).Order());
        Assert.Equal(before, Show(SettingsEdit.Unwire(wired)));
    }

    [Fact]
    public void Exec_form_blocks_on_failure_where_a_refusal_holds_something_back()
    {
        var wired = Show(SettingsEdit.Wire(Parse("{\"a\":1}"), Exec));
        Assert.Equal(
            """{"a":1,"hooks":{"PreToolUse":[{"matcher":"*","hooks":[{"type":"command","command":"/opt/septim","args":["hook"],"timeout":10,"onFailure":"block"}]}],"Stop":[{"hooks":[{"type":"command","command":"/opt/septim","args":["hook"],"timeout":10}]}]}}""",
            wired);
    }

    [Fact]
    public void Shell_form_ends_in_exit_2_where_a_refusal_holds_something_back()
    {
        var wiring = new Wiring("/home/a b/septim", HookForm.Shell, ["PreToolUse", "Stop"]);
        var commands = SettingsEdit.Ours(SettingsEdit.Wire(Parse("{}"), wiring) is var text ? text : null!).Select(ours => text.Text(ours.Handler["command"]));
        Assert.Equal(["'/home/a b/septim' hook || exit 2", "'/home/a b/septim' hook"], commands);
    }

    [Fact]
    public void An_older_wiring_of_ours_is_replaced_and_foreign_hooks_stay()
    {
        var before = """{"hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"command","command":"guard.sh"},{"type":"command","command":"/old/septim cost-gate || exit 2"}]}]}}""";
        var wired = Show(SettingsEdit.Wire(Parse(before), Exec));
        Assert.Contains("guard.sh", wired, StringComparison.Ordinal);
        Assert.DoesNotContain("/old/septim", wired, StringComparison.Ordinal);
        Assert.Equal("""{"hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"command","command":"guard.sh"}]}]}}""", Show(SettingsEdit.Unwire(Parse(wired))));
    }

    [Fact]
    public void A_person_may_reformat_the_file_without_being_wired_twice()
    {
        var wired = Show(SettingsEdit.Wire(Parse("{\"a\":1}"), Exec)).Replace(",", " ,\n", StringComparison.Ordinal);
        Assert.Equal(wired, Show(SettingsEdit.Wire(Parse(wired), Exec)));
    }

    [Theory]
    [InlineData("""{"type":"command","command":"septim hook || exit 2"}""", true)]
    [InlineData("""{"type":"command","command":"\"C:\\Program Files\\septim.exe\" hook"}""", true)]
    [InlineData("""{"type":"command","command":"/a b/septim","args":["hook"]}""", true)]
    [InlineData("""{"type":"command","command":"/a b/septim"}""", false)]
    [InlineData("""{"type":"command","command":"echo septim hook"}""", false)]
    [InlineData("""{"type":"command","command":"septim-guard hook"}""", false)]
    [InlineData("""{"type":"http","url":"http://localhost/septim"}""", false)]
    [InlineData("""{"type":"command","command":""}""", false)]
    public void Ours_is_a_command_whose_program_is_septim(string handler, bool ours)
    {
        var text = Parse(handler);
        Assert.Equal(ours, OurHandler.Is(text, text.Root));
    }

    [Theory]
    [InlineData("2.1.295", nameof(HookForm.Exec))]
    [InlineData("2.1.294", nameof(HookForm.Shell))]
    [InlineData("3.0.0", nameof(HookForm.Exec))]
    public void The_form_follows_the_version_of_the_client(string version, string form) =>
        Assert.Equal(form, Wiring.FormFor(Version.Parse(version)).ToString());

    [Fact]
    public void With_an_unknown_client_the_form_blocks_whichever_it_is()
    {
        if (OperatingSystem.IsWindows()) Assert.Equal(HookForm.Exec, Wiring.FormFor(null));
        else Assert.Equal(HookForm.ShellAndOnFailure, Wiring.FormFor(null));
        var group = Encoding.UTF8.GetString(new Wiring("septim", HookForm.ShellAndOnFailure, []).GroupFor(HookEvent.PreToolUse));
        Assert.Contains("\"septim hook || exit 2\"", group, StringComparison.Ordinal);
        Assert.Contains("\"onFailure\":\"block\"", group, StringComparison.Ordinal);
    }

    private static JsonText Parse(string text) => JsonText.Parse(Encoding.UTF8.GetBytes(text), "settings.json");

    private static string Show(JsonText text) => Encoding.UTF8.GetString(text.Bytes);
}
