using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
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

    /// <summary>Each family in the size that costs most processor time, the costliest first; where another size takes more memory, that as well.</summary>
    /// <param name="names">Only families with this in their names.</param>
    public List<(int Size, Subject Subject)> Worst(IReadOnlyList<int> sizes, int rounds, string names = "")
    {
        var worst = new List<(int Size, Subject Subject)>();
        foreach (var family in HostileCommands.All)
        {
            if (!family.Name.Contains(names, StringComparison.Ordinal)) continue;
            var runs = sizes.Select(size => (Size: size, Subject: Run(family, size, rounds))).ToList();
            var slowest = runs.MaxBy(run => run.Subject.CpuMs);
            var fattest = runs.MaxBy(run => run.Subject.PeakMb);
            worst.Add(slowest);
            if (fattest.Size != slowest.Size) worst.Add(fattest);
        }

        return [.. worst.OrderByDescending(run => run.Subject.CpuMs)];
    }

    public void Delete() => Directory.Delete(_folder, recursive: true);

    private Subject Run(HostileCommand family, int size, int rounds)
    {
        var input = Path.Combine(_folder, "input.json");
        File.WriteAllText(input, Payload(family.Make(size)));
        var subject = new Subject(family.Name, [_septim, "bash-gate"], input)
        {
            Environment = new Dictionary<string, string> { ["HOME"] = _folder, ["SEPTIM_STATE_DIR"] = Path.Combine(_folder, "state") },
        };
        for (var i = 0; i < rounds; i++) subject.Runs.Add(_launcher.Once(subject));
        return subject;
    }

    private string Payload(string command)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("session_id", "5f0c1d7e-0000-4000-8000-000000000001");
            json.WriteString("cwd", _folder);
            json.WriteString("permission_mode", "default");
            json.WriteString("hook_event_name", "PreToolUse");
            json.WriteString("tool_name", "Bash");
            json.WriteStartObject("tool_input");
            json.WriteString("command", command);
            json.WriteEndObject();
            json.WriteString("tool_use_id", "toolu_01notyetontheDisk0000");
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
