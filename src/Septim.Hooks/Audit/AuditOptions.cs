using Septim.Hooks.Audit.Surroundings;

namespace Septim.Hooks.Audit;

/// <summary>What one audit looks at. All paths are absolute.</summary>
internal sealed record AuditOptions
{
    public required string Project { get; init; }
    public required string Home { get; init; }

    /// <summary>The client's configuration directory: <c>CLAUDE_CONFIG_DIR</c>, else <c>~/.claude</c>.</summary>
    public required string ConfigDirectory { get; init; }

    /// <summary>Where managed settings lie.</summary>
    public required string ManagedDirectory { get; init; }

    /// <summary>The root of the machine's own files (<c>/etc</c>, <c>/proc</c>); another one in tests only.</summary>
    public string SystemRoot { get; init; } = "/";

    /// <summary>The Windows registry, as far as it matters; values of their own in tests only.</summary>
    public RegistryValues Registry { get; init; } = RegistryValues.OfThisMachine();

    /// <summary>The live environment; empty with <c>--no-env</c>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
    public bool UseEnvironment { get; init; } = true;
    public bool UseHome { get; init; } = true;
    public bool UseHistory { get; init; } = true;
    public bool DeepHistory { get; init; }
    public bool RunHooks { get; init; }
    public bool Strict { get; init; }
    public bool SarifIncludesHome { get; init; }

    /// <summary>Item numbers to judge; empty means all.</summary>
    public IReadOnlyList<int> Only { get; init; } = [];
    public IReadOnlyList<int> Skip { get; init; } = [];

    /// <summary>What the provider may be told to stop at, USD a month; null when not asked for.</summary>
    public decimal? MaxMonthlyUsd { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>This executable: a hook is ours when it resolves to it.</summary>
    public required string OwnBinary { get; init; }
    public bool ShowTiming { get; init; }

    /// <summary>Where septim keeps its state, by the same rule as the hooks.</summary>
    public string StateDirectory => Variable("SEPTIM_STATE_DIR") ?? Path.Combine(Variable("XDG_STATE_HOME") ?? Path.Combine(Home, ".local", "state"), "septim");

    public bool Wants(int item) => (Only.Count == 0 || Only.Contains(item)) && !Skip.Contains(item);

    public string? Variable(string name) => Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
