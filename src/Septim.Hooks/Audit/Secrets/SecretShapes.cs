using System.Text.RegularExpressions;

namespace Septim.Hooks.Audit.Secrets;

/// <summary>The expressions behind the rules. Boundaries on both sides are "not a word character"; every repetition is bounded.</summary>
internal static partial class SecretShapes
{
    private const RegexOptions Exact = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const RegexOptions AnyCase = Exact | RegexOptions.IgnoreCase;
    private const string L = @"(?<![A-Za-z0-9_])";
    private const string R = @"(?![A-Za-z0-9_])";

    [GeneratedRegex(L + @"sk-ant-api\d\d-[\w-]{80,200}" + R, Exact)] internal static partial Regex AnthropicApi();
    [GeneratedRegex(L + @"sk-ant-admin\d\d-[\w-]{80,200}" + R, Exact)] internal static partial Regex AnthropicAdmin();
    [GeneratedRegex(L + @"sk-ant-oat\d\d-[\w-]{80,200}" + R, Exact)] internal static partial Regex AnthropicOauth();
    [GeneratedRegex(L + @"(sk-(proj|svcacct|admin)-[\w-]{40,250}|sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})" + R, Exact)] internal static partial Regex OpenAi();
    [GeneratedRegex(L + @"(sk|rk)_(live|prod|test)_[A-Za-z0-9]{10,99}" + R, Exact)] internal static partial Regex Stripe();
    [GeneratedRegex(L + @"whsec_[A-Za-z0-9+/=]{24,99}" + R, Exact)] internal static partial Regex StripeWebhook();
    [GeneratedRegex(L + @"(AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z2-7]{16}" + R, Exact)] internal static partial Regex AwsKeyId();
    [GeneratedRegex(@"(?<![A-Za-z0-9/+])(?<v>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])", Exact)] internal static partial Regex AwsSecret();
    [GeneratedRegex(L + @"ABSK[A-Za-z0-9+/=]{100,300}" + R, Exact)] internal static partial Regex AwsBedrock();
    [GeneratedRegex(L + @"(gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{82})" + R, Exact)] internal static partial Regex GitHub();
    [GeneratedRegex(L + @"gl(pat|dt|rt|rtr|ptt|oas|cbt|soat|ft|imt|agent|wt)-[\w-]{20,99}" + R, Exact)] internal static partial Regex GitLab();
    [GeneratedRegex(L + @"(xox[abeoprs]-[\w-]{20,200}|xapp-\d-[\w-]{20,200})" + R, Exact)] internal static partial Regex Slack();
    [GeneratedRegex(@"hooks\.slack\.com/(services|workflows|triggers)/[A-Za-z0-9/+_-]{20,200}", Exact)] internal static partial Regex SlackWebhook();
    [GeneratedRegex(@"[\w-]{1,63}\.webhook\.office\.com/webhookb2/[\w@/-]{20,300}", Exact)] internal static partial Regex TeamsWebhook();
    [GeneratedRegex(@"discord(app)?\.com/api/webhooks/\d{5,25}/[\w-]{20,120}", Exact)] internal static partial Regex DiscordWebhook();
    [GeneratedRegex(L + @"(AIza[\w-]{35}|GOCSPX-[\w-]{28})" + R, Exact)] internal static partial Regex Google();
    [GeneratedRegex(@"(AccountKey=(?<v>[A-Za-z0-9+/=]{86,90})|SharedAccessKey=(?<v>[A-Za-z0-9+/=]{40,90})|(?<![A-Za-z0-9_.~-])(?<v>[\w.~-]{3}8Q~[\w.~-]{31,34})(?![\w.~-]))", Exact)] internal static partial Regex Azure();
    [GeneratedRegex(L + @"(npm_[A-Za-z0-9]{36}|pypi-AgE[\w-]{50,300}|oy2[a-z0-9]{43}|cio[A-Za-z0-9]{32}|rubygems_[a-f0-9]{48})" + R, Exact)] internal static partial Regex Packages();
    [GeneratedRegex(L + @"(hf_[A-Za-z0-9]{34,40}|r8_[A-Za-z0-9]{37}|gsk_[A-Za-z0-9]{52}|xai-[A-Za-z0-9]{80}|pplx-[A-Za-z0-9]{48})" + R, Exact)] internal static partial Regex Models();
    [GeneratedRegex(L + @"(SG\.[\w-]{22}\.[\w-]{43}|key-[a-f0-9]{32})" + R, Exact)] internal static partial Regex Mail();
    [GeneratedRegex(@"twilio.{0,40}?" + L + @"(?<v>SK[a-f0-9]{32})" + R, AnyCase)] internal static partial Regex Twilio();
    [GeneratedRegex(L + @"(do[opr]_v1_[a-f0-9]{64}|fo1_[\w-]{40,80}|fm[12]_[\w+/=-]{60,600}|HRKU-[\w-]{58})" + R, Exact)] internal static partial Regex Platforms();
    [GeneratedRegex(@"(heroku|vercel|netlify|cloudflare|postmark)[\w.-]{0,30}[""']?\s{0,3}[:=]\s{0,3}[""']?(?<v>[A-Za-z0-9_-]{24,80})" + R, AnyCase)] internal static partial Regex PlatformAssignment();
    [GeneratedRegex(L + @"(dapi[a-f0-9]{32}|pscale_(tkn|oauth|pw)_[\w.=-]{32,64}|sb[ps]_[a-f0-9]{40})" + R, Exact)] internal static partial Regex Databases();
    [GeneratedRegex(L + @"(hv[sb]\.[\w-]{24,200}|dp\.(pt|st|ct|sa)\.[A-Za-z0-9.]{40,80}|sntry[su]_[\w+/=-]{40,300}|gl(sa|c)_[\w+/=]{32,200}|lin_api_[A-Za-z0-9]{40}|(ntn|secret)_[A-Za-z0-9]{43,60}|PMAK-[a-f0-9-]{40,70}|AGE-SECRET-KEY-1[A-Z0-9]{58})" + R, Exact)] internal static partial Regex Tools();
    [GeneratedRegex(@"-----BEGIN ([A-Z]{1,20} ){0,3}PRIVATE KEY( BLOCK)?-----(\\n|\\r|\s|Proc-Type: 4,ENCRYPTED|DEK-Info: [\w,-]+){0,12}(?<v>([A-Za-z0-9+/=](\\n|\\r|\s){0,4}){64,8192})", Exact)] internal static partial Regex PrivateKey();
    [GeneratedRegex(L + @"(sk-or-v1-[a-f0-9]{64}|tvly-(dev-|prod-)?[A-Za-z0-9]{32}|fc-[a-f0-9]{32}|lsv2_(pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}|nvapi-[\w-]{60,80}|figd_[\w-]{40,60}|ATATT3xFfGF0[\w=-]{160,220}|ATBB[A-Za-z0-9]{24,40}|dckr_pat_[\w-]{27}|NRAK-[A-Z0-9]{27}|shp(at|ca|pa|ss)_[a-fA-F0-9]{32}|sq0(atp|csp)-[\w-]{22,43}|xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}|pul-[a-f0-9]{40}|ya29\.[\w-]{30,300}|re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}|sb_secret_[\w-]{31}|vcp_[A-Za-z0-9]{56}|napi_[a-z0-9]{64}|phx_[A-Za-z0-9]{43}|EAAA[\w-]{60}|dd[pw]_[A-Za-z0-9]{36}|CFPAT-[\w-]{43}|SWMTKN-1-[a-z0-9]{50}-[a-z0-9]{25})" + R, Exact)] internal static partial Regex Others();
    [GeneratedRegex(L + @"[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,70}" + R, Exact)] internal static partial Regex Terraform();
    [GeneratedRegex(L + @"\d{8,10}:AA[\w-]{33}" + R, Exact)] internal static partial Regex Telegram();
    [GeneratedRegex(L + @"eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{10,1000}" + R, Exact)] internal static partial Regex Jwt();

