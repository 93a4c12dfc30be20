using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Infrastructure that code describes is torn down, or its state is forgotten.</summary>
internal static class IacDestroy
{
    public static readonly BashRule Rule = new("iac-destroy", BashSeverity.Critical)
    {
        Reason = "it tears down infrastructure or forgets what there is",
        Alternative = "terraform plan -destroy",
        Denies =
        [
            "terraform destroy",
            "terraform -chdir=infra destroy -auto-approve",
            "tofu apply -destroy -auto-approve",
            "terragrunt run-all destroy",
            "terraform state rm aws_instance.a",
            "terraform workspace delete prod",
            "pulumi destroy --yes",
            "pulumi stack rm prod",
            "cdk destroy --all",
            "cdktf destroy",
            "aws cloudformation delete-stack --stack-name s",
            "sam delete --no-prompts",
            "serverless remove --stage prod",
            "ansible all -m file -a 'path=/srv state=absent'",
            "azd down --purge",
            "eb terminate env",
        ],
        Asks = ["terraform apply -auto-approve", "tofu apply --auto-approve -var-file=prod.tfvars", "cdk deploy --require-approval never", "pulumi up --yes", "vagrant destroy -f", "terraform force-unlock 1"],
        Passes =
        [
            "terraform plan",
            "terraform plan -destroy",
            "terraform validate",
            "terraform destroy -help",
            "terraform state list",
            "terraform workspace list",
            "terraform apply plan.tfplan",
            "pulumi preview",
            "pulumi destroy --preview-only",
            "cdk diff",
            "ansible-playbook site.yml --check",
            "ansible all -m file -a 'path=/srv state=absent' --check",
            "ansible all -m ping",
            "echo 'terraform destroy'",
        ],
        Judge = Judge,
    };

    private static readonly OptionTable Terraform = new("", "chdir= var= var-file= target= out= state= backup= lock= lock-timeout= parallelism= replace= input= refresh= backend-config= auto-approve destroy help force json terragrunt-working-dir= working-dir= terragrunt-config= queue-include-dir=")
    { SingleDash = true, ExactLong = true };

    private static BashFinding? Judge(RuleCase at)
    {
        switch (at.Name)
        {
            case "terraform" or "tofu" or "terragrunt" or "terramate" or "tf": return OfTerraform(OptionReader.Read(at.Arguments, Terraform)) ?? Applies(at);
            case "pulumi": return Pulumi(CommandPath.Read(at.Arguments, "-C --cwd -s --stack --color -t --target -m --message -p --parallel -c --config"));
            // Why: it speaks to an emulator on this machine.
            case "cdklocal" or "tflocal" or "samlocal" or "pulumilocal": return null;
            case "cdk" or "cdktf" or "aws-cdk": return Cdk(CommandPath.Read(at.Arguments, "-c --context -a --app --profile --require-approval -o --output --role-arn --method -m"));
            case "aws": return Aws(CommandPath.Read(at.Arguments, CloudDelete.AwsFlags, true));
            case "sam" or "serverless" or "sls" or "sst" or "copilot" or "amplify" or "azd" or "eb" or "waypoint" or "architect" or "arc" or "ampx" or "chalice" or "zappa" or "apex" or "up" or "stacks" or "shuttle" or "encore" or "nitric":
                return Stack(at);
            case "ansible" or "ansible-console": return Ansible(at);
            case "vagrant": return at.Argument(0) == "destroy" && !at.AsksForHelp ? BashFinding.Medium : null;
            case "az": return CommandPath.Read(at.Arguments, "-y --yes --no-wait --debug", true) is var az && az[0] == "deployment" && az[2] == "create" && "complete".Equals(az.Value("--mode")?.Text, StringComparison.OrdinalIgnoreCase) ? new BashFinding(BashSeverity.High, "a complete deployment deletes what its template does not name") : null;
            case "packer" or "bicep": return null;
            default: return null;
        }
    }

    private static BashFinding? OfTerraform(OptionReading given)
    {
        if (given.Has("--help", "--h")) return null;
        var words = given.Operands;
        var first = 0;
        while (first < words.Count && words[first].Text is "run-all" or "run" or "stack" or "script") first++;
        var verb = first < words.Count ? words[first].Text : null;
        var second = first + 1 < words.Count ? words[first + 1].Text : null;
        return verb switch
        {
            "destroy" or "destroy-all" => BashFinding.Plain,
            "apply" or "apply-all" => given.Has("--destroy") ? BashFinding.Plain : (given.Has("--auto-approve") && given.Value("--auto-approve")?.Text != "false") || given.Has("--terragrunt-non-interactive", "--non-interactive") ? BashFinding.Medium : null,
            "state" => second is "rm" or "push" && !given.Has("--dry-run") ? BashFinding.Plain : second is "replace-provider" ? BashFinding.Medium : null,
            "workspace" => second == "delete" ? BashFinding.Plain : null,
            "force-unlock" => BashFinding.Medium,
            "plan" or "show" or "validate" => null,
            _ => null,
        };
    }

