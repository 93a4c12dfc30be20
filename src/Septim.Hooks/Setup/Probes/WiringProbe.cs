using Septim.Hooks.Claude;

namespace Septim.Hooks.Setup.Probes;

/// <summary>Are our hooks where a refusal counts, do they start, and do they block when they fail?</summary>
internal static class WiringProbe
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly string[] Needed = [HookEvent.PreToolUse, HookEvent.UserPromptSubmit, HookEvent.PostToolBatch, HookEvent.SessionStart];

    /// <summary>Where money is judged: before a turn, before a call, before the next request.</summary>
    private static readonly string[] Money = [HookEvent.UserPromptSubmit, HookEvent.PreToolUse, HookEvent.PostToolBatch];

    public static IEnumerable<Diagnosis> Look(ProbeContext context)
    {
        var ours = WiredHook.Find(context.Places).FindAll(hook => hook.IsOurs);
        if (AllowsManagedOnly(context) && ours.Exists(hook => hook.Scope != SettingsScope.Managed))
        {
            yield return Diagnosis.Failure("the managed settings say allowManagedHooksOnly, so our hooks in other files do not run", "have an administrator run `septim install --scope managed`");
            ours.RemoveAll(hook => hook.Scope != SettingsScope.Managed);
        }
        foreach (var name in Needed)
        {
            if (!ours.Exists(hook => hook.Event == name)) yield return Diagnosis.Failure($"nothing of ours is wired at {name}", "run `septim install`");
            else if (name == HookEvent.PreToolUse && !ours.Exists(hook => hook.Event == name && hook.Covers("Bash")))
                yield return Diagnosis.Failure("PreToolUse is wired so that no Bash call reaches us", "use the matcher \"*\"; names are case-sensitive, and an expression that is none matches nothing");
            else if (name == HookEvent.PreToolUse && !ours.Exists(hook => hook.Event == name && hook.Matcher is null or "" or "*" or ".*"))
                yield return Diagnosis.Warning("PreToolUse is wired for some tools only, so others are not stopped at a ceiling", "use the matcher \"*\"");
        }
        if (Array.Find(Money, name => ours.Exists(hook => hook.Event == name) && !ours.Exists(hook => hook.Event == name && hook.Verb is "hook" or "cost-gate")) is { } unasked)
            yield return Diagnosis.Warning($"at {unasked} neither `septim hook` nor `septim cost-gate` is wired, so no ceiling holds there", "run `septim install`, or wire cost-gate too");
        foreach (var scope in ours.GroupBy(hook => hook.Scope))
        {
            var name = scope.Key.ToString().ToLowerInvariant();
            yield return Diagnosis.Fine($"{name}: {string.Join(", ", scope.Select(hook => hook.Event).Distinct())}");
            foreach (var line in Withstanding.Lines(scope.Key)) yield return Diagnosis.Fine($"{name} {line}");
        }
        foreach (var twice in ours.Where(hook => hook.Verb == "hook").GroupBy(hook => hook.Event).Where(hooks => hooks.DistinctBy(hook => (hook.CommandLine, hook.PluginRoot)).Count() > 1).Take(1))
            yield return Diagnosis.Warning(
                $"{twice.Key} is wired more than once ({string.Join(", ", twice.Select(hook => hook.File).Distinct())}), so each call is judged and recorded more than once",
                "keep one: `septim uninstall --scope …`, or switch the plugin off");
        foreach (var hook in ours.DistinctBy(hook => (hook.File, hook.Command)))
            if (Missing(hook, context) is { } missing) yield return missing;
        foreach (var hook in ours.DistinctBy(hook => (hook.Command, hook.Event)))
            if (Weakness(hook) is { } weakness) yield return weakness;
        if (ours.Find(hook => HookEvent.CanRefuse(hook.Event) && !hook.BlocksOnFailure && EndsInRefusal(hook)) is { } old)
            yield return Diagnosis.Warning(
                $"{old.File} has the form for clients before {Wiring.FirstWithOnFailure}; there a hook that takes longer than its timeout lets the tool run",
                "update claude and run `septim install` again");
    }

    private static Diagnosis? Missing(WiredHook hook, ProbeContext context)
    {
        var program = hook.Args is null ? OurHandler.FirstWord(hook.Command) : hook.Command;
        var found = Path.IsPathRooted(program) ? File.Exists(program) : ClientProgram.Find(program, context.Variable) is not null;
        if (found && Path.IsPathRooted(program) && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(program) & AnyExecute) == 0)
            return Diagnosis.Failure($"{hook.File}:{hook.Line} names {program}, which nobody may execute", "run `septim install` again, or chmod +x it");
        return found ? null : Diagnosis.Failure($"{hook.File}:{hook.Line} names {program}, which is not there", "run `septim install` again, or put the program there");
    }

    private static bool EndsInRefusal(WiredHook hook) => hook.Args is null && hook.Command.TrimEnd().EndsWith("|| exit 2", StringComparison.Ordinal);

    private static Diagnosis? Weakness(WiredHook hook)
    {
        var place = $"{hook.File}:{hook.Line}: {hook.Event}";
        if (hook.IsAsync) return Diagnosis.Failure($"{place} is async, so its answer comes too late", "take \"async\" out");
        if (!HookEvent.CanRefuse(hook.Event)) return null;
        if (hook.If is { } condition) return Diagnosis.Failure($"{place} has \"if\": \"{condition}\", so other calls do not reach us", "take \"if\" out");
        if (!hook.BlocksOnFailure && !EndsInRefusal(hook))
            return Diagnosis.Failure($"{place} lets the tool run when septim fails", "run `septim install` again");
        return hook.TimeoutSeconds < HookEntry.TimeoutSeconds
            ? Diagnosis.Warning($"{place} has a timeout of {hook.TimeoutSeconds} s, shorter than our own deadline", $"set it to {HookEntry.TimeoutSeconds}")
            : null;
    }

    private static bool AllowsManagedOnly(ProbeContext context) =>
        SettingsReading.Of(context.Places.PathOf(SettingsScope.Managed), SettingsScope.Managed) is { IsDropped: false, Text: { } text }
        && text.Root["allowManagedHooksOnly"] is { Kind: System.Text.Json.JsonValueKind.True };
}
