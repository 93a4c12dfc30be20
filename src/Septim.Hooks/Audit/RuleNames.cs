namespace Septim.Hooks.Audit;

/// <summary>Every rule of every item: a suppression that names another one is void. A name is never reused or renamed.</summary>
internal static class RuleNames
{
    private const string ByItem = """
        1 admin-key key-overrides-login literal-key shared-key
        2 aws-static connection-uri eval live-secret name-only settings-env-secret test-secret token-store unread-include
        3 connection-uri local-tracked password secret
        4 bypass-default docker-group infra-allow no-sandbox prod-identity root terraform-credentials
        5 default-profile file-mode long-lived other-cloud root-named
        6 secret-at-head secret-in-history
        7 all-secrets context literal secrets-inherit unneeded-secret untrusted-trigger write-all
        8 amount
        9 cannot-block ci-no-budget fails-open foreign-unproven no-gate not-wired project-only proof proof-failed removable
        10 ci-not-aggregated no-daily-ceiling proof proof-failed
        11 agent-inherits dear-subagents no-default single-tier unattended-default unknown-model
        12 disabled hit-rate prefix-churn sdk-no-cache-control
        13 agent-can-spawn concurrency depth-too-high gate-incomplete ignored-value no-bound noop-variable observed proof proof-failed
        14 no-recipient
        15 loop sdk-no-batch
        16 binary claudeignore claudeignore-only dead-rule heavy-readable lockfile no-baseline sensitive-readable
        17 broken-import over-limit over-target size skipped start-total
        18 bad-window disabled forbidden-by-text oversized
        19 cat-tree instructed observed
        20 dynamic-prefix inline-long sdk-inline untracked-file
        21 closed-work orphan over-load-limit retention stale
        22 async-gate blocks-everything cannot-block fails-open http-gate legacy-json missing-dependency missing-script no-onfailure none not-executable proof slow swallowed timeout
        23 conditional dangerous-allow matcher missed no-gate overblocks proof
        24 inline-long modified outside relative remote-code untracked user-script writable
        25 end-timeout events fields local-only no-sink none path-in-repo-url undelivered
        26 local-only no-target none webhook-literal wrong-event
        27 blanket-allow broad-token container-escape db-admin db-env-unresolved db-user-unclear fs-root literal-credential plain-http shell-server
        28 lifecycle plugin-source remote unpinned unversioned-binary
        29 auto-approve obey-content stale-doc trifecta undocumented
        30 dead-location duplicate inventory many orphan-project stale-approval unused
        """;

    /// <summary>Of every item: what keeps an open one visible.</summary>
    private static readonly string[] Common = ["unreadable", "needs-attestation", "attestation", "attestation-expires"];

    private static readonly HashSet<string> s_all = All();

    /// <param name="rule">As in a report: <c>SEP07.literal</c>, <c>SEPX.base-url</c>.</param>
    public static bool IsKnown(string rule) => s_all.Contains(rule);

    private static HashSet<string> All()
    {
        var all = ExtensionRules.All.Select(rule => $"SEPX.{rule.Name}").ToHashSet(StringComparer.Ordinal);
        foreach (var line in ByItem.Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            foreach (var name in words.Skip(1).Concat(Common)) all.Add($"SEP{words[0].PadLeft(2, '0')}.{name}");
        }
        return all;
    }
}
