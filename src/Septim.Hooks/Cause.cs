using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Septim.Hooks;

/// <summary>
/// Why a file or a program could not be used, in a person's words. The native program carries no texts of the base library
/// (UseSystemResourceKeys), so that their messages would read <c>UnauthorizedAccess_IODenied_Path</c>.
/// </summary>
internal static class Cause
{
    public static string Of(Exception e) => e switch
    {
        HookFault => e.Message,
        UnauthorizedAccessException => "permission denied",
        FileNotFoundException or DirectoryNotFoundException => "no such file or directory",
        PathTooLongException => "the path is too long",
        Win32Exception failed => Marshal.GetPInvokeErrorMessage(failed.NativeErrorCode),
        // Why the prefix: such a message is a key, and what the system said is in the number alone.
        IOException when !OperatingSystem.IsWindows() && e.Message.StartsWith("IO_", StringComparison.Ordinal) && e.HResult > 0 => Marshal.GetPInvokeErrorMessage(e.HResult),
        _ => e.Message,
    };
}
