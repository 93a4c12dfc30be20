using Septim.Hooks.Commands;
using Septim.Hooks.Gates;
using Septim.Hooks.Recording;

namespace Septim.Hooks;

/// <summary>Verb → hook or command. Nothing else.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        var verb = args.Length > 0 ? args[0] : IsPerson() ? "help" : "";
        if (!(args.Length == 2 && args[1] is "--help" or "-h" && IsPerson()))
        {
            if (verb == "hook") return RuntimeStart.End(FaultPolicy.Run(verb, GateList.All, Recorders.All, Environment.GetEnvironmentVariable));
            // Why the length: `septim notify --test` is a person's.
            if (args.Length == 1 && Recorders.Find(verb) is { } recorder) return RuntimeStart.End(FaultPolicy.Run(verb, [], [recorder], Environment.GetEnvironmentVariable));
            if (GateList.Find(verb) is { } gate) return RuntimeStart.End(FaultPolicy.Run(verb, [gate], Recorders.All, Environment.GetEnvironmentVariable));
        }
        RuntimeStart.StartFinalizers();
        return CommandList.Run(verb, args.AsSpan(Math.Min(1, args.Length)));
    }

    /// <summary>Why: a hook of the client that forgot its verb, or asks for help, must be refused, not answered.</summary>
    private static bool IsPerson() => Environment.GetEnvironmentVariable("CLAUDECODE") is not { Length: > 0 };
}
