using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Audit.Secrets;
using Septim.Hooks.Audit.Surroundings;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>05: AWS keys in reach are short-lived or confined; never root.</summary>
internal static class AwsIdentityScope
{
    public static readonly AuditCheck Check = new(
        5, "aws-identity-scope", Severity.High,
        "AWS keys within reach, if any, are short-lived or confined to read-only or development policies; never root.",
        "Files and profiles matter more than variables. Material of other clouds is listed as information.",
        "Reads AWS variables by name and key-id prefix, ~/.aws/credentials and ~/.aws/config, their modes, and .env files.",
        "chmod 600 ~/.aws/credentials; aws configure sso; to prove a policy once: aws iam simulate-principal-policy --policy-source-arn ARN --action-names s3:DeleteObject ec2:TerminateInstances rds:DeleteDBInstance iam:CreateUser.",
        Judge);

    private static readonly string[] Risky = ["root", "prod", "production", "admin", "administrator", "live", "prd"];

    private static void Judge(AuditContext context, ItemResult item)
    {
        var binds = new SortedSet<string>(StringComparer.Ordinal);
        var any = Variables(context, item, binds);
        if (context.Options.UseHome)
        {
            var credentials = context.Inputs.Read(Identities.FileOf(context, "AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials"));
            var config = context.Inputs.Read(Identities.FileOf(context, "AWS_CONFIG_FILE", ".aws/config"));
            any |= credentials.IsThere | config.IsThere;
            foreach (var file in (Input[])[credentials, config])
                if (item.Use(file) is not null)
                {
                    CredentialsFile(context, item, file, file == config, binds);
                    ConfigFile(item, file, file == config, binds);
                }
            OtherClouds(context, item);
        }
        if (!context.Options.UseHome && item.Unknown is null) item.NotApplicable = "not audited by request (--no-home)";
        else if (!any && item.Unknown is null) item.NotApplicable = "no AWS material in environment, start-up files, settings, .env files or ~/.aws";
        else item.NeedsPerson(binds.Count == 0 ? "AWS is configured here; which rights stand behind it cannot be seen from files" : "what the policy of these keys allows cannot be seen from files", "aws", binds.Count == 0 ? "aws:none" : string.Join(',', binds));
    }

    private static bool Variables(AuditContext context, ItemResult item, SortedSet<string> binds)
    {
        var any = false;
        foreach (var (name, value, place, source) in Sources(context, item))
        {
            if (!name.Starts("AWS_") && value.Has("AKIA") && !Placeholders.IsReference(value))
                foreach (var hit in context.SecretsIn($"{name}={value}").Where(hit => hit.Class == "aws-key-id" && hit.Value.Starts("AKIA")))
                {
                    any = true;
                    LongLived(item, hit, name, place, source, binds);
                }
            if (!name.Starts("AWS_") || name is "AWS_REGION" or "AWS_DEFAULT_REGION" or "AWS_PAGER" or "AWS_SDK_LOAD_CONFIG") continue;
            if (Placeholders.IsReference(value) || value is "test" or "mock" or "dummy" or "local" or "") continue;
            any |= name is not "AWS_PROFILE" || value.Length > 0;
            foreach (var hit in context.SecretsIn($"{name}={value}").Where(hit => hit.Class == "aws-key-id" && hit.Value.Starts("AKIA"))) LongLived(item, hit, name, place, source, binds);
        }
        return any;
    }

