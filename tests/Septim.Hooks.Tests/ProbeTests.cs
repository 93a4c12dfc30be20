using Septim.Hooks.Config;
using Septim.Hooks.Gates;
using Septim.Hooks.Gates.BashRules;
using Septim.Hooks.Tests.Support;
namespace Septim.Hooks.Tests;
public sealed class ProbeTests
{
    [Fact]
    public void Probe()
    {
        foreach (var file in (Environment.GetEnvironmentVariable("PROBE") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var ps = Path.GetFileName(file).Contains("-ps-", StringComparison.Ordinal);
            using var o = new StreamWriter(file + ".out");
            foreach (var raw in File.ReadLines(file))
            {
                if (raw.Length == 0 || raw.StartsWith("# ", StringComparison.Ordinal)) continue;
                var ok = raw.StartsWith("OK ", StringComparison.Ordinal);
                var line = ok ? raw[3..] : raw;
                var setting = BashCases.Setting();
                var finding = ps ? BashJudge.Strictest(BashJudge.Judge(BashGate.Read("PowerShell", line.Replace('¶', '\n'), setting), setting, BashPolicy.Standard, BashCases.Today)) : BashCases.Strictest(line.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal));
                var pass = finding is null || finding.Verdict == VerdictKind.Pass;
                if (pass && !ok) o.WriteLine("PASS " + raw);
                if (!pass && ok) o.WriteLine("STOP " + raw + "  => " + finding!.Verdict + " " + finding.Rule.Id);
            }
        }
    }
}
