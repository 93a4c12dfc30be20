using Septim.Hooks.Audit;
using static Septim.Hooks.Audit.ItemState;

namespace Septim.Hooks.Tests.Audit.Fixtures;

/// <summary>
/// Every item in every state that it can have, each from the clean pair and what is put into it; and the states that an item cannot have,
/// with the reason. Together they are 30 times 6.
/// </summary>
internal static class States
{
    private const string Quiet = ",\"a\":\"b\"";
    private const string Guard = "#!/bin/sh\n# refuses rm -rf, curl | sh, git push --force, DROP TABLE\necho no >&2\nexit 2\n";
    private const string SpendGate = "#!/bin/sh\n# the usage of today in transcript_path\nspent_today && exit 2\nexit 0\n";

    public static IReadOnlyList<StateRow> Rows { get; } = [.. Credentials(), .. Cost(), .. Context(), .. Hooks(), .. Servers()];

    public static IReadOnlyList<NeverState> Never { get; } =
    [
        new(9, NotApplicable, "without a hook: \"SEP09.no-gate … → fail\""),
        new(10, NotApplicable, "without a hook: \"SEP10.no-daily-ceiling → fail\""),
        new(11, NotApplicable, "without a model: \"SEP11.no-default … → warn\""),
        new(12, NotApplicable, "\"No eligible session: pass on configuration, said so\""),
        new(16, NotApplicable, "\"SEP16.no-baseline no sensitive file exists, yet no deny rule for .env* → warn\""),
        new(18, NotApplicable, "\"Auto-compaction is on by default …; nothing to schedule, only not to be switched off\": it always applies"),
        new(23, NotApplicable, "without a hook: \"SEP23.no-gate → fail\""),
        new(25, NotApplicable, "without a hook: \"SEP25.none … → fail\""),
        new(8, Fail, "its only rule: \"SEP08.amount … → warn\""),
        new(14, Fail, "its only rule: \"SEP14.no-recipient … → warn\""),
        new(15, Fail, "\"Never fail\""),
        new(6, Warn, "its rules: \"SEP06.secret-in-history → fail. SEP06.secret-at-head … → fail\""),
        .. Each("§9: \"Attestable: 01 04 05 07 08 14 15 20 21 26 27 29 30; no other item\"", Manual, 2, 3, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 22, 23, 24, 25, 28),
    ];

    private static IEnumerable<NeverState> Each(string why, ItemState state, params int[] items) => items.Select(item => new NeverState(item, state, why));

