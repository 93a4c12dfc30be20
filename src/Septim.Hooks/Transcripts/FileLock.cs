namespace Septim.Hooks.Transcripts;

/// <summary>
/// One process at a time. The system releases it when the process ends, however it ends. For the few decisions that two calls must
/// not take at once; money needs none.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private const int PollMs = 1;

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <exception cref="HookFault">It could not be had before the deadline, or its folder cannot be written.</exception>
    public static FileLock Take(string path, Deadline deadline)
    {
        while (true)
        {
            try
            {
                return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
            }
            catch (IOException) when (File.Exists(path) && !deadline.HasPassed)
            {
                Thread.Sleep(PollMs);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new HookFault($"the lock {path} cannot be taken ({e.Message})", e);
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
