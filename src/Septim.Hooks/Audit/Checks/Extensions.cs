using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Surroundings;
using Septim.Hooks.Claude;

namespace Septim.Hooks.Audit.Checks;

/// <summary>What lies beyond the thirty items (checklist §13): its own section in reports, never counted.</summary>
internal static partial class Extensions
{
    private static readonly string[] RiskyVariables = ["PATH", "LD_PRELOAD", "LD_LIBRARY_PATH", "NODE_OPTIONS", "PYTHONPATH", "BASH_ENV", "GIT_SSH_COMMAND", "GIT_SSH", "GIT_EXTERNAL_DIFF", "GIT_ASKPASS", "GIT_PROXY_COMMAND", "PROMPT_COMMAND", "ENV"];
    private static readonly string[] Redirects = ["ANTHROPIC_BASE_URL", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];
    private static readonly string[] WithMatcher = ["PreToolUse", "PostToolUse", "PostToolUseFailure", "PermissionRequest", "PermissionDenied", "Notification", "SessionStart", "SessionEnd", "PreCompact", "PostCompact", "SubagentStart", "SubagentStop", "ConfigChange", "Setup", "StopFailure", "UserPromptExpansion", "InstructionsLoaded", "FileChanged", "Elicitation", "ElicitationResult", "PreModelSwitch", "PostModelSwitch"];
    private static readonly string[] ToolEvents = ["PreToolUse", "PostToolUse", "PostToolUseFailure", "PermissionRequest", "PermissionDenied"];

    public static void Judge(AuditContext context, ItemResult item)
    {
        Settings(context, item);
        Hooks(context, item);
        Ci(context, item);
        Permissions(context, item);
        foreach (var run in context.Runs.All)
        {
            foreach (var flag in (string[])["--bare", "--safe-mode", "--restricted"])
                if (run.Has(flag)) item.Warn("bypass-flags", $"{flag} switches the project's hooks off", run.Place, flag, Severity.Medium);
            if (run.Has("--setting-sources") && !(ModelSelection.Option(run.Command, "--setting-sources") ?? "").Has("project")) item.Warn("bypass-flags", "--setting-sources without project switches the project's hooks off", run.Place, "--setting-sources", Severity.Medium);
            if (run.Command.Has("CLAUDE_CONFIG_DIR=") || (context.Inputs.IsKnown(run.Place.Path, out var script) && MovedConfiguration().IsMatch(script.Text))) item.Warn("no-persistence", "the run has a configuration directory of its own: its spend is seen by nobody else", run.Place, "CLAUDE_CONFIG_DIR", Severity.Medium);
            if (run.Has("--no-session-persistence")) item.Warn("no-persistence", "--no-session-persistence writes no transcript: spend cannot be seen", run.Place, "--no-session-persistence", Severity.Medium);
        }
        if (context.ClientVersion is { } version && version < Setup.Wiring.FirstWithOnFailure)
            item.Warn("old-client", $"the recorded client {version} is older than 2.1.295 and does not know onFailure", Place.None, "client", Severity.Medium);
        if (context.Repository.IsTracked(context.Attestations.ProjectPath) ? context.Repository.DiffersFromHead(context.Attestations.ProjectPath) : context.Repository.Exists && File.Exists(context.Attestations.ProjectPath))
            item.Warn("attestation-uncommitted", "the project's attestations are not as in HEAD", new Place(context.Attestations.ProjectPath), "attestations", Severity.Medium);
        foreach (var (place, why) in context.Attestations.Problems) item.Warn("attestation-unreadable", $"no attestation in this file counts: {why}", place, "attestations", Severity.Medium);
    }

