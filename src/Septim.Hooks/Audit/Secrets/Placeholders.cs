namespace Septim.Hooks.Audit.Secrets;

/// <summary>What looks like a secret and is none: references, placeholders, documented examples (checklist §10, "never a finding").</summary>
internal static class Placeholders
{
    private static readonly string[] Words =
    [
        "your-", "your_", "<your", "-here", "_here", "***", "…", "...", "changeme", "change-me", "change_me", "example", "dummy", "fake", "placeholder", "redacted",
        "todo", "insert", "000000", "xxxx", "yourkey", "yourtoken", "yourpassword", "notreal", "not-a-real", "sample", "deadbeef", "replaceme", "replace-me", "replace_me", "goes-here",
    ];

    private static readonly string[] ReferencePrefixes =
        ["$", "{{", "<", "pk_live_", "pk_test_", "op://", "vault:", "vault://", "ssm:", "secretsmanager:", "arn:aws:secretsmanager", "ENC[", "!Ref", "!Sub", "!GetAtt", "!vault", "!secret", "!env", "env:", "env(", "file:", "sha1-", "sha256-", "sha384-", "sha512-", "sha1:", "sha256:", "sha512:", "aws-sm://", "gcp-sm://", "gcpsm:", "azurekv:", "akv:", "keyring:", "pass:", "bw:", "doppler:", "infisical:", "op run", "op read", "keychain:", "process.env", "os.environ", "os.getenv", "getenv(", "Environment."];

    // Stripe's documented test keys and the storage emulator's well-known key, from parts, so that no scanner trips over this file.
    private static readonly string[] Documented =
    [
        "4eC39HqLyjWDarjtT1zdp7dc", "BQokikJOvBiI2HlWgH4olfQ2", "26PHem9AhJZvU623DfE1x4sd", "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCY", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvb",
        // The token of the jwt.io debugger, and those of a local Supabase.
        "eyJzdWIiOiIxMjM0NTY3ODkw", "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV", "eyJpc3MiOiJzdXBhYmFzZS1kZW1v",
    ];

    /// <summary>What manuals set as a password; as a whole, never as a part.</summary>
    private static readonly string[] FromManuals =
    [
        "password1", "password123", "password1234", "test1234", "testpass", "testpassword", "hunter2", "letmein", "supersecret", "secretpassword", "my-secret-pw", "mysecretpassword", "mypassword", "passw0rd",
        "p@ssw0rd", "p@ssword", "s3cr3t", "12345678", "username", "dbpassword", "userpassword", "yoursecret",
    ];

    /// <summary>An environment or template reference, so not a literal.</summary>
    public static bool IsReference(string value)
    {
        foreach (var prefix in ReferencePrefixes)
            if (value.Starts(prefix)) return true;
        return value.Has("${") || value.Has("$(") || value.Has("{{") || (value.StartsWith('%') && value.EndsWith('%')) || value.StartsWith('`');
    }

    public static bool IsPlaceholder(string value)
    {
        if (value.Length == 0 || IsReference(value)) return true;
        foreach (var word in Words)
            if (value.HasWord(word)) return true;
        foreach (var known in Documented)
            if (value.Has(known)) return true;
        if (FromManuals.Contains(value.ToLowerInvariant())) return true;
        if (value.Length < 40 && value.HasWord("xxx")) return true;
        return IsRun(value) || IsOneCharacter(value) || IsUuid(value);
    }

    /// <summary>The part after the provider's prefix decides: a prefix alone would hide that the rest is one character.</summary>
    public static bool IsPlaceholderBody(string value)
    {
        var cut = value.LastIndexOfAny(['-', '_'], Math.Min(value.Length - 1, 14));
        var body = value[(cut + 1)..];
        return IsRun(body) || IsOneCharacter(body);
    }

    private static bool IsOneCharacter(string value)
    {
        if (value.Length < 3) return false;
        foreach (var c in value)
            if (c != value[0]) return false;
        return true;
    }

    private static bool IsRun(string value)
    {
        if (value.Length < 8) return false;
        var steps = 0;
        for (var i = 1; i < value.Length; i++)
            if (IsNext(char.ToLowerInvariant(value[i - 1]), char.ToLowerInvariant(value[i]))) steps++;
        return steps * 100 >= (value.Length - 1) * 85;
    }

    private static bool IsNext(char a, char b) =>
        b == a + 1 || (a == '9' && b is '0' or 'a') || (a == '0' && b is 'a' or '1') || (a == 'f' && b is '0' or '1') || (a == 'z' && b is '0' or 'a');

    private static bool IsUuid(string value) => value.Length == 36 && Guid.TryParseExact(value, "D", out _);
}
