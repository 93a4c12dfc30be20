using System.Text.RegularExpressions;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Which hooks are meant to refuse, and what their text says about whether they can.</summary>
internal static partial class Enforcement
{
    /// <summary>What a person runs to have a foreign hook tried; those of plugins and agents are never started by the audit.</summary>
    public static string WayToTry(DeclaredHook hook) => hook.Source is "plugin" or "agent" ? "septim selftest" : "septim audit --run-hooks tries it in a copy of the project; septim selftest shows its answers";

    private static readonly string[] RefusingEvents = ["PreToolUse", "UserPromptSubmit", "ConfigChange", "PermissionRequest", "PostToolBatch"];

    private static readonly string[] Utilities = ["grep", "egrep", "fgrep", "rg", "jq", "echo", "printf", "cat", "test", "[", "[[", "sed", "awk", "tr", "cut", "head", "tail", "read", "exit", "true", "false", "if", "then", "else", "fi", "case", "esac", "tee", "wc", ":", "!", "set"];

    /// <summary>Ours, or a command or http hook whose name, text or matcher speaks of refusing.</summary>
    public static bool IsEnforcing(DeclaredHook hook)
    {
        if (!RefusingEvents.Contains(hook.Event) || hook.Type is "prompt" or "agent" or "mcp_tool") return false;
        if (hook.IsOurs) return true;
        if (hook.Type == "http") return hook.Event == "PreToolUse";
        return hook.OnFailure == "block" || (hook.Event == "PreToolUse" && Blocks(hook)) || (hook.Event != "PreToolUse" && ExitsTwo().IsMatch(Code(hook))) || DenyWords().IsMatch(Text(hook)) || (hook.Target.Problem is not null && hook.Event == "PreToolUse");
    }

    /// <summary>Something in it can make the client refuse.</summary>
    public static bool Blocks(DeclaredHook hook) => Code(hook) is var code && (ExitsTwo().IsMatch(code) || (Decides().IsMatch(code) && Refuses().IsMatch(code)));

    public static bool Says(DeclaredHook hook, Regex words) => words.IsMatch(Text(hook));

    /// <summary>The command line's end throws a refusal away.</summary>
    public static bool IsSwallowed(DeclaredHook hook) =>
        hook.Args is null && (Swallowed().IsMatch(hook.Command) || SwallowedByNext().IsMatch(hook.Command) || (Piped().IsMatch(hook.Command) && !hook.Command.Has("pipefail") && !hook.Target.Text.Has("permissionDecision")));

    /// <summary>A failure of the hook itself is a refusal.</summary>
    public static bool FailsClosed(DeclaredHook hook) => hook.OnFailure == "block" || (hook.Args is null && ExitTwo().IsMatch(hook.Command));

    public static bool IsLegacy(DeclaredHook hook) => hook.Event == "PreToolUse" && Legacy().IsMatch(hook.Target.Text) && !hook.Target.Text.Has("permissionDecision");

    /// <summary>It fetches code and runs it.</summary>
    public static bool FetchesCode(string command) => RemoteCode().IsMatch(command) || UnpinnedRunner().IsMatch(command) || HasUnpinned(command);

    /// <summary>A launcher of item 28's grammar without an exact version.</summary>
    private static bool HasUnpinned(string command) =>
        ShellText.Split(command, _ => Place.None).Where(line => line.Words.Count > 0)
            .SelectMany(line => new LaunchedCommand(line.Words[0].Text, [.. line.Words.Skip(1).Select(word => word.Text)]).Innermost())
            .Where(one => one.Name is "npx" or "bunx" or "pnpx" or "npm" or "pnpm" or "yarn" or "bun" or "uvx" or "uv" or "pipx" or "deno" or "dnx")
            .SelectMany(one => PackagePin.Find(one, _ => null)).Any(pin => pin.State == "fail");

    /// <summary>The whole line is made of the shell's own tools, so that what it says is all that it does.</summary>
    public static bool IsPlainLine(DeclaredHook hook) =>
        hook.Args is null && hook.Target.Script is null && ShellText.Split(hook.Command, _ => Place.None) is { Count: > 0 } lines
        && lines.TrueForAll(line => Utilities.Contains(line.Words[0].Text[(line.Words[0].Text.LastIndexOf('/') + 1)..]) || line.Words[0].Text.Has("="));

    /// <summary>The same for a script's text: a guard's comments and patterns name what it refuses and fetch nothing.</summary>
    public static bool ScriptFetchesCode(string text) => RemoteCode().IsMatch(Quoted().Replace(WithoutComments(text), match => match.Value.Has("$(") ? match.Value : "''"));

    public static bool ReadsSpend(DeclaredHook hook) => SpendWords().IsMatch(Text(hook));

