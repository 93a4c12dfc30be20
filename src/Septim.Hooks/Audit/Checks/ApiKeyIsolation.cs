using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Audit.Secrets;
using Septim.Hooks.Transcripts;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>01: the key that the client uses is its own, in a workspace with its own limit.</summary>
internal static class ApiKeyIsolation
{
    private const int MaxOtherProjects = 50;
    private const long MaxTrackedBytes = 128L << 20;

    public static readonly AuditCheck Check = new(
        1, "api-key-isolation", Severity.High,
        "The key that Claude Code uses is made for it, in a workspace of its own with its own limit; never an admin or shared key.",
        "A leaked key then costs one bounded workspace. A prefix tells the key's type, not its workspace, so the scope must be attested. A set ANTHROPIC_API_KEY also overrides a subscription login, in subagents too.",
        "Looks for Anthropic keys in the environment, settings, .env files, start-up files, .mcp.json, CI and tracked files, and for apiKeyHelper and a login; compares fingerprints between places.",
        "Console: new workspace, spend limit, key; then \"apiKeyHelper\": \"secret-tool lookup service claude-code\" in the user settings, and take the literal out; rotate what was written down.",
        Judge);

    private sealed record Sighting(SecretHit Hit, Place Place, string Source, string Kind);

    private static void Judge(AuditContext context, ItemResult item)
    {
        context.Settings.UsedBy(item);
        if (context.Options.UseHome) item.Use(context.ClientStateInput);
        var sightings = Find(context, item);
        foreach (var seen in sightings) Report(context, item, seen);
        ReportShared(item, sightings);

        var account = context.ClientState?["oauthAccount"] is { Kind: NodeKind.Map };
        var cloud = (string[])["CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX", "CLAUDE_CODE_USE_FOUNDRY"];
        var provider = cloud.Any(name => Words.IsTruthy(context.Settings.Variable(name)?.Value));
        var inUse = sightings.Where(seen => seen.Kind is "profile" or "settings").ToList();
        if (account && inUse.Count > 0)
            item.Warn("key-overrides-login", $"a key is set and an account is logged in: the key wins and is billed, in subagents too ({inUse[0].Source})", inUse[0].Place, "ANTHROPIC_API_KEY");
        var helper = context.Settings.Find("apiKeyHelper");
        if (helper is { Value.IsText: true })
        {
            item.NeedsPerson("whether the helper's key belongs to a workspace of its own, with its own limit, only a person can say", "anthropic-key", $"helper:{SecretHit.HashOf(helper.Text)[..16]}");
            return;
        }
        var api = sightings.Select(seen => seen.Hit.Fingerprint).Where(print => print is not null).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (api.Count > 0)
        {
            foreach (var print in api) item.NeedsPerson("whether the key belongs to a workspace of its own, with its own limit, only a person can say", "anthropic-key", $"key:{print}");
            return;
        }
        // Why first: what could not be read may hold the key.
        if (item.Unknown is not null) return;
        if (account || provider) item.NotApplicable = account ? "no API key found; the client uses a subscription login" : "no API key found; the client uses a cloud provider";
        else if (!context.Options.UseHome) item.NotApplicable = "not audited by request (--no-home)";
        else item.NeedsPerson("no key, helper or login was found in what was read; say where the client's key comes from", "anthropic-key", "key:none");
    }

    private static List<Sighting> Find(AuditContext context, ItemResult item)
    {
        var found = new List<Sighting>();
        void Add(IEnumerable<SecretHit> hits, Func<SecretHit, Place> at, string source, string kind)
        {
            foreach (var hit in hits.Where(hit => hit.IsAnthropic)) found.Add(new Sighting(hit, at(hit), source, kind));
        }
        foreach (var (name, value) in context.Options.Environment) Add(context.SecretsIn(value), _ => Place.None, $"environment {name}", "profile");
        foreach (var source in context.Settings.Sources)
            if (source.Input.Text.Length > 0) Add(context.SecretsIn(source.Input), hit => source.Input.At(hit.Offset), $"{source.Name} settings", "settings");
        var mcp = context.Inputs.Read(Path.Combine(context.Options.Project, ".mcp.json"));
        if (item.Use(mcp) is not null) Add(context.SecretsIn(mcp), hit => mcp.At(hit.Offset), ".mcp.json", "project");
        foreach (var file in context.Startup.Files.Where(file => file.HasText))
        {
            item.Use(file);
            var inProject = context.Roots.IsInProject(file.Path);
            Add(context.SecretsIn(file), hit => file.At(hit.Offset), $"{context.Roots.Show(file.Path)}", inProject ? "project" : "profile");
        }
        foreach (var file in context.Tree.Files.Where(file => (file.Name.Starts(".env") || file.Name.Ends(".env"))))
        {
            var input = context.Inputs.Read(file.Path);
            if (item.Use(input) is not null) Add(context.SecretsIn(input), hit => input.At(hit.Offset), file.Relative, "project");
        }
        foreach (var file in context.Ci.Files.Where(file => file.Input.HasText)) Add(context.SecretsIn(file.Input), hit => file.Input.At(hit.Offset), context.Roots.Show(file.Path), "ci");
        if (context.ClientStateInput.HasText && context.ClientStateInput.Text.Has("sk-ant-"))
            Add(context.SecretsIn(context.ClientStateInput), hit => context.ClientStateInput.At(hit.Offset), "client state", "other");
        foreach (var file in context.Instructions.Files.Where(file => file.Input.HasText && file.Input.Text.Has("sk-ant-")))
            Add(context.SecretsIn(file.Input), hit => file.Input.At(hit.Offset), context.Roots.Show(file.Path), context.Roots.IsInProject(file.Path) ? "project" : "profile");
        AddOtherProjects(context, Add);
        AddTracked(context, item, found, Add);
        return found;
    }

