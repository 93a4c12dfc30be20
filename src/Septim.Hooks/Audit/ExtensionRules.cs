namespace Septim.Hooks.Audit;

/// <summary>What lies beyond the thirty items: each rule with when it fires and what to do. Pages, SARIF and <c>explain</c> read this table.</summary>
internal static class ExtensionRules
{
    /// <param name="Name">After <c>SEPX.</c></param>
    /// <param name="Severity">Of its findings, unless a finding says otherwise.</param>
    /// <param name="Fires">When.</param>
    /// <param name="Repair">What to do.</param>
    internal sealed record Rule(string Name, Severity Severity, string Fires, string Repair);

    public static readonly Rule[] All =
    [
        new("attestation-uncommitted", Severity.Medium, "The project's attestations are not as in HEAD.", "Commit .septim/attestations.json, so that it is reviewed."),
        new("attestation-unreadable", Severity.Medium, "A file of attestations cannot be understood; none in it counts.", "Mend the file."),
        new("base-url", Severity.High, "A project file sets ANTHROPIC_BASE_URL or a proxy: prompts and key go there.", "Take it out of the project; set it in your own settings if it is meant."),
        new("bypass-flags", Severity.Medium, "A script or CI line starts the client with --bare, --safe-mode, --restricted, or without project settings: hooks do not run.", "Leave the flag out, or wire septim in the managed settings."),
        new("bypass-permissions", Severity.High, "Bypass mode is the default, its warning is switched off, or recent sessions ran in it, and nothing disables it.", "\"permissions\": {\"disableBypassPermissionsMode\": \"disable\"}"),
        new("ci-latest-client", Severity.Medium, "CI installs the client without a version.", "Name the version that was tried."),
        new("ci-no-full-history", Severity.Low, "The audit runs in CI on a shallow checkout, so item 06 will be unknown.", "actions/checkout with fetch-depth: 0."),
        new("ci-no-limits", Severity.High, "A Claude step has no timeout-minutes, --max-turns or --max-budget-usd.", "Set all three."),
        new("ci-open-trigger", Severity.High, "Everybody may start the client, or a stranger's text is put into its prompt.", "Name the users and bots; hand the text over in a file or variable."),
        new("ci-pull-request-target", Severity.Critical, "A stranger's pull request starts a job with secrets that runs Claude or checks out the head.", "Use pull_request, or a job without secrets."),
        new("ci-unpinned-action", Severity.High, "An action is not named by its commit.", "uses: owner/name@<40 hex digits>"),
        new("config-unguarded", Severity.Medium, "The gates stand only in files that the model can write, and no ConfigChange hook holds them.", "septim install wires config-gate; managed settings are stronger."),
        new("dead-event", Severity.High, "A hook is wired for an event that the client does not know.", "Correct the name."),
        new("dead-matcher", Severity.High, "A matcher or an if condition can never match.", "Correct the name; mcp__server__.* for a server."),
        new("hook-fetches-code", Severity.Critical, "A hook, status line, helper or server pipes a download to an interpreter.", "Keep the code in the repository, at a version."),
        new("hook-timeout", Severity.Medium, "A gate has the default timeout or more than 60 s, or a SessionEnd hook has 1.5 s for work that takes longer.", "Set timeout."),
        new("hooks-disabled", Severity.Critical, "disableAllHooks or allowManagedHooksOnly removes hooks that items rely on.", "Take it out, or wire the gates in the managed settings."),
        new("matcher-ignored", Severity.Low, "An event that takes no matcher has one.", "Take the matcher out."),
        new("no-persistence", Severity.Medium, "A run leaves no transcript, or leaves it elsewhere: its spend is not seen.", "Leave the flag or the variable out."),
        new("old-client", Severity.Medium, "The recorded client is too old for onFailure.", "Update the client."),
        new("permission-typo", Severity.Medium, "A permission rule names an unknown tool or has a form without effect.", "Correct the rule."),
        new("project-env-risk", Severity.High, "A project file sets a variable that decides which code runs.", "Take it out of the project."),
        new("project-mcp-auto", Severity.High, "Every server of a project's .mcp.json is approved unseen.", "Approve by name with enabledMcpjsonServers."),
        new("settings-dropped", Severity.Critical, "The client ignores a settings file or an entry without a word.", "septim doctor shows the place; mend it."),
        new("suppression-unused", Severity.Low, "A suppression matched nothing.", "Take it out."),
        new("suppression-void", Severity.Medium, "A suppression lacks a field, has expired, or covers too much; it counts for nothing.", "Complete it, or take it out."),
        new("unreadable", Severity.Medium, "Something beyond the items could not be judged.", "Make it readable, then audit again."),
        new("world-writable", Severity.High, "Settings, a hook script, an agent or the configuration directory can be written by others.", "chmod o-w"),
    ];

    public static Rule? Find(string rule) => Array.Find(All, one => rule == "SEPX." + one.Name);
}
