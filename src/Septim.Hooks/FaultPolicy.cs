using System.Runtime.InteropServices;
using System.Text;
using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Gates;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks;

/// <summary>
/// What a fault means. The only place that catches everything: whatever was thrown while judging becomes a refusal on the events where
/// a refusal holds something back, and one visible line on all others. Exit codes are 0 and 2, stdout is empty or one JSON object.
/// See docs/decisions/0001-fail-closed.md.
/// </summary>
internal static partial class FaultPolicy
{
    /// <summary>Room for a payload; the client sends what a tool was given, and a tool may be given a large file.</summary>
    private const int MaxStdinBytes = 64 << 20;

    /// <summary>If everything else fails, the system ends us, and the wiring turns that into a refusal.</summary>
    private const uint LastResortSeconds = 9;

    /// <param name="verb">hook, or the id of one gate.</param>
    /// <param name="gates">What is switched on.</param>
    /// <param name="variable">Looks up an environment variable.</param>
    public static int Run(string verb, IReadOnlyList<IGate> gates, Func<string, string?> variable)
    {
        HookInput? input = null;
        HookReply reply;
        try
        {
            ArmLastResort();
            input = HookInput.Parse(ReadStdin());
            reply = Judge(verb, gates, input, variable);
        }
        catch (Exception e)
        {
            reply = ReplyTo(verb, input, e);
        }
        return Write(reply);
    }

    private static HookReply Judge(string verb, IReadOnlyList<IGate> gates, HookInput input, Func<string, string?> variable)
    {
        if (Array.IndexOf(HookEvent.All, input.EventName) < 0)
            throw new HookFault($"{verb} does not know the event {input.EventName}; update septim or take it out of the settings");
        var client = ClientEnvironment.Read(variable);
        var paths = SeptimPaths.Read(client, variable);
        var project = client.ProjectDirectory ?? (input.Cwd.Length > 0 ? input.Cwd : null);
        var config = ConfigLoader.Load(paths, client, project, variable, TimeProvider.System);
        var context = new GateContext
        {
            Input = input,
            Config = config,
            Paths = paths,
            Client = client,
            Tree = SessionTree.Read(input.SessionId, variable),
            Files = FileSystem.Real,
            Time = TimeProvider.System,
            Deadline = Deadline.After(TimeSpan.FromMilliseconds(config.DeadlineMs)),
        };
        return GateList.Judge(gates, context).ToReply(input.EventName, client.Attended);
    }

    /// <summary>Refuses where that holds something back; elsewhere exit 2 would keep the model working, so it passes with one line.</summary>
    internal static HookReply ReplyTo(string verb, HookInput? input, Exception fault)
    {
        var message = $"{verb}: {Describe(fault)}";
        if (input is null) return new HookReply(2, "", message + "\n");
        if (!HookEvent.CanRefuse(input.EventName))
            return Array.IndexOf(HookEvent.All, input.EventName) < 0
                ? new HookReply(2, "", message + "\n")
                : HookReply.Tell(input.EventName, message, null);
        return HookReply.Deny(input.EventName, message + " Refused, because what cannot be judged is not let through.");
    }

    private static string Describe(Exception fault) => fault switch
    {
        HookFault => $"could not judge: {fault.Message}.",
        OverflowException => "could not judge: a figure is too large to be true.",
        OutOfMemoryException => "could not judge: out of memory.",
        _ => $"could not judge: unexpected {fault.GetType().Name} ({fault.Message}). Please report it; `septim doctor` shows the state of the set-up.",
    };

    private static ReadOnlyMemory<byte> ReadStdin()
    {
        using var stdin = new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
        var buffer = new byte[16 * 1024];
        var length = 0;
        while (stdin.Read(buffer.AsSpan(length)) is var read && read > 0)
        {
            length += read;
            if (length < buffer.Length) continue;
            if (length >= MaxStdinBytes) throw new HookFault("the payload on stdin is larger than 64 MiB");
            Array.Resize(ref buffer, buffer.Length * 2);
        }
        return buffer.AsMemory(0, length);
    }

    /// <summary>Writes the reply once, whole. A closed stream changes nothing: the exit code says the same.</summary>
    private static int Write(HookReply reply)
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

    private static void WriteAll(int descriptor, string text)
    {
        if (text.Length == 0) return;
        using var stream = new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private static void ArmLastResort()
    {
        if (!OperatingSystem.IsWindows()) _ = Alarm(LastResortSeconds);
    }

    [LibraryImport("libc", EntryPoint = "alarm")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint Alarm(uint seconds);
}
