using Septim.Hooks.Audit.Secrets;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>A secret in the history: one for each secret and path.</summary>
internal sealed record HistoryLeak(SecretHit Hit, string Path, int Commits, string FirstCommit, string LastCommit, string Refs, bool AtHead);
