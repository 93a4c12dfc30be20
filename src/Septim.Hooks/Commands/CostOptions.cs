namespace Septim.Hooks.Commands;

/// <summary>What <c>septim cost</c> was asked for.</summary>
internal sealed record CostOptions
{
    public CostScopeKind Kind { get; init; } = CostScopeKind.ThisSession;

    /// <summary>Session id, path, run id, project folder or date; null where the option stands alone.</summary>
    public string? Value { get; init; }

    /// <summary>"model", "agent", "day" or null.</summary>
    public string? By { get; init; }

    /// <summary>"text", "json" or "csv".</summary>
    public string Format { get; init; } = "text";

    /// <exception cref="HookFault">An option is unknown, lacks its value, or stands beside another scope.</exception>
    public static CostOptions Parse(ReadOnlySpan<string> args)
    {
        var options = new CostOptions();
        for (var i = 0; i < args.Length; i++)
        {
            var (name, value) = Split(args[i]);
            switch (name)
            {
                case "--session": options = options.For(CostScopeKind.Session, Needed(name, value, args, ref i)); break;
                case "--transcript": options = options.For(CostScopeKind.Transcript, Needed(name, value, args, ref i)); break;
                case "--run": options = options.For(CostScopeKind.Run, Needed(name, value, args, ref i)); break;
                case "--day": options = options.For(CostScopeKind.Day, value ?? Optional(args, ref i)); break;
                case "--project": options = options.For(CostScopeKind.Project, value ?? Optional(args, ref i)); break;
                case "--by": options = options with { By = OneOf(name, Needed(name, value, args, ref i), "model", "agent", "day") }; break;
                case "--format": options = options with { Format = OneOf(name, Needed(name, value, args, ref i), "text", "json", "csv") }; break;
                default: throw new HookFault($"unknown option \"{args[i]}\"; `septim cost --help` lists them");
            }
        }
        return options;
    }

    private CostOptions For(CostScopeKind kind, string? value) => Kind == CostScopeKind.ThisSession
        ? this with { Kind = kind, Value = value }
        : throw new HookFault("give one of --session, --transcript, --day, --project, --run, not several");

    private static (string Name, string? Value) Split(string arg)
    {
        var at = arg.StartsWith("--", StringComparison.Ordinal) ? arg.IndexOf('=', StringComparison.Ordinal) : -1;
        return at < 0 ? (arg, null) : (arg[..at], arg[(at + 1)..]);
    }

    private static string Needed(string name, string? value, ReadOnlySpan<string> args, ref int i) =>
        value ?? (i + 1 < args.Length ? args[++i] : throw new HookFault($"{name} wants a value"));

    private static string? Optional(ReadOnlySpan<string> args, ref int i) =>
        i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal) ? args[++i] : null;

    private static string OneOf(string name, string value, params ReadOnlySpan<string> allowed) =>
        allowed.Contains(value) ? value : throw new HookFault($"{name} {value}: it is one of {string.Join(", ", allowed)}");
}
