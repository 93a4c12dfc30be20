using Septim.Hooks.Audit;

namespace Septim.Hooks.Commands;

/// <summary><c>septim audit suppress</c>: one reviewed finding that does not count for a while. There is no "accept all".</summary>
internal static class AuditSuppress
{
    public static int Run(AuditLine line, CommandIo io)
    {
        var words = line.Words;
        var now = line.Options.Now;
        var fingerprint = words.GetValueOrDefault("fingerprint");
        if (fingerprint is null && !(words.ContainsKey("rule") && words.ContainsKey("path"))) return Usage(io, "needs --fingerprint, or --rule and --path");
        if (words.GetValueOrDefault("owner") is not { Length: > 0 } owner || words.GetValueOrDefault("reason") is not { Length: >= 15 } reason) return Usage(io, "needs --owner and --reason (a kind such as accepted-risk, and why)");
        if (AuditAttest.Expiry(words.GetValueOrDefault("expires", "30d"), now, 180) is not { } expires) return Usage(io, "--expires is at most 180d, for incident items 30d");
        var fields = new List<KeyValuePair<string, string>>();
        if (fingerprint is not null) fields.Add(new("fingerprint", fingerprint));
        foreach (var name in (string[])["rule", "path", "subject"])
            if (words.GetValueOrDefault(name) is { Length: > 0 } value) fields.Add(new(name, value));
        fields.AddRange([new("owner", owner), new("reason", reason), new("created", AuditAttest.Day(now.UtcDateTime)), new("expires", AuditAttest.Day(expires))]);
        var path = Suppressions.FilePath(line.Options);
        var entry = new Suppression(fingerprint, words.GetValueOrDefault("rule"), words.GetValueOrDefault("path"), words.GetValueOrDefault("subject"), owner, reason, new Place(path));
        // Why before it is written: an entry that is void suppresses nothing, and is a finding of its own.
        if (Suppressions.WhyVoid(entry, AuditAttest.Day(now.UtcDateTime), AuditAttest.Day(expires), now) is { } why) return Usage(io, $"this would count for nothing: {why}");
        AttestationFile.Append(path, "suppressions", fields, now);
        io.Out.WriteLine($"suppressed until {AuditAttest.Day(expires)} in {path}; the finding stays in every report");
        return 0;
    }

    private static int Usage(CommandIo io, string problem)
    {
        io.Err.WriteLine($"septim audit suppress: {problem}");
        return 2;
    }
}
