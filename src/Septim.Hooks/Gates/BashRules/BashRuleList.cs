namespace Septim.Hooks.Gates.BashRules;

/// <summary>Every rule, by id. A rule that is not here does not run.</summary>
internal static class BashRuleList
{
    private static BashRule[]? s_all;

    public static IReadOnlyList<BashRule> All => s_all ??=
    [
        DiskFormat.Rule,
        DiskRawWrite.Rule,
        DiskVolume.Rule,
        FsFindOutside.Rule,
        FsGitDir.Rule,
        FsMassDelete.Rule,
        FsMoveAway.Rule,
        FsRmHome.Rule,
        FsRmOutside.Rule,
        FsRmProjectRoot.Rule,
        FsRmRoot.Rule,
        FsRmSystem.Rule,
        FsRmUnknown.Rule,
        FsSelfProtect.Rule,
        FsShred.Rule,
        FsSyncDelete.Rule,
        FsSystemWrite.Rule,
        FsTruncate.Rule,
        GitBranchForce.Rule,
        GitClean.Rule,
        GitDiscard.Rule,
        GitExecConfig.Rule,
        GitForcePush.Rule,
        GitHistory.Rule,
        GitHookBypass.Rule,
        GitPushDelete.Rule,
        GitResetHard.Rule,
        GitStashLose.Rule,
        GuardBypass.Rule,
        LimitExceeded.Rule,
        PermRecursive.Rule,
        PermSetuid.Rule,
        PermWorldWritable.Rule,
        PrivPersist.Rule,
        SyntaxRecovered.Rule,
        SysForkBomb.Rule,
        SysKillWide.Rule,
        SysPower.Rule,
        SysService.Rule,
    ];
}
