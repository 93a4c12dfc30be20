using Septim.Hooks.Claude;

namespace Septim.Hooks.Config;

/// <summary>Finds and merges the layers, loosest authority first. What runs inside the repository cannot loosen what the operator set.</summary>
internal static class ConfigLoader
{
    /// <param name="paths">Where septim's files lie.</param>
    /// <param name="client">The client's own folders.</param>
    /// <param name="projectDirectory">The project; null leaves the project layer out.</param>
    /// <param name="variable">Looks up an environment variable.</param>
    /// <param name="time">Ends raises.</param>
    /// <exception cref="HookFault">A layer cannot be read or understood, or the project steers us through the client's settings.</exception>
    public static SeptimConfig Load(
        SeptimPaths paths, ClientEnvironment client, string? projectDirectory, Func<string, string?> variable, TimeProvider time)
    {
        var config = new SeptimConfig();
        ApplyAll(config, ConfigFile.Read(paths.UserFile, ConfigLayer.User));
        foreach (var key in ConfigKeys.All)
        {
            if (key.Variable is null || variable(key.Variable) is not { Length: > 0 } text) continue;
            ConfigText.Validate(key, text, $"config: {key.Variable}");
            config.Apply(new ConfigValue(key, text, ConfigLayer.Environment, key.Variable));
        }
        if (projectDirectory is not null && !SamePath(Path.Combine(projectDirectory, ".claude"), client.ConfigDirectory))
        {
            ProjectSteering.ThrowIfPresent(projectDirectory);
            ApplyAll(config, ConfigFile.Read(SeptimPaths.ProjectFile(projectDirectory), ConfigLayer.Project));
        }
        ApplyAll(config, Raises.InForce(paths.RaisesFile, time.GetUtcNow()));
        ApplyAll(config, ConfigFile.Read(paths.ManagedFile, ConfigLayer.Managed));
        return config;
    }

    private static void ApplyAll(SeptimConfig config, List<ConfigValue> values)
    {
        foreach (var value in values) config.Apply(value);
    }

    private static bool SamePath(string a, string b) =>
        string.Equals(Path.TrimEndingDirectorySeparator(a), Path.TrimEndingDirectorySeparator(b), StringComparison.Ordinal);
}
