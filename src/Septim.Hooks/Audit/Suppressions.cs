using System.Globalization;
using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit;

/// <summary><c>.septim/suppressions.json</c>: entries without owner, reason and near expiry are void, and that is reported.</summary>
internal sealed class Suppressions
{
    private const int MaxDays = 180;
    private const int MaxIncidentDays = 30;
    private const int MinReason = 15;

    private static readonly string[] Kinds = ["false-positive", "test-data", "rotated", "accepted-risk", "not-applicable"];

    private readonly HashSet<Suppression> _used = [];

    public Suppressions(AuditContext context)
    {
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
            string? Field(string name) => entry[name] is { IsScalar: true, Text.Length: > 0 } value ? value.Text : null;
            var suppression = new Suppression(Field("fingerprint"), Field("rule"), Field("path"), Field("subject"), Field("owner") ?? "", Field("reason") ?? "", place);
            if (WhyVoid(suppression, Field("created"), Field("expires"), context.Now) is { } why) Void.Add((place, why));
            else All.Add(suppression);
        }
    }

    public List<Suppression> All { get; } = [];
    public List<(Place Place, string Why)> Void { get; } = [];
    public IEnumerable<Suppression> Unused => All.Where(entry => !_used.Contains(entry));

    public static string FilePath(AuditOptions options) => Path.Combine(options.Project, ".septim", "suppressions.json");

    public Suppression? Find(Finding finding, string shownPath, string fingerprint)
    {
        foreach (var entry in All)
        {
            if (!entry.Covers(finding, shownPath, fingerprint)) continue;
            _used.Add(entry);
            return entry;
        }
        return null;
    }

    private static string? WhyVoid(Suppression entry, string? created, string? expires, DateTimeOffset now)
    {
        if (entry.Fingerprint is null && (entry.Rule is null || entry.Path is null)) return "it names neither a fingerprint nor rule and path";
        if (entry.Rule is { } rule && (rule.Has("*") || !IsRule(rule))) return "its rule is not known";
        if (entry.Owner.Length == 0) return "it has no owner";
        if (entry.Reason.Length < MinReason || !Kinds.Any(entry.Reason.Starts)) return $"its reason must begin with one of {string.Join(", ", Kinds)} and say more";
        if (Date(created) is not { } from || Date(expires) is not { } to) return "a date is missing or unreadable";
        if (from > now.UtcDateTime.Date.AddDays(1)) return "it was created in the future";
        if (to < now.UtcDateTime.Date) return "it has expired";
        var incident = entry.Rule is { } named && AuditChecks.All.Any(check => check.Incident && named.Starts($"SEP{check.Number:00}."));
        return (to - from).TotalDays > (incident ? MaxIncidentDays : MaxDays) ? "it is valid for longer than allowed" : null;
    }

    private static bool IsRule(string rule) =>
        rule.Starts("SEPX.") || (rule.Length > 6 && rule.Starts("SEP") && rule[5] == '.' && int.TryParse(rule.AsSpan(3, 2), out var number) && number is >= 1 and <= 30);

    private static DateTime? Date(string? text) =>
        text is not null && DateTime.TryParseExact(text.Length > 10 ? text[..10] : text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
