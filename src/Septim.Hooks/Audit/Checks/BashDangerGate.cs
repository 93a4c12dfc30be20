using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Surroundings;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>23: a PreToolUse hook refuses the commands that nobody wants to have run by accident.</summary>
internal static partial class BashDangerGate
{
    public static readonly AuditCheck Check = new(
        23, "bash-danger-gate", Severity.Critical,
        "A PreToolUse hook refuses the commands that nobody wants to have run by accident.",
        "A belt beside permissions and sandbox. The matcher is Bash, case-sensitive; BashTool never fires. Lists of substrings miss reordered flags and wrappers; permission deny rules miss sh -c.",
        "Finds the hooks in force that catch Bash; ours are asked with dangerous and harmless commands, foreign ones are judged by the families that their text names, or told of the same commands with --run-hooks.",
        "septim install (bash-gate); septim explain 'COMMAND' shows why a command would be refused.",
        Judge);

    private static void Judge(AuditContext context, ItemResult item)
    {
        context.Settings.UsedBy(item);
        var pre = context.Hooks.On("PreToolUse").Where(hook => hook.Type is "command" or "http").ToList();
        var gates = pre.Where(hook => HookMatcher.Matches(hook.Matcher, "Bash") && hook.IsAlwaysHeard).ToList();
        var ours = gates.Find(hook => hook.IsOurs && hook.Target.Verb is "hook" or "bash-gate");
        var foreign = gates.Where(hook => !hook.IsOurs && (Families(hook) > 0 || (Enforcement.IsEnforcing(hook) && !Enforcement.ReadsSpend(hook)))).ToList();
        var missed = pre.Where(hook => !HookMatcher.Matches(hook.Matcher, "Bash") && (hook.Matcher.HasWord("bash") || (!hook.IsOurs && Families(hook) > 0))).ToList();
        foreach (var hook in missed)
            item.Fail("matcher", $"the matcher {hook.Matcher} never catches Bash", hook.Place, hook.Name, null, null, FixProposal.Guided("\"matcher\": \"Bash\""), Said("command", Words.Quote(hook.CommandLine, 120)));
        foreach (var hook in pre.Where(hook => hook.If is not null && HookMatcher.Matches(hook.Matcher, "Bash") && Families(hook) > 0))
            item.Warn("conditional", "an if condition decides whether the gate runs; what does not match or parse is let through", hook.Place, hook.Name, Severity.High);
        if (ours is not null) Ours(context, item, ours);
        else if (foreign.Count > 0) foreach (var hook in foreign) Foreign(context, item, hook);
        else if (missed.Count == 0) item.Fail("no-gate", "no PreToolUse hook looks at Bash commands", Place.None, "bash-gate", null, null, SessionCostGate.InstallFix(context));
        foreach (var rule in context.Settings.List("permissions.allow")) Allow(item, rule);
    }

    private static void Ours(AuditContext context, ItemResult item, DeclaredHook hook)
    {
        using var trial = new OwnHookTrial(context) { FromOrdinaryHome = true };
        if (trial.WhyItRefusesAll(hook.Target.Verb) is { } fault)
        {
            item.Warn("overblocks", $"the gate cannot read its configuration and refuses everything: {fault}", hook.Place, hook.Name, Severity.Medium);
            return;
        }
        trial.Begin(1);
        File.WriteAllText(trial.TranscriptPath, "{\"type\":\"mode\"}\n");
        var verb = OwnHookTrial.GateOf(hook.Target.Verb, "bash-gate");
        List<string> through = [], refused = [];
        var count = 0;
        foreach (var (command, blocks) in BashTrials.All)
        {
            count++;
            var blocked = PreToolUseOutcome.Blocks(trial.Ask(verb, trial.Payload("Bash", OwnHookTrial.Bash(command))));
            if (blocks && !blocked) through.Add(command);
            if (!blocks && blocked) refused.Add(command);
        }
        if (through.Count > 0) item.Fail("missed", $"let through: {Plural.Of(through.Count, "dangerous command")}", hook.Place, hook.Name, null, null, null, [.. through.Select(command => Said("let through", command))]);
        if (refused.Count > 0) item.Warn("overblocks", $"refused: {Plural.Of(refused.Count, "harmless command")}", hook.Place, hook.Name, Severity.Medium, null, null, [.. refused.Select(command => Said("refused", command))]);
        item.Note = $"{count} trials, {count - through.Count - refused.Count} right";
    }

