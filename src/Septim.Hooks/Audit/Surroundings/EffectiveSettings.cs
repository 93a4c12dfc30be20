using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>The settings files in order of precedence, merged as the client merges them: what it drops has no effect.</summary>
internal sealed class EffectiveSettings
{
    private readonly AuditOptions _options;

    public EffectiveSettings(AuditOptions options, InputReader inputs)
    {
        _options = options;
        var sources = new List<SettingsSource>();
        if (options.Registry.Settings is { } policy) sources.Add(Load("managed", inputs.Take(policy.Key, policy.Json)));
        // Why unreadable: what a device manager delivers may hold anything, and is not to be called absent.
        foreach (var folder in (string[])["", Path.GetFileName(options.Home)])
            if (Path.Combine(options.SystemRoot, "Library/Managed Preferences", folder, "com.anthropic.claudecode.plist") is var managed && File.Exists(managed))
                sources.Add(Load("managed", inputs.Note(managed, InputStatus.Unreadable, "settings from device management are not read")));
        var fragments = inputs.List(Path.Combine(options.ManagedDirectory, "managed-settings.d"), "*.json", out var gap);
        fragments.Reverse();
        foreach (var path in fragments) sources.Add(Load("managed", inputs.Read(path)));
        if (gap is not null) sources.Add(Load("managed", gap));
        sources.Add(Load("managed", inputs.Read(Path.Combine(options.ManagedDirectory, "managed-settings.json"))));
        var claude = Path.Combine(options.Project, ".claude");
        if (Path.GetFullPath(claude) != Path.GetFullPath(options.ConfigDirectory))
        {
            sources.Add(Load("local", inputs.Read(Path.Combine(claude, "settings.local.json"))));
            sources.Add(Load("project", inputs.Read(Path.Combine(claude, "settings.json"))));
        }
        if (options.UseHome) sources.Add(Load("user", inputs.Read(Path.Combine(options.ConfigDirectory, "settings.json"))));
        Sources = sources;
    }

    /// <summary>Highest first: managed, local, project, user.</summary>
    public IReadOnlyList<SettingsSource> Sources { get; }

    public bool Exists => Sources.Any(source => source.Input.IsThere);

    public string UserPath => Path.Combine(_options.ConfigDirectory, "settings.json");
    public string ProjectPath => Path.Combine(_options.Project, ".claude", "settings.json");

    /// <summary>Tells a check which files it judged by.</summary>
    public void UsedBy(ItemResult item)
    {
        foreach (var source in Sources) item.Use(source.Input);
    }

    /// <summary>The value of the highest source that has the key.</summary>
    public Setting? Find(string path)
    {
        foreach (var source in Sources)
            if (source.Root?.At(path) is { } value) return new Setting(value, source);
        return null;
    }

    /// <summary>The entries of a list, of all sources.</summary>
    public IEnumerable<Setting> List(string path)
    {
        foreach (var source in Sources)
            foreach (var value in source.Root?.At(path)?.Items ?? []) yield return new Setting(value, source);
    }

    /// <summary>What start-up files export; asked when neither settings nor the live environment know a variable.</summary>
    public Func<string, ShellAssignment?> Exported { get; set; } = _ => null;

    /// <summary>Settings win over the live environment, and that over what start-up files would export; of the settings the highest source.</summary>
    public EnvironmentValue? Variable(string name)
    {
        if (Find("env." + name) is { Value.IsScalar: true } setting) return new EnvironmentValue(name, setting.Text, setting);
        if (_options.Variable(name) is { } live) return new EnvironmentValue(name, live, null);
        return Exported(name) is { Value.Length: > 0 } exported ? new EnvironmentValue(name, exported.Value, null, exported) : null;
    }

    /// <summary>Every <c>env</c> entry of every source, effective or shadowed.</summary>
    public IEnumerable<(string Name, Setting Setting)> EnvironmentEntries()
    {
        foreach (var source in Sources)
            foreach (var member in source.Parsed?["env"]?.Members ?? [])
                if (member.Value.IsScalar) yield return (member.Key, new Setting(member.Value, source));
    }

    private static SettingsSource Load(string name, Input input)
    {
        if (!input.HasText) return new SettingsSource(name, input, null, null, []);
        if (input.Text.Trim().Length == 0 || JsonTree.Parse(input.Text, out var error, out var line) is not { } root)
        {
            JsonTree.Parse(input.Text, out error, out line);
            var broken = new SettingsDrop(true, "", error ?? "empty", line);
            input.Drop(broken.Why, broken: true);
            return new SettingsSource(name, input, null, null, [broken]);
        }
        var drops = SettingsValidation.Check(root);
        // Why not for managed files: there the client drops the invalid entries and keeps the rest in force.
        if (name == "managed" || drops.Find(drop => drop.WholeFile) is not { } whole) return new SettingsSource(name, input, root, root, drops);
        input.Drop($"{whole.Key}: {whole.Why}", broken: false);
        return new SettingsSource(name, input, null, root, drops);
    }
}
