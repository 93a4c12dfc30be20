using System.Globalization;
using System.Text;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>
/// The reservations of all threads of this user, a file each, so that calls judged at the same instant count one another.
/// A thread publishes its own before it reads the others': of two at once, at least one sees the other, and neither needs a lock.
/// Loss of the ledger loses only what is in flight.
/// </summary>
internal sealed class ReservationLedger(IFileSystem files, string stateDirectory)
{
    /// <summary>A request that has shown nothing for this long was cut off; its reservation no longer holds others up.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>What ended and was never written counts for so long: a tool may run, a person may think, and a session be resumed.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private const int MaxBytes = 16 * 1024;
    private const int MaxAttempts = 20;

    /// <summary>The end of the year 9999, milliseconds since 1970: what lies after it was not written by us.</summary>
    private const long LastMs = 253_402_300_799_999;

    private string Folder => Path.Combine(stateDirectory, "reservations");

    /// <summary>Replaces the thread's reservation. False when it could not be written.</summary>
    public bool Publish(Reservation reservation)
    {
        var text = ToText(reservation);
        var image = new byte[StateCell.HeaderBytes + Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, image.AsSpan(StateCell.HeaderBytes));
        var file = FileOf(reservation.Path);
        // Why replace: a parallel call of the same thread may be at the file, or the disk took only a part.
        return StateCell.Write(files, file, image) || files.CreateDirectory(Folder) && files.Replace(file, image);
    }

    /// <summary>The thread's own one, from its last call, however long ago; null when there is none.</summary>
    public Reservation? Own(string threadPath) => Read(FileOf(threadPath));

    public void Withdraw(string threadPath) => files.Delete(FileOf(threadPath));

    /// <summary>Every reservation in force, those of <paramref name="ownPaths"/> left out. What has lapsed is removed on the way.</summary>
    /// <exception cref="HookFault">The ledger is there and cannot be listed.</exception>
    public List<Reservation> Others(ReadOnlySpan<string> ownPaths, DateTimeOffset now)
    {
        var names = new List<FileName>();
        var others = new List<Reservation>();
        var isThere = files.ListIfThere(Folder, names);
        if (isThere is null) throw new HookFault($"{Folder} cannot be listed, so what other sessions have in flight is not known; make it readable");
        if (isThere == false) return others;
        foreach (var name in names)
        {
            if (name.Name.Length != 32 || IsOwn(name.Name, ownPaths) || Read(Path.Combine(Folder, name.Name)) is not { } reservation) continue;
            // Why both sides: after a clock was set back, what was written "in the future" lapses just as well.
            var age = (now - reservation.At).Duration();
            if (age <= Lifetime) others.Add(reservation);
            else if (age <= Kept && reservation.HoldsSpend) others.Add(reservation.Lapsed());
            else files.Delete(Path.Combine(Folder, name.Name));
        }
        return others;
    }

    private static bool IsOwn(string name, ReadOnlySpan<string> ownPaths)
    {
        foreach (var path in ownPaths)
            if (StateName.Of(path) == name) return true;
        return false;
    }

    private string FileOf(string threadPath) =>
        Path.Combine(Folder, StateName.Of(threadPath));

    // Why joined: the base library's formatted strings set up a pool of arrays first, which costs more than all of this.
    private static string ToText(Reservation r) => string.Join('\n',
        r.SessionId, r.RootSessionId, r.RunId, r.Path, Text(r.Responses), Text(r.InFlight.Pico), Text(r.Next.Pico), Text(r.At.ToUnixTimeMilliseconds()),
        Text(r.Ended), string.Join(' ', r.Unwritten.ConvertAll(message => Text(message.ToolUse) + ":" + Text(message.Estimate.Pico))), Text(r.AboveLines.Pico), "");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(UInt128 toolUse) => toolUse == 0 ? "" : toolUse.High().ToString("x16", CultureInfo.InvariantCulture) + toolUse.Low().ToString("x16", CultureInfo.InvariantCulture);

    /// <returns>Null when it vanished meanwhile or was not written by us.</returns>
    private Reservation? Read(string file)
    {
        var content = StateCell.Read(files, file, MaxBytes);
        // Why again: a writer was at it, and it takes a microsecond.
        for (var attempt = 0; content is null && attempt < MaxAttempts && files.Stat(file).Kind == FileKind.File; attempt++) content = StateCell.Read(files, file, MaxBytes);
        if (content is null) return null;
        var lines = Encoding.UTF8.GetString(content.Value.Span).Split('\n');
        return lines.Length == 12 && Number(lines[4], out var responses) && Number(lines[5], out var inFlight)
            && Number(lines[6], out var next) && Number(lines[7], out var at) && inFlight >= 0 && next >= 0 && at is >= 0 and <= LastMs
            && ToolUse(lines[8], out var ended) && Unwritten(lines[9]) is { } unwritten && Number(lines[10], out var above) && above >= 0
            ? new Reservation(lines[0], lines[1], lines[2], lines[3], responses, new Usd(inFlight), new Usd(next), DateTimeOffset.FromUnixTimeMilliseconds(at))
            {
                Ended = ended,
                Unwritten = unwritten,
                AboveLines = new Usd(above),
            }
            : null;
    }

    private static List<UnwrittenMessage>? Unwritten(string text)
    {
        var messages = new List<UnwrittenMessage>();
        if (text.Length == 0) return messages;
        foreach (var message in text.Split(' '))
        {
            if (message.Split(':') is not [var id, var pico] || !ToolUse(id, out var toolUse) || !Number(pico, out var estimate) || estimate < 0) return null;
            messages.Add(new UnwrittenMessage(toolUse, new Usd(estimate)));
        }
        return messages;
    }

    private static bool ToolUse(string text, out UInt128 toolUse)
    {
        toolUse = 0;
        return text.Length == 0 || UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out toolUse);
    }

    private static bool Number(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
