using System.Text;
using Septim.Hooks.Recording;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Delivery;

/// <summary>What waits and what was refused, by sink; and the ways back and out.</summary>
internal sealed class DeadLetters(IFileSystem files, SpoolPaths paths)
{
    /// <summary>Every sink that has a queue, dead letters or a history, configured or not.</summary>
    public IReadOnlyList<string> Sinks()
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var folder in (ReadOnlySpan<string>)[paths.Queues, paths.DeadLetters, paths.Status])
        {
            var listed = new List<FileName>();
            files.List(folder, listed);
            foreach (var entry in listed)
                if (!entry.Name.EndsWith(".tmp", StringComparison.Ordinal)) names.Add(entry.Name);
        }
        return [.. names];
    }

    public int Waiting(string sink) => Queue.List(files, paths.QueueOf(sink)).Count;

    public int Dead(string sink) => Queue.List(files, paths.DeadOf(sink)).Count;

    public int Spooled => Queue.List(files, paths.Spool).Count + Queue.List(files, paths.Notices).Count;

    /// <summary>Reasons, each with how many events it stands for.</summary>
    public IReadOnlyDictionary<string, int> Reasons(string sink)
    {
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in Queue.List(files, paths.DeadOf(sink)))
        {
            var reason = Text(Path.Combine(paths.DeadOf(sink), name + ".reason"));
            reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
        }
        return reasons;
    }

    /// <summary>Puts refused events back into the queue and wakes the sink. Returns how many.</summary>
    /// <exception cref="HookFault">A file cannot be moved.</exception>
    public int Retry(string sink)
    {
        files.CreateDirectory(paths.QueueOf(sink));
        var names = Queue.List(files, paths.DeadOf(sink));
        foreach (var name in names)
        {
            try
            {
                File.Move(Path.Combine(paths.DeadOf(sink), name), Path.Combine(paths.QueueOf(sink), name), overwrite: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new HookFault($"{name} cannot be moved back ({Cause.Of(e)})", e);
            }
            files.Delete(Path.Combine(paths.DeadOf(sink), name + ".reason"));
        }
        var status = SinkStatus.Read(files, paths, sink);
        (status with { Due = DateTimeOffset.UnixEpoch }).Write(files, paths, sink);
        return names.Count;
    }

    /// <summary>Deletes for good. Returns how many events.</summary>
    public int Purge(string sink, bool queueToo)
    {
        var gone = Empty(paths.DeadOf(sink));
        return queueToo ? gone + Empty(paths.QueueOf(sink)) : gone;
    }

    private int Empty(string folder)
    {
        var names = Queue.List(files, folder);
        foreach (var name in names)
        {
            files.Delete(Path.Combine(folder, name));
            files.Delete(Path.Combine(folder, name + ".reason"));
        }
        return names.Count;
    }

    private string Text(string path)
    {
        Span<byte> buffer = stackalloc byte[1024];
        var handle = files.Open(path, out _);
        if (handle < 0) return "no reason was kept";
        var read = files.Read(handle, 0, buffer);
        files.Close(handle);
        return read <= 0 ? "no reason was kept" : Encoding.UTF8.GetString(buffer[..read]).Trim();
    }
}
