using Septim.Hooks.Setup.Trials;

namespace Septim.Hooks.Tests.Setup.Trials;

public sealed class HookProcessTests
{
    private static readonly KeyValuePair<string, string>[] Environment = [new("PATH", "/usr/bin:/bin")];

    [Fact]
    public void What_is_said_beyond_the_cap_is_read_and_forgotten()
    {
        if (OperatingSystem.IsWindows()) return;
        var answer = Run("head -c 3000000 /dev/zero | tr '\\0' a; exit 7");
        Assert.Equal((true, false, 7, 1 << 20), (answer.Started, answer.TimedOut, answer.ExitCode, answer.Output.Length));
    }

    [Fact]
    public void A_hook_that_reads_nothing_and_inherits_nothing_answers()
    {
        if (OperatingSystem.IsWindows()) return;
        var answer = HookProcess.Run(HookProcess.Shell("echo \"home=$HOME\"; echo wrong >&2; exit 2"), Environment, new byte[1 << 20], TimeSpan.FromSeconds(10));
        Assert.Equal((2, "home=\n", "wrong\n"), (answer.ExitCode, answer.Output, answer.Error));
    }

    [Fact]
    public void What_never_ends_is_killed_and_what_cannot_start_says_why()
    {
        if (OperatingSystem.IsWindows()) return;
        Assert.True(HookProcess.Run(HookProcess.Shell("sleep 60"), Environment, [], TimeSpan.FromMilliseconds(200)).TimedOut);
        var missing = HookProcess.Run(new("/nowhere/septim-none"), Environment, [], TimeSpan.FromSeconds(10));
        Assert.False(missing.Started);
        Assert.NotEmpty(missing.Error);
    }

    private static HookAnswer Run(string line) => HookProcess.Run(HookProcess.Shell(line), Environment, [], TimeSpan.FromSeconds(20));
}
