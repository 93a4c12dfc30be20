using System.Globalization;
using System.Text.RegularExpressions;

namespace Septim.Hooks.Benchmarks;

/// <summary>
/// Writes <c>src/Septim.Hooks/startup-order.txt</c>: the methods that ordinary hook calls run, which the native compiler then puts side
/// by side, so that a start maps few pages (docs/decisions/0005). Names that a later build no longer has do no harm there.
/// Each call is run by valgrind, which names the instructions that were executed; nm names the methods around them.
/// </summary>
/// <param name="septim">The published executable.</param>
/// <param name="symbols">Its symbol file, which the build leaves beside the unpublished one.</param>
internal sealed partial class StartupOrder(string septim, string symbols)
{
    /// <param name="file">To write.</param>
    /// <param name="calls">Ordinary calls, each run twice before it is looked at.</param>
    /// <returns>Methods named.</returns>
    public int Write(string file, IEnumerable<Subject> calls)
    {
        var folder = Directory.CreateTempSubdirectory("septim-order-").FullName;
        try
        {
            // Why a copy: valgrind cannot read the symbols of a native .NET build, and looks for them beside the program.
            var program = Path.Combine(folder, "septim");
            File.Copy(septim, program);
            var methods = Symbols(folder);
            var run = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var call in calls)
            {
                for (var i = 0; i < 2; i++)
                {
                    call.Prepare();
                    _ = Launcher.Try(call);
                }
                call.Prepare();
                var profile = Path.Combine(folder, "profile");
                // Why the limit: valgrind refuses to reserve the 256 GB that the collector otherwise asks for.
                var (code, output) = Launcher.Try(call with
                {
                    Command = ["valgrind", "--tool=callgrind", "--dump-instr=yes", "--callgrind-out-file=" + profile, program, .. call.Command.Skip(1)],
                    Environment = new Dictionary<string, string>(call.Environment) { ["DOTNET_GCHeapHardLimit"] = "0x10000000", ["PATH"] = Environment.GetEnvironmentVariable("PATH")! },
                });
                if (code != 0) throw new InvalidOperationException($"{call.Name}: exit code {code}: {output}");
                foreach (var address in Executed(profile))
                {
                    if (MethodAt(methods, address) is { } name) run.Add(name);
                }
            }
            File.WriteAllLines(file, run);
            return run.Count;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Managed methods and where they start, ascending.</summary>
    private List<(ulong Address, string Name)> Symbols(string folder)
    {
        var methods = new List<(ulong, string)>();
        foreach (var line in Launcher.Tool(folder, "nm", "--numeric-sort", symbols).Split('\n'))
        {
            if (line.Split(' ', 3) is [{ Length: 16 } address, "t" or "T", var name]) methods.Add((ulong.Parse(address, NumberStyles.HexNumber, CultureInfo.InvariantCulture), name));
        }
        return methods;
    }

    /// <summary>Names of the C and C++ runtime have no type in them, or begin like a mangled one; the compiler places those by itself.</summary>
    private static string? MethodAt(List<(ulong Address, string Name)> methods, ulong address)
    {
        var at = methods.BinarySearch((address, "\uffff"), Comparer<(ulong Address, string Name)>.Create(static (a, b) => a.Address.CompareTo(b.Address)));
        if (at < 0) at = ~at - 1;
        return at >= 0 && methods[at].Name is var name && name.Contains("__", StringComparison.Ordinal) && !name.StartsWith('_') ? name : null;
    }

    /// <summary>
    /// Addresses of a callgrind profile: absolute in hexadecimal digits, or relative to the line before in decimal ones. Source: valgrind's
    /// manual, "Callgrind Format Specification".
    /// </summary>
    private static IEnumerable<ulong> Executed(string profile)
    {
        ulong last = 0;
        foreach (var line in File.ReadLines(profile))
        {
            var match = Position().Match(line);
            if (!match.Success) continue;
            var number = match.Groups["number"].Value;
            last = match.Groups["kind"].Value switch
            {
                "0x" => ulong.Parse(number, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                "+" => last + ulong.Parse(number, CultureInfo.InvariantCulture),
                "-" => last - ulong.Parse(number, CultureInfo.InvariantCulture),
                _ => last,
            };
            yield return last;
        }
    }

    [GeneratedRegex(@"^(?<kind>0x|\+|-|\*)(?<number>[0-9a-f]*) ")]
    private static partial Regex Position();
}
