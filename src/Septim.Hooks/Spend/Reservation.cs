namespace Septim.Hooks.Spend;

/// <summary>
/// What one thread (the main thread or an agent) has been let pass but the transcript does not show yet. It needs no clean-up to stay
/// true: each part ends by itself as soon as the response that it stands for is on disk.
/// </summary>
/// <param name="SessionId">Of the payload.</param>
/// <param name="RootSessionId">The session whose ceiling counts it: its own, or the one that started this client.</param>
/// <param name="RunId">The run it belongs to.</param>
/// <param name="Path">The thread's transcript; it may not exist yet.</param>
/// <param name="Responses">How many responses that file held when this was written.</param>
/// <param name="InFlight">For the response after those; zero when it was on disk already.</param>
/// <param name="Next">For the one after that.</param>
/// <param name="At">When it was written; it lapses after <see cref="ReservationLedger.Lifetime"/>.</param>
internal sealed record Reservation(
    string SessionId, string RootSessionId, string RunId, string Path, long Responses, Usd InFlight, Usd Next, DateTimeOffset At)
{
    /// <summary>The part that is not on disk, given how many responses the file holds now.</summary>
    public Usd Open(long responsesNow)
    {
        // Why: without a response in flight the next one is the first that is missing.
        var expected = InFlight > Usd.Zero ? [InFlight, Next] : (ReadOnlySpan<Usd>)[Next];
        var open = Usd.Zero;
        for (var i = (int)long.Clamp(responsesNow - Responses, 0, expected.Length); i < expected.Length; i++) open += expected[i];
        return open;
    }
}
