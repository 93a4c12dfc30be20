namespace Septim.Hooks.Gates.BashRules;

/// <summary>Something on a hosted service is deleted: repositories, releases, secrets, flags, payments data, backups, monitors.</summary>
internal static class PlatformDelete
{
    public static readonly BashRule Rule = new("platform-delete", BashSeverity.High)
    {
        Reason = "it deletes on a hosted service, where others see it at once and nothing brings it back",
        Alternative = "gh repo view o/r",
        Denies =
        [
            "gh repo delete o/r --yes",
            "gh repo archive o/r",
            "gh release delete v1.0.0",
            "gh secret delete TOKEN",
            "gh api -X DELETE repos/o/r",
            "gh api --method DELETE /repos/o/r/hooks/1",
            "gh api graphql -f query='mutation { deleteRef(input: {refId: \"x\"}) { clientMutationId } }'",
            "gh repo edit o/r --visibility public",
            "glab repo delete group/x",
            "glab variable delete CI_TOKEN",
            "glab api -X DELETE projects/1",
            "curl -X DELETE https://api.github.com/repos/o/r",
            "curl --request DELETE https://api.stripe.com/v1/customers/cus_1",
            "http DELETE https://api.example.com/v1/users/1",
            "curl -X PATCH https://api.github.com/repos/o/r -d '{\"archived\":true}'",
            "stripe customers delete cus_1",
            "op item delete 'Database Password'",
            "doppler projects delete backend --yes",
            "vault kv destroy -versions=1 secret/a",
            "vault delete secret/a",
            "ldcli flags delete my-flag --project p",
            "pd service delete P1",
            "restic forget --keep-last 1 --prune",
            "borg delete repo::archive",
            "circleci context delete org x",
            "gitlab-runner unregister --all-runners",
            "java -jar jenkins-cli.jar -s http://j/ delete-job x",
            "echo 'update delete a.example.com' | nsupdate",
            "python3 -c \"import requests; requests.request('DELETE', 'https://api.github.com/repos/o/r')\"",
            "node -e \"fetch('https://api.github.com/repos/o/r', {method: 'DELETE'})\"",
            "node -e \"axios({method: 'delete', url: 'https://api.github.com/repos/o/r'})\"",
        ],
        Asks = ["curl -X DELETE http://localhost:3000/users/1", "gh run delete 1", "gh cache delete --all", "gh workflow disable ci", "borg break-lock repo", "gh pr merge 1 --admin"],
        Passes =
        [
            "gh pr create --title delete --body x",
            "gh pr view 1",
            "gh pr close 1",
            "gh pr merge 42 --merge",
            "gh api repos/o/r",
            "curl -X PATCH https://api.github.com/repos/o/r -d '{\"description\":\"x\"}'",
            "gh repo view o/r",
            "gh release view v1.0.0",
            "gh issue create --title 'gh repo delete'",
            "glab mr list",
            "curl https://api.github.com/repos/o/r",
            "curl -X POST https://api.example.com/v1/messages -d 'DELETE'",
            "stripe products list",
            "op item get x",
            "vault kv get secret/a",
            "restic snapshots",
            "restic forget --keep-last 1 --dry-run",
            "borg list ::",
            "split -b 10M big.bin part-",
            "ldcli flags list",
            "gh alias delete x",
            "python3 -c \"import requests; requests.request('GET', 'https://api.github.com/repos/o/r')\"",
            "node -e \"fetch('https://api.github.com/repos/o/r', {method: 'GET'})\"",
            "python3 -c \"cache.delete('https://x.io/y')\"",
        ],
        Judge = Judge,
    };

    private const string Values = "-R --repo -X --method -f --raw-field -F --field -H --header -q --jq -t --template --hostname -e --env -o --org -u --user -p --project -b --body --title --limit -L --app --vault --account --config -c --api-key --access-token --token --stack -s -i --server -g --group --profile --workspace --environment --site --environment-id --name -r --repo2 --password-file --format --json --visibility";

