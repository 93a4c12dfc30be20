using System.Text;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>
/// The high-water mark of <c>--deep-history</c>: ids of blobs that were read whole and held no secret, in septim's state directory, so that
/// a history too long for one budget is finished by the next audits. A blob's id is its content, so the mark cannot grow stale; other rules
/// are another file.
/// </summary>
internal sealed class CleanBlobs
{
    private const int MaxBytes = 64 << 20;

    private readonly string _path;
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private bool _changed;

    public CleanBlobs(string stateDirectory)
    {
        _path = Path.Combine(stateDirectory, "audit", $"clean-blobs-{Secrets.SecretRules.Version}");
        try
        {
            if (!File.Exists(_path) || new FileInfo(_path).Length > MaxBytes) return;
            foreach (var line in File.ReadLines(_path))
                if (line.Length is 40 or 64) _ids.Add(line);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Why: without the mark everything is read again.
            _ids.Clear();
        }
    }

    public bool Holds(string id) => _ids.Contains(id);

    public void Add(string id) => _changed |= _ids.Add(id);

    /// <summary>Under a temporary name first; a mark that cannot be kept costs only time.</summary>
    public void Save()
    {
        if (!_changed) return;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            var temporary = _path + ".tmp";
            File.WriteAllText(temporary, string.Join('\n', _ids.Order(StringComparer.Ordinal)) + "\n", Encoding.ASCII);
            File.Move(temporary, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Why: the verdict does not depend on it.
        }
    }
}
