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
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.Position = _read.GetValueOrDefault(file);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var position = stream.Position;
            while (reader.ReadLine() is { } line)
            {
                var end = position + Encoding.UTF8.GetByteCount(line) + 1;
                // Why: without its line end the line may still be being written.
                if (end > stream.Length) break;
                _read[file] = position = end;
                if (Parse(line) is { } e && IsNew(e)) yield return e;
            }
        }
    }

    private LogLine? Parse(string line)
    {
        if (line.Length == 0) return null;
        try
        {
            var fields = JsonElement.Parse(line);
            if (fields.ValueKind == JsonValueKind.Object) return new LogLine(line, fields);
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
