using Septim.Hooks.Audit.Checks;

namespace Septim.Hooks.Audit;

/// <summary>The thirty items, by number.</summary>
internal static class AuditChecks
{
    public static readonly AuditCheck[] All =
    [
        ApiKeyIsolation.Check, ShellStartupCredentials.Check, InstructionFileSecrets.Check, ProductionWriteAccess.Check, AwsIdentityScope.Check, GitHistorySecrets.Check, CiSecretScope.Check,
        WorkspaceSpendLimit.Check, SessionCostGate.Check, DailyCostCeiling.Check, ModelSelection.Check, PromptCaching.Check, SubagentDepth.Check, CostAlertEmail.Check, BatchOfflineWork.Check,
        ReadExclusions.Check, InstructionFileSize.Check, Compaction.Check, WholeRepoReads.Check, SystemPromptSource.Check, MemoryPruning.Check,
        HooksFailClosed.Check, BashDangerGate.Check, HooksVersioned.Check, SessionLog.Check, NotificationChannel.Check,
        McpLeastPrivilege.Check, McpPinned.Check, InjectionSurface.Check, McpReview.Check,
    ];

    public static AuditCheck? Find(int number) => Array.Find(All, check => check.Number == number);
}
