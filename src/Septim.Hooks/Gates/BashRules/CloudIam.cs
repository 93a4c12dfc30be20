using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Rights are handed out: public storage, administrators, new long-lived keys, open firewalls.</summary>
internal static class CloudIam
{
    public static readonly BashRule Rule = new("cloud-iam", BashSeverity.Medium)
    {
        Reason = "it gives away rights in a cloud account",
        Alternative = "aws iam list-attached-user-policies --user-name u",
        Denies =
        [
            "aws s3api put-bucket-policy --bucket b --policy file://p.json",
            "aws s3api put-bucket-acl --bucket b --acl public-read",
            "aws s3 cp x s3://b/x --acl public-read",
            "aws iam attach-user-policy --user-name u --policy-arn arn:aws:iam::aws:policy/AdministratorAccess",
            "aws iam create-access-key --user-name u",
            "aws ec2 authorize-security-group-ingress --group-id sg-1 --protocol tcp --port 22 --cidr 0.0.0.0/0",
            "gcloud projects add-iam-policy-binding p --member=allUsers --role=roles/viewer",
            "gcloud projects add-iam-policy-binding p --member=user:a@b.c --role=roles/owner",
            "gcloud iam service-accounts keys create key.json --iam-account a@p.iam",
            "gsutil iam ch allUsers:objectViewer gs://b",
            "az role assignment create --assignee a --role Owner",
            "az ad sp create-for-rbac --name x",
            "kubectl create clusterrolebinding x --clusterrole=cluster-admin --user=a",
        ],
        Passes =
        [
            "aws s3api get-bucket-policy --bucket b",
            "aws iam list-users",
            "aws iam attach-user-policy --user-name u --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess",
            "aws ec2 authorize-security-group-ingress --group-id sg-1 --protocol tcp --port 22 --cidr 10.0.0.0/8",
            "gcloud projects get-iam-policy p",
            "gcloud projects add-iam-policy-binding p --member=user:a@b.c --role=roles/viewer",
            "az role assignment list",
            "kubectl get clusterrolebindings",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.AsksForHelp) return null;
        var hits = at.Name switch
        {
            "aws" => Aws(at),
            "gcloud" => Google(at),
            "gsutil" => (at.HasArgument("iam") || at.HasArgument("acl")) && Mentions(at, "allUsers", "allAuthenticatedUsers", "AllUsers", "public-read"),
            "az" => Azure(at),
            "kubectl" or "oc" => Kubernetes(at),
            _ => false,
        };
        return hits ? BashFinding.Plain : null;
    }