    /// <summary>The same without the script's comments: what is only talked about does nothing.</summary>
    public static string Code(DeclaredHook hook) => hook.CommandLine + "\n" + WithoutComments(hook.Target.Text);

    public static string Text(DeclaredHook hook) => hook.CommandLine + "\n" + hook.Target.Text;

    /// <summary>Programs that the script needs, from its command words.</summary>
    public static IEnumerable<string> Needs(DeclaredHook hook)
    {
        foreach (var name in (string[])["jq", "node", "python3", "python", "uv", "deno", "bun", "ruby", "perl", "pwsh"])
            if (hook.Target.Text.Length > 0 && Regex.IsMatch(WithoutComments(hook.Target.Text), $@"(^|[|;&(`\s]|\$\()({name})(?=\s|$)", RegexOptions.CultureInvariant | RegexOptions.Multiline, TimeSpan.FromMilliseconds(100))) yield return name;
    }

    private static string WithoutComments(string text) => string.Join('\n', text.Split('\n').Where((line, i) => i == 0 || !(line.TrimStart().StartsWith('#') || line.TrimStart().Starts("//"))).Select(line => line.Starts("#!") ? line.Replace("#!/usr/bin/env ", "", StringComparison.Ordinal) : line));

    [GeneratedRegex(@"\b(deny|denied|den(y|ies)|block(s|ed|ing)?|refus(e|es|ed)|forbid(den)?|guard|gate|protect|prevent|not allowed|disallow|dangerous|reject(ed)?)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)] private static partial Regex DenyWords();
    [GeneratedRegex(@"\bexit\s+2\b|exit\(\s*2\s*\)|\breturn\s+2\b|process\.exitCode\s*=\s*2|os\.Exit\(2\)|SystemExit\(2\)|\bexit\s+[""']?\$\{?\w+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)] private static partial Regex ExitsTwo();
    [GeneratedRegex(@"permissionDecision|\bdecision\b", RegexOptions.CultureInvariant)] private static partial Regex Decides();
    [GeneratedRegex(@"\b(deny|block|ask)\b", RegexOptions.CultureInvariant)] private static partial Regex Refuses();
    [GeneratedRegex(@"\|\|\s*(true|:|exit\s+0)\s*([;""')]|$)|;\s*(exit\s+0|true)\s*[""']?\s*$|2>\s*/dev/null\s*\|\|\s*(true|:|exit\s+0|echo)", RegexOptions.CultureInvariant)] private static partial Regex Swallowed();
    [GeneratedRegex(@"\|\|\s*(echo|printf|logger)\b(?![^\n]*\bexit\s+2\b)", RegexOptions.CultureInvariant)] private static partial Regex SwallowedByNext();
    [GeneratedRegex(@"(?<!\|)\|\s*(tee|cat|logger|ts|sed|grep)\b[^|;&]*$|(?<!&)&\s*$", RegexOptions.CultureInvariant)] private static partial Regex Piped();
    [GeneratedRegex(@"\|\|\s*(exit\s+2|\{\s*[^}]*exit\s+2[^}]*\})", RegexOptions.CultureInvariant)] private static partial Regex ExitTwo();
    [GeneratedRegex(@"[""']?decision[""']?\s*:\s*\\?[""']block", RegexOptions.CultureInvariant)] private static partial Regex Legacy();
    [GeneratedRegex(@"\b(curl|wget|iwr|irm|Invoke-WebRequest|Invoke-RestMethod)\b[^|;&\n]{0,400}\|\s*(sudo\s+)?(env\s+)?(ba|z|da)?(sh|python3?|node|perl|ruby|iex|Invoke-Expression)\b|\b(ba|z)?sh\s+(-c\s+)?[""']?(<\(|\$\()\s*(curl|wget)|\biex\b[^\n]{0,80}(iwr|irm|Invoke-WebRequest|Invoke-RestMethod|DownloadString)|\beval\s+[""']?\$\(\s*(curl|wget)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)] private static partial Regex RemoteCode();
    [GeneratedRegex(@"(^|[\s;&|])(npx(?![^;&|\n]*\s--no(-install)?\b)|bunx|pnpm dlx|yarn dlx|uvx|pipx run)\s+(-\S+\s+)*(?!-)(@?[\w./-]+)(@latest)?(?![\w./@=-])", RegexOptions.CultureInvariant)] private static partial Regex UnpinnedRunner();
    [GeneratedRegex(@"'[^'\n]*'|""(\\.|[^""\\\n])*""", RegexOptions.CultureInvariant)] private static partial Regex Quoted();
    [GeneratedRegex(@"transcript_path|\.claude/projects|\busage\b|\bcost|_tokens\b|\bbudget|\bspend|\busd\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)] private static partial Regex SpendWords();
}
