namespace Septim.Hooks.Config;

/// <summary>The Bash gate's part of septim.json, all layers merged. The defaults are the preset <c>standard</c>.</summary>
internal sealed record BashPolicy
{
    public static readonly BashPolicy Standard = new();

    public static readonly BashPolicy Strict = new() { IsStrict = true };

    /// <summary>Preset <c>strict</c>: medium findings are denied, low ones asked.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Nothing is refused; what would have been is said to the person.</summary>
    public bool Observe { get; init; }

    /// <summary>By rule id; a rule that is missing follows the preset. Never loosens a critical finding.</summary>
    public IReadOnlyDictionary<string, BashRuleAction> Rules { get; init; } = new Dictionary<string, BashRuleAction>();

    /// <summary>By rule id: what the project asks for on top. Never loosens anything but findings of low severity.</summary>
    public IReadOnlyDictionary<string, BashRuleAction> ProjectRules { get; init; } = new Dictionary<string, BashRuleAction>();

    public IReadOnlyList<BashAllowEntry> Allow { get; init; } = [];

    /// <summary>What a project file asked for and may not have; for the person, never a fault.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Merges the <c>bash</c> objects of all layers.</summary>
    /// <param name="layers">In the order of application: user, project, the machine's file last.</param>
    /// <param name="severityOf">The rule's severity (0 low … 3 critical), or null when there is no rule of that id.</param>
    /// <exception cref="HookFault">A key or value is wrong; the message names file and key.</exception>
    public static BashPolicy Parse(List<ConfigValue> layers, Func<string, int?> severityOf)
    {
        BashPolicyReader? reader = null;
        foreach (var layer in layers)
        {
            if (layer.Key == ConfigKeys.Bash) (reader ??= new BashPolicyReader(severityOf)).Add(layer);
        }
        return reader?.Result() ?? Standard;
    }
}
