namespace Septim.Hooks.Audit.Checks;

/// <summary>What an attestation of items 08 and 14 must say beside its statement.</summary>
internal static class ProviderLimits
{
    public static void Examine(AuditContext context, AuditCheck check, Attestation attestation, ItemResult item)
    {
        if (check.Number == 14)
        {
            if (!Says(attestation, "threshold") || !Says(attestation, "recipients")) item.Warn("no-recipient", "the attestation names no threshold or no recipients", attestation.Place, attestation.Subject);
            return;
        }
        if (!decimal.TryParse(attestation.Extra.GetValueOrDefault("amount_usd"), System.Globalization.CultureInfo.InvariantCulture, out var amount))
            item.Warn("amount", "the attestation names no amount", attestation.Place, attestation.Subject);
        else if (context.Options.MaxMonthlyUsd is { } most && amount > most)
            item.Warn("amount", $"the attested limit of {amount} USD a month is above the {most} USD that were asked for", attestation.Place, attestation.Subject);
    }

    private static bool Says(Attestation attestation, string field) => attestation.Extra.GetValueOrDefault(field, "").Length > 0;
}
