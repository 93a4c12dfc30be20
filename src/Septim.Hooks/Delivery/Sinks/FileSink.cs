using System.Text;
using Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Sinks.File;

namespace Septim.Hooks.Delivery.Sinks;

/// <summary>
/// The default: one JSONL file a day, rolled by size, through Serilog.Sinks.File. One writer, because one shipper runs; a batch counts
/// as taken when it is on the disk (fsync). A line that a full disk cut off is ended before the next one is written.
/// </summary>
internal sealed class FileSink(string directory, int maxMb, int keepFiles) : FileLifecycleHooks, IBatchedLogEventSink, ITextFormatter, ILoggingFailureListener, IDisposable
{
    private readonly HashSet<string> _written = [];
    private ILogEventSink? _sink;
    private string? _current;
    private Exception? _failure;

    public Task EmitBatchAsync(IReadOnlyCollection<LogEvent> batch)
    {
        try
        {
            _failure = null;
            var sink = _sink ??= Open();
            foreach (var e in batch)
            {
                sink.Emit(e);
                if (_failure is not null) break;
                if (_current is not null) _written.Add(_current);
            }
            if (_failure is null && _written.Count == 0) _failure = new IOException("no file was opened");
            if (_failure is null) FlushToDisk();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _failure = e;
        }
        if (_failure is null) return Task.CompletedTask;
        Close();
        throw new DeliveryFailure(FailureKind.Transient, $"{directory} cannot be written ({Cause.Of(_failure)})", cause: _failure);
    }

    public void Format(LogEvent logEvent, TextWriter output)
    {
        output.Write(Encoding.UTF8.GetString(LogEventMapping.Carry(logEvent).Json.Span));
        output.Write('\n');
    }

    public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
    {
        _current = path;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (EndsInsideLine(path)) underlyingStream.Write("\n"u8);
        return underlyingStream;
    }

    public void OnLoggingFailed(object sender, LoggingFailureKind kind, string message, IReadOnlyCollection<LogEvent>? events, Exception? exception) =>
        _failure ??= exception ?? new IOException(message);

    public void Dispose() => Close();

    private ILogEventSink Open()
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var sink = LoggerSinkConfiguration.CreateSink(to => to.File(
            this, Path.Combine(directory, "septim-.jsonl"), fileSizeLimitBytes: (long)maxMb << 20, rollingInterval: RollingInterval.Day,
            rollOnFileSizeLimit: true, retainedFileCountLimit: keepFiles == 0 ? null : keepFiles, encoding: new UTF8Encoding(false), hooks: this));
        (sink as ISetLoggingFailureListener)?.SetFailureListener(this);
        return sink;
    }

    private void FlushToDisk()
    {
        foreach (var path in _written)
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(handle);
        }
        _written.Clear();
        if (_current is not null) _written.Add(_current);
    }

    private void Close()
    {
        try
        {
            (_sink as IDisposable)?.Dispose();
        }
        catch (IOException)
        {
            // Why nothing: what could not be written is still in the queue.
        }
        _sink = null;
        _current = null;
        _written.Clear();
    }

    private static bool EndsInsideLine(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(handle);
        Span<byte> last = stackalloc byte[1];
        return length > 0 && RandomAccess.Read(handle, last, length - 1) == 1 && last[0] != '\n';
    }
}
