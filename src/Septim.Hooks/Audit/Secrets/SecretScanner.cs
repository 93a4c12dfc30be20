using System.Buffers;
using System.Text.RegularExpressions;

namespace Septim.Hooks.Audit.Secrets;

/// <summary>
/// Finds secrets in a text: one pass for keywords, then the expression of each rule whose keyword is there. What §10 calls
/// "never a finding" is left out here, once, for all checks.
/// </summary>
internal sealed class SecretScanner(DateTimeOffset now)
{
    /// <summary>Longer texts are searched in windows, so that no expression sees an endless line.</summary>
    private const int Window = 1 << 20;
    private const int Overlap = 16 << 10;

    private static readonly SearchValues<string> ProviderKeywords =
        SearchValues.Create(SecretRules.Providers.SelectMany(rule => rule.Keywords).Append("aws").Append("AWS").Append("service_account").Distinct().ToArray(), StringComparison.Ordinal);

    private static readonly SearchValues<string> AssignmentKeywords =
        SearchValues.Create(["pass", "pwd", "secret", "token", "key", "credential", "authorization", "://", "jdbc:"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> CodeSigns = SearchValues.Create("()[]{}|\\");
    private static readonly SearchValues<char> MemberSigns = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ._");
    private static readonly SearchValues<char> IdentifierSigns = SearchValues.Create("abcdefghijklmnopqrstuvwxyz-_./:");
    private static readonly string[] TrivialPasswords = ["password", "postgres", "pass", "secret", "root", "admin", "guest", "mysql", "redis", "test", "user"];

    /// <summary>Provider shapes and password-bearing URIs, and with <paramref name="assignments"/> also passwords by name; in order of offset.</summary>
    public List<SecretHit> Scan(string text, bool assignments = false)
    {
        var hits = new List<SecretHit>();
        for (var start = 0; start < text.Length; start += Window - Overlap)
        {
            var window = start == 0 && text.Length <= Window ? text : text.Substring(start, Math.Min(Window, text.Length - start));
            ScanWindow(window, start, assignments, hits);
            if (start + window.Length >= text.Length) break;
        }
        hits.Sort((a, b) => a.Offset != b.Offset ? a.Offset.CompareTo(b.Offset) : string.CompareOrdinal(a.Class, b.Class));
        return WithoutOverlaps(hits);
    }

    private void ScanWindow(string text, int start, bool assignments, List<SecretHit> hits)
    {
        var span = text.AsSpan();
        if (span.ContainsAny(ProviderKeywords))
        {
            foreach (var rule in SecretRules.Providers)
            {
                if (!HasKeyword(text, rule.Keywords)) continue;
                foreach (Match match in rule.Shape().Matches(text)) Add(rule, match, start, hits);
            }
            if (text.HasWord("aws") || hits.Exists(hit => hit.Class == "aws-key-id")) AddAwsSecrets(text, start, hits);
        }
        if (!span.ContainsAny(AssignmentKeywords)) return;
        if (text.Has("://"))
            foreach (Match match in SecretShapes.ConnectionUri().Matches(text)) AddUri(match, start, hits);
        if (text.HasWord("jdbc:"))
        {
            foreach (Match match in SecretShapes.JdbcUri().Matches(text)) AddUri(match, start, hits);
            foreach (Match match in SecretShapes.JdbcOracle().Matches(text)) AddUri(match, start, hits);
        }
        if (text.HasWord("password") || text.HasWord("pwd"))
        {
            foreach (Match match in SecretShapes.AdoUri().Matches(text)) AddUri(match, start, hits);
            foreach (Match match in SecretShapes.AdoUriPasswordFirst().Matches(text)) AddUri(match, start, hits);
        }
        if (!assignments) return;
        foreach (Match match in SecretShapes.Assignment().Matches(text)) AddAssignment(text, match, start, hits);
        if (text.HasWord("authorization") || text.HasWord("api-key") || text.HasWord("auth-token"))
            foreach (Match match in SecretShapes.Header().Matches(text)) AddHeader(match, start, hits);
    }

    private void Add(SecretRule rule, Match match, int start, List<SecretHit> hits)
    {
        var group = match.Groups["v"] is { Success: true } part ? part : match;
        var value = group.Value;
        if (rule.Class == "private-key") value = value.TrimEnd();
        else if (Placeholders.IsPlaceholder(value) || Placeholders.IsPlaceholderBody(value)) return;
        if (Entropy.Of(value) < rule.MinEntropy || (rule.Class == "aws-key-id" && value.Ends("EXAMPLE"))) return;
        var life = rule.Life?.Invoke(value) ?? SecretLife.Live;
        if (rule.Class == "jwt" && SecretRules.IsExpired(value, now)) life = SecretLife.Test;
        if (rule.Class == "private-key" && match.Value.Has("ENCRYPTED")) life = SecretLife.Test;
        hits.Add(new SecretHit(rule.Class, value, start + group.Index, life));
    }

    /// <summary>Forty characters mean nothing alone: only on the line of a name with aws and secret, or within three lines of a key id.</summary>
    private static void AddAwsSecrets(string text, int start, List<SecretHit> hits)
    {
        foreach (Match match in SecretShapes.AwsSecret().Matches(text))
        {
            var value = match.Value;
            if (Entropy.Of(value) < 4 || Placeholders.IsPlaceholder(value)) continue;
            var line = text.LastIndexOf('\n', Math.Max(0, match.Index - 1)) + 1;
            var before = text[Math.Max(line, match.Index - 200)..match.Index];
            var named = before.HasWord("secret") && (before.HasWord("aws") || before.HasWord("secret_access_key") || before.HasWord("secretaccesskey"));
            if (named || hits.Exists(hit => hit.Class == "aws-key-id" && Math.Abs(hit.Offset - start - match.Index) < 300))
                hits.Add(new SecretHit("aws-secret", value, start + match.Index, SecretLife.Live));
        }
    }

    private static void AddUri(Match match, int start, List<SecretHit> hits)
    {
        var password = match.Groups["v"].Value;
        var host = match.Groups["host"].Value;
        var user = match.Groups["user"].Value;
        var database = match.Groups["db"] is { Success: true, Length: > 0 } db ? db.Value : null;
        var scheme = match.Groups["scheme"] is { Success: true } named ? named.Value.ToLowerInvariant() : "ado";
        if (Placeholders.IsPlaceholder(password) || password is "PASSWORD" or "PASS" or "PWD") return;
        if (host.Has("$") || host.StartsWith('<') || host.StartsWith('{')) host = "unresolved";
        // Why: an @ that was not encoded belongs to the password, and must not be printed as a part of the host.
        if (host.LastIndexOf('@') is var at and >= 0) (password, host) = ($"{password}@{host[..at]}", host[(at + 1)..]);
        if (host.Length == 0) host = "unresolved";
        var trivial = TrivialPasswords.Contains(password.ToLowerInvariant());
        // Why the second half: example.com is where manuals live, and also where people who make things up put a real-looking database.
        if (Hosts.IsExample(host) && (trivial || !(Entropy.Of(password) >= 3.0 && Entropy.IsMixed(password)))) return;
        if (trivial && (Placeholders.IsReference(user) || (Hosts.IsLocal(host) && user.ToLowerInvariant() is "user" or "username" or "myuser" or "youruser"))) return;
        hits.Add(new SecretHit("connection-uri", password, start + match.Groups["v"].Index, Hosts.IsTest(host, database) ? SecretLife.Test : SecretLife.Live)
        {
            IsPassword = true,
            User = user,
            Host = Hosts.Bare(host),
            Uri = $"{scheme}://{user}:****@{Hosts.Bare(host)}{(database is null ? "" : "/" + database)}",
            IsTrivial = trivial && Hosts.IsLocal(host),
        });
    }

    private static void AddAssignment(string text, Match match, int start, List<SecretHit> hits)
    {
        var group = match.Groups["v"];
        var value = group.Value.TrimEnd('.', ')', ']', '}', '*');
        if (value.Length < 8 || Placeholders.IsPlaceholder(group.Value) || Placeholders.IsPlaceholder(value) || LooksLikeCode(value) || IsIdentifier(match.Groups["name"].Value, value)) return;
        if (IsTypeName(value) || value.Same(match.Groups["name"].Value) || IsInResourceName(text, match.Index)) return;
        var quoted = match.Groups["quote"].Length > 0;
        var end = group.Index + group.Length;
        var more = end < text.Length && text[end] == ' ' && end + 1 < text.Length && char.IsAsciiLetter(text[end + 1]);
        // Why: "token: whatever the service returns" is a sentence. A literal password ends its line, is quoted, or has digits.
        if (!quoted && more && value.AsSpan().IndexOfAnyInRange('0', '9') < 0) return;
        hits.Add(new SecretHit("password-assignment", value, start + group.Index, SecretLife.Maybe) { IsPassword = true, Name = match.Groups["name"].Value });
    }

    /// <summary>"secret: my-app-credentials" names an object; a password of the same letters is a password.</summary>
    private static bool IsIdentifier(string name, string value) =>
        (name.EndsWith("secret", StringComparison.OrdinalIgnoreCase) || name.EndsWith("token", StringComparison.OrdinalIgnoreCase) || name.EndsWith("credentials", StringComparison.OrdinalIgnoreCase) || name.EndsWith("credential", StringComparison.OrdinalIgnoreCase))
        && !value.AsSpan().ContainsAnyExcept(IdentifierSigns);

    /// <summary>"token: SecretStr" declares a member.</summary>
    private static bool IsTypeName(string value) => value is "SecretStr" or "SecretString" or "SecureString" or "SecretBytes" or "Optional" or "undefined" or "StringType" or "SecretKey" or "KeyVault";

    /// <summary>The name stands inside <c>arn:aws:secretsmanager:…:secret:NAME</c>.</summary>
    private static bool IsInResourceName(string text, int at)
    {
        var start = at;
        while (start > 0 && at - start < 160 && !char.IsWhiteSpace(text[start - 1]) && text[start - 1] is not ('"' or '\'')) start--;
        return text.AsSpan(start, at - start).Contains("arn:", StringComparison.Ordinal);
    }

    private static bool LooksLikeCode(string value)
    {
        if (value.AsSpan().ContainsAny(CodeSigns)) return true;
        if (value.Starts("http://") || value.Starts("https://") || value.Starts("/") || value.Starts("./") || value.Starts("~/")) return true;
        // A dotted name without digits is a reference to a member: config.password.
        return value.Has(".") && !value.AsSpan().ContainsAnyExcept(MemberSigns);
    }

    /// <summary>The credential of an HTTP header; of an unknown kind, so it must look random.</summary>
    private static void AddHeader(Match match, int start, List<SecretHit> hits)
    {
        var group = match.Groups["v"];
        if (Placeholders.IsPlaceholder(group.Value) || Entropy.Of(group.Value) < 3.3 || group.Value.AsSpan().IndexOfAnyInRange('0', '9') < 0) return;
        hits.Add(new SecretHit("password-assignment", group.Value, start + group.Index, SecretLife.Maybe) { IsPassword = true, Name = match.Groups["name"].Value });
    }

    private static bool HasKeyword(string text, string[] keywords)
    {
        foreach (var keyword in keywords)
            if (text.Has(keyword)) return true;
        return false;
    }

    /// <summary>One secret is reported once: the first class that claims a stretch of text keeps it.</summary>
    private static List<SecretHit> WithoutOverlaps(List<SecretHit> hits)
    {
        var kept = new List<SecretHit>();
        foreach (var hit in hits.Where(hit => hit.Class != "password-assignment").Concat(hits.Where(hit => hit.Class == "password-assignment")))
            if (!kept.Exists(other => hit.Offset < other.Offset + other.Value.Length && other.Offset < hit.Offset + hit.Value.Length)) kept.Add(hit);
        kept.Sort((a, b) => a.Offset.CompareTo(b.Offset));
        return kept;
    }
}
