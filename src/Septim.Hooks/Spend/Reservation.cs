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
/// <param name="At">When it was written; see <see cref="ReservationLedger.Lifetime"/>.</param>
internal sealed record Reservation(
    string SessionId, string RootSessionId, string RunId, string Path, long Responses, Usd InFlight, Usd Next, DateTimeOffset At)
{
    /// <summary>More are added up: the oldest will not be written any more.</summary>
    private const int MaxUnwritten = 32;

    /// <summary>The response in flight has ended, with this call as its last: at the thread's next call it is due on disk. 0: it has not.</summary>
    public UInt128 Ended { get; init; }

    /// <summary>Responses that were due, oldest first.</summary>
    public List<UnwrittenMessage> Unwritten { get; init; } = [];

    /// <summary>What its session spent that no line and no record of the client shows; the main thread tells it.</summary>
    public Usd AboveLines { get; init; }

    /// <summary>Something of it was spent already, whatever becomes of the rest.</summary>
    public bool HoldsSpend => Ended != 0 || Unwritten.Count > 0 || AboveLines > Usd.Zero;

    /// <summary>After its lifetime: what was to come is given up, what ended was spent.</summary>
    public Reservation Lapsed() => this with { InFlight = Ended != 0 ? InFlight : Usd.Zero, Next = Usd.Zero };

    /// <summary>What is due on disk when the thread calls again.</summary>
    /// <param name="call">The last call of the batch that is judged now, which is not due yet; 0: none.</param>
    public List<UnwrittenMessage> Due(UInt128 call)
    {
        var due = new List<UnwrittenMessage>(Unwritten);
        // Why the worst: nothing was known of this thread, and now it cannot become known.
        if (Ended != 0 && Ended != call) due.Add(new UnwrittenMessage(Ended, InFlight > Usd.Zero ? InFlight : NextRequest.WorstUnknown));
        return due;
    }

    /// <summary>The same with these, as few as can be kept.</summary>
    public Reservation With(List<UnwrittenMessage> unwritten)
    {
        for (; unwritten.Count > MaxUnwritten; unwritten.RemoveAt(1)) unwritten[0] = new UnwrittenMessage(0, unwritten[0].Estimate + unwritten[1].Estimate);
        return this with { Unwritten = unwritten };
    }

    public Usd UnwrittenTotal
    {
        get
        {
            var total = Usd.Zero;
            foreach (var message in Unwritten) total += message.Estimate;
            return total;
        }
    }

    /// <summary>The part that is not on disk, given how many responses the file holds now.</summary>
    public Usd Open(long responsesNow)
    {
        // Why: without a response in flight the next one is the first that is missing.
        var expected = InFlight > Usd.Zero ? [InFlight, Next] : (ReadOnlySpan<Usd>)[Next];
        var open = UnwrittenTotal;
        for (var i = (int)long.Clamp(responsesNow - Responses, 0, expected.Length); i < expected.Length; i++) open += expected[i];
        return open;
    }
}
