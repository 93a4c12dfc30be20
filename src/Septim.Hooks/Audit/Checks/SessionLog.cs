using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Surroundings;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>25: each session leaves one line elsewhere.</summary>
internal static partial class SessionLog
{
    public static readonly AuditCheck Check = new(
        25, "session-log", Severity.Medium,
        "Each session leaves one line elsewhere: time, session id, cost, turns, exit reason.",
        "Stop fires every turn and not on errors; the end and its reason come with SessionEnd, whose hooks have 1.5 s unless they ask for more. None carries cost or turns.",
        "Looks for Stop, StopFailure and SessionEnd hooks and where they write; for ours also at the spool. With --run-hooks a session ends in a fake home, and what foreign hooks wrote there is looked at.",
        "septim install wires the three events.",
        Judge);

    private static readonly string[] Events = ["Stop", "StopFailure", "SessionEnd"];

    private static void Judge(AuditContext context, ItemResult item)
    {
        context.Settings.UsedBy(item);
        var hooks = context.Hooks.Effective.Where(hook => Events.Contains(hook.Event) && hook.Type is "command" or "http").ToList();
        if (!hooks.Exists(hook => hook.Event is "Stop" or "SessionEnd"))
        {
            item.Fail("none", "no Stop and no SessionEnd hook: a session leaves no line anywhere", Place.None, "Stop", null, null, SessionCostGate.InstallFix(context));
            return;
        }
        var sinks = hooks.Where(HasSink).ToList();
        if (sinks.Count == 0) item.Fail("no-sink", "the Stop and SessionEnd hooks write nowhere", hooks[0].Place, hooks[0].Name, null, null, SessionCostGate.InstallFix(context), Said("command", Words.Quote(hooks[0].CommandLine, 120)));
        else if (!sinks.Exists(hook => hook.IsOurs)) Fields(context, item, sinks);
        else if (WhyOff(context) is { } why) item.Fail("no-sink", $"our record is wired and writes nothing: {why}", hooks[0].Place, "log.enabled", null, null, FixProposal.Guided("\"log\": {\"enabled\": true} in septim.json"));
        foreach (var missing in Events.Where(name => !hooks.Exists(hook => hook.Event == name)))
            item.Warn("events", $"no hook is wired for {missing}", hooks[0].Place, missing, null, null, SessionCostGate.InstallFix(context));
        foreach (var hook in hooks.Where(hook => hook is { Event: "SessionEnd", IsOurs: false } && hook.Timeout is not >= 5))
            item.Warn("end-timeout", "the SessionEnd hook has 1.5 s unless its own timeout says more", hook.Place, hook.Name, null, null, FixProposal.Guided("\"timeout\": 10"));
        foreach (var hook in hooks.Where(hook => hook.IsInProject))
            if (LiteralUrl().Match(Enforcement.Code(hook)) is { Success: true } url && !url.Value.Has("localhost") && !url.Value.Has("127.0.0.1"))
                item.Fail("path-in-repo-url", "the address that sessions are sent to stands in a file of the repository", hook.Place, hook.Name, null, null, FixProposal.Guided("put it into a variable or your own septim.json"));
        if (context.RunsUnattended && sinks.Count > 0 && sinks.TrueForAll(hook => !hook.IsOurs && hook.Type != "http" && !Network().IsMatch(Enforcement.Text(hook))))
            item.Warn("local-only", "unattended runs leave their line in a local file only", sinks[0].Place, sinks[0].Name);
        Spool(context, item);
    }

    private static bool HasSink(DeclaredHook hook) =>
        hook.Type == "http" || (hook.IsOurs && hook.Target.Verb is "hook" or "stop-log") || (!hook.IsOurs && hook.Target.Problem is null && (Sink().IsMatch(WithoutNull(Enforcement.Code(hook))) || (hook.Target.Text.Length == 0 && !Sounds().IsMatch(hook.CommandLine) && !hook.CommandLine.TrimStart().Starts("echo"))));

    /// <summary>Why our own record holds nothing of what the hooks see; null when it does.</summary>
    private static string? WhyOff(AuditContext context)
    {
        using var trial = new OwnHookTrial(context);
        try
        {
            return trial.LoadConfig()[Config.ConfigKeys.LogEnabled] is { Text: "false" } ? "log.enabled is false" : null;
        }
        catch (HookFault fault)
        {
            return $"its configuration cannot be read ({fault.Message})";
        }
    }

    private static string WithoutNull(string text) => NullSink().Replace(text, "");

