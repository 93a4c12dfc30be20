using Septim.Hooks.Audit;

namespace Septim.Hooks.Tests.Audit;

/// <summary>Items 27 to 30.</summary>
public sealed class McpChecksTests
{
    private static AuditHome With(string servers)
    {
        var home = new AuditHome();
        home.InProject(".mcp.json", "{\"mcpServers\":{" + servers + "}}");
        return home;
    }

    [Fact]
    public void All_four_are_not_applicable_without_servers()
    {
        using var home = new AuditHome();
        foreach (var number in (int[])[27, 28, 29, 30]) Assert.Equal(ItemState.NotApplicable, home.Item(number).State);
    }

    [Fact]
    public void Item_27_fails_on_literals_admin_roles_wide_directories_and_containers_that_are_none()
    {
        using var home = With($$"""
            "db":{"command":"npx","args":["-y","@x/server-postgres@1.2.3","{{Fake.Uri(user: "postgres")}}"]},
            "fs":{"command":"npx","args":["-y","@x/server-filesystem@1.2.3","/"]},
            "box":{"command":"docker","args":["run","-i","--rm","-v","/var/run/docker.sock:/x","img@sha256:{{new string('a', 64)}}"]},
            "sh":{"command":"npx","args":["-y","mcp-server-commands@1.0.0"]},
            "web":{"type":"http","url":"http://tools.acme.io/mcp"}
            """);
        foreach (var rule in (string[])["SEP27.literal-credential", "SEP27.db-admin", "SEP27.fs-root", "SEP27.container-escape", "SEP27.shell-server", "SEP27.plain-http"]) home.Fails(rule);
    }

    [Fact]
    public void Item_27_passes_on_references_read_only_switches_and_local_databases()
    {
        using var home = With("""
            "db":{"command":"npx","args":["-y","@x/postgres-mcp@1.2.3","--access-mode=restricted"],"env":{"DATABASE_URL":"${CLAUDE_RO_DATABASE_URL}"}},
            "local":{"command":"uvx","args":["db-postgres==1.2.3","postgres://app@localhost/dev"]},
            "fs":{"command":"npx","args":["-y","@x/server-filesystem@1.2.3","./src"]},
            "web":{"type":"http","url":"http://localhost:9/mcp"}
            """);
        Assert.Equal(ItemState.Pass, home.IsQuiet(27).State);
    }

    [Fact]
    public void Item_27_is_manual_for_a_role_that_only_sounds_read_only()
    {
        using var home = With("""
            "db":{"command":"npx","args":["-y","@x/server-postgres@1.2.3","postgres://claude_ro@db.acme.io/main"]}
            """);
        Assert.Equal(ItemState.Manual, home.Item(27).State);
    }

    [Theory]
    [InlineData("npx", "-y|@x/server")]
    [InlineData("npx", "-y|@x/server@latest")]
    [InlineData("npx", "-y|server@^1.2.0")]
    [InlineData("npx", "--yes|server@1.2")]
    [InlineData("npx", "-p|a@1.2.3|-p|b|run")]
    [InlineData("bunx", "server")]
    [InlineData("pnpm", "dlx|server@next")]
    [InlineData("uvx", "mcp-server")]
    [InlineData("uvx", "--from|pkg>=1.0|tool")]
    [InlineData("uv", "tool|run|pkg@latest")]
    [InlineData("uvx", "pkg==1.*")]
    [InlineData("go", "run|x.io/y@v1.2")]
    [InlineData("docker", "run|-i|--rm|-e|X=1|mcp/db")]
    [InlineData("docker", "run|mcp/db:latest")]
    [InlineData("bash", "-c|cd /x && npx -y server")]
    [InlineData("env", "A=b|npx|server")]
    [InlineData("npx", "-y|github:o/r")]
    [InlineData("cmd", "/c|npx|-y|server")]
    public void Item_28_fails_on_what_names_no_exact_version(string command, string args)
    {
        using var home = With($$"""
            "s":{"command":"{{command}}","args":[{{string.Join(",", args.Split('|').Select(arg => $"\"{arg}\""))}}]}
            """);
        home.Fails("SEP28.unpinned");
    }

