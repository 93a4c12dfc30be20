using Septim.Hooks.Claude;

namespace Septim.Hooks.Gates;

/// <summary>What a change of a settings file takes away from the guards.</summary>
internal static class SettingsHarm
{
    /// <returns>What is wrong with the change, as the end of "it would …"; null when it takes nothing away.</returns>
    public static string? Of(SettingsFacts before, SettingsFacts after)
    {
        if (!after.IsReadable) return "leave no valid JSON there, so that the client drops the file with its hooks";
        if (after.DisablesAllHooks && !before.DisablesAllHooks) return "switch all hooks off (disableAllHooks)";
        foreach (var name in before.SeptimEvents)
            if (!after.SeptimEvents.Contains(name)) return $"take septim's hook for {name} out";
        foreach (var (name, hook) in before.SeptimHooks)
            if (!after.SeptimHooks.Contains((name, hook))) return $"change septim's hook for {name}";
        if (after.HookEntries < before.HookEntries) return "take a hook out";
        if (after.DefaultMode == "bypassPermissions" && before.DefaultMode != "bypassPermissions") return "make bypassPermissions the default mode";
        if (before.DisablesBypassMode && !after.DisablesBypassMode) return "allow the bypass mode again";
        foreach (var rule in before.Deny)
            if (!after.Deny.Contains(rule)) return $"take the deny rule {rule} out";
        foreach (var rule in before.Ask)
            if (!after.Ask.Contains(rule) && !after.Deny.Contains(rule)) return $"take the ask rule {rule} out";
        foreach (var rule in after.Allow)
            if (!before.Allow.Contains(rule) && IsBroad(rule)) return $"allow everything of a kind ({rule})";
        return null;
    }

    /// <summary>An allow rule without a limit: a bare tool that runs or writes, or a wildcard for all of it.</summary>
    private static bool IsBroad(string rule) =>
        rule is "*" or "Bash" or "Bash(*)" or "Bash(**)" or "Bash(:*)" or "PowerShell" or "PowerShell(*)" or "Write" or "Write(*)" or "Write(**)" or "Edit" or "Edit(*)" or "Edit(**)" or "mcp__*";
}
