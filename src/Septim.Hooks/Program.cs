using Septim.Hooks.Commands;
using Septim.Hooks.Gates;
using Septim.Hooks.Recording;

namespace Septim.Hooks;

/// <summary>Verb → hook or command. Nothing else.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        // Why not help for the client: a hook that forgot its verb must be refused, not answered.
        var verb = args.Length > 0 ? args[0] : Environment.GetEnvironmentVariable("CLAUDECODE") is { Length: > 0 } ? "" : "help";
        if (verb == "hook") return RuntimeStart.End(FaultPolicy.Run(verb, GateList.All, Recorders.All, Environment.GetEnvironmentVariable));
        // Why the length: `septim notify --test` is a person's.
        if (args.Length == 1 && Recorders.Find(verb) is { } recorder) return RuntimeStart.End(FaultPolicy.Run(verb, [], [recorder], Environment.GetEnvironmentVariable));
        if (GateList.Find(verb) is { } gate) return RuntimeStart.End(FaultPolicy.Run(verb, [gate], Recorders.All, Environment.GetEnvironmentVariable));
        RuntimeStart.StartFinalizers();
        return CommandList.Run(verb, args.AsSpan(Math.Min(1, args.Length)));
    }
}
