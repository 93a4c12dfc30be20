namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// Tools whose destroying subcommands need no code: their names as the manuals have them, November 2026. What reads, lists or creates
/// is not in the lines; what only undoes one reversible step is asked. A tool with options that decide has a rule file instead.
/// </summary>
internal static class ListedTools
{
    public static ListedVerb? Of(string tool) => Machines(tool) ?? Data(tool) ?? Identity(tool) ?? System(tool) ?? Work(tool);

    /// <summary>Clusters of machines, hypervisors, storage.</summary>
    private static ListedVerb? Machines(string tool) => tool switch
    {
        "ceph" => new("disk-volume", "-c --conf -n --name -k --keyring --id -f --format --cluster",
            "osd purge|rm|destroy|lost|purge-new; osd pool delete|rm; osd crush remove|rm; fs rm|reset|fail; fs volume|subvolume rm; mon remove|rm; mds rm; auth del|rm; orch rm; config-key rm; H osd out|down"),
        "rbd" => new("disk-volume", "-p --pool -c --conf -n --name --id --image -s", "rm|remove; snap rm|remove|purge|rollback|revert; trash purge|empty|rm|remove; group rm; namespace rm; pool uninit"),
        "rados" => new("disk-volume", "-p --pool -c --conf -n --name --id -N", "rmpool|purge|rm; cleanup"),
        "gluster" => new("disk-volume", "--mode --log-file", "volume delete|remove-brick|reset-brick; volume stop * +--force; peer detach; snapshot delete|restore; M volume stop"),
        "drbdadm" => new("disk-volume", "-c -d", "wipe-md|create-md|invalidate|invalidate-remote; M down"),
        "hdfs" or "hadoop" => new("cloud-delete", "-D -conf -fs -jt --config --loglevel", "dfs|fs +-rm|-rmr|-rmdir|-expunge|-truncate; namenode +-format|-rollback; M dfsadmin +-safemode; cacheadmin|crypto +-removePool|-removeDirectives"),
        "swift" => new("cloud-delete", "-A -U -K --os-auth-url --os-username --os-password", "delete"),
        "weed" or "garage" => new("cloud-delete", "-c --config -h", "bucket delete; key delete; layout remove; node remove"),
        "ipfs" => new("cloud-delete", "--api --repo-dir -c", "M pin rm; M repo gc; M key rm; M files rm"),
        "virsh" or "virt" => new("cloud-delete", "-c --connect", "undefine|vol-delete|vol-wipe|pool-delete|pool-undefine|snapshot-delete|net-undefine|nwfilter-undefine|secret-undefine; M destroy|net-destroy|pool-destroy|managedsave-remove|snapshot-revert|detach-disk"),
        "VBoxManage" or "vboxmanage" => new("cloud-delete", "", "unregistervm +--delete|--delete-all; closemedium +--delete; M closemedium; snapshot * delete|restore; mediumproperty * delete; hostonlyif remove; M natnetwork remove"),
        "prlctl" => new("cloud-delete", "", "delete|unregister; snapshot-delete"),
        "vmrun" => new("cloud-delete", "-T -gu -gp", "deleteVM; deleteSnapshot; M revertToSnapshot"),
        "govc" => new("cloud-delete", "-u -k -dc -ds -cluster", "vm.destroy|vm.unregister|datastore.rm|datastore.remove|pool.destroy|host.remove|object.destroy|snapshot.remove|cluster.rule.remove|folder.destroy|library.rm|role.remove|permissions.remove|datacenter.destroy; M snapshot.revert"),
        "xe" => new("cloud-delete", "-s -u -pw", "vm-destroy|vm-uninstall|vdi-destroy|sr-destroy|sr-forget|pool-eject|host-forget|network-destroy|snapshot-destroy|snapshot-uninstall|template-uninstall"),
        "multipass" => new("cloud-delete", "", "purge; delete +--all|-p|--purge; M delete"),
        "lxc" or "incus" => new("cloud-delete", "--project", "delete|rm; image|profile|project|network|cluster delete|rm|remove; storage delete|rm; storage volume|bucket delete|rm; M snapshot delete; M restore"),
        "lxc-destroy" => new("cloud-delete", "-n -P", "*; +-n|--name"),
        "qm" or "pct" => new("cloud-delete", "", "destroy|delsnapshot|unlink; M rollback; disk unlink"),
        "pvesm" => new("cloud-delete", "", "free|remove"),
        "pvecm" => new("cloud-delete", "", "delnode"),
        "proxmox-backup-client" => new("cloud-delete", "--repository --ns", "snapshot forget; forget|prune; namespace delete; group forget", "it deletes backups"),
        "limactl" or "lima" => new("container-prune", "", "M delete|rm|remove|factory-reset; prune"),
        "distrobox" or "toolbox" => new("container-prune", "-n --name", "M rm; M rmi"),
        "buildah" => new("container-prune", "--root --runroot", "rm|rmi +-a|--all|-p|--prune; M rmi +-f|--force; prune +-a|--all; M prune; manifest rm"),
        "regctl" or "crane" or "skopeo" or "oras" or "gcrane" or "reg" or "cosign" => new("platform-delete", "--platform --creds --authfile --tls-verify", "delete|rm; tag|image|manifest|blob|repo|artifact|digest delete|rm; M clean; gc"),
        "docker-machine" => new("cloud-delete", "-s --storage-path", "rm|remove; M regenerate-certs"),
        "juju" => new("cloud-delete", "-m --model -c --controller", "destroy-model|destroy-controller|kill-controller|remove-application|remove-machine|remove-unit|remove-storage|remove-storage-pool|remove-user|remove-cloud|remove-k8s|remove-saas|remove-offer; M remove-relation|detach-storage"),
        "bosh" => new("cloud-delete", "-e --environment -d --deployment --ca-cert --client --client-secret", "delete-deployment|deld|delete-env|delete-stemcell|delete-release|delete-vm|delete-disk|delete-snapshot|delete-snapshots|delete-config|delete-network; clean-up +--all; M stop +--hard; M recreate|restart|cck|clean-up"),
        "knife" => new("cloud-delete", "-c -E -s -u -k -z", "node|client|role|environment|cookbook|user|org|data delete; * bulk delete; data bag delete; * server delete"),
        "puppet" => new("cloud-delete", "", "node purge|clean|deactivate; cert clean|revoke|destroy"),
        "puppetserver" => new("cloud-delete", "--certname", "ca clean|revoke|delete"),
        "salt-key" => new("cloud-delete", "-d --delete -c -u", "+-d|-D|--delete|--delete-all"),
        "salt" or "salt-call" => new("sys-power", "-t -c -b --out", "* system.shutdown|system.reboot|system.poweroff|system.halt|system.init"),
        "maas" => new("cloud-delete", "", "* machine|subnet|vlan|fabric|user|pod delete"),
        "talosctl" => new("k8s-delete", "-n --nodes -e --endpoints --talosconfig --context", "reset; etcd remove-member|forfeit-leadership; M reboot|shutdown|rollback"),
        "rke" or "rke2" or "k0s" or "k0sctl" or "kubespray" or "microk8s" => new("k8s-delete", "--config", "remove|reset; M leave|uninstall|remove-node"),
        "ipvsadm" => new("sys-service", "", "+-C|--clear|-D|--delete-service", "it changes how the machine reaches the network"),
        "consul" => new("cloud-delete", "-http-addr -token -datacenter -namespace", "M leave|force-leave; M snapshot restore; operator raft remove-peer; services deregister"),
        "spin" or "octo" or "octopus" => new("platform-delete", "--application --name --server --apiKey --gate-endpoint --config", "* delete; delete-*; * * delete"),
        _ => null,
    };

