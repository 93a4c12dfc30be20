using System.Globalization;
using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Audit.Secrets;
using Septim.Hooks.Audit.Surroundings;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>26: when a run without a person ends, fails or waits, a person learns it.</summary>
internal static partial class NotificationChannel
{
    public static readonly AuditCheck Check = new(
        26, "notification-channel", Severity.Medium,
        "When a run without a person ends, fails or waits, a person learns it.",
        "Notification fires for prompts and idleness in interactive terminals and in no print-mode run; the end is Stop, StopFailure, SessionEnd or the CI job's own failure step.",
        "Looks for hooks and CI steps that reach a channel, whether their target is set, and for the receipt of septim notify --test.",
        "Wire septim for Stop, StopFailure and SessionEnd, set the webhook's variable, and run septim notify --test once in 90 days.",
        Judge);

    private static readonly string[] EndEvents = ["Stop", "StopFailure", "SessionEnd"];

    private static void Judge(AuditContext context, ItemResult item)
    {
        context.Settings.UsedBy(item);
        var hooks = context.Hooks.Effective.Where(hook => EndEvents.Contains(hook.Event) || hook.Event == "Notification").ToList();
        var unattended = context.RunsUnattended;
        foreach (var hook in hooks) Literal(context, item, hook);
        if (!unattended && !hooks.Exists(hook => hook.Event == "Notification"))
        {
            if (item.Unknown is null) item.NotApplicable = "nothing runs unattended and no Notification hook is wired";
            return;
        }
        foreach (var file in context.Runs.Files) item.Use(file);
        var reaching = hooks.Where(Reaches).ToList();
        var inCi = context.Ci.Jobs.Any(job => job.RunsClaudeItself && job.Steps.Any(step => !step.IsOff && Channel().IsMatch(step.Uses + " " + step.Run)))
            || context.Ci.Files.Any(file => CiFiles.RunsClaudeElsewhere(file) && CiFiles.Commands(file).Any(command => Channel().IsMatch(command.Text)));
        var atEnd = reaching.Where(hook => hook.Event != "Notification").ToList();
        var first = hooks.Count == 0 ? Place.None : hooks[0].Place;
        if (reaching.Count == 0 && !inCi)
        {
            var local = hooks.Where(hook => Local().IsMatch(Enforcement.Code(hook))).ToList();
            if (local.Count > 0 && unattended) item.Fail("local-only", "only a sound or a desktop message tells that an unattended run ended", local[0].Place, local[0].Name);
            else if (local.Count > 0) item.Warn("local-only", "only a sound or a desktop message tells that the client waits", local[0].Place, local[0].Name);
            else if (unattended) item.Fail("none", "unattended runs end, fail or wait, and nothing tells a person", context.Runs.All.Count > 0 ? context.Runs.All[0].Place : first, "notify", null, null, SessionCostGate.InstallFix(context));
            if (unattended || local.Count > 0) return;
        }
        if (unattended && atEnd.Count == 0 && !inCi && reaching.Count > 0)
        {
            item.Fail("wrong-event", "only Notification is wired, which no unattended run fires", reaching[0].Place, reaching[0].Name);
            return;
        }
        foreach (var hook in reaching)
            foreach (Match match in TargetVariable().Matches(Enforcement.Code(hook)))
                if (context.Settings.Variable(match.Groups["n"].Value) is null && !context.Startup.Assignments.Exists(one => one.Name == match.Groups["n"].Value))
                    item.Warn("no-target", $"the channel's variable {match.Groups["n"].Value} is set in no environment that was read", hook.Place, match.Groups["n"].Value);
        if (!HasReceipt(context, item)) item.NeedsPerson("whether a message really arrives was not proven in the last 90 days (septim notify --test)", "channel", "channel:" + SecretHit.HashOf(string.Join('\n', reaching.Select(hook => hook.CommandLine).Order(StringComparer.Ordinal)))[..16]);
    }

    private static bool Reaches(DeclaredHook hook) =>
        hook.Type == "http" || (hook.IsOurs && hook.Target.Verb is "hook" or "notify") || (hook.Target.Problem is null && Channel().IsMatch(Enforcement.Code(hook)));

    private static void Literal(AuditContext context, ItemResult item, DeclaredHook hook)
    {
        foreach (var hit in context.SecretsIn(Enforcement.Code(hook)).Where(hit => hit.Class.Ends("-webhook") || hit.Class == "teams-webhook"))
        {
            var tracked = context.Repository.IsTracked(hook.Place.Path) || (hook.Target.Script is { } script && context.Repository.IsTracked(script));
            if (tracked) item.Fail("webhook-literal", "a webhook's address, which is a secret, stands in a file under version control", hook.Place, hook.Name, Severity.High, null, FixProposal.Guided("put it into a variable and make a new one"), Said("found", hit.Shown));
        }
    }

    private static bool HasReceipt(AuditContext context, ItemResult item)
    {
        var state = context.Options.StateDirectory;
        foreach (var name in (string[])["notify-receipt.json", "notify-test.json"])
        {
            if (!context.Options.UseHome || item.Use(context.Inputs.Read(Path.Combine(state, name))) is not { } input) continue;
            var at = JsonTree.Parse(input.Text, out _, out _)?["at"]?.Text;
            if (DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time > context.Now.AddDays(-90) && time <= context.Now.AddMinutes(5)) return true;
        }
        return false;
    }

    [GeneratedRegex(@"hooks\.slack\.com|webhook|\b(curl|wget|Invoke-RestMethod|Invoke-WebRequest)\b[^\n]{0,200}(https|\$)|\b(slack|teams|discord|pagerduty|opsgenie|ntfy|telegram|mailx?|sendmail|msmtp|mutt)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)] private static partial Regex Channel();
    [GeneratedRegex(@"\b(afplay|say|osascript|notify-send|paplay|aplay|terminal-notifier|BurntToast|New-BurntToastNotification|msg)\b|\\a(?![a-z])|\\007|\\x07|tput bel", RegexOptions.CultureInvariant)] private static partial Regex Local();
    [GeneratedRegex(@"\$\{?(?<n>[A-Z][A-Z0-9_]*(WEBHOOK|URL|TOPIC)[A-Z0-9_]*)", RegexOptions.CultureInvariant)] private static partial Regex TargetVariable();
}
