using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Audit.Surroundings;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>16: secret files cannot be read by the file tools, and generated trees stay out of context.</summary>
internal static class ReadExclusions
{
    public static readonly AuditCheck Check = new(
        16, "read-exclusions", Severity.High,
        "Secret files cannot be read by the file tools, and bulky generated trees stay out of context.",
        ".claudeignore has no effect (measured: the tools returned the ignored file). permissions.deny with Read(…) stops Read and recognised Bash readers; against other programs only the sandbox helps.",
        "Matches the deny rules as the client does against the sensitive files, generated trees, tracked binaries and lock files that exist.",
        "Add \"permissions\": {\"deny\": [\"Read(.env)\", \"Read(.env.*)\", \"Read(secrets/**)\", \"Read(**/*.pem)\", \"Read(node_modules/**)\"]} to the project settings; Read(.env.*) also hides .env.example.",
        Judge);

    private static readonly (string Pattern, string Rule)[] Sensitive =
    [
        (".env", "Read(.env)"), (".env.*", "Read(.env.*)"), ("*.pem", "Read(**/*.pem)"), ("*.key", "Read(**/*.key)"), ("id_rsa*", "Read(**/id_rsa*)"), ("id_ed25519*", "Read(**/id_ed25519*)"), ("*.p12", "Read(**/*.p12)"), ("*.pfx", "Read(**/*.pfx)"),
        ("*.tfstate*", "Read(**/*.tfstate*)"), ("credentials.json", "Read(**/credentials.json)"), ("service-account*.json", "Read(**/service-account*.json)"),
    ];

    private static readonly string[] AtHome = [".ssh", ".aws", ".gnupg", ".kube", ".config/gh", ".npmrc", ".netrc", ".git-credentials"];
    private static readonly string[] Binaries = [".png", ".jpg", ".jpeg", ".pdf", ".zip", ".mp4"];
    private static readonly string[] Locks = ["package-lock.json", "yarn.lock", "pnpm-lock.yaml", "poetry.lock", "uv.lock", "Cargo.lock", "Gemfile.lock", "composer.lock", "bun.lock", "bun.lockb", "go.sum", "packages.lock.json"];

    private static void Judge(AuditContext context, ItemResult item)
    {
        context.Settings.UsedBy(item);
        var rules = Rules(context, item);
        bool Covered(string path) => rules.Exists(rule => rule.Covers(path));
        var any = false;
        foreach (var file in context.Tree.Files)
        {
            if (RuleFor(file) is not { } rule) continue;
            any = true;
            if (!Covered(file.Path)) Readable(context, item, file.Path, file.Relative, rule, $"{file.Bytes} bytes");
        }
        foreach (var relative in context.Options.UseHome ? AtHome : [])
        {
            var path = Path.Combine(context.Options.Home, relative);
            var folder = Directory.Exists(path);
            if ((folder || File.Exists(path)) && !Covered(folder ? path + "/x" : path)) Readable(context, item, path, "~/" + relative, folder ? $"Read(~/{relative}/**)" : $"Read(~/{relative})", folder ? "directory" : "file");
        }
        foreach (var heavy in context.Tree.HeavyDirectories)
            if (!Covered(heavy.Path + "/x"))
                item.Fail("heavy-readable", $"{heavy.Relative} ({heavy.Files} files, {heavy.Bytes / 1_000_000} MB) can be read into context", new Place(heavy.Path), heavy.Relative, Severity.Medium, null, Deny(context, $"Read({heavy.Relative}/**)"), Said("files", $"{heavy.Files}"), Said("bytes", $"{heavy.Bytes}"));
        ClaudeIgnore(context, item, rules);
        Bulk(context, item, Covered);
        if (!any && !Covered(Path.Combine(context.Options.Project, ".env")))
            item.Warn("no-baseline", "no deny rule covers .env files; one will be made some day", new Place(context.Settings.ProjectPath), ".env", Severity.Medium, null, Deny(context, "Read(.env)", "Read(.env.*)"));
        item.Note = $"{Plural.Of(rules.Count, "rule")} cover{(rules.Count == 1 ? "s" : "")} what is sensitive or bulky";
    }

    private static List<ReadRule> Rules(AuditContext context, ItemResult item)
    {
        var rules = new List<ReadRule>();
        foreach (var deny in context.Settings.List("permissions.deny"))
        {
            var text = deny.Text;
            var root = deny.Source.IsInProject ? context.Options.Project : deny.Source.IsManaged ? context.Options.ManagedDirectory : context.Options.ConfigDirectory;
            if (text is "Read" or "Read(*)" or "Read(**)")
            {
                rules.Add(new ReadRule("//**", root, context.Options));
                continue;
            }
            var open = text.IndexOf('(');
            if (open < 0 || !text.EndsWith(')')) continue;
            var (tool, pattern) = (text[..open], text[(open + 1)..^1]);
            if (tool is "Write" or "Glob" or "NotebookEdit")
                item.Fail("dead-rule", $"the rule {text} is never consulted: path rules of {tool} have no effect", deny.Place, text, null, null, FixProposal.Guided(tool == "Glob" ? $"Read({pattern})" : $"Edit({pattern})"));
            else if (tool == "Read")
            {
                if (AnchorMistake(context, deny, pattern, root) is { } why) item.Fail("dead-rule", $"the rule {text} can never match: {why}", deny.Place, text, null, null, FixProposal.Guided($"Read(/{pattern}) for an absolute path, Read({pattern.TrimStart('/')}) for one in the project"));
                rules.Add(new ReadRule(pattern, root, context.Options));
            }
        }
        foreach (var path in context.Settings.List("sandbox.filesystem.denyRead"))
            rules.Add(new ReadRule(path.Text.Starts("/") ? "/" + path.Text : path.Text, context.Options.Project, context.Options));
        return rules;
    }

