namespace Septim.Hooks.Audit.Checks;

/// <summary>14: the biller tells somebody at a threshold.</summary>
internal static class CostAlertEmail
{
    public static readonly AuditCheck Check = new(
        14, "cost-alert-email", Severity.Medium,
        "Somebody gets a message from the biller at a threshold, for the day that every gate here failed.",
        "It is an alarm, not a stop. An own billing sink is a complement, not a substitute.",
        "Cannot be read from files; a person attests threshold and recipients.",
        "Console, billing: add a notification at a threshold with two recipients; then septim audit attest --item 14 --threshold AMOUNT --recipients ROLES.",
        Judge);

    private static void Judge(AuditContext context, ItemResult item)
    {
        if (!context.Options.UseHome)
        {
            item.NotApplicable = "not audited by request (--no-home)";
            return;
        }
        // Why: which provider is asked, and what the statement is bound to, stand in these.
        context.Settings.UsedBy(item);
        item.Use(context.ClientStateInput);
        item.NeedsPerson($"whether {WorkspaceSpendLimit.Provider(context)} sends a message at a threshold cannot be read from files", "cost-alert", WorkspaceSpendLimit.Binding(context));
    }
}
