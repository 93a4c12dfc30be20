namespace Septim.Hooks.Tests.Audit.Fixtures;

/// <summary>One value of each provider's shape (checklist §10), put together at run time, so that no whole one stands in this repository.</summary>
internal static class Tokens
{
    private const string Hex = "0123456789abcdef";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const string Any = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const string Base64 = Any + "+/";

    public static string Of(string alphabet, int length, int seed)
    {
        var state = (uint)(seed * 2654435761 % 4294967291) | 1;
        var text = new char[length];
        for (var i = 0; i < length; i++)
        {
            state = unchecked((state * 1664525) + 1013904223);
            text[i] = alphabet[(int)((state >> 16) % (uint)alphabet.Length)];
        }
        return new string(text);
    }

    public static readonly (string Class, string Value)[] All =
    [
        ("anthropic-api", "sk-" + "ant-" + "api03-" + Of(Any, 93, 1) + "AA"),
        ("anthropic-oauth", "sk-" + "ant-" + "oat01-" + Of(Any, 93, 2) + "AA"),
        ("openai-project", "sk-" + "proj-" + Of(Any, 74, 3)),
        ("openai-legacy", "sk-" + Of(Any, 20, 4) + "T3Blbk" + "FJ" + Of(Any, 20, 5)),
        ("stripe", "sk_" + "live_" + Of(Any, 24, 6)),
        ("stripe-restricted", "rk_" + "live_" + Of(Any, 24, 7)),
        ("stripe-webhook", "whsec" + "_" + Of(Any, 32, 8)),
        ("github", "gh" + "p_" + Of(Any, 36, 9)),
        ("github-server", "gh" + "s_" + Of(Any, 36, 10)),
        ("github-fine", "github" + "_pat_" + Of(Any, 22, 11) + "_" + Of(Any, 59, 12)),
        ("gitlab", "gl" + "pat-" + Of(Any, 20, 13)),
        ("slack-bot", "xox" + "b-" + Of("0123456789", 12, 14) + "-" + Of("0123456789", 12, 15) + "-" + Of(Any, 24, 16)),
        ("slack-app", "xapp" + "-1-" + Of(Upper, 11, 17) + "-" + Of("0123456789", 13, 18) + "-" + Of(Hex, 64, 19)),
        ("slack-webhook", "https://hooks.slack" + ".com/services/T" + Of(Upper, 8, 20) + "/B" + Of(Upper, 8, 21) + "/" + Of(Any, 24, 22)),
        ("teams-webhook", "https://acme.webhook" + ".office.com/webhookb2/" + Of(Hex, 36, 23) + "@" + Of(Hex, 36, 24) + "/IncomingWebhook/" + Of(Hex, 32, 25)),
        ("discord-webhook", "https://discord" + ".com/api/webhooks/" + Of("123456789", 18, 26) + "/" + Of(Any, 68, 27)),
        ("google-api", "AI" + "za" + Of(Any, 35, 28)),
        ("google-oauth", "GOCSPX" + "-" + Of(Any, 28, 29)),
        ("azure-storage", "DefaultEndpointsProtocol=https;AccountName=acme;Account" + "Key=" + Of(Base64, 86, 30) + "=="),
        ("azure-client", Of(Any, 3, 31) + "8Q" + "~" + Of(Any, 34, 32)),
        ("npm", "npm" + "_" + Of(Any, 36, 33)),
        ("pypi", "pypi-" + "AgE" + Of(Any, 60, 34)),
        ("rubygems", "rubygems" + "_" + Of(Hex, 48, 35)),
        ("huggingface", "hf" + "_" + Of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", 34, 36)),
        ("replicate", "r8" + "_" + Of(Any, 37, 37)),
        ("groq", "gsk" + "_" + Of(Any, 52, 38)),
        ("xai", "xai" + "-" + Of(Any, 80, 39)),
        ("perplexity", "pplx" + "-" + Of(Any, 48, 40)),
        ("sendgrid", "SG" + "." + Of(Any, 22, 41) + "." + Of(Any, 43, 42)),
        ("digitalocean", "dop" + "_v1_" + Of(Hex, 64, 43)),
        ("databricks", "dap" + "i" + Of(Hex, 32, 44)),
        ("planetscale", "pscale" + "_tkn_" + Of(Any, 43, 45)),
        ("supabase", "sbp" + "_" + Of(Hex, 40, 46)),
        ("vault", "hv" + "s." + Of(Any, 90, 47)),
        ("doppler", "dp" + ".pt." + Of(Any, 43, 48)),
        ("grafana", "gl" + "sa_" + Of(Any, 32, 49) + "_" + Of(Hex, 8, 50)),
        ("linear", "lin" + "_api_" + Of(Any, 40, 51)),
        ("notion", "ntn" + "_" + Of(Any, 46, 52)),
        ("age", "AGE-SECRET" + "-KEY-1" + Of(Upper, 58, 53)),
        ("sentry", "sntrys" + "_" + Of(Any, 90, 54)),
        ("nuget", "oy2" + Of(Lower, 43, 55)),
        ("crates", "cio" + Of(Any, 32, 56)),
        ("heroku", "HRKU" + "-" + Of(Any, 58, 57)),
        ("jwt", "ey" + "J" + Of(Any, 34, 58) + ".ey" + "J" + Of(Any, 60, 59) + "." + Of(Any, 43, 60)),
        ("bedrock", "AB" + "SK" + Of(Any, 110, 61)),
        ("openrouter", "sk-or" + "-v1-" + Of(Hex, 64, 62)),
        ("telegram", Of("123456789", 10, 63) + ":A" + "A" + Of(Any, 33, 64)),
        ("shopify", "shp" + "at_" + Of(Hex, 32, 65)),
        ("docker", "dckr" + "_pat_" + Of(Any, 27, 66)),
        ("terraform", Of(Any, 14, 67) + ".atlas" + "v1." + Of(Any, 67, 68)),
    ];

    public static string PrivateKey => $"-----BEGIN {"RSA "}PRIVATE {"KEY"}-----\n" + string.Join('\n', Enumerable.Range(0, 20).Select(i => Of(Base64, 64, 200 + i))) + "\n-----END RSA PRIVATE KEY-----\n";

    public static string Password(int seed) => "Vx" + Of(Any, 12, 300 + seed) + "7q";
}
