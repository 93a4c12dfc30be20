namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// The safe command to offer when the rule's own is for another tool: of the same tool, it looks, or shows what would happen. Each
/// passes the gate (a test runs them all). Read when a message is written, never while judging.
/// </summary>
internal static class Alternatives
{
    /// <param name="Rule">Id of the rule.</param>
    /// <param name="Tools">Plain names of programs, separated by blanks; <c>git:worktree</c> is one with its subcommand.</param>
    /// <param name="Command">What to run instead.</param>
    internal sealed record Row(string Rule, string Tools, string Command);

    public static readonly Row[] All =
    [
        new("cloud-delete", "gcloud gsutil", "gcloud compute instances list"),
        new("cloud-delete", "bq", "bq ls"),
        new("cloud-delete", "az azcopy", "az resource list"),
        new("cloud-delete", "doctl", "doctl compute droplet list"),
        new("cloud-delete", "hcloud", "hcloud server list"),
        new("cloud-delete", "oci", "oci compute instance list"),
        new("cloud-delete", "heroku", "heroku apps"),
        new("cloud-delete", "fly flyctl", "fly status"),
        new("cloud-delete", "vercel", "vercel ls"),
        new("cloud-delete", "netlify", "netlify status"),
        new("cloud-delete", "wrangler", "wrangler d1 list"),
        new("cloud-delete", "firebase", "firebase projects:list"),
        new("cloud-delete", "supabase", "supabase projects list"),
        new("cloud-delete", "railway", "railway status"),
        new("cloud-delete", "s3cmd", "s3cmd del --dry-run s3://b/k"),
        new("cloud-delete", "s5cmd", "s5cmd --dry-run rm 's3://b/*'"),
        new("cloud-delete", "mc mcli", "mc ls myminio/bucket"),
        new("cloud-delete", "hdfs hadoop", "hdfs dfs -ls /data"),
        new("cloud-delete", "virsh", "virsh list --all"),
        new("cloud-delete", "nomad", "nomad status"),
        new("cloud-delete", "consul", "consul kv get -recurse config"),
        new("cloud-iam", "gcloud gsutil", "gcloud projects get-iam-policy p"),
        new("cloud-iam", "az", "az role assignment list"),
        new("cloud-iam", "kubectl oc", "kubectl get clusterrolebindings"),
        new("db-drop", "mysql mariadb mysqladmin mycli", "mysqldump --single-transaction db > db.sql"),
        new("db-drop", "sqlite3 sqlite", "sqlite3 app.db .dump > app.sql"),
        new("db-drop", "mongosh mongo mongorestore", "mongodump --db app"),
        new("db-drop", "bq", "bq show p:d.t"),
        new("db-drop", "cqlsh", "cqlsh -e 'DESCRIBE KEYSPACES'"),
        new("db-drop", "clickhouse-client clickhouse", "clickhouse-client --query 'SELECT count() FROM events'"),
        new("db-drop", "rails rake", "bin/rails db:migrate:status"),
        new("db-drop", "prisma npx pnpm yarn", "npx prisma migrate status"),
        new("db-drop", "python python3 manage.py", "python manage.py showmigrations"),
        new("db-drop", "php artisan", "php artisan migrate:status"),
        new("db-drop", "alembic flask", "alembic history"),
        new("db-drop", "flyway", "flyway info"),
        new("db-drop", "liquibase", "liquibase status"),
        new("db-drop", "supabase", "supabase migration list"),
        new("db-delete-all", "redis-cli valkey-cli keydb-cli", "redis-cli --scan --pattern 'cache:*'"),
        new("db-delete-all", "mongosh mongo", "mongosh --eval 'db.users.countDocuments()'"),
        new("db-delete-all", "kafka-topics kafka-topics.sh kafka-delete-records kafka-consumer-groups kafka-configs kafka-acls", "kafka-topics --bootstrap-server b --list"),
        new("db-delete-all", "curl wget http https xh", "curl http://localhost:9200/_cat/indices"),
        new("db-delete-all", "rabbitmqctl rabbitmqadmin", "rabbitmqctl list_queues"),
        new("db-delete-all", "nats", "nats stream ls"),
        new("db-delete-all", "etcdctl", "etcdctl get --prefix / --keys-only"),
        new("db-delete-all", "celery", "celery -A app inspect active"),
        new("k8s-delete", "helm helmfile", "helm uninstall r --dry-run"),
        new("k8s-delete", "argocd argo", "argocd app diff app"),
        new("k8s-delete", "flux", "flux get all"),
        new("k8s-delete", "velero", "velero backup get"),
        new("k8s-delete", "kind", "kind get clusters"),
        new("k8s-delete", "k3d", "k3d cluster list"),
        new("k8s-delete", "minikube", "minikube profile list"),
        new("k8s-delete", "tilt", "tilt get uiresources"),
        new("iac-destroy", "pulumi", "pulumi destroy --preview-only"),
        new("iac-destroy", "cdk cdktf cdklocal", "cdk diff"),
        new("iac-destroy", "aws sam serverless sls", "aws cloudformation describe-stacks"),
        new("iac-destroy", "az", "az deployment group what-if -g g -f main.bicep"),
        new("iac-destroy", "ansible", "ansible all -m ping"),
        new("iac-destroy", "vagrant", "vagrant status"),
        new("container-prune", "docker podman nerdctl", "docker system df"),
        new("container-prune", "buildah", "buildah images"),
        new("pkg-publish", "cargo", "cargo publish --dry-run"),
        new("pkg-publish", "poetry", "poetry publish --dry-run"),
        new("pkg-publish", "uv twine hatch flit pdm python python3", "twine check dist/*"),
        new("pkg-publish", "gem", "gem build x.gemspec"),
        new("pkg-publish", "mvn mvnw", "mvn verify"),
        new("pkg-publish", "gradle gradlew", "./gradlew publishToMavenLocal"),
        new("pkg-publish", "dotnet nuget", "dotnet pack"),
        new("pkg-publish", "docker podman skopeo crane", "docker images"),
        new("pkg-publish", "dart flutter", "dart pub publish --dry-run"),
        new("pkg-source", "npm pnpm yarn bun npx bunx", "npm ci"),
        new("pkg-source", "gem bundle", "bundle install"),
        new("pkg-source", "cargo", "cargo build"),
        new("pkg-source", "go", "go mod download"),
        new("pkg-source", "dotnet nuget", "dotnet restore"),
        new("pkg-source", "brew", "brew list"),
        new("pkg-global", "npm pnpm yarn bun", "npm install --save-dev x"),
        new("pkg-global", "apt apt-get dpkg aptitude", "apt-get -s remove x"),
        new("pkg-global", "dnf yum rpm", "dnf list installed"),
        new("pkg-global", "brew", "brew list"),
        new("pkg-global", "conda mamba micromamba", "conda env list"),
        new("platform-delete", "curl wget http https xh", "curl https://api.example.com/v1/items/1"),
        new("platform-delete", "simctl xcrun", "xcrun simctl list devices"),
        new("platform-delete", "glab", "glab repo view g/r"),
        new("platform-delete", "vault bao", "vault kv get secret/a"),
        new("platform-delete", "op", "op item list"),
        new("platform-delete", "restic", "restic forget --keep-last 1 --dry-run"),
        new("platform-delete", "borg borgmatic", "borg prune --dry-run --keep-daily 7 repo"),
        new("platform-delete", "stripe", "stripe customers list"),
        new("platform-delete", "doppler", "doppler projects"),
        new("platform-delete", "java jenkins-cli", "jenkins-cli list-jobs"),
        new("platform-delete", "fastly", "fastly service list"),
        new("platform-delete", "certbot acme.sh", "certbot certificates"),
        new("disk-volume", "lvremove lvreduce vgremove pvremove vgreduce", "lvs"),
        new("disk-volume", "zpool", "zpool status"),
        new("disk-volume", "btrfs", "btrfs subvolume list /"),
        new("disk-volume", "cryptsetup", "cryptsetup luksDump /dev/sdb1"),
        new("disk-volume", "mdadm", "mdadm --detail /dev/md0"),
        new("disk-volume", "ceph rbd rados", "ceph status"),
        new("sys-service", "systemctl service", "systemctl status x"),
        new("sys-service", "ip route ifconfig nmcli", "ip route show"),
        new("sys-service", "journalctl", "journalctl --disk-usage"),
        new("sys-service", "sysctl", "sysctl -a"),
        new("sys-service", "swapoff", "swapon --show"),
        new("sys-service", "mount umount", "findmnt"),
        new("fs-sync-delete", "rclone", "rclone sync --dry-run src remote:dst"),
        new("fs-sync-delete", "robocopy", "robocopy src dst /MIR /L"),
        new("git-branch-force", "git:worktree", "git worktree remove x"),
        new("git-branch-force", "git:update-ref git:symbolic-ref", "git for-each-ref"),
        new("git-discard", "hg", "hg status"),
        new("git-discard", "svn", "svn diff"),
        new("git-discard", "jj", "jj log"),
        new("remote-copy", "rsync", "rsync -an dist/ h:app/"),
        new("remote-copy", "sftp lftp ftp", "sftp h <<< 'ls'"),
    ];

    /// <summary>The row of the tool with this subcommand before that of the tool alone.</summary>
    public static string? Of(string rule, Shell.Invocation? of)
    {
        if (of is null || of.Name.Length == 0) return null;
        foreach (var argument in of.Arguments)
        {
            if (argument.StartsWith("-")) continue;
            if (Of(rule, $"{of.Name}:{argument.Text}") is { } found) return found;
            break;
        }
        return Of(rule, of.Name);
    }

    private static string? Of(string rule, string tool)
    {
        foreach (var row in All)
        {
            if (row.Rule != rule) continue;
            foreach (var range in row.Tools.AsSpan().Split(' '))
            {
                if (row.Tools.AsSpan(range).SequenceEqual(tool)) return row.Command;
            }
        }
        return null;
    }
}