    private static string? AnchorMistake(AuditContext context, Setting deny, string pattern, string root)
    {
        if (!pattern.StartsWith('/') || pattern.Starts("//")) return null;
        var head = pattern[1..].Split('/', '*')[0];
        if (head.Length > 0 && Path.Exists(Path.Combine(root, head))) return null;
        if (deny.Source.Name == "user") return "a single leading slash in the user settings means the configuration directory";
        return pattern.Starts(context.Options.Home + "/") || head is "home" or "Users" or "root" or "etc" or "var" or "opt" or "mnt" ? "a single leading slash means the project; an absolute path needs two" : null;
    }

    private static string? RuleFor(TreeFile file)
    {
        var name = file.Name.ToLowerInvariant();
        if (name.Ends(".example") || name.Ends(".sample") || name.Ends(".template") || name.Ends(".dist") || name.Ends(".pub")) return null;
        if (file.Relative.Starts("secrets/") || file.Relative.Has("/secrets/")) return "Read(secrets/**)";
        foreach (var (pattern, rule) in Sensitive)
            if (Words.Matches(name, pattern)) return rule;
        return null;
    }

    private static void Readable(AuditContext context, ItemResult item, string path, string shown, string rule, string size) =>
        item.Fail("sensitive-readable", $"no deny rule covers {shown}: the file tools can read it", new Place(path), shown, null, null, Deny(context, rule), Said("size", size), Said("rule to add", rule));

    private static FixProposal Deny(AuditContext context, params string[] rules) => new(
        "auto", $"--fix adds {string.Join(" and ", rules)} to permissions.deny of the project settings",
        new FixEdit(context.Settings.ProjectPath, FixEditKind.AppendToList, ["permissions", "deny"], string.Join('\n', rules)));

    private static void ClaudeIgnore(AuditContext context, ItemResult item, List<ReadRule> rules)
    {
        item.Use(context.Inputs.Read(Path.Combine(context.Options.Project, ".claudeignore")));
        foreach (var file in context.Tree.Files.Where(file => file.Name == ".claudeignore").ToList())
            if (item.Use(context.Inputs.Read(file.Path)) is { } input) ClaudeIgnore(context, item, rules, input, Path.GetDirectoryName(file.Path)!);
    }

    private static void ClaudeIgnore(AuditContext context, ItemResult item, List<ReadRule> rules, Input input, string folder)
    {
        var uncovered = new List<string>();
        foreach (var line in input.Text.Split('\n').Select(line => line.Trim()))
        {
            if (line.Length == 0 || line[0] is '#' or '!') continue;
            var sample = line.TrimStart('/').Replace("**/", "", StringComparison.Ordinal).Replace("**", "x", StringComparison.Ordinal).Replace("*", "x", StringComparison.Ordinal);
            var path = Path.Combine(folder, sample.TrimEnd('/')).Replace('\\', '/');
            if (!rules.Exists(rule => rule.Covers(path) || rule.Covers(path + "/x"))) uncovered.Add(line);
        }
        if (uncovered.Count > 0)
            item.Fail("claudeignore-only", $".claudeignore has no effect, and no deny rule covers {string.Join(", ", uncovered.Take(10))}: a false sense of safety", new Place(input.Path), ".claudeignore", null, null, Deny(context, [.. uncovered.Select(pattern => $"Read({pattern.TrimStart('/').TrimEnd('/')}{(pattern.Ends("/") ? "/**" : "")})")]), Said("uncovered", string.Join(", ", uncovered)));
        else item.Info("claudeignore", ".claudeignore has no effect; deny rules cover its patterns, so it may be deleted", new Place(input.Path), ".claudeignore");
    }

    private static void Bulk(AuditContext context, ItemResult item, Func<string, bool> covered)
    {
        var binaries = context.Tree.Files.Where(file => Binaries.Contains(Path.GetExtension(file.Name).ToLowerInvariant()) && context.Repository.IsTracked(file.Path) && !covered(file.Path)).ToList();
        if (binaries.Sum(file => file.Bytes) > 5_000_000)
            item.Warn("binary", $"{binaries.Count} binary files of {binaries.Sum(file => file.Bytes) / 1_000_000} MB under version control can be read into context", new Place(binaries.MaxBy(file => file.Bytes)!.Path), "binary", Severity.Low);
        foreach (var file in context.Tree.Files.Where(file => Locks.Contains(file.Name) && file.Bytes > 200_000 && !covered(file.Path)))
            item.Warn("lockfile", $"{file.Relative} ({file.Bytes / 1000} KB) can be read into context", new Place(file.Path), file.Relative, Severity.Low, null, Deny(context, $"Read({file.Relative})"));
    }
}
