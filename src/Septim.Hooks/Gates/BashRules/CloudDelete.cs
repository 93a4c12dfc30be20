namespace Septim.Hooks.Gates.BashRules;

/// <summary>Something in a cloud account is deleted.</summary>
internal static class CloudDelete
{
    public static readonly BashRule Rule = new("cloud-delete", BashSeverity.High)
    {
        Reason = "it deletes what others may use, in an account that has no undo",
        Alternative = "aws s3 ls s3://b/k --recursive",
        Denies =
        [
            "python3 -c \"import boto3; boto3.client('s3').delete_bucket(Bucket='b')\"",
            "aws ec2 terminate-instances --instance-ids i-1",
            "aws --profile prod rds delete-db-instance --db-instance-identifier x --skip-final-snapshot",
            "aws s3 rb s3://bucket --force",
            "aws s3 rm s3://bucket/prefix --recursive",
            "aws s3 sync ./a s3://b --delete",
            "aws sqs purge-queue --queue-url u",
            "gcloud pubsub subscriptions seek s --time=2099-01-01T00:00:00Z",
            "aws kms schedule-key-deletion --key-id k --pending-window-in-days 7",
            "aws elbv2 deregister-targets --target-group-arn a --targets Id=i-1",
            "aws ecr batch-delete-image --repository-name r --image-ids imageTag=x",
            "az vm delete --resource-group g --name v --yes",
            "az group delete -n g",
            "az storage blob delete-batch --source c --account-name a",
            "gcloud compute instances delete vm-1 --zone z",
            "gcloud projects delete p",
            "gcloud sql instances delete db --quiet",
            "gsutil -m rm -r gs://bucket",
            "gcloud storage rm --recursive gs://bucket/x",
            "bq rm -r -f dataset",
            "doctl compute droplet delete 123 --force",
            "hcloud server delete web",
            "oci compute instance terminate --instance-id i --force",
            "linode-cli linodes delete 123",
            "ibmcloud ks cluster rm -c x",
            "flyctl apps destroy app",
            "heroku apps:destroy -a app --confirm app",
            "heroku pg:reset DATABASE_URL -a app",
            "vercel rm project --yes",
            "wrangler d1 delete my-db",
            "wrangler kv:key delete --namespace-id=abc KEY",
            "supabase projects delete ref",
            "firebase firestore:delete --all-collections",
            "netlify sites:delete id",
            "railway down",
            "eksctl delete cluster --name c",
            "kops delete cluster --name c --yes",
            "mc rb --force myminio/bucket",
            "azcopy sync --delete-destination=true ./src https://x.blob.core.windows.net/",
            "fastly service delete --service-id abc",
            "aliyun ecs DeleteInstance --InstanceId i-1",
            "virsh undefine vm --remove-all-storage",
            "juju destroy-model prod --no-prompt",
            "hdfs dfs -rm -r /data",
            "pwsh -c 'Remove-AzResourceGroup -Name g -Force'",
        ],
        Asks = ["aws s3 rm s3://bucket/key", "gsutil rm gs://bucket/file", "mc rm myminio/bucket/file.txt"],
        Passes =
        [
            "aws ec2 describe-instances",
            "aws s3 ls s3://bucket",
            "aws s3 rm s3://bucket/prefix --recursive --dryrun",
            "aws s3 sync s3://src s3://dest",
            "aws ec2 terminate-instances --instance-ids i-1 --dry-run",
            "aws ec2 terminate-instances help",
            "aws --profile delete s3 ls",
            "aws ec2 describe-tags --filters Name=key,Values=delete",
            "gcloud --project delete compute instances list",
            "gcloud pubsub subscriptions seek s --snapshot=x",
            "gcloud compute instances list --filter name=delete",
            "gcloud help compute instances delete",
            "az vm list --resource-group delete",
            "az group delete --help",
            "heroku logs -a delete",
            "flyctl status -a destroy",
            "wrangler d1 list",
            "wrangler kv key delete --local --namespace-id=abc KEY",
            "kops delete cluster --name c",
            "bq ls",
            "mc ls myminio/rm",
            "vercel deploy",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        switch (at.Name)
        {
            case "aws" or "awslocal" or "awscli": return at.Name == "awslocal" || IsEmulated(at) ? null : Aws(at);
            case "bq": return BigQuery(at);
            case ['r', 'e', 'm', 'o', 'v', 'e', '-', ..] or ['R', 'e', 'm', 'o', 'v', 'e', '-', ..]: return Cmdlet(at);
            case "nomad": return Nomad(at);
            case "consul":
                var consul = CommandPath.Read(at.Arguments, "-http-addr -token -datacenter -namespace");
                return consul[0] == "kv" && consul[1] == "delete" ? consul.Has("-recurse") ? BashFinding.Plain : BashFinding.Medium
                    : consul[0] is "acl" or "peering" or "namespace" or "config" && consul[1] == "delete" ? BashFinding.Plain : null;
            default: break;
        }
        if (CloudTool.Of(at.Name) is not { } tool) return null;
        var path = CommandPath.Read(at.Arguments, tool.Options, tool.OptionsAreFlags);
        if (path.IsHarmless || path.Count == 0) return null;
        // Why: it speaks to the emulator, whose state lies in the project.
        if (at.Name == "wrangler" && path.Has("--local")) return null;
        if (at.Name == "az" && path[0] == "rest") return path.Value("--method", "-m")?.Text?.ToUpperInvariant() == "DELETE" ? BashFinding.Plain : null;
        if (at.Name is "gsutil" or "gcloud" && HasWord(path, "rsync") && path.HasAny("-d", "--delete-unmatched-destination-objects") && !path.Has("-n")) return BashFinding.Plain;
        if (at.Name is "azcopy" && path[0] == "sync") return path.Value("--delete-destination")?.Text is "true" or "prompt" ? BashFinding.Plain : null;
        if (at.Name is "s3cmd" or "mc" or "mcli" or "s5cmd" or "b2" && path.HasAny("--delete-removed", "--remove", "--delete")) return BashFinding.Plain;
        if (at.Name is "mc" or "mcli" && path[0] == "admin" && path[1] is "user" or "group" or "svcacct" or "accesskey" && path[2] == "disable") return BashFinding.Medium;
        if (at.Name == "gcloud" && HasWord(path, "kms") && HasWord(path, "disable")) return BashFinding.Critical;
        if (at.Name == "gcloud" && path[0] == "pubsub" && HasWord(path, "seek") && path.Value("--time") is { } time) return IsFarAhead(time) ? BashFinding.Plain : BashFinding.Medium;
        if (at.Name == "gcloud" && path[0] == "billing" && path[2] == "unlink") return BashFinding.Critical;
        if (at.Name == "gcloud" && path.HasAny("--no-deletion-protection", "--no-enable-deletion-protection")) return BashFinding.Medium;
        if (at.Name == "oci" && HasWord(path, "schedule-deletion")) return path[0] == "kms" ? BashFinding.Critical : BashFinding.Plain;
        if (at.Name == "az" && path[0] == "account" && path[1] == "subscription" && path[2] == "cancel") return BashFinding.Critical;
        if (at.Name == "az" && HasWord(path, "keys") && path[path.Count - 1] is "renew" or "regenerate") return BashFinding.Medium;
        if (at.Name == "az" && HasTrue(path, "--delete-destination", "--delete-backup-data")) return BashFinding.Plain;
        if (at.Name is "netlify" or "ntl" && path[0] == "api") return path[1].StartsWith("delete", StringComparison.Ordinal) || path[1].StartsWith("purge", StringComparison.Ordinal) ? BashFinding.Plain : null;
        if (at.Name == "doctl" && path[0] == "registry" && path[1] == "garbage-collection") return path[2] == "start" ? BashFinding.Medium : null;
        if (at.Name is "aliyun" or "tccli" or "bce" or "ucloud") return Capitals(path[1]) ? BashFinding.Plain : null;
        if (at.Name is "kops" && !path.Has("--yes", "-y")) return null;
        if (at.Name is "tailscale" or "ngrok" or "cloudflared" && path[0] is not ("tunnel" or "api" or "serve")) return null;
        // Why: what they run stands behind it, and is judged by itself.
        if (at.Name is not ("gcloud" or "ibmcloud") && path[0] is "run" or "exec" or "ssh" or "run:detached") return null;
        for (var i = 0; i < path.Count && i < 6; i++)
        {
            if (tool.Deletes(path[i])) return Weigh(at, path, i);
            // Why: behind these verbs comes a name, and names may hold any word; as a group they stand first.
            if (CommandVerb.Reads(path[i]) || (i == 0 && path[i] is "logs" or "log" or "tail") || (i > 0 && path[i] is "deploy" or "set" or "submit" or "ssh" or "scp" or "update" or "start" or "activate" or "import" or "export" or "invoke" or "call")) return null;
        }
        return null;
    }

    /// <summary>It speaks to an emulator on this machine: <c>--endpoint-url http://localhost:4566</c>, <c>AWS_ENDPOINT_URL=…</c>.</summary>
    private static bool IsEmulated(RuleCase at)
    {
        var given = CommandPath.Read(at.Arguments, AwsFlags, true).Value("--endpoint-url") ?? at.Invocation.Variable("AWS_ENDPOINT_URL");
        return given is not null && NetworkTool.IsLocalUrl(given);
    }

    /// <summary>To seek past every message is to throw all of them away; no clock is asked.</summary>
    private static bool IsFarAhead(Shell.Word time) => time.Shown.Length > 4 && int.TryParse(time.Shown.AsSpan(0, 4), out var year) && year >= 2040;

    private static BashFinding Weigh(RuleCase at, CommandPath path, int verb)
    {
        var group = verb == 0 ? "" : path[verb - 1];
        if (at.Name is "gcloud" && (group == "projects" || HasWord(path, "kms")) || (at.Name == "gcloud" && path[0] is "organizations")) return BashFinding.Critical;
        if (at.Name is "az" && (group is "group" or "subscription" || path[0] == "keyvault" && (path[verb] == "purge" || group == "key"))) return BashFinding.Critical;
        if (at.Name is "oci" && (path[1] == "compartment" || path[0] == "kms")) return BashFinding.Critical;
        if (at.Name is "doctl" && path[0] is "projects") return BashFinding.Critical;
        var isObject = at.Name is "gsutil" or "mc" or "mcli" or "s3cmd" or "s5cmd" || (at.Name == "gcloud" && path[0] == "storage" && path[verb] == "rm");
        if (isObject && path[verb] is "rm" or "del" && !path.HasAny("-r", "-R", "--recursive", "--force", "-a") && !path.HasLetter('r') && !HasGlob(path)) return BashFinding.Medium;
        return BashFinding.Plain;
    }

    /// <summary>Options of aws that stand alone; all others take a value.</summary>
    /// <summary>Options of the AWS client that take no value.</summary>
    public const string AwsFlags = "--debug --no-verify-ssl --no-paginate --no-sign-request --recursive --force --dryrun --dry-run --delete --quiet --only-show-errors --exact-timestamps --size-only --human-readable --summarize --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --skip-final-snapshot --no-skip-final-snapshot --force-delete-without-recovery --yes --help --no-dry-run --no-progress";

    private static BashFinding? Aws(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, AwsFlags, true);
        if (path.Count < 2 || path[path.Count - 1] == "help" || path.HasAny("--generate-cli-skeleton", "--help")) return null;
        var service = path[0];
        var operation = path[1];
        if (service == "s3")
        {
            if (path.Has("--dryrun")) return null;
            return operation switch
            {
                "rb" => BashFinding.Plain,
                "rm" => path.Has("--recursive") ? BashFinding.Plain : BashFinding.Medium,
                "sync" => path.Has("--delete") ? BashFinding.Plain : null,
                _ => null,
            };
        }
        if (path.Has("--dry-run")) return null;
        if (path.Has("--terminate-instances")) return BashFinding.Plain;
        if (path.HasAny("--no-deletion-protection", "--no-disable-api-termination", "--no-enable-deletion-protection", "--no-deletion-protection-enabled", "--no-termination-protected") || path.Has("--no-enable-termination-protection")) return BashFinding.Medium;
        if (path.Value("--backup-retention-period")?.Text == "0" || path.Value("--point-in-time-recovery-specification")?.Shown.EndsWith("Enabled=false", StringComparison.Ordinal) == true) return BashFinding.Medium;
        if (service == "kms" && operation is "schedule-key-deletion" or "disable-key" or "delete-imported-key-material" or "delete-custom-key-store") return BashFinding.Critical;
        if (service == "organizations" && operation is "leave-organization" or "close-account" or "delete-organization" or "remove-account-from-organization") return BashFinding.Critical;
        if (service == "route53" && operation == "change-resource-record-sets")
            return path.Value("--change-batch")?.Shown.Contains("DELETE", StringComparison.OrdinalIgnoreCase) == true ? BashFinding.Plain : null;
        if (service is "ec2" && operation is "release-address" or "release-hosts") return BashFinding.Plain;
        if (service is "cloudtrail" or "guardduty" or "config" or "configservice" && operation is "stop-logging" or "stop-configuration-recorder" or "disable-organization-admin-account") return BashFinding.Plain;
        if (service is "securityhub" or "macie2" or "inspector2" or "detective" or "guardduty" or "accessanalyzer" && operation.StartsWith("disable", StringComparison.Ordinal) || (service is "guardduty" && path.Has("--no-enable"))) return BashFinding.Plain;
        if (service is "route53domains" && operation.StartsWith("transfer-domain-to", StringComparison.Ordinal)) return BashFinding.Critical;
        if (service is "wafv2" or "waf-regional" && operation is "disassociate-web-acl") return BashFinding.Plain;
        if (service is "backup" && operation is "stop-backup-job") return null;
        if (operation is "untag-resource" or "remove-tags-from-resource" or "delete-tags" or "delete-object-tagging") return BashFinding.Medium;
        return CommandVerb.Deletes(operation) ? BashFinding.Plain : null;
    }

