using System.Text.Json;
using System.Text.Json.Nodes;

namespace Septim.Hooks.EndToEnd.Support;

/// <summary>What one run of the real client did, seen from the client, the API and the disk.</summary>
/// <param name="Calls">What the API was asked during this run.</param>
internal sealed record ClientRun(ProcessResult Process, IReadOnlyList<ApiCall> Calls, ClientPlace Place)
{
    private readonly List<JsonObject> _lines = [.. Process.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parsed).OfType<JsonObject>()];

    public int ExitCode => Process.ExitCode;

    /// <summary>The client's closing line.</summary>
    public JsonObject Result => _lines.LastOrDefault(line => (string?)line["type"] == "result")
        ?? throw new InvalidOperationException($"the client gave no result; exit code {ExitCode}, timed out: {Process.TimedOut}\n{Process.All}");

    public string SessionId => (string)Result["session_id"]!;

    /// <summary>What the client says it cost, in USD. The client adds floating-point numbers; what is below 10⁻¹² is its rounding.</summary>
    public decimal TotalCostUsd => Math.Round(Result["total_cost_usd"]!.GetValue<decimal>(), 12);

    /// <summary><c>completed</c>, <c>hook_stopped</c>, …; empty when the prompt was refused.</summary>
    public string TerminalReason => (string?)Result["terminal_reason"] ?? "";

    /// <summary>Why the run ended, when a hook ended it.</summary>
    public string Said => Process.Stdout;

    /// <summary>What the API handed out during this run, by the tests' own price table.</summary>
    public decimal ApiUsd => Calls.Sum(call => call.Usd);

    public IEnumerable<ToolResult> ToolResults => Calls.SelectMany(call => call.Results);

    public int ToolsRun => ToolResults.Count(result => !result.IsError);

    public int ToolsBlocked => ToolResults.Count(result => result.IsError);

    /// <summary>Lines in which the client says that a hook gave no verdict: the sign that something failed open.</summary>
    public IReadOnlyList<string> Warnings =>
        [.. _lines.Where(line => (string?)line["tag"] == "hook_no_verdict").Select(line => line.ToJsonString())];

    public IReadOnlyList<string> ProjectFiles => Place.ProjectFiles;

    public override string ToString() => $"exit code {ExitCode}, {Calls.Count} requests, {_lines.LastOrDefault()?["terminal_reason"]} at {_lines.LastOrDefault()?["total_cost_usd"]} USD";

    private static JsonNode? Parsed(string line)
    {
        try
        {
            return JsonNode.Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
