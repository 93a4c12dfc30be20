using System.Security.Cryptography;
using System.Text;

namespace Septim.Hooks.Audit.Secrets;

/// <summary>One secret found in a text. The value stays in memory; only <see cref="Mask"/> and <see cref="Fingerprint"/> may be printed.</summary>
/// <param name="Class">The rule: <c>anthropic-api</c>, <c>connection-uri</c>, …</param>
/// <param name="Value">The secret itself.</param>
/// <param name="Offset">Of the value in the text.</param>
/// <param name="Life">What is at stake.</param>
internal sealed record SecretHit(string Class, string Value, int Offset, SecretLife Life)
{
    /// <summary>Password, URI password or generic: its mask shows nothing, and it has no fingerprint, since a short hash of a weak password can be guessed.</summary>
    public bool IsPassword { get; init; }

    /// <summary>What may be shown of a connection URI: scheme, user, host, database.</summary>
    public string? Uri { get; init; }
    public string? User { get; init; }
    public string? Host { get; init; }

    /// <summary>The name it was assigned to (password-assignment and generic); else null.</summary>
    public string? Name { get; init; }

    /// <summary>A local host with a password that everybody uses there.</summary>
    public bool IsTrivial { get; init; }

    public bool IsProvider => !IsPassword;
    public bool IsAnthropic => Class.Starts("anthropic-");

    public string Mask => !IsPassword && Value.Length >= 20 ? $"{Value[..4]}…{Value[^2..]}" : "****";

    /// <summary>Class and mask: what reports print.</summary>
    public string Shown => Uri is null ? $"{Class} {Mask}" : $"{Class} {Uri}";

    public string? Fingerprint => IsPassword || Value.Length < 20 ? null : HashOf(Value)[..8];

    public static string HashOf(string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
}
