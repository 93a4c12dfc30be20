using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Audit.Secrets;
using Septim.Hooks.Audit.Surroundings;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>07: where the client runs in CI, the job gets few secrets by name, and strangers cannot start it with them.</summary>
internal static partial class CiSecretScope
{
    public static readonly AuditCheck Check = new(
        7, "ci-secret-scope", Severity.Critical,
        "Where Claude runs in CI, the job gets the few secrets that it needs, by name, and untrusted people cannot start it with them.",
        "A model that reads a stranger's issue and holds the deploy key does what the issue says.",
        "Parses the CI files to nodes (comments, anchors, merge keys and quoting understood) and looks at jobs that run the client, what they call, what they get and who can start them.",
        "Replace inheritance by secrets: { ANTHROPIC_API_KEY: ${{ secrets.ANTHROPIC_API_KEY }} }, set permissions: {contents: read, pull-requests: write}, timeout-minutes, and claude_args: --max-turns 20 --max-budget-usd 5.",
        Judge);

    private static readonly string[] Needed = ["ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN", "GITHUB_TOKEN", "APP_ID", "APP_PRIVATE_KEY", "CLAUDE_APP_ID", "CLAUDE_APP_PRIVATE_KEY", "BOT_APP_ID", "BOT_PRIVATE_KEY", "GH_APP_ID", "GH_APP_PRIVATE_KEY", "GITHUB_APP_ID", "GITHUB_APP_PRIVATE_KEY"];
    private static readonly string[] Dangerous = ["prod", "production", "aws", "database", "db", "stripe", "deploy", "live", "admin", "gcp", "azure", "ssh", "kube", "kubeconfig"];
    private static readonly string[] UntrustedTriggers = ["pull_request_target", "workflow_run", "issue_comment", "issues", "pull_request_review", "pull_request_review_comment", "discussion", "discussion_comment"];

    private static void Judge(AuditContext context, ItemResult item)
    {
        var ci = context.Ci;
        foreach (var file in ci.Files)
        {
            item.Use(file.Input);
            if (file.Error is not null) item.CannotTell(file.Error, new Place(file.Path));
        }
        if (!ci.AnyClaude)
        {
            foreach (var job in ci.Jobs.Where(job => job.Node["secrets"]?.Text == "inherit"))
                item.Info("secrets-inherit", $"job {job.Name} inherits all secrets; it does not run Claude", job.At(job.Node["secrets"]!), job.Name);
            if (item.Unknown is null) item.NotApplicable = ci.Files.Count == 0 ? "there are no CI files" : "nothing runs Claude in CI";
            return;
        }
        foreach (var job in ci.Jobs)
            if (ci.RunsClaude(job, out var unclear)) Job(context, item, job, unclear);
        foreach (var file in ci.Files.Where(file => file.Input.HasText)) Literals(context, item, file);
        Others(context, item);
    }

    private static void Job(AuditContext context, ItemResult item, CiJob job, bool unclear)
    {
        var shown = context.Roots.Show(job.File.Path);
        if (job.Node["secrets"] is { IsScalar: true, Text: "inherit" } inherit)
            item.Fail("secrets-inherit", $"job {job.Name} hands every secret of the repository to {(unclear ? "a workflow that cannot be read here" : "a workflow that runs Claude")}", job.At(inherit), job.Name, null, null, FixProposal.Guided("secrets:\n  ANTHROPIC_API_KEY: ${{ secrets.ANTHROPIC_API_KEY }}"), Said("job", job.Name));
        foreach (var (path, value) in job.Node.Scalars().Concat(Env(job.File.Root, "env")))
        {
            if (!value.Text.Has("secrets")) continue;
            if (AllSecrets().IsMatch(value.Text))
                item.Fail("all-secrets", $"job {job.Name} gets all secrets at once ({path})", job.At(value), job.Name, null, null, FixProposal.Guided("name the ones that it needs: ${{ secrets.ANTHROPIC_API_KEY }}"), Said("job", job.Name));
        }
        Secrets(item, job);
        if (job.Uses.Length == 0 && job.Name != "action") Permissions(item, job);
        Untrusted(item, job, shown);
    }

