using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Recording;

/// <summary>The hook's side of delivery: one file, written under a temporary name and renamed. What it reports as written is not lost.</summary>
internal static class Spool
{
    /// <summary>One event in so many looks at the caps: a look costs a listing.</summary>
    private const int CapsEvery = 64;

    /// <exception cref="HookFault">It could not be written; the event is lost, and the message says why.</exception>
    public static void Write(IFileSystem files, string directory, RecordedEvent e, SpoolCaps caps, DateTimeOffset now)
    {
        if (!files.CreateDirectory(directory) || !files.Replace(Path.Combine(directory, SpoolPaths.FileName(e.Id)), EventJson.Write(e).Span))
            throw new HookFault($"the event {e.Event} could not be written to {directory}, so the Stop log misses it (a full disk, or a directory that is not ours)");
        // Why here too: when no shipper can run at all, somebody must keep the spool from filling the disk. The id's last byte is random.
        if (e.Id.ToByteArray()[15] % CapsEvery == 0) caps.Enforce(files, directory, Path.GetFileName(directory), now);
    }
}