    /// <summary>Foreign hooks are not run; a log that never speaks of cost and turns cannot hold them.</summary>
    private static void Fields(AuditContext context, ItemResult item, List<DeclaredHook> sinks)
    {
        if (sinks.TrueForAll(hook => hook.Target.Text.Length > 0 && !Enforcement.Says(hook, Cost())))
            item.Fail("fields", "the log names no cost: one line needs time, session id, cost, turns and exit reason", sinks[0].Place, sinks[0].Name);
        else if (context.Options.RunHooks && sinks.TrueForAll(hook => hook is { Type: "command", Source: not ("plugin" or "agent") } && !Enforcement.FetchesCode(hook.CommandLine))) Tried(context, item, sinks);
        else item.CannotTell($"what the foreign hook {Words.Quote(sinks[0].Said, 80)} writes was not tried", sinks[0].Place, Enforcement.WayToTry(sinks[0]));
    }

    /// <summary>Lets one session end in a fake home and looks at what the hooks have written there.</summary>
    private static void Tried(AuditContext context, ItemResult item, List<DeclaredHook> sinks)
    {
        const string Session = "00000000-0000-4000-8000-000000000007";
        using var probe = new HookProbe(context);
        var transcript = probe.Spend(4, Session);
        var before = probe.Texts();
        foreach (var hook in sinks)
        {
            var payload = $$"""{"session_id":"{{Session}}","transcript_path":"{{transcript}}","cwd":"{{probe.Project}}","hook_event_name":"{{hook.Event}}","reason":"prompt_input_exit","stop_hook_active":false}""" + "\n";
            probe.Run(hook, System.Text.Encoding.UTF8.GetBytes(payload));
        }
        var written = string.Concat(probe.Texts().Where(file => !before.TryGetValue(file.Key, out var old) || old != file.Value).Select(file => file.Value));
        var missing = new List<string>();
        if (!Year().IsMatch(written)) missing.Add("time");
        if (!written.Has(Session)) missing.Add("session id");
        if (!Cost().IsMatch(written) && !written.Has("4.0")) missing.Add("cost");
        if (!written.HasWord("turn")) missing.Add("turns");
        if (!written.Has("prompt_input_exit") && !written.HasWord("reason")) missing.Add("exit reason");
        if (missing.Count > 0) item.Fail("fields", $"run on request, the log {(written.Length == 0 ? "wrote nothing" : "lacks " + string.Join(", ", missing))}", sinks[0].Place, sinks[0].Name);
        else item.Note = "run on request, the log holds all five facts";
    }

    private static void Spool(AuditContext context, ItemResult item)
    {
        if (!context.Options.UseHome) return;
        var state = context.Options.StateDirectory;
        var spool = Path.Combine(state, "ship", "spool");
        try
        {
            var old = FilesOf(spool).Concat(FilesOf(Path.Combine(state, "ship", "queue"))).Count(file => file.LastWriteTimeUtc < context.Now.UtcDateTime.AddDays(-1));
            var dead = FilesOf(Path.Combine(state, "ship", "dead")).Length;
            if (dead + old > 0) item.Warn("undelivered", $"{old} events are older than a day, {dead} could not be delivered", new Place(spool), "spool", null, null, FixProposal.Guided("septim ship"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            item.CannotTell("the spool cannot be listed", new Place(spool));
        }
    }

    private static FileInfo[] FilesOf(string folder) => Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles("*.json", SearchOption.AllDirectories) : [];

    [GeneratedRegex(@"[12&]?>\s*/dev/null|2>&1", RegexOptions.CultureInvariant)] private static partial Regex NullSink();
    [GeneratedRegex(@">>|[^-=<]>\s*[""$~/\w{]|\btee\b|\bcurl\b|\bwget\b|\blogger\b|open\([^)]*[""']a|appendFile|writeFile|\.write\(|requests\.(post|put)|fetch\(|Add-Content|Out-File|Invoke-RestMethod|sqlite3|psql|\bnc\b|INSERT\s+INTO", RegexOptions.CultureInvariant)] private static partial Regex Sink();
    [GeneratedRegex(@"(\b(afplay|paplay|say|osascript|notify-send|aplay|printf|tput|true|cat|jq|sleep|exit|date|read|grep)|(?<!\S):)(?![\w.-])", RegexOptions.CultureInvariant)] private static partial Regex Sounds();
    [GeneratedRegex(@"\b(curl|wget|fetch|requests|urlopen|Invoke-RestMethod|Invoke-WebRequest|axios)\b[^\n]{0,400}https?://[\w.-]+\.\w+[^\s""']{0,200}", RegexOptions.CultureInvariant)] private static partial Regex LiteralUrl();
    [GeneratedRegex(@"\bcurl\b|\bwget\b|https?://|requests\.|fetch\(|Invoke-RestMethod|\bnc\b|logger", RegexOptions.CultureInvariant)] private static partial Regex Network();
    [GeneratedRegex(@"\b20\d\d-\d\d-\d\d|\b1[6-9]\d{8}\b", RegexOptions.CultureInvariant)] private static partial Regex Year();
    [GeneratedRegex(@"cost|usd|spend|usage|tokens", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)] private static partial Regex Cost();
}
