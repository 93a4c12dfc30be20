using System.Text.RegularExpressions;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>18: long sessions are compacted before they get dear and unstable.</summary>
internal static partial class Compaction
{
    private const long FailBytes = 33_000_000;
    private const long WarnBytes = 20_000_000;

    public static readonly AuditCheck Check = new(
        18, "compaction", Severity.Medium,
        "Long sessions are compacted before they get dear and unstable.",
        "Auto-compaction is on by default; there is nothing to schedule, only not to be switched off. The 33 MB line is unsourced and kept as a warning line.",
        "Looks for DISABLE_COMPACT, DISABLE_AUTO_COMPACT, autoCompactEnabled and the window variables, for text that forbids it, and at the size of transcripts since their last boundary.",
        "Take the setting out; use /compact at milestones and /clear between tasks.",
        Judge);

    private static void Judge(AuditContext context, ItemResult item)
    {
        context.Settings.UsedBy(item);
        if (context.Options.UseHome)
        {
            item.Use(context.ClientStateInput);
            context.Transcripts.UsedBy(item);
        }
        foreach (var name in (string[])["DISABLE_COMPACT", "DISABLE_AUTO_COMPACT"])
        {
            if (context.Settings.Variable(name) is { } set && Words.IsTruthy(set.Value))
                item.Fail("disabled", $"{name} switches compaction off ({set.Origin})", set.Place, name, null, null, set.Setting is { } setting ? Remove(setting.Source.Path, "env", name) : FixProposal.Guided($"unset {name}"));
            else
                foreach (var one in context.Startup.Assignments.Where(one => one.Name == name && Words.IsTruthy(one.Value)))
                    item.Fail("disabled", $"{name} switches compaction off ({one.Chain})", one.Place, name);
        }
        if (context.Settings.Find("autoCompactEnabled") is { Value.IsFalse: true } off)
            item.Fail("disabled", $"autoCompactEnabled is false in the {off.Source.Name} settings", off.Place, "autoCompactEnabled", null, null, Remove(off.Source.Path, "autoCompactEnabled"));
        if (context.ClientState?["autoCompactEnabled"] is { IsFalse: true } state)
            item.Fail("disabled", "autoCompactEnabled is false in the client's state", new Place(context.ClientStateInput.Path, state.Line), "autoCompactEnabled", null, null, FixProposal.Guided("/config: switch auto-compact on"));
        Window(context, item);
        foreach (var file in context.Instructions.Files.Where(file => file.Input.HasText))
            foreach (Match match in Forbidden().Matches(file.Input.Text))
                item.Warn("forbidden-by-text", "an instruction file tells not to compact", file.Input.At(match.Index), "text");
        foreach (var session in context.Transcripts.Files.Where(file => !file.IsAgent))
        {
            var size = session.Bytes - session.AfterBoundary;
            if (size <= WarnBytes) continue;
            var evidence = (KeyValuePair<string, string>[])[Said("session", session.Session), Said("bytes since the last boundary", $"{size}"), Said("boundaries", $"{session.Boundaries}")];
            if (size > FailBytes && session.Modified > context.Now.AddDays(-30)) item.Fail("oversized", $"session {session.Session} grew by {size / 1_000_000} MB since its last compaction", new Place(session.Path), session.Session, null, null, null, evidence);
            else item.Warn("oversized", $"session {session.Session} grew by {size / 1_000_000} MB since its last compaction", new Place(session.Path), session.Session, null, null, null, evidence);
        }
        item.Note = "compaction is not switched off";
    }

    private static void Window(AuditContext context, ItemResult item)
    {
        if (context.Settings.Variable("CLAUDE_CODE_AUTO_COMPACT_WINDOW") is { } window && !(window.Value.Length is > 0 and < 10 && window.Value.All(char.IsAsciiDigit)))
            item.Fail("bad-window", $"CLAUDE_CODE_AUTO_COMPACT_WINDOW is not a plain number ({window.Origin}); the client reads 500k as 500", window.Place, "CLAUDE_CODE_AUTO_COMPACT_WINDOW");
        foreach (var name in (string[])["CLAUDE_AUTOCOMPACT_PCT_OVERRIDE", "CLAUDE_CODE_AUTO_COMPACT_PCT_OVERRIDE"])
            if (context.Settings.Variable(name) is { } percent && !(int.TryParse(percent.Value, System.Globalization.CultureInfo.InvariantCulture, out var value) && value is >= 1 and <= 100))
                item.Warn("bad-window", $"{name} is not a number from 1 to 100 ({percent.Origin})", percent.Place, name);
    }

    private static FixProposal Remove(string path, params string[] keys) => new("auto", $"--fix takes {keys[^1]} out", new FixEdit(path, FixEditKind.Remove, keys, ""));

    [GeneratedRegex(@"\b(never|do not|don't|must not|avoid|disable|turn off|switch off)\s+(use\s+|run\s+|the\s+|any\s+|all\s+)*(/compact\b|auto-?compact(ion|ing)?\b|compact(ion|ing)?\b(?!\s+(mode|code|style|form|format|notation|syntax|output|json|layout|view|function|class|name|loop|array|type|object|table|disc|report)))", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)] private static partial Regex Forbidden();
}
