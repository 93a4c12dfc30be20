using System.Text;

namespace Septim.Hooks.Audit.Secrets;

/// <summary>
/// The one way out for text: masks every shape that the scanner knows and every value that was found anywhere in this audit, also as
/// base64 or percent-encoded, and makes control characters visible. There is no way round it.
/// </summary>
internal sealed class Redactor(SecretScanner scanner)
{
    /// <summary>Shorter passwords are words of everyday language; masking them would garble the report, and they are never printed anyway.</summary>
    private const int MinLearned = 6;

    private static readonly string[] Everyday = ["password", "postgres", "secret", "admin", "claude", "anthropic", "default", "localhost", "string", "master"];

    private static readonly System.Buffers.SearchValues<string> CommandSigns =
        System.Buffers.SearchValues.Create(["-u", "--", "-pass", "-token", "-secret", "bearer", "basic", "?", "&", "sshpass", "mysql"], StringComparison.OrdinalIgnoreCase);

    private readonly SortedDictionary<string, string> _known = new(Comparer<string>.Create((a, b) => a.Length != b.Length ? b.Length.CompareTo(a.Length) : string.CompareOrdinal(a, b)));

    public void Learn(SecretHit hit) => Learn(hit.Value, hit.Mask);

    public void Learn(string value, string mask)
    {
        if (value.Length < MinLearned || Everyday.Contains(value.ToLowerInvariant())) return;
        _known[value] = mask;
        _known[Convert.ToBase64String(Encoding.UTF8.GetBytes(value)).TrimEnd('=')] = "****";
        if (Uri.EscapeDataString(value) is var encoded && encoded != value) _known[encoded] = "****";
        if (value.Has("%") && Uri.UnescapeDataString(value) is { Length: >= MinLearned } decoded) _known[decoded] = "****";
    }

    /// <summary>Learns what command lines and queries of a file hand over as credentials.</summary>
    public void LearnCommandLines(string text)
    {
        if (!text.AsSpan().ContainsAny(CommandSigns)) return;
        foreach (System.Text.RegularExpressions.Match match in SecretShapes.CommandLine().Matches(text))
            if (match.Groups["v"].Value is { Length: >= 8 } value && !Placeholders.IsPlaceholder(value) && Entropy.Of(value) >= 2.8) Learn(value, "****");
    }

    public string Clean(string text)
    {
        if (text.Length < 4) return text;
        foreach (var (value, mask) in _known)
            if (text.Has(value)) text = text.Replace(value, mask, StringComparison.Ordinal);
        var hits = scanner.Scan(text, assignments: true);
        for (var i = hits.Count - 1; i >= 0; i--)
        {
            var hit = hits[i];
            if (hit.Class == "password-assignment" && hit.Value is "Password" or "password") continue;
            text = text.Remove(hit.Offset, hit.Value.Length).Insert(hit.Offset, hit.Mask);
        }
        if (text.Length > 8 && text.AsSpan().ContainsAny(CommandSigns))
            text = SecretShapes.CommandLine().Replace(text, static match => match.Groups["v"] is var secret && Placeholders.IsReference(secret.Value) ? match.Value : match.Value[..(secret.Index - match.Index)] + "****" + match.Value[(secret.Index - match.Index + secret.Length)..]);
        return Visible(Words.CutQuotes(text));
    }

    private static string Visible(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u0008') && !text.AsSpan().ContainsAnyInRange('\u000b', '\u001f') && !text.AsSpan().ContainsAnyInRange('\u007f', '\u009f')) return text;
        var builder = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsControl(c) && c is not ('\n' or '\t')) builder.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            else builder.Append(c);
        }
        return builder.ToString();
    }
}
