using Septim.Hooks.Shell;
using Septim.Hooks.Shell.Evaluation;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Knows secret files by their place and name (bash-policy §2).</summary>
internal static class SecretFile
{
    /// <summary>PATH_MAX of Linux.</summary>
    private const int LongestPath = 4096;

    /// <summary>The operand names a secret file, or by a glob surely one.</summary>
    public static bool Is(Word word, Place place)
    {
        // Why: a name in quotes with a star is a name with a star.
        return IsPath(PathOf(word, place), place.IsPattern, place.Kind == PlaceKind.Project) || (place.Target is { } target && IsPath(target));
    }

    /// <summary>Of the secret files one that holds settings, a name and its value on a line.</summary>
    public static bool IsSettings(Word word, Place place)
    {
        var path = place.Target ?? PathOf(word, place);
        var name = ShellPath.Leaf(path);
        return IsEnvFile(name) || name is ".npmrc" or ".pypirc" or ".s3cfg" or ".boto" or ".my.cnf" or ".databrickscfg" or ".sentryclirc" or ".pg_service.conf"
            || (name == "credentials" && (path.Contains(".aws/", StringComparison.Ordinal) || path.Contains(".cargo/", StringComparison.Ordinal)));
    }

    /// <summary><c>cd ~/.ssh; cat *</c>: a pattern is a name in the folder above it, when nothing further up is one.</summary>
    private static string PathOf(Word word, Place place)
    {
        var shown = word.Shown;
        if (place.Path.Length == 0) return shown;
        if (!place.IsPattern) return place.Path;
        var slash = shown.LastIndexOf('/');
        return word.HasUnknown || shown.AsSpan(0, slash + 1).IndexOfAny("*?[") >= 0 ? shown : place.Path.TrimEnd('/') + "/" + shown[(slash + 1)..];
    }

    /// <summary>Also a directory that holds secrets: <c>~/.ssh</c>, <c>~/.aws</c>, <c>~/.gnupg</c>.</summary>
    public static bool IsOrHolds(Word word, Place place)
    {
        if (Is(word, place)) return true;
        if (place.Kind == PlaceKind.HomeRoot) return true;
        return HoldsSecrets((place.Path.Length > 0 ? place.Path : word.Shown).AsSpan().TrimEnd('/'));
    }

    private static bool HoldsSecrets(ReadOnlySpan<char> path) =>
        EndsWithPart(path, ".ssh") || EndsWithPart(path, ".aws") || EndsWithPart(path, ".gnupg") || EndsWithPart(path, ".kube")
            || EndsWithPart(path, ".docker") || path is "/etc/ssh" or "/etc/ssl/private" or "/etc/wireguard" || EndsWithPart(path, ".oci") || EndsWithPart(path, ".pki") || EndsWithPart(path, ".password-store") || path.EndsWith("/.config/gcloud") || EndsWithPart(path, ".azure");

    private static bool EndsWithPart(ReadOnlySpan<char> path, string part) =>
        path.EndsWith(part) && (path.Length == part.Length || path[path.Length - part.Length - 1] == '/');