    private static void Settings(AuditContext context, ItemResult item)
    {
        foreach (var source in context.Settings.Sources)
        {
            foreach (var drop in source.Drops)
            {
                if (drop.Key.Starts("hooks.") && drop.Key.AsSpan(6).IndexOf('.') < 0 && Array.IndexOf(HookEvent.All, drop.Key[6..]) < 0)
                    item.Fail("dead-event", $"{drop.Key[6..]}: {drop.Why}", new Place(source.Path, drop.Line), drop.Key, Severity.High);
                item.Fail(
                    "settings-dropped", $"the client ignores {(drop.WholeFile && !source.IsManaged ? "this whole file" : "this entry")} without a word: {(drop.Key.Length == 0 ? "" : drop.Key + ": ")}{drop.Why}",
                    new Place(source.Path, drop.Line), drop.Key, drop.WholeFile && !source.IsManaged ? Severity.Critical : Severity.High);
            }
            if (HooksVersioned.IsWritable(source.Path) && source.Input.IsThere) item.Fail("world-writable", "others on this machine can write these settings", new Place(source.Path), source.Name, Severity.High, null, FixProposal.Guided($"chmod go-w {context.Roots.Show(source.Path)}"));
            if (!source.IsInProject) continue;
            foreach (var member in source.Root?["env"]?.Members ?? [])
            {
                var place = new Place(source.Path, member.Line);
                if (Redirects.Contains(member.Key) || (member.Key.Starts("ANTHROPIC_") && member.Key.Ends("_BASE_URL"))) item.Fail("base-url", $"{member.Key} in a project file sends prompts and key elsewhere", place, member.Key, Severity.High);
                else if (RiskyVariables.Contains(member.Key) || member.Key.Starts("DYLD_")) item.Fail("project-env-risk", $"{member.Key} in a project file decides which code runs", place, member.Key, Severity.High);
            }
        }
        if (context.Hooks.OthersOff || context.Hooks.ManagedOff)
            item.Fail("hooks-disabled", "disableAllHooks is in force: no hook runs", context.Hooks.OffPlace, "disableAllHooks", Severity.Critical);
        else if (context.Hooks.ManagedOnly && context.Hooks.All.Exists(hook => hook.Source != "managed"))
            item.Fail("hooks-disabled", "allowManagedHooksOnly drops hooks that are wired elsewhere", Place.None, "allowManagedHooksOnly", Severity.Critical);
        if (context.Settings.Find("enableAllProjectMcpServers") is { Value.IsTrue: true } all) item.Fail("project-mcp-auto", "every server of a project's .mcp.json is approved unseen", all.Place, all.Source.Name, Severity.High);
        var disabled = context.Settings.Find("permissions.disableBypassPermissionsMode") is { Text: "disable" };
        if (disabled) return;
        if (context.Settings.Find("permissions.defaultMode") is { Text: "bypassPermissions" } mode) item.Fail("bypass-permissions", "bypassPermissions is the default mode", mode.Place, "defaultMode", Severity.High);
        if (context.Settings.Find("skipDangerousModePermissionPrompt") is { Value.IsTrue: true } skip) item.Fail("bypass-permissions", "the warning before bypass mode is switched off", skip.Place, "skipDangerousModePermissionPrompt", Severity.High);
        if (context.Transcripts.Files.FirstOrDefault(file => file.LastTime > context.Now.AddDays(-30) && file.PermissionModes.Contains("bypassPermissions")) is { } used)
            item.Warn("bypass-permissions", "sessions of the last 30 days ran in bypass mode", new Place(used.Path), "recorded", Severity.High);
    }

