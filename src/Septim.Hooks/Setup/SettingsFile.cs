using System.Globalization;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Setup;

/// <summary>A settings file on disk: read whole, backed up, replaced in one step. A link is followed and stays a link.</summary>
internal static class SettingsFile
{
    private const int MaxBytes = 16 << 20;

    /// <returns>Null when there is no such file.</returns>
    /// <exception cref="HookFault">It is there and cannot be read.</exception>
    public static byte[]? Read(string path)
    {
        if (Directory.Exists(path)) throw new HookFault($"{path} is a directory; it must be a file");
        // Why the target: a link may lead to a file that is yet to be made.
        if (!File.Exists(path) || !File.Exists(Target(path))) return null;
        try
        {
            if (new FileInfo(Target(path)).Length > MaxBytes) throw new HookFault($"{path} is larger than 16 MiB; this is no settings file");
            return RegularFile.Read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HookFault($"{path} cannot be read ({Cause.Of(e)})", e);
        }
    }

    /// <summary>Replaces the file in one step: readers see the old text or the new one, never a part.</summary>
    /// <param name="path">The file, or a link to it.</param>
    /// <param name="old">What was read before; null when there was no file.</param>
    /// <param name="text">What shall stand there.</param>
    /// <param name="now">Names the backup; null makes none.</param>
    /// <param name="isShared">A new file is for others to read too; else for this user alone. An old one keeps its mode.</param>
    /// <returns>The path of the backup; null when there was nothing to back up.</returns>
    /// <exception cref="HookFault">It cannot be written, or somebody else changed it meanwhile; then it is as it was.</exception>
    public static string? Replace(string path, byte[]? old, byte[] text, DateTimeOffset? now, bool isShared = false)
    {
        var target = Target(path);
        var temporary = $"{target}.septim-{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var backup = old is not null && now is { } moment ? BackUp(path, target, old, moment) : null;
            WriteNew(temporary, text, ModeOf(target, isShared));
            if (!Same(Read(path), old)) throw new HookFault($"{path} was changed by someone else meanwhile; run this again");
            File.Move(temporary, target, overwrite: true);
            return backup;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HookFault($"{path} cannot be written ({Cause.Of(e)}); it is as it was", e);
        }
        finally
        {
            // Why the question: deleting in a folder that is not there throws.
            if (File.Exists(temporary)) File.Delete(temporary);
        }
    }

    /// <exception cref="HookFault">It cannot be removed.</exception>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HookFault($"{path} cannot be removed ({Cause.Of(e)})", e);
        }
    }

    /// <summary>Backups of a file that <see cref="Replace"/> made, newest first.</summary>
    public static IEnumerable<string> Backups(string path)
    {
        var directory = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(directory)) return [];
        return Directory.GetFiles(directory, Path.GetFileName(path) + ".septim-*.bak").OrderDescending(StringComparer.Ordinal);
    }

    private static string BackUp(string path, string target, byte[] old, DateTimeOffset now)
    {
        for (var moment = now.UtcDateTime; ; moment = moment.AddMilliseconds(1))
        {
            var backup = string.Create(CultureInfo.InvariantCulture, $"{path}.septim-{moment:yyyyMMdd'T'HHmmssfff'Z'}.bak");
            if (File.Exists(backup)) continue;
            try
            {
                WriteNew(backup, old, ModeOf(target, isShared: false));
                return backup;
            }
            catch (IOException) when (File.Exists(backup))
            {
                // Why: somebody beside us took that name at the same instant.
            }
        }
    }

    private static string Target(string path) =>
        new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;

    private static UnixFileMode ModeOf(string path, bool isShared) =>
        !OperatingSystem.IsWindows() && File.Exists(path) ? File.GetUnixFileMode(path)
        : UnixFileMode.UserRead | UnixFileMode.UserWrite | (isShared ? UnixFileMode.GroupRead | UnixFileMode.OtherRead : UnixFileMode.None);

    private static void WriteNew(string path, byte[] text, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
        using var stream = new FileStream(path, options);
        stream.Write(text);
        // Why again: the process's umask took bits from the mode at creation.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(stream.SafeFileHandle, mode);
        stream.Flush(flushToDisk: true);
    }

    private static bool Same(byte[]? a, byte[]? b) => a is null || b is null ? a is null && b is null : a.AsSpan().SequenceEqual(b);
}
