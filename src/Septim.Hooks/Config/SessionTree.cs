namespace Septim.Hooks.Config;

/// <summary>
/// Where a session stands among others: in which run, and below which root when a <c>claude -p</c> was started from another session's
/// Bash call. The markers travel through <c>CLAUDE_ENV_FILE</c>; a command can unset them, so they bind nobody who fights them.
/// </summary>
/// <param name="RootSessionId">The session that a person or a job started; its own id when it is that one.</param>
/// <param name="RunId"><c>SEPTIM_RUN_ID</c>, else the CI service's run, else the root session.</param>
/// <param name="Depth">0 for a root, 1 for a client started by it, and so on.</param>
internal sealed record SessionTree(string RootSessionId, string RunId, int Depth)
{
    public const string RootVariable = "SEPTIM_ROOT_SESSION";
    public const string RunVariable = "SEPTIM_RUN_ID";
    public const string DepthVariable = "SEPTIM_CLIENT_DEPTH";

    /// <summary><c>septim run</c> started the client, and gave it our hooks on its command line.</summary>
    public bool IsUnderRun { get; init; }

    public static SessionTree Read(string sessionId, Func<string, string?> variable)
    {
        var root = variable(RootVariable) is { Length: > 0 } marked ? marked : sessionId;
        var run = variable(RunVariable) is { Length: > 0 } named ? named : CiRun.Read(variable)?.RunId ?? root;
        var depth = variable(DepthVariable) is { } text && ConfigText.TryCount(text, out var count) ? count : root == sessionId ? 0 : 1;
        return new SessionTree(root, run, depth) { IsUnderRun = variable(RunNotes.Variable) is { Length: > 0 } };
    }

    /// <summary>Shell lines that hand the markers to every Bash call, and so to every client started from one.</summary>
    public string ToShellExports() =>
        $"export {RootVariable}={Quote(RootSessionId)}\nexport {RunVariable}={Quote(RunId)}\nexport {DepthVariable}={Depth + 1}\n";

    private static string Quote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
