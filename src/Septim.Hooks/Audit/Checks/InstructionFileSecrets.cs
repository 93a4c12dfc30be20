using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Audit.Secrets;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>03: no secret stands in a file that is loaded as instructions.</summary>
internal static class InstructionFileSecrets
{
    public static readonly AuditCheck Check = new(
        3, "instruction-file-secrets", Severity.Critical,
        "No key, token, password or password-bearing URI stands in any file that is loaded into context as instructions.",
        "What is in context is sent with every request, ends up in transcripts, and can be repeated by the model. Code fences and HTML comments count: they are the usual leak, or are committed.",
        "Scans CLAUDE.md and CLAUDE.local.md at every depth and in parents, .claude/**/*.md, the configuration directory, AGENTS.md, every import, settings and .mcp.json, tracked or not.",
        "Take the value out, rotate it, and look into the history (item 06). Keep CLAUDE.local.md and settings.local.json out of version control.",
        Judge);

    private static void Judge(AuditContext context, ItemResult item)
    {
        var files = context.Instructions.Files.Select(file => file.Input).ToList();
        foreach (var source in context.Settings.Sources) files.Add(source.Input);
        files.Add(context.Inputs.Read(Path.Combine(context.Options.Project, ".mcp.json")));
        // Why all of them: a backup or a nested copy is read by nobody, and is committed and searched like any other.
        foreach (var file in context.Tree.Files.Where(file => file.Name.Starts("settings") && file.Name.Ends(".json") && (file.Relative.Starts(".claude/") || file.Relative.Has("/.claude/")))) files.Add(context.Inputs.Read(file.Path));
        if (context.Options.UseHome)
        {
            files.AddRange(context.Inputs.List(context.Options.ConfigDirectory, "settings*.json", out _).Select(context.Inputs.Read));
        }
        foreach (var file in files.Where(file => file.IsThere).DistinctBy(file => file.Path))
        {
            item.Use(file);
            if (file.Text.Length == 0) continue;
            var secrets = 0;
            foreach (var hit in context.SecretsIn(file)) secrets += Report(context, item, file, hit) ? 1 : 0;
            if (secrets == 0) ReportTracked(context, item, file);
        }
        if (files.TrueForAll(file => !file.IsThere) && item.Unknown is null) item.NotApplicable = "there is no file that is loaded as instructions, no settings file and no .mcp.json";
    }

    /// <returns>Whether it failed.</returns>
    private static bool Report(AuditContext context, ItemResult item, Input file, SecretHit hit)
    {
        var place = file.At(hit.Offset);
        var tracked = context.Repository.IsTracked(file.Path) ? "yes" : "no";
        var evidence = (KeyValuePair<string, string>[])[Said("found", hit.Shown), Said("column", place.Column.ToString(System.Globalization.CultureInfo.InvariantCulture)), Said("tracked", tracked)];
        if (hit.Class == "password-assignment")
        {
            if (file.Path.Ends(".json") && hit.Value.StartsWith('-')) return false;
            var strong = Entropy.Of(hit.Value) >= 3.0 || Entropy.IsMixed(hit.Value);
            var message = $"a literal follows \"{Words.Quote(hit.Name ?? "password", 40)}\"";
            if (strong) item.Fail("password", message, place, hit.Name ?? "", Severity.High, null, null, evidence);
            else item.Warn("password", message, place, hit.Name ?? "", null, null, null, evidence);
            return strong;
        }
        var rule = hit.Class == "connection-uri" ? "connection-uri" : "secret";
        var text = hit.Class == "connection-uri" ? $"a URI with a password for {hit.Host}" : $"a secret of the kind {hit.Class}";
        var weak = hit.IsTrivial || (hit.Life == SecretLife.Test && hit.IsProvider);
        if (weak) item.Warn(rule, text + " (local or test)", place, hit.Class, Severity.Medium, hit.Fingerprint, null, evidence);
        else item.Fail(rule, text, place, hit.Class, null, hit.Fingerprint, null, evidence);
        return !weak;
    }

    private static void ReportTracked(AuditContext context, ItemResult item, Input file)
    {
        if (Path.GetFileName(file.Path) is not ("CLAUDE.local.md" or "settings.local.json") || !context.Repository.IsTracked(file.Path)) return;
        var shown = context.Roots.Show(file.Path);
        var line = Path.GetFileName(file.Path) == "CLAUDE.local.md" ? "CLAUDE.local.md" : ".claude/settings.local.json";
        item.Warn(
            "local-tracked", $"{shown} is meant for one person and is under version control", new Place(file.Path), shown, Severity.Medium, null,
            new FixProposal("auto", $"add {line} to .gitignore, then git rm --cached {shown}", new FixEdit(Path.Combine(context.Options.Project, ".gitignore"), FixEditKind.AddLine, [], line)));
    }
}
