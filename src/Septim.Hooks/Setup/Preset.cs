using Septim.Hooks.Claude;

namespace Septim.Hooks.Setup;

/// <summary>How much of septim to switch on.</summary>
/// <param name="Name">As typed.</param>
/// <param name="Summary">One line for help.</param>
/// <param name="Events">Which events are wired.</param>
/// <param name="ShowsSpend">Whether a person who has no status line gets ours.</param>
/// <param name="Config">The <c>septim.json</c> that a person gets who has none.</param>
internal sealed record Preset(string Name, string Summary, IReadOnlyList<string> Events, bool ShowsSpend, string Config)
{
    private static readonly string[] GateEvents =
    [
        HookEvent.SessionStart, HookEvent.UserPromptSubmit, HookEvent.PreToolUse, HookEvent.PostToolBatch, HookEvent.SessionEnd,
    ];

    private static readonly string[] AllEvents =
    [
        .. GateEvents, HookEvent.ConfigChange, HookEvent.PostToolUseFailure, HookEvent.SubagentStop, HookEvent.Stop, HookEvent.StopFailure,
        HookEvent.Notification,
    ];

    public static readonly Preset Minimal = new("minimal", "the gates and a session ceiling of $10", GateEvents, ShowsSpend: false,
        """
        {
          "ceilings": {
            "sessionUsd": 10
          }
        }

        """);

    public static readonly Preset Recommended = new("recommended", "the gates, the record, and ceilings of $10 a session and $50 a day", AllEvents, ShowsSpend: true,
        """
        {
          "ceilings": {
            "sessionUsd": 10,
            "dayUsd": 50
          }
        }

        """);

    public static readonly Preset Strict = new("strict", "$5 a session, $2 a subagent, $20 a day, dearest estimate, no unknown models", AllEvents, ShowsSpend: true,
        """
        {
          "ceilings": {
            "sessionUsd": 5,
            "subagentUsd": 2,
            "dayUsd": 20,
            "sessionMinutes": 240,
            "sessionToolCalls": 1000
          },
          "reserve": "worst",
          "overheadPercent": 5,
          "unknownModel": "deny"
        }

        """);

    public static readonly Preset[] All = [Minimal, Recommended, Strict];

    public static Preset? Find(string name) => Array.Find(All, preset => preset.Name == name);
}