    private static void Hooks(AuditContext context, ItemResult item)
    {
        foreach (var hook in context.Hooks.All.DistinctBy(hook => (hook.Place, hook.Event, hook.Matcher, hook.CommandLine)))
        {
            if (ToolEvents.Contains(hook.Event) && DeadMatcher(context, hook) is { } why) item.Fail("dead-matcher", why, hook.Place, hook.Name, Severity.High);
            if (hook.If is { } condition && ToolEvents.Contains(hook.Event) && !IsRule(condition)) item.Fail("dead-matcher", $"if {condition} cannot be parsed: the hook never runs", hook.Place, hook.Name, Severity.High);
            if (hook.If is not null && !ToolEvents.Contains(hook.Event)) item.Fail("dead-matcher", $"if on {hook.Event}: the hook never runs", hook.Place, hook.Name, Severity.High);
            if (hook.Matcher.Length > 0 && hook.Matcher != "*" && Array.IndexOf(HookEvent.All, hook.Event) >= 0 && !WithMatcher.Contains(hook.Event)) item.Warn("matcher-ignored", $"{hook.Event} takes no matcher", hook.Place, hook.Name, Severity.Low);
            if (Enforcement.FetchesCode(hook.CommandLine)) item.Fail("hook-fetches-code", "the hook fetches code and runs it", hook.Place, hook.Name, Severity.Critical);
            if (hook is { Event: "PreToolUse", Timeout: > 60 }) item.Warn("hook-timeout", $"a tool waits up to {hook.Timeout} s for this hook", hook.Place, hook.Name, Severity.Medium);
            if (hook is { Event: "SessionEnd", Timeout: null, IsOurs: false } && Slow().IsMatch(Enforcement.Code(hook))) item.Warn("hook-timeout", "the client ends SessionEnd hooks after 1.5 s unless their own timeout says more", hook.Place, hook.Name, Severity.Medium, null, FixProposal.Guided("\"timeout\": 10"));
            if (hook is { Event: "PreToolUse", Timeout: null } && hook.Type == "command" && Enforcement.IsEnforcing(hook)) item.Warn("hook-timeout", "a gate with the default timeout of 600 s", hook.Place, hook.Name, Severity.Low);
        }
        Writable(context, item);
        foreach (var server in context.Mcp.Here)
            if (server.Node["headersHelper"] is { IsText: true } helper && Enforcement.FetchesCode(helper.Text)) item.Fail("hook-fetches-code", $"the headersHelper of {server.Name} fetches code and runs it", server.Place, server.Name, Severity.Critical);
        foreach (var key in (string[])["statusLine.command", "apiKeyHelper", "otelHeadersHelper", "awsAuthRefresh", "awsCredentialExport"])
            if (context.Settings.Find(key) is { Value.IsText: true } set && Enforcement.FetchesCode(set.Text)) item.Fail("hook-fetches-code", $"{key} fetches code and runs it", set.Place, key, Severity.Critical);
        foreach (var server in context.Mcp.Here)
            if (Enforcement.FetchesCode(string.Join(' ', server.Args.Select(arg => arg.Text))) && server.Line.Has("|")) item.Fail("hook-fetches-code", $"the server {server.Name} fetches code and runs it", server.Place, server.Name, Severity.Critical);
        var enforcing = context.Hooks.Effective.Where(Enforcement.IsEnforcing).ToList();
        if (enforcing.Count > 0 && enforcing.TrueForAll(hook => hook.Source != "managed") && !context.Hooks.On("ConfigChange").Any(hook => hook.IsOurs || Enforcement.Blocks(hook)))
            item.Warn("config-unguarded", "the gates stand only in files that the model can write, and no ConfigChange hook holds them", enforcing[0].Place, "ConfigChange", Severity.Medium, null, SessionCostGate.InstallFix(context));
    }

