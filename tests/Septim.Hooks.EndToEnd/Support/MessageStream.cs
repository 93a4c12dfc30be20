using System.Text.Json.Nodes;

namespace Septim.Hooks.EndToEnd.Support;

/// <summary>Sends one message as the server-sent events of the Messages API: message_start, blocks, message_delta, message_stop.</summary>
internal static class MessageStream
{
    /// <summary>The client has taken the first event by then.</summary>
    private static readonly TimeSpan BeforeBreak = TimeSpan.FromMilliseconds(150);

    public static async Task Send(HttpExchange exchange, JsonObject message, IReadOnlyList<JsonObject> content, Turn turn, string stopReason, bool breaksOff = false)
    {
        await exchange.StartEvents();
        message["usage"] = turn.Usage.ToJson(started: true);
        await exchange.Event("message_start", new JsonObject { ["message"] = message });
        if (breaksOff)
        {
            await Task.Delay(BeforeBreak);
            exchange.Cut();
            return;
        }
        for (var index = 0; index < content.Count; index++)
        {
            await SendBlock(exchange, content[index], index);
            await Task.Delay(turn.DelayAfterBlock);
        }

        await Task.Delay(turn.DelayBeforeEnd);
        if (turn.CutStream)
        {
            exchange.Cut();
            return;
        }

        await exchange.Event("message_delta", new JsonObject
        {
            ["delta"] = new JsonObject { ["stop_reason"] = stopReason, ["stop_sequence"] = null },
            ["usage"] = turn.Usage.ToJson(),
        });
        await exchange.Event("message_stop", []);
        await exchange.EndEvents();
    }

    private static async Task SendBlock(HttpExchange exchange, JsonObject block, int index)
    {
        var (start, deltas) = (string)block["type"]! switch
        {
            "text" => (
                new JsonObject { ["type"] = "text", ["text"] = "" },
                new[] { new JsonObject { ["type"] = "text_delta", ["text"] = (string)block["text"]! } }),
            "thinking" => (
                new JsonObject { ["type"] = "thinking", ["thinking"] = "", ["signature"] = "" },
                [
                    new JsonObject { ["type"] = "thinking_delta", ["thinking"] = (string)block["thinking"]! },
                    new JsonObject { ["type"] = "signature_delta", ["signature"] = "c2ln" },
                ]),
            _ => (
                new JsonObject { ["type"] = "tool_use", ["id"] = (string)block["id"]!, ["name"] = (string)block["name"]!, ["input"] = new JsonObject() },
                [new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = block["input"]!.ToJsonString() }]),
        };
        await exchange.Event("content_block_start", new JsonObject { ["index"] = index, ["content_block"] = start });
        foreach (var delta in deltas)
            await exchange.Event("content_block_delta", new JsonObject { ["index"] = index, ["delta"] = delta });
        await exchange.Event("content_block_stop", new JsonObject { ["index"] = index });
    }
}
