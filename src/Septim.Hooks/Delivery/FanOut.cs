using System.Runtime.InteropServices;
using Septim.Hooks.Recording;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Delivery;

/// <summary>
/// From the spool into the queue of each sink: hard links first (a copy where there are none), then the spool's name goes. Killed
/// anywhere, the next run does the rest again, and a link that is there already is the same file.
/// </summary>
internal sealed partial class FanOut(IFileSystem files, SpoolPaths paths)
{
    /// <param name="directory">The spool, or the notices.</param>
    /// <param name="sinks">Names of queues.</param>
    /// <param name="wanted">Whether a queue wants a file.</param>
    /// <returns>How many files were moved on.</returns>
    /// <exception cref="HookFault">The disk does not take it; what was not moved is still in the spool.</exception>
    public int Run(string directory, IReadOnlyList<string> sinks, Func<string, string, bool>? wanted = null)
    {
        foreach (var sink in sinks)
            if (!files.CreateDirectory(paths.QueueOf(sink))) throw new HookFault($"{paths.QueueOf(sink)} cannot be created; is the disk full?");
        var names = Queue.List(files, directory);
        foreach (var name in names)
        {
            var from = Path.Combine(directory, name);
            foreach (var sink in sinks)
                if (wanted is null || wanted(sink, name)) Link(from, Path.Combine(paths.QueueOf(sink), name));
            files.Delete(from);
        }
        return names.Count;
    }

    private void Link(string from, string to)
    {
        // Why the second look: a link that is there already was made by a run that was killed.
        if (!OperatingSystem.IsWindows() && (LinkFile(from, to) == 0 || File.Exists(to))) return;
        try
        {
            // Why not File.Copy: killed in the middle, it would leave half an event under the name that says it was moved on.
            if (!files.Replace(to, File.ReadAllBytes(from))) throw new HookFault($"{to} cannot be written; is the disk full?");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HookFault($"{from} cannot be read ({Cause.Of(e)})", e);
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LinkFile(string from, string to);
}
