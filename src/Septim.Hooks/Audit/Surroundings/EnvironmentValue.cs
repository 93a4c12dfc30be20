namespace Septim.Hooks.Audit.Surroundings;

/// <summary>An environment variable as the client and its tools will see it. The value is never printed.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">What it holds.</param>
/// <param name="Setting">The settings entry; null when it comes from elsewhere.</param>
/// <param name="Exported">The start-up file that exports it; null when it comes from settings or the live environment.</param>
internal sealed record EnvironmentValue(string Name, string Value, Setting? Setting, ShellAssignment? Exported = null)
{
    public Place Place => Setting?.Place ?? Exported?.Place ?? Place.None;
    public string Origin => Setting is null ? Exported is null ? $"environment {Name}" : Exported.Chain : $"env.{Name} of the {Setting.Source.Name} settings";
}