    /// <param name="path">As known; globs as written.</param>
    /// <param name="isPattern">Stars in it are globs.</param>
    /// <param name="isProject">It lies in the project: a registry setting there seldom holds a token.</param>
    public static bool IsPath(string path, bool isPattern = false, bool isProject = false)
    {
        // Why: the kernel takes no longer path, and an argument may be a mebibyte of code.
        if (path.Length > LongestPath) return false;
        path = path.Replace('\\', '/');
        var name = ShellPath.Leaf(path);
        if (name.Length == 0) return false;
        // Why: a blank before a path's beginning makes it a text that mentions one.
        if (path.Contains(" /", StringComparison.Ordinal) || path.Contains(" ~/", StringComparison.Ordinal)) return false;
        if (IsEnvFile(name)) return true;
        if (isPattern && MatchesSecret(name, path)) return true;
        if (name is "id_rsa" or "id_dsa" or "id_ecdsa" or "id_ed25519" or "id_ed25519_sk" or "id_ecdsa_sk" or "id_xmss") return true;
        if (name.StartsWith("id_", StringComparison.Ordinal) && path.Contains(".ssh/", StringComparison.Ordinal) && !name.Contains(".pub", StringComparison.Ordinal) && !name.Contains(' ')) return true;
        if (isPattern && (name is "*" or "id_*" or "*_rsa" or "i*") && path.Contains(".ssh/", StringComparison.Ordinal)) return true;
        if (IsKeyFile(name)) return true;
        switch (name)
        {
            case ".netrc" or "_netrc" or ".pgpass" or ".my.cnf" or ".pypirc" or ".git-credentials" or ".htpasswd" or ".vault-token" or ".vault_pass" or ".vault-pass" or ".s3cfg" or ".boto"
                or ".dockercfg" or ".terraformrc" or "credentials.tfrc.json" or "application_default_credentials.json" or "access_tokens.db" or "credentials.db" or "accessTokens.json" or "msal_token_cache.json"
                or "login.keychain" or "login.keychain-db" or "System.keychain" or "key4.db" or "logins.json" or "Login Data" or "cookies.sqlite" or "wallet.dat" or "secring.gpg"
                or "terraform.tfvars" or "kubeconfig" or ".kubeconfig" or "service-account.json" or "serviceaccount.json" or "service_account.json" or "master.key" or ".credentials.json" or "ansible_vault_pass":
                return true;
            case "credentials" or "credentials.json" or "credentials.toml" or "credentials.yml" or "credentials.yaml":
                return true;
            // Why: a chart's template holds the places where secrets go.
            case "secrets.yml" or "secrets.yaml" when path.Contains("templates/", StringComparison.Ordinal): return false;
            case "secret.yaml" or "secret.yml" when !isProject: return true;
            case "secrets.json" or "secrets.yml" or "secrets.yaml" or "secrets.toml" or "secret.json" or ".secrets" or "secrets.txt" or "passwords.txt" or "secrets.tfvars" or "secrets.xml" or "secrets.properties":
                return true;
            case "tokens.json" or "token.json" or "oauth_tokens.json" or "token" or "storage.json" when !isProject && (path.Contains("/.", StringComparison.Ordinal) || path.Contains("globalStorage", StringComparison.Ordinal)): return true;
            case "rclone.conf" or ".databrickscfg" or "NuGet.Config" or "doctl.yaml" or ".mysql_history" or ".psql_history" or ".rediscli_history" when !isProject: return true;
            case "hub" when path.EndsWith(".config/hub", StringComparison.Ordinal): return true;
            case "config.yaml" when path.Contains(".config/doctl/", StringComparison.Ordinal): return true;
            case ".mylogin.cnf" or ".pg_service.conf" or ".sentryclirc" or ".comet.config" or "kaggle.json" or "firebase-tools.json" or ".vaultpass" or ".vault_password" or "jfrog-cli.conf" or "settings-security.xml": return true;
            case "ngrok.yml" or "cli.toml" or "access-token" or "profiles.yml" or "data.json" when !isProject && (path.Contains("ngrok", StringComparison.Ordinal) || path.Contains("/hcloud/", StringComparison.Ordinal) || path.Contains("supabase/", StringComparison.Ordinal) || path.Contains("/.dbt/", StringComparison.Ordinal) || path.Contains("Bitwarden", StringComparison.Ordinal)): return true;
            case "config.yml" or "config.yaml" when path.Contains("/.travis/", StringComparison.Ordinal) || path.Contains("glab-cli/", StringComparison.Ordinal) || path.Contains(".config/scw/", StringComparison.Ordinal): return true;
            case "cli.yml" when path.Contains("/.circleci/", StringComparison.Ordinal): return true;
            case "config" when path.EndsWith("/.oci/config", StringComparison.Ordinal) || path.EndsWith("/.snowsql/config", StringComparison.Ordinal) || path.EndsWith("/.bundle/config", StringComparison.Ordinal) && !isProject: return true;
            case "config.yml" when path.Contains("/.fly/", StringComparison.Ordinal): return true;
            case ".dev.vars" or "oauth_creds.json" or ".pgpass.conf": return true;
            case "hosts.json" or "apps.json" when path.Contains("github-copilot/", StringComparison.Ordinal): return true;
            case "config.json" when path.Contains("netlify/", StringComparison.Ordinal) && !isProject: return true;
            case "id.json" when path.Contains("/solana/", StringComparison.Ordinal): return true;
            case "config.toml" when path.Contains(".config/stripe/", StringComparison.Ordinal): return true;
            case "settings.xml" when path.Contains(".m2/", StringComparison.Ordinal): return true;
            case "gradle.properties" when path.Contains(".gradle/", StringComparison.Ordinal): return true;
            case "krb5.keytab" or "keepassxc.ini" or "wg0.conf": return true;
            case ".npmrc" or ".yarnrc" or ".yarnrc.yml" when !isProject: return true;
            case "auth.toml" when path.Contains("pypoetry", StringComparison.Ordinal): return true;
            case "auth.json" when path.Contains(".config/", StringComparison.Ordinal) || path.Contains("/.", StringComparison.Ordinal): return true;
            case "config" when path.EndsWith(".kube/config", StringComparison.Ordinal): return true;
            case "config.json" when path.EndsWith(".docker/config.json", StringComparison.Ordinal): return true;
            case "hosts.yml" when path.EndsWith("gh/hosts.yml", StringComparison.Ordinal): return true;
            case "Cookies" when path.Contains("/Chrome", StringComparison.Ordinal) || path.Contains("chrome", StringComparison.Ordinal) || path.Contains("Profile", StringComparison.Ordinal) || path.Contains("Default/", StringComparison.Ordinal): return true;
            case "environ" when path.StartsWith("/proc/", StringComparison.Ordinal): return true;
            case "token" when path.Contains("/secrets/", StringComparison.Ordinal) || path.Contains(".aws/", StringComparison.Ordinal): return true;
        }
        if (name is "SAM" or "sam" or "SECURITY" or "ntds.dit" or "NTDS.dit" && (path.Contains("/config/", StringComparison.OrdinalIgnoreCase) || path.Contains("/ntds/", StringComparison.OrdinalIgnoreCase)) && path.Contains("/Windows/", StringComparison.OrdinalIgnoreCase)) return true;
        return path is "/etc/shadow" or "/etc/gshadow" or "/etc/shadow-" or "/etc/master.passwd" or "/etc/security/opasswd" or "/etc/kubernetes/admin.conf" or "/etc/rancher/k3s/k3s.yaml"
            || path.StartsWith("/etc/wireguard/", StringComparison.Ordinal) || (path.StartsWith("/tmp/krb5cc", StringComparison.Ordinal))
            || path.StartsWith("/proc/kcore", StringComparison.Ordinal) || path is "/dev/mem" or "/dev/kmem"
            || path.StartsWith("/etc/ssl/private/", StringComparison.Ordinal)
            || path.StartsWith("/run/secrets/", StringComparison.Ordinal) || path.StartsWith("/var/run/secrets/", StringComparison.Ordinal)
            || path.Contains(".gnupg/private-keys", StringComparison.Ordinal)
            || path.Contains("/.ethereum/keystore/", StringComparison.Ordinal) || path.Contains("/.electrum/wallets/", StringComparison.Ordinal)
            || (name.EndsWith(".json", StringComparison.Ordinal) && name.Contains("firebase-adminsdk", StringComparison.Ordinal))
            || path.Contains(".aws/sso/cache/", StringComparison.Ordinal) || path.Contains(".aws/cli/cache/", StringComparison.Ordinal)
            || IsClientToken(path)
            || path.Contains("/.password-store/", StringComparison.Ordinal) || path.Contains("/Keychains/", StringComparison.Ordinal)
            || path.StartsWith("/etc/ssh/ssh_host_", StringComparison.Ordinal) && !path.EndsWith(".pub", StringComparison.Ordinal)
            || path.Contains(".config/gcloud/", StringComparison.Ordinal) && path.Contains("credential", StringComparison.Ordinal);
    }

