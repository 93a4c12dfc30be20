using System.Globalization;
using System.Text.Json;
using Septim.Hooks.Delivery;
using Septim.Hooks.Recording;
using Septim.Hooks.Tests.Support;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Tests.Delivery;

/// <summary>What becomes of spooled events, whatever the receiver does. A real receiver on loopback, a clock that does not wait.</summary>
public sealed class ShipperTests : IDisposable
{
    private readonly ShipPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Without_configuration_events_stand_in_one_file_that_ops_can_read()
    {
        var events = _place.Spool(3);
        var run = Assert.Single(await _place.Ship());
        Assert.Equal((3, 0, null), (run.Delivered, run.Dead, run.Failure));
        Assert.Equal(events.Select(e => e.Id.ToString()), ShipPlace.Ids(_place.LogLines));
        Assert.Equal(0, _place.Waiting("file"));
        Assert.Empty(Directory.GetFiles(_place.Paths.Spool));
    }

    [Fact]
    public async Task A_batch_is_one_request_with_an_array_of_events()
    {
        using var receiver = new Receiver();
        _place.Http(receiver);
        var events = _place.Spool(40);
        await _place.Ship();
        var body = JsonElement.Parse(receiver.Single.Text);
        Assert.Equal(events.Select(e => e.Id.ToString()), body.EnumerateArray().Select(e => e.GetProperty("event_id").GetString()));
        Assert.Equal("application/json", receiver.Single.Headers["Content-Type"]);
    }