    /// <summary>The vendors' modules for PowerShell: <c>Remove-AzResourceGroup</c>, <c>Remove-S3Bucket</c>.</summary>
    private static BashFinding? Cmdlet(RuleCase at)
    {
        foreach (var vendor in (ReadOnlySpan<string>)["az", "s3", "ec2", "rds", "iam", "ecs", "eks", "lm", "ddb", "kms", "cfn", "sqs", "sns", "gcs", "gce", "mg", "oci", "vm", "vhd", "msol", "mailbox", "csteam", "team", "spo", "pnp", "cluster", "dns", "dhcp", "gpo", "website", "webapp", "smbshare", "dba"])
        {
            if (at.Name.AsSpan(7).StartsWith(vendor, StringComparison.OrdinalIgnoreCase)) return at.HasArgument("-whatif") || at.HasArgument("-WhatIf") ? null : BashFinding.Plain;
        }
        return null;
    }

    private static BashFinding? BigQuery(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, "--project_id --location --dataset_id --format");
        return path[0] == "rm" && !path.IsHarmless ? BashFinding.Plain : null;
    }

    private static BashFinding? Nomad(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, "-address -namespace -region -token");
        if (path[0] is "job" && path[1] is "stop" or "dispatch" || path[0] == "stop") return path.Has("-purge") ? BashFinding.Plain : path[1] == "stop" || path[0] == "stop" ? BashFinding.Medium : null;
        if (path[0] == "system" && path[1] == "gc") return BashFinding.Medium;
        return path[1] is "delete" or "destroy" or "purge" ? BashFinding.Plain : null;
    }

    private static bool HasWord(CommandPath path, string word)
    {
        for (var i = 0; i < path.Count; i++)
        {
            if (path[i] == word) return true;
        }
        return false;
    }

    private static bool HasTrue(CommandPath path, string first, string second) =>
        path.Value(first)?.Text is "true" || path.Value(second)?.Text is "true";

    private static bool HasGlob(CommandPath path)
    {
        foreach (var word in path.Words)
        {
            if (word.Shown.Contains('*', StringComparison.Ordinal)) return true;
        }
        return false;
    }

    /// <summary><c>DeleteInstance</c>, <c>TerminateInstances</c>, <c>ReleaseEipAddress</c>.</summary>
    private static bool Capitals(string operation) =>
        operation.StartsWith("Delete", StringComparison.Ordinal) || operation.StartsWith("Terminate", StringComparison.Ordinal)
        || operation.StartsWith("Release", StringComparison.Ordinal) || operation.StartsWith("Destroy", StringComparison.Ordinal)
        || operation.StartsWith("Remove", StringComparison.Ordinal) || operation is "rm" or "delete";
}
