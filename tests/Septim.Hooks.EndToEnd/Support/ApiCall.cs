using System.Text.Json.Nodes;

namespace Septim.Hooks.EndToEnd.Support;

/// <summary>One request for a message, and what was answered.</summary>
/// <param name="Kind"><c>message</c>, <c>compact</c> or <c>unscripted</c>.</param>
internal sealed record ApiCall(string Kind, string Script, int Turn, string Model, string MessageId, TokenUse Usage, DateTimeOffset At)
{
    public List<ToolUse> Asks { get; } = [];

    public List<ToolResult> Results { get; } = [];

    public bool Failed { get; init; }

    public decimal Usd => Failed ? 0 : Usage.Usd(Model);
}

/// <summary>A tool call that the scripted model asked for.</summary>
internal sealed record ToolUse(string Id, string Name, JsonObject Input);

/// <summary>What came back for a tool call, with the client's own reminders taken out.</summary>
internal sealed record ToolResult(string ToolUseId, bool IsError, string Text);
