using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Audit.Secrets;
using Septim.Hooks.Audit.Surroundings;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>27: a server that reads gets an account that can only read.</summary>
internal static partial class McpLeastPrivilege
{
    public static readonly AuditCheck Check = new(
        27, "mcp-least-privilege", Severity.Critical,
        "A server that reads gets an account that can only read; write rights are granted per server on purpose.",
        "A database server with an admin role has deleted production tables. Servers live in ~/.claude.json and .mcp.json, not in settings.json. Read-only by name is only half a proof.",
        "Classifies each server and looks at credentials in its definition, database users, directories, container options, plain http and blanket permissions. No server is started.",
        "CREATE ROLE claude_ro LOGIN; GRANT pg_read_all_data TO claude_ro; ALTER ROLE claude_ro SET default_transaction_read_only = on; then \"env\": {\"DATABASE_URL\": \"${CLAUDE_RO_DATABASE_URL}\"}.",
        Judge);

    private static readonly string[] AdminUsers = ["postgres", "root", "admin", "sa", "dbo", "superuser", "owner", "master", "administrator"];
    private static readonly string[] AdminTokens = ["rw", "admin", "owner", "write", "superuser", "root"];
    private static readonly string[] ReaderTokens = ["ro", "read", "reader", "readonly", "viewer", "select"];
    private static readonly string[] Switches = ["--read-only", "--readonly", "--read_only", "--access-mode=restricted", "mode=ro", "default_transaction_read_only=on", "default_transaction_read_only%3don"];

    private static void Judge(AuditContext context, ItemResult item)
    {
        if (!McpFiles.Use(context, item)) return;
        foreach (var server in context.Mcp.Here) Server(context, item, server);
        foreach (var rule in context.Settings.List("permissions.allow"))
        {
            if (!rule.Text.Starts("mcp__")) continue;
            var parts = rule.Text.Split("__");
            if (parts.Length > 2 && parts[2].TrimEnd('*').Length > 0) continue;
            if (parts.Length > 1 && parts[1].StartsWith('*') && context.Mcp.Here.Any(one => ServerClass.CanWrite(ServerClass.Of(one))))
            {
                item.Warn("blanket-allow", $"{rule.Text} allows every tool of every server", rule.Place, "mcp__*", Severity.High, null, ByName);
                continue;
            }
            var server = context.Mcp.Here.FirstOrDefault(one => McpFiles.Normal(one.Name) == McpFiles.Normal(parts.Length > 1 ? parts[1] : ""));
            if (server is not null && ServerClass.CanWrite(ServerClass.Of(server)))
                item.Warn("blanket-allow", $"{rule.Text} allows every tool of {server.Name}, writing ones too", rule.Place, server.Name, Severity.High, null, ByName);
        }
        item.Note = $"{Plural.Of(context.Mcp.Here.Count(), "server")} looked at";
    }

    private static void Server(AuditContext context, ItemResult item, McpServer server)
    {
        var kind = ServerClass.Of(server);
        var evidence = (KeyValuePair<string, string>[])[Said("server", server.Name), Said("scope", server.Scope), Said("class", kind)];
        var literals = Literals(context, item, server, evidence);
        if (server.IsRemote && IsPlain(server.Url) && Uri.TryCreate(server.Url, UriKind.Absolute, out var uri) && !Hosts.IsLocal(uri.Host))
            item.Fail("plain-http", $"{server.Name} is reached over {uri.Scheme} without encryption ({uri.Host})", server.Place, server.Name, Severity.High, null, Encrypted, evidence);
        foreach (var arg in server.Args.Where(arg => IsPlain(arg.Text)))
            if (Uri.TryCreate(arg.Text[(arg.Text.IndexOf('=') is var cut and > 0 && arg.Text.Starts("-") ? cut + 1 : 0)..], UriKind.Absolute, out var address) && !Hosts.IsLocal(address.Host))
                item.Fail("plain-http", $"{server.Name} goes to {address.Host} without encryption", server.At(arg), server.Name, Severity.High, null, Encrypted, evidence);
        if (kind == "database") Database(context, item, server, literals, evidence);
        if (kind == "filesystem") FileSystem(context, item, server, evidence);
        if (kind == "shell") Shell(context, item, server, evidence);
        Container(item, server, evidence);
        foreach (var member in server.Env.Concat(server.Headers))
            foreach (var hit in context.SecretsIn(Resolve(context, member.Value.Text)))
                if (hit.Class == "github" && hit.Value.Starts("ghp_")) item.Warn("broad-token", $"{server.Name} uses a classic token, which reaches everything its owner can", server.At(member.Value), server.Name, Severity.High, hit.Fingerprint, FixProposal.Guided("make a fine-grained token for the repositories and rights that it needs, and revoke this one"));
    }

