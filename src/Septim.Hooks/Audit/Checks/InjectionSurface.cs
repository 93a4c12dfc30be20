using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Secrets;
using Septim.Hooks.Audit.Surroundings;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>29: for each server that brings in what others can write, somebody has written down what stands in the way.</summary>
internal static partial class InjectionSurface
{
    public static readonly AuditCheck Check = new(
        29, "injection-surface", Severity.High,
        "For each server that brings in content that others can write, somebody has written down whether it could carry instructions and what stands in the way.",
        "Web pages, tickets, mail, rows and files can carry orders. Knowing is not curing, but what nobody has looked at nobody has stopped.",
        "Looks for each external-content server in docs/mcp-*.md, docs/security/*.md, SECURITY.md and .septim/mcp-surface.md (a heading or a filled table row), at approvals, and at whether one session holds their content, secrets in reach and a way out.",
        "Fill in .septim/mcp-surface.md (audit --fix writes the template): server, content source, who can write it, worst instruction, barrier, owner, date; then attest.",
        Judge);

    private static void Judge(AuditContext context, ItemResult item)
    {
        var any = McpFiles.Use(context, item);
        AutoApprove(context, item);
        foreach (var file in context.Instructions.Files)
            if (item.Use(file.Input) is { } input && Obey().Match(input.Text) is { Success: true } match && !Negated().IsMatch(input.Text[Math.Max(0, match.Index - 40)..match.Index]))
                item.Warn("obey-content", "the text orders to follow instructions found in fetched content", input.At(match.Index), "text", Severity.High, null, FixProposal.Guided("take the order out; write that fetched content is data and never an instruction"));
        if (!any)
        {
            if (item.Findings.Exists(finding => finding.State != FindingState.Info)) item.NotApplicable = null;
            return;
        }
        var documents = Documents(context, item);
        foreach (var server in context.Mcp.Here)
        {
            var kind = ServerClass.Of(server);
            if (!ServerClass.IsExternal(kind))
            {
                // Why: another machine answers, and neither its name nor its address says from what.
                if (server.IsRemote && HostOf(server) is var host && !(host is not null && Hosts.IsLocal(host)) && !documents.Any(text => IsNamed(text, server.Name)))
                    item.NeedsPerson($"what {server.Name} brings in from {host ?? "elsewhere"}, and who can write there, only a person can say", $"mcp:{server.Name}", $"mcp:{server.Hash}");
                continue;
            }
            if (!documents.Any(text => IsNamed(text, server.Name)))
            {
                item.Fail("undocumented", $"{server.Name} ({kind}) brings in content that others can write, and no document names it", server.Place, server.Name, null, null, Template(context), Said("server", server.Name), Said("class", kind));
                continue;
            }
            var stale = context.Attestations.All.Exists(one => one.Number == 29 && one.Subject == $"mcp:{server.Name}" && one.Binds != $"mcp:{server.Hash}");
            if (stale) item.Warn("stale-doc", $"{server.Name} was changed after it was attested", server.Place, server.Name);
            item.NeedsPerson($"whether what is written about {server.Name} still holds only a person can say", $"mcp:{server.Name}", $"mcp:{server.Hash}");
        }
        Trifecta(context, item);
        item.Note = "every external-content server is documented";
    }

    /// <summary>External content, secrets in reach and a way out in one session: each alone is harmless.</summary>
    private static void Trifecta(AuditContext context, ItemResult item)
    {
        if (context.Mcp.Here.FirstOrDefault(server => ServerClass.IsExternal(ServerClass.Of(server))) is not { } external) return;
        if (WayOut(context) is not { } way) return;
        var reach = context.Fails(ShellStartupCredentials.Check) ? "credentials in the environment (item 02)" : context.Fails(ReadExclusions.Check) ? "readable secret files (item 16)" : null;
        if (reach is null) return;
        item.Warn(
            "trifecta", $"one session holds content of others ({external.Name}), {reach}, and a way out ({way.Text})", way.Place, "trifecta", Severity.High, null,
            FixProposal.Guided("allow WebFetch by domain only, take curl and Bash(*) out of permissions.allow, or set sandbox.network.allowedDomains"), Said("server", external.Name), Said("secrets", reach), Said("way out", way.Text));
    }

    private static (string Text, Place Place)? WayOut(AuditContext context)
    {
        var sandbox = context.Settings.Find("sandbox.enabled") is { Value.IsTrue: true } && context.Settings.List("sandbox.network.allowedDomains").Any();
        if (context.Settings.Find("permissions.defaultMode") is { Text: "bypassPermissions" } mode && !sandbox) return ("bypassPermissions", mode.Place);
        foreach (var rule in context.Settings.List("permissions.allow"))
        {
            var text = rule.Text.Replace(":*", "*", StringComparison.Ordinal).Replace(" *", "*", StringComparison.Ordinal);
            if (text is "WebFetch" or "WebFetch(*)" or "WebFetch(domain*)") return (rule.Text, rule.Place);
            if (!sandbox && text is "Bash" or "Bash(*)" or "Bash(**)" or "Bash(curl*)" or "Bash(wget*)" or "Bash(nc*)" or "Bash(ssh*)") return (rule.Text, rule.Place);
        }
        return null;
    }

