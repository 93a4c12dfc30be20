using Septim.Hooks.Config;

namespace Septim.Hooks.Recording;

/// <summary>One recorder: what it takes, and in which directory it leaves it.</summary>
/// <param name="Id">The verb that runs it alone.</param>
/// <param name="Takes">Whether it is switched on and wants this event.</param>
/// <param name="Directory">Where its events wait.</param>
internal sealed record Recorder(string Id, Func<SeptimConfig, string, bool> Takes, Func<SpoolPaths, string> Directory);
