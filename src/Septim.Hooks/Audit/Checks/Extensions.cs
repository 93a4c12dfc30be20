namespace Septim.Hooks.Audit.Checks;

/// <summary>What lies beyond the thirty items (checklist §13): its own section in reports, never counted.</summary>
internal static class Extensions
{
    public static void Judge(AuditContext context, ItemResult item)
    {
        foreach (var source in context.Settings.Sources)
            foreach (var drop in source.Drops)
                item.Fail(
                    "settings-dropped", $"the client ignores {(drop.WholeFile && !source.IsManaged ? "this whole file" : "this entry")} without a word: {(drop.Key.Length == 0 ? "" : drop.Key + ": ")}{drop.Why}",
                    new Place(source.Path, drop.Line), drop.Key, drop.WholeFile && !source.IsManaged ? Severity.Critical : Severity.High);
    }
}
