using System.Runtime.InteropServices;

namespace Septim.Hooks.EndToEnd.Support;

/// <summary>The few system calls the harness needs and the base library does not offer.</summary>
internal static partial class Posix
{
    public const int SigTerm = 15;
    public const int SigKill = 9;

    /// <summary>The user the client runs as when the tests run as root: it refuses to skip permissions as root.</summary>
    public const int Nobody = 65534;

    public static bool IsRoot => !OperatingSystem.IsWindows() && EffectiveUser() == 0;

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int HardLink(string from, string to);

    /// <summary>Hands a folder and everything in it to <see cref="Nobody"/>; does nothing when not root.</summary>
    public static void GiveToNobody(string folder)
    {
        if (!IsRoot) return;
        _ = ChangeOwner(folder, Nobody, Nobody);
        // Why: links are not followed, so a link to the client never changes the owner of the client.
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        foreach (var entry in Directory.EnumerateFileSystemEntries(folder, "*", all)) _ = ChangeOwner(entry, Nobody, Nobody);
    }

    public static void MakeExecutable(string path) => SetMode(path, (UnixFileMode)0b111_101_101);

    public static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }

    /// <summary>A hard link where the file system allows it, else a copy.</summary>
    public static void LinkOrCopy(string from, string to)
    {
        if (HardLink(from, to) != 0) File.Copy(from, to);
    }

    /// <summary>Whether every parent folder of the path may be passed by any user.</summary>
    public static bool IsReachableByAll(string path)
    {
        if (OperatingSystem.IsWindows()) return true;
        if (!File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherExecute)) return false;
        for (var folder = Directory.GetParent(path); folder is not null; folder = folder.Parent)
        {
            if (!folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute)) return false;
        }

        return true;
    }
}
