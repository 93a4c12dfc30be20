using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>One command with its arguments bound to parameters, as far as the command is known.</summary>
internal sealed class PowerShellCall
{
    private readonly Dictionary<string, CodeValue> _values = [];
    private readonly HashSet<string> _switches = [];

    public PowerShellCall(string name, List<PowerShellArgument> arguments, CodeValue? fed, int start, int end)
    {
        (Name, Arguments, Fed, Start, End) = (name, arguments, fed, start, end);
        var parameters = PowerShellParameters.Of(name);
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].IsParameter) { Bare.Add(arguments[i].Value); continue; }
            var given = arguments[i].Value.Text!.AsSpan(1);
            if (given.Length > 32) continue;
            var resolved = parameters.Resolve(given);
            // Why: a parameter of a command that is not listed is a switch here, so that its value is seen as one more value.
            var (full, takesValue) = resolved ?? (given.ToString().ToLowerInvariant(), parameters.IsKnown);
            if (arguments[i].Attached is { } attached)
            {
                if (takesValue) _values[full] = attached;
                else if (attached.Name != "false" && attached.Text is not "0") _switches.Add(full);
            }
            else if (takesValue && i + 1 < arguments.Count && !arguments[i + 1].IsParameter) _values[full] = arguments[++i].Value;
            else _switches.Add(full);
        }
        if (!parameters.IsKnown || parameters.Positional.Length == 0) return;
        var used = 0;
        foreach (var range in parameters.Positional.AsSpan().Split(' '))
        {
            var position = parameters.Positional[range];
            if (used == Bare.Count) break;
            if (!_values.ContainsKey(position) && !(position == "path" && Path is not null)) _values[position] = Bare[used++];
        }
    }

    public string Name { get; }

    public List<PowerShellArgument> Arguments { get; }

    /// <summary>What comes down the pipeline; null at its beginning.</summary>
    public CodeValue? Fed { get; }

    public int Start { get; }

    public int End { get; }

    /// <summary>The values that have no name before them.</summary>
    public List<CodeValue> Bare { get; } = [];

    /// <summary>It only tells what it would do.</summary>
    public bool IsDryRun => Has("whatif") || Has("wi");

    public CodeValue? this[string name] => _values.GetValueOrDefault(name) ?? (name == "argumentlist" ? _values.GetValueOrDefault("arguments") : null);

    public bool Has(string name) => _switches.Contains(name);

    /// <summary>The path by any of its names.</summary>
    public CodeValue? Path => this["path"] ?? this["literalpath"] ?? this["pspath"] ?? this["lp"] ?? this["filepath"];
}
