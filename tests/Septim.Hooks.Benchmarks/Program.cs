using System.Globalization;
using System.Text.Json;
using Septim.Hooks.Benchmarks;
using Septim.Hooks.Tests.Support;

// dotnet run -c Release --project tests/Septim.Hooks.Benchmarks [-- --quick]
// Writes docs/benchmarks/<processor>.md; --quick takes small sizes and few rounds and writes to standard output only.
// --hostile [NAME] measures nothing but the hostile commands (with NAME in their names), once each in all sizes.
// --startup-order writes src/Septim.Hooks/startup-order.txt for the next build; it needs valgrind, and Linux.
var quick = args.Contains("--quick");
var hostileOnly = args.Length > 0 && args[0] == "--hostile";
var orderOnly = args is ["--startup-order"];
if (!hostileOnly && !orderOnly && args.Any(argument => argument != "--quick"))
{
    Console.Error.WriteLine("usage: Septim.Hooks.Benchmarks [--quick | --hostile [NAME] | --startup-order]");
    return 2;
}

var root = AppContext.BaseDirectory;
while (!File.Exists(Path.Combine(root, "Septim.Hooks.sln"))) root = Path.GetDirectoryName(root)!;

int rounds = quick ? 5 : 41, scanRounds = quick ? 3 : 15, megabyte = 1_000_000;
int[] sizes = orderOnly ? [1] : quick ? [1, 33] : [1, 33, 330];
var (historyFiles, historyMb) = quick || orderOnly ? (50, 50) : (1000, 1000);

Console.Error.WriteLine("compiling the programs compared …");
var programs = new Programs(root);
var launcher = new Launcher(programs.Measure);
var data = Path.Combine(root, "artifacts", "bench", "data");
var hostile = new Hostile(Path.Combine(root, "artifacts", "bench", "hostile"), programs.Septim, launcher);
if (hostileOnly)
{
    foreach (var (size, subject) in hostile.Worst(Hostile.Sizes, args.Length > 1 ? args[1] : ""))
        Console.WriteLine($"{subject.CpuMs,8:F1} ms {subject.PeakMb,6:F1} MB  exit {subject.Runs[0].ExitCode}  {size,8}  {subject.Name}");

    return 0;
}

Console.Error.WriteLine("generating transcripts …");
var scenes = sizes.ToDictionary(mb => mb, mb => new Scene(Path.Combine(data, $"{mb}mb"), mb * (long)megabyte));
var daily = new Scene(Path.Combine(data, "day"), megabyte, historyFiles, historyMb * (long)megabyte);
var report = new Report();

Subject Warm(string name, Scene scene, bool day = false, string verb = "cost-gate") =>
    new(name, [programs.Septim, verb], scene.Input) { Environment = scene.Environment(day), Prepare = scene.Append };

// A figure that is wrong is worth no time; so the totals must be true first.
foreach (var scene in scenes.Values)
{
    var (code, json) = Launcher.Try(new("cost", [programs.Septim, "cost", "--transcript", scene.Session.MainFile, "--format", "json"]) { Environment = scene.Environment() });
    if (code == 0 && JsonDocument.Parse(json).RootElement.GetProperty("total_picousd").GetInt64() == scene.Session.PicoUsd) continue;
    Console.Error.WriteLine($"septim cost does not say {scene.Session.PicoUsd} pico-dollars: exit code {code}: {json}");
    return 1;
}

// A refusal would be measured as a fast call; so each call must pass in silence before it is measured.
bool AllPass(IEnumerable<Subject> subjects)
{
    foreach (var subject in subjects)
    {
        var (exitCode, output) = Launcher.Try(subject);
        if (exitCode == 0 && output.Length == 0) continue;
        Console.Error.WriteLine($"{subject.Name}: did not pass in silence: exit code {exitCode}: {output}");
        return false;
    }
    return true;
}