    private static FixProposal Encrypted => FixProposal.Guided("use https:// (or wss://), or a tunnel that ends on this machine");
    private static FixProposal ByName => FixProposal.Guided("allow the reading tools by name, for example mcp__db__query");

    private static bool IsPlain(string text)
    {
        if (text.Starts("-") && text.IndexOf('=') is var cut and > 0) text = text[(cut + 1)..];
        return text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("ws://", StringComparison.OrdinalIgnoreCase);
    }

    private static List<SecretHit> Literals(AuditContext context, ItemResult item, McpServer server, KeyValuePair<string, string>[] evidence)
    {
        var found = new List<SecretHit>();
        string? previous = null;
        foreach (var (path, value) in server.Node.Scalars())
        {
            var named = path.Starts("env.") || path.Starts("headers.") ? $"{path[(path.IndexOf('.') + 1)..]}={value.Text}" : value.Text;
            // Why: ["--api-key", "…"] puts name and value into two words.
            if (path == "args[]" && previous is { } option && option.StartsWith('-') && !option.Has("=") && !value.Text.StartsWith('-')) named = $"{option.TrimStart('-')}={value.Text}";
            previous = path == "args[]" ? value.Text : null;
            foreach (var hit in context.SecretsIn(named))
            {
                found.Add(hit);
                var text = $"{server.Name}: a {(hit.Class == "connection-uri" ? "URI with a password" : $"secret ({hit.Class})")} stands literally in {path}";
                var more = (KeyValuePair<string, string>[])[.. evidence, Said("found", hit.Shown)];
                if (hit.IsTrivial || hit.Life == SecretLife.Test) item.Warn("literal-credential", text + " (local or test)", server.At(value), server.Name, Severity.Medium, hit.Fingerprint, null, more);
                else item.Fail("literal-credential", text, server.At(value), server.Name, null, hit.Fingerprint, FixProposal.Guided("refer to a variable: \"${NAME}\""), more);
            }
        }
        return found;
    }

