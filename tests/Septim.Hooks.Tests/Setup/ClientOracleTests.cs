using Septim.Hooks.Setup;
using Septim.Hooks.Setup.Trials;

namespace Septim.Hooks.Tests.Setup;

/// <summary>The outcome table of the client 2.1.330, row by row.</summary>
public sealed class ClientOracleTests
{
    private const string Deny = """{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":"no"}}""";

    [Theory]
    [InlineData(0, "", "Passes")]
    [InlineData(0, "plain text", "Passes")]
    [InlineData(0, "\n\n", "Passes")]
    [InlineData(0, Deny, "Blocks")]
    [InlineData(0, "\uFEFF \n" + Deny + "\n", "Blocks")]
    [InlineData(1, Deny, "Blocks")]
    [InlineData(0, """{"decision":"block"}""", "Blocks")]
    [InlineData(0, """{"decision":"approve"}""", "Passes")]
    [InlineData(0, """{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"ask"}}""", "Asks")]
    [InlineData(0, """{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"allow"}}""", "Passes")]
    [InlineData(0, """{"continue":false,"stopReason":"x"}""", "Passes")]
    [InlineData(2, "", "Blocks")]
    [InlineData(2, """{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"allow"}}""", "Blocks")]
    [InlineData(1, "", "FailsOpen")]
    [InlineData(3, "", "FailsOpen")]
    [InlineData(127, "", "FailsOpen")]
    [InlineData(137, "", "FailsOpen")]
    [InlineData(0, """{"hookSpecificOutput":{"permissionDecision":"deny"}}""", "FailsOpen")]
    [InlineData(0, """{"hookSpecificOutput":{"hookEventName":"Stop","permissionDecision":"deny"}}""", "FailsOpen")]
    [InlineData(0, """{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"perhaps"}}""", "FailsOpen")]
    [InlineData(0, """{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":3}}""", "FailsOpen")]
    [InlineData(0, "{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\",", "Passes")]
    [InlineData(0, "note " + Deny, "Passes")]
    [InlineData(0, Deny + " note", "Passes")]
    [InlineData(0, "[]", "Passes")]
    public void Without_onFailure_a_failing_hook_lets_the_tool_run(int exitCode, string output, string outcome) =>
        Assert.Equal(outcome, Judge(Hook(false), exitCode, output).ToString());

    [Theory]
    [InlineData(1, "", "Blocks")]
    [InlineData(137, "", "Blocks")]
    [InlineData(0, """{"hookSpecificOutput":{"permissionDecision":"deny"}}""", "Blocks")]
    [InlineData(0, "", "Passes")]
    [InlineData(0, "plain text", "Passes")]
    [InlineData(0, "{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\",", "Passes")]
    public void With_onFailure_block_only_malformed_JSON_and_text_let_it_run(int exitCode, string output, string outcome) =>
        Assert.Equal(outcome, Judge(Hook(true), exitCode, output).ToString());

    [Fact]
    public void A_hook_that_times_out_or_does_not_start_decides_nothing()
    {
        var late = new HookAnswer(true, true, 2, Deny, "", TimeSpan.Zero);
        var missing = new HookAnswer(false, false, 2, Deny, "", TimeSpan.Zero);
        foreach (var answer in (HookAnswer[])[late, missing])
        {
            Assert.Equal(TrialOutcome.FailsOpen, ClientOracle.Judge(Hook(false), answer));
            Assert.Equal(TrialOutcome.Blocks, ClientOracle.Judge(Hook(true), answer));
        }
    }

    [Fact]
    public void An_asynchronous_hook_decides_nothing() =>
        Assert.Equal(TrialOutcome.FailsOpen, Judge(Hook(false) with { IsAsync = true }, 2, ""));

    [Fact]
    public void Ending_the_session_holds_a_prompt_back() =>
        Assert.Equal(TrialOutcome.Blocks, Judge(Hook(false) with { Event = "UserPromptSubmit" }, 0, """{"continue":false}"""));

    private static TrialOutcome Judge(WiredHook hook, int exitCode, string output) =>
        ClientOracle.Judge(hook, new HookAnswer(true, false, exitCode, output, "", TimeSpan.Zero));

    private static WiredHook Hook(bool blocksOnFailure) =>
        new() { Scope = SettingsScope.User, File = "settings.json", Line = 1, Event = "PreToolUse", Command = "x", BlocksOnFailure = blocksOnFailure };
}