// What is measured: warm calls, and each gate alone on the largest session, in the order in which `septim hook` asks them.
var empty = new Subject("C true", [programs.True]);
var warm = sizes.ToDictionary(mb => mb, mb => Warm($"septim cost-gate, {mb} MB session", scenes[mb]));
var day = Warm($"septim cost-gate with the 24 h ceiling, {historyFiles} more transcripts of {historyMb} MB in total", daily, day: true);
var line = Warm($"septim statusline, {sizes[0]} MB session", scenes[sizes[0]], verb: "statusline");
var largest = scenes[sizes[^1]];
Subject Alone(string gate, string of, string input) =>
    new($"septim {gate}, {of}", [programs.Septim, gate], input) { Environment = largest.Environment(), Prepare = largest.Append };
var typical = Alone("bash-gate", "a command", largest.Input);
var longCommand = Alone("bash-gate", $"a command of {Scene.LongSegments} segments", largest.LongInput);
var endOfTurn = Alone("stop-log", "the end of a turn", largest.StopInput);
var allGates = Alone("hook", "all gates, a command", largest.Input);
var allGatesAgent = Alone("hook", "all gates, an agent", largest.AgentInput);
Subject[] gates =
[
    Alone("config-gate", "a command", largest.Input), Alone("config-gate", "an edit", largest.EditInput), Alone("loop-gate", "a command", largest.Input),
    Alone("subagent-gate", "an agent", largest.AgentInput), typical, longCommand, Alone("cost-gate", "a command", largest.Input), endOfTurn, allGates, allGatesAgent,
];
if (!AllPass([.. warm.Values, day, .. gates])) return 1;

if (orderOnly)
{
    var (order, symbols) = (Path.Combine(root, "src", "Septim.Hooks", "startup-order.txt"), Programs.SymbolsOf(root));
    Console.WriteLine($"{order}: {new StartupOrder(programs.Septim, symbols).Write(order, [.. warm.Values, day, line, .. gates])} methods");
    Directory.Delete(data, recursive: true);
    return 0;
}

// 1. Warm calls.
Subject[] calls = [empty, new("NativeAOT hello", [programs.Hello]), .. warm.Values, day, line];
launcher.Interleave(rounds, calls);
report.Section("A call while a session runs", "State is there; one response was appended since the last call.");
report.Table(Report.RowHeader, calls.Select(subject => Report.Row(subject, empty)));
foreach (var mb in sizes) report.Target($"warm call, {mb} MB, × C true", warm[mb].WallMs / empty.WallMs, 3.5, "");
report.Target($"warm call, {sizes[^1]} MB over {sizes[0]} MB", warm[sizes[^1]].WallMs / warm[sizes[0]].WallMs, 1.15, "");
report.Target("septim statusline, CPU", line.CpuMs, 4, " ms");
report.Target("warm call with the 24 h ceiling, × C true", day.WallMs / empty.WallMs, 5, "");

// 2. Each gate alone.
launcher.Interleave(rounds, [empty, .. gates]);
report.Section($"Each gate alone, {sizes[^1]} MB session", "In the order in which `septim hook` asks them; what all share is the start of the process, the payload and the configuration.");
report.Table(Report.RowHeader, gates.Select(subject => Report.Row(subject, empty)));
report.Target("bash-gate, a typical command, × C true", typical.WallMs / empty.WallMs, 3.5, "");
report.Target($"bash-gate, {Scene.LongSegments} segments, × C true", longCommand.WallMs / empty.WallMs, 5, "");
report.Target("stop-log at the end of a turn, × C true", endOfTurn.WallMs / empty.WallMs, 3.5, "");
report.Target("all gates, a command, × C true", allGates.WallMs / empty.WallMs, 4.5, "");
report.Target("all gates, an agent's start, × C true", allGatesAgent.WallMs / empty.WallMs, 4.5, "");