    /// <summary>What approves or destroys is not among the words: answered by a pipe, in the environment, or in the plan that is applied.</summary>
    private static BashFinding? Applies(RuleCase at)
    {
        var given = OptionReader.Read(at.Arguments, Terraform);
        if (given.Operands.Count == 0 || !given.Operands[0].Is("apply") || given.Has("--help")) return null;
        foreach (var name in (ReadOnlySpan<string>)["TF_CLI_ARGS", "TF_CLI_ARGS_apply"])
        {
            var arguments = at.Invocation.Variable(name)?.Shown ?? "";
            if (arguments.Contains("-destroy", StringComparison.Ordinal)) return BashFinding.Plain;
            if (arguments.Contains("-auto-approve", StringComparison.Ordinal)) return BashFinding.Medium;
        }
        if (given.Operands.Count > 1)
        {
            foreach (var before in at.All)
            {
                if (before.Invocation.Order >= at.Invocation.Order || before.Name != at.Name || !(before.HasArgument("-destroy") || before.HasArgument("--destroy"))) continue;
                if (!at.Work.Step()) return BashFinding.Plain;
                var plan = OptionReader.Read(before.Arguments, Terraform);
                if (plan.Has("--destroy") && plan.Value("--out")?.Text is { } file && given.Operands[1].Is(file)) return BashFinding.Plain;
            }
        }
        return at.Invocation.Input.Text?.TrimStart().StartsWith("yes", StringComparison.Ordinal) == true || at.Invocation.Input.From is [.., { Name: "yes" }] ? BashFinding.Medium : null;
    }

    private static BashFinding? Pulumi(CommandPath path)
    {
        if (path.HasAny("--help", "-h", "--preview-only")) return null;
        return (path[0], path[1]) switch
        {
            ("destroy" or "down", _) => BashFinding.Plain,
            ("stack", "rm") or ("state", "delete") => BashFinding.Plain,
            ("up" or "update", _) => path.HasAny("-y", "--yes") || path.Has("-f", "--skip-preview") ? BashFinding.Medium : null,
            ("cancel", _) or ("state", "unprotect") => BashFinding.Medium,
            _ => null,
        };
    }

    private static BashFinding? Cdk(CommandPath path)
    {
        if (path.Has("--help", "-h")) return null;
        return path[0] switch
        {
            "destroy" => BashFinding.Plain,
            "deploy" when path.Has("--no-execute") || path.Value("--method")?.Text is "prepare-change-set" => null,
            "deploy" => path.Value("--require-approval")?.Text == "never" || path.Has("--auto-approve") ? BashFinding.Medium : null,
            "gc" => path.Value("--action")?.Text is "print" ? null : BashFinding.Medium,
            _ => null,
        };
    }

    private static BashFinding? Aws(CommandPath path)
    {
        if (path[0] is not ("cloudformation" or "amplify" or "elasticbeanstalk") || path[path.Count - 1] == "help") return null;
        return path[1] is "delete-stack" or "delete-stack-set" or "delete-stack-instances" or "terminate-environment" ? BashFinding.Plain : null;
    }

    private static BashFinding? Stack(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, "--stage -s --region -r --stack-name --config-file --config-env --profile --app -a -e --env --name -n");
        if (path.IsHarmless) return null;
        var verb = path[0];
        if (verb is "delete" or "remove" or "destroy" or "down" or "terminate" or "teardown" or "undeploy") return BashFinding.Plain;
        if (at.Name is "sst" && verb is "secret" or "state" && path[1] is "remove") return BashFinding.Medium;
        if (at.Name is "encore" && verb == "db" && path[1] == "reset") return BashFinding.Medium;
        return at.Name is "copilot" or "stacks" or "shuttle" or "ampx" or "up" or "amplify" or "nitric" && path[1] is "delete" or "remove" or "down" ? BashFinding.Plain : null;
    }

    private static BashFinding? Ansible(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, "-m --module-name -a --args -i --inventory -u --user -l --limit -e --extra-vars -f --forks -t --tree --private-key --key-file -c --connection");
        if (path.HasAny("--check", "-C", "--list-hosts") || path.Has("--help", "-h")) return null;
        var module = path.Value("-m", "--module-name")?.Text;
        var arguments = path.Value("-a", "--args")?.Shown ?? "";
        if (module is "reboot") return BashFinding.High;
        foreach (var state in (ReadOnlySpan<string>)["state=absent", "state=terminated", "state=wiped", "state=deleted", "dev=/dev/"])
        {
            if (arguments.Contains(state, StringComparison.Ordinal)) return BashFinding.Plain;
        }
        return null;
    }
}