    private static BashFinding? Judge(RuleCase at)
    {
        switch (at.Name)
        {
            case "gh" or "hub": return GitHub(CommandPath.Read(at.Arguments, Values));
            case "glab" or "tea" or "bb": return GitLab(CommandPath.Read(at.Arguments, Values));
            case "curl" or "wget" or "http" or "https" or "httpie" or "xh" or "xhs": return Http(at);
            case "vault" or "bao": return Vault(CommandPath.Read(at.Arguments, "-namespace -address --namespace -ca-cert -mount -format"));
            case "restic" or "rustic" or "borg" or "borgmatic" or "kopia" or "duplicity" or "duplicacy" or "rdiff-backup" or "tarsnap" or "pgbackrest" or "wal-g" or "barman" or "bacula": return Backup(at);
            case "split": return at.Argument(1) is "delete" or "kill" or "archive" && at.Argument(0) is "splits" or "environments" or "workspaces" or "segments" or "traffic-types" or "apikeys" ? BashFinding.Plain : null;
            case "java": return Jenkins(at);
            case "jenkins-cli": return Deletes(at, CommandPath.Read(at.Arguments, Values));
            case "nsupdate" or "knsupdate" when at.Arguments.Length > 0 && !at.Arguments[^1].StartsWith("-"): return BashFinding.Medium;
            case "nsupdate" or "knsupdate": return at.Invocation.Input.Content?.Shown.Contains("delete", StringComparison.OrdinalIgnoreCase) == true ? BashFinding.Plain : null;
            case "splunk": return at.Argument(0) is "clean" or "remove" or "delete" ? BashFinding.Plain : null;
            case "gitlab-runner": return at.Argument(0) is "unregister" ? BashFinding.Plain : null;
            case "stripe" or "square" or "influx" or "op" or "bw" or "bws" or "lpass" or "doppler" or "infisical" or "ldcli" or "unleash" or "unleash-cli" or "flipt" or "flagsmith" or "growthbook" or "statsig" or "posthog-cli" or "algolia"
                or "datadog-ci" or "dog" or "newrelic" or "pd" or "opsgenie" or "grafanactl" or "grafana-cli" or "grizzly" or "grr" or "sentry-cli" or "honeycomb" or "circleci" or "travis" or "bk" or "buildkite-agent" or "drone" or "woodpecker-cli" or "semaphore" or "sem"
                or "twilio" or "auth0" or "okta" or "workos" or "clerk" or "shopify" or "contentful" or "sanity" or "storyblok" or "hasura" or "kong" or "tyk" or "jfrog" or "jf" or "jira" or "acli" or "linear" or "snyk" or "sonar" or "mailgun" or "sendgrid" or "postmark"
                or "intercom" or "zendesk" or "hubspot" or "hs" or "salesforce" or "sf" or "sfdx" or "plaid" or "paypal" or "adyen" or "chargebee" or "braintree" or "expo" or "eas" or "codemagic-cli-tools" or "lego" or "certbot" or "acme.sh" or "dnscontrol" or "flarectl" or "cli4":
                return Deletes(at, CommandPath.Read(at.Arguments, Values));
            case "gitlab-rails" or "gitlab-rake":
                return at.Arguments.Length > 1 && (at.Arguments[^1].Shown.Contains("destroy", StringComparison.Ordinal) || at.Arguments[^1].Shown.Contains("delete_all", StringComparison.Ordinal)) ? BashFinding.Plain : null;
            default: return null;
        }
    }

    /// <summary>The first verb among the first words decides.</summary>
    private static BashFinding? Deletes(RuleCase at, CommandPath path)
    {
        // Why: what `doppler run` and its like run stands behind it, and is judged by itself.
        if (path.IsHarmless || path[0] is "run" or "exec") return null;
        for (var i = 0; i < path.Count && i < 4; i++)
        {
            if (path[i] is "logout" or "uninstall" or "flush" && i == 0) return null;
            if (CommandVerb.Deletes(path[i])) return BashFinding.Plain;
            if (i == 1 && path[i] is "archive") return BashFinding.Medium;
            if (path[i] is "safe-shutdown" or "shutdown" || (i == 1 && path[i] is "cancel" or "void")) return BashFinding.Plain;
            if (CommandVerb.Reads(path[i])) return null;
        }
        return null;
    }

    private static BashFinding? GitHub(CommandPath path)
    {
        if (path.IsHarmless) return null;
        switch (path[0], path[1])
        {
            case ("api", _): return Api(path);
            case ("alias" or "extension" or "ext" or "config", _): return null;
            case ("repo", "edit"): return path.Value("--visibility")?.Text == "public" ? new BashFinding(null, "it makes the repository public") : null;
            case ("repo", "sync"): return path.Has("--force") ? BashFinding.Plain : null;
            case ("repo", "delete" or "archive" or "transfer"): return BashFinding.Plain;
            case ("repo", "deploy-key" or "autolink"): return path[2] == "delete" ? BashFinding.Plain : path[1] == "deploy-key" && path[2] == "add" ? new BashFinding(BashSeverity.Medium, NewKey) : null;
            case ("ssh-key" or "gpg-key", "add"): return new BashFinding(BashSeverity.Medium, NewKey);
            case ("run" or "cache" or "codespace" or "cs", "delete"): return BashFinding.Medium;
            case ("workflow", "disable"): return BashFinding.Medium;
            case ("pr", "merge"): return path.Has("--admin") ? BashFinding.Medium : null;
            case ("pr", "close"): return BashFinding.Low;
            case ("delete", _): return BashFinding.Plain;
            case ("auth", "logout"): return BashFinding.Medium;
            case ("label" or "issue" or "gist", "delete"): return path[0] == "label" ? BashFinding.Medium : BashFinding.Plain;
            case (_, "delete" or "remove" or "delete-asset" or "item-delete" or "field-delete" or "unlink"): return BashFinding.Plain;
            default: return null;
        }
    }

