using System.Text;

namespace Septim.Hooks.Audit.Secrets;

/// <summary>All provider shapes, in the order of the checklist (§10).</summary>
internal static class SecretRules
{
    /// <summary>Raised whenever a rule is added or widened, so that what was read by older rules is read again.</summary>
    public const int Version = 2;

    public static readonly SecretRule[] Providers =
    [
        new("anthropic-api", ["sk-ant-api"], SecretShapes.AnthropicApi),
        new("anthropic-admin", ["sk-ant-admin"], SecretShapes.AnthropicAdmin),
        new("anthropic-oauth", ["sk-ant-oat"], SecretShapes.AnthropicOauth),
        new("openai", ["sk-proj-", "sk-svcacct-", "sk-admin-", "T3BlbkFJ"], SecretShapes.OpenAi),
        new("stripe", ["k_live_", "k_prod_", "k_test_"], SecretShapes.Stripe, 0, value => value.Has("_test_") ? SecretLife.Test : SecretLife.Live),
        new("stripe-webhook", ["whsec_"], SecretShapes.StripeWebhook),
        new("aws-key-id", ["AKIA", "ASIA", "ABIA", "ACCA", "A3T"], SecretShapes.AwsKeyId, 3.0),
        new("aws-bedrock", ["ABSK"], SecretShapes.AwsBedrock),
        new("github", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"], SecretShapes.GitHub),
        new("gitlab", ["glpat-", "gldt-", "glrt", "glptt-", "gloas-", "glcbt-", "glsoat-", "glft-", "glimt-", "glagent-", "glwt-"], SecretShapes.GitLab),
        new("slack", ["xox", "xapp-"], SecretShapes.Slack),
        new("slack-webhook", ["hooks.slack.com"], SecretShapes.SlackWebhook),
        new("teams-webhook", ["webhook.office.com"], SecretShapes.TeamsWebhook),
        new("discord-webhook", ["discord.com/api", "discordapp.com/api"], SecretShapes.DiscordWebhook),
        new("google", ["AIza", "GOCSPX-"], SecretShapes.Google, 3.5),
        new("azure", ["AccountKey=", "SharedAccessKey=", "8Q~"], SecretShapes.Azure, 3.5),
        new("package-registry", ["npm_", "pypi-AgE", "oy2", "cio", "rubygems_"], SecretShapes.Packages, 3.0),
        new("model-provider", ["hf_", "r8_", "gsk_", "xai-", "pplx-"], SecretShapes.Models, 3.0),
        new("mail-provider", ["SG.", "key-"], SecretShapes.Mail, 2.5),
        new("twilio", ["twilio", "TWILIO", "Twilio"], SecretShapes.Twilio, 2.5),
        new("platform", ["_v1_", "fo1_", "fm1_", "fm2_", "HRKU-"], SecretShapes.Platforms, 2.5),
        new("platform", ["heroku", "vercel", "netlify", "cloudflare", "postmark", "HEROKU", "VERCEL", "NETLIFY", "CLOUDFLARE", "POSTMARK"], SecretShapes.PlatformAssignment, 3.5),
        new("database-provider", ["dapi", "pscale_", "sbp_", "sbs_"], SecretShapes.Databases, 2.5),
        new("tool", ["hvs.", "hvb.", "dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "sntrys_", "sntryu_", "glsa_", "glc_", "lin_api_", "ntn_", "secret_", "PMAK-", "AGE-SECRET-KEY-1"], SecretShapes.Tools, 2.5),
        new("service", ["sk-or-v1-", "tvly-", "fc-", "lsv2_", "nvapi-", "figd_", "ATATT3x", "ATBB", "dckr_pat_", "NRAK-", "shpat_", "shpca_", "shppa_", "shpss_", "sq0", "xkeysib-", "pul-", "ya29.", "re_", "sb_secret_", "vcp_", "napi_", "phx_", "EAAA", "ddp_", "ddw_", "CFPAT-", "SWMTKN-"], SecretShapes.Others, 3.0),
        new("terraform", [".atlasv1."], SecretShapes.Terraform, 3.0),
        new("telegram", [":AA"], SecretShapes.Telegram, 3.0),
        new("private-key", ["PRIVATE KEY"], SecretShapes.PrivateKey),
        new("jwt", ["eyJ"], SecretShapes.Jwt, 0, _ => SecretLife.Maybe),
    ];

    /// <summary>Whether a JSON web token says that it has run out.</summary>
    public static bool IsExpired(string jwt, DateTimeOffset now)
    {
        var part = jwt.Split('.')[1].Replace('-', '+').Replace('_', '/');
        try
        {
            var json = Encoding.UTF8.GetString(Convert.FromBase64String(part.PadRight((part.Length + 3) / 4 * 4, '=')));
            return Reading.JsonTree.Parse(json, out _, out _)?["exp"] is { } exp
                && long.TryParse(exp.Text, out var seconds) && seconds < now.ToUnixTimeSeconds();
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
