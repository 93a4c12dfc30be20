using System.Text;
using Septim.Hooks.Gates;
using Septim.Hooks.Recording;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Gates;

/// <summary>
/// Whatever becomes of any file of the state directory: no gate lets through what it refused before, nobody stumbles in a way that we
/// did not think of, and the record goes on.
/// </summary>
public sealed class DamagedStateTests : IDisposable
{
    private readonly Session _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("removed")]
    [InlineData("emptied")]
    [InlineData("garbage")]
    [InlineData("cut in half")]
    [InlineData("all digits nine")]
    [InlineData("all digits zero")]
    [InlineData("numbers too long")]
    [InlineData("minus signs")]
    [InlineData("a directory")]
    [InlineData("doubled")]
    public void No_damage_to_a_state_file_opens_a_gate_or_stops_the_record(string damage)
    {
        _session.Environment["SEPTIM_SESSION_USD"] = "50";
        _session.Environment["SEPTIM_RUN_USD"] = "100";
        _session.Environment["SEPTIM_DAY_USD"] = "100";
        _session.Environment["SEPTIM_SUBAGENTS_MAX_CONCURRENT"] = "3";
        _session.Environment["SEPTIM_NOTIFY"] = """[{"type":"slack","url":"env:X"}]""";
        _session.Environment["SEPTIM_LOG_SHIP"] = "manual";
        _session.Respond(100_000, 1_000, calls: ("toolu_1", "Bash", """{"command":"ls"}"""));
        for (var i = 0; i < 3; i++) _session.Agent($"a{i}");
        var beside = _session.Beside("99999999-2222-4333-8444-555555555555");
        beside.Respond(1_000, 1_000);
        GateList.Judge(GateList.All, beside.Prompt());
        Everything(out _);
        var files = Directory.GetFiles(_session.State, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        foreach (var folder in (string[])["admissions", "links", "reservations", "ship"])
            Assert.Contains(files, file => Path.GetRelativePath(_session.State, file).StartsWith(folder, StringComparison.Ordinal));
        foreach (var file in files)
        {
            if (!File.Exists(file)) Everything(out _);
            if (!File.Exists(file)) continue;
            var before = File.ReadAllBytes(file);
            Damage(file, before, damage);
            var wrong = Everything(out var refused);
            var name = Path.GetRelativePath(_session.State, file);
            Assert.True(wrong.Count == 0, $"{name}, {damage}: {string.Join("; ", wrong)}");
            Assert.True(refused, $"{name}, {damage}: a fourth agent was let start");
            if (Directory.Exists(file)) Directory.Delete(file);
            else File.Delete(file);
        }
    }

    /// <summary>All gates and recorders once; what went wrong in a way that is no fault of ours to name.</summary>
    private List<string> Everything(out bool refusedAgent)
    {
        var wrong = new List<string>();
        Try(wrong, () => GateList.Judge(GateList.All, _session.Event("SessionStart")));
        Try(wrong, () => GateList.Judge(GateList.All, _session.Prompt()));
        Try(wrong, () => GateList.Judge(GateList.All, _session.Call("Bash", """{"command":"ls"}""")));
        Try(wrong, () => GateList.Judge(GateList.All, _session.Changed("user_settings", Path.Combine(_session.Home, ".claude", "settings.json"))));
        var refused = false;
        Try(wrong, () =>
        {
            try
            {
                refused = new SubagentGate().Judge(_session.Call("Agent", """{"prompt":"p"}""", useId: Guid.NewGuid().ToString())).Kind >= VerdictKind.Deny;
            }
            catch (HookFault)
            {
                refused = true;
            }
        });
        refusedAgent = refused;
        foreach (var name in (string[])["UserPromptSubmit", "PostToolUseFailure", "Stop", "SessionEnd"])
        {
            var context = name == "UserPromptSubmit" ? _session.Prompt() : _session.Event(name);
            Try(wrong, () => Recorders.Record(Recorders.All, context, [new GateVerdict("bash-gate", new Verdict(VerdictKind.Deny, "fs-rm-root", "no"))], true, name => _session.Environment.GetValueOrDefault(name)));
        }
        return wrong;
    }

    private static void Try(List<string> wrong, Action act)
    {
        try
        {
            act();
        }
        catch (HookFault)
        {
            // Named, and refused where that holds something back.
        }
        catch (Exception e)
        {
            wrong.Add(e.ToString());
        }
    }

    private static void Damage(string file, byte[] content, string damage)
    {
        switch (damage)
        {
            case "removed": File.Delete(file); break;
            case "emptied": File.WriteAllBytes(file, []); break;
            case "garbage": File.WriteAllBytes(file, [.. Enumerable.Range(0, 300).Select(i => (byte)(i * 37 % 256))]); break;
            case "cut in half": File.WriteAllBytes(file, content[..(content.Length / 2)]); break;
            case "all digits nine": File.WriteAllBytes(file, [.. content.Select(b => b is >= (byte)'0' and <= (byte)'9' ? (byte)'9' : b)]); break;
            case "all digits zero": File.WriteAllBytes(file, [.. content.Select(b => b is >= (byte)'0' and <= (byte)'9' ? (byte)'0' : b)]); break;
            case "numbers too long": File.WriteAllText(file, Encoding.Latin1.GetString(content).Replace("1", "999999", StringComparison.Ordinal), Encoding.Latin1); break;
            case "minus signs": File.WriteAllText(file, Encoding.Latin1.GetString(content).Replace('1', '-'), Encoding.Latin1); break;
            case "doubled": File.WriteAllBytes(file, [.. content, .. content]); break;
            default:
                File.Delete(file);
                Directory.CreateDirectory(file);
                break;
        }
    }
}
