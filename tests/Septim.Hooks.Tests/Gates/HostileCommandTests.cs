using Septim.Hooks.Config;
using Septim.Hooks.Gates;
using Septim.Hooks.Gates.BashRules;
using Septim.Hooks.Shell;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Gates;

/// <summary>
/// Commands that are made to be slow: the benchmarks measure what they cost, these tests that they meet the counted limits
/// and that the answer depends on nothing else.
/// </summary>
public sealed class HostileCommandTests
{
    public static TheoryData<string> Families => [.. HostileCommands.All.Select(family => family.Name)];

    [Theory, MemberData(nameof(Families))]
    public void Has_one_answer(string name)
    {
        var command = HostileCommands.All.First(family => family.Name == name).Make(12_000);
        var first = Answer(command);
        Assert.Equal(first, Answer(command));
        Assert.True(first.Commands <= ShellLimits.Commands);
    }

    /// <summary>What multiplies or looks back must meet a limit long before a mebibyte does.</summary>
    [Theory]
    [InlineData("variables of two values")]
    [InlineData("variables exported")]
    [InlineData("variables in subshells")]
    [InlineData("assignments joined")]
    [InlineData("branches")]
    [InlineData("functions defined in or")]
    [InlineData("a variable appended to")]
    [InlineData("an array appended to")]
    [InlineData("an array filled")]
    [InlineData("arguments shifted")]
    [InlineData("find that runs")]
    [InlineData("repeated: find . -exec ")]
    [InlineData("repeated: >")]
    [InlineData("repeated: ;")]
    [InlineData("repeated: do ")]
    [InlineData("repeated: ((")]
    [InlineData("here-documents in here-documents")]
    [InlineData("IFS of many characters")]
    [InlineData("patterns with stars")]
    [InlineData("xargs that replaces a lot")]
    [InlineData("commas")]
    [InlineData("many globs")]
    public void Meets_a_limit(string name)
    {
        var reading = Shell.Reading.Of(HostileCommands.All.First(family => family.Name == name).Make(600_000));
        Assert.NotNull(reading.Breach);
        Assert.True(reading.Invocations.Length <= ShellLimits.Commands);
    }

    /// <summary>Large data is ordinary: what is only text passes, however much of it there is.</summary>
    [Theory]
    [InlineData("a here-document in quotes")]
    [InlineData("a here-document with tabs")]
    [InlineData("a here-document")]
    [InlineData("one comment")]
    [InlineData("psql in a here-document")]
    [InlineData("python in a here-document")]
    public void Large_data_passes(string name)
    {
        var reading = Shell.Reading.Of(HostileCommands.All.First(family => family.Name == name).Make(400_000));
        Assert.Null(reading.Breach);
    }

    /// <summary>What people and models really write is long at times; it is read whole, and what is wrong in its last line is found.</summary>
    [Theory]
    [InlineData("a file of source code")]
    [InlineData("a commit message")]
    [InlineData("a pipeline of sixty")]
    [InlineData("a script of a thousand lines")]
    [InlineData("a script of functions and cases")]
    [InlineData("a list of files")]
    [InlineData("a Python script")]
    [InlineData("a PowerShell script")]
    public void Long_ordinary_commands_are_judged_whole(string name)
    {
        var command = Ordinary(name);
        var answer = Answer(command);
        Assert.Null(answer.Breach);
        Assert.Null(answer.Rule);
        Assert.Equal("fs-rm-root", Answer(command + "\nrm -rf /\n").Rule);
    }

    private static string Ordinary(string name)
    {
        var lines = (int count, Func<int, string> line) => string.Concat(Enumerable.Range(0, count).Select(line));
        return name switch
        {
            "a file of source code" => "cat > src/a.cs <<'EOF'\n" + lines(4_000, i => $"    public int M{i}(int a) => a * {i} + \"text {i}\".Length; // why\n") + "EOF\n",
            "a commit message" => "git commit -m \"$(cat <<'EOF'\n" + lines(1_500, i => $"- part {i}: what it does, and why it does it so (see `M{i}`)\n") + "EOF\n)\"",
            "a pipeline of sixty" => "cat log.txt" + lines(60, i => $" | grep -v 'word {i}'"),
            "a script of a thousand lines" => lines(250, i => $"mkdir -p \"build/{i}\"\ncp \"src/a{i}.c\" \"build/{i}/\" || exit 1\nNAME{i % 40}=\"$(basename src/a{i}.c .c)\"\necho \"built ${{NAME{i % 40}}}\" >> build/log.txt\n"),
            "a script of functions and cases" => lines(60, i => $"f{i}() {{\n  local a=\"$1\"\n  case \"$a\" in\n    start) echo on;;\n    stop) echo off;;\n    *) return 1;;\n  esac\n}}\nif [ -f c{i} ]; then f{i} start; else f{i} stop; fi\n"),
            "a list of files" => "git add" + lines(4_000, i => $" src/part{i % 50}/file{i}.cs"),
            "a Python script" => "python3 - <<'EOF'\nimport json\n" + lines(1_500, i => $"rows.append({{'id': {i}, 'name': f'row {{n}} of {i}'}})\n") + "EOF\n",
            _ => "pwsh -Command '" + lines(800, i => $"$a{i} = Get-Item \"file{i}.txt\"; Write-Output $a{i}.Length\n") + "'",
        };
    }

    private static (string? Breach, int Commands, string? Rule, VerdictKind? Verdict) Answer(string command)
    {
        var reading = Shell.Reading.Of(command);
        var finding = BashJudge.Strictest(BashJudge.Judge(reading, BashCases.Setting(), BashPolicy.Standard, BashCases.Today));
        // The gate stops reading at what decides; that must change nothing.
        var decided = BashJudge.Strictest(BashJudge.Judge(reading, BashCases.Setting(), BashPolicy.Standard, BashCases.Today, untilDecided: true));
        Assert.Equal((finding?.Rule.Id, finding?.Verdict), (decided?.Rule.Id, decided?.Verdict));
        return (reading.Breach, reading.Invocations.Length, finding?.Rule.Id, finding?.Verdict);
    }
}
