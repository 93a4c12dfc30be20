using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Audit.Surroundings;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>06: no secret is reachable in the history of files that carry configuration or environment.</summary>
internal static class GitHistorySecrets
{
    public static readonly AuditCheck Check = new(
        6, "git-history-secrets", Severity.Critical,
        "No secret value is reachable in the history of files that carry Claude configuration or environment; removal from HEAD is not removal.",
        "Searching for a variable's name finds documentation, not keys; a value stays in the pack after it has left the tree.",
        "Lists all blobs of all refs, stashes and notes, reads those under sensitive names through git cat-file --batch, and scans their bytes. A shallow or partial clone is never called clean.",
        "1 rotate (always first); 2 git filter-repo --replace-text; 3 force-push, invalidate forks and caches. In CI check out with full depth.",
        Judge);

    private static void Judge(AuditContext context, ItemResult item)
    {
        var repository = context.Repository;
        if (repository.Problem is { } problem)
        {
            item.CannotTell($"the repository cannot be read: {problem}", new Place(context.Options.Project), "install git, or make the repository readable");
            return;
        }
        if (!repository.Exists)
        {
            item.NotApplicable = "the project is not in a git repository";
            return;
        }
        AtHead(context, item);
        if (!context.Options.UseHistory)
        {
            item.CannotTell("the history was left out by request (--no-history)", way: "audit without --no-history");
            return;
        }
        var history = new GitHistory(context);
        foreach (var gap in history.Gaps) item.CannotTell(gap, new Place(context.Options.Project), "fetch the full history (git fetch --unshallow, full depth in CI), then audit again");
        foreach (var leak in history.Leaks)
            item.Fail(
                "secret-in-history", $"{leak.Path} held a secret ({leak.Hit.Class}) in {Plural.Of(leak.Commits, "commit")}; it can still be fetched", new Place(Path.Combine(context.Options.Project, leak.Path)), leak.Path + " " + leak.Hit.Class,
                null, leak.Hit.Fingerprint, null,
                Said("found", leak.Hit.Shown), Said("first commit", leak.FirstCommit), Said("last commit", leak.LastCommit), Said("refs", leak.Refs), Said("still at HEAD", leak.AtHead ? "yes" : "no"));
        item.Read(Path.Combine(context.Options.Project, ".git"));
        item.Note = $"{history.BlobsRead} of {Plural.Of(history.BlobsSeen, "blob")} under sensitive names read, no secret found";
    }

    private static void AtHead(AuditContext context, ItemResult item)
    {
        foreach (var file in context.Tree.Files)
        {
            if (!GitHistory.IsSensitive(file.Relative) || !context.Repository.IsTracked(file.Path) || IsOwnedElsewhere(file)) continue;
            if (item.Use(context.Inputs.Read(file.Path)) is not { } input) continue;
            foreach (var hit in context.SecretsIn(input).Where(hit => GitHistory.IsLeak(hit, file.Relative)))
                item.Fail("secret-at-head", $"{file.Relative} is under version control and holds a secret ({hit.Class})", input.At(hit.Offset), hit.Class, null, hit.Fingerprint, null, Said("found", hit.Shown));
        }
    }

    /// <summary>Items 02, 03 and 07 report these themselves.</summary>
    private static bool IsOwnedElsewhere(TreeFile file) =>
        file.Name is "CLAUDE.md" or "CLAUDE.local.md" or "AGENTS.md" or ".mcp.json" or ".envrc" || file.Relative.Has(".claude/") || file.Relative.Starts(".github/") || file.Name.Has(".gitlab-ci");
}
