using System.Text.RegularExpressions;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Which tools a matcher catches, as the client decides it (checklist §12.1).</summary>
internal static class HookMatcher
{
    /// <summary>The built-in tools, for telling a dead matcher from a live one.</summary>
    public static readonly string[] Tools =
    [
        "Agent", "Task", "Bash", "BashOutput", "Edit", "MultiEdit", "ExitPlanMode", "EnterPlanMode", "Glob", "Grep", "KillShell", "KillBash", "LS", "ListMcpResources", "ListMcpResourcesTool", "ReadMcpResource", "ReadMcpResourceTool",
        "NotebookEdit", "NotebookRead", "Read", "SendMessage", "SlashCommand", "Skill", "TodoRead", "TodoWrite", "ToolSearch", "WebFetch", "WebSearch", "Workflow", "Write", "AskUserQuestion",
        "PowerShell", "TaskCreate", "TaskGet", "TaskList", "TaskOutput", "TaskStop", "TaskUpdate", "TeamCreate", "TeamDelete", "LSP", "Monitor", "CronCreate", "CronDelete", "CronList", "StructuredOutput", "EnterWorktree", "ExitWorktree",
    ];

    public static bool IsAll(string matcher) => matcher.Trim() is "" or "*" or ".*";

    public static bool Matches(string matcher, string tool)
    {
        if (IsAll(matcher)) return true;
        if (IsNameList(matcher))
        {
            foreach (var name in matcher.Split(['|', ',', ' '], StringSplitOptions.RemoveEmptyEntries))
                if (name == tool || (name == "Task" && tool == "Agent")) return true;
            return false;
        }
        try
        {
            return Regex.IsMatch(tool, matcher, RegexOptions.ECMAScript, TimeSpan.FromMilliseconds(50));
        }
        catch (ArgumentException)
        {
            return MatchesLoosely(matcher, tool);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>Whether an expression is invalid, so that it never matches.</summary>
    public static bool IsInvalid(string matcher)
    {
        if (IsAll(matcher) || IsNameList(matcher)) return false;
        try
        {
            _ = new Regex(matcher, RegexOptions.CultureInvariant);
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    /// <summary>Only letters, digits, _ - , | and spaces: a list of exact names.</summary>
    public static bool IsNameList(string matcher)
    {
        foreach (var c in matcher)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or ',' or '|' or ' ')) return false;
        return true;
    }

    // Why: look-behinds and named groups are fine in JavaScript and not in the ECMAScript mode here.
    private static bool MatchesLoosely(string matcher, string tool)
    {
        try
        {
            return Regex.IsMatch(tool, matcher, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(50));
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