    private static void Foreign(AuditContext context, ItemResult item, DeclaredHook hook)
    {
        if (hook.Target.Problem is not null) item.Fail("no-gate", $"the gate cannot start: {hook.Target.Problem}", hook.Place, hook.Name);
        else if (hook.Target.Text.Length > 0 && Families(hook) == 0) item.Fail("missed", "the gate's text names none of the four families: recursive delete, download to a shell, forced push, SQL drop", hook.Place, hook.Name);
        else if (context.Options.RunHooks && hook is { Type: "command", Source: not ("plugin" or "agent") } && !Enforcement.FetchesCode(hook.CommandLine)) Tried(context, item, hook);
        else item.CannotTell($"the foreign gate {Words.Quote(hook.Said, 80)} was not run", hook.Place, Enforcement.WayToTry(hook));
    }

    /// <summary>Tells a foreign gate of every command, as the client would; none of them is run.</summary>
    private static void Tried(AuditContext context, ItemResult item, DeclaredHook hook)
    {
        using var probe = new HookProbe(context);
        List<string> through = [], refused = [];
        foreach (var (command, blocks) in BashTrials.All)
        {
            var (exit, output, _) = probe.Run(hook, System.Text.Encoding.UTF8.GetBytes(HooksFailClosed.ForeignPayload(probe, command)));
            var blocked = PreToolUseOutcome.Blocks(exit, output, hook.OnFailure);
            if (blocks && !blocked) through.Add(Words.Quote(command, 120));
            if (!blocks && blocked) refused.Add(Words.Quote(command, 120));
        }
        if (through.Count > 0) item.Fail("missed", $"run on request, the gate lets {Plural.Of(through.Count, "dangerous command")} through", hook.Place, hook.Name, null, null, null, [.. through.Select(command => Said("let through", command))]);
        if (refused.Count > 0) item.Warn("overblocks", $"run on request, the gate refuses {Plural.Of(refused.Count, "harmless command")}", hook.Place, hook.Name, Severity.Medium, null, null, [.. refused.Select(command => Said("refused", command))]);
        item.Note = "the foreign gate was run and refuses what it must";
    }

    private static int Families(DeclaredHook hook)
    {
        var text = Enforcement.Text(hook);
        return (RecursiveDelete().IsMatch(text) ? 1 : 0) + (DownloadToShell().IsMatch(text) ? 1 : 0) + (ForcedPush().IsMatch(text) ? 1 : 0) + (SqlDrop().IsMatch(text) ? 1 : 0);
    }

    private static void Allow(ItemResult item, Setting rule)
    {
        var text = rule.Text.Replace(":*", "*", StringComparison.Ordinal).Replace(" *", "*", StringComparison.Ordinal);
        if (text is not "Bash" && !text.Starts("Bash(")) return;
        var inner = text == "Bash" ? "*" : text[5..].TrimEnd(')');
        const string Note = " (a hook that denies still wins over it)";
        if (inner is "*" or "**" || DestructiveAllow().IsMatch(inner))
            item.Fail("dangerous-allow", $"the allow rule {rule.Text} lets destructive commands run without a question{Note}", rule.Place, rule.Text, Severity.High, null, FixProposal.Guided($"take {rule.Text} out of permissions.allow"), Said("source", $"{rule.Source.Name} settings"));
        else if (inner.Starts("curl*") || inner.Starts("wget*"))
            item.Warn("dangerous-allow", $"the allow rule {rule.Text} lets anything be fetched and sent{Note}", rule.Place, rule.Text, Severity.Medium, null, FixProposal.Guided($"take {rule.Text} out of permissions.allow; allow WebFetch(domain:…) by domain instead"), Said("source", $"{rule.Source.Name} settings"));
    }

    [GeneratedRegex(@"^(rm\*|rm -(r|f|rf|fr)\b.*\*|git push (--force|-f)(?!-with-lease).*\*?|sudo\*|(ba|z|da)?sh -c\*|(ba|z|da)?sh\*|eval\*|dd\*|mkfs.*\*|chmod -R.*\*|git reset --hard.*|git clean -[a-z]*f.*|(env|xargs|python3? -c|node -e)\*)", RegexOptions.CultureInvariant)] private static partial Regex DestructiveAllow();
    [GeneratedRegex(@"\brm\b[^\n]{0,60}(-[a-zA-Z]*r|recursive|\\s)|rm\s*-rf|rm\\s", RegexOptions.CultureInvariant)] private static partial Regex RecursiveDelete();
    [GeneratedRegex(@"(curl|wget)[^\n]{0,80}\b(sh|bash)\b|\|\s*\\?s?\*?\(?(ba)?sh", RegexOptions.CultureInvariant)] private static partial Regex DownloadToShell();
    [GeneratedRegex(@"push[^\n]{0,60}(--force|-f\b|force)", RegexOptions.CultureInvariant)] private static partial Regex ForcedPush();
    [GeneratedRegex(@"\bdrop\b[^\n]{0,40}(table|database|schema)|\btruncate\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)] private static partial Regex SqlDrop();
}