    private static IEnumerable<StateRow> Credentials() =>
    [
        new(1, Fail, "a key in the user settings", User("\"env\":{\"ANTHROPIC_API_KEY\":\"" + Fake.AnthropicKey() + "\"}")),
        new(1, Warn, "an attested key in the profile that beats the login", InHome(".zshrc", $"export ANTHROPIC_API_KEY={Fake.AnthropicKey()}\n")) { Attested = Quiet },
        new(1, Pass, "an attested helper", Helper) { Attested = Quiet },
        new(1, NotApplicable, "a login and no key", Nothing),
        new(1, Manual, "a helper", Helper),
        new(1, Unknown, "a client state that is broken", InHome(".claude.json", "{")),

        new(2, Fail, "a database in the profile", InHome(".zshrc", $"export DATABASE_URL={Fake.Uri()}\n")),
        new(2, Warn, "a local database in the profile", InHome(".zshrc", $"export DATABASE_URL={Fake.Uri("localhost")}\n")),
        new(2, Pass, "a profile of references", Nothing),
        new(2, NotApplicable, "the home left out by request", Nothing) { With = NoHome },
        new(2, Unknown, "a directory in the profile's place", Folder("home/.zshrc")),

        new(3, Fail, "a key in an imported file", InProject("docs/style.md", Fake.StripeLive + "\n")),
        new(3, Warn, "a local file under version control", home =>
        {
            home.InProject("CLAUDE.local.md", "mine\n");
            home.Commit();
        }),
        new(3, Pass, "instructions without a secret", Nothing),
        new(3, NotApplicable, "no instructions and no settings", Empty),
        new(3, Unknown, "a file that goes on beyond what is read", home => home.InProject("docs/style.md", new string('\n', 5 << 20))),

        new(4, Fail, "an allow rule for all of kubectl", User("\"permissions\":{\"allow\":[\"Bash(kubectl *)\"]}")),
        new(4, Warn, "an attested identity that reads production", InHome(".kube/config", "current-context: prod-readonly\ncontexts:\n- name: prod-readonly\n  context: {user: viewer, cluster: eu}\n")) { Attested = Quiet },
        new(4, Pass, "attested", Nothing) { Attested = Quiet },
        new(4, NotApplicable, "the home left out by request", Nothing) { With = NoHome },
        new(4, Manual, "nothing wrong to be seen", Nothing),
        new(4, Unknown, "a directory in the place of the cluster's file", Folder("home/.kube/config")),

        new(5, Fail, "a profile named root", Aws("[root]\nregion = x\n")),
        new(5, Warn, "attested long-lived keys", Aws($"[dev]\naws_access_key_id = {Fake.AwsId}\naws_secret_access_key = {Fake.AwsSecret}\n")) { Attested = Quiet },
        new(5, Pass, "an attested login", InHome(".aws/config", "[profile dev]\nsso_session = main\n")) { Attested = Quiet },
        new(5, NotApplicable, "nothing of AWS", Nothing),
        new(5, Manual, "a login", InHome(".aws/config", "[profile dev]\nsso_session = main\n")),
        new(5, Unknown, "a directory in the place of the credentials", Folder("home/.aws/credentials")),

        new(6, Fail, "a key that was taken out again", home =>
        {
            home.InProject(".env", $"STRIPE={Fake.StripeLive}\n");
            home.Commit();
            home.Git("rm", "-q", ".env");
            home.Git("commit", "-qm", "gone");
        }),
        new(6, Pass, "a clean history", Nothing),
        new(6, NotApplicable, "no repository", home => Directory.Delete(Path.Combine(home.Project, ".git"), recursive: true)),
        new(6, Unknown, "the history left out by request", Nothing) { With = options => options with { UseHistory = false } },

        new(7, Fail, "all secrets handed over", Workflow(with: "all: ${{ toJSON(secrets) }}")),
        new(7, Warn, "a secret that the job should not need", Workflow(with: "token: ${{ secrets.CHAT_TOKEN }}")),
        new(7, Pass, "a narrow job", Nothing),
        new(7, NotApplicable, "no CI", home => Directory.Delete(Path.Combine(home.Project, ".github"), recursive: true)),
        new(7, Manual, "another service, whose variables lie elsewhere", GitLab),
        new(7, Unknown, "a workflow that is no YAML", InProject(".github/workflows/w.yml", "on: [push\n")),
    ];

