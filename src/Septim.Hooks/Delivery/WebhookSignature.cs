using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Septim.Hooks.Delivery;

/// <summary>
/// The three headers of Standard Webhooks: <c>webhook-id</c>, <c>webhook-timestamp</c> and
/// <c>webhook-signature: v1,base64(HMAC-SHA256(id.timestamp.body))</c>. Source: standardwebhooks.com, specification 1.0.
/// </summary>
internal static class WebhookSignature
{
    private const string SecretPrefix = "whsec_";

    public static void Add(HttpRequestMessage request, string id, ReadOnlySpan<byte> body, string secret, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", Sign(id, timestamp, body, secret));
    }

    /// <param name="id">Of the message; the same on each try.</param>
    /// <param name="timestamp">Seconds since 1970.</param>
    /// <param name="body">As sent.</param>
    /// <param name="secret">With the prefix <c>whsec_</c> base64, else plain text.</param>
    public static string Sign(string id, string timestamp, ReadOnlySpan<byte> body, string secret)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Key(secret));
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hash.AppendData(body);
        return "v1," + Convert.ToBase64String(hash.GetHashAndReset());
    }

    private static byte[] Key(string secret)
    {
        if (!secret.StartsWith(SecretPrefix, StringComparison.Ordinal)) return Encoding.UTF8.GetBytes(secret);
        var key = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[SecretPrefix.Length..], key, out var length)
            ? key[..length]
            : throw new DeliveryFailure(FailureKind.Stuck, "the signing secret starts with whsec_ but is not base64 after it");
    }
}
