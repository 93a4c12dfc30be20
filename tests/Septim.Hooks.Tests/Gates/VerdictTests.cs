using System.Text.Json;
using Septim.Hooks.Claude;
using Septim.Hooks.Gates;

namespace Septim.Hooks.Tests.Gates;

public sealed class VerdictTests
{
    private static readonly string[] Refusable = [HookEvent.PreToolUse, HookEvent.UserPromptSubmit, HookEvent.PostToolBatch, HookEvent.ConfigChange];

    [Fact]
    public void A_pass_is_silence() => Assert.Equal(HookReply.Silent, Verdict.Pass.ToReply(HookEvent.PreToolUse, attended: true));

    [Fact]
    public void A_denied_call_is_refused_by_exit_code_and_by_json()
    {
        var reply = new Verdict(VerdictKind.Deny, "cost-gate", "too dear \"€\"").ToReply(HookEvent.PreToolUse, attended: true);

        Assert.Equal(2, reply.ExitCode);
        Assert.Equal("cost-gate: too dear \"€\"\n", reply.Stderr);
        var output = JsonDocument.Parse(reply.Stdout).RootElement.GetProperty("hookSpecificOutput");
        Assert.Equal("PreToolUse", output.GetProperty("hookEventName").GetString());
        Assert.Equal("deny", output.GetProperty("permissionDecision").GetString());
        Assert.Equal("cost-gate: too dear \"€\"", output.GetProperty("permissionDecisionReason").GetString());
        Assert.False(JsonDocument.Parse(reply.Stdout).RootElement.TryGetProperty("continue", out _));
    }

    [Fact]
    public void A_stop_denies_the_call_and_ends_the_session()
    {
        var json = JsonDocument.Parse(new Verdict(VerdictKind.Stop, "cost-gate", "enough").ToReply(HookEvent.PreToolUse, attended: true).Stdout).RootElement;

        Assert.False(json.GetProperty("continue").GetBoolean());
        Assert.Equal("cost-gate: enough", json.GetProperty("stopReason").GetString());
        Assert.Equal("deny", json.GetProperty("hookSpecificOutput").GetProperty("permissionDecision").GetString());
    }

    [Fact]
    public void Other_events_are_blocked_by_decision()
    {
        foreach (var name in Refusable.Skip(1))
        {
            var reply = new Verdict(VerdictKind.Deny, "cost-gate", "enough").ToReply(name, attended: true);
            Assert.Equal(2, reply.ExitCode);
            Assert.Equal("block", JsonDocument.Parse(reply.Stdout).RootElement.GetProperty("decision").GetString());
        }
    }

    [Fact]
    public void A_question_reaches_the_person_and_is_a_denial_where_nobody_attends()
    {
        var ask = new Verdict(VerdictKind.Ask, "fs-rm-unknown", "sure?");

        Assert.Equal(0, ask.ToReply(HookEvent.PreToolUse, attended: true).ExitCode);
        Assert.Contains("\"ask\"", ask.ToReply(HookEvent.PreToolUse, attended: true).Stdout, StringComparison.Ordinal);
        Assert.Equal(2, ask.ToReply(HookEvent.PreToolUse, attended: false).ExitCode);
        Assert.Contains("\"deny\"", ask.ToReply(HookEvent.PreToolUse, attended: false).Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public void A_notice_goes_to_the_person_and_to_the_model()
    {
        var reply = new Verdict(VerdictKind.Pass, "cost-gate", "80 % used", "wrap up").ToReply(HookEvent.PostToolBatch, attended: true);
        var json = JsonDocument.Parse(reply.Stdout).RootElement;

        Assert.Equal(0, reply.ExitCode);
        Assert.Equal("cost-gate: 80 % used", json.GetProperty("systemMessage").GetString());
        Assert.Equal("wrap up", json.GetProperty("hookSpecificOutput").GetProperty("additionalContext").GetString());
        Assert.DoesNotContain("permissionDecision", reply.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PreToolUse", 2)]
    [InlineData("UserPromptSubmit", 2)]
    [InlineData("PostToolBatch", 2)]
    [InlineData("ConfigChange", 2)]
    [InlineData("Stop", 0)]
    [InlineData("SubagentStop", 0)]
    [InlineData("SessionEnd", 0)]
    [InlineData("Notification", 0)]
    [InlineData("NoSuchEvent", 2)]
    [InlineData(null, 2)]
    public void A_fault_refuses_exactly_where_a_refusal_holds_something_back(string? eventName, int exitCode)
    {
        var reply = FaultPolicy.ReplyTo("hook", eventName, new HookFault("a.jsonl cannot be read"));

        Assert.Equal(exitCode, reply.ExitCode);
        Assert.Contains("a.jsonl cannot be read", reply.Stdout + reply.Stderr, StringComparison.Ordinal);
        if (reply.Stdout.Length > 0) Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(reply.Stdout).RootElement.ValueKind);
    }

    /// <summary>stop-log or notify alone: exit 2 would keep the model working at a Stop, or hold up a prompt, for the sake of a line in a log.</summary>
    [Theory]
    [InlineData("PreToolUse")]
    [InlineData("UserPromptSubmit")]
    [InlineData("Stop")]
    [InlineData("NoSuchEvent")]
    [InlineData(null)]
    public void Who_only_records_refuses_nothing(string? eventName)
    {
        var reply = FaultPolicy.ReplyTo("stop-log", eventName, new HookFault("the payload on stdin is empty"), refuses: false);

        Assert.Equal((0, ""), (reply.ExitCode, reply.Stderr));
        Assert.Equal("stop-log: could not judge: the payload on stdin is empty.", JsonDocument.Parse(reply.Stdout).RootElement.GetProperty("systemMessage").GetString());
    }
}
