using System.Text;
using System.Text.Json;
using Septim.Hooks.Recording;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Delivery;

/// <summary>What waits for one sink, a file an event. A file goes when its event was taken, and not before.</summary>
internal sealed class Queue(IFileSystem files, SpoolPaths paths, string sink, Pseudonyms pseudonyms)
{
    private const int MaxEventBytes = 1 << 20;

    public const string NoEvent = "the file does not hold one event: the disk may have been full or the machine gone down";

    private string Folder => paths.QueueOf(sink);

    /// <summary>How many files were no events.</summary>
    public int NoEvents { get; private set; }

    /// <summary>Names in the order of time.</summary>
    public List<string> Names() => List(files, Folder);

    public static List<string> List(IFileSystem files, string directory)
    {
        var listed = new List<FileName>();
        var names = new List<string>();
        if (!files.List(directory, listed)) return names;
        foreach (var file in listed)
            if (file.Kind != FileKind.Directory && file.Name.EndsWith(SpoolPaths.Extension, StringComparison.Ordinal)) names.Add(file.Name);
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>The next events from <paramref name="start"/> on, within both limits. What is not an event goes to the dead letters.</summary>
    public List<SpooledEvent> Read(List<string> names, ref int start, int maxEvents, int maxBytes)
    {
        var batch = new List<SpooledEvent>();
        var bytes = 0;
        for (; start < names.Count && batch.Count < maxEvents; start++)
        {
            if (Load(names[start]) is not { } e) continue;
            if (batch.Count > 0 && bytes + e.Json.Length > maxBytes) break;
            bytes += e.Json.Length;
            batch.Add(e);
        }
        return batch;
    }

    public void Delete(List<SpooledEvent> taken)
    {
        foreach (var e in taken) files.Delete(Path.Combine(Folder, e.FileName));
    }

    /// <summary>Moves events aside with the reason. Nothing is lost: `septim ship retry` brings them back.</summary>
    public void Bury(List<SpooledEvent> refused, string reason)
    {
        foreach (var e in refused) Bury(e.FileName, reason);
    }

    private void Bury(string name, string reason)
    {
        var dead = paths.DeadOf(sink);
        // Why the reason first: killed in between, the event is still in the queue and will be refused again.
        if (files.CreateDirectory(dead) && files.Replace(Path.Combine(dead, name + ".reason"), Encoding.UTF8.GetBytes(reason + "\n")))
            Move(Path.Combine(Folder, name), Path.Combine(dead, name));
    }

    private static void Move(string from, string to)
    {
        try
        {
            File.Move(from, to, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DeliveryFailure(FailureKind.Transient, $"{from} cannot be moved to the dead letters ({Cause.Of(e)})", cause: e);
        }
    }

    private SpooledEvent? Load(string name)
    {
        var handle = files.Open(Path.Combine(Folder, name), out var stat);
        if (handle < 0) return null;
        var size = (int)Math.Min(stat.Size, MaxEventBytes);
        var bytes = new byte[size];
        var read = files.Read(handle, 0, bytes);
        files.Close(handle);
        if (read < 0) return null;
        try
        {
            return SpooledEvent.Parse(name, pseudonyms.Apply(bytes.AsMemory(0, read)));
        }
        catch (JsonException)
        {
            Bury(name, NoEvent);
            NoEvents++;
            return null;
        }
    }
}