    /// <summary>Databases, search, queues, data pipelines.</summary>
    private static ListedVerb? Data(string tool) => tool switch
    {
        "pg_dropcluster" => new("db-drop", "", "*"),
        "pg_resetwal" or "pg_resetxlog" => new("db-drop", "-D --pgdata -c -e -l -m -o -O -x", "+-D|--pgdata !-n|--dry-run; * !-n|--dry-run"),
        "vtctldclient" or "vtctl" or "vtctlclient" => new("db-drop", "--server", "DeleteKeyspace|DeleteShards|DeleteShard|DeleteTablets|DeleteTablet|DeleteCells|DeleteSrvVSchema|RemoveKeyspaceCell"),
        "neo4j-admin" => new("db-drop", "--database", "database delete; database load +--overwrite-destination|--overwrite-destination=true"),
        "cbq" or "couchbase-cli" => new("db-drop", "-c --cluster -u --username -p --password --bucket", "bucket-delete|bucket-flush|collection-manage|node-reset|failover|reset-admin-password"),
        "nodetool" => new("db-delete-all", "-h --host -p --port -u -pw", "decommission|removenode|assassinate|clearsnapshot|truncatehints; M drain|stopdaemon|disablegossip|disablebinary"),
        "tiup" => new("db-drop", "-R -N", "cluster destroy|clean|prune|scale-in; M cluster stop"),
        "patronictl" => new("db-drop", "-c --config-file -d", "remove; H reinit; M failover|switchover|pause"),
        "elasticsearch-node" => new("db-drop", "", "unsafe-bootstrap|detach-cluster|remove-settings|remove-customs|repurpose"),
        "curator_cli" or "curator" => new("db-delete-all", "--config --host --port --http_auth", "delete_indices|delete-indices|delete_snapshots|delete-snapshots; M close"),
        "solr" => new("db-drop", "-c -p -url -z", "delete; zk rm; auth disable"),
        "pg_probackup" => new("platform-delete", "-B --instance -i", "delete|del-instance|merge", "it deletes backups"),
        "myloader" => new("db-drop", "-h -u -p -P -B -d -t", "+-o|--overwrite-tables"),
        "kudu" => new("db-drop", "", "table delete|drop_range_partition; tablet unsafe_replace_tablet"),
        "rq" => new("db-delete-all", "-u --url -c --config", "empty; M requeue +-a|--all; M suspend"),
        "activemq" or "artemis" => new("db-delete-all", "--user --password --url --name", "purge; queue purge|delete; address delete; data exp|imp +--reset; M stop"),
        "mosquitto_ctrl" => new("db-delete-all", "-h -u -P -p", "dynsec deleteClient|deleteGroup|deleteRole"),
        "airflow" => new("db-drop", "-d -t", "db reset|clean|drop-archived; H dags|pools|connections|variables|users|roles delete; M tasks clear; M db downgrade"),
        "dagster" => new("db-delete-all", "", "run wipe|delete; asset wipe|wipe-partitions-status-cache"),
        "mlflow" => new("db-delete-all", "--experiment-id --run-id", "gc; runs|experiments delete; M models delete"),
        "dvc" => new("fs-mass-delete", "-r -j", "H destroy +-f|--force; H gc +-c|--cloud; M gc; M destroy", "it deletes data that is not under version control"),
        "kaggle" or "hf" or "huggingface-cli" or "wandb" or "comet" or "clearml" => new("platform-delete", "--repo-type --token", "repo delete; datasets|kernels|models delete; repo tag|branch delete; tag +-d|--delete; M delete-cache; M repo-files * delete"),
        "pinecone" or "weaviate" or "qdrant" or "milvus" or "chroma" => new("db-drop", "-n --name", "index|collection|project|namespace|db|backup delete|drop|delete-all; delete"),
        "appwrite" => new("platform-delete", "--databaseId --collectionId --functionId --bucketId --projectId --teamId --userId", "* delete; * delete-*"),
        "magento" => new("db-drop", "", "setup:uninstall; M setup:rollback"),
        "wp" => new("platform-delete", "--path --url --user", "site delete|empty|archive; M user|post|term|plugin|theme|option|media|comment|menu delete; M plugin uninstall", "it deletes from a site"),
        "drush" => new("db-drop", "-l --uri -r --root", "H entity:delete|edel|pm:uninstall; M config:delete|state:delete"),
        _ => null,
    };

