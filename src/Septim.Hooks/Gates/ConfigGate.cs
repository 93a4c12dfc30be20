using System.Text.Json;
using Septim.Hooks.Claude;
using Septim.Hooks.Gates.BashRules;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Gates;

/// <summary>
/// Keeps the guards on: refuses changes that switch hooks off, take them out, spoil the file they stand in, or loosen permissions, and
/// any change of septim's own files by the model, by edit or by command. An edit that takes nothing away passes.
/// </summary>
internal sealed class ConfigGate : IGate
{
    private const int MaxBytes = 8 << 20;

    private const int MaxShown = 120;

    /// <summary>As many as Linux follows.</summary>
    private const int MaxLinks = 40;

    public string Id => "config-gate";

    public bool Judges(GateContext context) => context.Input.EventName switch
    {
        HookEvent.ConfigChange => true,
        // Why not compact: it comes in the middle of a session, when the files may have been tampered with already.
        HookEvent.SessionStart => context.Input.Source != "compact",
        HookEvent.PreToolUse => context.Input.Tool?.Name is "Write" or "Edit" or "MultiEdit" or "NotebookEdit" || CommandReading.MayComeFrom(context.Input.Tool?.Name),
        _ => false,
    };

    public Verdict Judge(GateContext context) => context.Input.EventName switch
    {
        HookEvent.SessionStart => Remember(context),
        HookEvent.ConfigChange => JudgeChange(context),
        _ => CommandReading.MayComeFrom(context.Input.Tool!.Name) ? JudgeCommand(context) : JudgeEdit(context, context.Input.Tool),
    };

    private static Verdict Remember(GateContext context)
    {
        var memory = new SettingsMemory(context.Files, context.Paths.StateDirectory);
        foreach (var path in SettingsFiles(context)) memory.Store(path, ReadFile(path) ?? []);
        return Verdict.Pass;
    }

    private Verdict JudgeChange(GateContext context)
    {
        // Why: skills are no settings, and hold no JSON. Source: hooks reference of the client, 2026-11; settings kinds measured with 2.1.330.
        if (context.Input.FilePath is not { Length: > 0 } path || context.Input.Source == "skills") return Verdict.Pass;
        var memory = new SettingsMemory(context.Files, context.Paths.StateDirectory);
        var now = ReadFile(path);
        var stored = memory.Recall(path);
        var before = stored is { Length: > 0 } ? SettingsFacts.Read(stored) : SettingsFacts.None;
        var after = now is null ? SettingsFacts.None : SettingsFacts.Read(now);
        if (stored is null && after.IsReadable && !LeavesHooks(context, path, after))
            return Deny($"the change of {path} is not taken over by this session: what it took away is not known, because what stood there before is lost, and no settings file holds septim's hooks now. Restore the file, or restart the session after the change.");
        if (SettingsHarm.Of(before, after) is { } harm)
            return new Verdict(VerdictKind.Deny, Id,
                $"the change of {path} is not taken over by this session, because it would {harm}. If a person wants it, restart the session after the change; otherwise restore the file.");
        if (now is not null) memory.Store(path, now);
        return Verdict.Pass;
    }

    /// <summary>Whether our hooks still stand in a settings file: the changed one, or another.</summary>
    private static bool LeavesHooks(GateContext context, string changed, SettingsFacts after)
    {
        if (after.SeptimEvents.Contains(HookEvent.PreToolUse)) return true;
        foreach (var path in SettingsFiles(context))
            if (path != changed && ReadFile(path) is { } json && SettingsFacts.Read(json) is { DisablesAllHooks: false } facts && facts.SeptimEvents.Contains(HookEvent.PreToolUse)) return true;
        return false;
    }

    private Verdict JudgeCommand(GateContext context)
    {
        if (context.Command is not var (_, setting, reading)) return Verdict.Pass;
        if (reading.Breach is { } breach) throw new HookFault($"the command goes beyond what can be read ({breach}), so what it does to the guards is not known; give it in smaller steps");
        foreach (var at in RuleCase.AllOf(reading, setting))
        {
            if (GuardedCommand.Harm(at, context) is not { } harm) continue;
            var reason = $"`{SecretMask.Of(Shortened(at.Invocation.ToString()))}` {harm}. Only people do that: ask the person who runs this session. A harmless change of a settings file can be made with Edit.";
            return new Verdict(at.Invocation.IsGuess ? VerdictKind.Ask : VerdictKind.Deny, Id, reason);
        }
        return Verdict.Pass;
    }

    private static string Shortened(string text) => text.Length <= MaxShown ? text : text[..MaxShown] + "…";

