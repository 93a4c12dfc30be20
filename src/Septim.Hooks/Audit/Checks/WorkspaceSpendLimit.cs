using Septim.Hooks.Audit.Secrets;

namespace Septim.Hooks.Audit.Checks;

/// <summary>08: the provider itself stops paying at a monthly amount.</summary>
internal static class WorkspaceSpendLimit
{
    public static readonly AuditCheck Check = new(
        8, "workspace-spend-limit", Severity.High,
        "The provider itself stops paying at a monthly amount for the workspace of this key.",
        "It is the only ceiling that holds when everything on this machine fails. The default workspace cannot have one; a workspace without one inherits the organisation's.",
        "Cannot be read from files; a person attests amount and period. What is asked for depends on the provider that item 01 finds.",
        "Console, the workspace's own limits: set a monthly amount. Subscription: the extra-usage limit. Bedrock and Vertex: budget alarms and quotas.",
        Judge);

    private static void Judge(AuditContext context, ItemResult item)
    {
        if (!context.Options.UseHome)
        {
            item.NotApplicable = "not audited by request (--no-home)";
            return;
        }
        context.Settings.UsedBy(item);
        item.Use(context.ClientStateInput);
        item.NeedsPerson($"whether {Provider(context)} stops at a monthly amount cannot be read from files", "spend-limit", Binding(context));
    }

    internal static string Provider(AuditContext context)
    {
        if (Words.IsTruthy(context.Settings.Variable("CLAUDE_CODE_USE_BEDROCK")?.Value)) return "AWS (budget alarm and quota)";
        if (Words.IsTruthy(context.Settings.Variable("CLAUDE_CODE_USE_VERTEX")?.Value)) return "Google Cloud (budget alarm and quota)";
        return Key(context) is null && context.ClientState?["oauthAccount"] is not null ? "the subscription (extra-usage limit)" : "the console (limit of the key's workspace)";
    }

    /// <summary>The key's fingerprint, else a hash of the account, else nothing to bind to.</summary>
    internal static string Binding(AuditContext context)
    {
        if (Key(context) is { } key) return $"key:{key}";
        var account = context.ClientState?.At("oauthAccount.accountUuid")?.Text ?? context.ClientState?.At("oauthAccount.organizationUuid")?.Text;
        if (context.Settings.Find("apiKeyHelper") is { Value.IsText: true } helper) return $"helper:{SecretHit.HashOf(helper.Text)[..16]}";
        return account is null ? "account:none" : $"account:{SecretHit.HashOf(account)[..16]}";
    }

    private static string? Key(AuditContext context) =>
        context.Settings.Variable("ANTHROPIC_API_KEY")?.Value is { } value && context.SecretsIn(value).Find(hit => hit.IsAnthropic) is { } hit ? hit.Fingerprint : null;
}
