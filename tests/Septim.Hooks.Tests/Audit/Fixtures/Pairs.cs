namespace Septim.Hooks.Tests.Audit.Fixtures;

/// <summary>A home and a project as careful people keep them: nothing in them is a fault.</summary>
internal static class Pairs
{
    public const string Sha = "0123456789abcdef0123456789abcdef01234567";

    public static string Workflow(string on = "pull_request", string permissions = "{contents: read, pull-requests: write}", string with = "", string steps = "", string job = "") => $$$"""
        name: review
        on: {{{on}}}
        permissions: {{{permissions}}}
        jobs:
          review:
            runs-on: ubuntu-latest
            timeout-minutes: 15
            {{{job}}}
            steps:
              - uses: actions/checkout@{{{Sha}}}
              - uses: anthropics/claude-code-action@{{{Sha}}}
                with:
                  anthropic_api_key: ${{ secrets.ANTHROPIC_API_KEY }}
                  claude_args: --model claude-sonnet-5-5 --max-turns 20 --max-budget-usd 5
                  {{{with}}}
              {{{steps}}}

        """;

    /// <summary>The project with its repository; made once, copied for each test.</summary>
    private static readonly Lazy<string> s_project = new(MakeProject);

    private static string MakeProject()
    {
        var home = new AuditHome();
        home.InProject("CLAUDE.md", "# Shop\n\nBuild with `make`. The database URL comes from `${DATABASE_URL}`.\nSee @docs/style.md\n");
        home.InProject("docs/style.md", "Short names. Write to team@acme.io about it.\n");
        home.InProject("src/api/CLAUDE.md", "The API. Ask @platform before changes.\n");
        home.InProject(".gitignore", ".env\nCLAUDE.local.md\n.claude/settings.local.json\n");
        home.InProject("package.json", """{"name":"shop","description":"claude -p wrapper","scripts":{"test":"jest","lint":"eslint ."},"dependencies":{"react":"19.0.0"}}""");
        home.InProject(".github/workflows/review.yml", Workflow());
        home.InProject(".claude/agents/reviewer.md", "---\nname: reviewer\ndescription: reads changes\nmodel: haiku\ntools: Read, Grep\n---\nLook at the diff. Do not read all files in the repo.\n");
        home.InProject(".mcp.json", """{"mcpServers":{"docs":{"command":"npx","args":["-y","@acme/docs-server@1.4.2"]},"db":{"command":"uvx","args":["postgres-mcp==0.3.0","--access-mode=restricted"],"env":{"DATABASE_URI":"${CLAUDE_RO_DATABASE_URL}"}},"box":{"command":"docker","args":["run","-i","--rm","mcp/time@sha256:DIGEST"]}}}""".Replace("DIGEST", new string('a', 64), StringComparison.Ordinal));
        home.InProject(".septim/mcp-surface.md", "| server | content source | who can write it | worst instruction | barrier | owner | date |\n| --- | --- | --- | --- | --- | --- | --- |\n| db | the shop's rows | customers | drop a table | read-only role | ops | 2026-11-01 |\n");
        home.ProjectSettings("""{"permissions":{"allow":["Bash(npm test *)","Bash(git status)","Bash(kubectl get *)","WebFetch(domain:docs.acme.io)"],"deny":["Read(.env)","Read(.env.*)","Read(secrets/**)","Read(**/*.pem)","Read(~/.ssh/**)"]}}""");
        home.InProject("node_modules/react/package.json", """{"name":"react","version":"19.0.0"}""");
        home.Commit();
        // Why it stays: the copies are made from it until the process ends, and the system clears its temporary folder.
        return home.Project;
    }

    public static AuditHome Clean()
    {
        var home = new AuditHome();
        foreach (var file in Directory.GetFiles(s_project.Value, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(home.Project, Path.GetRelativePath(s_project.Value, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        home.UserSettings("{\"model\":\"claude-sonnet-5-5\",\"env\":{\"CLAUDE_CODE_MAX_SUBAGENT_SPAWN_DEPTH\":\"2\",\"CLAUDE_CODE_MAX_CONCURRENT_SUBAGENTS\":\"8\"},\"hooks\":{" + home.Hooks + "}}");
        home.Ceilings("""{"ceilings":{"sessionUsd":10,"dayUsd":50}}""");
        home.InHome(".claude.json", """{"oauthAccount":{"accountUuid":"0d5f7f3e-0000-4000-8000-000000000001"},"projects":{}}""");
        home.InHome(".zshrc", "export EDITOR=vim\nexport PATH=\"$HOME/bin:$PATH\"\nexport GITHUB_TOKEN=$(gh auth token)\nexport DATABASE_URL=\"$(op read op://dev/db/url)\"\n[ -f ~/.aliases.zsh ] && source ~/.aliases.zsh\n");
        home.InHome(".aliases.zsh", "alias gs='git status'\nalias k=kubectl\n");
        home.InHome(".ssh/config", "Host staging\n  User deploy\n");
        home.InHome(".claude/projects/-shop/a.jsonl", Transcripts.Many(8, i => Transcripts.Message($"m{i}", 100, 20_000, i == 0 ? 20_000 : 300)).Replace("/gone/project", home.Project, StringComparison.Ordinal));
        return home;
    }
}