    private static IEnumerable<(string Name, string Value, Place Place, string Source)> Sources(AuditContext context, ItemResult item)
    {
        foreach (var (name, value) in context.Options.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal)) yield return (name, value, Place.None, "environment");
        foreach (var one in context.Startup.Assignments) yield return (one.Name, one.Value, one.Place, one.Chain);
        foreach (var (name, setting) in context.Settings.EnvironmentEntries()) yield return (name, setting.Text, setting.Place, $"{setting.Source.Name} settings");
        foreach (var file in context.Tree.Files.Where(file => (file.Name.Starts(".env") || file.Name.Ends(".env")) && !IsSample(file.Name)))
        {
            if (item.Use(context.Inputs.Read(file.Path)) is not { } input) continue;
            foreach (var line in ShellText.Split(input))
                foreach (var word in line.Words)
                    if (word.Text.IndexOf('=') is var cut and > 0) yield return (word.Text[..cut], word.Text[(cut + 1)..], line.Place, file.Relative);
        }
    }

    private static bool IsSample(string name) => name.Ends(".example") || name.Ends(".sample") || name.Ends(".template");

    private static void LongLived(ItemResult item, SecretHit hit, string subject, Place place, string source, SortedSet<string> binds)
    {
        binds.Add("aws:" + hit.Fingerprint);
        var evidence = (KeyValuePair<string, string>[])[Said("source", source), Said("name", subject), Said("key", hit.Mask), Said("fingerprint", hit.Fingerprint ?? "")];
        if (Words.HasToken(subject, Risky)) item.Fail("long-lived", $"long-lived AWS keys under the name {subject}", place, subject, null, hit.Fingerprint, null, evidence);
        else item.Warn("long-lived", $"long-lived AWS keys ({subject}); use SSO or a role instead", place, subject, null, hit.Fingerprint, null, evidence);
    }

    private static void CredentialsFile(AuditContext context, ItemResult item, Input input, bool isConfig, SortedSet<string> binds)
    {
        context.SecretsIn(input);
        var ini = new IniFile(input);
        if (!OperatingSystem.IsWindows() && (!isConfig || ini.Entries.Exists(entry => entry.Key == "aws_secret_access_key")) && (File.GetUnixFileMode(input.Path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
            item.Fail("file-mode", "others on this machine can read the AWS credentials", new Place(input.Path), "mode", null, null, FixProposal.Guided("chmod 600 ~/.aws/credentials"), Said("mode", ModeOf(input.Path)));
        foreach (var (section, key, value, line) in ini.Entries)
        {
            if (key == "aws_secret_access_key" && !Placeholders.IsPlaceholder(value)) context.Redactor.Learn(value, "****");
            if (key != "aws_access_key_id" || !value.Starts("AKIA")) continue;
            if (context.Scanner.Scan(value).Find(hit => hit.Class == "aws-key-id") is not { } hit) continue;
            var place = new Place(input.Path, line);
            LongLived(item, hit, section, place, "credentials file", binds);
            if (section == "default") item.Warn("default-profile", "long-lived keys are the default profile: every tool uses them unasked", place, section, null, hit.Fingerprint);
        }
        foreach (var (name, line) in ini.Sections)
            if (name == "root" && !isConfig) item.Fail("root-named", "a profile is named root", new Place(input.Path, line), name, Severity.Critical);
    }

    private static void ConfigFile(ItemResult item, Input input, bool isConfig, SortedSet<string> binds)
    {
        var ini = new IniFile(input);
        foreach (var (name, line) in ini.Sections)
            if (name is "profile root" || (name == "root" && isConfig)) item.Fail("root-named", "a profile is named root", new Place(input.Path, line), name, Severity.Critical);
        foreach (var (section, key, value, line) in ini.Entries)
        {
            if (key is not ("role_arn" or "mfa_serial")) continue;
            if (key == "role_arn") binds.Add("role:" + SecretHit.HashOf(value)[..16]);
            if (value.Ends(":root") || value.HasWord("root-account")) item.Fail("root-named", $"profile {section} acts as the root account ({key})", new Place(input.Path, line), section, Severity.Critical);
        }
    }

    private static void OtherClouds(AuditContext context, ItemResult item)
    {
        foreach (var name in (string[])["AZURE_CLIENT_SECRET", "GOOGLE_APPLICATION_CREDENTIALS"])
            if (context.Settings.Variable(name) is { } value) item.Info("other-cloud", $"{name} is set", value.Place, name);
        foreach (var path in (string[])[".azure", ".config/gcloud/application_default_credentials.json"])
            if (Path.Combine(context.Options.Home, path) is var full && (Directory.Exists(full) || File.Exists(full))) item.Info("other-cloud", $"~/{path} is there", new Place(full), path);
    }

    private static string ModeOf(string path) => OperatingSystem.IsWindows() ? "" : "0" + Convert.ToString((int)File.GetUnixFileMode(path), 8);
}
