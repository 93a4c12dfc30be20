namespace Septim.Hooks.Recording;

/// <summary>What a cap has cost.</summary>
/// <param name="Count">Events.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Cap">count, bytes or age.</param>
/// <param name="Queue">spool, or the sink whose queue it was.</param>
internal sealed record DroppedEvents(long Count, long Bytes, string Cap, string Queue);