    [Theory]
    [InlineData("npx", "-y|@x/server@1.2.3")]
    [InlineData("npx", "-y|@x/server@1.2.3-beta.1")]
    [InlineData("uvx", "--from|pkg==1.2.3|tool")]
    [InlineData("uvx", "pkg@1.2.3")]
    [InlineData("pipx", "run|pkg==1.2.3")]
    [InlineData("pipx", "run|--spec|pkg==2|tool")]
    [InlineData("uvx", "--from|pkg==1.0|tool")]
    [InlineData("uvx", "pkg@2025.9")]
    [InlineData("uvx", "pkg==1.0rc1")]
    [InlineData("docker", "run|-i|--rm|img@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("npx", "-y|github:o/r#0123456789abcdef0123456789abcdef01234567")]
    [InlineData("sh", "-c|npx -y server@1.2.3")]
    [InlineData("claude", "mcp|serve")]
    [InlineData("npx", "-y|pkg@${V:-1.2.3}")]
    public void Item_28_passes_on_exact_versions(string command, string args)
    {
        using var home = With($$"""
            "s":{"command":"{{command}}","args":[{{string.Join(",", args.Split('|').Select(arg => $"\"{arg}\""))}}]}
            """);
        Assert.Equal(ItemState.Pass, home.IsQuiet(28).State);
    }

    [Fact]
    public void Item_28_is_unknown_when_the_version_is_a_variable_that_is_not_set()
    {
        using var home = With("""
            "s":{"command":"npx","args":["-y","pkg@${V}"]}
            """);
        Assert.Equal(ItemState.Unknown, home.Item(28).State);
    }

    [Fact]
    public void Item_29_wants_external_servers_documented_and_blank_rows_do_not_count()
    {
        using var home = With("""
            "tickets":{"command":"npx","args":["-y","@x/jira@1.2.3"]}
            """);
        home.Fails("SEP29.undocumented");
        home.InProject(".septim/mcp-surface.md", "| server | source | who |\n| --- | --- | --- |\n| tickets | | |\n");
        home.Fails("SEP29.undocumented");
        home.InProject(".septim/mcp-surface.md", "| server | source | who | barrier |\n| --- | --- | --- | --- |\n| tickets | Jira | anybody | no write tools |\n");
        Assert.Equal(ItemState.Manual, home.IsQuiet(29).State);
        home.UserSettings("""{"enableAllProjectMcpServers":true}""");
        home.Fails("SEP29.auto-approve");
    }

    [Theory]
    [InlineData("https://mcp.acme.io/sse", "Manual")]
    [InlineData("http://127.0.0.1:8080/mcp", "Pass")]
    public void Item_29_asks_a_person_what_a_server_elsewhere_brings_in(string url, string state)
    {
        using var home = With($$"""
            "helper":{"type":"http","url":"{{url}}"}
            """);
        Assert.Equal(state, home.IsQuiet(29).State.ToString());
    }

    [Fact]
    public void Item_30_finds_dead_places_stale_approvals_and_orphans()
    {
        using var home = With("""
            "a":{"command":"npx","args":["-y","a@1.2.3"]}
            """);
        Assert.Equal(ItemState.Manual, home.IsQuiet(30).State);
        home.UserSettings("""{"mcpServers":{"b":{"command":"x"}},"enabledMcpjsonServers":["gone"]}""");
        home.InHome(".claude.json", """{"projects":{"/no/such/project":{"mcpServers":{"c":{"command":"x"}}}}}""");
        home.Fails("SEP30.dead-location");
        home.Fails("SEP30.stale-approval");
        home.Fails("SEP30.orphan-project");
    }
}
