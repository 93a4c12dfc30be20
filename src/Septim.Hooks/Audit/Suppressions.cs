using System.Globalization;
using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit;

/// <summary><c>.septim/suppressions.json</c>: entries without owner, reason and near expiry are void, and that is reported.</summary>
internal sealed partial class Suppressions
{
    private const int MaxDays = 180;
    private const int MaxIncidentDays = 30;
    private const int MinReason = 15;

    private static readonly string[] Kinds = ["false-positive", "test-data", "rotated", "accepted-risk", "not-applicable"];

    private readonly HashSet<Suppression> _used = [];
    private readonly HashSet<(Place, int)> _inline = [];

    private readonly AuditContext _context;

    public Suppressions(AuditContext context)
    {
        _context = context;
        var path = FilePath(context.Options);
        var input = context.Inputs.Read(path);
        if (!input.IsThere) return;
        if (!input.HasText || JsonTree.Parse(input.Text, out var error, out var line) is not { } root || root["suppressions"] is not { Kind: NodeKind.List } list)
        {
            Void.Add((new Place(path), "the file cannot be understood; no suppression counts"));
            return;
        }
        foreach (var entry in list.Items)
        {
            var place = new Place(path, entry.Line);
            string? Field(string name) => entry[name] is { IsScalar: true } value && value.Text.Trim() is { Length: > 0 } text ? text : null;
            var suppression = new Suppression(Field("fingerprint"), Field("rule"), Field("path"), Field("subject"), Field("owner") ?? "", Field("reason") ?? "", place);
            if (WhyVoid(suppression, Field("created"), Field("expires"), context.Now) is { } why) Void.Add((place, why));
            else All.Add(suppression with { Days = Span(Field("created"), Field("expires")) });
        }
    }

    public List<Suppression> All { get; } = [];
    public List<(Place Place, string Why)> Void { get; } = [];
    public IEnumerable<Suppression> Unused => All.Where(entry => !_used.Contains(entry));

    public static string FilePath(AuditOptions options) => Path.Combine(options.Project, ".septim", "suppressions.json");

    public Suppression? Find(Finding finding, string shownPath, string fingerprint)
    {
        AddInline(finding, shownPath);
        foreach (var entry in All)
        {
            if (!entry.Covers(finding, shownPath, fingerprint)) continue;
            // Why here: a fingerprint does not say which item it is about.
            if (entry.Days > MaxIncidentDays && IsIncident(finding.Rule)) continue;
            _used.Add(entry);
            return entry;
        }
        return null;
    }

    /// <summary>
    /// <c>septim:ignore[SEP03.secret] owner=… expires=… reason="…"</c> on the line of the finding or the one above. Never in instruction
    /// files and settings: the model writes those.
    /// </summary>
    private void AddInline(Finding finding, string shownPath)
    {
        if (finding.State == FindingState.Info || finding.Place is not { Line: > 0, Path.Length: > 0 } place || IsForTheModel(place.Path)) return;
        if (!_context.Inputs.IsKnown(place.Path, out var input) || !input.Text.Has("septim:ignore[")) return;
        var lines = input.Text.Split('\n');
        for (var at = Math.Min(place.Line, lines.Length) - 1; at >= Math.Max(0, place.Line - 2); at--)
        {
            if (Inline().Match(lines[at]) is not { Success: true } match || match.Groups["rule"].Value != finding.Rule) continue;
            var where = new Place(place.Path, at + 1);
            if (!_inline.Add((where, place.Line))) return;
            string Word(string name) => InlineWord().Matches(match.Groups["rest"].Value).Where(word => word.Groups["k"].Value == name).Select(word => word.Groups["v"].Value.Trim('"')).FirstOrDefault("");
            var created = Word("created") is { Length: > 0 } said ? said : AtMostBefore(Word("expires"), IsIncident(finding.Rule) ? MaxIncidentDays : MaxDays);
            var entry = new Suppression(null, finding.Rule, shownPath, null, Word("owner"), Word("reason") is { Length: > 0 } reason ? reason : "accepted-risk, said on the line itself", where) { Line = place.Line };
            if (WhyVoid(entry, created, Word("expires"), _context.Now) is { } why) Void.Add((where, why));
            else All.Add(entry with { Days = Span(created, Word("expires")) });
            return;
        }
    }

    /// <summary>Without a day of making it is taken to be made today, so that it cannot reach further than any other.</summary>
    private string AtMostBefore(string expires, int days) =>
        Date(expires) is { } end && (end - _context.Now.UtcDateTime.Date).TotalDays <= days ? _context.Now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";

    private bool IsForTheModel(string path) =>
        _context.Instructions.Files.Exists(file => file.Path == path) || path.Ends(".md") || path.Replace('\\', '/').Has("/.claude/") || path.Ends(".mcp.json");

    private static bool IsIncident(string rule) => AuditChecks.All.Any(check => check.Incident && rule.Starts($"SEP{check.Number:00}."));

    private static int Span(string? created, string? expires) => Date(created) is { } from && Date(expires) is { } to ? (int)(to - from).TotalDays : int.MaxValue;

    /// <summary>Why an entry counts for nothing; null when it holds.</summary>
    public static string? WhyVoid(Suppression entry, string? created, string? expires, DateTimeOffset now)
    {
        if (entry.Fingerprint is null && (entry.Rule is null || entry.Path is null)) return "it names neither a fingerprint nor rule and path";
        if (entry.Path is { } path && path.Trim('*', '/', '?', '.').Length == 0) return "its path covers everything";
        if (entry.Rule is { } rule && (rule.Has("*") || !RuleNames.IsKnown(rule))) return "its rule is not known";
        if (entry.Owner.Length == 0) return "it has no owner";
        if (entry.Reason.Length < MinReason || !Kinds.Any(entry.Reason.Starts)) return $"its reason must begin with one of {string.Join(", ", Kinds)} and say more";
        if (Date(created) is not { } from || Date(expires) is not { } to) return "a date is missing or unreadable";
        if (from > now.UtcDateTime.Date.AddDays(1)) return "it was created in the future";
        if (to < now.UtcDateTime.Date) return "it has expired";
        var incident = entry.Rule is { } named && IsIncident(named);
        return (to - from).TotalDays > (incident ? MaxIncidentDays : MaxDays) ? "it is valid for longer than allowed" : null;
    }

    private static DateTime? Date(string? text) =>
        text is not null && DateTime.TryParseExact(text.Length > 10 ? text[..10] : text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    [GeneratedRegex(@"septim:ignore\[(?<rule>SEP[\dX]{1,2}\.[a-z-]+)\](?<rest>[^\r\n]{0,500})", RegexOptions.CultureInvariant)] private static partial Regex Inline();
    [GeneratedRegex(@"(?<k>owner|expires|created|reason)=(?<v>""[^""]{0,300}""|\S{1,120})", RegexOptions.CultureInvariant)] private static partial Regex InlineWord();
}
