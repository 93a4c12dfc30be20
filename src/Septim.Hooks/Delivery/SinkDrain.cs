using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using Septim.Hooks.Delivery.Sinks;

namespace Septim.Hooks.Delivery;

/// <summary>
/// Empties one sink's queue: the only place where a sink's failure becomes behaviour. Transient failures are tried again with growing,
/// jittered pauses, or after what the receiver asks for; a batch with something unwanted in it is halved until the one is found.
/// </summary>
internal sealed class SinkDrain
{
    private const int MaxTries = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Longer than this we do not sit and wait: the sink rests, and a later run comes back to it.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly Sink _sink;
    private readonly Queue _queue;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _pipeline;
    private DateTimeOffset _lastSent;
    private string? _lastFailure;

    public SinkDrain(Sink sink, Queue queue, TimeProvider time)
    {
        (_sink, _queue, _time) = (sink, queue, time);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = attempt => ValueTask.FromResult(IsWorthAnother(attempt.Outcome.Exception)),
                MaxRetryAttempts = MaxTries - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstPause,
                MaxDelay = LongestPause,
                OnRetry = attempt =>
                {
                    if (attempt.Outcome.Exception is DeliveryFailure failure) _lastFailure = failure.Message;
                    return ValueTask.CompletedTask;
                },
                DelayGenerator = attempt => ValueTask.FromResult(Asked(attempt.Outcome.Exception)),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = attempt => ValueTask.FromResult(IsTransient(attempt.Outcome.Exception)),
                FailureRatio = 0.9,
                MinimumThroughput = 5,
                SamplingDuration = TimeSpan.FromMinutes(2),
                BreakDuration = TimeSpan.FromSeconds(30),
            })
            .AddTimeout(sink.Timeout)
            .Build();
    }

    /// <summary>How many events were taken.</summary>
    public int Delivered { get; private set; }

    /// <summary>How many went to the dead letters, and why the last one did.</summary>
    public int Dead { get; private set; }
    public string? DeadReason { get; private set; }

    /// <returns>Why it stopped before the queue was empty; null when it is.</returns>
    public async Task<DeliveryFailure?> RunAsync(CancellationToken end)
    {
        try
        {
            while (_queue.Names() is { Count: > 0 } names)
            {
                var before = Delivered + Dead;
                for (var next = 0; next < names.Count;)
                {
                    end.ThrowIfCancellationRequested();
                    var damaged = _queue.NoEvents;
                    var batch = _queue.Read(names, ref next, _sink.MaxEvents, _sink.MaxBytes);
                    if (_queue.NoEvents > damaged) (Dead, DeadReason) = (Dead + _queue.NoEvents - damaged, Queue.NoEvent);
                    if (batch.Count > 0) await SendAsync(batch, end).ConfigureAwait(false);
                }
                if (Delivered + Dead == before) break;
            }
            return null;
        }
        catch (DeliveryFailure failure)
        {
            return failure;
        }
        catch (TimeoutRejectedException)
        {
            return new DeliveryFailure(FailureKind.Transient, "the receiver did not answer in time");
        }
        catch (BrokenCircuitException e)
        {
            return new DeliveryFailure(FailureKind.Transient, $"the receiver failed too often to be asked again now{(e.InnerException is { } last ? $" ({last.Message})" : "")}");
        }
        catch (OperationCanceledException)
        {
            return new DeliveryFailure(FailureKind.Transient, _lastFailure is { } why ? $"there was no time left ({why})" : "there was no time left");
        }
    }

    private async Task SendAsync(List<SpooledEvent> batch, CancellationToken end)
    {
        try
        {
            await WaitForTurn(end).ConfigureAwait(false);
            var events = batch.ConvertAll(LogEventMapping.Carry);
            await _pipeline.ExecuteAsync(async token =>
            {
                if (_sink.Target is HttpSink http) http.Cancelled = token;
                if (_sink.Target is Webhooks.WebhookSink webhook) webhook.Cancelled = token;
                await _sink.Target.EmitBatchAsync(events).ConfigureAwait(false);
            }, end).ConfigureAwait(false);
            _queue.Delete(batch);
            Delivered += batch.Count;
        }
        catch (DeliveryFailure failure) when (failure.Kind == FailureKind.Rejected && batch.Count > 1)
        {
            await SendAsync(batch[..(batch.Count / 2)], end).ConfigureAwait(false);
            await SendAsync(batch[(batch.Count / 2)..], end).ConfigureAwait(false);
        }
        catch (DeliveryFailure failure) when (failure.Kind is FailureKind.Rejected or FailureKind.Refused)
        {
            _queue.Bury(batch, failure.Message);
            Dead += batch.Count;
            DeadReason = failure.Message;
        }
    }

    private async Task WaitForTurn(CancellationToken end)
    {
        var wait = _lastSent + _sink.Pause - _time.GetUtcNow();
        if (wait > TimeSpan.Zero) await Task.Delay(wait, _time, end).ConfigureAwait(false);
        _lastSent = _time.GetUtcNow();
    }

    private static bool IsTransient(Exception? e) => e is DeliveryFailure { Kind: FailureKind.Transient } or TimeoutRejectedException;

    private static bool IsWorthAnother(Exception? e) =>
        (IsTransient(e) || e is BrokenCircuitException) && !(e is DeliveryFailure { RetryAfter: { } wait } && wait > LongestWait);

    private static TimeSpan? Asked(Exception? e) => e switch
    {
        DeliveryFailure { RetryAfter: { } wait } => wait,
        BrokenCircuitException { RetryAfter: { } wait } => wait,
        _ => null,
    };
}
