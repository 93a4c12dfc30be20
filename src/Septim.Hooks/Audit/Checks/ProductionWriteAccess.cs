using Septim.Hooks.Audit.Secrets;
using Septim.Hooks.Audit.Surroundings;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>04: the user behind Bash calls cannot write to production, or a sandbox holds them.</summary>
internal static class ProductionWriteAccess
{
    public static readonly AuditCheck Check = new(
        4, "production-write-access", Severity.Critical,
        "Bash calls run as the current user; that user, with the credentials in reach, cannot write to production, or the calls run inside a sandbox that cannot reach it.",
        "A model that deletes a production database did so with rights that somebody had left in reach. Permission modes and the native sandbox belong here; the tool is named Bash, not BashTool.",
        "Looks at the user, permission mode, allow rules for infrastructure tools, aliases and scripts that skip permissions, active cloud, cluster and registry identities, and the sandbox.",
        "Use a separate user or role that cannot write to production; \"permissions\": {\"disableBypassPermissionsMode\": \"disable\"}; \"sandbox\": {\"enabled\": true, \"failIfUnavailable\": true, \"allowUnsandboxedCommands\": false}.",
        Judge);

    private static readonly string[] Tools =
    [
        "aws", "az", "gcloud", "kubectl", "helm", "terraform", "tofu", "pulumi", "psql", "mysql", "mongosh", "redis-cli", "ssh", "scp", "rsync", "docker", "fly", "flyctl", "heroku", "vercel", "wrangler",
    ];

    private static readonly string[] ReadOnlyWords =
    [
        "get", "describe", "list", "ls", "show", "logs", "plan", "validate", "fmt", "version", "status", "view", "ps", "images", "inspect", "explain", "top", "diff", "output", "template", "lint", "whoami", "info",
        "history", "search", "help", "preview", "tail", "graph", "cluster-info", "api-resources", "get-contexts", "current-context", "--version", "--help", "stats", "port", "events", "can-i", "get-caller-identity",
    ];

    /// <summary>Words that change something, whatever stands beside them.</summary>
    private static readonly string[] ChangingWords =
    [
        "apply", "destroy", "delete", "create", "exec", "scale", "patch", "edit", "replace", "drain", "cordon", "rm", "mv", "put", "set", "push", "deploy", "upgrade", "install", "uninstall", "rollback", "import", "taint", "untaint", "update",
        "terminate-instances", "run-instances", "up", "down", "restart", "start", "stop", "kill", "prune", "sync", "cp", "remove", "publish", "rollout", "attach", "copy",
    ];

    private static void Judge(AuditContext context, ItemResult item)
    {
        context.Settings.UsedBy(item);
        foreach (var file in context.Startup.Files) item.Use(file);
        var options = context.Options;
        // Why only then: a mark of this machine says nothing about a home that somebody else lives in.
        var container = (Machine.IsLive(options) || options.SystemRoot != "/") && Machine.IsContainer(options);
        var sandbox = context.Settings.Find("sandbox.enabled") is { Value.IsTrue: true };
        if (Machine.IsLive(options))
        {
            if (Environment.IsPrivilegedProcess && !container)
                item.Fail("root", "the client would run as root outside a container: every Bash call may do anything", subject: "uid", fix: FixProposal.Manual("run the client as an ordinary user, or in a container"));
            foreach (var group in Machine.RiskyGroups(options, Environment.UserName))
                item.Warn("docker-group", $"the user is a member of {group}, which is root by another name", subject: group);
        }
        Bypass(context, item, container || sandbox);
        foreach (var rule in context.Settings.List("permissions.allow")) Allow(item, rule);
        var identities = Identities.Find(context, item);
        foreach (var identity in identities) Report(item, identity);
        foreach (var path in Directory.Exists(Path.Combine(options.Home, ".terraform.d")) ? Directory.GetFiles(Path.Combine(options.Home, ".terraform.d"), "credentials*") : [])
            item.Info("terraform-credentials", "Terraform credentials are in reach", new Place(path), "terraform");
        if (!sandbox && !container) item.Info("no-sandbox", "neither a sandbox nor a container confines Bash calls", subject: "sandbox");
        if (!options.UseHome)
        {
            if (item.Unknown is null) item.NotApplicable = "not audited by request (--no-home)";
            return;
        }
        var active = identities.Where(identity => identity.IsActive).Select(identity => identity.Shown).Order(StringComparer.Ordinal);
        item.NeedsPerson("what the credentials in reach may do cannot be seen from files", "production-access", "ids:" + SecretHit.HashOf(string.Join('\n', active))[..16]);
    }

