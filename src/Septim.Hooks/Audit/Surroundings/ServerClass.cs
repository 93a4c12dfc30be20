using System.Text.RegularExpressions;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>What a server is for, by package, command, URL and arguments.</summary>
internal static partial class ServerClass
{
    public static string Of(McpServer server)
    {
        // Why without launchers: "npm exec" and "docker exec" run a server, they are none that executes.
        var line = Launcher().Replace(server.IsRemote ? server.Url : string.Join(' ', server.Launches.Select(one => $"{one.Name} {string.Join(' ', one.Args)}")), " ");
        var text = $"{server.Name} {line} {string.Join(' ', server.Env.Select(member => member.Key))}";
        if (Shell().IsMatch(text)) return "shell";
        if (Database().IsMatch(text)) return "database";
        if (FileSystem().IsMatch(text)) return "filesystem";
        if (Browser().IsMatch(text)) return "browser";
        if (CodeHost().IsMatch(text)) return "code host";
        if (Cloud().IsMatch(text)) return "cloud";
        return Chat().IsMatch(text) ? "mail or chat" : "other";
    }

    /// <summary>It brings in what others can write.</summary>
    public static bool IsExternal(string kind) => kind is "database" or "browser" or "code host" or "mail or chat" or "cloud" or "filesystem";

    /// <summary>Its tools can change something outside.</summary>
    public static bool CanWrite(string kind) => kind is not "other";

    [GeneratedRegex(@"\b((npm|pnpm|yarn|bun|docker|podman|nerdctl|dotnet tool|pipx|uv tool|uv|deno|go|cargo)\s+(exec|dlx|run|x)|npx|bunx|uvx)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)] private static partial Regex Launcher();
    [GeneratedRegex(@"(?<![\w])(shell|terminal|ssh|bash|zsh|powershell|iterm\d?|tmux|win-?cli|windows-cli)[-_]?(mcp|server|exec|runner|commander)?(?![\w.])(?![-_](lint|check|format))|mcp[-_](server[-_])?(commands?|shell|terminal|ssh|bash)\b|server[-_](commands|shell)\b|desktop[-_]?commander|(command|code|script)[-_](runner|executor|execution)|run[-_]?command|exec(ute)?[-_]?(shell|command)|\b(cli|terminal)[-_]mcp[-_]server", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)] private static partial Regex Shell();
    [GeneratedRegex(@"postgres|mysql|mariadb|sqlite|mongo|redis|mssql|sqlserver|clickhouse|snowflake|bigquery|supabase|neon|database|dbhub|DATABASE_URL|DB_URL|duckdb|oracle|cockroach", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)] private static partial Regex Database();
    [GeneratedRegex(@"server-filesystem|filesystem|file-system|mcp[-_]files?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)] private static partial Regex FileSystem();
    [GeneratedRegex(@"puppeteer|playwright|browser|fetch|crawl|scrape|firecrawl|brave|tavily|search|exa\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)] private static partial Regex Browser();
    [GeneratedRegex(@"github|gitlab|bitbucket|gitea|server-git\b|mcp-server-git\b|jira|linear|atlassian|notion|confluence|sentry|asana|trello|zendesk", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)] private static partial Regex CodeHost();
    [GeneratedRegex(@"\baws|azure|gcp|gcloud|cloudflare|kubernetes|k8s|kubectl|terraform|vercel|netlify|docker", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)] private static partial Regex Cloud();
    [GeneratedRegex(@"slack|gmail|mail|imap|discord|telegram|teams|whatsapp|google-drive|gdrive|calendar", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)] private static partial Regex Chat();
}
