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

    /// <summary>The end of the year 9999, milliseconds since 1970: what lies after it was not written by us.</summary>
    private const long LastMs = 253_402_300_799_999;

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
            text.Append(CultureInfo.InvariantCulture, $"{Field(a.ToolUseId)}\t{Field(a.Target)}\t{a.At.ToUnixTimeMilliseconds()}\t{Field(a.TranscriptPath)}\n");
        return text.ToString();
    }

    /// <summary>The model chooses the name that it writes to; what would end a field or a line must not lose the admission.</summary>
    private static string Field(string text) => text.AsSpan().ContainsAny('\t', '\n') ? text.Replace('\t', '\v').Replace('\n', '\f') : text;

    private static string Text(string field) => field.AsSpan().ContainsAny('\v', '\f') ? field.Replace('\v', '\t').Replace('\f', '\n') : field;

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
            if (fields.Length == 4 && long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= LastMs)
                admissions.Add(new Admission(Text(fields[0]), Text(fields[1]), Text(fields[3]), DateTimeOffset.FromUnixTimeMilliseconds(at)));
        }
        return admissions;
    }
}
