namespace Septim.Hooks.Gates.BashRules;

/// <summary>Every rule, by id. A rule that is not here does not run.</summary>
internal static class BashRuleList
{
    private static BashRule[]? s_all;

    public static BashRule[] All => s_all ??=
    [
        CloudDelete.Rule,
        CloudIam.Rule,
        ContainerEscape.Rule,
        ContainerPrune.Rule,
        DbDeleteAll.Rule,
        DbDrop.Rule,
        DiskFormat.Rule,
        DiskRawWrite.Rule,
        DiskVolume.Rule,
        ExecDecoded.Rule,
        ExecInterpreterFs.Rule,
        ExecPreload.Rule,
        ExecRemote.Rule,
        ExecReverseShell.Rule,
        ExecUnknownCode.Rule,
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
        IacDestroy.Rule,
        K8sDelete.Rule,
        LimitExceeded.Rule,
        PermRecursive.Rule,
        PermSetuid.Rule,
        PermWorldWritable.Rule,
        PkgGlobal.Rule,
        PkgPublish.Rule,
        PkgSource.Rule,
        PlatformDelete.Rule,
        PrivPersist.Rule,
        PsRemove.Rule,
        RemoteCopy.Rule,
        RemoteShell.Rule,
        SecretDestroy.Rule,
        SecretEcho.Rule,
        SecretExfil.Rule,
        SecretRead.Rule,
        SyntaxRecovered.Rule,
        SysForkBomb.Rule,
        SysKillWide.Rule,
        SysPower.Rule,
        SysService.Rule,
        WinSystem.Rule,
    ];

    public static BashRule? Find(string id)
    {
        foreach (var rule in All)
        {
            if (rule.Id == id) return rule;
        }
        return null;
    }

    /// <summary>0 low … 3 critical, or null when there is no such rule.</summary>
    public static int? SeverityOf(string id) => Find(id) is { } rule ? (int)rule.Severity : null;
}