    private static IEnumerable<StateRow> Cost() =>
    [
        new(8, Warn, "attested without an amount", Nothing) { Attested = Quiet },
        new(8, Pass, "attested with an amount", Nothing) { Attested = ",\"amount_usd\":\"200\",\"period\":\"month\"" },
        new(8, NotApplicable, "the home left out by request", Nothing) { With = NoHome },
        new(8, Manual, "not attested", Nothing),
        new(8, Unknown, "a client state that is broken: whose limit is not known", InHome(".claude.json", "{")),

        new(9, Fail, "no gate", home => home.UserSettings("{}")),
        new(9, Warn, "our gate without anything that guards the settings", home => home.UserSettings("{\"hooks\":{" + OurHook(home, "PreToolUse") + "}}")),
        new(9, Pass, "our gate with a ceiling", Nothing),
        new(9, Unknown, "a foreign gate that was not run", Foreign(SpendGate, "*")),

        new(10, Fail, "no ceiling for the day", home => home.Ceilings("""{"ceilings":{"sessionUsd":10}}""")),
        new(10, Warn, "a nightly job with a budget for each run", Workflow(on: "{schedule: [{cron: '0 3 * * *'}]}")),
        new(10, Pass, "our gate with a ceiling", Nothing),
        new(10, Unknown, "a foreign gate that was not run", Foreign(SpendGate, "*")),

        new(11, Fail, "a model that no price table knows", User("\"model\":\"claude-unheard-9\"")),
        new(11, Warn, "an agent that takes whatever model the session has", InProject(".claude/agents/reviewer.md", "---\nname: reviewer\ntools: Read\n---\nx\n")),
        new(11, Pass, "every model written down", Nothing),
        new(11, Unknown, "settings that are broken", home => home.UserSettings("{")),

        new(12, Fail, "switched off", User("\"env\":{\"DISABLE_PROMPT_CACHING\":\"1\"}")),
        new(12, Warn, "a session that read little from the cache", InHome(".claude/projects/-shop/b.jsonl", Transcripts.Many(8, i => Transcripts.Message($"n{i}", 9_000, 2_000, 0)))),
        new(12, Pass, "a good rate", Nothing),
        new(12, Unknown, "settings that are broken", home => home.UserSettings("{")),

        new(13, Fail, "a depth of nine", User("\"env\":{\"CLAUDE_CODE_MAX_SUBAGENT_SPAWN_DEPTH\":\"9\"}")),
        new(13, Warn, "an agent that may start agents", InProject(".claude/agents/reviewer.md", "---\nname: reviewer\nmodel: haiku\ntools: Read, Agent\n---\nx\n")),
        new(13, Pass, "native limits and a proven gate", Nothing),
        new(13, NotApplicable, "everything that starts agents is denied", User("\"permissions\":{\"deny\":[\"Agent\",\"Workflow\",\"SendMessage\"]}")),
        new(13, Unknown, "a foreign gate that was not run", Foreign(Guard, "Agent|Workflow|SendMessage", "\"env\":{\"CLAUDE_CODE_MAX_SUBAGENT_SPAWN_DEPTH\":\"2\"}")),

        new(14, Warn, "attested without recipients", Nothing) { Attested = ",\"threshold\":\"100\"" },
        new(14, Pass, "attested with threshold and recipients", Nothing) { Attested = ",\"threshold\":\"100\",\"recipients\":\"ops\"" },
        new(14, NotApplicable, "the home left out by request", Nothing) { With = NoHome },
        new(14, Manual, "not attested", Nothing),
        new(14, Unknown, "a client state that is broken: whose message is not known", InHome(".claude.json", "{")),

        new(15, Warn, "an attested loop", InProject("scripts/all.sh", "for f in *.md; do claude -p \"$f\" --model haiku; done\n")) { Attested = Quiet },
        new(15, Pass, "attested calls of the API", InProject("src/a.ts", "await client.messages.create({ model })\n")) { Attested = Quiet },
        new(15, NotApplicable, "neither calls nor loops", Nothing),
        new(15, Manual, "calls of the API", InProject("src/a.ts", "await client.messages.create({ model })\n")),
        new(15, Unknown, "a source that goes on beyond what is read", LongSource),
    ];

