using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Gates;

/// <summary>Everything that a gate may look at. Gates never read the clock, the environment or the disk in any other way.</summary>
internal sealed record GateContext
{
    private CommandReading? _command;
    private bool _isRead;

    public required HookInput Input { get; init; }
    public required SeptimConfig Config { get; init; }
    public required SeptimPaths Paths { get; init; }
    public required ClientEnvironment Client { get; init; }
    public required SessionTree Tree { get; init; }
    public required IFileSystem Files { get; init; }
    public required TimeProvider Time { get; init; }
    public required Deadline Deadline { get; init; }

    /// <summary>Clients above this one by process ancestry; null where that cannot be told.</summary>
    public int? ClientDepth { get; init; }

    /// <summary>When the client's process began this session, nanoseconds since 1970; 0 when not known. What ran before is over.</summary>
    public long SessionStartedNs { get; init; }

    /// <summary>What the call hands to a shell, read when the first gate asks for it; null when it hands over nothing.</summary>
    /// <exception cref="HookFault">The call of a shell holds no command.</exception>
    public CommandReading? Command
    {
        get
        {
            if (!_isRead) _command = CommandReading.Of(this);
            _isRead = true;
            return _command;
        }
    }

    /// <summary>The directory given by the client as the project, else the payload's working directory.</summary>
    public string ProjectDirectory => Client.ProjectDirectory ?? Input.Cwd;
}
