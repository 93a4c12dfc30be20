namespace Septim.Hooks.Config;

/// <summary>A person's decision to lift one ceiling for a while. Written by <c>septim budget raise</c>; the agent may not (config-gate).</summary>
/// <param name="Key">Which ceiling.</param>
/// <param name="Text">The new value.</param>
/// <param name="Until">From then on it counts no more.</param>
/// <param name="By">Who: user@host.</param>
/// <param name="At">When it was written.</param>
/// <param name="Reason">Why, in the person's words.</param>
internal sealed record Raise(ConfigKey Key, string Text, DateTimeOffset Until, string By, DateTimeOffset At, string Reason);