    private static void Database(AuditContext context, ItemResult item, McpServer server, List<SecretHit> literals, KeyValuePair<string, string>[] evidence)
    {
        var line = server.Line + " " + string.Join(' ', server.Env.Select(member => $"{member.Key}={member.Value.Text}"));
        var switched = Switches.Any(one => line.HasWord(one)) || (line.HasWord("ALLOW_") && line.HasWord("_OPERATION=false"));
        var uri = literals.Find(hit => hit.Class == "connection-uri");
        var (user, host, resolved) = uri is not null ? (uri.User, uri.Host, true) : User(context, line);
        if (!resolved) (user, host, resolved) = ByVariables(context, server);
        if (!resolved && line.HasWord("sqlite") && !line.Has("://")) return;
        if (!resolved)
        {
            if (switched) return;
            item.NeedsPerson($"{server.Name}: the database and its user are named by a variable only", $"mcp:{server.Name}", $"mcp:{server.Hash}");
            item.Info("db-env-unresolved", $"{server.Name}: the URI comes from a variable that is not set here", server.Place, server.Name, evidence);
            return;
        }
        var more = (KeyValuePair<string, string>[])[.. evidence, Said("user", user ?? ""), Said("host", host ?? "")];
        var local = host is not null && Hosts.IsLocal(host);
        var isAdmin = user is { Length: > 0 } && (AdminUsers.Contains(user.ToLowerInvariant()) || Words.HasToken(user, AdminTokens));
        if (isAdmin && !local && !switched)
            item.Fail("db-admin", $"{server.Name} connects as {user}, who may write or own everything", server.Place, server.Name, null, null, null, more);
        else if (isAdmin && local) item.Info("db-admin", $"{server.Name} connects as {user} to a local database", server.Place, server.Name, more);
        else if (isAdmin) item.Warn("db-admin", $"{server.Name} connects as {user} (behind a read-only switch)", server.Place, server.Name, Severity.Medium, null, null, more);
        else if (local || switched) return;
        else if (user is { Length: > 0 } && Words.HasToken(user, ReaderTokens))
            item.NeedsPerson($"{server.Name}: {user} sounds read-only, which only a person can confirm", $"mcp:{server.Name}", $"mcp:{server.Hash}");
        else
        {
            item.Info("db-user-unclear", $"{server.Name}: whether {(user is { Length: > 0 } ? user : "its user")} may write cannot be told from the name", server.Place, server.Name, more);
            item.NeedsPerson($"{server.Name}: whether {(user is { Length: > 0 } ? user : "its user")} may write cannot be told", $"mcp:{server.Name}", $"mcp:{server.Hash}");
        }
    }

    /// <summary>User and host of a URI without a literal password, or behind a variable that is set here.</summary>
    private static (string? User, string? Host, bool Resolved) User(AuditContext context, string line)
    {
        foreach (var word in line.Split([' ', '"', '\''], StringSplitOptions.RemoveEmptyEntries))
        {
            var text = word.IndexOf('=') is var cut and > 0 && !word[..cut].Has(":") ? word[(cut + 1)..] : word;
            if (text.Starts("${") && text.IndexOf('}') is var end and > 0)
            {
                var name = text[2..end];
                var fallback = "";
                if (name.IndexOf(":-", StringComparison.Ordinal) is var dash and > 0) (name, fallback) = (name[..dash], name[(dash + 2)..]);
                text = context.Settings.Variable(name)?.Value ?? fallback;
            }
            if (!text.Has("://") || text.Starts("http")) continue;
            var rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
            var at = rest.LastIndexOf('@');
            var authority = at < 0 ? rest : rest[(at + 1)..];
            var host = authority.Split('/', '?')[0];
            if (host.Has("$")) continue;
            return (at < 0 ? "" : rest[..at].Split(':')[0], Hosts.Bare(host), true);
        }
        return (null, null, false);
    }

    private static string Resolve(AuditContext context, string text)
    {
        if (!text.Starts("${") || text.IndexOf('}') is not (var end and > 2)) return text;
        return context.Settings.Variable(text[2..end].Split(":-")[0])?.Value ?? text;
    }

    /// <summary>User and host in variables or options of their own: <c>PGUSER</c>, <c>MYSQL_HOST</c>, <c>--user</c>.</summary>
    private static (string? User, string? Host, bool Resolved) ByVariables(AuditContext context, McpServer server)
    {
        string? user = null, host = null;
        foreach (var text in server.Env.Select(member => member.Value.Text).Concat(server.Args.Select(arg => arg.Text)))
            if (AdoUser().Match(text) is { Success: true } ado && AdoHost().Match(text) is { Success: true } place) (user, host) = (ado.Groups["v"].Value, Hosts.Bare(place.Groups["v"].Value));
        foreach (var member in server.Env)
        {
            var value = Resolve(context, member.Value.Text);
            if (value.Has("$")) continue;
            if (Words.HasToken(member.Key, "user", "username", "pguser", "login", "uid")) user ??= value;
            else if (Words.HasToken(member.Key, "host", "hostname", "pghost", "server", "hostaddr")) host ??= Hosts.Bare(value);
        }
        for (var i = 0; i + 1 < server.Args.Count; i++)
        {
            var value = server.Args[i + 1].Text;
            if (server.Args[i].Text is "--user" or "--username" or "-U" or "--db-user") user ??= value;
            else if (server.Args[i].Text is "--host" or "--hostname" or "--db-host") host ??= Hosts.Bare(value);
        }
        return (user, host, user is { Length: > 0 });
    }