    private static bool Aws(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, CloudDelete.AwsFlags, true);
        if (path.Has("--dry-run", "--dryrun")) return false;
        var isPublic = path.Value("--acl")?.Text is "public-read" or "public-read-write" or "authenticated-read";
        if (path[0] == "s3") return isPublic;
        return (path[0], path[1]) switch
        {
            ("s3api", "put-bucket-policy" or "put-bucket-acl" or "put-object-acl" or "put-public-access-block") => path[1] is "put-bucket-policy" || isPublic || Mentions(at, "AllUsers", "=false"),
            ("s3control", "put-public-access-block") => Mentions(at, "=false", "false"),
            ("iam", "attach-user-policy" or "attach-role-policy" or "attach-group-policy") => Mentions(at, "AdministratorAccess", "PowerUserAccess", "IAMFullAccess"),
            ("iam", "put-user-policy" or "put-role-policy" or "put-group-policy" or "create-access-key" or "create-login-profile" or "create-service-specific-credential" or "upload-ssh-public-key" or "update-login-profile" or "update-assume-role-policy"
                or "create-policy-version" or "set-default-policy-version" or "deactivate-mfa-device" or "add-user-to-group" or "detach-user-policy" or "detach-role-policy" or "detach-group-policy"
                or "update-access-key" or "remove-user-from-group" or "add-role-to-instance-profile" or "delete-account-password-policy") => true,
            ("ec2", "authorize-security-group-ingress" or "authorize-security-group-egress") => Mentions(at, "0.0.0.0/0", "::/0") && path[1].EndsWith("ingress", StringComparison.Ordinal),
            ("ec2", "modify-snapshot-attribute" or "modify-image-attribute") or ("rds", "modify-db-snapshot-attribute" or "modify-db-cluster-snapshot-attribute") => Mentions(at, "all", "Group=all"),
            ("lambda", "add-permission") => path.Value("--principal")?.Text == "*",
            ("lambda", "create-function-url-config") => path.Value("--auth-type")?.Text == "NONE",
            ("rds", "modify-db-instance" or "create-db-instance") => at.HasArgument("--publicly-accessible"),
            ("kms", "put-key-policy" or "create-grant") => true,
            ("secretsmanager", "put-resource-policy") => true,
            ("secretsmanager", "put-secret-value") or ("secretsmanager", "update-secret") => path.HasAny("--secret-string", "--secret-binary", "--kms-key-id"),
            ("ssm", "put-parameter") => path.Has("--overwrite"),
            ("s3api", "put-bucket-lifecycle-configuration" or "put-bucket-lifecycle" or "put-bucket-replication") => true,
            ("s3api", "put-bucket-versioning") => Mentions(at, "Suspended"),
            ("cloudwatch", "disable-alarm-actions") or ("events", "disable-rule") or ("cloudfront", "create-invalidation") => path[0] != "cloudfront" || Mentions(at, "/*"),
            ("sts", "get-session-token" or "assume-role") => false,
            _ => false,
        };
    }

    private static bool Google(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, "-q --quiet --async --all", true);
        for (var i = 0; i < path.Count; i++)
        {
            if (path[i] == "add-iam-policy-binding")
                return Mentions(at, "allUsers", "allAuthenticatedUsers", "roles/owner", "roles/editor", "admin", "Admin", "serviceAccountTokenCreator");
            if (path[i] is "set-iam-policy" or "remove-iam-policy-binding") return true;
            if (path[i] == "disable" && i > 0 && path[i - 1] is "service-accounts" or "keys" or "services") return true;
            if (path[i] == "keys" && i + 1 < path.Count && path[i + 1] == "create" && i > 0 && path[i - 1] == "service-accounts") return true;
            if (path[i] is "add-metadata" && Mentions(at, "ssh-keys=", "sshKeys=")) return true;
            if (path[i] == "instances" && path[i + 1] == "patch") return path.Value("--authorized-networks")?.Shown.Contains("0.0.0.0/0", StringComparison.Ordinal) == true;
            if (path[i] == "firewall-rules" && path[i + 1] is "create" or "update") return Mentions(at, "0.0.0.0/0") && path.Has("--allow", "--source-ranges");
            if (path[i] is "allow-unauthenticated") return true;
        }
        return false;
    }

    private static bool Azure(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, "-y --yes --no-wait --debug", true);
        return (path[0], path[1], path[2]) switch
        {
            ("role", "assignment", "create") => Mentions(at, "Owner", "Contributor", "Administrator"),
            ("ad", "sp", "create-for-rbac") or ("ad", "sp", "credential") or ("ad", "app", "credential") => path[3] is "" or "reset" or "create",
            ("storage", "container", "set-permission" or "create") => path.Value("--public-access")?.Text is "blob" or "container",
            ("storage", "account", "update" or "create") => path.Value("--allow-blob-public-access")?.Text == "true",
            ("keyvault", "set-policy", _) or ("ad", "group", "member") or ("vm", "user", "update") or ("storage", "account", "generate-sas") => path[2] != "member" || path[3] == "add",
            ("sql" or "postgres" or "mysql" or "mariadb", _, "firewall-rule") or ("sql" or "postgres" or "mysql", "server" or "flexible-server", _) when Mentions(at, "firewall-rule") => path.Value("--start-ip-address")?.Text == "0.0.0.0" && path.Value("--end-ip-address")?.Text == "255.255.255.255",
            ("ad", "user", "update") => path.Value("--account-enabled")?.Text == "false",
            ("network", "nsg", "rule") => path[3] is "create" or "update" && path.Value("--source-address-prefixes")?.Text is "*" or "0.0.0.0/0" or "Internet" && path.Value("--access")?.Text is null or "Allow" && path[3] is "create" or "update",
            _ => false,
        };
    }

    private static bool Kubernetes(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, "-n --namespace --context --kubeconfig --cluster --user --clusterrole --serviceaccount --group -o");
        if (path[0] is "patch" or "edit" or "replace" or "delete" && path[1].StartsWith("clusterrole", StringComparison.Ordinal) && !path.IsHarmless) return true;
        if (path[0] is "apply" or "create" && at.Invocation.Input.Text is { } manifest && manifest.Contains("ClusterRoleBinding", StringComparison.Ordinal) && manifest.Contains("cluster-admin", StringComparison.Ordinal)) return !path.IsHarmless;
        return path[0] == "create" && path[1] is "clusterrolebinding" or "rolebinding" && Mentions(at, "cluster-admin") && !path.IsHarmless
            || (path[0] == "adm" && path[1] == "policy" && path[2].StartsWith("add-", StringComparison.Ordinal) && Mentions(at, "cluster-admin", "privileged", "anyuid"));
    }

    private static bool Mentions(RuleCase at, params ReadOnlySpan<string> texts)
    {
        foreach (var argument in at.Arguments)
        {
            foreach (var text in texts)
            {
                if (Holds(argument, text)) return true;
            }
        }
        return false;
    }

    private static bool Holds(Word argument, string text)
    {
        var shown = argument.Shown;
        return text == "all" || text == "false" ? shown == text : shown.Contains(text, StringComparison.Ordinal);
    }
}
