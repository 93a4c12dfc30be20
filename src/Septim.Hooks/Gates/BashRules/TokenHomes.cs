using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Tokens that one service alone takes: in a header for another host they are given away.</summary>
internal static class TokenHomes
{
    public static bool IsAbroad(Word header, NetworkTool.Request request, RuleCase at)
    {
        foreach (var piece in header.Pieces)
        {
            if (piece.From is null) continue;
            foreach (var source in piece.From.From)
            {
                if (!at.Work.Step()) return true;
                if (Of(at.Of(source)) is { } homes && IsElsewhere(request, homes)) return true;
            }
        }
        return false;
    }

    /// <summary>Parts of the names of hosts, blank-separated; null when the token may be for anybody.</summary>
    private static string? Of(RuleCase maker)
    {
        if (SecretEcho.PrintsSecret(maker) is false) return null;
        return (maker.Name, maker.Argument(0)) switch
        {
            ("gh", "auth") when !maker.HasArgument("-h") && !maker.HasArgument("--hostname") => "github ghcr.io ghe.com",
            ("gcloud", "auth") when maker.HasArgument("print-access-token") => "google gcr.io pkg.dev run.app appspot cloudfunctions firebase",
            ("az", "account") when !maker.HasArgument("--resource") && !maker.HasArgument("--scope") && !maker.HasArgument("--resource-type") => "azure microsoft windows.net visualstudio office.com",
            ("heroku", "auth:token") => "heroku",
            ("doctl", "auth") => "digitalocean",
            _ => null,
        };
    }

    private static bool IsElsewhere(NetworkTool.Request request, string homes)
    {
        foreach (var url in request.Urls)
        {
            // Why: an address that is not known may be any, and mostly is the service's own.
            if (url.Text is not { } text || text.IndexOf("://", StringComparison.Ordinal) is not (> 0 and var from)) return false;
            var host = text.AsSpan(from + 3);
            var end = host.IndexOfAny('/', '?', ':');
            if (end >= 0) host = host[..end];
            var isHome = false;
            foreach (var range in homes.AsSpan().Split(' ')) isHome |= host.IndexOf(homes.AsSpan(range)) >= 0;
            if (!isHome) return true;
        }
        return false;
    }
}
