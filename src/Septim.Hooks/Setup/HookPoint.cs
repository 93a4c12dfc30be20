namespace Septim.Hooks.Setup;

/// <summary>One place at which a hook is called.</summary>
/// <param name="Event">The client's name of it.</param>
/// <param name="Matcher">Which tools; null where the event has none.</param>
internal sealed record HookPoint(string Event, string? Matcher = null);