    private const string NewKey = "whoever holds the key gets in as this account";

    private static BashFinding? Api(CommandPath path)
    {
        var method = path.Value("-X", "--method")?.Text?.ToUpperInvariant();
        if (method == "DELETE") return BashFinding.Plain;
        foreach (var (name, value) in path.Options)
        {
            if (name.StartsWith("-X", StringComparison.Ordinal) && name.EndsWith("DELETE", StringComparison.OrdinalIgnoreCase)) return BashFinding.Plain;
            // Why: the other fields are the query's variables, which are texts.
            if (path[1] == "graphql" && value?.Shown is { } query && (query.StartsWith("query=", StringComparison.Ordinal) || name.EndsWith("query", StringComparison.Ordinal)) && query.Contains("mutation", StringComparison.Ordinal)
                && WithoutTexts(query) is var fields
                && (fields.Contains("delete", StringComparison.OrdinalIgnoreCase) || fields.Contains("archiveRepository", StringComparison.Ordinal) || fields.Contains("removeBranchProtection", StringComparison.OrdinalIgnoreCase))) return BashFinding.Plain;
        }
        if (method is not ("PUT" or "PATCH" or "POST")) return null;
        if (method is "PATCH" && MakesPublic(path)) return new BashFinding(null, "it makes the repository public");
        if (path[1].Contains("/collaborators/", StringComparison.Ordinal)) return new BashFinding(BashSeverity.Medium, "it lets somebody else in");
        return path[1].Contains("/protection", StringComparison.Ordinal) ? BashFinding.Medium : null;
    }

    /// <summary>A query without what stands in quotes: the texts of comments are no fields.</summary>
    private static string WithoutTexts(string query)
    {
        var rest = new System.Text.StringBuilder();
        var isText = false;
        for (var i = 0; i < query.Length; i++)
        {
            if (isText && query[i] == '\\') i++;
            else if (query[i] == '"') isText = !isText;
            else if (!isText) rest.Append(query[i]);
        }
        return rest.ToString();
    }

    private static bool MakesPublic(CommandPath path)
    {
        foreach (var (_, value) in path.Options)
        {
            if (value?.Text is "private=false" or "visibility=public" or "archived=true") return true;
        }
        return false;
    }

    private static BashFinding? GitLab(CommandPath path)
    {
        if (path.IsHarmless) return null;
        if (path[0] == "api") return Api(path);
        if (path[0] is "alias" or "config") return null;
        if (path[1] is "delete" or "archive" or "remove" or "revoke" || path[2] is "delete") return path[0] is "ci" or "pipeline" or "label" or "mr" ? BashFinding.Medium : BashFinding.Plain;
        return null;
    }

    /// <summary>A DELETE by HTTP: denied where it goes to a service, asked for the own machine and for hosts that are not known.</summary>
    private static BashFinding? Http(RuleCase at)
    {
        if (at.AsksForHelp || HttpRequest.Of(at) is not { } request) return null;
        if (request.Method is "PURGE" || (request.Method is "POST" && request.Path.EndsWith("/purge_cache", StringComparison.Ordinal))) return new BashFinding(BashSeverity.Medium, "it empties a cache that others are served from");
        if (request.Method is "POST" && NamesDeletion(request.Path)) return BashFinding.Medium;
        if (request.Method is "POST" && request.Path.EndsWith("/graphql", StringComparison.Ordinal) && !request.IsLocal && SendsDeletion(at)) return BashFinding.Plain;
        if (request is { Method: "PATCH", Host: "api.github.com" } && Archives(at)) return BashFinding.Plain;
        if (request.Method is not "DELETE") return null;
        if (request.IsLocal) return new BashFinding(BashSeverity.Medium, "it deletes in a service on this machine, and nothing here tells whether that can be undone");
        var host = request.Host;
        var isApi = host.StartsWith("api.", StringComparison.Ordinal) || host.StartsWith("api-", StringComparison.Ordinal) || host.Contains(".api.", StringComparison.Ordinal) || host.StartsWith("management.", StringComparison.Ordinal)
            || request.Path.StartsWith("/api/", StringComparison.Ordinal) || request.Path.StartsWith("/v1/", StringComparison.Ordinal) || request.Path.StartsWith("/v2/", StringComparison.Ordinal) || request.Path.StartsWith("/v3/", StringComparison.Ordinal)
            || host.EndsWith(".googleapis.com", StringComparison.Ordinal) || host.EndsWith(".amazonaws.com", StringComparison.Ordinal) || host.EndsWith(".azure.com", StringComparison.Ordinal) || host is "gitlab.com" or "app.launchdarkly.com" or "hooks.slack.com";
        return isApi ? BashFinding.Plain : BashFinding.Medium;
    }

