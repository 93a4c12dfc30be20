namespace Septim.Hooks.Gates.BashRules;

/// <summary>What the verb of a <c>tool group verb</c> command does. Names are the same over most vendors' tools.</summary>
internal static class CommandVerb
{
    /// <summary>A compound is known by its parts: <c>apps:destroy</c>, <c>delete-stack</c>, <c>blob-delete</c>.</summary>
    public static bool Deletes(string word)
    {
        foreach (var range in word.AsSpan().SplitAny(':', '-', '_'))
        {
            if (IsDelete(word.AsSpan(range))) return true;
            // Why: list-deleted-x and get-delete-y read.
            if (IsRead(word.AsSpan(range))) return false;
        }
        return false;
    }

    public static bool Reads(string word)
    {
        var end = word.AsSpan().IndexOfAny(':', '-', '_');
        return IsRead(end < 0 ? word : word.AsSpan(0, end)) || (end >= 0 && word[end] == ':' && IsRead(word.AsSpan(end + 1)));
    }

    private static bool IsDelete(ReadOnlySpan<char> word) => word is "delete" or "del" or "remove" or "rm" or "destroy" or "purge" or "terminate"
        or "deregister" or "unregister" or "drop" or "wipe" or "erase" or "nuke" or "uninstall" or "revoke" or "kill" or "rb" or "rmi" or "undeploy"
        or "deprovision" or "decommission" or "unsubscribe" or "truncate" or "Delete" or "DELETE" or "delete_all" or "flush" or "teardown" or "clobber"
        or "unpublish" or "abandon";

    private static bool IsRead(ReadOnlySpan<char> word) => word is "list" or "ls" or "get" or "describe" or "show" or "view" or "create" or "new" or "help"
        or "search" or "exists" or "wait" or "tail" or "info" or "status" or "inspect" or "query" or "read" or "download" or "find" or "check" or "validate"
        or "lookup" or "test" or "generate" or "head" or "batchget" or "scan" or "whoami" or "login" or "logout" or "completion" or "diff" or "explain" or "put" or "add";
}
