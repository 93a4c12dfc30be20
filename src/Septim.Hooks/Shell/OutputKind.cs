namespace Septim.Hooks.Shell;

/// <summary>Where a command's standard output goes.</summary>
internal enum OutputKind
{
    /// <summary>To the client: the model sees it.</summary>
    Shown,
    Pipe,
    /// <summary>Into a command or process substitution.</summary>
    Captured,
    File,
    /// <summary><c>/dev/null</c> or closed.</summary>
    Discarded,
    /// <summary>A socket: <c>/dev/tcp</c>, <c>/dev/udp</c>.</summary>
    Network,
}
