using Septim.Hooks.Audit.Checks;

namespace Septim.Hooks.Audit;

/// <summary>The thirty items, by number.</summary>
internal static class AuditChecks
{
    public static readonly AuditCheck[] All =
    [
        ApiKeyIsolation.Check, ShellStartupCredentials.Check, InstructionFileSecrets.Check, ProductionWriteAccess.Check, AwsIdentityScope.Check, GitHistorySecrets.Check, CiSecretScope.Check,
        WorkspaceSpendLimit.Check, ModelSelection.Check, PromptCaching.Check, CostAlertEmail.Check, BatchOfflineWork.Check,
        InstructionFileSize.Check, Compaction.Check, WholeRepoReads.Check, SystemPromptSource.Check, MemoryPruning.Check,
    ];

    public static AuditCheck? Find(int number) => Array.Find(All, check => check.Number == number);
}