    [GeneratedRegex(@"(?<![A-Za-z0-9_])(jdbc:)?(?<scheme>postgres(ql)?|mysql2?|mariadb|mongodb(\+srv)?|rediss?|amqps?|mssql|sqlserver|clickhouse|cockroachdb|snowflake|oracle|ldaps?|smtps?|ftps?|sftp|https?|nats|neo4j|bolt|ssh|socks5h?|redshift|timescaledb|libsql|couchdb|influxdb|kafka|vertica|trino)(\+\w{1,20})?://(?<user>[^\s:/?#@""'`<>\\]{0,128}):(?<v>[^\s@""'`<>\\]{1,256})@(?<host>[^\s/?#""'`<>,;)\\]{1,256})(/(?<db>[\w.-]{0,128}))?", AnyCase)]
    internal static partial Regex ConnectionUri();

    [GeneratedRegex(@"jdbc:(?<scheme>\w{2,20})(:\w{2,20})?://(?<host>[^\s/?#;""'`<>]{1,256})(/(?<db>[\w.-]{0,128}))?[^\s""'`<>]{0,300}?[?&;](user(name)?=(?<user>[^\s&;""']{1,128})[&;][^\s""']{0,200}?)?password=(?<v>[^\s&;""'`]{1,256})", AnyCase)]
    internal static partial Regex JdbcUri();

