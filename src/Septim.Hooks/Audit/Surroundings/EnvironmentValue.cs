namespace Septim.Hooks.Audit.Surroundings;

/// <summary>An environment variable as the client and its tools will see it. The value is never printed.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">What it holds.</param>
/// <param name="Setting">The settings entry; null when it comes from the live environment.</param>
internal sealed record EnvironmentValue(string Name, string Value, Setting? Setting)
{
    public Place Place => Setting?.Place ?? Place.None;
    public string Origin => Setting is null ? $"environment {Name}" : $"env.{Name} of the {Setting.Source.Name} settings";
}
