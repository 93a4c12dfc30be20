using Septim.Hooks.Claude;
using Septim.Hooks.Gates;

namespace Septim.Hooks.Setup.Trials;

/// <summary>Tries hooks one after the other, each in a place of its own.</summary>
internal static class TrialRun
{
    /// <summary>Which hooks are gates at an event where a refusal holds something back, each once.</summary>
    public static List<WiredHook> Gates(IEnumerable<WiredHook> hooks) =>
        [.. hooks.Where(hook => HookEvent.CanRefuse(hook.Event) && (!hook.IsOurs || hook.Verb is "hook" || GateList.Find(hook.Verb ?? "") is not null))
            .Where(hook => hook.Event != HookEvent.PreToolUse || hook.Covers("Bash"))
            .DistinctBy(hook => (hook.Event, hook.CommandLine, hook.BlocksOnFailure, hook.TimeoutSeconds))];

    public static IEnumerable<TrialResult> Of(WiredHook hook, string projectDirectory, Func<string, string?> variable, DateTimeOffset now)
    {
        foreach (var trial in TrialList.All)
        {
            if (!trial.Events.Contains(hook.Event) || !Concerns(trial, hook)) continue;
            using var place = new TrialPlace(projectDirectory, now);
            var environment = place.Environment(variable);
            foreach (var (name, value) in trial.Variables?.Invoke(place) ?? [])
                if (value.Length == 0) environment.Remove(name);
                else environment[name] = value;
            var answer = HookStart.Run(hook, trial.Payload(place, hook.Event), place, environment, trial.WithoutProgram, trial.IsSlow);
            yield return new TrialResult(hook, trial, answer, ClientOracle.Judge(hook, answer));
        }
    }

    /// <summary>A gate of ours alone is not held to what another gate does; a foreign hook is tried with everything.</summary>
    private static bool Concerns(Trial trial, WiredHook hook)
    {
        if (trial.Gate is null || !hook.IsOurs) return true;
        return hook.Verb == trial.Gate || (hook.Verb == "hook" && GateList.Find(trial.Gate) is not null);
    }
}
