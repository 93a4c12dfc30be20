namespace Septim.Hooks.Delivery;

/// <summary>What one sink did in one run.</summary>
/// <param name="Sink">Its queue's name.</param>
/// <param name="Delivered">Events that it took.</param>
/// <param name="Dead">Events that it refused.</param>
/// <param name="DeadReason">Why, the last time.</param>
/// <param name="Failure">Why it stopped before its queue was empty; null when it is.</param>
/// <param name="IsNews">Whether it went well the time before.</param>
internal sealed record SinkRun(string Sink, int Delivered, int Dead, string? DeadReason, string? Failure, bool IsNews);
