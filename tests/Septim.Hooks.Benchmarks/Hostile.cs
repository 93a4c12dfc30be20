using System.Globalization;
using System.Text;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Benchmarks;

/// <summary>Commands made to be slow to read, each brought before <c>septim bash-gate</c>: processor time and memory of the whole process.</summary>
internal sealed class Hostile
{
    private readonly string _folder;
    private readonly string _septim;
    private readonly Launcher _launcher;

    public Hostile(string folder, string septim, Launcher launcher)
    {
        _folder = folder;
        _septim = septim;
        _launcher = launcher;
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
    }

    /// <summary>Characters. The costliest text of a family is seldom the longest: it is the longest that meets no limit.</summary>
    public static readonly int[] Sizes = [8_192, 16_384, 32_768, 65_536, 131_072, 262_144, 1_000_000];

    /// <summary>The costliest of these many single runs are mostly those that met something else on the machine, so they run again.</summary>
    private const int Suspects = 40, MoreRuns = 6;

    /// <summary>Each family in the size that costs most processor time, the costliest first; where another size takes more memory, that as well.</summary>
    /// <param name="names">Only families with this in their names.</param>
    public List<(int Size, Subject Subject)> Worst(IReadOnlyList<int> sizes, string names = "")
    {
        var worst = new List<(HostileCommand Family, int Size, Subject Subject)>();
        foreach (var family in HostileCommands.All)
        {
            if (!family.Name.Contains(names, StringComparison.Ordinal)) continue;
            var runs = sizes.Select(size => (Family: family, Size: size, Subject: Ask(family))).ToList();
            foreach (var (_, size, subject) in runs) Run(subject, family, size, 1);
            var slowest = runs.MaxBy(run => run.Subject.CpuMs);
            var fattest = runs.MaxBy(run => run.Subject.PeakMb);
            worst.Add(slowest);
            if (fattest.Size != slowest.Size) worst.Add(fattest);
        }
        foreach (var (family, size, subject) in worst.OrderByDescending(run => run.Subject.CpuMs).Take(Suspects).ToList()) Run(subject, family, size, MoreRuns);
        return [.. worst.OrderByDescending(run => run.Subject.CpuMs).Select(run => (run.Size, run.Subject))];
    }

    public void Delete() => Directory.Delete(_folder, recursive: true);

    private string Input => Path.Combine(_folder, "input.json");

    private Subject Ask(HostileCommand family) => new(family.Name, [_septim, "bash-gate"], Input)
    {
        Environment = new Dictionary<string, string> { ["HOME"] = _folder, ["SEPTIM_STATE_DIR"] = Path.Combine(_folder, "state") },
    };

    private void Run(Subject subject, HostileCommand family, int size, int times)
    {
        File.WriteAllText(Input, Payload(family.Make(size)));
        for (var i = 0; i < times; i++) subject.Runs.Add(_launcher.Once(subject));
    }

    private string Payload(string command) =>
        $$"""{"session_id":"5f0c1d7e-0000-4000-8000-000000000001","cwd":{{Quoted(_folder)}},"permission_mode":"default","hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":{{Quoted(command)}}},"tool_use_id":"toolu_01notyetontheDisk0000"}""";

    /// <summary>As JSON.stringify of the client writes it: a character that can stand as it is does.</summary>
    private static string Quoted(string text)
    {
        var json = new StringBuilder("\"", text.Length + 2);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isPair = i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]);
            if (c is '"' or '\\') json.Append('\\').Append(c);
            else if ("\b\f\n\r\t".IndexOf(c) is >= 0 and var known) json.Append('\\').Append("bfnrt"[known]);
            else if (c < ' ' || (char.IsSurrogate(c) && !isPair)) json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else json.Append(c);
            if (isPair) json.Append(text[++i]);
        }
        return json.Append('"').ToString();
    }
}
