namespace Septim.Hooks.Setup;

/// <summary>
/// What a wiring withstands and what it does not, as measured with the client 2.1.330 on Linux, 2026-11. Each row is backed by the
/// end-to-end test it names; SECURITY.md holds the same table.
/// </summary>
/// <param name="Holds">What it withstands.</param>
/// <param name="Limit">What switches it off.</param>
/// <param name="Tests">The end-to-end tests that show both.</param>
internal sealed record Withstanding(string Holds, string Limit, string Tests)
{
    private static readonly Withstanding s_files = new(
        "withstands what the model writes, and any change of the settings while a session runs",
        "not a file that says disableAllHooks, or is emptied, before the next start; not --bare, --safe-mode, --setting-sources",
        "TamperingTests, WithstandTests");

    private static readonly Withstanding s_managed = new(
        "withstands all of that, and disableAllHooks in any other file or on the command line, --bare, --safe-mode, --setting-sources",
        "only an administrator changes it",
        "WithstandTests");

    public static Withstanding Of(SettingsScope scope) => scope == SettingsScope.Managed ? s_managed : s_files;

    public override string ToString() => $"{Holds}; {Limit} ({Tests})";
}