    /// <summary>Where command line clients keep their tokens, keys and passwords, by the end of the path.</summary>
    private static bool IsClientToken(string path)
    {
        foreach (var end in (ReadOnlySpan<string>)["/.railway/config.json", "/.wrangler/config/default.toml", "/turso/settings.json", "/sops/age/keys.txt", "/age/key.txt", "/age/keys.txt", "/containers/auth.json", "/helm/registry/config.json",
            "/.config/argocd/config", "/filezilla/sitemanager.xml", "/filezilla/recentservers.xml", "/.expo/state.json", "/.bluemix/config.json", "/.config/linode-cli", "/.config/wandb/settings", "/keyrings/login.keyring", "/.snowflake/config.toml", "/.snowflake/connections.toml",
            "/.config/fly/config.yml"])
        {
            if (path.EndsWith(end, StringComparison.Ordinal)) return true;
        }
        return path.StartsWith("/etc/NetworkManager/system-connections/", StringComparison.Ordinal);
    }

    /// <summary>The glob takes in one of the best-known names: <c>.en*</c>, <c>credential?</c>, <c>id_*</c>. A bare <c>*</c> says nothing.</summary>
    private static bool MatchesSecret(string pattern, string path)
    {
        if (pattern == "*") return path.Length > 2 && HoldsSecrets(path.AsSpan(0, path.Length - 2));
        if (pattern.AsSpan().IndexOfAnyExcept("*?.") < 0) return false;
        foreach (var name in (ReadOnlySpan<string>)[".env", ".netrc", ".pgpass", ".git-credentials"])
        {
            if (GlobMatch.Matches(name, pattern)) return true;
        }
        if (pattern.StartsWith("id_", StringComparison.Ordinal) && pattern.Length > 4 && (GlobMatch.Matches("id_rsa", pattern) || GlobMatch.Matches("id_ed25519", pattern))) return true;
        return (path.Contains(".aws/", StringComparison.Ordinal) && GlobMatch.Matches("credentials", pattern))
            || (path.Contains(".ssh/", StringComparison.Ordinal) && (GlobMatch.Matches("id_rsa", pattern) || GlobMatch.Matches("id_ed25519", pattern)));
    }

