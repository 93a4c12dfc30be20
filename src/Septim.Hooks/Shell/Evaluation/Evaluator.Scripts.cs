using System.Text.Json;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Scripts of a package.json that this command line wrote itself; what lies in the project already is not read here.</summary>
internal sealed partial class Evaluator
{
    /// <summary>A longer package.json is not one that somebody wrote into a command.</summary>
    private const int LongestManifest = 65_536;

    private static readonly OptionTable Packages = new("C:w:F:rs", "prefix= dir= cwd= workspace= filter= silent workspaces if-present recursive loglevel=") { StopsAtOperand = true };

    /// <summary><c>npm run x</c>, <c>npm test</c>, <c>yarn x</c>; null when the script is not of this command line.</summary>
    private Feed? Scripted(Call call)
    {
        var options = OptionReader.Read(call.Arguments, Packages);
        var at = options.FirstOperand;
        if (at >= call.Arguments.Length) return null;
        var verb = call.Text(at);
        if (verb is "pkg" or "set-script") SetScript(call, at);
        var name = verb is "run" or "run-script" or "rum" or "urn" ? call.Text(OptionReader.Read(call.Arguments, Packages, at + 1).FirstOperand)
            : verb is "test" or "t" or "start" or "stop" or "restart" ? verb == "t" ? "test" : verb
            : verb is "install" or "i" or "ci" or "add" ? "postinstall"
            : call.Name is "yarn" or "pnpm" or "bun" ? verb : "";
        if (name.Length == 0) return null;
        var scripts = new List<string>();
        foreach (var script in (ReadOnlySpan<string>)["pre" + name, name, "post" + name])
        {
            if (ScriptOf(script, call) is { } text) scripts.Add(text);
        }
        if (scripts.Count == 0) return null;
        var invocation = Emit(call);
        var frame = Inside(call.Frame, invocation, Reach.Code);
        var output = Feed.Nothing;
        foreach (var script in scripts)
        {
            if (_budget.IsSpent) break;
            output = Feed.Concat(output, Code(Word.Of(script), Child(call), frame, Reach.Code));
        }
        return output;
    }

    /// <summary><c>npm pkg set scripts.x='…'</c>, <c>npm set-script x '…'</c>.</summary>
    private static void SetScript(Call call, int at)
    {
        if (call.Text(at) == "set-script" && at + 2 < call.Arguments.Length)
        {
            call.Scope.Set("npm script." + call.Text(at + 1), Variable.Of(call.Arguments[at + 2]));
            return;
        }
        for (var i = at + 2; i < call.Arguments.Length; i++)
        {
            var pair = call.Arguments[i];
            var equals = pair.Prefix.IndexOf('=', StringComparison.Ordinal);
            if (equals > 8 && pair.StartsWith("scripts.")) call.Scope.Set("npm script." + pair.Prefix[8..equals], Variable.Of(pair.From(equals + 1)));
        }
    }

    private string? ScriptOf(string name, Call call)
    {
        if (call.Scope.Find("npm script." + name) is { Values: [var set, ..] }) return set.Text;
        if (Written("package.json", call)?.Text is not { Length: > 2 and <= LongestManifest } manifest || !_budget.Work(manifest.Length / 64)) return null;
        try
        {
            using var document = JsonDocument.Parse(manifest, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("scripts", out var scripts) && scripts.ValueKind == JsonValueKind.Object
                && scripts.TryGetProperty(name, out var script) && script.ValueKind == JsonValueKind.String ? script.GetString() : null;
        }
        catch (JsonException)
        {
            // Why: npm refuses such a file as well.
            return null;
        }
    }
}
