using System.Text;

namespace Septim.Hooks.Shell.Code;

/// <summary>Base64 and hexadecimal texts to plain ones.</summary>
internal static class TextDecoding
{
    /// <summary>The plain text (Latin-1 or UTF-8), or null when it does not decode to one.</summary>
    public static string? TryDecode(string text, bool isHex)
    {
        var bytes = isHex ? Hex(text) : Base64(text);
        if (bytes is null) return null;
        foreach (var b in bytes)
        {
            if (b == 0) return null;
        }
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The bytes of a base64 text, URL alphabet and missing padding allowed; null when it is none.</summary>
    public static byte[]? Base64(string text)
    {
        var clean = new StringBuilder(text.Length + 2);
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || c == '=') continue;
            clean.Append(c switch { '-' => '+', '_' => '/', _ => c });
        }
        while (clean.Length % 4 != 0) clean.Append('=');
        var buffer = new byte[clean.Length / 4 * 3];
        return Convert.TryFromBase64String(clean.ToString(), buffer, out var length) ? buffer[..length] : null;
    }

    private static byte[]? Hex(string text)
    {
        var clean = text.Replace(" ", "", StringComparison.Ordinal);
        if (clean.Length % 2 != 0) return null;
        foreach (var c in clean)
        {
            if (!char.IsAsciiHexDigit(c)) return null;
        }
        return Convert.FromHexString(clean);
    }
}
