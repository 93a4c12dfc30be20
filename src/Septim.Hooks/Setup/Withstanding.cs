namespace Septim.Hooks.Setup;

/// <summary>
/// One attempt to get rid of the hooks, and which wiring withstands it, as measured with the client 2.1.330 on Linux, 2026-11. The
/// table in SECURITY.md says the same; a test holds the two, and the end-to-end tests that are named, against one another.
/// </summary>
/// <param name="Attempt">As <c>septim doctor</c> says it.</param>
/// <param name="InTable">The beginning of its row in SECURITY.md.</param>
/// <param name="Test">The end-to-end test that shows it with the real client.</param>
/// <param name="Cases">What that test calls it; empty when it tries all at once.</param>
/// <param name="Project">Whether hooks in the project's files withstand it; null where nothing is said.</param>
/// <param name="User">Hooks in the user's settings.</param>
/// <param name="CommandLine">Hooks given by <c>septim run</c>.</param>
/// <param name="Managed">Hooks in the managed settings.</param>
internal sealed record Withstanding(string Attempt, string InTable, string Test, string[] Cases, bool? Project, bool? User, bool? CommandLine, bool? Managed)
{
    public static readonly IReadOnlyList<Withstanding> All =
    [
        new("edits by the model", "Write or Edit of settings", "TamperingTests.No_write_or_edit_switches_the_hooks_off", [], true, true, true, true),
        new("command lines that change its files", "a command line that writes", "TamperingTests.No_command_line_switches_the_hooks_off", [], true, true, true, true),
        new("command lines that start a client without hooks", "a command line that starts `claude`", "TamperingTests.No_command_line_switches_the_hooks_off", [], true, true, true, true),
        new("command lines that start a client where no settings hold them", "a client that a command line starts",
            "RunTests.Client_that_would_start_without_our_hooks_makes_no_request", [], true, true, true, true),
        new("settings changed while a session runs", "a program changes the settings while the session runs",
            "WithstandTests.Change_behind_its_back_does_not_switch_off_a_running_session", [], true, true, true, true),
        new("disableAllHooks in a file before the next start", "the same before the next start: `disableAllHooks`",
            "WithstandTests.What_holds_in_the_next_session_after_such_a_change", ["disabled"], false, false, true, true),
        new("settings emptied, deleted or corrupted before the next start", "the same before the next start: the file",
            "WithstandTests.What_holds_in_the_next_session_after_such_a_change", ["emptied", "deleted", "corrupted", "emptied and disabled"], false, false, true, true),
        new("a client started with --bare or --safe-mode", "a client started elsewhere with `--bare`",
            "WithstandTests.What_holds_in_a_client_that_is_started_with_such_an_option", ["--bare", "--safe-mode"], false, false, false, true),
        new("a client started with --setting-sources", "a client started elsewhere with `--setting-sources`",
            "WithstandTests.What_holds_in_a_client_that_is_started_with_such_an_option", ["--setting-sources="], false, false, true, true),
        new("disableAllHooks in --settings", "a client started elsewhere with `--settings`",
            "WithstandTests.What_holds_in_a_client_that_is_started_with_such_an_option", ["--settings="], null, null, null, true),
        new("a --settings text without the key disableAllHooks", "`--settings` with hooks but without the key",
            "WithstandTests.Hooks_on_the_command_line_without_the_key_are_off_at_the_next_start", [], null, null, false, null),
        new("a --settings file that is emptied", "the `--settings` file itself is emptied",
            "WithstandTests.Settings_file_of_the_command_line_counts_as_it_was_at_the_start", [], null, null, null, null),
        new("a nested client that unsets the marker", "a nested client whose script unsets the marker",
            "SubagentGateTests.Client_too_deep_in_other_clients_makes_no_request_even_without_its_marker", [], true, true, true, true),
    ];

    /// <summary>What hooks in files of that scope do; null where nothing is said.</summary>
    public bool? Holds(SettingsScope scope) => scope switch
    {
        SettingsScope.Managed => Managed,
        SettingsScope.User => User,
        _ => Project,
    };

    /// <summary>Two lines about one scope: what is withstood, and what is not.</summary>
    public static IEnumerable<string> Lines(SettingsScope scope)
    {
        yield return "withstands: " + string.Join("; ", Those(scope, holds: true));
        var limits = string.Join("; ", Those(scope, holds: false));
        yield return limits.Length > 0
            ? $"does not withstand: {limits} (`septim run` or the managed settings do, see SECURITY.md)"
            : "only an administrator changes it";
    }

    private static IEnumerable<string> Those(SettingsScope scope, bool holds)
    {
        foreach (var row in All)
            if (row.Holds(scope) == holds) yield return row.Attempt;
    }
}
