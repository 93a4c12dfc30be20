using System.Text.RegularExpressions;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.House;

/// <summary>Reads the source tree and keeps the design true: who may know whom, where everything is caught, where the console is.</summary>
public sealed partial class SourceTests
{
    // A folder may use those that stand in its row.
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Claude"] = [],
        ["Shell"] = [],
        ["Transcripts"] = ["Claude"],
        ["Spend"] = ["Transcripts", "Claude"],
        ["Config"] = ["Spend", "Claude", "Transcripts"],
        ["Gates"] = ["Config", "Spend", "Shell", "Transcripts", "Claude"],
        ["Recording"] = ["Gates", "Config", "Spend", "Transcripts", "Claude"],
        ["Delivery"] = ["Recording", "Config", "Transcripts", "Claude"],
        ["Setup"] = ["Gates", "Config", "Spend", "Transcripts", "Claude", "Shell"],
        ["Audit"] = ["Setup", "Gates", "Config", "Spend", "Transcripts", "Claude", "Shell"],
    };

    private static readonly string Source = Path.Combine(Repository.Root, "src", "Septim.Hooks");

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Source, "*.cs", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Source, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_folder_uses_only_what_it_may_know(string file)
    {
        var folder = file.Split('/')[0];
        if (!MayUse.TryGetValue(folder, out var allowed)) return;
        foreach (Match use in OurUse().Matches(NoCode().Replace(Read(file), "")))
        {
            var used = use.Groups[1].Value + use.Groups[2].Value;
            Assert.True(used == folder || allowed.Contains(used), $"{file} uses {used}; {folder} may use {string.Join(", ", allowed)}");
        }
    }

    [Fact]
    public void The_page_on_the_architecture_has_the_same_table()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));
        foreach (var (folder, uses) in MayUse)
            Assert.Contains($"| `{folder}` | {(uses.Length == 0 ? "nothing of ours" : string.Join(' ', uses.Order(StringComparer.Ordinal).Select(use => $"`{use}`")))} |\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Console_exit_and_the_catch_for_everything_stand_in_their_places(string file)
    {
        // Why these two: no fault policy stands above a second thread; what is thrown there is met again, and thrown, on the first.
        if (file is "Transcripts/Strip.cs" or "Transcripts/SideThread.cs") return;
        if (file is "Program.cs" or "FaultPolicy.cs" or "StdStreams.cs" || file.StartsWith("Commands/", StringComparison.Ordinal)) return;
        var text = Read(file);
        Assert.DoesNotMatch(CatchEverything(), text);
        Assert.DoesNotContain("Environment.Exit", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(ConsoleUse(), text);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Network_and_logging_libraries_stand_in_delivery_alone(string file)
    {
        if (file.StartsWith("Delivery/", StringComparison.Ordinal)) return;
        Assert.DoesNotMatch(NetworkUse(), Read(file));
    }

    // Why here: of all that dotnet format checks, the build leaves out white space, which .ci/run has checked, and this order.
    [Fact]
    public void Usings_stand_in_order_those_of_the_system_first()
    {
        var files = new[] { "src", "tests" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToList();
        Assert.True(files.Count > 500);
        foreach (var file in files)
        {
            var names = PlainUsing().Matches(File.ReadAllText(file)).Select(use => use.Groups[1].Value).ToList();
            var sorted = names.OrderBy(name => name.Split('.')[0] != "System").ThenBy(name => name.Replace('.', '\0'), StringComparer.OrdinalIgnoreCase);
            Assert.True(names.SequenceEqual(sorted), $"{file}: run dotnet format");
        }
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Source, file));

    // A using line, and a name that is written with its namespace: Gates.GateList.
    [GeneratedRegex(@"^using (?:static )?Septim\.Hooks\.(\w+)|(?<![\w.])(?:Septim\.Hooks\.)?(Audit|Claude|Commands|Config|Delivery|Gates|Recording|Setup|Shell|Spend|Transcripts)\.[A-Z]", RegexOptions.Multiline)]
    private static partial Regex OurUse();

    [GeneratedRegex(@"^using ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex PlainUsing();

    [GeneratedRegex(@"//[^\n]*|""(?:\\.|[^""\\\n])*""")]
    private static partial Regex NoCode();

    [GeneratedRegex(@"catch\s*(\(Exception( \w+)?\)(?!\s*when)|\{)")]
    private static partial Regex CatchEverything();

    [GeneratedRegex(@"(?<![\w.""])Console\.")]
    private static partial Regex ConsoleUse();

    [GeneratedRegex(@"^using (Serilog|Polly|System\.Net\.Http)", RegexOptions.Multiline)]
    private static partial Regex NetworkUse();
}
