using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Audit.Surroundings;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>30: the list of servers is looked at every 90 days.</summary>
internal static class McpReview
{
    public static readonly AuditCheck Check = new(
        30, "mcp-review", Severity.Medium,
        "The list of MCP servers is looked at every 90 days; what is unused goes.",
        "Reviewing .claude/settings.json finds nothing: servers live in ~/.claude.json and .mcp.json. The attack surface of a forgotten server stays.",
        "Lists all servers with scope, transport and last use in the transcripts, and looks for dead places, stale approvals, orphans and duplicates.",
        "claude mcp remove NAME --scope SCOPE for what is not used; then attest the list.",
        Judge);

    private static void Judge(AuditContext context, ItemResult item)
    {
        var any = McpFiles.Use(context, item, includeOthers: true);
        Approvals(context, item);
        if (!any && !item.Findings.Exists(finding => finding.State == FindingState.Fail)) return;
        item.NotApplicable = null;
        foreach (var (name, place) in context.Mcp.DeadPlaces)
            item.Fail("dead-location", $"{name} is defined where the client does not look", place, name, null, null, FixProposal.Guided($"move it to .mcp.json, or: claude mcp add {name} --scope user …"));
        foreach (var server in context.Mcp.Servers.Where(server => server.ProjectPath is { } path && !Directory.Exists(path)))
            item.Fail("orphan-project", $"{server.Name} belongs to a project that no longer exists", server.Place, $"{server.Name} {context.Roots.Show(server.ProjectPath!)}", null, null, FixProposal.Guided($"claude mcp remove {server.Name} --scope local"));
        Usage(context, item);
        foreach (var same in context.Mcp.Here.GroupBy(server => server.Hash).Where(group => group.Select(server => server.Name).Distinct().Count() > 1))
            item.Warn("duplicate", $"{string.Join(" and ", same.Select(server => server.Name))} are the same server", same.First().Place, same.First().Name);
        var here = context.Mcp.Here.Count();
        if (here > 10) item.Warn("many", $"{here} servers are loaded in one project", Place.None, "many");
        if (context.Mcp.Servers.Count > 0) item.NeedsPerson($"whether the {(context.Mcp.Servers.Count == 1 ? "server is" : $"{context.Mcp.Servers.Count} servers are")} still wanted only a person can say, every 90 days", "mcp-inventory", $"inventory:{context.Mcp.Hash}");
    }

    private static void Approvals(AuditContext context, ItemResult item)
    {
        var names = context.Mcp.Servers.Select(server => server.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var key in (string[])["enabledMcpjsonServers", "disabledMcpjsonServers"])
        {
            foreach (var approved in context.Settings.List(key))
                if (!names.Contains(approved.Text)) item.Fail("stale-approval", $"{key} names {approved.Text}, which is defined nowhere", approved.Place, approved.Text, null, null, FixProposal.Guided($"take {approved.Text} out of {key}"));
            if (!context.Options.UseHome) continue;
            foreach (var project in context.ClientState?["projects"]?.Members ?? [])
                if (Roots.IsSame(project.Key, context.Options.Project))
                    foreach (var approved in project.Value[key]?.Items ?? [])
                        if (approved.Kind == NodeKind.Text && !names.Contains(approved.Text)) item.Fail("stale-approval", $"{key} names {approved.Text}, which is defined nowhere", new Place(context.ClientStateInput.Path, approved.Line), approved.Text);
        }
    }

    private static void Usage(AuditContext context, ItemResult item)
    {
        if (!context.Options.UseHome) return;
        context.Transcripts.UsedBy(item);
        var from = context.Now.AddDays(-90);
        var used = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var hasOld = false;
        var hasRecent = false;
        foreach (var file in context.Transcripts.Files)
        {
            hasRecent |= file.LastTime >= from;
            hasOld |= file.Messages.Count > 0;
            foreach (var call in file.Calls.Where(call => call.Tool.Starts("mcp__")))
            {
                var name = call.Tool.Split("__")[1];
                var time = call.Time ?? file.LastTime;
                if (!used.TryGetValue(name, out var known) || time > known) used[name] = time;
            }
        }
        foreach (var server in context.Mcp.Servers)
        {
            var last = used.TryGetValue(McpFiles.Normal(server.Name), out var time) ? time : (DateTimeOffset?)null;
            item.Info("inventory", $"{server.Name}: {server.Scope}, {server.Transport}, {(last is { } at ? "last called " + at.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : "never called in the transcripts that were read")}", server.Place, server.Name);
            if (server.LoadsHere && hasRecent && hasOld && (last is null || last < from))
                item.Warn("unused", $"{server.Name} was not called in 90 days", server.Place, server.Name, null, null, FixProposal.Guided($"claude mcp remove {server.Name} --scope {server.Scope}"), Said("server", server.Name));
        }
    }
}
