namespace Septim.Hooks.Audit.Secrets;

/// <summary>Which hosts are this machine or a toy, and which names speak of production.</summary>
internal static class Hosts
{
    private static readonly string[] TestWords = ["dev", "test", "staging", "local", "development", "testing", "stage", "sandbox", "ci"];

    /// <summary>This machine or a container beside it.</summary>
    public static bool IsLocal(string host)
    {
        host = Bare(host);
        return host is "localhost" or "::1" or "0.0.0.0" or "host.docker.internal" or "" || host.Starts("127.") || host.Ends(".local") || host.Ends(".test")
            || host.Ends(".localhost") || host.Ends(".internal.test") || !host.Has(".");
    }

    /// <summary>Local, or a host or database whose name says dev, test, staging or local.</summary>
    public static bool IsTest(string host, string? database) =>
        IsLocal(host) || Words.HasToken(Bare(host), TestWords) || (database is not null && Words.HasToken(database, TestWords));

    public static bool IsExample(string host)
    {
        host = Bare(host);
        return host is "host" or "hostname" or "server" or "your-host" or "db-host" or "example" || host.Ends("example.com") || host.Ends("example.org") || host.Ends("example.net") || host.Ends(".example");
    }

    /// <summary>Without port and brackets, lower case.</summary>
    public static string Bare(string host)
    {
        host = host.ToLowerInvariant();
        if (host.StartsWith('[') && host.IndexOf(']') is var end and > 0) return host[1..end];
        var colon = host.IndexOf(':');
        return colon >= 0 && host.IndexOf(':', colon + 1) < 0 ? host[..colon] : host;
    }
}