    private static void Bypass(AuditContext context, ItemResult item, bool confined)
    {
        // Why apart: what confines this machine is not there where a CI job runs; the project's own settings are.
        if (!context.Settings.Sources.Any(source => source.Name == "project" && source.Root?.At("sandbox.enabled") is { IsTrue: true }))
            foreach (var run in context.Runs.All.Where(run => run.Kind == "ci" && Skips(run.Command) && !InContainer(context, run)))
                item.Fail("bypass-default", "a CI line starts the client with --dangerously-skip-permissions", run.Place, run.Kind, null, null, FixProposal.Guided("take the flag out and allow what the job needs by name (--allowedTools), or run the job in a container"));
        if (confined) return;
        if (context.Settings.Find("permissions.defaultMode") is { Text: "bypassPermissions" } mode)
            item.Fail("bypass-default", $"the {mode.Source.Name} settings make bypassPermissions the default: no call is ever asked about", mode.Place, "permissions.defaultMode", null, null, BypassFix(context));
        foreach (var line in context.Startup.Lines.Where(line => Skips(line.Text) && line.Text.Has("claude")))
            item.Fail("bypass-default", "a start-up file starts the client with --dangerously-skip-permissions", line.Place, "alias", null, null, BypassFix(context));
        foreach (var (file, input) in context.Sources.Files)
            foreach (var (line, offset) in ClaudeCommand.FindAny(input.Text))
                if (Skips(line)) item.Fail("bypass-default", "a script starts the client with --dangerously-skip-permissions", input.At(offset), file.Relative, null, null, BypassFix(context));
        foreach (var run in context.Runs.All.Where(run => run.Kind is not ("script" or "ci") && Skips(run.Command)))
            item.Fail("bypass-default", $"a {run.Kind} line starts the client with --dangerously-skip-permissions", run.Place, run.Kind, null, null, BypassFix(context));
    }

    private static bool Skips(string line) => line.Has("--dangerously-skip-permissions") || line.Has("--permission-mode bypassPermissions") || line.Has("--permission-mode=bypassPermissions");

    private static bool InContainer(AuditContext context, ClaudeRun run) =>
        context.Ci.Jobs.Any(job => job.File.Path == run.Place.Path && job.RunsClaudeItself && job.Node["container"] is not null)
        || context.Ci.Files.Any(file => file.Service != "github" && file.Path == run.Place.Path && file.Root?.Scalars().Any(part => Words.Matches("." + part.Path, "*.image") || Words.Matches("." + part.Path, "*.image.name")) == true);

    private static FixProposal BypassFix(AuditContext context) => context.Settings.Find("permissions.disableBypassPermissionsMode") is { Text: "disable" }
        ? FixProposal.Guided("take the flag or the mode out (disableBypassPermissionsMode is set already)")
        : new(
        "auto", $"take the flag out; --fix adds \"permissions\": {{\"disableBypassPermissionsMode\": \"disable\"}} to the {(context.Options.UseHome ? "user" : "project")} settings",
        new FixEdit(context.Options.UseHome ? context.Settings.UserPath : context.Settings.ProjectPath, FixEditKind.SetIfAbsent, ["permissions", "disableBypassPermissionsMode"], "\"disable\""));

    private static void Allow(ItemResult item, Setting rule)
    {
        var text = rule.Text;
        if (text is "Bash" or "Bash(*)" or "Bash(:*)" or "Bash(**)" or "PowerShell" or "PowerShell(*)")
        {
            item.Fail("infra-allow", $"the allow rule {text} lets every infrastructure tool run without a question", rule.Place, text, Severity.High, null, FixProposal.Guided("allow commands by name, for example Bash(npm test *)"), Said("source", $"{rule.Source.Name} settings"));
            return;
        }
        var open = text.Starts("Bash(") ? 5 : text.Starts("PowerShell(") ? 11 : 0;
        if (open == 0 || !text.EndsWith(')') || !text.Has("*")) return;
        var words = text[open..^1].Replace(":*", " *", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        words = [.. words.SkipWhile(word => word is "sudo" or "command" or "time" or "env" || word.IndexOf('=') > 0)];
        if (words.Length == 0) return;
        var tool = words[0].TrimEnd('*');
        tool = tool[(tool.LastIndexOf('/') + 1)..];
        var isInfra = Tools.Contains(tool) || tool.Starts("ansible") || (tool == "gh" && words.Length > 1 && words[1] == "api");
        var reads = words.Skip(1).TakeWhile(word => !word.StartsWith('*')).Any(word => ReadOnlyWords.Contains(word.TrimEnd('*')) || word.Starts("describe-") || word.Starts("list-") || word.Starts("get-") || word.Starts("head-") || word.Starts("batch-get-") || word.Starts("lookup-"));
        if (!isInfra || (reads && !words.Skip(1).Any(word => ChangingWords.Contains(word.TrimEnd('*'))))) return;
        item.Fail(
            "infra-allow", $"the allow rule {text} lets every use of {tool} run without a question, changing ones too", rule.Place, text, Severity.High, null,
            FixProposal.Guided($"replace it by read-only forms, for example Bash({tool} {(tool is "terraform" or "tofu" ? "plan" : "get")} *)"), Said("source", $"{rule.Source.Name} settings"));
    }

    private static void Report(ItemResult item, Identity identity)
    {
        if (!identity.IsProduction && !identity.HasAdminRole) return;
        var evidence = (KeyValuePair<string, string>[])[Said("identity", identity.Shown), Said("active", identity.IsActive ? "yes" : "no")];
        if (identity.IsActive && identity.IsProduction && identity.IsAdmin && !identity.IsReadOnly)
            item.Fail("prod-identity", $"the active {identity.Kind} identity {identity.Name} is an administrator of production", identity.Place, identity.Name, null, null, null, evidence);
        else
            item.Warn("prod-identity", $"{(identity.IsActive ? "the active" : "the")} {identity.Kind} identity {identity.Name} {(identity.IsProduction ? "names production" : "is an administrator")}", identity.Place, identity.Name, identity.IsReadOnly ? Severity.Low : null, null, null, evidence);
    }
}
