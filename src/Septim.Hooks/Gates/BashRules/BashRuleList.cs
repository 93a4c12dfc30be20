namespace Septim.Hooks.Gates.BashRules;

/// <summary>Every rule, by id. A rule that is not here does not run.</summary>
internal static class BashRuleList
{
    private static BashRule[]? s_all;

    public static IReadOnlyList<BashRule> All => s_all ??=
    [
        FsRmRoot.Rule,
    ];
}