    private static IEnumerable<StateRow> Context() =>
    [
        new(16, Fail, "a key file that can be read", InProject("certs/server.key", "x")),
        new(16, Warn, "no rule for files that will be made some day", home => home.ProjectSettings("""{"permissions":{"deny":["Read(~/.ssh/**)"]}}""")),
        new(16, Pass, "rules for what is there", Nothing),
        new(16, Unknown, "settings that are broken", home => home.UserSettings("{")),

        new(17, Fail, "600 lines", InProject("CLAUDE.md", Lines(600))),
        new(17, Warn, "300 lines", InProject("CLAUDE.md", Lines(300))),
        new(17, Pass, "a few lines", Nothing),
        new(17, NotApplicable, "no instruction file", home => Delete(home, "project/CLAUDE.md", "project/src/api/CLAUDE.md")),
        new(17, Unknown, "settings that are broken, and may exclude files", home => home.UserSettings("{")),

        new(18, Fail, "switched off", User("\"env\":{\"DISABLE_AUTO_COMPACT\":\"1\"}")),
        new(18, Warn, "forbidden by the instructions", InProject("CLAUDE.md", "Never run /compact.\n")),
        new(18, Pass, "not switched off", Nothing),
        new(18, Unknown, "settings that are broken", home => home.UserSettings("{")),

        new(19, Fail, "a glob to be read", InProject("CLAUDE.md", "Start with Read(\"**/*.ts\").\n")),
        new(19, Warn, "a result of 300 KiB", InHome(".claude/projects/-shop/b.jsonl", Transcripts.Call("t1", "Bash", "{\"command\":\"make\"}") + Transcripts.Result("t1", 300_000))),
        new(19, Pass, "instructions that say no such thing", Nothing),
        new(19, NotApplicable, "no instructions and no transcripts", Empty),
        new(19, Unknown, "instructions that go on beyond what is read", home => home.InProject("docs/style.md", new string('\n', 5 << 20))),

        new(20, Fail, "a prompt with the date in it", InProject("run.sh", "claude -p go --model haiku --append-system-prompt \"Today is $(date)\"\n")),
        new(20, Warn, "a prompt file that is not tracked", home =>
        {
            home.InProject("prompts/x.md", "x\n");
            home.InProject("run.sh", "claude -p go --model haiku --append-system-prompt-file prompts/x.md\n");
        }),
        new(20, Pass, "a prompt file under version control", PromptFile),
        new(20, NotApplicable, "no prompt of one's own", Nothing),
        new(20, Manual, "a prompt that code puts together", InProject("src/a.ts", "await client.messages.create({ model, system: buildPrompt() })\n")),
        new(20, Unknown, "a source that goes on beyond what is read", LongSource),

        new(21, Fail, "300 lines", InHome(Memory("MEMORY"), Lines(300))),
        new(21, Warn, "a note that its subject is done", home => Age(home.InHome(Memory("login"), "# Login: done\n"), days: 60)),
        new(21, Pass, "one short file", InHome(Memory("MEMORY"), "Use make.\n")),
        new(21, NotApplicable, "no memory", Nothing),
        new(21, Manual, "seven files", home =>
        {
            for (var i = 0; i < 7; i++) home.InHome(Memory($"note{i}"), "Use make.\n");
        }),
        new(21, Unknown, "a memory file that goes on beyond what is read", InHome(Memory("log"), new string('\n', 5 << 20))),
    ];

