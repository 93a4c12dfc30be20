using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>One effective value and the source that won.</summary>
internal sealed record Setting(Node Value, SettingsSource Source)
{
    public Place Place => new(Source.Path, Value.Line, Value.Column);
    public string Text => Value.Text;
}
