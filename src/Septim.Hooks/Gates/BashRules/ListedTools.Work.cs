namespace Septim.Hooks.Gates.BashRules;

/// <summary>What people work with: names and keys, version control.</summary>
internal static partial class ListedTools
{
    /// <summary>Names, certificates, keys, mail, DNS, directories.</summary>
    private static ListedVerb? Identity(string tool) => tool switch
    {
        "pdnsutil" => new("platform-delete", "--config-dir --config-name", "delete-zone|clear-zone|delete-rrset|remove-zone-key|disable-dnssec|delete-tsig-key; zone delete|clear; rrset delete", "it deletes names that others look up"),
        "rndc" => new("platform-delete", "-c -k -s -p -y -b", "delzone; M halt|stop|freeze|flush", "it deletes names that others look up"),
        "knotc" => new("platform-delete", "-s -c -C", "zone-purge|zone-unset|conf-unset; M stop", "it deletes names that others look up"),
        "dsconf" or "dsctl" => new("platform-delete", "-D -w -b", "* backend|replication|plugin delete|disable; * remove", "it deletes from the directory that others log in by"),
        "samba-tool" => new("platform-delete", "-U --username -H", "user|group|computer|contact|ou delete; dns delete|zonedelete; domain demote; fsmo seize; gpo del", "it deletes from the directory that others log in by"),
        "ldapdelete" => new("platform-delete", "-H -D -w -y -b -h -p -f", "!-n", "it deletes from the directory that others log in by"),
        "kcadm.sh" or "kcadm" => new("platform-delete", "-r --server --realm --user --config", "delete; remove-roles", "it deletes from the directory that others log in by"),
        "kadmin" or "kadmin.local" => new("platform-delete", "-p -k -t -r -s -w -c", "delprinc|delete_principal|delpol|delete_policy|ktremove|purgekeys", "it deletes from the directory that others log in by"),
        "ipa" => new("platform-delete", "", "user-del|group-del|host-del|service-del|dnszone-del|dnsrecord-del|hbacrule-del|sudorule-del|role-del|vault-del|server-del|cert-revoke", "it deletes from the directory that others log in by"),
        "realm" => new("sys-service", "", "leave|deny", "it takes the machine out of its domain"),
        "smbpasswd" or "pdbedit" => new("priv-persist", "-U -u", "+-x|-a|-d"),
        "dscl" => new("priv-persist", "", "* +-delete|-create|-append|-passwd|-change|-merge"),
        "cli53" => new("platform-delete", "--profile --endpoint-url", "delete|rrdelete|rrpurge", "it deletes names that others look up"),
        "certbot" => new("platform-delete", "--cert-name --cert-path -d --server --config-dir --email -m --reason", "delete|revoke|unregister; M rollback", "it gives up certificates that services use"),
        "acme.sh" => new("platform-delete", "-d --domain --server", "+--remove|--revoke|--deactivate|--deactivate-account|--uninstall", "it gives up certificates that services use"),
        "step" => new("platform-delete", "--ca-url --root", "ca revoke; ca provisioner remove; ca admin remove; crypto key delete", "it gives up certificates that services use"),
        "certutil" => new("secret-destroy", "-d -n -f", "+-D|-F|-delstore|-delkey"),
        "keytool" => new("secret-destroy", "-alias -keystore -storepass -file", "+-delete"),
        "tpm2_clear" or "tpm2_evictcontrol" => new("secret-destroy", "-c -C -L", "*; +-c|-C|--auth-hierarchy"),
        "ykman" => new("secret-destroy", "-d --device", "piv|openpgp|fido|oath|otp|config reset|delete; piv keys|certificates delete; oath accounts delete"),
        "keyctl" => new("secret-destroy", "", "M clear|revoke|unlink|invalidate|purge|reap"),
        "secret-tool" => new("secret-destroy", "", "clear"),
        "keyring" => new("secret-destroy", "-b", "del"),
        "pass" or "gopass" or "lpass" => new("secret-destroy", "--store", "rm|remove|delete|del; recipients remove"),
        "chamber" or "credstash" or "teller" or "berglas" or "akeyless" or "conjur" or "aws-vault" or "envchain" => new("secret-destroy", "-r --region -t --table -b --backend -p", "delete|destroy|remove|clear|delete-item|delete-items|delete-all; M rotate; +--unset"),
        "vault" or "bao" => new("platform-delete", "-namespace -address -ca-cert", "operator raft remove-peer; write sys/seal|sys/rotate|sys/step-down; write sys/revoke-*"),
        "doveadm" => new("platform-delete", "-u -F -S -o", "expunge; mailbox delete; user remove; dedup", "it deletes mail"),
        "postsuper" => new("platform-delete", "-c", "* +-d; +-d; M +-h|-H|-r; M * +-h|-r", "it deletes mail"),
        "exim" or "exim4" => new("platform-delete", "-C", "+-Mrm|-Mg; * +-Mrm|-Mg", "it deletes mail"),
        "zmprov" => new("platform-delete", "-a -p -s", "deleteAccount|da|deleteDomain|dd|deleteDistributionList|ddl|deleteMailbox|dm", "it deletes mail"),
        "rmlist" or "mailman" => new("platform-delete", "", "*"),
        "travis" or "algolia" or "configcat" or "cli4" or "lexicon" or "mutagen" => new("platform-delete", "-r --repo -a -p --profile --application-id --api-key", "env unset|clear; cache +-d|--delete; indices|objects|rules|synonyms|apikeys|profile clear|delete|remove; flag|setting|segment|environment|product|config rm; +--delete; * delete; M sync|forward terminate; M disable"),
        "mimirtool" or "cortextool" or "sensuctl" or "thanos" => new("platform-delete", "--address --id --key --user", "rules|alertmanager delete; rules delete-namespace; * delete; tools bucket cleanup|mark|rewrite|retention"),
        "terminus" => new("platform-delete", "", "site:delete|multidev:delete|env:wipe|backup:delete; M env:clone-content|backup:restore"),
        "deployctl" => new("platform-delete", "-p --project --token --org", "projects|deployments delete"),
        "gitlab-runner" => new("platform-delete", "-c --config -n --name -t --token", "M verify +--delete"),
        "gitlab-rake" => new("platform-delete", "", "M gitlab:cleanup:*; db:drop*|db:reset*|db:schema:load*"),
        "grafana-cli" or "grafana" => new("platform-delete", "--homepath --config", "M admin reset-admin-password; M cli admin reset-admin-password"),
        "amtool" => new("platform-delete", "--alertmanager.url --config.file -a --author -c --comment -d --duration", "M silence expire"),
        _ => null,
    };