// 3. Cold scans beside a plain read of the same files and ccusage.
List<Subject> peaks = [.. warm.Values, .. gates, day];
foreach (var mb in sizes.Where(mb => mb > 1))
{
    var scene = scenes[mb];
    var read = new Subject("plain read, C", [programs.Read, .. scene.Files]);
    var cold = new Subject("septim cost-gate, no state", [programs.Septim, "cost-gate"], scene.Input) { Environment = scene.Environment(), Prepare = scene.ForgetState };
    Subject[] ccusage =
    [
        .. Programs.CcusageVersions.Select(version => new Subject($"ccusage {version} session", [programs.Ccusage(version), "session", "--json", "--offline"])
        {
            Environment = scene.Environment(),
        }),
    ];
    // Why the older ones apart: one run of such takes as long as several rounds of all others.
    launcher.Interleave(scanRounds, [empty, read, cold, ccusage[0]]);
    launcher.Interleave(quick ? 1 : 3, ccusage[1..]);
    var gigabytes = scene.Files.Sum(file => new FileInfo(file).Length) / 1e9;
    var start = warm[sizes[0]].WallMs;
    report.Section(
        $"A first call in a session of {mb} MB",
        $"No state. Plain read {Report.Figure(gigabytes / (read.WallMs - empty.WallMs) * 1e3)} GB/s, septim {Report.Figure(gigabytes / (cold.WallMs - start) * 1e3)} GB/s, each without its start.");
    report.Table(Report.RowHeader, [Report.Row(read, empty), Report.Row(cold, empty), .. ccusage.Select(subject => Report.Row(subject, empty))]);
    report.Target($"cold scan, {mb} MB, ms; at most 3 × plain read + start", cold.WallMs, 3 * read.WallMs + start, " ms");
    foreach (var (version, subject) in Programs.CcusageVersions.Zip(ccusage))
        report.Target($"cold scan, {mb} MB, CPU; at most a tenth of ccusage {version}", cold.CpuMs, subject.CpuMs / 10, " ms");
    peaks.Add(cold);
}

// 4. The first call of a day's ceiling.
var coldDay = new Subject($"septim cost-gate, no state, 24 h ceiling, {historyFiles} transcripts of {historyMb} MB", [programs.Septim, "cost-gate"], daily.Input)
{
    Environment = daily.Environment(day: true),
    Prepare = daily.ForgetState,
};
launcher.Interleave(quick ? 1 : 3, empty, coldDay);
report.Section("The first call under a 24 h ceiling", $"No state; {daily.HistoryBytes / 1e6:F0} MB of other sessions, their files all written in the last 24 hours.");
report.Table(Report.RowHeader, [Report.Row(coldDay, empty)]);
peaks.Add(coldDay);

// 5. Commands made to be slow. Processor time, since a run of thousands of processes meets whatever else the machine does.
Console.Error.WriteLine("hostile commands …");
var worst = hostile.Worst(quick ? [32_768] : Hostile.Sizes);
report.Section(
    "Hostile commands",
    $"`septim bash-gate`, whole process, {HostileCommands.All.Count} families of hostile commands up to 1 MB, each in several sizes; the twelve that cost most, in the size that costs most. The forty costliest run seven times, the median counts.");
report.Table("family | characters | CPU ms | peak MB", worst.Take(12).Select(run => $"{Report.Plain(run.Subject.Name)} | {run.Size:N0} | {Report.Figure(run.Subject.CpuMs)} | {Report.Figure(run.Subject.PeakMb)}"));
report.Target("hostile commands, CPU of the worst", worst.Max(run => run.Subject.CpuMs), 50, " ms");
report.Target("hostile commands, memory of the worst", worst.Max(run => run.Subject.PeakMb), 64, " MB");
report.Target("peak memory of septim in any row", peaks.Max(subject => subject.PeakMb), 15, " MB");

Directory.Delete(data, recursive: true);
hostile.Delete();
var revision = Launcher.Tool(root, "git", "rev-parse", "--short", "HEAD").Trim() + (Launcher.Tool(root, "git", "status", "--porcelain", "src").Length > 0 ? " with changes" : "");
var page = report.ToMarkdown(typeof(Report).Assembly.GetName().Version!.ToString(3), revision, rounds);
if (quick)
{
    Console.Write(page);
}
else
{
    var name = string.Concat(MachineInfo.Processor.ToLower(CultureInfo.InvariantCulture).Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' '));
    var file = Path.Combine(root, "docs", "benchmarks", string.Join('-', name.Split(' ', StringSplitOptions.RemoveEmptyEntries)) + ".md");
    File.WriteAllText(file, page);
    Console.WriteLine(file);
}

return report.AllHold ? 0 : 1;