    [GeneratedRegex(@"(?<![A-Za-z])(Password|Pwd)\s{0,3}=\s{0,3}(?<v>[^;""'\s]{1,256});[^""'\r\n]{0,300}?(?<![A-Za-z])(Server|Data Source|Host|Address)\s{0,3}=\s{0,3}(tcp:)?(?<host>[^;\s""',]{1,200})", AnyCase)]
    internal static partial Regex AdoUriPasswordFirst();

    [GeneratedRegex(@"jdbc:(?<scheme>oracle):\w{2,10}:(?<user>[^\s/@:""']{1,128})/(?<v>[^\s@""']{1,256})@(//)?(?<host>[^\s/:""'?]{1,256})", AnyCase)]
    internal static partial Regex JdbcOracle();

    [GeneratedRegex(@"(Server|Data Source|Host)\s{0,3}=\s{0,3}(tcp:)?(?<host>[^;\s""',]{1,200})[^""'\r\n]{0,300}?;\s{0,3}(Password|Pwd)\s{0,3}=\s{0,3}(?<v>[^;""'\s]{1,256})", AnyCase)]
    internal static partial Regex AdoUri();

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?<name>[A-Za-z0-9_.-]{0,60}?(password|passwd|passphrase|pass|pwd|secret|token|api[_-]?key|apikey|secret[_-]?key([_-]?base)?|access[_-]?key|auth[_-]?key|private[_-]?key|credentials?))[""'`*]{0,3}[ \t]{0,4}(:=|=>|[:=])[ \t]{0,4}[*]{0,2}[ \t]{0,4}(?<quote>[""'`]?)(?<v>[^\s""'`,;<>]{4,512})", AnyCase)]
    internal static partial Regex Assignment();

    [GeneratedRegex(@"(?<name>(proxy-)?authorization|x-api-key|api-key|x-auth-token)[""']?\s{0,3}[:=]\s{0,3}[""']?((bearer|basic|token|apikey)\s{1,3})?(?<v>[\w.~+/=-]{16,2000})", AnyCase)]
    internal static partial Regex Header();

    /// <summary>Credentials on a command line or in a query: masked wherever a line is printed, never a finding of their own.</summary>
    [GeneratedRegex(@"((^|\s)(-u|--user|--proxy-user)[\s=]+[""']?[^\s:""']{1,64}:(?<v>[^\s""']{3,256})|--?(password|passwd|pass|token|secret|api-?key|auth|access-?key)[\s=]+[""']?(?<v>[^\s""'-][^\s""']{5,256})|\b(bearer|basic)\s+(?<v>[\w.~+/=-]{12,2000})|[?&](key|api_?key|token|access_token|sig|signature|password|secret|auth|code)=(?<v>[^\s&""'#]{6,512})|\bsshpass\s+-p\s*[""']?(?<v>[^\s""']{3,256})|\bmysql(dump)?\b[^|;&\n]{0,100}\s-p(?<v>[^\s""']{4,256}))", AnyCase)]
    internal static partial Regex CommandLine();
}