    /// <summary>Names, certificates, keys, mail, DNS, directories.</summary>
    private static ListedVerb? Identity(string tool) => tool switch
    {
        "pdnsutil" => new("platform-delete", "--config-dir --config-name", "delete-zone|clear-zone|delete-rrset|remove-zone-key|disable-dnssec|delete-tsig-key; zone delete|clear; rrset delete", "it deletes names that others look up"),
        "rndc" => new("platform-delete", "-c -k -s -p -y -b", "delzone; M halt|stop|freeze|flush", "it deletes names that others look up"),
        "knotc" => new("platform-delete", "-s -c -C", "zone-purge|zone-unset|conf-unset; M stop", "it deletes names that others look up"),
        "samba-tool" => new("platform-delete", "-U --username -H", "user|group|computer|contact|ou delete; dns delete|zonedelete; domain demote; fsmo seize; gpo del", "it deletes from the directory that others log in by"),
        "ldapdelete" => new("platform-delete", "-H -D -w -y -b -h -p -f", "!-n", "it deletes from the directory that others log in by"),
        "kcadm.sh" or "kcadm" => new("platform-delete", "-r --server --realm --user --config", "delete; remove-roles", "it deletes from the directory that others log in by"),
        "kadmin" or "kadmin.local" => new("platform-delete", "-p -k -t -r -s -w -c", "delprinc|delete_principal|delpol|delete_policy|ktremove|purgekeys", "it deletes from the directory that others log in by"),
        "ipa" => new("platform-delete", "", "user-del|group-del|host-del|service-del|dnszone-del|dnsrecord-del|hbacrule-del|sudorule-del|role-del|vault-del|server-del|cert-revoke", "it deletes from the directory that others log in by"),
        "realm" => new("sys-service", "", "leave|deny", "it takes the machine out of its domain"),
        "smbpasswd" or "pdbedit" => new("priv-persist", "-U -u", "+-x|-a|-d"),
        "dscl" => new("priv-persist", "", "* +-delete|-create|-append|-passwd|-change|-merge"),
        "certbot" => new("platform-delete", "--cert-name --cert-path -d --server --config-dir --email -m --reason", "delete|revoke|unregister; M rollback", "it gives up certificates that services use"),
        "acme.sh" => new("platform-delete", "-d --domain --server", "+--remove|--revoke|--deactivate|--deactivate-account|--uninstall", "it gives up certificates that services use"),
        "step" => new("platform-delete", "--ca-url --root", "ca revoke; ca provisioner remove; ca admin remove; crypto key delete", "it gives up certificates that services use"),
        "certutil" => new("secret-destroy", "-d -n -f", "+-D|-F"),
        "keytool" => new("secret-destroy", "-alias -keystore -storepass -file", "+-delete"),
        "tpm2_clear" or "tpm2_evictcontrol" => new("secret-destroy", "-c -C -L", "*; +-c|-C|--auth-hierarchy"),
        "ykman" => new("secret-destroy", "-d --device", "piv|openpgp|fido|oath|otp|config reset|delete; piv keys|certificates delete; oath accounts delete"),
        "keyctl" => new("secret-destroy", "", "M clear|revoke|unlink|invalidate|purge|reap"),
        "secret-tool" => new("secret-destroy", "", "clear"),
        "keyring" => new("secret-destroy", "-b", "del"),
        "pass" or "gopass" or "lpass" => new("secret-destroy", "--store", "rm|remove|delete|del; recipients remove"),
        "chamber" or "credstash" or "teller" or "berglas" or "akeyless" or "conjur" or "aws-vault" or "envchain" => new("secret-destroy", "-r --region -t --table -b --backend -p", "delete|destroy|remove|clear|delete-item|delete-items|delete-all; M rotate; +--unset"),
        "vault" or "bao" => new("platform-delete", "-namespace -address -ca-cert", "write sys/seal|sys/rotate|sys/step-down; write sys/revoke-*"),
        "doveadm" => new("platform-delete", "-u -F -S -o", "expunge; mailbox delete; user remove; dedup", "it deletes mail"),
        "postsuper" => new("platform-delete", "-c", "* +-d; +-d; M +-h|-H|-r; M * +-h|-r", "it deletes mail"),
        "exim" or "exim4" => new("platform-delete", "-C", "+-Mrm|-Mg; * +-Mrm|-Mg", "it deletes mail"),
        "zmprov" => new("platform-delete", "-a -p -s", "deleteAccount|da|deleteDomain|dd|deleteDistributionList|ddl|deleteMailbox|dm", "it deletes mail"),
        "rmlist" or "mailman" => new("platform-delete", "", "*"),
        "travis" or "algolia" or "configcat" or "cli4" or "lexicon" or "mutagen" => new("platform-delete", "-r --repo -a -p --profile --application-id --api-key", "env unset|clear; cache +-d|--delete; indices|objects|rules|synonyms|apikeys|profile clear|delete|remove; flag|setting|segment|environment|product|config rm; +--delete; * delete; M sync|forward terminate; M disable"),
        "mimirtool" or "cortextool" or "sensuctl" or "thanos" => new("platform-delete", "--address --id --key --user", "rules|alertmanager delete; rules delete-namespace; * delete; tools bucket cleanup|mark|rewrite|retention"),
        "amtool" => new("platform-delete", "--alertmanager.url --config.file -a --author -c --comment -d --duration", "M silence expire"),
        _ => null,
    };