    private static void Secrets(ItemResult item, CiJob job)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var scopes = new List<(string Where, IEnumerable<(string, Node Value)> Values)>
        {
            ("workflow env", Env(job.File.Root, "env")),
            ("job env", Env(job.Node, "env")),
            ("secrets", job.Uses.Length > 0 ? Env(job.Node, "secrets") : []),
            ("with", job.Uses.Length > 0 ? Env(job.Node, "with") : []),
        };
        foreach (var step in job.Steps.Where(step => step.HandsToClaude)) scopes.Add((step.Name, step.Node.Scalars().Select(part => (part.Path, part.Value))));
        foreach (var (where, values) in scopes)
            foreach (var (_, value) in values)
                foreach (Match match in SecretName().Matches(value.Text))
                {
                    var name = match.Groups["n"].Value;
                    if (Needed.Contains(name) || IsIdentity(name) || (!Words.HasToken(name, Dangerous) && (name.Starts("ANTHROPIC_") || name.Starts("CLAUDE_"))) || name.Ends("_APP_ID") || name.Ends("_APP_PRIVATE_KEY") || name.Has("OIDC") || name.Has("WORKLOAD_IDENTITY") || name.Has("ROLE_ARN") || name.Has("ROLE_TO_ASSUME") || !seen.Add(name)) continue;
                    var evidence = (KeyValuePair<string, string>[])[Said("job", job.Name), Said("step", where), Said("secret", name)];
                    if (Words.HasToken(name, Dangerous)) item.Fail("unneeded-secret", $"the Claude job {job.Name} gets the secret {name} ({where})", job.At(value), name, null, null, Elsewhere(name), evidence);
                    else item.Warn("unneeded-secret", $"the Claude job {job.Name} gets the secret {name}, which it should not need ({where})", job.At(value), name, null, null, Elsewhere(name), evidence);
                }
    }

    private static FixProposal Elsewhere(string name) => FixProposal.Guided($"take {name} out of this job; steps that need it belong in a job without Claude");

    /// <summary>Inputs of a login by identity token: ids and names, no secrets.</summary>
    private static bool IsIdentity(string name) => name is "AZURE_CLIENT_ID" or "AZURE_TENANT_ID" or "AZURE_SUBSCRIPTION_ID" or "GCP_SERVICE_ACCOUNT" or "GCP_PROJECT_ID" or "AWS_REGION" or "AWS_ACCOUNT_ID" or "AWS_DEFAULT_REGION";

    private static void Permissions(ItemResult item, CiJob job)
    {
        var permissions = job.Node["permissions"] ?? job.File.Root?["permissions"];
        if (permissions is null)
            item.Warn("write-all", $"job {job.Name} has no permissions key: the token may do what the repository's default allows", job.At(job.Node), job.Name, null, null, FixProposal.Guided("permissions:\n  contents: read\n  pull-requests: write"), Said("job", job.Name));
        else if (permissions.Text == "write-all")
            item.Fail("write-all", $"job {job.Name} may write everything in the repository", job.At(permissions), job.Name, null, null, FixProposal.Guided("permissions:\n  contents: read\n  pull-requests: write"), Said("job", job.Name));
    }

    private const string Checkout = "it checks out the stranger's code";
    private const string CheckoutWay = "check out the base branch (no ref), or use pull_request, which gets no secrets from a fork";

    private static void Untrusted(ItemResult item, CiJob job, string shown)
    {
        var triggers = job.File.Triggers.Where(trigger => UntrustedTriggers.Contains(trigger)).ToList();
        if (triggers.Count == 0) return;
        var hasSecrets = job.Node.Scalars().Any(part => part.Value.Text.Has("secrets.")) || job.Node["secrets"] is not null || Env(job.File.Root, "env").Any(part => part.Value.Text.Has("secrets."));
        if (!hasSecrets) return;
        string? why = null;
        var way = "";
        Node? at = null;
        foreach (var step in job.Steps.Where(step => !step.IsOff))
        {
            if (step.Uses.Starts("actions/checkout") && step.Node["with"] is { } with && (with["ref"]?.Text + with["repository"]?.Text) is { } reference && (reference.Has("pull_request.head") || reference.Has("github.head_ref") || reference.Has("workflow_run.head") || reference.Has("refs/pull/")))
                (why, at, way) = (Checkout, with["ref"] ?? with, CheckoutWay);
            foreach (var key in (string[])["allowed_non_write_users", "allowed_bots"])
                if (step.Node.At($"with.{key}") is { Text: "*" } open) (why, at, way) = ($"{key} lets everybody start it", open, $"name who may start it in {key}, or take it out");
            var texts = new List<Node?> { step.Script, step.Node.At("with.prompt"), step.Node.At("with.direct_prompt"), step.Node.At("with.custom_instructions"), step.Node.At("with.claude_args"), step.Node.At("with.system_prompt"), step.Node.At("with.append_system_prompt"), step.Node.At("with.override_prompt"), step.Node.At("with.script") };
            if (HeadCheckout().IsMatch(step.Run)) (why, at, way) = (Checkout, step.Script, CheckoutWay);
            foreach (var text in texts)
                if (text is not null && EventText().IsMatch(text.Text)) (why, at, way) = ("text that a stranger writes is put into the prompt or a command", text, "take ${{ github.event… }} out of the prompt and the commands; let only people with write access start the job, or give it no secrets");
        }
        if (why is not null)
            item.Fail("untrusted-trigger", $"{string.Join(", ", triggers)} starts job {job.Name} with secrets, and {why}", job.At(at!), job.Name, null, null, FixProposal.Guided(way), Said("job", job.Name), Said("file", shown));
    }

    private static void Literals(AuditContext context, ItemResult item, CiFile file)
    {
        foreach (var hit in context.SecretsIn(file.Input))
        {
            if (hit.Class == "password-assignment")
            {
                Password(item, file, hit);
                continue;
            }
            if (hit.Life == SecretLife.Test || hit.IsTrivial) continue;
            // Why: a comment is in the repository as much as any other line.
            item.Fail("literal", $"a secret ({hit.Class}) stands in a CI file", file.Input.At(hit.Offset), hit.Class, null, hit.Fingerprint, FixProposal.Manual("move it to the service's secret store and rotate it"), Said("found", hit.Shown));
        }
    }

    /// <summary>A password of no known shape: random and long enough it is one, otherwise what a service container of a test gets.</summary>
    private static void Password(ItemResult item, CiFile file, SecretHit hit)
    {
        if (hit.Value.Length < 10 || Entropy.Of(hit.Value) < 3.0 || Words.HasToken(hit.Value, "test", "ci", "dev", "local")) return;
        var evidence = Said("found", hit.Shown);
        var message = $"a literal follows \"{Words.Quote(hit.Name ?? "password", 40)}\" in a CI file";
        if (hit.Value.Length >= 12 && Entropy.IsMixed(hit.Value)) item.Fail("literal", message, file.Input.At(hit.Offset), hit.Name ?? "", Severity.High, null, FixProposal.Manual("move it to the service's secret store and rotate it"), evidence);
        else item.Warn("literal", message, file.Input.At(hit.Offset), hit.Name ?? "", Severity.Medium, null, null, evidence);
    }

    private static void Others(AuditContext context, ItemResult item)
    {
        foreach (var file in context.Ci.Files.Where(file => file.Service != "github" && CiFiles.RunsClaudeElsewhere(file)))
        {
            if (file.Service == "circleci")
                foreach (var list in Contexts(file.Root)) item.Warn("context", "a context hands all its variables to the job", new Place(file.Path, list.Line), "context", Severity.High, null, FixProposal.Guided("use a context of its own, with the variables that Claude needs"));
            item.NeedsPerson($"variables of the {file.Service} project or group cannot be seen from files", $"ci:{file.Service}", "ci:" + SecretHit.HashOf(context.Roots.Show(file.Path))[..16]);
        }
    }

    private static IEnumerable<Node> Contexts(Node? node)
    {
        if (node is null) yield break;
        foreach (var member in node.Members)
        {
            if (member.Key == "context") yield return member.Value;
            foreach (var inner in Contexts(member.Value)) yield return inner;
        }
        foreach (var inner in node.Items)
            foreach (var found in Contexts(inner)) yield return found;
    }

    private static IEnumerable<(string Path, Node Value)> Env(Node? node, string key) => node?[key] is { Kind: NodeKind.Map } map ? map.Scalars(key) : [];

    [GeneratedRegex(@"toJSON\(\s*secrets\s*\)|\$\{\{\s*secrets\s*\}\}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)] private static partial Regex AllSecrets();
    [GeneratedRegex(@"\bsecrets\s*(\.\s*|\[\s*['""])(?<n>[A-Za-z_][A-Za-z0-9_]*)", RegexOptions.CultureInvariant)] private static partial Regex SecretName();

    [GeneratedRegex(@"\bgh\s+pr\s+checkout\b|git\s+(fetch|pull)\b[^\n]{0,80}\bpull/|git\s+checkout\b[^\n]{0,80}(pull_request\.head|head_ref)", RegexOptions.CultureInvariant)] private static partial Regex HeadCheckout();

    [GeneratedRegex(@"\$\{\{[^}]*toJSON\(\s*github(\.event)?(\.(issue|comment|pull_request|review))?\s*\)|\$\{\{[^}]*github\.(event\.(issue|pull_request|comment|review|discussion|head_commit|workflow_run)(\.\w+)*\.(body|title|message|ref|label|head_branch|display_title)|head_ref)", RegexOptions.CultureInvariant)]
    internal static partial Regex EventText();
}
