using Serilog.Core;

namespace Septim.Hooks.Delivery;

/// <summary>One configured sink or webhook, ready to take batches.</summary>
/// <param name="Settings">As configured.</param>
/// <param name="Target">Throws <see cref="DeliveryFailure"/>; returns when a batch was taken.</param>
/// <param name="MaxEvents">In one batch.</param>
/// <param name="MaxBytes">In one batch, in JSON.</param>
internal sealed record Sink(SinkSettings Settings, IBatchedLogEventSink Target, int MaxEvents, int MaxBytes)
{
    public string Name => Settings.Name;

    /// <summary>For one try.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two batches.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.Zero;
}