    /// <summary>Other version control systems, and removers that are packages.</summary>
    private static ListedVerb? Work(string tool) => tool switch
    {
        "hg" or "sl" => new("git-discard", "-R --repository --cwd -r --rev -b --config", "M update|up|co|checkout|goto +-C|--clean; M clean|hide|prune; M revert +-a|--all|-C|--no-backup; M revert; strip; M histedit; M rollback; M purge; M debugstrip; M push +-f|--force", "it discards work that is nowhere else"),
        "svn" => new("git-discard", "-m --message -r --revision --username --password", "M revert; M delete|del|remove|rm +-m|--message|--force; M cleanup +--remove-unversioned|--remove-ignored", "it discards work that is nowhere else"),
        "jj" => new("git-discard", "-R --repository -r --revision -m", "M abandon; M op|operation restore|abandon|undo; M restore; M undo; M workspace forget; M git push +--deleted|--all; M util gc", "it discards work that is nowhere else"),
        "p4" => new("git-discard", "-c -p -u -P", "M revert !-n; obliterate +-y; M delete !-n; M clean !-n; M client|branch|label|user +-d; M sync|update +-f", "it discards work that is nowhere else"),
        "fossil" or "bzr" or "brz" or "darcs" or "pijul" => new("git-discard", "", "M revert; M clean|clean-tree +-f|--force; M purge; M uncommit; M obliterate|unrecord|unpull; M reset; M close +-f|--force", "it discards work that is nowhere else"),
        "gt" => new("git-discard", "-m", "M delete|dl +-f|--force; M branch delete|dl +-f|--force; M undo; M repo sync +-f|--force; M sync +-f|--force; M submit|ss +-f|--force", "it discards work that is nowhere else"),
        "dolt" => new("git-discard", "-b -m --data-dir", "H reset +--hard; M table rm; M branch +-D; M checkout +-f; M gc; M push +-f|--force", "it discards work that is nowhere else"),
        // Why: git extras, git town and git machete add verbs of their own.
        "git" => new("git-discard", "-C -c --git-dir --work-tree --namespace", "M clear|clear-soft|obliterate|reset-file|nuke|force-clone|delete-merged-branches|delete-branch|delete-submodule; M undo +-h; M town kill|delete; M machete delete-unmanaged; M annex dropunused|uninit|dead; M repack +--unpack-unreachable=now", "it discards work that is nowhere else"),
        "repo" => new("git-discard", "-j -b -m", "M sync +--force-sync|--force-remove-dirty; M abandon; M prune", "it discards work that is nowhere else"),
        _ => null,
    };
}