    private Verdict JudgeEdit(GateContext context, ToolCall call)
    {
        var path = call.InputText("file_path") ?? call.InputText("notebook_path");
        if (path is null) return Verdict.Pass;
        path = Path.GetFullPath(path, context.Input.Cwd.Length > 0 ? context.Input.Cwd : context.ProjectDirectory);
        var kind = GuardedFiles.Of(path, context);
        if (kind == GuardedFile.None && ResolvedTarget(path) is { } target)
        {
            path = target;
            kind = GuardedFiles.Of(target, context);
        }
        return kind switch
        {
            GuardedFile.None => Verdict.Pass,
            GuardedFile.ClientSettings => JudgeSettings(path, call),
            GuardedFile.ClientPrograms => JudgePrograms(path, call),
            GuardedFile.Transcripts => Deny($"{path} is a transcript of the client, from which spend is read. Leave it as it is."),
            _ => Deny($"{path} belongs to septim, and only people change it. Ask the person who runs this session."),
        };
    }

    private Verdict JudgeSettings(string path, ToolCall call)
    {
        var current = ReadFile(path);
        var before = current is null ? SettingsFacts.None : SettingsFacts.Read(current);
        var after = SettingsFacts.Read(EditedText.After(call, current ?? []));
        return SettingsHarm.Of(before, after) is { } harm
            ? Deny($"this change of {path} would {harm}. Ask the person who runs this session to make it; other edits of the file are fine.")
            : Verdict.Pass;
    }

    private Verdict JudgePrograms(string path, ToolCall call)
    {
        var current = ReadFile(path) ?? [];
        // Why: a plugin's manifest also says what it is called and who wrote it.
        var isManifest = Path.GetFileName(path) is "plugin.json";
        return McpServers(EditedText.After(call, current), isManifest) is { } after && McpServers(current, isManifest) is { } before && after.IsSubsetOf(before)
            ? Verdict.Pass
            : Deny($"{path} decides which programs the client starts without asking. Show the person the lines you want there, and let them put them in.");
    }

    /// <summary>The server definitions of an MCP file, each as its own text; null when it cannot be read as one.</summary>
    private static HashSet<string>? McpServers(ReadOnlyMemory<byte> json, bool isManifest)
    {
        var servers = new HashSet<string>();
        if (json.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0) return servers;
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return null;
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (isManifest && property.Name is "$schema" or "version" or "description" or "author" or "homepage" or "repository" or "license" or "keywords") continue;
                if (property.Name != "mcpServers" || property.Value.ValueKind != JsonValueKind.Object)
                {
                    servers.Add($"{property.Name}={property.Value.GetRawText()}");
                    continue;
                }
                foreach (var server in property.Value.EnumerateObject()) servers.Add($"{server.Name}:{server.Value.GetRawText()}");
            }
            return servers;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string[] SettingsFiles(GateContext context) =>
    [
        Path.Combine(context.Client.ConfigDirectory, "settings.json"),
        Path.Combine(context.ProjectDirectory, ".claude", "settings.json"),
        Path.Combine(context.ProjectDirectory, ".claude", "settings.local.json"),
    ];

    internal static byte[]? ReadFile(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            if (new FileInfo(path).Length > MaxBytes) throw new HookFault($"{path} is larger than 8 MiB");
            return RegularFile.Read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HookFault($"{path} cannot be read ({Cause.Of(e)}), so what the change takes away is not known", e);
        }
    }

    /// <summary>Where a path that is or passes through links really leads; null when there is none. What does not exist yet leads nowhere else.</summary>
    internal static string? ResolvedTarget(string path)
    {
        try
        {
            var real = Resolved(path, MaxLinks);
            return real == path ? null : real;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HookFault($"where {path} leads cannot be told ({Cause.Of(e)})", e);
        }
    }

    private static string Resolved(string path, int linksLeft)
    {
        var real = Path.GetPathRoot(path)!;
        var names = path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < names.Length; i++)
        {
            var folder = real;
            real = Path.Combine(real, names[i]);
            // Why LinkTarget: it is null for what is missing, where ResolveLinkTarget throws; most new files are missing.
            if (new FileInfo(real).LinkTarget is not { } target) continue;
            if (linksLeft == 0) throw new HookFault($"{path} leads through more than {MaxLinks} links, so where it ends cannot be told");
            return Resolved(Path.GetFullPath(Path.Combine([target, .. names[(i + 1)..]]), folder), linksLeft - 1);
        }
        return real;
    }

    private Verdict Deny(string reason) => new(VerdictKind.Deny, Id, reason);
}