    /// <summary><c>{"archived":true}</c></summary>
    private static bool Archives(RuleCase at)
    {
        foreach (var sent in at.Request?.Sent ?? [])
        {
            if (sent.Shown.Replace(" ", "", StringComparison.Ordinal).Contains("\"archived\":true", StringComparison.Ordinal)) return true;
        }
        return false;
    }

    /// <summary><c>{"query":"mutation{deleteRepository(…)}"}</c></summary>
    private static bool SendsDeletion(RuleCase of)
    {
        foreach (var sent in of.Request?.Sent ?? [])
        {
            var text = sent.Shown;
            if (text.IndexOf("mutation", StringComparison.Ordinal) is not (>= 0 and var from)) continue;
            // Why: a field is written deleteX, whatever else the texts around it say.
            for (var at = text.IndexOf("delete", from, StringComparison.Ordinal); at >= 0; at = text.IndexOf("delete", at + 6, StringComparison.Ordinal))
            {
                if (at + 6 < text.Length && char.IsAsciiLetterUpper(text[at + 6])) return true;
            }
        }
        return false;
    }

    /// <summary>The last part of the path is the verb: <c>…/job/x/doDelete</c>, <c>…/suppressions/delete</c>.</summary>
    private static bool NamesDeletion(string path)
    {
        var end = path.IndexOf('?', StringComparison.Ordinal);
        return Shell.ShellPath.Leaf((end < 0 ? path : path[..end]).TrimEnd('/')) is "delete" or "remove" or "destroy" or "purge" or "doDelete" or "doWipeOutWorkspace" or "clean_tombstones" or "delete-all" or "bulk-delete" or "deleteAll";
    }

    private static BashFinding? Vault(CommandPath path)
    {
        if (path.Has("-help", "-h") || path.IsHarmless) return null;
        return (path[0], path[1], path[2]) switch
        {
            ("delete", _, _) => BashFinding.Plain,
            ("kv", "delete" or "destroy", _) or ("kv", "metadata", "delete") => BashFinding.Plain,
            ("secrets" or "auth" or "audit", "disable", _) => BashFinding.Plain,
            ("policy" or "namespace", "delete", _) => BashFinding.Plain,
            ("lease" or "token", "revoke", _) => BashFinding.Plain,
            ("operator", "seal" or "rekey" or "rotate" or "step-down" or "generate-root", _) => BashFinding.Plain,
            _ => null,
        };
    }

    private static BashFinding? Backup(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, Values + " --keep-last --keep-daily --keep-weekly --keep-within --keep-monthly --tag --host --path --stanza --repo --prefix -P -a --repository-file");
        if (path.IsHarmless || path.HasAny("-n", "--list")) return null;
        if (path[0] == "maintenance" && path.Value("--safety")?.Text == "none") return BashFinding.Medium;
        return path[0] switch
        {
            "forget" or "prune" or "delete" or "purge" or "expire" or "stanza-delete" or "remove-older-than" or "remove-all-but-n-full" or "recreate" or "repo-delete" => BashFinding.Plain,
            "snapshot" or "policy" or "repository" or "key" or "blob" or "content" => path[1] is "delete" or "expire" or "remove" ? BashFinding.Plain : null,
            "backup" => path[1] is "delete" ? BashFinding.Plain : null,
            "unlock" or "break-lock" or "compact" or "rewrite" or "repair" or "cleanup" or "migrate" => at.Name == "kopia" ? null : BashFinding.Medium,
            _ => at.Name == "wal-g" && path[0] == "delete" ? BashFinding.Plain : at.Name == "barman" && path[0] is "delete" ? BashFinding.Plain : null,
        };
    }

    private static BashFinding? Jenkins(RuleCase at)
    {
        for (var i = 0; i + 1 < at.Arguments.Length; i++)
        {
            if (at.Arguments[i].Text?.EndsWith("jenkins-cli.jar", StringComparison.Ordinal) != true) continue;
            return Deletes(at, CommandPath.Read(at.Arguments, "-s -auth -i -user", false, i + 1));
        }
        return null;
    }
}
