using Septim.Hooks.Shell.Code;
using Septim.Hooks.Shell.Sql;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// What the cases of one reading share: who writes which path, and how much looking back is left. Counted, never timed; when it
/// is used up, whoever asks gets the worst answer, so that a flood of commands hides nothing.
/// </summary>
internal sealed class CaseWork
{
    /// <summary>Steps over commands, files and feeds; ordinary commands need less than a hundred.</summary>
    private const int MaxSteps = 50_000;

    private Dictionary<string, List<int>>? _touches;
    private Dictionary<string, List<SqlStatement>>? _statements;
    private Dictionary<string, List<(string Method, bool IsUnfiltered)>>? _mongo;
    private Dictionary<string, string>? _installed;
    private List<MadeLinks.Link>? _links;
    private bool? _copiesOut;
    private readonly CodeWork _code = new();
    private int _left = MaxSteps;

    /// <summary>Takes one step; false when none is left.</summary>
    public bool Step() => _left > 0 && --_left > 0;

    /// <summary>Those statements of an SQL text that change or drop something, read once for all rules.</summary>
    public List<SqlStatement> Statements(string text)
    {
        _statements ??= new Dictionary<string, List<SqlStatement>>(StringComparer.Ordinal);
        if (_statements.TryGetValue(text, out var known)) return known;
        return _statements[text] = SqlReader.Read(text, verb =>
            verb is "DROP" or "TRUNCATE" or "DELETE" or "UPDATE" or "ALTER" or "PURGE" or "RESET" or "COPY" or "EXEC" or "EXECUTE" or "REMOVE");
    }

    /// <summary>The calls in a text for the Mongo shell, read once for all rules.</summary>
    public List<(string Method, bool IsUnfiltered)> MongoCalls(string text)
    {
        _mongo ??= new(StringComparer.Ordinal);
        if (!_mongo.TryGetValue(text, out var calls)) _mongo[text] = calls = MongoReader.Read(text, _code);
        return calls;
    }

    /// <summary>Some command copies out of a container, a pod or a device.</summary>
    public bool CopiesOut(RuleCase[] all) => _copiesOut ??= Array.Exists(all, at => FetchingTools.Copied(at) is not null);

    /// <summary>The symbolic links that the commands make.</summary>
    public List<MadeLinks.Link> Links(RuleCase[] all) => _links ??= MadeLinks.Of(all);

    /// <summary>The orders of the commands that write, move or remove exactly this path, ascending.</summary>
    public List<int> Touching(string path, RuleCase[] all) => Touches(all).TryGetValue(path, out var orders) ? orders : [];

    /// <summary>The path at which some command puts a program of this name into a folder called bin, or null.</summary>
    public string? Installed(string name, RuleCase[] all)
    {
        if (_installed is null)
        {
            _installed = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (path, _) in Touches(all))
            {
                var leaf = path.LastIndexOf('/');
                if (leaf > 3 && path.AsSpan(0, leaf).EndsWith("/bin")) _installed[path[(leaf + 1)..]] = path;
            }
        }
        return _installed.Count > 0 && _installed.TryGetValue(name, out var found) ? found : null;
    }

    /// <summary>All paths that are written, moved or removed.</summary>
    public Dictionary<string, List<int>> Touches(RuleCase[] all)
    {
        if (_touches is not null) return _touches;
        _touches = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var at in all)
        {
            foreach (var effect in at.Effects)
            {
                if (effect.Kind is FileEffectKind.Read or FileEffectKind.Mode or FileEffectKind.ModeTree || effect.Place.Path.Length < 2) continue;
                if (!_touches.TryGetValue(effect.Place.Path, out var orders)) _touches[effect.Place.Path] = orders = [];
                if (orders.Count == 0 || orders[^1] != at.Invocation.Order) orders.Add(at.Invocation.Order);
            }
        }
        return _touches;
    }
}
