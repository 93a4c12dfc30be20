namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// Command line tools of cloud and hosting vendors whose commands read <c>tool group verb name</c>. What they share is in
/// <see cref="CommandVerb"/>; here is how their options are read and which words of theirs destroy besides the common verbs.
/// Sources: the vendors' manuals, November 2026.
/// </summary>
/// <param name="Options">See <see cref="CommandPath.Read"/>.</param>
/// <param name="OptionsAreFlags">The listed options are the ones without value.</param>
/// <param name="AlsoDeletes">Words that destroy in this tool only, separated by blanks.</param>
internal sealed record CloudTool(string Options, bool OptionsAreFlags = false, string AlsoDeletes = "")
{
    /// <summary>Options with values that most of the tools share.</summary>
    private const string Common = "-a --app --project --project-id -p -c --config --profile --region --zone --location --context -o --output --format --token --access-token --api-token -t --org --organization --scope --team --account --account-id --workspace --env --environment -e --host --server --api-key --cwd --subscription -g --resource-group --site --db --database --cluster -O --project-ref";

    public static CloudTool? Of(string name) => name switch
    {
        "az" => new("-y --yes --no-wait --debug --verbose --only-show-errors --force --force-deletion -h --help", true),
        "gcloud" => new("-q --quiet --async --recursive -r --all-namespaces --help -h --log-http --user-output-enabled --no-async --delete-disks-all --force --continue-on-error", true),
        "oci" => new("--force --help -h --debug -d --all --raw-output --dry-run", true),
        "hcloud" or "linode-cli" or "hetzner" or "vultr-cli" or "openstack" => new(Common, false, "rebuild reinstall"),
        "ibmcloud" or "bx" => new(Common, false, "cancel"),
        "doctl" or "scw" or "exo" or "civo" or "upctl" or "yc" or "nova" or "cinder" or "glance" or "neutron" or "porter" or "qovery" or "clever" or "scalingo" or "gigalixir" or "claudia" or "ovhai" or "koyeb"
            or "render" or "platform" or "upsun" or "cf" or "kn" or "copilot" or "northflank" or "zeabur" or "stackit" or "tkn" or "eksctl" or "rosa" or "aro" or "magic"
            or "nctl" or "tailscale" or "ngrok" or "cloudflared" or "cloudctl" or "nomad-pack" or "ecs-cli" or "lightsailctl" => new(Common),
        "fly" or "flyctl" => new(Common, false, "destroy detach unset release"),
        "heroku" => new(Common, false, "pg:reset pg:copy pg:backups:restore repo:reset keys:clear addons:detach ps:kill config:unset domains:clear"),
        "vercel" or "vc" or "now" => new(Common, false, "rm"),
        "wrangler" => new(Common + " --namespace-id --binding", false, "pages:project:delete restore"),
        "supabase" => new(Common, false, "unset"),
        "firebase" => new(Common + " -P", false, "hosting:disable"),
        "netlify" or "ntl" => new(Common, false, "env:unset"),
        "railway" => new(Common + " -s --service", false, "down"),
        "neonctl" or "neon" => new(Common, false, "reset restore"),
        "turso" => new(Common, false, "invalidate"),
        "pscale" or "upstash" or "atlas" or "mongocli" or "ccloud" or "cockroach-cloud" or "aiven" or "avn" or "xata" or "fauna" or "convex" => new(Common),
        "prefect" => new(Common, false, "reset"),
        "databricks" or "snow" or "fivetran" or "dagster-cloud" or "astro" or "modal" or "runpodctl" or "vastai" or "sky" or "gradient" or "replicate" or "lightning" => new(Common, false, "down"),
        "nomad" => new(Common + " -address -namespace", false, "-purge"),
        "kops" => new(Common + " --name --state"),
        "fastly" or "apigeecli" or "akamai" or "bunny" or "deck" => new(Common + " --service-id --name", false, "reset"),
        "b2" => new(Common, false, "delete-bucket delete-file-version rm"),
        "s5cmd" or "s3cmd" or "mc" or "mcli" or "gsutil" or "ossutil" or "cos" or "coscmd" => new(Common + " --endpoint-url --endpoint --host-bucket -j"),
        "azcopy" => new(Common + " --from-to --log-level"),
        "aliyun" or "tccli" or "hcloud-huawei" or "bce" or "ucloud" => new(Common),
        "eb" => new(Common),
        _ => null,
    };

    public bool Deletes(string word)
    {
        if (word.Length == 0) return false;
        foreach (var range in AlsoDeletes.AsSpan().Split(' '))
        {
            if (AlsoDeletes.AsSpan(range).SequenceEqual(word)) return true;
        }
        return CommandVerb.Deletes(word);
    }
}
