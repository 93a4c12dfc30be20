using System.Text;
using System.Text.Json;

namespace Septim.Hooks.Commands;

/// <summary>
/// The files of the file sink in the order of their names, a line at a time; each call goes on where the last one ended. An event
/// that was delivered twice is read once.
/// </summary>
internal sealed class LogReader(string directory)
{
    /// <summary>Repeats stand close together: the batch that was on its way when a shipper was killed.</summary>
    private const int RememberedIds = 20_000;

    private const int BufferBytes = 1 << 16;

    private readonly Dictionary<string, long> _read = [];
    private readonly HashSet<string> _ids = [];
    private readonly Queue<string> _order = new();

    /// <summary>Lines that were not JSON objects.</summary>
    public int Broken { get; private set; }

    public IEnumerable<LogLine> Read()
    {
        if (!Directory.Exists(directory)) yield break;
        var files = Directory.GetFiles(directory, "septim-*.jsonl");
        Array.Sort(files, StringComparer.Ordinal);
        foreach (var file in files)
        {
            foreach (var line in Lines(file))
                if (Parse(line) is { } e && IsNew(e)) yield return e;
        }
    }

    /// <summary>Whole lines that were not read yet. Why by bytes: what is not UTF-8 has another length once it is text.</summary>
    private IEnumerable<string> Lines(string file)
    {
        if (Open(file) is not { } stream) yield break;
        using (stream)
        {
            stream.Position = Math.Min(_read.GetValueOrDefault(file), stream.Length);
            var buffer = new byte[BufferBytes];
            var filled = 0;
            while (stream.Read(buffer, filled, buffer.Length - filled) is var read and > 0)
            {
                filled += read;
                var start = 0;
                // Why not the rest: without its line end the line may still be being written.
                while (Array.IndexOf(buffer, (byte)'\n', start, filled - start) is var end and >= 0)
                {
                    var line = Encoding.UTF8.GetString(buffer, start, end - start);
                    _read[file] = _read.GetValueOrDefault(file) + end + 1 - start;
                    start = end + 1;
                    yield return line.TrimEnd('\r');
                }
                Array.Copy(buffer, start, buffer, 0, filled - start);
                filled -= start;
                if (filled == buffer.Length) Array.Resize(ref buffer, checked(2 * buffer.Length));
            }
        }
    }

    private static FileStream? Open(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (FileNotFoundException)
        {
            // Why: the oldest file goes when a new one begins, also while somebody reads.
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HookFault($"{file} cannot be read ({Cause.Of(e)})", e);
        }
    }

    private LogLine? Parse(string line)
    {
        if (line.Length == 0) return null;
        try
        {
            var fields = JsonElement.Parse(line);
            if (fields.ValueKind == JsonValueKind.Object && new LogLine(line, fields) is var e && (e.Event.Length > 0 || e["event_id"] is not null)) return e;
        }
        catch (JsonException)
        {
            // Why nothing: counted below.
        }
        Broken++;
        return null;
    }

    private bool IsNew(LogLine e)
    {
        if (e["event_id"] is not { } id) return true;
        if (!_ids.Add(id)) return false;
        _order.Enqueue(id);
        if (_order.Count > RememberedIds) _ids.Remove(_order.Dequeue());
        return true;
    }
}
