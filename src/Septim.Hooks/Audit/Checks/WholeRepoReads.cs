using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Surroundings;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>19: search first, then read named files.</summary>
internal static partial class WholeRepoReads
{
    public static readonly AuditCheck Check = new(
        19, "whole-repo-reads", Severity.Medium,
        "The model searches first and then reads named files.",
        "Read takes one path; a glob there is an error. Broad reading really happens by Glob **/* followed by many reads, by unbounded searches, and by cat over a tree.",
        "Looks at the text of agents, commands, skills, rules and CLAUDE.md, and at tool calls and result sizes in the transcripts.",
        "Write: \"Find with Grep (files_with_matches), then Read at most the 5 best files.\"",
        Judge);

    private static void Judge(AuditContext context, ItemResult item)
    {
        foreach (var file in context.Instructions.Files)
        {
            if (item.Use(file.Input) is null) continue;
            foreach (Match match in GlobRead().Matches(file.Input.Text))
                if (!IsNegated(file.Input.Text, match.Index) && !InPermissions(file.Input.Text, match.Index))
                    item.Fail("instructed", "the text orders to read a whole tree at once", file.Input.At(match.Index), "code", null, null, null, Said("text", Words.Quote(match.Value, 60)));
            foreach (Match match in Prose().Matches(file.Input.Text))
                if (!IsNegated(file.Input.Text, match.Index) && !IsQuoted(file.Input.Text, match.Index, match.Length)) item.Warn("instructed", "the text orders to read every file", file.Input.At(match.Index), "prose", null, null, null, Said("text", Words.Quote(match.Value, 60)));
        }
        if (context.Options.UseHome)
        {
            context.Transcripts.UsedBy(item);
            foreach (var session in context.Transcripts.Files) Observe(item, session);
        }
        if (context.Instructions.Files.Count == 0 && item.FilesRead.Count == 0 && item.Unknown is null) item.NotApplicable = "there is no instruction text and no transcript";
    }

    private static void Observe(ItemResult item, Transcript session)
    {
        var place = new Place(session.Path);
        long total = 0;
        TranscriptCall? largest = null;
        long most = 0;
        var byId = session.Calls.ToDictionary(call => call.Id, StringComparer.Ordinal);
        foreach (var (id, bytes) in session.ResultBytes)
        {
            total += bytes;
            if (bytes > most) (most, largest) = (bytes, byId.GetValueOrDefault(id));
        }
        if (most > 256 << 10) item.Warn("observed", $"session {session.Session}: one result of {largest?.Tool ?? "a tool"} brought {most >> 10} KiB into context", place, session.Session, null, null, null, Said("call", Words.Quote($"{largest?.Tool} {largest?.Detail}", 100)));
        if (total > 5_000_000) item.Warn("observed", $"session {session.Session}: tool results of {total / 1_000_000} MB in all", place, session.Session);
        for (var i = 0; i < session.Calls.Count; i++)
        {
            var call = session.Calls[i];
            if (call.Tool == "Glob" && call.Detail.TrimStart('.', '/') is "**/*" or "**" or "*" or "**/*.*")
            {
                var reads = session.Calls.Skip(i + 1).TakeWhile(next => next.Turn <= call.Turn + 2).Count(next => next.Tool == "Read");
                if (reads > 50) item.Warn("observed", $"session {session.Session}: {reads} reads within two turns after an unbounded Glob", place, session.Session);
            }
            if (call.Tool == "Bash" && CatTree().IsMatch(call.Detail))
                item.Warn("cat-tree", $"session {session.Session}: a Bash call concatenates a tree", place, session.Session, null, null, null, Said("call", Words.Quote(call.Detail, 100)));
        }
    }

    private static bool IsNegated(string text, int at)
    {
        var start = text.LastIndexOfAny(['.', '\n', '!', ':'], Math.Max(0, at - 1)) + 1;
        return Negation().IsMatch(text[start..at]);
    }

    /// <summary>A rule of a settings block or of a file's head, where such a form is right.</summary>
    private static bool InPermissions(string text, int at)
    {
        var start = text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1;
        var line = text[Math.Min(start, at)..at];
        if (line.Has("allowed-tools") || line.Has("tools:") || line.Has("allow:") || line.Has("deny:")) return true;
        if (text.Starts("---") && text.IndexOf("\n---", 3, StringComparison.Ordinal) is var end and > 0 && at < end) return true;
        var before = text[Math.Max(0, at - 200)..at];
        return before.Has("permissions") || before.Has("\"deny\"") || before.Has("\"allow\"");
    }

    /// <summary>Between quotation marks of its own line: an example, not an order.</summary>
    private static bool IsQuoted(string text, int at, int length)
    {
        var end = text.IndexOf('\n', at);
        var rest = text[(at + length)..(end < 0 ? text.Length : end)];
        return at > 0 && text[at - 1] is '"' or '“' && rest.AsSpan().IndexOfAny('"', '”') >= 0;
    }

    [GeneratedRegex(@"\b(Read|read_file|ReadFile)\(\s*\{?\s*([""']?(file_)?path[""']?\s*[:=]\s*)?[""'`]?[\w./-]*\*[^)\n]{0,80}\)", RegexOptions.CultureInvariant)] private static partial Regex GlobRead();
    [GeneratedRegex(@"\b(read(ing)?|load(ing)?|open(ing)?)\s+(every|all|each)(\s+of)?(\s+the)?(\s+\w+){0,2}?\s+files?\b[^.\n]{0,40}?\b(repo|repository|codebase|project|tree|src|directory)\b|\bread(ing)?\s+(every|all|each)(\s+the)?\s+source\s+files?\b|\b(read(ing)?|load(ing)?)\s+(the\s+)?(whole|entire)\s+(repo|repository|codebase|project|tree|source)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)] private static partial Regex Prose();
    [GeneratedRegex(@"\b(not|never|don't|avoid|without|instead of|rather than|no need)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)] private static partial Regex Negation();
    [GeneratedRegex(@"(^|[;&|({\n]|\b(do|then|else)\s)\s*(sudo\s+)?(cat|head|tail|bat|nl)\s+[^|;\n]{0,80}(\$\((find|git ls-files|ls -R|rg --files|fd)\b|`(find|git ls-files)\b|\*\*/)|\bfind\b[^|;\n]{0,200}-exec\s+(cat|head|tail)\b|\b(find|git ls-files|rg --files|fd)\b[^;\n]{0,200}\|\s*(xargs\s+(-I\s*\S+\s+|-\S+\s+)*(cat|head|tail)\b|while\s+read\b[^\n]{0,60}\bdo\s+cat\b)|\bfor\s+\w+\s+in\s+(\$\((find|git ls-files|ls -R|rg --files)\b[^\n]{0,200}?\)|\S*\*\*/\S*)\s*;?\s*do\s+[^;\n]{0,40}\bcat\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)] private static partial Regex CatTree();
}
