namespace Septim.Hooks.Delivery;

/// <summary>A sink could not take a batch. Sinks throw it; <see cref="SinkDrain"/> alone decides what becomes of the events.</summary>
internal sealed class DeliveryFailure(FailureKind kind, string reason, TimeSpan? retryAfter = null, Exception? cause = null) : Exception(reason, cause)
{
    public FailureKind Kind { get; } = kind;

    /// <summary>What the receiver asked for (Retry-After).</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
