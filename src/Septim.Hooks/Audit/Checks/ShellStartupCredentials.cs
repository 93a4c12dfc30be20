using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Audit.Secrets;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>02: nothing that a shell loads hands production credentials to every call.</summary>
internal static partial class ShellStartupCredentials
{
    public static readonly AuditCheck Check = new(
        2, "shell-startup-credentials", Severity.Critical,
        "Nothing that a login or interactive shell loads exports production database URIs, live payment keys or cloud keys.",
        "Each Bash call, hook and MCP server inherits what the shell exports. Three files are not enough: sourced files, other shells, the environment of the system and token files of tools count too.",
        "Parses the start-up files of all shells and what they source (no shell is run), settings env, .envrc, the live environment by name and class, and token stores.",
        "Load credentials per project (direnv, op run --, aws sso login) instead of exporting them, rotate what was written down, and set \"env\": {\"CLAUDE_CODE_SUBPROCESS_ENV_SCRUB\": \"1\"}.",
        Judge);

    private static readonly string[] SecretWords = ["key", "apikey", "secret", "token", "password", "passwd", "pwd", "pass", "credential", "credentials", "auth", "passphrase"];

    /// <summary>Last words of names that tell about a secret and hold none.</summary>
    private static readonly string[] Describing =
        ["name", "names", "id", "url", "uri", "file", "path", "dir", "length", "size", "count", "limit", "ttl", "type", "arn", "region", "host", "port", "enabled", "expiry", "timeout", "algorithm", "issuer", "provider", "scope", "version", "sock", "command", "cmd", "helper"];

    private static readonly string[] CloudClasses = ["aws-key-id", "aws-secret", "aws-bedrock", "azure", "google", "anthropic-api", "anthropic-admin", "anthropic-oauth"];

