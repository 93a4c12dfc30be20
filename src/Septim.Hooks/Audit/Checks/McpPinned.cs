using Septim.Hooks.Audit.Surroundings;
using Septim.Hooks.Transcripts;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>28: third-party servers run the exact version that was looked at.</summary>
internal static class McpPinned
{
    public static readonly AuditCheck Check = new(
        28, "mcp-pinned", Severity.Critical,
        "Third-party servers run the exact version that was looked at.",
        "Unpinned means whatever is newest when the cache is cold; a taken-over package then runs with the user's rights. The same holds for every launcher, not only npx.",
        "Reads each server's launcher line (npx, uvx, docker and the others, also inside sh -c and env) and looks for an exact version, a digest or a commit.",
        "\"args\": [\"-y\", \"@scope/server@1.2.3\"]; image@sha256:…; pkg==1.2.3.",
        Judge);

    private static void Judge(AuditContext context, ItemResult item)
    {
        if (!McpFiles.Use(context, item)) return;
        foreach (var server in context.Mcp.Here) Server(context, item, server);
        item.Note = "every launcher names an exact version";
    }

    private static void Server(AuditContext context, ItemResult item, McpServer server)
    {
        var evidence = (KeyValuePair<string, string>[])[Said("server", server.Name), Said("scope", server.Scope)];
        if (server.IsRemote)
        {
            item.Info("remote", $"{server.Name} is remote and can change at any time", server.Place, server.Name, evidence);
            return;
        }
        var args = server.Args.Select(arg => arg.Text).ToList();
        if (Path.GetFileName(server.Command) == "claude" && args is ["mcp", "serve", ..]) return;
        var fetched = server.Line.Has("|") && Enforcement.FetchesCode(server.Line) ? (PackagePin[])[new PackagePin(Words.Quote(server.Line, 60), "fail", "it fetches code and runs it")] : [];
        var launches = server.Launches;
        List<PackagePin> pins = [.. fetched, .. launches.SelectMany(launched => PackagePin.Find(launched, name => context.Settings.Variable(name)?.Value))];
        foreach (var pin in pins)
        {
            var more = (KeyValuePair<string, string>[])[.. evidence, Said("spec", pin.Spec)];
            if (pin.State == "fail") item.Fail("unpinned", $"{server.Name} runs {pin.Spec}: {pin.Why}", server.Place, server.Name, null, null, OfflineVersion.Proposal(context, server, pin.Spec) ?? FixProposal.Guided($"name the exact version that was looked at instead of {pin.Spec}"), more);
            else if (pin.State == "warn") item.Warn("unpinned", $"{server.Name} runs {pin.Spec}: {pin.Why}", server.Place, server.Name, Severity.Medium, null, null, more);
            else if (pin.State == "unknown") item.CannotTell($"{server.Name}: {pin.Why}", server.Place);
            else item.Info("lifecycle", $"{server.Name}: what {pin.Spec} itself depends on still floats", server.Place, server.Name, more);
        }
        if (pins.Count == 0)
            foreach (var launched in launches) Local(context, item, server, launched.Program, [.. launched.Args], evidence);
        if (server.Scope == "plugin") PluginSource(context, item, server, evidence);
    }

    /// <summary>A plugin's server is as fixed as the plugin: a record of its commit or version, or nothing.</summary>
    private static void PluginSource(AuditContext context, ItemResult item, McpServer server, KeyValuePair<string, string>[] evidence)
    {
        if (PluginFiles.InstalledFrom(context, server.Place.Path, item) is not { } record) item.Info("plugin-source", $"{server.Name} comes with a plugin whose source is not recorded", server.Place, server.Name, evidence);
        else if (!record.IsFixed) item.Fail("unpinned", $"{server.Name} comes with the plugin {record.Plugin}, which follows a branch: no commit and no version is recorded", server.Place, server.Name, null, null, FixProposal.Guided("install the plugin at a version or a commit"), evidence);
    }

    private static void Local(AuditContext context, ItemResult item, McpServer server, string command, List<string> args, KeyValuePair<string, string>[] evidence)
    {
        var script = command.Has("/") ? command : args.Find(arg => !arg.StartsWith('-') && (arg.Has("/") || arg.Ends(".js") || arg.Ends(".py") || arg.Ends(".mjs") || arg.Ends(".ts")));
        if (script is null || script.Has("://")) return;
        var text = script.Replace("${CLAUDE_PROJECT_DIR}", context.Options.Project, StringComparison.Ordinal).Replace("${HOME}", context.Options.Home, StringComparison.Ordinal);
        if (text.Has("$")) return;
        var path = Path.GetFullPath(text.Starts("~/") ? context.Options.Home + text[1..] : text, context.Options.Project);
        if (FileSystem.Real.Stat(path).Kind == FileKind.Directory) return;
        if (!context.Roots.IsInProject(path) || (context.Repository.Exists && !context.Repository.IsTracked(path)))
            item.Warn("unversioned-binary", $"{server.Name} runs {context.Roots.Show(path)}, which is not under version control here", server.Place, server.Name, Severity.Medium, null, null, evidence);
    }
}
