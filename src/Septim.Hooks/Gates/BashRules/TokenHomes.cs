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

    /// <summary>
    /// <c>$(grep OPENAI_API_KEY .env | cut -d= -f2)</c> in a header for api.openai.com: one value of a file of settings, for a host that
    /// the value's own name names.
    /// </summary>
    public static bool GoesHome(Word header, NetworkTool.Request request, RuleCase at)
    {
        var isAny = false;
        foreach (var piece in header.Pieces)
        {
            if (piece.From is not { } feed) continue;
            if (PickedName(feed, at) is not { } name || !IsNamedBy(request, name)) return false;
            isAny = true;
        }
        return isAny;
    }

    /// <summary>What grep looked for when nothing but what stands behind the equals sign was let through; null for all else.</summary>
    private static string? PickedName(Feed feed, RuleCase at)
    {
        if (!QuietReaders.AreSettings(feed, at)) return null;
        string? name = null;
        var isCut = false;
        foreach (var source in feed.From)
        {
            if (!at.Work.Step()) return null;
            var maker = at.Of(source);
            switch (maker.Name)
            {
                case "grep" or "egrep" when name is null && OptionReader.Read(maker.Arguments, ReadingTools.Grep) is { Operands: [{ Text: { } pattern }, ..] } given && !given.Has("-v", "--invert-match") && !given.Has("-e", "-f"):
                    name = pattern.Trim('^', '=');
                    break;
                case "cut":
                    isCut |= maker.HasArgument("-d=") && (maker.HasArgument("-f2") || maker.HasArgument("-f2-"));
                    break;
                case "cat" or "head" or "tail" or "tr" or "xargs": break;
                default: return null;
            }
        }
        return isCut ? name : null;
    }

    /// <summary>Every address is encrypted, and its host holds a word of the name which is more than KEY or TOKEN.</summary>
    private static bool IsNamedBy(NetworkTool.Request request, string name)
    {
        foreach (var url in request.Urls)
        {
            if (!url.StartsWith("https://")) return false;
            var host = url.Prefix.AsSpan("https://".Length);
            if (host.IndexOf('/') is >= 0 and var end) host = host[..end];
            else if (url.HasUnknown) return false;
            if (host.Contains('@')) return false;
            var isNamed = false;
            foreach (var range in name.AsSpan().Split('_'))
            {
                var word = name.AsSpan(range);
                isNamed |= word.Length >= 4 && word is not ("TOKEN" or "SECRET" or "AUTH" or "ACCESS" or "PRIVATE" or "PUBLIC" or "USER" or "PASS" or "PASSWORD" or "BEARER" or "CLIENT" or "HTTP" or "HTTPS" or "HOST" or "PROD" or "TEST")
                    && host.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
            }
            if (!isNamed) return false;
        }
        return request.Urls.Count > 0;
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