    private static void Judge(AuditContext context, ItemResult item)
    {
        context.Settings.UsedBy(item);
        foreach (var file in context.Startup.Files) item.Use(file);
        var scrub = Words.IsTruthy(context.Settings.Variable("CLAUDE_CODE_SUBPROCESS_ENV_SCRUB")?.Value);
        var denied = Denied(context);
        var named = new HashSet<string>(StringComparer.Ordinal);
        var assignments = context.Startup.Assignments;
        var hasAwsSecret = assignments.Any(one => one.IsLiteral && context.SecretsIn($"{one.Name}={one.Value}").Exists(hit => hit.Class == "aws-secret"));
        foreach (var one in assignments)
        {
            named.Add(one.Name);
            if (one.IsLiteral || one.Value.Has("://")) Classify(context, item, one.Name, one.Value, one.Place, one.Chain, "", hasAwsSecret, scrub, denied);
        }
        foreach (var (name, setting) in context.Settings.EnvironmentEntries())
        {
            named.Add(name);
            var tracked = context.Repository.IsTracked(setting.Source.Path);
            Classify(context, item, name, setting.Text, setting.Place, $"{setting.Source.Name} settings env", tracked ? "tracked" : "settings", hasAwsSecret: true, scrub, denied);
        }
        foreach (var (name, value) in context.Options.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            if (!named.Contains(name)) Classify(context, item, name, value, Place.None, "live environment", "", context.Options.Variable("AWS_SECRET_ACCESS_KEY") is not null, scrub, denied);
        foreach (var (place, what) in context.Startup.Unresolved)
            item.Warn("unread-include", $"a sourced path cannot be resolved without running the shell: {Words.Quote(what, 80)}", place, what);
        foreach (var (place, what) in context.Startup.Evals) item.Info("eval", $"an evaluated command may export more: {what}", place, "eval");
        if (context.Options.UseHome) TokenStores(context, item);
        item.Note = $"{Plural.Of(context.Startup.Files.Count, "start-up file")} read; no credential is exported";
        if (item.Unknown is not null) return;
        if (!context.Options.UseHome) item.NotApplicable = "not audited by request (--no-home)";
        else if (item.FilesRead.Count == 0 && context.Options.Environment.Count == 0) item.NotApplicable = "there is no start-up file, no settings file, no token store, and no environment was looked at";
    }

    private static HashSet<string> Denied(AuditContext context)
    {
        var denied = new HashSet<string>(StringComparer.Ordinal);
        if (context.Settings.Find("sandbox.enabled") is not { Value.IsTrue: true }) return denied;
        foreach (var entry in context.Settings.List("sandbox.credentials.envVars"))
            if (entry.Value["mode"]?.Text == "deny" && entry.Value["name"] is { IsText: true } name) denied.Add(name.Text);
        return denied;
    }

    private static void Classify(
        AuditContext context, ItemResult item, string name, string value, Place place, string chain, string settings, bool hasAwsSecret, bool scrub, HashSet<string> denied)
    {
        if (value.Length < 8 || Placeholders.IsReference(value)) return;
        var hits = context.SecretsIn($"{name}={value}");
        var hit = hits.Find(one => one.IsProvider) ?? hits.Find(one => one.Class == "connection-uri");
        if (hit is null)
        {
            if (LooksSecret(name, value))
            {
                context.Redactor.Learn(value, "****");
                item.Warn("name-only", $"{name} holds a literal that looks like a secret of an unknown kind", place, name, Severity.High, null, null, Said("source", chain), Said("variable", name));
            }
            return;
        }
        var evidence = (KeyValuePair<string, string>[])[Said("source", chain), Said("variable", name), Said("found", hit.Shown), .. hit.Host is null ? [] : (KeyValuePair<string, string>[])[Said("host", hit.Host)]];
        if (hit.Life == SecretLife.Test || hit.IsTrivial)
        {
            item.Warn("test-secret", $"{name} holds a test credential or one of a local host ({hit.Class})", place, name, Severity.Medium, hit.Fingerprint, null, evidence);
            return;
        }
        if (hit.Class == "aws-key-id" && !hasAwsSecret)
        {
            item.Warn("name-only", $"{name} holds an AWS key id without its secret", place, name, Severity.Medium, hit.Fingerprint, null, evidence);
            return;
        }
        var rule = settings.Length > 0 ? "settings-env-secret" : hit.Class == "connection-uri" ? "connection-uri" : hit.Class.Starts("aws-") ? "aws-static" : "live-secret";
        var message = $"{name} hands a live credential ({hit.Class}{(hit.Host is null ? "" : " for " + hit.Host)}) to every call, hook and server";
        // Why only these: scrubbing covers the provider's and the clouds' variables; a database stays open.
        if (denied.Contains(name) || (scrub && CloudClasses.Contains(hit.Class)))
            item.Warn(rule, message + "; it is withheld from subprocesses", place, name, Severity.High, hit.Fingerprint, null, evidence);
        else
            item.Fail(rule, message, place, name, settings == "settings" ? Severity.High : Severity.Critical, hit.Fingerprint, ScrubFix(context, hit), evidence);
    }

    private static FixProposal? ScrubFix(AuditContext context, SecretHit hit) => CloudClasses.Contains(hit.Class)
        ? new FixProposal(
            "auto", "rotate it, load it per project instead; --fix adds \"env\": {\"CLAUDE_CODE_SUBPROCESS_ENV_SCRUB\": \"1\"}",
            new FixEdit(context.Settings.UserPath, FixEditKind.SetIfAbsent, ["env", "CLAUDE_CODE_SUBPROCESS_ENV_SCRUB"], "\"1\""))
        : null;

    private static bool LooksSecret(string name, string value) =>
        value.Length >= 16 && IsSecretName(name) && !value.StartsWith('/') && !value.StartsWith('~') && !value.Has("://") && !value.Has(" ") && !value.Has("\\")
        && !Placeholders.IsPlaceholder(value) && Entropy.Of(value) >= 3.5;

    private static bool IsSecretName(string name)
    {
        var tokens = Words.Tokens(name).ToList();
        if (tokens.Count == 0 || Describing.Contains(tokens[^1]) || tokens.Contains("public") || tokens.Contains("publishable")) return false;
        return tokens.Exists(token => SecretWords.Contains(token) || token.EndsWith("token", StringComparison.Ordinal) || token.EndsWith("secret", StringComparison.Ordinal) || token.EndsWith("password", StringComparison.Ordinal) || token.EndsWith("apikey", StringComparison.Ordinal));
    }

    private static void TokenStores(AuditContext context, ItemResult item)
    {
        foreach (var (path, regex, what) in (ReadOnlySpan<(string, Regex, string)>)
        [
            (".npmrc", NpmToken(), "registry token"), (".pypirc", Password(), "registry password"), (".netrc", NetrcPassword(), "passwords"), (".git-credentials", GitCredential(), "git credentials"),
            (".config/gh/hosts.yml", GhToken(), "GitHub token"), (".docker/config.json", DockerAuth(), "registry login"),
        ])
        {
            var input = context.Inputs.Read(Path.Combine(context.Options.Home, path));
            if (item.Use(input) is null) continue;
            context.SecretsIn(input);
            foreach (Match match in regex.Matches(input.Text))
            {
                if (match.Groups["v"] is { Success: true } group)
                {
                    if (Placeholders.IsPlaceholder(group.Value)) continue;
                    context.Redactor.Learn(group.Value, "****");
                }
                item.Warn("token-store", $"~/{path} keeps a {what} in plain text; tools that the model starts can read it", input.At(match.Index), path, Severity.Medium);
                break;
            }
        }
        var gaps = new List<Input>();
        var gcloud = context.Inputs.ListBelow(Path.Combine(context.Options.Home, ".config/gcloud"), path => Path.GetFileName(path) is var name && name.Has("credentials") && name.Ends(".json"), 2, gaps);
        foreach (var gap in gaps) item.Use(gap);
        foreach (var path in gcloud)
        {
            var input = context.Inputs.Read(path);
            if (item.Use(input) is null) continue;
            context.SecretsIn(input);
            item.Warn("token-store", "Google Cloud credentials in plain text", new Place(path), "gcloud", Severity.Medium);
        }
    }

    [GeneratedRegex(@"_(authToken|auth|password)\s*=\s*(?<v>[^\s#]{8,})", RegexOptions.CultureInvariant)] private static partial Regex NpmToken();
    [GeneratedRegex(@"^\s*password\s*[=:]\s*(?<v>\S{4,})", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.IgnoreCase)] private static partial Regex Password();
    [GeneratedRegex(@"\bpassword\s+(?<v>\S{4,})", RegexOptions.CultureInvariant)] private static partial Regex NetrcPassword();
    [GeneratedRegex(@"https?://[^:\s/]*:(?<v>[^@\s]{4,})@", RegexOptions.CultureInvariant)] private static partial Regex GitCredential();
    [GeneratedRegex(@"oauth_token:\s*(?<v>\S{8,})", RegexOptions.CultureInvariant)] private static partial Regex GhToken();
    [GeneratedRegex(@"""auth""\s*:\s*""(?<v>[A-Za-z0-9+/=]{8,})""", RegexOptions.CultureInvariant)] private static partial Regex DockerAuth();
}
