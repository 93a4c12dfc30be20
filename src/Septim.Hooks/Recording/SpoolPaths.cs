namespace Septim.Hooks.Recording;

/// <summary>
/// Where events wait. Below <c>&lt;state&gt;/ship</c>: <c>spool</c> and <c>notices</c> take what hooks write, <c>queue/&lt;sink&gt;</c>
/// what one sink has yet to take, <c>dead/&lt;sink&gt;</c> what it refused, with the reason beside. One file an event, named by its id,
/// which sorts by time; directories 0700, files 0600.
/// </summary>
internal sealed record SpoolPaths(string Root)
{
    public const string Extension = ".json";

    public static SpoolPaths In(string stateDirectory) => new(Path.Combine(stateDirectory, "ship"));

    public string Spool => Path.Combine(Root, "spool");
    public string Notices => Path.Combine(Root, "notices");
    public string Queues => Path.Combine(Root, "queue");
    public string DeadLetters => Path.Combine(Root, "dead");
    public string Status => Path.Combine(Root, "status");

    /// <summary>Held by the one shipper that runs.</summary>
    public string Lock => Path.Combine(Root, "lock");

    /// <summary>One line for the next person who looks: what is not being delivered. Absent when all is well.</summary>
    public string Trouble => Path.Combine(Root, "trouble");

    public string QueueOf(string sink) => Path.Combine(Queues, sink);

    public string DeadOf(string sink) => Path.Combine(DeadLetters, sink);

    public string StatusOf(string sink) => Path.Combine(Status, sink);

    public static string FileName(Guid eventId) => eventId.ToString("D") + Extension;
}
