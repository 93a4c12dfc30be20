using System.Globalization;
using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit;

/// <summary>The statements of people, and whether they hold today (checklist §9). They settle what is manual and nothing else.</summary>
internal sealed class Attestations
{
    private const int MaxDays = 90;
    private const int MaxDaysOfMemory = 31;

    public Attestations(AuditOptions options, InputReader inputs)
    {
        ProjectPath = Path.Combine(options.Project, ".septim", "attestations.json");
        UserPath = Path.Combine(options.ConfigDirectory, "septim", "attestations.json");
        Load(inputs.Read(ProjectPath));
        if (options.UseHome) Load(inputs.Read(UserPath));
    }

    public string ProjectPath { get; }
    public string UserPath { get; }
    public List<Attestation> All { get; } = [];

    /// <summary>Files that are there and cannot be understood.</summary>
    public List<(Place Place, string Why)> Problems { get; } = [];

    /// <summary>The valid attestation of an item and subject; else null, and why what is there does not count.</summary>
    public Attestation? Find(AuditCheck check, string subject, string binds, DateTimeOffset now, out string? why)
    {
        why = null;
        foreach (var candidate in All.Where(candidate => candidate.Number == check.Number && (candidate.Subject == subject || candidate.Binds == binds)))
        {
            why = WhyNot(candidate, check, binds, now);
            if (why is null) return candidate;
        }
        return null;
    }

    /// <summary>For how many days a statement about an item may hold.</summary>
    public static int LongestDays(int item) => item == 21 ? MaxDaysOfMemory : MaxDays;

    public static int DaysLeft(Attestation attestation, DateTimeOffset now) => Date(attestation.Expires) is { } end ? (int)(end - now.UtcDateTime.Date).TotalDays : 0;

    private static string? WhyNot(Attestation attestation, AuditCheck check, string binds, DateTimeOffset now)
    {
        if (!check.Attestable) return "this item cannot be attested";
        if (attestation.Statement.Length == 0 || attestation.By.Length == 0) return "a field is missing";
        if (Date(attestation.On) is not { } on || Date(attestation.Expires) is not { } expires) return "unreadable date";
        if (on > now.UtcDateTime.Date.AddDays(1)) return "dated in the future";
        if (expires < now.UtcDateTime.Date) return "expired";
        if ((expires - on).TotalDays > LongestDays(check.Number)) return "valid for longer than allowed";
        return attestation.Binds == binds ? null : "bound to something else than what is there now";
    }

    private static DateTime? Date(string text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private void Load(Input input)
    {
        if (!input.IsThere) return;
        if (!input.HasText)
        {
            Problems.Add((new Place(input.Path), input.Reason ?? "cannot be read"));
            return;
        }
        if (JsonTree.Parse(input.Text, out var error, out var line) is not { } root || root["attestations"] is not { Kind: NodeKind.List } list)
        {
            Problems.Add((new Place(input.Path, line), error ?? "holds no list of attestations"));
            return;
        }
        foreach (var entry in list.Items)
        {
            var extra = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var member in entry.Members)
                if (member.Value.IsScalar) extra[member.Key] = member.Value.Text;
                else if (member.Value.Items.Count > 0) extra[member.Key] = string.Join(", ", member.Value.Items.Select(item => item.Text));
            All.Add(new Attestation(
                Field(extra, "item"), Field(extra, "subject"), Field(extra, "statement"), Field(extra, "by"), Field(extra, "on"), Field(extra, "expires"), Field(extra, "binds"),
                extra.GetValueOrDefault("evidence"), new Place(input.Path, entry.Line))
            {
                Extra = extra,
            });
        }
    }

    private static string Field(Dictionary<string, string> fields, string name) => fields.GetValueOrDefault(name, "");
}
