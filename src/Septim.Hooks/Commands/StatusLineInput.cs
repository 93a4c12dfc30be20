using System.Text.Json;
using Septim.Hooks.Spend;

namespace Septim.Hooks.Commands;

/// <summary>What the client tells a status line. Source: client 2.1.330, measured 2026-11.</summary>
/// <param name="SessionId">Whose.</param>
/// <param name="TranscriptPath">Its main transcript; null when it does not say.</param>
/// <param name="Model">For people.</param>
/// <param name="ProjectDirectory">Null when it does not say.</param>
/// <param name="ClientTotal">The client's own total, in full pico-dollars; null when it does not say or says nonsense.</param>
internal sealed record StatusLineInput(string SessionId, string? TranscriptPath, string Model, string? ProjectDirectory, Usd? ClientTotal)
{
    /// <exception cref="HookFault">Not the JSON object that the client sends.</exception>
    public static StatusLineInput Parse(ReadOnlySpan<byte> json)
    {
        string session = "", model = "";
        string? transcript = null, project = null;
        Usd? total = null;
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) throw new HookFault("the input is not a JSON object");
            var section = "";
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.EndObject) section = "";
                if (reader.TokenType != JsonTokenType.PropertyName) continue;
                var name = section + reader.GetString();
                reader.Read();
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject when name is "model" or "cost" or "workspace":
                        section = name + ".";
                        break;
                    case JsonTokenType.String when name == "session_id": session = reader.GetString()!; break;
                    case JsonTokenType.String when name == "transcript_path": transcript = NonEmpty(reader.GetString()); break;
                    case JsonTokenType.String when name == "model.display_name": model = reader.GetString()!; break;
                    case JsonTokenType.String when name == "workspace.project_dir": project = NonEmpty(reader.GetString()); break;
                    case JsonTokenType.Number when name == "cost.total_cost_usd": total = Amount(reader); break;
                    default: reader.Skip(); break;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new HookFault("the input is not the JSON object that Claude Code sends to a status line", e);
        }
        return new StatusLineInput(session, transcript, model, project, total);
    }

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>A JavaScript number such as 0.000135 or 1.35e-4, cut to whole pico-dollars.</summary>
    private static Usd? Amount(Utf8JsonReader reader) =>
        reader.TryGetDecimal(out var dollars) && dollars is >= 0 and < 1_000_000 ? new Usd((long)(dollars * Usd.PicoPerDollar)) : null;
}
