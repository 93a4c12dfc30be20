namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// Commands that print a live secret: tokens of vendors' tools, password managers, decrypted files. As data, for
/// <see cref="SecretEcho"/>; sources: the tools' manuals, November 2026. Lists, masked views and metadata are not in it.
/// </summary>
internal static class TokenTools
{
    private const string Rule = "secret-echo";

    private const string AwsValues = "--profile --region --output --endpoint-url --query --ca-bundle --color --cli-read-timeout --cli-connect-timeout --name --names --secret-id --path --role-arn --role-session-name --hostname --port --username";

    public static ListedVerb? Of(string tool) => tool switch
    {
        "gh" => new(Rule, "-h --hostname", "auth token; auth git-credential get; auth status +--show-token|-t; config get oauth_token|*oauth_token"),
        "glab" => new(Rule, "-h --host -R --repo -g --group", "variable get|export; auth token; auth status +-t|--show-token; config get token"),
        "netsh" => new(Rule, "", "wlan show * * key=clear; wlan show * key=clear"),
        "az" => new(Rule, "-n --name --vault-name -g --resource-group --query -o --output --subscription --resource --id --account-name", "account get-access-token; acr login +--expose-token; acr credential show; storage account show-connection-string; webapp deployment list-publishing-credentials|list-publishing-profiles; * * authorization-rule keys list +--query; * * * keys list +--query; keyvault secret show +--query=value; storage account keys list +--query; cosmosdb keys list +--query; redis list-keys +--query"),
        "gcloud" => new(Rule, "--project --secret --account --configuration --format --impersonate-service-account", "auth print-access-token|print-identity-token; auth application-default print-access-token; secrets versions access; config config-helper"),
        "aws" => new(Rule, AwsValues, "configure get *secret*|*token*; configure export-credentials; sts get-session-token|assume-role|assume-role-with-saml|assume-role-with-web-identity|get-federation-token; secretsmanager get-secret-value +--query; ssm get-parameter|get-parameters|get-parameters-by-path +--with-decryption; secretsmanager batch-get-secret-value; ec2 get-password-data +--priv-launch-key; eks get-token; rds generate-db-auth-token; ecr|ecr-public|codeartifact get-authorization-token; redshift get-cluster-credentials|get-cluster-credentials-with-iam; redshift-serverless get-credentials; sso get-role-credentials; lightsail get-relational-database-master-user-password|download-default-key-pair; cognito-identity get-credentials-for-identity; kms decrypt +--query; iam create-access-key"),
        "doctl" => new(Rule, "--format", "databases|dbs connection; auth token; registry docker-config"),
        "ibmcloud" => new(Rule, "", "iam oauth-tokens"),
        "heroku" => new(Rule, "-a --app -r --remote", "auth:token; config:get; config $; pg:credentials:url"),
        "railway" => new(Rule, "-s --service -e --environment", "variables|variable|vars $ !--set|--skip-deploys"),
        "rclone" => new(Rule, "--config", "config dump|show"),
        "terraform" or "tofu" => new(Rule, "-state --state", "output *password*|*passwd*|*secret*|*token*|*private_key*|*api_key*|*access_key* +-raw|--raw|-json|--json"),
        "fly" or "flyctl" => new(Rule, "-a --app", "auth token; tokens create"),
        "firebase" => new(Rule, "-P --project", "login:ci; functions:secrets:access"),
        "netlify" or "ntl" => new(Rule, "--context --scope", "env:get; env:list +--plain|--json"),
        "supabase" => new(Rule, "--project-ref", "projects api-keys"),
        "databricks" => new(Rule, "-p --profile --host", "auth token; secrets get-secret; tokens create"),
        "argocd" => new(Rule, "--account --server", "account generate-token; admin initial-password"),
        "vault" or "bao" => new(Rule, "-namespace -address -mount", "print token; token create; kv get +-field; read *creds/*; read +-field; unwrap; login +-token-only|-field=token; write * +-field=token|-field=client_token|-field=secret_id|-field=private_key|-field=password"),
        "consul" => new(Rule, "-http-addr -token", "acl token read|create"),
        "nomad" => new(Rule, "-address -namespace", "var get; acl token create|self"),
        "op" => new(Rule, "--account --vault --fields --format", "read; item get +--reveal|--otp; inject !-o|--out-file; signin +--raw; document get !-o|--output|--out-file; export; connect token create; service-account create"),
        "bw" => new(Rule, "--session --itemid --organizationid", "get password|item|notes|totp|attachment; export; unlock !--check; login +--raw"),
        "bws" => new(Rule, "-t --access-token -o --output", "secret get|list"),
        "lpass" => new(Rule, "--format --sync", "show !-c|--clip; export"),
        "pass" => new(Rule, "", "show * !-c|--clip; otp !-c|--clip; ~show|ls|list|find|search|grep|git|init|insert|add|edit|generate|rm|remove|delete|mv|rename|cp|copy|help|version|otp|import|update|tomb|open|close !-c|--clip"),
        "gopass" => new(Rule, "", "show|cat|otp|totp !-c|--clip"),
        "keepassxc-cli" => new(Rule, "-k --key-file -a --attributes", "show +-s|--show-protected|-a|--attributes; totp|export"),
        "keyctl" => new(Rule, "", "pipe|read|print"),
        "doppler" => new(Rule, "-p --project -c --config --format", "secrets $ !--only-names; secrets get; secrets download +--no-file; configs tokens create; configure get token"),
        "infisical" => new(Rule, "--env --path --projectId --format --token", "secrets get; secrets $; export; user get token"),
        "chamber" => new(Rule, "-b --backend --format -o --output-file", "read|export|env|history !-o|--output-file"),
        "credstash" or "teller" or "berglas" or "conjur" or "akeyless" => new(Rule, "-r -t -i --name", "get|getall|show|env|export|access|get-secret-value; variable get; secret get"),
        "ansible-vault" => new(Rule, "--vault-password-file --vault-id --output --encrypt-vault-id", "decrypt +--output=-"),
        "aws-vault" => new(Rule, "-d --duration -n --backend", "export"),
        "saml2aws" => new(Rule, "-a --idp-account -p --profile", "script"),
        "granted" => new(Rule, "--profile", "credential-process"),
        "dotnet" => new(Rule, "-p --project --id -c --configuration", "user-secrets list"),
        "age" or "rage" => new(Rule, "-i --identity -o --output", "+-d|--decrypt !-o|--output"),
        "sops" => new(Rule, "--input-type --output-type --extract --output", "decrypt !--output; +-d|--decrypt !--output|-i|--in-place"),
        "pulumi" => new(Rule, "-C --cwd -s --stack", "config get *assword*|*ecret*|*oken*|*rivateKey*|*apiKey*|*accessKey*; * +--show-secrets"),
        "rails" => new(Rule, "-e --environment", "credentials:show|secrets:show|encrypted:show"),
        "wg" => new(Rule, "", "showconf; show * private-key|preshared-keys|dump"),
        "nmcli" => new(Rule, "-f -g -m -t -w", "+-s|--show-secrets"),
        "git" => new(Rule, "-C -c --git-dir --work-tree", "credential fill; credential-* get"),
        "podman" => new(Rule, "", "secret inspect +--showsecret"),
        "docker" => new(Rule, "-f --file -p --project-name", "compose config +--environment"),
        "kubectl" or "oc" => new(Rule, "-n --namespace --context --kubeconfig --cluster --user -l --selector -s --server", "get +--raw=*secrets*; create token; extract +--to=-; ksd; whoami +-t|--show-token; sa get-token|create-kubeconfig; config view +--raw; view-secret"),
        "npm" or "pnpm" or "yarn" => new(Rule, "--prefix --registry", "config|c get *_authToken|*_auth|*_password|*npmAuthToken; get *_authToken|*_auth|*_password"),
        "jf" or "jfrog" => new(Rule, "", "config|c show|export"),
        "keyring" => new(Rule, "-b --keyring-backend -p", "get"),
        "dotenvx" => new(Rule, "-f --env-file -fk", "get; decrypt +--stdout"),
        "systemctl" => new(Rule, "", "show-environment"),
        "launchctl" => new(Rule, "", "getenv *KEY*|*TOKEN*|*SECRET*|*PASSWORD*; export"),
        "tmux" => new(Rule, "-t -L -S", "show-environment|showenv $"),
        _ when tool.StartsWith("docker-credential-", StringComparison.Ordinal) => new(Rule, "", "get"),
        "gpg" or "gpg2" => new(Rule, "-u -r -o --output --homedir --passphrase --passphrase-file --recipient", "+-d|--decrypt !-o|--output"),
        "dotenv" => new(Rule, "-f --file -q --quote --format", "list|get"),
        "cf" => new(Rule, "", "oauth-token; env *"),
        "turso" => new(Rule, "", "auth token; db tokens create"),
        "kops" => new(Rule, "--name --state --type -o", "get secrets"),
        "get-secret" or "convertfrom-securestring" or "get-azkeyvaultsecret" => new(Rule, "-name -vault -securestring -vaultname", "* +-asplaintext; +-asplaintext"),
        "get-azaccesstoken" or "get-azstorageaccountkey" => new(Rule, "", "*; $"),
        "get-secsecretvalue" => new(Rule, "-secretid", "$"),
        "get-ssmparameter" or "get-ssmparametersbypath" => new(Rule, "-name -path", "+-withdecryption"),
        "snyk" => new(Rule, "", "config get api"),
        _ => null,
    };
}
