using Septim.Hooks.Audit;

namespace Septim.Hooks.Commands;

/// <summary>x</summary>
internal static class AuditFix
{
    public static bool Apply(AuditLine line, AuditReport report, CommandIo io) => throw new HookFault("no");
}
