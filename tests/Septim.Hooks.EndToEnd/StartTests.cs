using Septim.Hooks.EndToEnd.Support;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>The start of the native binary (decision 0011) where a process may have little: same verdicts, no crash.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("ulimit -v 300000")]
    [InlineData("ulimit -v 4000000")]
    [InlineData("ulimit -d 200000")]
    [InlineData("ulimit -s 256")]
    [InlineData("ulimit -s unlimited")]
    [InlineData("ulimit -n 16")]
    [InlineData("ulimit -c unlimited")]
    [InlineData("export LARGE=$(printf %0100000d 1)")]
    [InlineData("ulimit -s unlimited; export A=$(printf %0100000d 1) B=$(printf %0100000d 1)")]
    [InlineData("export DOTNET_GCgen0size=10000")]
    [InlineData("export DOTNET_GCConserveMemory=9 DOTNET_GCgen0size=10000")]
    [InlineData("export DOTNET_GCRegionRange=20000000")]
    [InlineData("export DOTNET_gcConcurrent=1")]
    [InlineData("taskset -p 1 $$ >/dev/null")]
    public async Task Bounds_on_the_process_change_no_verdict(string limit)
    {
        using var call = new HookCall(new SessionPlan(300_000));

        var harmless = await call.Bash("ls -l", limit);
        var dangerous = await call.Bash("rm -rf /", limit);
        var nested = await call.Bash(string.Concat(Enumerable.Repeat("$(", 20_000)), limit);
        var large = await call.Bash("cat <<'X'\n" + string.Concat(Enumerable.Repeat("text of a file\n", 60_000)) + "X\nrm -rf /etc", limit);

        Assert.Equal((0, ""), (harmless.ExitCode, harmless.Stdout + harmless.Stderr));
        Assert.Equal(2, dangerous.ExitCode);
        Assert.Contains("fs-rm-root", dangerous.Stderr, StringComparison.Ordinal);
        Assert.Equal(2, nested.ExitCode);
        Assert.Contains("could not judge", nested.Stderr, StringComparison.Ordinal);
        Assert.Equal(2, large.ExitCode);
        Assert.Contains("fs-rm-system", large.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_but_the_c_library_is_loaded()
    {
        if (!OperatingSystem.IsLinux()) return;
        var libraries = await ChildProcess.Run(await PublishedBinary.Path, [], "/", new Dictionary<string, string> { ["LD_TRACE_LOADED_OBJECTS"] = "1" }, "");

        Assert.Contains("libc.so", libraries.Stdout, StringComparison.Ordinal);
        Assert.DoesNotContain("libm.so", libraries.Stdout, StringComparison.Ordinal);
    }
}
