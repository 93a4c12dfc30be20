namespace Septim.Hooks.Gates;

/// <summary>Why a file is guarded by config-gate.</summary>
internal enum GuardedFile
{
    None,

    /// <summary>A settings file of the client, of any scope: judged by what the change takes away.</summary>
    ClientSettings,

    /// <summary>Decides which programs the client starts: <c>.mcp.json</c>, <c>~/.claude.json</c>, plugin files.</summary>
    ClientPrograms,

    /// <summary>septim's binary, configuration, raises, attestations, state, spool: only people change them.</summary>
    Septim,

    /// <summary>The client's transcripts, from which the spend is read.</summary>
    Transcripts,
}