    private static IEnumerable<StateRow> Hooks() =>
    [
        new(22, Fail, "our gate without a word on its failure", home => home.UserSettings("{\"hooks\":{" + OurHook(home, "PreToolUse").Replace(",\"onFailure\":\"block\"", "", StringComparison.Ordinal) + "}}")),
        new(22, Warn, "our gate with a timeout of two minutes", home => home.UserSettings("{\"hooks\":{" + OurHook(home, "PreToolUse").Replace("\"timeout\":10", "\"timeout\":120", StringComparison.Ordinal) + "}}")),
        new(22, Pass, "our gates", Nothing),
        new(22, NotApplicable, "nothing that refuses", home => home.UserSettings("{}")),
        new(22, Unknown, "a foreign gate that was not run", Foreign(Guard, "Bash")),

        new(23, Fail, "no gate", home => home.UserSettings("{}")),
        new(23, Warn, "an allow rule for all of curl", home => home.ProjectSettings("""{"permissions":{"allow":["Bash(curl *)"]}}""")),
        new(23, Pass, "our gate", Nothing),
        new(23, Unknown, "a foreign gate that was not run", Foreign(Guard, "Bash")),

        new(24, Fail, "a script that is not tracked", ProjectHook),
        new(24, Warn, "a script that was changed", home =>
        {
            ProjectHook(home);
            home.Commit();
            AuditHome.SetMode(home.InProject(".claude/hooks/guard.sh", Guard + "# more\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }),
        new(24, Pass, "an installed program", Nothing),
        new(24, NotApplicable, "no hook", home => home.UserSettings("{}")),
        new(24, Unknown, "settings that are broken", home => home.UserSettings("{")),

        new(25, Fail, "no log", home => home.UserSettings("{}")),
        new(25, Warn, "a log of one event of three", home => home.UserSettings("{\"hooks\":{" + OurHook(home, "Stop") + "}}")),
        new(25, Pass, "our log", Nothing),
        new(25, Unknown, "a foreign log that was not run", home =>
        {
            home.InProject(".claude/hooks/log.sh", "#!/bin/sh\necho \"$(date) cost turns\" >> ~/sessions.log\n");
            home.UserSettings("""{"hooks":{"SessionEnd":[{"hooks":[{"type":"command","command":"sh \"$CLAUDE_PROJECT_DIR\"/.claude/hooks/log.sh","timeout":10}]}]}}""");
        }),

        new(26, Fail, "nothing tells of a nightly run", home =>
        {
            home.InProject("run.sh", "claude -p go --model haiku\n");
            home.UserSettings("{}");
        }),
        new(26, Warn, "a sound when the client waits", home =>
        {
            Delete(home, "project/.github/workflows/review.yml");
            home.UserSettings("""{"hooks":{"Notification":[{"hooks":[{"type":"command","command":"afplay /x.aiff"}]}]}}""");
        }),
        new(26, Pass, "our channel with the receipt of a test", InHome(".local/state/septim/notify-receipt.json", """{"at":"2026-11-20T00:00:00Z"}""")),
        new(26, NotApplicable, "nothing runs by itself", home => Delete(home, "project/.github/workflows/review.yml")),
        new(26, Manual, "our channel, not tested", Nothing),
        new(26, Unknown, "settings that are broken: a hook in them may tell", home =>
        {
            Delete(home, "project/.github/workflows/review.yml");
            home.UserSettings("{");
        }),
    ];

    private static IEnumerable<StateRow> Servers()
    {
        const string Local = """
            "db":{"command":"uvx","args":["postgres-mcp==0.3.0","postgres://app@localhost/dev"]}
            """;
        return
        [
            new(27, Fail, "an administrator of the database", Mcp("""
                "db":{"command":"uvx","args":["postgres-mcp==0.3.0","postgres://postgres@db.acme.io/main"]}
                """)),
            new(27, Warn, "every tool of a database is allowed", home =>
            {
                Mcp(Local)(home);
                home.ProjectSettings("""{"permissions":{"allow":["mcp__db__*"]}}""");
            }),
            new(27, Pass, "a local database", Mcp(Local)),
            new(27, NotApplicable, "no server", Mcp("")),
            new(27, Manual, "a role that only sounds read-only", Mcp("""
                "db":{"command":"uvx","args":["postgres-mcp==0.3.0","postgres://claude_ro@db.acme.io/main"]}
                """)),
            new(27, Unknown, "a list of servers that is broken", InProject(".mcp.json", "{")),

            new(28, Fail, "the newest version", Mcp("""
                "docs":{"command":"npx","args":["-y","@acme/docs-server"]}
                """)),
            new(28, Warn, "a tag that can move", Mcp("""
                "box":{"command":"docker","args":["run","-i","--rm","mcp/time:1.2.3"]}
                """)),
            new(28, Pass, "exact versions", Nothing),
            new(28, NotApplicable, "no server", Mcp("")),
            new(28, Unknown, "a version from a variable that is not set", Mcp("""
                "docs":{"command":"npx","args":["-y","@acme/docs-server@${V}"]}
                """)),

            new(29, Fail, "a server that no document names", Mcp("""
                "tickets":{"command":"npx","args":["-y","@acme/jira@1.2.3"]}
                """)),
            new(29, Warn, "every server of the project approved unseen", home =>
            {
                Mcp("")(home);
                home.ProjectSettings("""{"enableAllProjectMcpServers":true}""");
            }),
            new(29, Pass, "documented and attested", Nothing) { Attested = Quiet },
            new(29, NotApplicable, "no server", Mcp("")),
            new(29, Manual, "documented", Nothing),
            new(29, Unknown, "a list of servers that is broken", InProject(".mcp.json", "{")),

            new(30, Fail, "an approval of nothing", home => home.ProjectSettings("""{"enabledMcpjsonServers":["gone"]}""")),
            new(30, Warn, "an attested list with a server that nobody called", Nothing) { Attested = Quiet },
            new(30, Pass, "an attested list of servers in use", home =>
            {
                Mcp(Local)(home);
                home.InHome(".claude/projects/-shop/b.jsonl", Transcripts.Call("t1", "mcp__db__query", "{}"));
            }) { Attested = Quiet },
            new(30, NotApplicable, "no server", Mcp("")),
            new(30, Manual, "a list of servers", Nothing),
            new(30, Unknown, "a list of servers that is broken", InProject(".mcp.json", "{")),
        ];
    }

    private static void Nothing(AuditHome home)
    {
    }

    /// <summary>Takes everything out again.</summary>
    private static void Empty(AuditHome home)
    {
        Directory.Delete(home.Home, recursive: true);
        Directory.CreateDirectory(home.Project);
    }

    private static AuditOptions NoHome(AuditOptions options) => options with { UseHome = false };

    private static Action<AuditHome> InHome(string path, string text) => home => home.InHome(path, text);
    private static Action<AuditHome> InProject(string path, string text) => home => home.InProject(path, text);

    /// <summary>Members beside the clean pair's hooks.</summary>
    private static Action<AuditHome> User(string members) => home => home.UserSettings("{" + (members.StartsWith("\"model\"", StringComparison.Ordinal) ? "" : "\"model\":\"claude-sonnet-5-5\",") + members + ",\"hooks\":{" + home.Hooks + "}}");

    private static Action<AuditHome> Mcp(string servers) => home => home.InProject(".mcp.json", "{\"mcpServers\":{" + servers + "}}");

    private static Action<AuditHome> Workflow(string on = "pull_request", string with = "") => home => home.InProject(".github/workflows/review.yml", Pairs.Workflow(on, with: with));

    private static Action<AuditHome> Folder(string path) => home =>
    {
        var full = Path.Combine(home.Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.Delete(full);
        Directory.CreateDirectory(full);
    };

    private static Action<AuditHome> Aws(string credentials) => home => AuditHome.SetMode(home.InHome(".aws/credentials", credentials), UnixFileMode.UserRead | UnixFileMode.UserWrite);

    private static void Helper(AuditHome home) => User("\"apiKeyHelper\":\"secret-tool lookup service claude-code\"")(home);

    private static void GitLab(AuditHome home)
    {
        Delete(home, "project/.github/workflows/review.yml");
        home.InProject(".gitlab-ci.yml", "review:\n  script: [claude -p go --model haiku --max-budget-usd 1]\n");
    }

    private static void LongSource(AuditHome home) => home.InProject("gen.js", "// claude\n" + new string('\n', 5 << 20));

    private static void PromptFile(AuditHome home)
    {
        home.InProject("prompts/x.md", "x\n");
        home.InProject("run.sh", "claude -p go --model haiku --append-system-prompt-file prompts/x.md\n");
        home.Commit();
    }

    /// <summary>Somebody else's gate in place of ours.</summary>
    private static Action<AuditHome> Foreign(string script, string matcher, string members = "\"env\":{}") => home =>
    {
        AuditHome.SetMode(home.InProject(".claude/hooks/guard.sh", script), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        home.UserSettings("{" + members + ",\"hooks\":{\"PreToolUse\":[{\"matcher\":\"" + matcher + "\",\"hooks\":[{\"type\":\"command\",\"command\":\"sh \\\"$CLAUDE_PROJECT_DIR\\\"/.claude/hooks/guard.sh\",\"timeout\":10,\"onFailure\":\"block\"}]}]}}");
    };

    private static void ProjectHook(AuditHome home)
    {
        AuditHome.SetMode(home.InProject(".claude/hooks/guard.sh", Guard), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        home.ProjectSettings("""{"hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"command","command":"\"$CLAUDE_PROJECT_DIR\"/.claude/hooks/guard.sh","timeout":10,"onFailure":"block"}]}]}}""");
    }

    private static string OurHook(AuditHome home, string name) => "\"" + name + "\":[{\"hooks\":[{\"type\":\"command\",\"command\":\"" + home.Septim + "\",\"args\":[\"hook\"],\"timeout\":10,\"onFailure\":\"block\"}]}]";

    private static string Memory(string name) => $".claude/projects/-shop/memory/{name}.md";

    private static string Lines(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"rule {i}\n"));

    private static void Age(string path, int days) => File.SetLastWriteTimeUtc(path, AuditHome.Now.UtcDateTime.AddDays(-days));

    private static void Delete(AuditHome home, params string[] paths)
    {
        foreach (var path in paths) File.Delete(Path.Combine(home.Home, path));
    }
}
