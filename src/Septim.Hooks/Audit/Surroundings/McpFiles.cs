namespace Septim.Hooks.Audit.Surroundings;

/// <summary>What items 27 to 30 have in common.</summary>
internal static class McpFiles
{
    /// <summary>Notes the files with servers; without any server the item is not applicable.</summary>
    /// <returns>Whether there is something to judge.</returns>
    public static bool Use(AuditContext context, ItemResult item, bool includeOthers = false)
    {
        context.Settings.UsedBy(item);
        if (context.Options.UseHome) item.Use(context.ClientStateInput);
        foreach (var file in context.Mcp.Files) item.Use(file);
        foreach (var plugin in context.Plugins) item.Use(plugin.Input);
        var any = includeOthers ? context.Mcp.Servers.Count > 0 || context.Mcp.DeadPlaces.Count > 0 : context.Mcp.Here.Any();
        if (!any && item.Unknown is null) item.NotApplicable = "no MCP server is defined where the client looks";
        return any;
    }

    /// <summary>The name as it stands in tool names.</summary>
    public static string Normal(string name) => new([.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_')]);
}
