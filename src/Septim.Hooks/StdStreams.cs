using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Septim.Hooks.Claude;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks;

/// <summary>The hook's side of stdin, stdout and stderr, without Console, which costs a third of the start.</summary>
internal static partial class StdStreams
{
    /// <summary>Room for a payload: the client sends what a tool was given, and a tool may be given a large file.</summary>
    private const int MaxStdinBytes = 64 << 20;

    /// <summary>Holds the payload of an ordinary call.</summary>
    private const int FirstBuffer = 8 << 10;

    private const short PollIn = 1;

    /// <summary>EINTR.</summary>
    private const int Interrupted = 4;

    /// <summary>Asks the system to end this process by a signal then. Costs one system call, no thread and no timer.</summary>
    public static void ArmLastResort(TimeSpan time)
    {
        if (!OperatingSystem.IsWindows()) _ = Alarm((uint)Math.Ceiling(time.TotalSeconds));
    }

    /// <exception cref="HookFault">It did not end in time, or is larger than 64 MiB.</exception>
    public static ReadOnlyMemory<byte> ReadInput(Deadline deadline)
    {
        using var stdin = OperatingSystem.IsWindows() ? new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0) : null;
        var buffer = new byte[FirstBuffer];
        var length = 0;
        while (true)
        {
            WaitForInput(deadline);
            var read = stdin?.Read(buffer.AsSpan(length)) ?? ReadSome(buffer.AsSpan(length));
            if (read == 0) return buffer.AsMemory(0, length);
            length += read;
            if (length < buffer.Length) continue;
            if (length >= MaxStdinBytes) throw new HookFault("the payload on stdin is larger than 64 MiB");
            if (buffer.Length == FirstBuffer) HeapRoom.Ask();
            // Why four times: each step copies what came so far into pages that the system must hand out first.
            var larger = GC.AllocateUninitializedArray<byte>(buffer.Length * 4);
            buffer.CopyTo(larger, 0);
            buffer = larger;
        }
    }

    /// <summary>The same without a stream, which asks first what kind of file it has.</summary>
    private static unsafe int ReadSome(Span<byte> into)
    {
        fixed (byte* start = into)
        {
            while (true)
            {
                var read = Libc.Read(0, start, (nuint)into.Length);
                if (read >= 0) return (int)read;
                ThrowUnlessInterrupted("stdin cannot be read");
            }
        }
    }

    private static void ThrowUnlessInterrupted(string what)
    {
        var error = Marshal.GetLastSystemError();
        if (error != Interrupted) throw new IOException($"{what} (errno {error})");
    }

    /// <summary>Writes the reply once, whole, and gives its exit code. A closed stream changes nothing: the exit code says the same.</summary>
    public static int Write(HookReply reply)
    {
        try
        {
            WriteAll(2, reply.Stderr);
            WriteAll(1, reply.Stdout);
        }
        catch (IOException)
        {
            // Why: nobody reads us any more; a refusal still stands by its exit code.
        }
        return reply.ExitCode;
    }

    private static unsafe void WriteAll(int descriptor, string text)
    {
        if (text.Length == 0) return;
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);
        if (OperatingSystem.IsWindows())
        {
            using var handle = new SafeFileHandle(descriptor, ownsHandle: false);
            using var stream = new FileStream(handle, FileAccess.Write, bufferSize: 0);
            stream.Write(bytes);
            return;
        }
        // Why not a stream: into a regular file it would write at a place of its own and leave the descriptor's where it was.
        while (!bytes.IsEmpty)
        {
            nint written;
            fixed (byte* start = bytes) written = Libc.Write(descriptor, start, (nuint)bytes.Length);
            if (written >= 0) bytes = bytes[(int)written..];
            else ThrowUnlessInterrupted("nobody reads the answer");
        }
    }

    private static void WaitForInput(Deadline deadline)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = new PollDescriptor { Descriptor = 0, Events = PollIn };
        while (Poll(ref descriptor, 1, 100) == 0) deadline.ThrowIfPassed("reading the payload from stdin");
        deadline.ThrowIfPassed("reading the payload from stdin");
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", EntryPoint = "alarm")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint Alarm(uint seconds);

    [LibraryImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int timeoutMs);
}