    private static void AutoApprove(AuditContext context, ItemResult item)
    {
        foreach (var source in context.Settings.Sources)
        {
            if (source.Root?["enableAllProjectMcpServers"] is not { IsTrue: true } set) continue;
            var place = new Place(source.Path, set.Line);
            if (source.IsInProject) item.Warn("auto-approve", "every server of the project's .mcp.json is approved unseen", place, source.Name, Severity.Medium, null, FixProposal.Guided("take enableAllProjectMcpServers out; approve by name with enabledMcpjsonServers"));
            else item.Fail("auto-approve", $"the {source.Name} settings approve every server of every cloned repository unseen", place, source.Name, null, null, FixProposal.Guided("take enableAllProjectMcpServers out; approve by name with enabledMcpjsonServers"));
        }
    }

    private static FixProposal Template(AuditContext context) => Path.Exists(Path.Combine(context.Options.Project, ".septim", "mcp-surface.md"))
        ? FixProposal.Guided("fill in its row of .septim/mcp-surface.md: | server | content source | who can write it | worst instruction | barrier | owner | date |")
        : new(
        "auto", "--fix writes the template .septim/mcp-surface.md; fill in its rows",
        new FixEdit(Path.Combine(context.Options.Project, ".septim", "mcp-surface.md"), FixEditKind.CreateFile, [],
            "# What MCP servers bring in\n\n| server | content source | who can write it | worst instruction it could carry | barrier | owner | date |\n| --- | --- | --- | --- | --- | --- | --- |\n" + string.Concat(context.Mcp.Here.Where(server => ServerClass.IsExternal(ServerClass.Of(server))).Select(server => $"| {server.Name} | | | | | | |\n"))));

    /// <summary>Null where a variable holds the address.</summary>
    private static string? HostOf(McpServer server) => Uri.TryCreate(server.Url, UriKind.Absolute, out var url) ? url.Host : null;

    private static List<string> Documents(AuditContext context, ItemResult item)
    {
        var texts = new List<string>();
        foreach (var file in context.Tree.Files)
        {
            var isDocument = (file.Relative.Starts("docs/mcp-") && file.Name.Ends(".md")) || (file.Relative.Starts("docs/security/") && file.Name.Ends(".md")) || file.Relative is "SECURITY.md" or ".github/SECURITY.md" or "docs/SECURITY.md" or ".septim/mcp-surface.md";
            if (isDocument && item.Use(context.Inputs.Read(file.Path)) is { } input) texts.Add(input.Text);
        }
        return texts;
    }

    /// <summary>In a heading, or in a table row with at least three other filled cells: blank rows do not count.</summary>
    private static bool IsNamed(string text, string server)
    {
        foreach (var line in text.Split('\n'))
        {
            var trimmed = line.Trim();
            if (trimmed.StartsWith('#') && HasName(trimmed, server)) return true;
            if (!trimmed.StartsWith('|')) continue;
            var cells = trimmed.Trim('|').Split('|').Select(cell => cell.Trim().Trim('`', '*')).ToList();
            if (cells.Count > 0 && HasName(cells[0], server) && cells.Skip(1).Count(cell => cell.Length > 0 && cell is not "-" and not "?" and not "TODO") >= Math.Min(3, cells.Count - 1)) return true;
        }
        return false;
    }

    private static bool HasName(string text, string server)
    {
        for (var at = text.IndexOf(server, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(server, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + server.Length;
            if ((at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsAsciiLetterOrDigit(text[end]))) return true;
        }
        return false;
    }

    [GeneratedRegex(@"\b(follow|obey|execute|carry out)\s+(all\s+|any\s+|the\s+|every\s+)*(instructions?|orders?|steps|commands)\s+(that\s+(are|you find)\s+|you find\s+|found\s+|given\s+|written\s+|contained\s+)*(in|from|on|inside)\s+(the\s+|any\s+|a\s+)?(page|web|website|url|issue|ticket|email|mail|message|comment|document|fetched|content|file|row|result)|\bdo\s+(whatever|what|everything|anything)(\s+that)?\s+(the|an?|this|that|any)\s+(page|website|issue|ticket|email|mail|message|comment|document|content)\s+(says?|tells?|asks?|orders?|wants?|demands?)|\b(fetch|open|read|download|visit|load)\b[^.\n]{0,80}\b(page|web|website|url|issue|ticket|email|mail|message|comment|content)\b[^.\n]{0,40}\band\s+(then\s+)?(follow|obey|execute|carry out)\s+((all|any|the|its|every)\s+)*(instructions?|orders?|steps|commands)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)] private static partial Regex Obey();
    [GeneratedRegex(@"\b(not|never|don't|refuse)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)] private static partial Regex Negated();
}