    /// <summary><c>.env</c>, <c>.env.local</c>, <c>prod.env</c>; not the samples.</summary>
    private static bool IsEnvFile(string name)
    {
        if (name is ".envrc") return true;
        var isEnv = name == ".env" || name.StartsWith(".env.", StringComparison.Ordinal) || name is ".env*" or ".env?*"
            || (name.EndsWith(".env", StringComparison.Ordinal) && name.Length > 4 && !name.Contains(' '));
        if (!isEnv) return false;
        foreach (var part in (ReadOnlySpan<string>)["example", "sample", "template", "dist", "defaults", "schema", "test.example", "tpl"])
        {
            if (name.EndsWith("." + part, StringComparison.Ordinal) || name.StartsWith(part + ".", StringComparison.Ordinal)) return false;
        }
        return !name.Contains(".example", StringComparison.Ordinal) && !name.Contains(".sample", StringComparison.Ordinal);
    }

    /// <summary>By content name: a certificate is public, a key is not.</summary>
    private static bool IsKeyFile(string name)
    {
        if (name.EndsWith(".tfvars", StringComparison.Ordinal)) return !name.Contains("example", StringComparison.Ordinal) && (name.Contains("prod", StringComparison.Ordinal) || name.Contains("secret", StringComparison.Ordinal));
        if (name.EndsWith(".pub", StringComparison.Ordinal) || name.EndsWith(".pub.pem", StringComparison.Ordinal)) return false;
        if (name.EndsWith(".p12", StringComparison.Ordinal) || name.EndsWith(".pfx", StringComparison.Ordinal) || name.EndsWith(".jks", StringComparison.Ordinal)
            || name.EndsWith(".keystore", StringComparison.Ordinal) || name.EndsWith(".kdbx", StringComparison.Ordinal) || name.EndsWith(".ppk", StringComparison.Ordinal)
            || name.EndsWith(".ovpn", StringComparison.Ordinal) || (name.StartsWith("AuthKey_", StringComparison.Ordinal) && name.EndsWith(".p8", StringComparison.Ordinal))
            || name.EndsWith(".key", StringComparison.Ordinal) || name.EndsWith(".keytab", StringComparison.Ordinal)) return !name.Contains("pub", StringComparison.Ordinal);
        if (!name.EndsWith(".pem", StringComparison.Ordinal)) return false;
        var stem = name.AsSpan(0, name.Length - 4);
        foreach (var part in (ReadOnlySpan<string>)["cert", "pub", "ca-", "cacert", "chain", "bundle", "csr", "dhparam"])
        {
            if (stem.Contains(part, StringComparison.OrdinalIgnoreCase)) return stem.Contains("key", StringComparison.OrdinalIgnoreCase) && !stem.Contains("pub", StringComparison.OrdinalIgnoreCase);
        }
        return stem is not ("ca" or "root");
    }
}
