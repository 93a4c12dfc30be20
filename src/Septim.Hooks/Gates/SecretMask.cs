using System.Text;

namespace Septim.Hooks.Gates;

/// <summary>Takes secret values out of a text that people, models and logs will read. Cuts too much rather than too little.</summary>
internal static class SecretMask
{
    private const string Mask = "***";

    /// <summary>Prefixes that only keys have. Sources: the issuers' own documentation of their token formats, 2026-10.</summary>
    private static readonly string[] s_prefixes =
    [
        "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xoxa-", "xapp-",
        "sk-", "sk_live_", "rk_live_", "pk_live_", "npm_", "pypi-", "AIza", "ya29.", "eyJ", "hf_", "dop_v1_", "SG.", "shpat_",
    ];

    public static string Of(string text)
    {
        var masked = new StringBuilder(text.Length);
        var i = 0;
        while (i < text.Length)
        {
            var start = i;
            while (i < text.Length && IsTokenPart(text[i])) i++;
            if (i == start) { masked.Append(text[i++]); continue; }
            var token = text.AsSpan(start, i - start);
            if (IsSecret(token) || (FollowsSecretName(masked) && !IsPort(masked, token, i < text.Length ? text[i] : '/'))) masked.Append(Mask);
            else masked.Append(token);
        }
        return masked.ToString();
    }

    private static bool IsTokenPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '+' or '~' || c > 127;

    /// <summary><c>://host:4566/</c>: digits behind a host that no <c>@</c> makes a password.</summary>
    private static bool IsPort(StringBuilder before, ReadOnlySpan<char> token, char next) =>
        before[^1] == ':' && token.Length <= 5 && token.IndexOfAnyExceptInRange('0', '9') < 0 && next is '/' or '?' or ' ' or '"' or '\'' or ')';

    private static bool IsSecret(ReadOnlySpan<char> token)
    {
        foreach (var prefix in s_prefixes)
        {
            if (token.Length >= prefix.Length + 8 && token.StartsWith(prefix, StringComparison.Ordinal)) return true;
        }
        if (token.Length < 32) return false;
        int digits = 0, upper = 0, lower = 0;
        foreach (var c in token)
        {
            if (char.IsAsciiDigit(c)) digits++;
            else if (char.IsAsciiLetterUpper(c)) upper++;
            else if (char.IsAsciiLetterLower(c)) lower++;
        }
        return digits >= 4 && upper >= 4 && lower >= 4;
    }

    /// <summary>
    /// What stands before is <c>password=</c>, <c>TOKEN=</c>, <c>"secret": "</c>, <c>--password </c>, <c>Bearer </c>, or <c>user:</c> of a URL.
    /// </summary>
    private static bool FollowsSecretName(StringBuilder before)
    {
        var at = before.Length;
        while (at > 0 && before[at - 1] is ' ' or '"' or '\'' or '=' or ':' or '\\') at--;
        if (at == before.Length) return false;
        var end = at;
        while (at > 0 && IsTokenPart(before[at - 1])) at--;
        if (end == at) return false;
        var name = before.ToString(at, end - at);
        var gap = before.ToString(end, before.Length - end);
        if (gap == ":" && at >= 2 && before[at - 1] == '/' && before[at - 2] == '/') return true;
        if (gap.AsSpan().Trim().IsEmpty) return name is "Bearer" or "bearer" or "Basic" || (name.StartsWith("--", StringComparison.Ordinal) && IsSecretName(name));
        // Why: `"$TOKEN" https`: behind the use of a variable stands no value.
        if (at > 0 && before[at - 1] == '$' && gap.AsSpan().IndexOfAny('=', ':') < 0) return false;
        return IsSecretName(name) && !gap.Contains('$');
    }

    /// <summary>A name whose value is nobody's business.</summary>
    public static bool IsSecretName(ReadOnlySpan<char> name)
    {
        foreach (var part in (ReadOnlySpan<string>)["passw", "passwd", "secret", "token", "api_key", "apikey", "api-key", "access_key", "accesskey",
            "access-key", "private_key", "privatekey", "private-key", "credential", "auth_key", "encryption_key", "signing_key", "client_key"])
        {
            if (name.Contains(part, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return name.EndsWith("_PASS", StringComparison.OrdinalIgnoreCase) || name.EndsWith("_PWD", StringComparison.OrdinalIgnoreCase)
            || name.Equals("PGPASS", StringComparison.OrdinalIgnoreCase);
    }
}
