using Septim.Hooks.Commands;
using Septim.Hooks.Gates;

namespace Septim.Hooks;

/// <summary>Verb → hook or command. Nothing else.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        // Why not help for the client: a hook that forgot its verb must be refused, not answered.
        var verb = args.Length > 0 ? args[0] : Environment.GetEnvironmentVariable("CLAUDECODE") is { Length: > 0 } ? "" : "help";
        if (verb == "hook") return FaultPolicy.Run(verb, GateList.All, Environment.GetEnvironmentVariable);
        if (GateList.Find(verb) is { } gate) return FaultPolicy.Run(verb, [gate], Environment.GetEnvironmentVariable);
        return CommandList.Run(verb, args.AsSpan(Math.Min(1, args.Length)));
    }
}
