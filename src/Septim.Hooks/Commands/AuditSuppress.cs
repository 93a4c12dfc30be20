namespace Septim.Hooks.Commands;

/// <summary>x</summary>
internal static class AuditSuppress
{
    public static int Run(AuditLine line, CommandIo io) => throw new HookFault("no");
}
