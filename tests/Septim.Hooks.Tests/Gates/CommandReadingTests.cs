using Septim.Hooks.Gates;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Gates;

public sealed class CommandReadingTests : IDisposable
{
    private readonly Session _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("rm\\u0000 -rf /", "NUL character")]
    [InlineData("ls\\u0000", "NUL character")]
    [InlineData("echo \\ud83d", "surrogate pair")]
    [InlineData("echo \\ude00\\ud83d", "surrogate pair")]
    public void Refuses_what_no_shell_can_be_given(string command, string because) =>
        Assert.Contains(because, Assert.Throws<HookFault>(() => Read(command)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("echo \\ud83d\\ude00", "echo 😀")]
    [InlineData("echo 日本語 🚀\\n", "echo 日本語 🚀\n")]
    public void Reads_every_character_that_one_is(string command, string expected) => Assert.Equal(expected, Read(command));

    private string Read(string command) => CommandReading.Of(_session.Call("Bash", $$"""{"command":"{{command}}"}"""))!.Text;
}
