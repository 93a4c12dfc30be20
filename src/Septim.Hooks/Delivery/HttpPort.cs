using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Septim.Hooks.Delivery;

/// <summary>
/// The way out to one receiver. No redirects (they could lead elsewhere), no cookies, no proxy but the configured one: the usual
/// proxy variables may come from a repository.
/// </summary>
internal static class HttpPort
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(10);

    /// <exception cref="HookFault">caFile or proxy is wrong.</exception>
    public static SocketsHttpHandler Open(SinkSettings settings)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = settings["proxy"] is not null,
            ConnectTimeout = ConnectTime,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.None,
        };
        if (settings["proxy"] is { } proxy) handler.Proxy = new WebProxy(proxy);
        if (settings["caFile"] is { } authority) handler.SslOptions = Trusting(authority, settings);
        return handler;
    }

    private static SslClientAuthenticationOptions Trusting(string file, SinkSettings settings)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new HookFault($"{settings.Origin}: caFile of \"{settings.Name}\" ({file}) cannot be read as PEM certificates", e);
        }
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }
}
