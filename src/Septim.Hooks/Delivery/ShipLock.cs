namespace Septim.Hooks.Delivery;

/// <summary>Held while a shipper runs. The system gives it back whatever becomes of the process.</summary>
internal sealed class ShipLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _file;

    private ShipLock(FileStream file) => _file = file;

    /// <param name="path">The lock file.</param>
    /// <param name="patience">A hook that looks whether a shipper runs holds the lock for an instant, so one try is too few.</param>
    /// <returns>Null when another shipper runs.</returns>
    /// <exception cref="HookFault">The file cannot be opened at all.</exception>
    public static ShipLock? TryTake(string path, TimeSpan patience)
    {
        var started = Environment.TickCount64;
        while (true)
        {
            try
            {
                // Why None: .NET takes flock(LOCK_EX) for it, the lock that the hooks look at.
                var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
                if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                return new ShipLock(new FileStream(path, options));
            }
            catch (UnauthorizedAccessException e)
            {
                throw new HookFault($"{path} cannot be opened ({Cause.Of(e)})", e);
            }
            catch (IOException) when (File.Exists(path))
            {
                if (Environment.TickCount64 - started > patience.TotalMilliseconds) return null;
                Thread.Sleep(Pause);
            }
            catch (IOException e)
            {
                throw new HookFault($"{path} cannot be opened ({Cause.Of(e)})", e);
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
