using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>The exact version of a package when it lies on this machine already: installed, or in the runner's own cache.</summary>
internal static class OfflineVersion
{
    /// <summary>What <c>--fix</c> may write: only into the project's own .mcp.json, and only where one argument is the bare package.</summary>
    public static FixProposal? Proposal(AuditContext context, McpServer server, string spec)
    {
        var file = Path.Combine(context.Options.Project, ".mcp.json");
        if (server.Place.Path != file || server.Args.Count(arg => arg.Text == spec) != 1) return null;
        var program = server.Launches is [var only] ? only.Name : "";
        var (name, pinned) = program switch
        {
            "npx" or "npm" or "bunx" or "pnpm" or "yarn" => (WithoutTag(spec), Node(context, WithoutTag(spec)) is { } version ? $"{WithoutTag(spec)}@{version}" : null),
            "uvx" or "uv" or "pipx" => (spec.Split('@', '=', '>', '<', '~', '[')[0], Python(context, spec.Split('@', '=', '>', '<', '~', '[')[0]) is { } version ? $"{spec.Split('@', '=', '>', '<', '~', '[')[0]}=={version}" : null),
            _ => ("", null),
        };
        return pinned is null || name.Length == 0
            ? null
            : new FixProposal("auto", $"--fix writes {pinned}, the version that is installed on this machine", new FixEdit(file, FixEditKind.ReplaceInList, ["mcpServers", server.Name, "args"], $"{spec}\n{pinned}"));
    }

    private static string WithoutTag(string spec) => spec.LastIndexOf('@') is var at and > 0 ? spec[..at] : spec;

    private static string? Node(AuditContext context, string package)
    {
        if (package.Has("..") || package.Has(":") || package.Length == 0) return null;
        var roots = new List<string> { Path.Combine(context.Options.Project, "node_modules") };
        var cache = Path.Combine(context.Options.Home, ".npm", "_npx");
        if (context.Options.UseHome && FolderNames(cache) is { } runs) roots.AddRange(runs.Select(run => Path.Combine(run, "node_modules")));
        var versions = roots.Select(root => context.Inputs.Read(Path.Combine(root, package, "package.json"))).Where(input => input.HasText)
            .Select(input => JsonTree.Parse(input.Text, out _, out _)?["version"]?.Text).Where(version => version is { Length: > 0 }).Distinct(StringComparer.Ordinal).ToList();
        // Why one: two copies leave open which one was looked at.
        return versions is [var one] ? one : null;
    }

    private static string? Python(AuditContext context, string package)
    {
        if (!context.Options.UseHome || package.Length == 0 || package.Has("/") || package.Has("..")) return null;
        var folder = Path.Combine(context.Options.Home, ".local/share/uv/tools", package, "lib");
        var name = package.Replace('-', '_');
        var versions = (FolderNames(folder) ?? []).SelectMany(python => FolderNames(Path.Combine(python, "site-packages")) ?? []).Select(info => Path.GetFileName(info) ?? "")
            .Where(info => info.Ends(".dist-info") && info.StartsWith(name + "-", StringComparison.OrdinalIgnoreCase)).Select(info => info[(name.Length + 1)..^".dist-info".Length]).Distinct(StringComparer.Ordinal).ToList();
        return versions is [var one] ? one : null;
    }

    private static string[]? FolderNames(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)] : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
