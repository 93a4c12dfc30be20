using System.Text;
using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Secrets;

namespace Septim.Hooks.Audit.Checks;

/// <summary>21: project memory holds what is still true, within what is loaded.</summary>
internal static partial class MemoryPruning
{
    public static readonly AuditCheck Check = new(
        21, "memory-pruning", Severity.Low,
        "Project memory holds what is still true, within what is loaded.",
        "Only the first 200 lines or 25 KB of MEMORY.md load at start; the rest costs nothing and is also not known. Retention sweeps do not touch memory.",
        "Reads the memory directories of all projects, their sizes and ages, and whether the projects still exist.",
        "Look through the list, use /memory, and take out what is done. Nothing is deleted by the audit.",
        Judge);

    private sealed record Memory(string Folder, string? Cwd, List<FileInfo> Files, DateTime LastUse);

    private static void Judge(AuditContext context, ItemResult item)
    {
        context.Settings.UsedBy(item);
        if (!context.Options.UseHome)
        {
            item.NotApplicable = "not audited by request (--no-home)";
            return;
        }
        if (context.Settings.Find("autoMemoryEnabled") is { Value.IsFalse: true } || Words.IsTruthy(context.Settings.Variable("CLAUDE_CODE_DISABLE_AUTO_MEMORY")?.Value))
        {
            item.NotApplicable = "automatic memory is switched off";
            return;
        }
        var memories = Find(context, item);
        if (memories.Count == 0)
        {
            if (item.Unknown is null) item.NotApplicable = "no project has memory files";
            return;
        }
        foreach (var memory in memories) Examine(context, item, memory);
        foreach (var gone in context.Transcripts.Files.Where(file => file is { IsAgent: false, Cwd: { } cwd } && !Directory.Exists(cwd)).GroupBy(file => file.Cwd!).OrderBy(group => group.Key, StringComparer.Ordinal))
            if (!memories.Exists(memory => memory.Cwd == gone.Key))
                item.Warn("orphan", $"transcripts of a project whose directory no longer exists ({gone.Count()} sessions)", new Place(Path.GetDirectoryName(gone.First().Path)!), context.Roots.Show(gone.Key));
        if (context.Settings.Find("cleanupPeriodDays") is { } days && int.TryParse(days.Text, System.Globalization.CultureInfo.InvariantCulture, out var kept) && kept > 365)
            item.Info("retention", $"transcripts are kept for {kept} days", days.Place, "cleanupPeriodDays");
        var count = memories.Sum(memory => memory.Files.Count);
        if (count > 5) item.NeedsPerson($"{count} memory files: whether they are still true only a person can say, once a month", "memory", "memory:" + SecretHit.HashOf(string.Join('\n', memories.Select(memory => context.Roots.Show(memory.Folder)).Order(StringComparer.Ordinal)))[..16]);
        item.Note = $"{Plural.Of(count, "memory file")} in {Plural.Of(memories.Count, "project")}";
    }

    private static List<Memory> Find(AuditContext context, ItemResult item)
    {
        var memories = new List<Memory>();
        var projects = Path.Combine(context.Options.ConfigDirectory, "projects");
        foreach (var gap in context.Transcripts.Gaps) item.Use(gap);
        var folders = Folders(projects).Select(folder => (Folder: Path.Combine(folder, "memory"), Slug: folder)).ToList();
        if (context.Settings.Find("autoMemoryDirectory") is { Value.IsText: true } own) folders.Add((own.Text.Starts("~/") ? context.Options.Home + own.Text[1..] : own.Text, ""));
        foreach (var (folder, slug) in folders)
        {
            if (!Directory.Exists(folder)) continue;
            try
            {
                var files = new DirectoryInfo(folder).GetFiles("*.md", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal).ToList();
                if (files.Count == 0) continue;
                var sessions = context.Transcripts.Files.Where(file => slug.Length > 0 && file.Path.Starts(slug.Replace('\\', '/') + "/")).ToList();
                memories.Add(new Memory(folder, sessions.Select(file => file.Cwd).FirstOrDefault(cwd => cwd is not null), files, sessions.Count == 0 ? DateTime.MinValue : sessions.Max(file => file.LastTime).UtcDateTime));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                item.CannotTell("a memory directory cannot be listed", new Place(folder));
            }
        }
        return memories;
    }

    private static string[] Folders(string projects)
    {
        try
        {
            return Directory.Exists(projects) ? [.. Directory.GetDirectories(projects).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Why none: the listing of the transcripts has said so already.
            return [];
        }
    }

    private static void Examine(AuditContext context, ItemResult item, Memory memory)
    {
        var now = context.Now.UtcDateTime;
        var shown = context.Roots.Show(memory.Folder);
        foreach (var file in memory.Files)
        {
            if (item.Use(context.Inputs.Read(file.FullName)) is not { } input) continue;
            var bytes = Encoding.UTF8.GetByteCount(input.Text);
            var lines = Surroundings.Imports.CountLines(input.Text);
            if (file.Name == "MEMORY.md" && (lines > 200 || bytes > 25_600))
                item.Fail("over-load-limit", $"MEMORY.md has {lines} lines and {bytes} bytes; only the first 200 lines or 25 KB are loaded", new Place(file.FullName), shown);
            if (file.LastWriteTimeUtc < now.AddDays(-30) && Closed().Match(input.Text) is { Success: true } closed)
                item.Warn("closed-work", $"{file.Name} says that its subject is done", input.At(closed.Index), file.Name);
        }
        // Why: after a restore all times are equal and say nothing about age.
        var restored = memory.Files.Count > 1 && memory.Files.GroupBy(file => file.LastWriteTimeUtc.Ticks / TimeSpan.TicksPerMinute).Max(group => group.Count()) * 10 > memory.Files.Count * 9;
        var old = memory.Files.Count(file => file.LastWriteTimeUtc < now.AddDays(-180));
        var quiet = memory.Files.Count(file => file.LastWriteTimeUtc < now.AddDays(-90));
        if (memory.LastUse > now.AddDays(-30) && memory.Files.Count >= 20 && old * 2 > memory.Files.Count && !restored)
            item.Fail("stale", $"{old} of {memory.Files.Count} memory files of a project in use have not been touched for 180 days", new Place(memory.Folder), shown);
        else if (quiet > 0) item.Warn("stale", $"{quiet} of {memory.Files.Count} memory files have not been touched for 90 days", new Place(memory.Folder), shown);
        if (memory.Cwd is { } cwd && !Directory.Exists(cwd)) item.Warn("orphan", "memory of a project whose directory no longer exists", new Place(memory.Folder), shown);
    }

    [GeneratedRegex(@"^(#{1,3}[^\n]*\b(closed|done|merged|resolved|obsolete)\b|status:\s*[""']?(closed|done|merged|resolved|obsolete)\b)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline)] private static partial Regex Closed();
}
