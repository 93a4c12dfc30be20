using System.Globalization;
using Septim.Hooks.Audit;

namespace Septim.Hooks.Commands;

/// <summary><c>septim audit attest</c>: a person's statement about what files cannot show, bound to what is there now.</summary>
internal static class AuditAttest
{
    public static int Run(AuditLine line, CommandIo io)
    {
        var words = line.Words;
        if (line.Options.Only is not [var number] || AuditChecks.Find(number) is not { } check) return Usage(io, "needs --item N");
        if (!check.Attestable) return Usage(io, $"item {check.Id} cannot be attested; it is judged from files");
        if (words.GetValueOrDefault("by") is not { Length: > 0 } by || words.GetValueOrDefault("statement") is not { Length: > 0 } statement) return Usage(io, "needs --by NAME and --statement TEXT");
        var longest = Attestations.LongestDays(number);
        if (Expiry(words.GetValueOrDefault("expires", $"{longest}d"), line.Options.Now, longest) is not { } expires) return Usage(io, $"--expires is a number of days up to {longest}d, or a date as near");
        var report = Auditor.Run(new AuditContext(line.Options), CommandList.Version);
        var binds = report.Items[0].Binds;
        if (words.GetValueOrDefault("subject") is { } subject) binds = [.. binds.Where(bind => bind.Key == subject)];
        if (binds.Count == 0)
        {
            io.Err.WriteLine($"septim audit: item {check.Id} is {ReportWords.Of(report.Items[0].State)}: {report.Items[0].Reason}; there is nothing to attest{(words.ContainsKey("subject") ? " about that subject" : "")}");
            return 1;
        }
        var path = line.Options.UseHome && check.Section is 1 or 2 && !check.Slug.Starts("ci-") ? new AuditContext(line.Options).Attestations.UserPath : Path.Combine(line.Options.Project, ".septim", "attestations.json");
        foreach (var (about, bound) in binds)
        {
            var fields = new List<KeyValuePair<string, string>>
            {
                new("item", number.ToString("00", CultureInfo.InvariantCulture)), new("slug", check.Slug), new("subject", about), new("statement", statement), new("by", by),
                new("on", Day(line.Options.Now.UtcDateTime)), new("expires", Day(expires)), new("binds", bound),
            };
            foreach (var (option, key) in (ReadOnlySpan<(string, string)>)[("evidence", "evidence"), ("amount", "amount_usd"), ("period", "period"), ("threshold", "threshold"), ("recipients", "recipients")])
                if (words.GetValueOrDefault(option) is { Length: > 0 } value) fields.Add(new(key, value));
            AttestationFile.Append(path, "attestations", fields, line.Options.Now);
            io.Out.WriteLine($"attested {check.Id} ({about}) until {Day(expires)}, bound to {bound}, in {path}");
        }
        return 0;
    }

    internal static DateTime? Expiry(string text, DateTimeOffset now, int longest)
    {
        var today = now.UtcDateTime.Date;
        if (text.EndsWith('d') && int.TryParse(text[..^1], CultureInfo.InvariantCulture, out var days)) return days >= 1 && days <= longest ? today.AddDays(days) : null;
        return DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date >= today && (date - today).TotalDays <= longest ? date : null;
    }

    internal static string Day(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static int Usage(CommandIo io, string problem)
    {
        io.Err.WriteLine($"septim audit attest: {problem}");
        return 2;
    }
}
