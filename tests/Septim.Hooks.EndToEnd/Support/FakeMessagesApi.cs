using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Septim.Hooks.EndToEnd.Support;

/// <summary>
/// A Messages API on loopback that answers from a <see cref="Scenario"/> and remembers every call. It serves as many
/// clients at once as connect, asks for no credentials and keeps none.
/// </summary>
internal sealed partial class FakeMessagesApi : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Scenario _scenario;
    private readonly ConcurrentQueue<ApiCall> _calls = [];
    private readonly ConcurrentQueue<string> _others = [];
    private readonly ConcurrentDictionary<string, bool> _reportedResults = [];
    private readonly ConcurrentDictionary<(string Script, int Turn), int> _asked = [];
    private readonly Task _serving;

    public FakeMessagesApi(Scenario scenario)
    {
        _scenario = scenario;
        _listener.Start();
        _serving = Serve();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Calls for a message so far, in the order they came.</summary>
    public IReadOnlyList<ApiCall> Calls => [.. _calls];

    /// <summary>Everything else that was asked for, as <c>METHOD path</c>.</summary>
    public IReadOnlyList<string> OtherRequests => [.. _others];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private async Task Serve()
    {
        while (true)
        {
            TcpClient connection;
            try
            {
                connection = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = Task.Run(() => Handle(connection));
        }
    }

    private async Task Handle(TcpClient connection)
    {
        connection.NoDelay = true;
        try
        {
            using var exchange = await HttpExchange.Receive(connection);
            if (exchange is null) return;
            if (exchange.Path.StartsWith("/v1/messages/count_tokens", StringComparison.Ordinal))
            {
                await exchange.Answer(200, new JsonObject { ["input_tokens"] = 100 });
            }
            else if (exchange.Method == "POST" && exchange.Path.StartsWith("/v1/messages", StringComparison.Ordinal))
            {
                await Answer(exchange, JsonNode.Parse(exchange.Body)!.AsObject());
            }
            else
            {
                _others.Enqueue($"{exchange.Method} {exchange.Path}");
                await exchange.Answer(404, Error("not_found_error", "not here"));
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
        {
            // The client went away in the middle: a stopped session does that.
        }
    }

    private async Task Answer(HttpExchange exchange, JsonObject request)
    {
        var messages = request["messages"]!.AsArray();
        var requestModel = (string)request["model"]!;
        var (script, number) = Position(messages);
        var compacts = Compaction().IsMatch(UserText(messages[^1]!["content"]));
        var turn = compacts
            ? new Turn(Block.Say("<summary>Summary of the work so far.</summary>")) { Usage = _scenario.Compaction }
            : _scenario.Pick(script, number);
        var kind = compacts ? "compact" : turn is null ? "unscripted" : "message";
        turn ??= new Turn(Block.Say("ok (no script)")) { Usage = _scenario.Aside };

        var call = new ApiCall(kind, script, number, requestModel, "msg_" + Hex(12), turn.Usage, DateTimeOffset.UtcNow) { Failed = turn.HttpError is not null };
        var content = turn.HttpError is null ? turn.Blocks.Select(block => Fill(block, turn, messages)).ToList() : [];
        foreach (var use in content.Where(block => (string)block["type"]! == "tool_use"))
            call.Asks.Add(new ToolUse((string)use["id"]!, (string)use["name"]!, use["input"]!.AsObject()));
        call.Results.AddRange(NewResults(messages));
        _calls.Enqueue(call);

        if (turn.HttpError is { } status)
        {
            await exchange.Answer(status, Error(status == 400 ? "invalid_request_error" : "api_error", "scripted error"));
            return;
        }

        await Task.Delay(turn.DelayBefore);
        var message = new JsonObject
        {
            ["id"] = call.MessageId,
            ["type"] = "message",
            ["role"] = "assistant",
            ["model"] = turn.Model ?? requestModel,
            ["content"] = new JsonArray(),
            ["stop_reason"] = null,
            ["stop_sequence"] = null,
        };
        var stopReason = call.Asks.Count > 0 ? "tool_use" : "end_turn";
        if (request["stream"]?.GetValue<bool>() == true)
        {
            await MessageStream.Send(exchange, message, content, turn, stopReason, breaksOff: _asked.AddOrUpdate((script, number), 1, (_, times) => times + 1) <= turn.BreaksOff);
        }
        else
        {
            message["content"] = new JsonArray([.. content]);
            message["stop_reason"] = stopReason;
            message["usage"] = turn.Usage.ToJson();
            await exchange.Answer(200, message);
        }
    }

    /// <summary>The script named by the last marker a user wrote, and how many answers were given since.</summary>
    private static (string Script, int Turn) Position(JsonArray messages)
    {
        var answers = 0;
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            if ((string)messages[i]!["role"]! == "assistant")
                answers++;
            else if (MarkerPattern().Matches(UserText(messages[i]!["content"])) is { Count: > 0 } found)
                return (found[^1].Groups[1].Value, answers);
        }

        return ("", 0);
    }

    private IEnumerable<ToolResult> NewResults(JsonArray messages) =>
        from message in messages
        where (string)message["role"]! == "user" && message["content"] is JsonArray
        from block in message!["content"]!.AsArray()
        where (string)block["type"]! == "tool_result" && _reportedResults.TryAdd((string)block["tool_use_id"]!, true)
        select new ToolResult((string)block!["tool_use_id"]!, (bool?)block["is_error"] ?? false, Reminder().Replace(UserText(block["content"]), ""));

    private static JsonObject Fill(Block block, Turn turn, JsonArray messages)
    {
        string Filled(string text)
        {
            text = text.Replace("{{i}}", turn.Index.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
            return text.Contains("{{lastAgentId}}", StringComparison.Ordinal) && AgentId().Matches(messages.ToJsonString()) is { Count: > 0 } ids
                ? text.Replace("{{lastAgentId}}", ids[^1].Groups[1].Value, StringComparison.Ordinal)
                : text;
        }

        return block.Type switch
        {
            "text" => new JsonObject { ["type"] = "text", ["text"] = Filled(block.Text) },
            "thinking" => new JsonObject { ["type"] = "thinking", ["thinking"] = block.Text },
            _ => new JsonObject
            {
                ["type"] = "tool_use",
                ["id"] = "toolu_" + Hex(10),
                ["name"] = block.Tool,
                ["input"] = JsonNode.Parse(Filled(block.Input!.ToJsonString())),
            },
        };
    }

    private static string UserText(JsonNode? content) => content switch
    {
        JsonValue text => (string)text!,
        JsonArray blocks => string.Join('\n', blocks.Where(block => (string?)block!["type"] == "text").Select(block => (string)block!["text"]!)),
        _ => "",
    };

    private static JsonObject Error(string type, string message) =>
        new() { ["type"] = "error", ["error"] = new JsonObject { ["type"] = type, ["message"] = message } };

    private static string Hex(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));

    [GeneratedRegex(@"\[\[S:([\w-]+)\]\]")]
    private static partial Regex MarkerPattern();

    [GeneratedRegex("Your task is to create a detailed summary", RegexOptions.IgnoreCase)]
    private static partial Regex Compaction();

    [GeneratedRegex("agentId: (a[0-9a-f]{8,})")]
    private static partial Regex AgentId();

    [GeneratedRegex(@"\s*<system-reminder>[\s\S]*?</system-reminder>")]
    private static partial Regex Reminder();
}
