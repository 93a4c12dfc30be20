using System.Text;
using System.Text.Json;
using Septim.Hooks.Claude;

namespace Septim.Hooks.Gates;

/// <summary>What a file will hold after a Write, Edit or MultiEdit call.</summary>
internal static class EditedText
{
    /// <exception cref="HookFault">The call cannot be understood.</exception>
    public static ReadOnlyMemory<byte> After(ToolCall call, byte[] current)
    {
        if (call.Name == "Write") return Encoding.UTF8.GetBytes(call.InputText("content") ?? "");
        var text = Encoding.UTF8.GetString(current);
        using var input = JsonDocument.Parse(call.Input);
        if (input.RootElement.TryGetProperty("edits", out var edits) && edits.ValueKind == JsonValueKind.Array)
        {
            foreach (var edit in edits.EnumerateArray()) text = Apply(edit, text, call.Name);
            return Encoding.UTF8.GetBytes(text);
        }
        return Encoding.UTF8.GetBytes(Apply(input.RootElement, text, call.Name));
    }

    private static string Apply(JsonElement edit, string text, string tool)
    {
        if (edit.ValueKind != JsonValueKind.Object || Text(edit, "old_string") is not { } old || Text(edit, "new_string") is not { } replacement)
            throw new HookFault($"the input of {tool} does not say what is replaced by what");
        if (old.Length == 0) return replacement + text;
        if (edit.TryGetProperty("replace_all", out var all) && all.ValueKind == JsonValueKind.True) return text.Replace(old, replacement, StringComparison.Ordinal);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        return at < 0 ? text : string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + old.Length));
    }

    private static string? Text(JsonElement edit, string name) =>
        edit.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