    /// <summary>The machine itself: network, boot, firmware, file systems in use.</summary>
    private static ListedVerb? System(string tool) => tool switch
    {
        "ip" => new("sys-service", "-n -netns -f -family -l -loops -rc", "route|ro|r add|del|delete|flush|replace|change|append; rule|ru add|del|delete|flush; neigh|neighbour|neighbor|n add|del|delete|flush|replace|change; addr|address|a del|delete|flush; link|l del|delete; link|l set * down; link|l set * * down; netns del|delete; xfrm state|policy flush|deleteall", "it changes how the machine reaches the network"),
        "ifconfig" => new("sys-service", "", "* down|delete|-alias; * * down", "it changes how the machine reaches the network"),
        "route" => new("sys-service", "-A", "add|del|delete|flush|change", "it changes how the machine reaches the network"),
        "nmcli" => new("sys-service", "-f -g -m -t -w", "networking|n|net off; radio all|wifi|wwan off; connection|con|c delete|down; device|dev|d delete|disconnect|down", "it changes how the machine reaches the network"),
        "networksetup" => new("sys-service", "", "+-setnetworkserviceenabled|-removenetworkservice|-deletelocation|-setwebproxy|-setdnsservers", "it changes how the machine reaches the network"),
        "iptables-restore" or "ip6tables-restore" => new("sys-service", "-M -T", "* !-t|--test; !-t|--test|-V|-h"),
        "firewall-cmd" => new("sys-service", "--zone --policy", "+--panic-on; +--remove-service|--remove-port|--remove-rich-rule|--remove-source|--remove-interface|--delete-zone|--set-default-zone|--complete-reload"),
        "chattr" => new("sys-service", "-p -v", "+-i|-a", "it takes off what keeps a file from being changed"),
        "losetup" => new("disk-volume", "-o -b", "M +-D|--detach-all"),
        "efibootmgr" => new("disk-format", "-b --bootnum -c -d --disk -p --part -L --label -l --loader -o -n -t", "H +-B|--delete-bootnum|-O|--delete-bootorder|-D|--remove-dups; M +-c|--create|-o|--bootorder|-a|-A", "it changes how the machine starts"),
        "grub-install" or "grub2-install" or "lilo" or "bootctl" => new("disk-format", "--target --efi-directory --boot-directory --bootloader-id", "H install|remove|update; H * !-V|--version|--help", "it changes how the machine starts"),
        "update-initramfs" => new("disk-format", "-k", "H +-d", "it changes how the machine starts"),
        "tune2fs" => new("disk-format", "-c -C -e -E -f -g -i -I -j -J -L -m -M -o -O -Q -r -T -u -U -z", "M * +-O|-f|-I|-U|-E", "it changes a file system, which must not be in use"),
        "e2fsck" or "fsck" or "fsck.ext4" or "fsck.ext3" or "fsck.vfat" or "fsck.xfs" => new("disk-format", "-b -B -C -E -j -l -L -t", "M * +-y|-f|-a|-p !-n|-N; M +-A !-n|-N", "it changes a file system, which must not be in use"),
        "xfs_repair" => new("disk-format", "-l -m -o -r -t", "H * +-L; M * !-n", "it changes a file system, which must not be in use"),
        "btrfsck" or "reiserfsck" => new("disk-format", "-b", "H * +--repair|--rebuild-tree|--rebuild-sb", "it changes a file system, which must not be in use"),
        "resize2fs" => new("disk-format", "-d -S -z", "M * *; M +-M", "it changes a file system, which must not be in use"),
        "xfs_db" or "debugfs" => new("disk-format", "-R -f -c", "H * +-w|-x|-f", "it changes a file system, which must not be in use"),
        "nvram" => new("win-system", "", "H +-c; M +-d", "it changes how the machine starts"),
        "tccutil" => new("sys-service", "", "reset", "it resets what programs were allowed to do"),
        "defaults" => new("sys-service", "", "delete|remove", "it deletes settings of the person"),
        "systemsetup" => new("sys-service", "", "+-setremotelogin|-setdisablekeyboardwhenenclosurelockisengaged"),
        "fuser" => new("sys-kill-wide", "-n -s --signal", "* +-k !-n", "it ends every process that uses the place"),
        "trash-empty" => new("fs-rm-home", "", "M *; M !--dry-run", "it empties the trash, where things could still be found"),
        "gio" => new("fs-rm-home", "", "M trash +--empty", "it empties the trash, where things could still be found"),
        "snapper" => new("disk-volume", "-c --config -r", "delete|rm|remove|delete-config; H rollback|undochange; M cleanup"),
        "timeshift" => new("disk-volume", "--snapshot --snapshot-device --target-device", "+--delete|--delete-all; H +--restore"),
        "btrbk" => new("disk-volume", "-c", "M clean|prune|run"),
        "sanoid" or "syncoid" => new("disk-volume", "--configdir", "M +--prune-snapshots|--force-prune; +--force-delete"),
        "bup" => new("platform-delete", "-d", "rm|gc|prune-older", "it deletes backups"),
        "tarsnap" => new("platform-delete", "-f --keyfile --cachedir", "+-d|--nuke; * +-d", "it deletes backups"),
        "rdiff-backup" => new("platform-delete", "--older-than --remove-older-than --api-version", "+--remove-older-than; remove; M regress", "it deletes backups"),
        _ => null,
    };