    private static void FileSystem(AuditContext context, ItemResult item, McpServer server, KeyValuePair<string, string>[] evidence)
    {
        foreach (var (arg, given) in Directories(server))
        {
            var text = given.Replace("${HOME}", context.Options.Home, StringComparison.Ordinal).Replace("$HOME", context.Options.Home, StringComparison.Ordinal).Replace("${CLAUDE_PROJECT_DIR}", context.Options.Project, StringComparison.Ordinal).Replace("${PWD}", context.Options.Project, StringComparison.Ordinal).Replace("%USERPROFILE%", context.Options.Home, StringComparison.OrdinalIgnoreCase);
            if (text == "~" || text.Starts("~/")) text = context.Options.Home + text[1..];
            if (text.Has("$")) continue;
            var path = text.Length > 1 && text[1] == ':' ? text : Path.TrimEndingDirectorySeparator(Path.GetFullPath(text, context.Options.Project));
            var isDrive = path.Length <= 3 && path.Has(":");
            if (path == "/" || isDrive || path is "/home" or "/Users" or "/root" || UsersFolder().IsMatch(path) || path == context.Options.Home || (Roots.IsBelow(context.Options.Project, path) && path != context.Options.Project))
                item.Fail("fs-root", $"{server.Name} may read and write {context.Roots.Show(path)} with everything in it", server.At(arg), server.Name, null, null, FixProposal.Guided("give it the project's directory only"), evidence);
            else if (!Roots.IsBelow(path, context.Options.Project))
                item.Warn("fs-root", $"{server.Name} may read and write {context.Roots.Show(path)}, outside the project", server.At(arg), server.Name, Severity.High, null, FixProposal.Guided("give it the project's directory only"), evidence);
        }
    }

    /// <summary>The directories that a file server is given: words, <c>--root=…</c>, variables, and of a container its mounted volumes.</summary>
    private static IEnumerable<(Node Node, string Path)> Directories(McpServer server)
    {
        var inContainer = server.Launches.Any(one => one.Name is "docker" or "podman" or "nerdctl");
        for (var i = 0; i < server.Args.Count; i++)
        {
            var text = server.Args[i].Text;
            if (inContainer)
            {
                var volume = i > 0 && server.Args[i - 1].Text is "-v" or "--volume" ? text : text.Starts("--volume=") ? text[9..] : text.Starts("-v=") ? text[3..] : "";
                var mount = (i > 0 && server.Args[i - 1].Text == "--mount") || text.Starts("--mount=") ? text : "";
                foreach (var part in mount.Split(',').Where(part => part.Has("src=") || part.Has("source="))) yield return (server.Args[i], part[(part.LastIndexOf('=') + 1)..]);
                if (volume.IndexOf(':') is var colon and > 0) yield return (server.Args[i], volume[..colon]);
                continue;
            }
            var value = text.Starts("--") && text.IndexOf('=') is var cut and > 0 ? text[(cut + 1)..] : text;
            // Why not the first path of a runtime: it is the server's own script.
            if (i == 0 && server.Launches is [{ Name: "node" or "python" or "python3" or "deno" or "bun" or "tsx" or "ruby" }] && Path.HasExtension(value)) continue;
            if (IsPath(value)) yield return (server.Args[i], value);
        }
        foreach (var member in server.Env.Where(member => Words.HasToken(member.Key, "dir", "dirs", "directory", "directories", "path", "paths", "root", "roots", "folder", "folders") && member.Key != "PATH"))
            foreach (var part in member.Value.Text.Split([',', ';', ':'], StringSplitOptions.RemoveEmptyEntries))
                if (IsPath(part.Trim())) yield return (member.Value, part.Trim());
    }