    /// <summary>What decides about the client's rights and must be its owner's alone; settings are looked at with the settings.</summary>
    private static void Writable(AuditContext context, ItemResult item)
    {
        var paths = AgentFiles.Find(context).Select(agent => agent.Path).Concat(context.Hooks.All.Select(hook => hook.Target.Script).OfType<string>());
        if (context.Options.UseHome) paths = paths.Append(context.Options.ConfigDirectory).Append(Path.Combine(context.Options.ConfigDirectory, "agents")).Append(Path.Combine(context.Options.ConfigDirectory, "hooks"));
        foreach (var path in paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            if (Path.Exists(path) && HooksVersioned.IsWritableByOthers(path))
                item.Fail("world-writable", "others on this machine can write what the client obeys", new Place(path), context.Roots.Show(path), Severity.High, null, FixProposal.Guided($"chmod o-w {context.Roots.Show(path)}"));
    }

    /// <summary>The form of a permission rule: a tool's name, perhaps with one pair of brackets behind it.</summary>
    private static bool IsRule(string condition) =>
        condition.IndexOf('(') is var open && (open < 0 ? condition.IndexOf(')') < 0 && condition.Trim().Length > 0 : open > 0 && condition.TrimEnd().EndsWith(')'));

    private static string? DeadMatcher(AuditContext context, DeclaredHook hook)
    {
        var matcher = hook.Matcher;
        if (HookMatcher.IsAll(matcher)) return null;
        if (HookMatcher.IsInvalid(matcher)) return $"the matcher {matcher} is not a valid expression: it never matches";
        var tools = HookMatcher.Tools.Concat(context.Mcp.Here.Select(server => $"mcp__{McpFiles.Normal(server.Name)}__tool")).ToList();
        if (!HookMatcher.IsNameList(matcher))
        {
            if (tools.Exists(tool => HookMatcher.Matches(matcher, tool))) return null;
            if (NamedServer().Match(matcher) is not { Success: true } named) return matcher.Has("mcp__") ? null : $"the matcher {matcher} matches no tool";
            // Why: an expression over several servers may be meant for those to come; one that names a server is meant for that one.
            return context.Mcp.Here.Any(server => McpFiles.Normal(server.Name) == named.Groups["n"].Value) ? null : $"{matcher}: no server {named.Groups["n"].Value} is defined";
        }
        foreach (var name in matcher.Split(['|', ',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (name.Starts("mcp__"))
            {
                var parts = name.Split("__");
                if (parts.Length < 3) return $"{name} alone matches nothing; write {name}__.*";
                if (!context.Mcp.Here.Any(server => McpFiles.Normal(server.Name) == parts[1])) return $"{name}: no server {parts[1]} is defined";
                continue;
            }
            if (HookMatcher.Tools.Contains(name)) continue;
            var near = Array.Find(HookMatcher.Tools, tool => tool.Same(name) || name.Same(tool + "Tool") || name.Same(tool + "FileTool"));
            return $"there is no tool {name}{(near is null ? "" : $"; the name is {near}")}";
        }
        return null;
    }

    private static void Ci(AuditContext context, ItemResult item)
    {
        foreach (var job in context.Ci.Jobs.Where(job => !job.IsOff))
        {
            var triggers = job.File.Triggers.ToList();
            var runsClaude = job.RunsClaudeItself;
            var hasSecrets = job.Node.Scalars().Any(part => part.Value.Text.Has("secrets."));
            foreach (var step in job.Steps.Where(step => !step.IsOff))
            {
                Unpinned(item, job, step);
                if (step.Run.Length > 0 && InstallsClient().IsMatch(step.Run)) item.Warn("ci-latest-client", "the client is installed without a version", job.At(step.Script!), job.Name, Severity.Medium);
                if (step.Run.Has("septim audit") && job.Steps.FirstOrDefault(other => other.Uses.Starts("actions/checkout")) is { } checkout && checkout.Node.At("with.fetch-depth")?.Text != "0")
                    item.Warn("ci-no-full-history", "the audit runs on a shallow checkout: item 06 will be unknown", job.At(checkout.Node), job.Name, Severity.Low);
                foreach (var key in (string[])["allowed_non_write_users", "allowed_bots"])
                    if (step.Node.At($"with.{key}") is { Text: "*" } open) item.Fail("ci-open-trigger", $"{key}: everybody can start the client", job.At(open), job.Name, Severity.High);
                foreach (var part in (string[])["prompt", "direct_prompt", "override_prompt", "custom_instructions"])
                    if (step.Node.At($"with.{part}") is { } text && CiSecretScope.EventText().IsMatch(text.Text)) item.Fail("ci-open-trigger", "text that a stranger writes is put into the prompt", job.At(text), job.Name, Severity.High);
                if (step.RunsClaude) Limits(item, job, step);
            }
            if (!triggers.Exists(trigger => trigger is "pull_request_target" or "workflow_run") || !hasSecrets) continue;
            var head = job.Steps.FirstOrDefault(step => step.Uses.Starts("actions/checkout") && (step.Node.At("with.ref")?.Text ?? "").Has("head"));
            if (runsClaude || head is not null) item.Fail("ci-pull-request-target", "a stranger's pull request starts this job with secrets", job.At(job.Node), job.Name, Severity.Critical);
        }
    }

    private static void Unpinned(ItemResult item, CiJob job, CiStep step)
    {
        if (step.Uses.Length == 0 || step.Uses.Starts("./") || Commit().IsMatch(step.Uses)) return;
        var first = step.Uses.Starts("actions/") || step.Uses.Starts("github/");
        if (first) item.Warn("ci-unpinned-action", $"{step.Uses} is not at a commit", job.At(step.Node["uses"]!), step.Uses, Severity.Low);
        else item.Warn("ci-unpinned-action", $"{step.Uses} is not at a commit: its owner can change what runs", job.At(step.Node["uses"]!), step.Uses, Severity.High);
    }

    private static void Limits(ItemResult item, CiJob job, CiStep step)
    {
        var text = string.Join(' ', step.Node.Scalars().Select(part => part.Value.Text));
        var missing = new List<string>();
        if (job.Node["timeout-minutes"] is null && step.Node["timeout-minutes"] is null) missing.Add("timeout-minutes");
        if (!text.Has("--max-turns") && step.Node.At("with.max_turns") is null) missing.Add("--max-turns");
        if (!text.Has("--max-budget-usd")) missing.Add("--max-budget-usd");
        if (missing.Count > 0) item.Warn("ci-no-limits", $"the Claude step of job {job.Name} has no {string.Join(", no ", missing)}", job.At(step.Node), job.Name, Severity.High);
    }

    private static void Permissions(AuditContext context, ItemResult item)
    {
        foreach (var list in (string[])["permissions.allow", "permissions.deny", "permissions.ask"])
            foreach (var rule in context.Settings.List(list))
            {
                var tool = rule.Text.IndexOf('(') is var open and >= 0 ? rule.Text[..open] : rule.Text;
                if (tool.Starts("mcp__") || tool is "*" || tool.Has("*")) continue;
                if (!HookMatcher.Tools.Contains(tool)) item.Warn("permission-typo", $"{rule.Text}: there is no tool {tool}", rule.Place, rule.Text, Severity.Medium);
                else if (rule.Text.Starts("Bash(command:") || tool is "Write" or "Glob" or "NotebookEdit" && rule.Text.Has("(") && !rule.Text.Ends("()"))
                    item.Warn("permission-typo", $"{rule.Text}: this form has no effect", rule.Place, rule.Text, Severity.Medium);
            }
    }

    [GeneratedRegex(@"\b(curl|wget|sleep|git|npm|node|python3?|gh|aws|gcloud|ssh|scp|rsync|Invoke-\w+|requests|fetch)\b", RegexOptions.CultureInvariant)] private static partial Regex Slow();
    [GeneratedRegex(@"^\^?mcp__(?<n>[A-Za-z0-9-]+(_[A-Za-z0-9-]+)*)__", RegexOptions.CultureInvariant)] private static partial Regex NamedServer();
    [GeneratedRegex(@"^[ \t]*(export[ \t]+|\$env:|set[ \t]+-gx[ \t]+)?CLAUDE_CONFIG_DIR[ \t]*[=: ]", RegexOptions.CultureInvariant | RegexOptions.Multiline)] private static partial Regex MovedConfiguration();
    [GeneratedRegex(@"@[0-9a-f]{40}$|^docker://.*@sha256:[0-9a-f]{64}$", RegexOptions.CultureInvariant)] private static partial Regex Commit();
    [GeneratedRegex(@"@anthropic-ai/claude-code(?!@\d+\.\d+\.\d+)|claude\.ai/install\.sh", RegexOptions.CultureInvariant)] private static partial Regex InstallsClient();
}
