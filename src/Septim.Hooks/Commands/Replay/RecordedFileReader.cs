using System.Text.Json;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Commands.Replay;

/// <summary>Reads one recorded transcript line by line and notes when each line was written and where the client would have asked.</summary>
/// <param name="file">What is filled.</param>
/// <param name="steps">Takes the steps, in the order of the file.</param>
/// <param name="advanced">Told the bytes read.</param>
internal sealed class RecordedFileReader(RecordedFile file, List<RecordedStep> steps, Action<int> advanced)
{
    private const int FirstBuffer = 1 << 20;

    private long _now;
    private long _resultsStart = -1;
    private long _resultsEnd;
    private string _lastResult = "";

    /// <exception cref="HookFault">The file cannot be read.</exception>
    public void Read()
    {
        try
        {
            ReadLines();
            if (file.AgentId is not null) file.Meta = AgentMeta.Read(FileSystem.Real, AgentMeta.PathFor(file.Path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HookFault($"{file.Path} cannot be read ({Cause.Of(e)})", e);
        }
        // Why: the first lines of a transcript bear no time; they were written with the first one that does.
        var first = file.LineTimes.Find(time => time > 0);
        for (var i = 0; i < file.LineTimes.Count && file.LineTimes[i] == 0; i++) file.LineTimes[i] = first;
    }

    private void ReadLines()
    {
        using var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var buffer = new byte[FirstBuffer];
        var filled = 0;
        long offset = 0;
        while (stream.Read(buffer, filled, buffer.Length - filled) is var read and > 0)
        {
            advanced(read);
            var searched = filled;
            filled += read;
            var start = 0;
            while (buffer.AsSpan(searched, filled - searched).IndexOf((byte)'\n') is var newline and >= 0)
            {
                var end = searched + newline + 1;
                Line(buffer.AsSpan(start, end - start), offset + start, offset + end);
                start = searched = end;
            }
            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            offset += start;
            filled -= start;
            if (filled == buffer.Length) Array.Resize(ref buffer, checked(2 * buffer.Length));
        }
        // Why nothing more: the last line of a session that was killed is cut; it holds no call that ran.
    }

    private void Line(ReadOnlySpan<byte> line, long start, long end)
    {
        RecordedLine read;
        try
        {
            read = RecordedLine.Parse(line);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            read = RecordedLine.None;
        }
        _now = Math.Max(_now, read.TimeMs);
        file.LineEnds.Add(end);
        file.LineTimes.Add(_now);
        if (read.Cwd is { } cwd && file.Session.Project.Length == 0) file.Session.Project = cwd;
        if (read.IsAssistant && _resultsStart >= 0)
        {
            Add(RecordedStepKind.Batch, _resultsStart, _resultsEnd, _lastResult);
            _resultsStart = -1;
        }
        foreach (var id in read.ToolUses) Add(RecordedStepKind.Call, start, end, id);
        if (read.ResultOf is { } result)
        {
            if (_resultsStart < 0) _resultsStart = start;
            (_resultsEnd, _lastResult) = (end, result);
        }
        if (read.PromptKey is { } prompt && file.AgentId is null) Add(RecordedStepKind.Prompt, start, end, prompt);
        if (read.PromptKey is not null || file.Runs.Count == 0) file.Runs.Add((_now, _now));
        else file.Runs[^1] = (file.Runs[^1].From, _now);
    }

    private void Add(RecordedStepKind kind, long start, long end, string key)
    {
        if (kind == RecordedStepKind.Call) file.Session.Calls++;
        steps.Add(new RecordedStep(kind, file, start, end, _now, key));
    }
}