    [Fact]
    public async Task Retry_After_is_honoured()
    {
        var answers = 0;
        using var receiver = new Receiver(_ => Interlocked.Increment(ref answers) == 1 ? new Answer(429, "", "Retry-After: 17") : Answer.Ok);
        _place.Http(receiver);
        _place.Spool(1);
        var run = Assert.Single(await _place.Ship());
        Assert.Equal(1, run.Delivered);
        Assert.Contains(TimeSpan.FromSeconds(17), _place.Time.Pauses);
        Assert.Equal(2, receiver.Requests.Count);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_failing_receiver_is_tried_again_with_growing_pauses(int status)
    {
        var answers = 0;
        using var receiver = new Receiver(_ => Interlocked.Increment(ref answers) < 4 ? new Answer(status) : Answer.Ok);
        _place.Http(receiver);
        _place.Spool(2);
        var run = Assert.Single(await _place.Ship());
        Assert.Equal((2, null), (run.Delivered, run.Failure));
        var pauses = _place.Time.Pauses.ToArray();
        Assert.Equal(3, pauses.Length);
        Assert.All(pauses, pause => Assert.InRange(pause, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_receiver_that_stays_down_keeps_its_events_and_is_left_in_peace_for_a_while()
    {
        using var receiver = new Receiver(_ => new Answer(503, "maintenance"));
        _place.Http(receiver);
        _place.Spool(3);
        var run = Assert.Single(await _place.Ship());
        Assert.Equal(0, run.Delivered);
        Assert.NotNull(run.Failure);
        Assert.Equal(3, _place.Waiting("central"));
        Assert.Contains("central does not take events", File.ReadAllText(_place.Paths.Trouble), StringComparison.Ordinal);
        File.Delete(_place.Paths.Trouble);
        Assert.Empty(await _place.Ship(evenResting: false));
        _place.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Single(await _place.Ship(evenResting: false));
        Assert.False(File.Exists(_place.Paths.Trouble), "it was told once already");
    }

    [Fact]
    public async Task The_circuit_breaker_asks_a_dead_receiver_less_often_than_there_are_tries()
    {
        using var receiver = new Receiver(_ => new Answer(503));
        _place.Http(receiver);
        _place.Spool(1);
        await _place.Ship();
        // Why not its pause: how much of the 30 s is left when it is met depends on the jitter.
        Assert.InRange(receiver.Requests.Count, 5, 7);
    }

    [Fact]
    public async Task A_receiver_that_hangs_is_given_up_in_time()
    {
        using var receiver = new Receiver(_ => new Answer(200, Hangs: true));
        _place.Sinks($$"""[{"type":"http","name":"central","timeoutSeconds":1,"url":"{{receiver.Url}}"}]""");
        _place.Spool(1);
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(2.5));
        var run = Assert.Single(await _place.ShipUntil(end.Token));
        Assert.NotNull(run.Failure);
        Assert.True(!receiver.Requests.IsEmpty);
        Assert.Equal(1, _place.Waiting("central"));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_tried_again()
    {
        var answers = 0;
        using var receiver = new Receiver(_ => Interlocked.Increment(ref answers) == 1 ? new Answer(200, "half", Cuts: true) : Answer.Ok);
        _place.Http(receiver);
        _place.Spool(1);
        Assert.Equal(1, Assert.Single(await _place.Ship()).Delivered);
        Assert.Equal(2, receiver.Requests.Count);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(302)]
    public async Task A_refusal_sends_the_batch_to_the_dead_letters_with_the_reason(int status)
    {
        using var receiver = new Receiver(_ => new Answer(status, "no such key"));
        _place.Http(receiver);
        _place.Spool(3);
        var run = Assert.Single(await _place.Ship());
        Assert.Equal((0, 3), (run.Delivered, run.Dead));
        Assert.Equal(3, _place.Dead("central"));
        Assert.Equal(0, _place.Waiting("central"));
        Assert.Single(receiver.Requests);
        var letters = new DeadLetters(_place.Files, _place.Paths);
        Assert.Equal($"the receiver answered {status}: no such key", Assert.Single(letters.Reasons("central")).Key);
        Assert.Contains("central refused 3 events", File.ReadAllText(_place.Paths.Trouble), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    public async Task One_unwanted_event_does_not_take_the_others_along(int status)
    {
        using var receiver = new Receiver(request => request.Text.Contains("session-5\"", StringComparison.Ordinal) ? new Answer(status) : Answer.Ok);
        _place.Http(receiver);
        _place.Spool(9);
        var run = Assert.Single(await _place.Ship());
        Assert.Equal((8, 1), (run.Delivered, run.Dead));
        Assert.Equal(1, _place.Dead("central"));
    }

    [Fact]
    public async Task What_is_dead_comes_back_by_retry_and_is_delivered()
    {
        var status = 401;
        using var receiver = new Receiver(_ => new Answer(status));
        _place.Http(receiver);
        var e = Assert.Single(_place.Spool(1));
        await _place.Ship();
        Assert.Equal(1, new DeadLetters(_place.Files, _place.Paths).Retry("central"));
        status = 200;
        Assert.Equal(1, Assert.Single(await _place.Ship(evenResting: false)).Delivered);
        Assert.Contains(e.Id.ToString(), receiver.Requests.Last().Text, StringComparison.Ordinal);
        Assert.Equal(0, _place.Dead("central"));
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_keeps_the_events_and_says_so()
    {
        using var certificate = Certificates.SelfSigned();
        using var receiver = new Receiver(certificate: certificate);
        _place.Http(receiver);
        _place.Spool(2);
        var run = Assert.Single(await _place.Ship());
        Assert.Contains("certificate", run.Failure, StringComparison.Ordinal);
        Assert.Empty(receiver.Requests);
        Assert.Equal(2, _place.Waiting("central"));
        Assert.Contains("certificate", File.ReadAllText(_place.Paths.Trouble), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_own_authority_is_trusted_when_caFile_names_it()
    {
        using var certificate = Certificates.SelfSigned();
        using var receiver = new Receiver(certificate: certificate);
        var file = _place.Write("ca.pem", certificate.ExportCertificatePem());
        _place.Http(receiver, $",\"caFile\":{JsonSerializer.Serialize(file)}");
        _place.Spool(2);
        Assert.Equal(2, Assert.Single(await _place.Ship()).Delivered);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("ftp://example.invalid/")]
    public async Task A_wrong_address_keeps_the_events(string url)
    {
        _place.Sinks($$"""[{"type":"http","name":"central","timeoutSeconds":3600,"url":"{{url}}"}]""");
        _place.Spool(2);
        Assert.NotNull(Assert.Single(await _place.Ship()).Failure);
        Assert.Equal(2, _place.Waiting("central"));
    }

    [Fact]
    public async Task A_sink_that_is_down_does_not_hold_up_the_other()
    {
        using var receiver = new Receiver(_ => new Answer(503));
        _place.Sinks($$"""[{"type":"file"},{"type":"http","name":"central","timeoutSeconds":3600,"url":"{{receiver.Url}}"}]""");
        _place.Spool(4);
        await _place.Ship();
        Assert.Equal(4, _place.LogLines.Length);
        Assert.Equal(4, _place.Waiting("central"));
    }

    [Fact]
    public async Task What_is_half_written_or_not_an_event_is_set_aside_with_a_reason()
    {
        _place.Spool(1);
        File.WriteAllText(Path.Combine(_place.Paths.Spool, SpoolPaths.FileName(Guid.CreateVersion7())), "{\"event\":\"st");
        var run = Assert.Single(await _place.Ship());
        Assert.Equal(1, run.Delivered);
        Assert.Equal(1, _place.Dead("file"));
        Assert.Equal(1, run.Dead);
        Assert.Contains("file refused 1 event: the file does not hold one event", File.ReadAllText(_place.Paths.Trouble), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_keeps_the_events_until_there_is_room()
    {
        if (!File.Exists("/dev/full")) return;
        _place.Spool(2);
        Directory.CreateDirectory(_place.LogDirectory);
        var today = DateTime.Now.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var file = Path.Combine(_place.LogDirectory, $"septim-{today}.jsonl");
        File.CreateSymbolicLink(file, "/dev/full");
        var run = Assert.Single(await _place.Ship());
        Assert.Contains("cannot be written", run.Failure, StringComparison.Ordinal);
        Assert.Equal(2, _place.Waiting("file"));
        File.Delete(file);
        Assert.Equal(2, Assert.Single(await _place.Ship()).Delivered);
    }

    /// <summary>Queues on another file system than the spool: an event is copied there, whole or not at all.</summary>
    [Fact]
    public async Task Where_no_link_can_be_made_an_event_is_copied_whole_or_stays()
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists("/dev/shm")) return;
        using var elsewhere = new TemporaryDirectory("/dev/shm");
        var disk = new LateFileSystem("", () => { }, 0) { IsFull = true };
        _place.Files = disk;
        Directory.CreateDirectory(_place.Paths.Root);
        Directory.CreateSymbolicLink(_place.Paths.Queues, elsewhere.Path);
        var sent = _place.Spool(3);
        await Assert.ThrowsAsync<HookFault>(async () => await _place.Ship());
        Assert.Equal(3, Directory.GetFiles(_place.Paths.Spool).Length);
        Assert.Equal(0, _place.Waiting("file"));
        disk.IsFull = false;
        await _place.Ship();
        Assert.Equal(sent.Select(e => e.Id.ToString()), ShipPlace.Ids(_place.LogLines));
        Assert.Empty(Directory.GetFiles(_place.Paths.Spool));
    }

    [Theory]
    [InlineData("99999999999999999\n\n0\n0\n\n")]
    [InlineData("4102444800000\n4102444800000\n3\n7\nthe clock was wrong\n")]
    [InlineData("\0\0\0\n\xFF")]
    public async Task A_forged_status_holds_nothing_back(string status)
    {
        Directory.CreateDirectory(_place.Paths.Status);
        await File.WriteAllTextAsync(_place.Paths.StatusOf("file"), status, TestContext.Current.CancellationToken);
        _place.Spool(2);
        Assert.Equal(2, Assert.Single(await _place.Ship(evenResting: false)).Delivered);
    }

    [Fact]
    public async Task A_receiver_that_asks_for_years_is_asked_again_after_a_day()
    {
        using var receiver = new Receiver(_ => new Answer(503, Header: "Retry-After: 999999999"));
        _place.Http(receiver);
        _place.Spool(1);
        await _place.Ship();
        var due = SinkStatus.Read(FileSystem.Real, _place.Paths, "central").Due;
        Assert.InRange(due - _place.Time.GetUtcNow(), TimeSpan.FromMinutes(1), TimeSpan.FromDays(1.1));
    }

    [Theory]
    [InlineData("ffffffff-ffff-7fff-bfff-ffffffffffff.json", false)]
    [InlineData("0000.json", true)]
    [InlineData("zzzz.json", false)]
    public async Task What_else_lies_in_the_spool_holds_nothing_up(string name, bool isDirectory)
    {
        Directory.CreateDirectory(_place.Paths.Spool);
        var path = Path.Combine(_place.Paths.Spool, name);
        if (isDirectory) Directory.CreateDirectory(path);
        else await File.WriteAllTextAsync(path, "{}", TestContext.Current.CancellationToken);
        var sent = _place.Spool(2);
        await _place.Ship();
        Assert.Equal(sent.Select(e => e.Id.ToString()), _place.LogLines.Where(line => line.Contains("event_id", StringComparison.Ordinal)).Select(line => ShipPlace.Ids([line]).Single()));
    }

    [Fact]
    public async Task A_line_that_was_cut_off_does_not_swallow_the_next_one()
    {
        Directory.CreateDirectory(_place.LogDirectory);
        var today = DateTime.Now.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(Path.Combine(_place.LogDirectory, $"septim-{today}.jsonl"), "{\"event\":\"half", TestContext.Current.CancellationToken);
        var e = Assert.Single(_place.Spool(1));
        await _place.Ship();
        Assert.Equal(2, _place.LogLines.Length);
        Assert.Equal(e.Id.ToString(), Assert.Single(ShipPlace.Ids(_place.LogLines[1..])));
    }

    [Fact]
    public void A_failing_receiver_is_left_alone_longer_each_time_up_to_a_quarter_of_an_hour()
    {
        var (now, status, rests) = (DateTimeOffset.UnixEpoch, SinkStatus.New, new List<double>());
        for (var i = 0; i < 9; i++)
        {
            status = status.AfterFailure(new DeliveryFailure(FailureKind.Transient, "x"), 0, now);
            rests.Add((status.Due - now).TotalMinutes);
        }
        Assert.Equal([0.5, 1, 2, 4, 8, 15, 15, 15, 15], rests);
    }

    [Fact]
    public void A_date_to_come_back_at_that_is_over_asks_for_no_pause()
    {
        var now = new DateTimeOffset(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);
        TimeSpan? Wait(DateTimeOffset at) => HttpReply.Judge(System.Net.HttpStatusCode.ServiceUnavailable, new System.Net.Http.Headers.RetryConditionHeaderValue(at), "", now)!.RetryAfter;
        Assert.Equal(TimeSpan.FromMinutes(3), Wait(now.AddMinutes(3)));
        Assert.Null(Wait(now.AddMinutes(-3)));
    }

    [Fact]
    public void A_batch_holds_no_more_bytes_than_the_receiver_takes()
    {
        _place.Spool(3);
        var files = _place.Files;
        new FanOut(files, _place.Paths).Run(_place.Paths.Spool, ["central"]);
        var queue = new Queue(files, _place.Paths, "central", new Pseudonyms(_place.Config, _place.Variable));
        var names = queue.Names();
        var next = 0;
        Assert.Single(queue.Read(names, ref next, 100, 10));
        Assert.Equal(2, queue.Read(names, ref next, 100, 1 << 20).Count);
    }

    [Fact]
    public async Task The_caps_drop_the_oldest_and_count_them_in_an_event()
    {
        _place.Environment["SEPTIM_SPOOL_EVENTS"] = "5";
        var events = _place.Spool(8);
        await _place.Ship();
        var lines = _place.LogLines.Select(line => JsonElement.Parse(line)).ToList();
        var dropped = lines.Single(line => line.GetProperty("event").GetString() == "events_dropped").GetProperty("dropped");
        Assert.Equal(3, dropped.GetProperty("count").GetInt32());
        Assert.Equal("count", dropped.GetProperty("cap").GetString());
        Assert.Equal(events.Skip(3).Select(e => e.Id.ToString()), lines.Where(line => line.GetProperty("event").GetString() == "stop").Select(line => line.GetProperty("event_id").GetString()));
    }

    [Fact]
    public async Task User_and_paths_are_hashed_when_asked_for()
    {
        _place.Environment["SEPTIM_LOG_HASH"] = "user,cwd";
        _place.Spool(2);
        await _place.Ship();
        Assert.All(_place.LogLines, line => Assert.DoesNotContain("/home/dev", line, StringComparison.Ordinal));
        var users = _place.LogLines.Select(line => JsonElement.Parse(line).GetProperty("user").GetString()).Distinct().ToList();
        Assert.Matches("^h:[0-9a-f]{24}$", Assert.Single(users));
    }

    [Fact]
    public async Task Killed_between_link_and_unlink_an_event_is_delivered_once()
    {
        var e = Assert.Single(_place.Spool(1));
        var name = SpoolPaths.FileName(e.Id);
        Directory.CreateDirectory(_place.Paths.QueueOf("file"));
        File.Copy(Path.Combine(_place.Paths.Spool, name), Path.Combine(_place.Paths.QueueOf("file"), name));
        await _place.Ship();
        Assert.Single(_place.LogLines);
    }

    [Fact]
    public async Task Ten_thousand_events_take_one_request_a_batch()
    {
        using var receiver = new Receiver();
        _place.Http(receiver);
        _place.Spool(10_000);
        Assert.Equal(10_000, Assert.Single(await _place.Ship()).Delivered);
        Assert.Equal(20, receiver.Requests.Count);
        Assert.Equal(10_000, receiver.Requests.Sum(request => JsonElement.Parse(request.Text).GetArrayLength()));
    }

    [Fact]
    public void A_second_shipper_finds_the_lock_taken()
    {
        Directory.CreateDirectory(_place.Paths.Root);
        using (var first = ShipLock.TryTake(_place.Paths.Lock, TimeSpan.Zero))
        {
            Assert.NotNull(first);
            Assert.Null(ShipLock.TryTake(_place.Paths.Lock, TimeSpan.Zero));
        }
        using var again = ShipLock.TryTake(_place.Paths.Lock, TimeSpan.Zero);
        Assert.NotNull(again);
    }
}