    /// <summary>The same key in another project's files; those projects are not audited, only compared.</summary>
    private static void AddOtherProjects(AuditContext context, Action<IEnumerable<SecretHit>, Func<SecretHit, Place>, string, string> add)
    {
        foreach (var project in (context.ClientState?["projects"]?.Members ?? []).Select(member => member.Key.TrimEnd('/')).Where(path => path.Length > 1 && path != context.Roots.Project && path != context.Roots.Home && Path.IsPathRooted(path)).Take(MaxOtherProjects))
            foreach (var name in (string[])[".env", ".env.local", ".envrc", ".mcp.json", ".claude/settings.json", ".claude/settings.local.json"])
                if (context.Inputs.Read(Path.Combine(project, name)) is { HasText: true } input && input.Text.Has("sk-ant-"))
                    add(context.SecretsIn(input), hit => input.At(hit.Offset), $"{context.Roots.Show(project)}/{name}", $"project {project}");
    }

    private static void AddTracked(AuditContext context, ItemResult item, List<Sighting> found, Action<IEnumerable<SecretHit>, Func<SecretHit, Place>, string, string> add)
    {
        if (!context.Repository.Exists) return;
        var known = found.Select(seen => seen.Place.Path).ToHashSet(StringComparer.Ordinal);
        long total = 0;
        foreach (var file in context.Tree.Files)
        {
            if (file.Bytes > 1 << 20 || known.Contains(file.Path) || !context.Repository.IsTracked(file.Path)) continue;
            if ((total += file.Bytes) > MaxTrackedBytes) break;
            if (!Mentions(item, file.Path)) continue;
            var input = context.Inputs.Read(file.Path);
            if (input.HasText) add(context.SecretsIn(input), hit => input.At(hit.Offset), file.Relative, "project");
        }
    }

    private static bool Mentions(ItemResult item, string path)
    {
        try
        {
            return RegularFile.Read(path).AsSpan().IndexOf("sk-ant-"u8) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            item.CannotTell("a file under version control cannot be read, and may hold a key", new Place(path));
            return false;
        }
    }

    private static void Report(AuditContext context, ItemResult item, Sighting seen)
    {
        var path = seen.Place.Path;
        var evidence = (KeyValuePair<string, string>[])[Said("source", seen.Source), Said("key", seen.Hit.Shown), Said("fingerprint", seen.Hit.Fingerprint ?? "none")];
        if (seen.Hit.Class == "anthropic-admin")
            item.Fail("admin-key", "an admin key is in reach: it can make keys and change members; the client must never hold one", seen.Place, seen.Source, Severity.Critical, seen.Hit.Fingerprint, null, evidence);
        if (path.Length == 0) return;
        var name = Path.GetFileName(path);
        var tracked = context.Repository.IsTracked(path);
        if (seen.Kind.Starts("project ")) return;
        if (seen.Source.Ends("settings") || name == ".mcp.json" || tracked)
            item.Fail("literal-key", tracked ? "an Anthropic key stands in a file under version control" : "an Anthropic key stands literally in a configuration file", seen.Place, seen.Source, null, seen.Hit.Fingerprint, null, evidence);
        else if (name.Starts(".env") || name.Ends(".env"))
            item.Warn("literal-key", "an Anthropic key stands in an untracked .env file, which the model can read", seen.Place, seen.Source, null, seen.Hit.Fingerprint, null, evidence);
    }

    private static void ReportShared(ItemResult item, List<Sighting> sightings)
    {
        foreach (var same in sightings.Where(seen => seen.Hit.Fingerprint is not null).GroupBy(seen => seen.Hit.Fingerprint!).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var kinds = same.Select(seen => seen.Kind == "settings" && seen.Source.Starts("user") ? "profile" : seen.Kind).Distinct(StringComparer.Ordinal).ToList();
            if (kinds.Count < 2) continue;
            item.Warn("shared-key", $"one key is used in {kinds.Count} unrelated places: {string.Join(", ", same.Select(seen => seen.Source).Distinct())}", same.First().Place, "key", null, same.Key);
        }
    }
}
