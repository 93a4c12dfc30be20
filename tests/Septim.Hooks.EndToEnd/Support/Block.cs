using System.Text.Json.Nodes;

namespace Septim.Hooks.EndToEnd.Support;

/// <summary>One content block of a scripted answer. <c>{{i}}</c> and <c>{{lastAgentId}}</c> are filled in when it is sent.</summary>
internal sealed record Block(string Type, string Text = "", string Tool = "", JsonObject? Input = null)
{
    public static Block Say(string text) => new("text", text);

    public static Block Think(string text) => new("thinking", text);

    public static Block Call(string tool, JsonObject input) => new("tool_use", Tool: tool, Input: input);

    public static Block Bash(string command, bool background = false)
    {
        var input = new JsonObject { ["command"] = command, ["description"] = "test step" };
        if (background) input["run_in_background"] = true;
        return Call("Bash", input);
    }

    /// <summary>A subagent whose prompt carries the marker of its own script.</summary>
    public static Block Agent(string script, bool background = false) => Call("Agent", new JsonObject
    {
        ["description"] = $"run {script}",
        ["prompt"] = $"Do the task {Scenario.Marker(script)}",
        ["subagent_type"] = "general-purpose",
        ["run_in_background"] = background,
    });
}
