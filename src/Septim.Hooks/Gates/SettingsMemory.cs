using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Gates;

/// <summary>
/// The settings files as they were when the session began or last changed harmlessly, because a ConfigChange comes when the file is
/// changed already. When it is lost, a change passes only while a settings file still holds our hooks.
/// </summary>
internal sealed class SettingsMemory(IFileSystem files, string stateDirectory)
{
    private const int MaxBytes = 8 << 20;

    public void Store(string path, byte[] content)
    {
        var file = FileOf(path);
        if (files.CreateDirectory(Path.GetDirectoryName(file)!)) files.Replace(file, content);
    }

    public byte[]? Recall(string path)
    {
        var handle = files.Open(FileOf(path), out var stat);
        if (handle < 0) return null;
        var buffer = new byte[Math.Clamp(stat.Size, 0, MaxBytes)];
        var read = files.Read(handle, 0, buffer);
        files.Close(handle);
        return read < 0 ? null : buffer[..read];
    }

    private string FileOf(string path) =>
        Path.Combine(stateDirectory, "settings", StateName.Of(path));
}