    /// <summary>Other version control systems, and removers that are packages.</summary>
    private static ListedVerb? Work(string tool) => tool switch
    {
        "hg" => new("git-discard", "-R --repository --cwd -r --rev -b", "M update|up|co|checkout +-C|--clean; M revert +-a|--all|-C|--no-backup; M revert; strip; M histedit; M rollback; M purge; M debugstrip", "it discards work that is nowhere else"),
        "svn" => new("git-discard", "-m --message -r --revision --username --password", "M revert; M delete|del|remove|rm +-m|--message|--force; M cleanup +--remove-unversioned|--remove-ignored", "it discards work that is nowhere else"),
        "jj" => new("git-discard", "-R --repository -r --revision -m", "M abandon; M op|operation restore|abandon|undo; M restore; M undo; M workspace forget; M git push +--deleted|--all", "it discards work that is nowhere else"),
        "p4" => new("git-discard", "-c -p -u -P", "M revert !-n; obliterate +-y; M delete !-n; M clean !-n; M client|branch|label|user +-d; M sync|update +-f", "it discards work that is nowhere else"),
        "fossil" or "bzr" or "brz" or "darcs" or "pijul" => new("git-discard", "", "M revert; M clean|clean-tree +-f|--force; M purge; M uncommit; M obliterate|unrecord; M reset", "it discards work that is nowhere else"),
        "repo" => new("git-discard", "-j -b -m", "M sync +--force-sync|--force-remove-dirty; M abandon; M prune", "it discards work that is nowhere else"),
        _ => null,
    };
}
