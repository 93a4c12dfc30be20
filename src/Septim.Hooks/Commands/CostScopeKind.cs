namespace Septim.Hooks.Commands;

/// <summary>Whose spend is asked for.</summary>
internal enum CostScopeKind : byte
{
    ThisSession,
    Session,
    Transcript,
    Day,
    Project,
    Run,
}
