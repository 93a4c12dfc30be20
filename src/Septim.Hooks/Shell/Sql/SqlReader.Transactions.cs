namespace Septim.Hooks.Shell.Sql;

/// <summary>Transactions that are taken back.</summary>
internal static partial class SqlReader
{
    /// <summary>
    /// <c>BEGIN; DELETE …; ROLLBACK</c> changes nothing. Only rows are taken back everywhere: other statements end a transaction in some
    /// databases, and what a function sends elsewhere is no part of it.
    /// </summary>
    private static void Transact(List<string> words, int before, Gathering gathering)
    {
        // Why: most scripts open none, and each of their statements comes by here.
        if (gathering.OpenAt < 0 && words[0] is not ("BEGIN" or "START" or "TRANSACTION" or "TRAN")) return;
        var last = words[^1];
        switch (words[FirstVerb(words)])
        {
            case "BEGIN" or "TRANSACTION" or "TRAN" or "START" when last is "BEGIN" or "TRANSACTION" or "TRAN" or "WORK" or "IMMEDIATE" or "DEFERRED" or "EXCLUSIVE":
                gathering.OpenAt = gathering.Statements.Count;
                return;
            case "ROLLBACK" or "ABORT" when last is "ROLLBACK" or "ABORT" or "TRANSACTION" or "TRAN" or "WORK":
                if (gathering.OpenAt >= 0) gathering.Statements.RemoveRange(gathering.OpenAt, gathering.Statements.Count - gathering.OpenAt);
                break;
            case "DELETE" or "UPDATE" or "INSERT" or "EXPLAIN" or "SAVEPOINT" or "RELEASE" or "ROLLBACK": return;
            case "SELECT" or "SHOW" or "VALUES" or "WITH" when gathering.Statements.Count == before: return;
            default: break;
        }
        gathering.OpenAt = -1;
    }
}
