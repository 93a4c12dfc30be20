using System.Text.Json;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Delivery;

/// <summary>
/// The environment, less what the project put into it: the client passes the <c>env</c> of a project's settings files on to its
/// hooks, and so a repository could name the address that its own log goes to.
/// </summary>
internal sealed class ProjectVariables
{
    private readonly Func<string, string?> _variable;
    private readonly Dictionary<string, string> _tainted = [];

    public ProjectVariables(Func<string, string?> variable)
    {
        _variable = variable;
        if (variable("CLAUDE_PROJECT_DIR") is not { Length: > 0 } project) return;
        foreach (var name in (ReadOnlySpan<string>)["settings.json", "settings.local.json"]) Read(Path.Combine(project, ".claude", name));
    }

    /// <returns>Null when unset or empty.</returns>
    /// <exception cref="DeliveryFailure">The project's settings set it.</exception>
    public string? Get(string name)
    {
        if (_tainted.TryGetValue(name, out var file))
            throw new DeliveryFailure(FailureKind.Stuck, $"{name} is set by {file}; a file in the project may not say where the log goes or with which secret");
        return _variable(name) is { Length: > 0 } value ? value : null;
    }

    private void Read(string file)
    {
        if (!File.Exists(file)) return;
        try
        {
            var settings = JsonElement.Parse(RegularFile.Read(file));
            if (settings.ValueKind != JsonValueKind.Object || !settings.TryGetProperty("env", out var env) || env.ValueKind != JsonValueKind.Object) return;
            foreach (var entry in env.EnumerateObject()) _tainted[entry.Name] = file;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // Why nothing: the client drops such a file as well, so nothing of it reached the environment.
        }
    }
}
