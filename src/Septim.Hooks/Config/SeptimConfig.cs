using System.Globalization;
using Septim.Hooks.Spend;

namespace Septim.Hooks.Config;

/// <summary>The effective settings of one call, each with where it came from.</summary>
internal sealed class SeptimConfig
{
    private readonly ConfigValue?[] _values = new ConfigValue?[ConfigKeys.All.Length];
    private readonly List<ConfigValue> _layers = [];

    public SeptimConfig()
    {
        for (var i = 0; i < _values.Length; i++)
            if (ConfigKeys.All[i] is { Default: { } text } key) _values[i] = new ConfigValue(key, text, ConfigLayer.Default, "built in");
    }

    public Usd? SessionUsd => Money(ConfigKeys.SessionUsd);
    public Usd? SubagentUsd => Money(ConfigKeys.SubagentUsd);
    public Usd? RunUsd => Money(ConfigKeys.RunUsd);
    public Usd? DayUsd => Money(ConfigKeys.DayUsd);
    public int? SessionMinutes => CountOrOff(ConfigKeys.SessionMinutes);
    public int? SessionToolCalls => CountOrOff(ConfigKeys.SessionToolCalls);

    /// <summary>ask, deny or stop.</summary>
    public string OnCeiling => Text(ConfigKeys.OnCeiling)!;

    /// <summary>none, typical or worst.</summary>
    public string Reserve => Text(ConfigKeys.Reserve)!;
    public int OverheadPercent => Count(ConfigKeys.OverheadPercent);
    public bool DeniesUnknownModel => Text(ConfigKeys.UnknownModel) == "deny";
    public string? Prices => Text(ConfigKeys.Prices);
    public int WaitMs => Count(ConfigKeys.WaitMs);
    public int DeadlineMs => Count(ConfigKeys.DeadlineMs);

    public int[] WarnAtPercent =>
        ConfigText.TryPercents(Text(ConfigKeys.WarnAtPercent) ?? "", out var percents) ? percents : [];

    /// <summary>The effective value of a key; null when nothing sets it and it has no default.</summary>
    public ConfigValue? this[ConfigKey key] => _values[PlaceOf(key)];

    /// <summary>Every value that any layer gave, applied or not, in the order of application. For owners of objects, and for people.</summary>
    public List<ConfigValue> Layers => _layers;

    public string? Text(ConfigKey key) => this[key]?.Text;

    public bool Flag(ConfigKey key) => Text(key) == "true";

    public string[] Texts(ConfigKey key) =>
        Text(key) is { Length: > 0 } text ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];

    public int Count(ConfigKey key) => int.Parse(Text(key) ?? "0", CultureInfo.InvariantCulture);

    public int? CountOrOff(ConfigKey key) =>
        Text(key) is { } text && text != ConfigText.Off ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    public Usd? Money(ConfigKey key) =>
        Text(key) is { } text && text != ConfigText.Off && Usd.TryParse(text, out var usd) ? usd : null;

    /// <summary>
    /// Applies one value of the next layer. A person's layer replaces what stands; a project file and the machine's file only
    /// take effect where they are tighter.
    /// </summary>
    /// <exception cref="HookFault">A project file sets a key that it may not set.</exception>
    public void Apply(ConfigValue value)
    {
        _layers.Add(value);
        var place = PlaceOf(value.Key);
        if (value.Layer == ConfigLayer.Project && value.Key.Tightening == Tightening.Never)
            throw new HookFault($"config: {value.Origin}: {value.Key.Path} may not be set by a file in the project; set it in your own septim.json");
        var onlyTighter = value.Layer is ConfigLayer.Project or ConfigLayer.Managed;
        if (onlyTighter && value.Key.Tightening != Tightening.Never && !ConfigText.IsAsTight(value.Key, value.Text, _values[place]?.Text)) return;
        _values[place] = onlyTighter && value.Key.Tightening == Tightening.Adds ? value with { Text = ConfigText.MergePercents(value.Text, Text(value.Key)) } : value;
    }

    /// <summary>Why no <see cref="Array.IndexOf{T}(T[], T)"/>: it compares through an interface (docs/decisions/0011).</summary>
    private static int PlaceOf(ConfigKey key)
    {
        var place = 0;
        while (ConfigKeys.All[place] != key) place++;
        return place;
    }
}
