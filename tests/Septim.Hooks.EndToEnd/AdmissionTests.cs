using System.Diagnostics;
using System.Globalization;
using Septim.Hooks.EndToEnd.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>
/// Places are given away exactly, however many ask at once and whatever happened to the files. SEPTIM_ADMISSION_ROUNDS=1000 makes the
/// long run, which writes docs/benchmarks/admission.md.
/// </summary>
[Collection(nameof(ManyClients))]
public sealed class AdmissionTests
{
    private const int AtOnce = 16;
    private const int PlacesLeft = 3;
    private const int RoundsInCi = 25;
    private const int LongRun = 1000;

    [Fact]
    public async Task Sixteen_processes_at_once_with_three_places_left_admit_exactly_three()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("SEPTIM_ADMISSION_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : RoundsInCi;
        using var race = new AdmissionRace();
        var wrong = new List<string>();
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < rounds; round++)
        {
            race.NewSession();
            var answers = await race.AllAtOnce(AtOnce);
            if (answers.Count(Admitted) != PlacesLeft || answers.Count(Refused) != AtOnce - PlacesLeft)
                wrong.Add($"round {round}: {answers.Count(Admitted)} admitted, {answers.Count(Refused)} refused: {answers.FirstOrDefault(answer => !Admitted(answer) && !Refused(answer))}");
        }
        if (rounds >= LongRun) await WriteReport(rounds, wrong.Count, clock.Elapsed);
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Killed_in_the_middle_they_give_away_no_place_twice_and_block_nobody()
    {
        using var race = new AdmissionRace();
        for (var round = 0; round < 10; round++)
        {
            race.NewSession();
            var answers = await race.AllAtOnce(AtOnce, killed: 6);
            Assert.InRange(answers.Count(Admitted), 0, PlacesLeft);
            Assert.All(answers.Skip(6), answer => Assert.True(Admitted(answer) || Refused(answer), answer.ToString()));
            // Who was killed may have taken a place that lapses later; the lock at least is free.
            var next = await race.Ask("toolu_next");
            Assert.True(Admitted(next) || Refused(next), next.ToString());
        }
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("emptied")]
    [InlineData("forged")]
    public async Task Ruined_ledger_never_gives_a_place_that_the_files_say_is_taken(string accident)
    {
        using var race = new AdmissionRace();
        Assert.True(Admitted(await race.Ask("toolu_1")));
        await File.WriteAllBytesAsync(race.Ledger, accident switch
        {
            "garbage" => [0xFF, 0x00, 0x09, 0x0A, 0x80],
            "emptied" => [],
            _ => "toolu_x\t\t1\t/nowhere\n"u8.ToArray(),
        }, TestContext.Current.CancellationToken);
        for (var i = 5; i < 8; i++) race.WriteMeta($"a{i}", $$"""{"toolUseId":"toolu_of_a{{i}}","spawnDepth":1}""");
        Assert.Contains("8 agents are running", Reason(await race.Ask("toolu_2")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_that_cannot_be_written_refuses()
    {
        using var race = new AdmissionRace();
        Directory.CreateDirectory(race.State);
        Assert.True(Admitted(await race.Ask("toolu_1")));
        Assert.Contains("make it writable", Reason(await race.Ask("toolu_2", state: "/proc/septim")), StringComparison.Ordinal);

        Posix.SetMode(Path.Combine(race.State, "admissions"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var readOnly = await race.Ask("toolu_3");
        Posix.SetMode(Path.Combine(race.State, "admissions"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Contains("cannot be", Reason(readOnly), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Full_disk_refuses()
    {
        using var race = new AdmissionRace();
        Directory.CreateDirectory(race.State);
        const string Fill = "mount -t tmpfs -o size=16k tmpfs \"$0\" && { cat /dev/zero > \"$0/fill\" 2>/dev/null; exec \"$@\"; }";
        var answer = await race.Ask(through: ["unshare", "--user", "--map-root-user", "--mount", "--", "sh", "-c", Fill, race.State]);
        Assert.Contains("cannot be written", Reason(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lock_that_is_never_given_back_refuses_in_time()
    {
        using var race = new AdmissionRace();
        Assert.True(Admitted(await race.Ask("toolu_1")));
        await using var held = new FileStream(race.Ledger + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Contains("lock", Reason(await race.Ask("toolu_2", deadlineMs: "500")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"spawnDepth\": ")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task Broken_description_of_an_agent_refuses(string text)
    {
        using var race = new AdmissionRace();
        race.WriteMeta("a0", text);
        Assert.Contains("agent-a0.meta.json", Reason(await race.Ask()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unreadable_description_of_an_agent_refuses()
    {
        using var race = new AdmissionRace();
        Posix.SetMode(race.MetaOf("a0"), UnixFileMode.None);
        Assert.Contains("agent-a0.meta.json", Reason(await race.Ask()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caller_that_nobody_describes_is_refused()
    {
        using var race = new AdmissionRace();
        Assert.True(Admitted(await race.Ask("toolu_1", agentId: "a0")));
        File.Delete(race.MetaOf("a0"));
        Assert.Contains("a0 is not described", Reason(await race.Ask("toolu_2", agentId: "a0")), StringComparison.Ordinal);
    }

    private static bool Admitted(ProcessResult answer) => answer is { ExitCode: 0, Stdout: "" };

    private static bool Refused(ProcessResult answer) => answer.ExitCode == 2 && answer.Stdout.Contains("agents are running, and at most 8", StringComparison.Ordinal);

    private static string Reason(ProcessResult answer)
    {
        Assert.True(answer.ExitCode == 2, $"exit code {answer.ExitCode}: {answer.All}");
        return answer.Stdout;
    }

    private static Task WriteReport(int rounds, int wrong, TimeSpan took) => File.WriteAllTextAsync(
        Path.Combine(Repository.Root, "docs", "benchmarks", "admission.md"),
        string.Create(CultureInfo.InvariantCulture, $"""
            # Exact admission

            Written by the run `SEPTIM_ADMISSION_ROUNDS={rounds}` of `AdmissionTests`; nothing in it is typed.

            | what | figure |
            | --- | --- |
            | rounds | {rounds} |
            | processes at once in each | {AtOnce} |
            | places left in each | {PlacesLeft} |
            | rounds in which other than exactly {PlacesLeft} were admitted | {wrong} |
            | whole run | {took.TotalSeconds:F0} s |
            | processors | {Environment.ProcessorCount} |
            | day | {DateTimeOffset.UtcNow:yyyy-MM-dd} |

            """));
}