    private static bool IsPath(string text) =>
        text.Starts("/") || text.Starts("~") || text.Starts("$") || text.StartsWith("%USERPROFILE%", StringComparison.OrdinalIgnoreCase) || text is "." or ".." || text.Starts("./") || text.Starts("../") || (text.Length > 1 && char.IsAsciiLetter(text[0]) && text[1] == ':' && (text.Length == 2 || text[2] is '\\' or '/'));

    private static void Shell(AuditContext context, ItemResult item, McpServer server, KeyValuePair<string, string>[] evidence)
    {
        if (context.Attestations.Find(Check, $"mcp:{server.Name}", $"mcp:{server.Hash}", context.Now, out _) is not null)
            item.Info("shell-server", $"{server.Name} runs commands; attested", server.Place, server.Name, evidence);
        else item.Fail("shell-server", $"{server.Name} runs arbitrary commands, past every Bash rule", server.Place, server.Name, null, null, FixProposal.Guided($"claude mcp remove {server.Name}"), evidence);
    }

    private static void Container(ItemResult item, McpServer server, KeyValuePair<string, string>[] evidence)
    {
        foreach (var launched in server.Launches.Where(one => one.Name is "docker" or "podman" or "nerdctl")) Container(item, server, [.. launched.Args], evidence);
    }

    private static void Container(ItemResult item, McpServer server, List<string> args, KeyValuePair<string, string>[] evidence)
    {
        for (var i = 0; i < args.Count; i++)
        {
            var value = i + 1 < args.Count ? args[i + 1] : "";
            var volume = args[i] is "-v" or "--volume" ? value : args[i].Starts("--volume=") ? args[i][9..] : args[i].Starts("-v=") ? args[i][3..] : args[i] is "--mount" ? value : args[i].Starts("--mount=") ? args[i][8..] : "";
            var escape = volume.Starts("/:") || volume.Has("docker.sock") || volume.Has("source=/,") || volume.Has("src=/,") || volume.Ends("src=/") || volume.Ends("source=/") || args[i].Starts("-v/:") || args[i] is "--privileged" or "--privileged=true" or "--pid=host" || (args[i] == "--pid" && value == "host") || args[i].Has("docker.sock");
            var what = volume.Length > 0 ? volume : args[i];
            // Why: the word behind -v is looked at with it, and is not a second fault.
            var isValue = i > 0 && args[i - 1] is "-v" or "--volume" or "--mount";
            if (escape && !isValue) item.Fail("container-escape", $"{server.Name}'s container is none: {Words.Quote(what, 60)}", server.Place, server.Name, null, null, FixProposal.Guided($"take {Words.Quote(what, 60)} out; mount the project's directory only"), evidence);
            else if (args[i] is "--network=host" or "--net=host" || (args[i] is "--network" or "--net" && value == "host")) item.Warn("container-escape", $"{server.Name}'s container shares the host's network", server.Place, server.Name, Severity.High, null, FixProposal.Guided("take the option out, or name a network of its own"), evidence);
        }
    }

    [GeneratedRegex(@"(?<![A-Za-z])(user id|uid|user|username)\s*=\s*(?<v>[^;""'$]{1,100})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)] private static partial Regex AdoUser();
    [GeneratedRegex(@"(?<![A-Za-z])(server|data source|host|address)\s*=\s*(tcp:)?(?<v>[^;,""'$]{1,200})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)] private static partial Regex AdoHost();
    [GeneratedRegex(@"^[A-Za-z]:[\\/]Users([\\/][^\\/]+)?[\\/]?$", RegexOptions.CultureInvariant)] private static partial Regex UsersFolder();
}
