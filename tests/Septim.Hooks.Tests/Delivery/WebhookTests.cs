using System.Text.Json;
using Septim.Hooks.Delivery;
using Septim.Hooks.Recording;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Delivery;

/// <summary>Who is told of what, how often, and in which words.</summary>
public sealed class WebhookTests : IDisposable
{
    private readonly ShipPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Slack_escapes_what_could_mention_or_link()
    {
        var body = JsonElement.Parse((await Told("slack", ShipPlace.Event(1, "bash_deny") with { Reason = "<!channel> & <https://evil.invalid|click>" })).Text);
        var text = body.GetProperty("blocks")[1].GetProperty("text").GetProperty("text").GetString();
        Assert.Contains("&lt;!channel&gt; &amp; &lt;https://evil.invalid|click&gt;", text, StringComparison.Ordinal);
        Assert.Equal("septim: bash call refused in shop", body.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Slack_is_sent_no_block_beyond_its_limit()
    {
        var body = JsonElement.Parse((await Told("slack", ShipPlace.Event(1, "stop_failure") with { Reason = new string('<', 1400) })).Text);
        Assert.InRange(body.GetProperty("blocks")[1].GetProperty("text").GetProperty("text").GetString()!.Length, 1500, 3000);
    }

    [Fact]
    public async Task Discord_mentions_nobody_and_stays_within_its_limit()
    {
        var body = JsonElement.Parse((await Told("discord", ShipPlace.Event(1, "cost_stop") with { Reason = "@everyone " + new string('x', 5000) }, new Answer(204))).Text);
        Assert.True(body.GetProperty("content").GetString()!.Length <= 2000);
        Assert.Equal(0, body.GetProperty("allowed_mentions").GetProperty("parse").GetArrayLength());
    }

    [Fact]
    public async Task Teams_takes_an_adaptive_card()
    {
        var body = JsonElement.Parse((await Told("teams", ShipPlace.Event(1, "cost_stop"), new Answer(202))).Text);
        var card = body.GetProperty("attachments")[0];
        Assert.Equal("application/vnd.microsoft.card.adaptive", card.GetProperty("contentType").GetString());
        Assert.Equal("septim: ceiling reached, session stopped in shop", card.GetProperty("content").GetProperty("body")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task PagerDuty_gets_a_key_that_joins_repeats()
    {
        _place.Environment["PD"] = "routing";
        var body = JsonElement.Parse((await Told("pagerduty", ShipPlace.Event(1, "cost_stop") with { Rule = "cost-gate" }, new Answer(202), ",\"routingKey\":\"env:PD\"")).Text);
        Assert.Equal(("routing", "trigger", "septim/session-1/cost_stop/cost-gate"),
            (body.GetProperty("routing_key").GetString(), body.GetProperty("event_action").GetString(), body.GetProperty("dedup_key").GetString()));
        Assert.Equal("error", body.GetProperty("payload").GetProperty("severity").GetString());
    }

    [Fact]
    public async Task Ntfy_has_title_priority_and_tags_as_headers()
    {
        var request = await Told("ntfy", ShipPlace.Event(1, "stop_failure") with { Error = "overloaded" });
        Assert.Equal(("septim: session failed in shop", "high"), (request.Headers["Title"], request.Headers["Priority"]));
        Assert.Contains("error: overloaded", request.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_generic_webhook_is_signed_and_carries_the_event()
    {
        _place.Environment["SIGN"] = "plain secret";
        var request = await Told("webhook", ShipPlace.Event(1, "cost_stop"), more: ",\"secret\":\"env:SIGN\"");
        Assert.Equal(WebhookSignature.Sign(request.Headers["webhook-id"], request.Headers["webhook-timestamp"], request.Body, "plain secret"), request.Headers["webhook-signature"]);
        Assert.Equal("session-1", JsonElement.Parse(request.Text).GetProperty("data").GetProperty("session_id").GetString());
    }

    [Fact]
    public async Task A_template_says_it_in_own_words()
    {
        var request = await Told("ntfy", ShipPlace.Event(1, "cost_stop") with { Reason = "ten dollars" }, more: ",\"template\":\"{user}: {reason} {cost_usd.total} {nothing}\"");
        Assert.Equal("dev: ten dollars - -", request.Text);
    }

    [Theory]
    [InlineData("stop", false, 0)]
    [InlineData("stop", true, 1)]
    [InlineData("stop_failure", false, 1)]
    [InlineData("cost_stop", false, 1)]
    [InlineData("cost_warning", false, 1)]
    [InlineData("bash_deny", false, 1)]
    [InlineData("subagent_stop", false, 0)]
    [InlineData("notification", false, 1)]
    public async Task Without_a_list_only_what_matters_is_told(string name, bool longTurn, int told)
    {
        using var receiver = new Receiver();
        Configure("ntfy", receiver, "");
        _place.Spool(ShipPlace.Event(1, name) with { TurnMs = longTurn ? 11 * 60_000 : 1000 }, notice: true);
        await _place.Ship();
        Assert.Equal(told, receiver.Requests.Count);
    }

    [Theory]
    [InlineData(10 * 60_000, 1)]
    [InlineData((10 * 60_000) - 1, 0)]
    public async Task A_turn_is_long_from_the_tenth_minute_on(int ms, int told)
    {
        using var receiver = new Receiver();
        Configure("ntfy", receiver, "");
        _place.Spool(ShipPlace.Event(1) with { TurnMs = ms }, notice: true);
        await _place.Ship();
        Assert.Equal(told, receiver.Requests.Count);
    }

    [Fact]
    public async Task What_ends_twice_is_told_twice()
    {
        using var receiver = new Receiver();
        Configure("ntfy", receiver, "");
        for (var i = 0; i < 2; i++) _place.Spool(ShipPlace.Event(i, "session_end") with { SessionId = "one", Attended = false }, notice: true);
        await _place.Ship();
        Assert.Equal(2, receiver.Requests.Count);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task The_end_of_a_session_is_told_when_nobody_was_there(bool attended, int told)
    {
        using var receiver = new Receiver();
        Configure("ntfy", receiver, "");
        _place.Spool(ShipPlace.Event(1, "session_end") with { Attended = attended }, notice: true);
        await _place.Ship();
        Assert.Equal(told, receiver.Requests.Count);
    }

    [Fact]
    public async Task Each_webhook_is_told_of_what_it_lists()
    {
        using var night = new Receiver();
        using var day = new Receiver();
        _place.Environment["N"] = night.Url;
        _place.Environment["D"] = day.Url;
        _place.Environment["SEPTIM_NOTIFY"] = """[{"type":"ntfy","name":"night","url":"env:N","events":["cost_stop"],"timeoutSeconds":3600},{"type":"slack","name":"day","url":"env:D","events":["stop"],"timeoutSeconds":3600}]""";
        _place.Spool(ShipPlace.Event(1, "cost_stop"), notice: true);
        _place.Spool(ShipPlace.Event(2), notice: true);
        _place.Spool(ShipPlace.Event(3), notice: true);
        await _place.Ship();
        Assert.Equal((1, 2), (night.Requests.Count, day.Requests.Count));
    }

    [Fact]
    public async Task The_same_news_about_a_session_is_told_once_in_a_while()
    {
        using var receiver = new Receiver();
        Configure("ntfy", receiver, "");
        for (var i = 0; i < 5; i++) _place.Spool(ShipPlace.Event(i, "bash_deny") with { SessionId = "one", Rule = "fs-rm-root" }, notice: true);
        _place.Spool(ShipPlace.Event(9, "bash_deny") with { SessionId = "one", Rule = "git-force-push" }, notice: true);
        _place.Spool(ShipPlace.Event(9, "bash_deny") with { SessionId = "two", Rule = "fs-rm-root" }, notice: true);
        await _place.Ship();
        Assert.Equal(3, receiver.Requests.Count);
    }

    [Fact]
    public async Task More_news_than_people_bear_comes_slowly()
    {
        using var receiver = new Receiver();
        Configure("ntfy", receiver, ",\"perMinute\":6");
        for (var i = 0; i < 4; i++) _place.Spool(ShipPlace.Event(i, "cost_stop"), notice: true);
        await _place.Ship();
        Assert.Equal(4, receiver.Requests.Count);
        Assert.True(_place.Time.Pauses.Count(pause => pause > TimeSpan.FromSeconds(8)) >= 3);
    }

    [Fact]
    public async Task A_webhook_that_is_down_loses_nothing()
    {
        var status = 503;
        using var receiver = new Receiver(_ => new Answer(status));
        Configure("slack", receiver, "");
        _place.Spool(ShipPlace.Event(1, "cost_stop"), notice: true);
        await _place.Ship();
        Assert.Equal(1, _place.Waiting("notify-slack"));
        status = 200;
        await _place.Ship();
        Assert.Equal(0, _place.Waiting("notify-slack"));
    }

    [Theory]
    [InlineData(200, "ok", true, "200: ok")]
    [InlineData(403, "invalid_token", false, "the receiver answered 403: invalid_token")]
    public void A_test_shows_what_the_service_answered(int status, string body, bool taken, string answer)
    {
        using var receiver = new Receiver(_ => new Answer(status, body));
        Configure("slack", receiver, "");
        Assert.Equal(("slack", taken, answer), Assert.Single(TestNotice.Send(_place.Config, _place.SeptimPaths, _place.Variable, TimeProvider.System, null)));
        Assert.Contains("this is a test", receiver.Single.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_that_does_not_exist_is_a_fault()
    {
        _place.Environment["SEPTIM_NOTIFY"] = """[{"type":"slack","url":"env:X","events":["sesion_end"]}]""";
        Assert.Contains("\"sesion_end\"", Assert.Throws<HookFault>(() => WebhookList.Configured(_place.Config)).Message, StringComparison.Ordinal);
    }

    private void Configure(string type, Receiver receiver, string more)
    {
        _place.Environment["HOOK_URL"] = receiver.Url;
        _place.Environment["SEPTIM_NOTIFY"] = $$"""[{"type":"{{type}}","url":"env:HOOK_URL","timeoutSeconds":3600{{more}}}]""";
    }

    private async Task<ReceivedRequest> Told(string type, RecordedEvent e, Answer? answer = null, string more = "")
    {
        using var receiver = new Receiver(_ => answer ?? Answer.Ok);
        Configure(type, receiver, more);
        _place.Spool(e, notice: true);
        var run = Assert.Single(await _place.Ship());
        Assert.Equal((1, null), (run.Delivered, run.Failure));
        return receiver.Single;
    }
}
