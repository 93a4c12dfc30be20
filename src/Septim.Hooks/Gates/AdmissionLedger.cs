using System.Globalization;
using System.Text;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Gates;

/// <summary>
/// Who was admitted in the last moments, by call id, one file a session tree. The session's own files win: an admission counts only
/// until its agent is seen there, and lapses when none appears, so that a refused or cancelled call gives its place back and a lost
/// or forged ledger resets nothing.
/// </summary>
internal sealed class AdmissionLedger(IFileSystem files, string stateDirectory, string treeRoot, Deadline deadline)
{
    /// <summary>An agent's meta file stands there some 50 ms after its call was let pass (client 2.1.330, measured 2026-11).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(20);

    private readonly string _path = Path.Combine(
        stateDirectory, "admissions", StateName.Of(treeRoot));

    /// <summary>Runs <paramref name="decide"/> alone among all processes; what it returns is stored as the new ledger.</summary>
    /// <exception cref="HookFault">The ledger cannot be locked or written: places could be given away twice.</exception>
    public TResult Decide<TResult>(Func<List<Admission>, (TResult Result, List<Admission> Admissions)> decide)
    {
        if (!files.CreateDirectory(Path.GetDirectoryName(_path)!))
            throw new HookFault($"{Path.GetDirectoryName(_path)} cannot be written, so agents started at the same moment cannot be told apart; make it writable");
        using var turn = FileLock.Take(_path + ".lock", deadline);
        var before = Read();
        var (result, after) = decide(before);
        if (!after.SequenceEqual(before) && !files.Replace(_path, Encoding.UTF8.GetBytes(ToText(after))))
            throw new HookFault($"{_path} cannot be written, so agents started at the same moment cannot be told apart; make it writable");
        return result;
    }

    private static string ToText(List<Admission> admissions)
    {
        var text = new StringBuilder();
        foreach (var a in admissions)
            text.Append(CultureInfo.InvariantCulture, $"{a.ToolUseId}\t{a.Target}\t{a.At.ToUnixTimeMilliseconds()}\t{a.TranscriptPath}\n");
        return text.ToString();
    }

    private List<Admission> Read()
    {
        var admissions = new List<Admission>();
        var handle = files.Open(_path, out var stat);
        if (handle < 0) return admissions;
        var buffer = new byte[Math.Clamp(stat.Size, 0, 1 << 20)];
        var read = files.Read(handle, 0, buffer);
        files.Close(handle);
        foreach (var line in Encoding.UTF8.GetString(buffer.AsSpan(0, Math.Max(0, read))).Split('\n'))
        {
            var fields = line.Split('\t');
            if (fields.Length == 4 && long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var at))
                admissions.Add(new Admission(fields[0], fields[1], fields[3], DateTimeOffset.FromUnixTimeMilliseconds(at)));
        }
        return admissions;
    }
}
