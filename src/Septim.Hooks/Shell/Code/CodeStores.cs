using System.Text;

namespace Septim.Hooks.Shell.Code;

/// <summary>
/// What the libraries of databases, clouds and hosts delete, in all languages, said as the command that does the same.
/// Sources: the reference pages of Knex, Sequelize, TypeORM, Drizzle, SQLAlchemy, peewee, Django, the AWS SDKs, google-cloud, azure-mgmt,
/// Octokit, PyGithub, Firebase and Supabase, November 2026.
/// </summary>
internal static class CodeStores
{
    public static void Read(CodeSite call)
    {
        if (Queries(call)) return;
        if (Whole(call) is { } command)
        {
            if (!IsEmulated(call.Text)) call.Do(command.Split('|'));
        }
        else if (Hosts(call) is { } host) call.Do(host.Split('|'));
        else if (Deletes(call.Leaf) && IsVendor(call)) call.Do("aws", IsKey(call.Leaf) ? "kms" : "api", Words(call.Leaf));
    }

    /// <summary>SQL, and the commands of Redis.</summary>
    private static bool Queries(CodeSite call)
    {
        switch (call.Leaf)
        {
            case "execute" or "executescript" or "query" or "raw" or "executeRawUnsafe" or "$executeRawUnsafe" or "mysqli_query" or "pg_query" or "exec" or "do" or "run" or "statement" or "unprepared"
                or "exec_driver_sql" or "dbExecute" or "prepare" or "query!" or "sql" or "Exec" or "ExecContext" or "executeUpdate" when call.IsMethod:
            case "mysqli_query" or "pg_query" or "mysql_query" or "dbExecute":
                foreach (var argument in call.Arguments.Positional) Statements(call, argument);
                return false;
            case "execute_command" or "sendCommand" or "send_command" or "callRedis" when call.IsMethod && (call.First.Items is [var head, ..] ? head : call.First).Text?.ToLowerInvariant() is "flushall" or "flushdb":
                call.Do("redis-cli", "flushall");
                return true;
            default: return false;
        }
    }

    /// <summary>One of several: a loop's variable is in the text.</summary>
    private static void Statements(CodeSite call, CodeValue argument)
    {
        if (argument.Is(CodeTraits.AnyOf) && argument.Items is { } items)
        {
            for (var i = 0; i < items.Length && i < 8; i++) Statements(call, items[i]);
        }
        else if (CodeCalls.IsStatement(argument.Text)) call.Effects.Sql(argument, call.Start, call.End);
    }

    /// <summary>It is, or is one of, statements that change or drop.</summary>
    public static bool AreStatements(CodeValue value) =>
        CodeCalls.IsStatement(value.Text) || (value.Is(CodeTraits.AnyOf) && value.Items is [var one, ..] && CodeCalls.IsStatement(one.Text));

    /// <summary>Calls that empty or drop a whole; the command with its words apart by <c>|</c>.</summary>
    private static string? Whole(CodeSite call)
    {
        const string Drop = "psql|-c|DROP TABLE t", DropSchema = "psql|-c|DROP SCHEMA public CASCADE", DropBase = "mongosh|--eval|db.dropDatabase()", DeleteAll = "psql|-c|DELETE FROM t", Index = "algolia|indices|delete|index";
        if (call.Leaf is "dropDatabase" or "drop_database") return CodeCalls.IsScratch(call.Text) ? null : DropBase;
        if (!call.IsMethod) return call.Leaf == "delete" && IsBareDelete(call) && !CodeCalls.IsTest(call.Text) ? DeleteAll : null;
        switch (call.Leaf)
        {
            case "deleteMany" or "delete_many" when IsAll(call) && !CodeCalls.IsScratch(call.Text): return "mongosh|--eval|db.c.deleteMany({})";
            case "flushall" or "flushAll" or "flushdb" or "flushDb" or "FlushAll" or "FlushDB" when !CodeCalls.IsScratch(call.Text): return "redis-cli|" + call.Leaf.ToLowerInvariant();
            case "deleteIndex" or "delete_index" or "deleteCollection" or "delete_collection" or "clearObjects" or "clearIndex" or "clear_objects" or "deleteBy" or "delete_by": return Index;
            case "delete" when call.Name.EndsWith("indices.delete", StringComparison.Ordinal): return Index;
            case "deleteByQuery" or "delete_by_query" when Shows(call, "match_all"): return Index;
            case "delete" when call.Arguments.Has("delete_all") || call.Arguments.Has("deleteAll"): return Index;
            case "delete" when call.Arguments.Count == 0 && call.Receiver.Leaf is "reference" or "ref" && call.Text.Mentions("irestore") && (call.Text.Mentions("stream(") || call.Text.Mentions(".docs")): return "firebase|firestore:delete|--all-collections";
            case "delete" or "del" or "unlink" when call.Text.Mentions("edis") && (call.Text.Mentions("scan_iter(") || call.Text.Mentions("scanIterator(") || call.Text.Mentions(".keys('") || call.Text.Mentions(".keys(\"")) && !CodeCalls.IsTest(call.Text): return "redis-cli|flushdb";
            case "delete" when call.Arguments.Has("force") && call.Text.Mentions("google.cloud"): return "gsutil|rb|gs://bucket";
            case "recursiveDelete" or "recursive_delete" or "deleteFiles" or "emptyBucket" or "empty_bucket" or "deleteTopics" or "delete_topics" or "queue_purge" or "queue_delete" or "purgeQueue" or "deleteQueue"
                or "delete_metadata_and_all_versions" or "deleteRepo" or "delete_repo":
                return "aws|api|delete-all";
            case "prune" when call.Receiver.Leaf is "containers" or "volumes" or "images" or "networks" && call.Text.Mentions("docker"): return "docker|" + call.Receiver.Leaf.TrimEnd('s') + "|prune|-f";
            case "pruneVolumes" or "pruneContainers" or "pruneImages" or "pruneNetworks": return "docker|" + call.Leaf[5..^1].ToLowerInvariant() + "|prune|-f";
            case "remove" when call.Arguments.Has("force") && call.Text.Mentions("docker"): return HasAny(CodeChain.Before(call), "volumes", "getVolume") ? "docker|volume|rm|-f|x" : "docker|rm|-f|x";
        }
        if (CodeCalls.IsTest(call.Text)) return null;
        switch (call.Leaf)
        {
            case "drop_all" or "dropAllTables" or "dropAllSchemas": return DropSchema;
            case "sync" when call.Arguments.Has("force") && (call.Text.Mentions("sequelize") || call.Text.Mentions("Sequelize")): return DropSchema;
            case "synchronize" when call.First.Name is "true" && (call.Text.Mentions("typeorm") || call.Text.Mentions("dataSource")): return DropSchema;
            case "dropTable" or "dropTableIfExists" or "dropSchema" or "drop_table" or "drop_tables" or "dbRemoveTable": return Drop;
            case "drop" when call.Arguments.Count == 0 ? call.Receiver.Leaf is "collection" or "sequelize" || call.Text.Mentions("Mongo") || HasAny(CodeChain.Before(call), "collection", "Collection") : call.Receiver.Leaf == "__table__":
                return Drop;
            case "destroy" when call.First.Fields is { } fields && (call.First.HasOn("truncate") || (fields.TryGetValue("where", out var where) && where.Fields is { Count: 0 })): return DeleteAll;
            case "delete" or "remove" when IsAll(call) && call.Arguments.Count == 1 && (call.Text.Mentions("epository") || call.Text.Mentions("typeorm") || call.Text.Mentions("mongoose")): return DeleteAll;
            case "clear" when call.Arguments.Count == 0 && (call.Text.Mentions("getRepository") || call.Text.Mentions("typeorm")) && HasAny(CodeChain.Before(call), "getRepository", "repo", "repository"): return DeleteAll;
            case "del" or "delete" or "_raw_delete" or "truncate" or "delete_all" or "execute" when call.Arguments.Positional.Count == 0 && IsWhole(call): return DeleteAll;
            case "delete_all" when call.Arguments.Count == 1 && call.First.Name is [>= 'A' and <= 'Z', ..] && call.Receiver.Leaf == "Repo": return DeleteAll;
            case "delete" when call.Arguments.Count == 1 && call.First is { Text: null, Fields: null, Name: not null } && call.Text.Mentions("drizzle") && !Narrows(CodeChain.Behind(call)): return DeleteAll;
            default: return null;
        }
    }

    /// <summary><c>deleteMany({})</c>, <c>deleteMany()</c>: no condition.</summary>
    private static bool IsAll(CodeSite call) => call.First.Fields is { Count: 0 } || call.Arguments.Count == 0;

    /// <summary>SQLAlchemy's statement: <c>session.execute(delete(User))</c>.</summary>
    private static bool IsBareDelete(CodeSite call) =>
        call.Arguments.Count == 1 && call.First is { Text: null, Fields: null, Name.Length: > 0 } && call.Text.Mentions("execute(") && !Narrows(CodeChain.Behind(call));

    /// <summary>A query that is deleted or emptied without a condition before or behind.</summary>
    private static bool IsWhole(CodeSite call)
    {
        var before = CodeChain.Before(call);
        if (before.Count == 0 || Narrows(before) || Narrows(CodeChain.Behind(call))) return false;
        if (call.Leaf == "execute") return before[0] == "delete" && before.Count > 1 && char.IsAsciiLetterUpper(before[1][0]);
        // Why the call: `knex('users')` is a table, `knex` the library.
        var isTable = call.Receiver.Name is null ? before[0].TrimStart('/') is "knex" or "db" or "trx" or "DB" or "database" : call.Receiver.Name == "DB[]";
        return isTable || before[0] is "query" or "objects" or "all" or "from" or "table" or "createQueryBuilder" or "queryBuilder"
            || (call.Leaf is "delete_all" && char.IsAsciiLetterUpper(before[0][0])) || (call.Text.Mentions("Sequel.") && call.Receiver.Name is ['D', 'B', ..]);
    }

    private static bool Narrows(List<string> names)
    {
        foreach (var name in names)
        {
            if (name is "eq" or "gt" or "gte" or "lt" or "lte" or "in" or "in_" or "is_" or "match" or "limit" or "first" or "one" or "get" or "contains" or "like" or "ilike" or "exclude"
                || name.StartsWith("where", StringComparison.Ordinal) || name.StartsWith("filter", StringComparison.Ordinal) || name.StartsWith("find", StringComparison.Ordinal) || name.StartsWith("andWhere", StringComparison.Ordinal)) return true;
        }
        return false;
    }

    /// <summary>Repositories, pods and payments: hosts whose library names what goes.</summary>
    private static string? Hosts(CodeSite call)
    {
        const string Api = "gh|api|-X|DELETE|repos/o/r";
        if (call.Leaf == "request" && call.First.Text?.StartsWith("DELETE /", StringComparison.Ordinal) == true && call.Text.Mentions("ctokit")) return Api;
        if (call.Leaf is "delete_repository" or "deleteRepository") return Api;
        if (call.Leaf is "attach_user_policy" or "attach_role_policy" or "attach_group_policy" && Shows(call, "AdministratorAccess")) return "aws|iam|attach-user-policy|--policy-arn|arn:aws:iam::aws:policy/AdministratorAccess";
        if (call.Leaf is "reset" or "push" or "clean" or "raw" or "checkout" or "branch" or "stash" && call.IsMethod && call.Text.Mentions("simple-git")) return Git(call);
        if (call.Leaf.StartsWith("delete", StringComparison.Ordinal) && call.IsMethod)
        {
            if (call.Text.Mentions("ctokit") && !HasAny(CodeChain.Before(call), "Map", "Set")) return Api;
            if (call.Leaf == "delete" && call.Text.Mentions("github") && HasAny(CodeChain.Before(call), "get_repo", "get_git_ref", "get_release")) return Api;
            if (call.Name.EndsWith("projects.delete", StringComparison.Ordinal) && call.Text.Mentions("gitlab")) return Api;
            if (call.Leaf is "deleteUser" or "deleteUsers" or "delete_user" or "delete_users" && HasAny(CodeChain.Before(call), "auth", "getAuth", "admin")) return "aws|api|" + Words(call.Leaf);
        }
        if (call.Leaf is "del" or "delete" or "cancel" && (call.Name.StartsWith("stripe.", StringComparison.Ordinal) || (call.Leaf == "del" && call.Text.Mentions("stripe")))) return call.Leaf == "cancel" ? "stripe|subscriptions|cancel|x" : "stripe|customers|delete|x";
        if (call.IsMethod && call.Leaf is "remove" or "set" && (call.Leaf == "remove" ? call.Arguments.Count == 0 : call.First.Name == "null") && CodeChain.Before(call) is ["ref", "database", ..]) return "firebase|database:remove|/";
        if (call.IsMethod && call.Leaf.StartsWith("delete", StringComparison.Ordinal) && call.Text.Mentions("kubernetes"))
        {
            var operation = Words(call.Leaf);
            if (operation is "delete-namespace" or "delete-node" or "delete-persistent-volume") return "kubectl|delete|" + operation[7..].Replace("-", "", StringComparison.Ordinal) + "|x";
            if (operation.StartsWith("delete-namespaced-", StringComparison.Ordinal)) return "kubectl|delete|" + operation[18..].Replace("-", "", StringComparison.Ordinal) + "|x";
            if (operation.StartsWith("delete-collection-", StringComparison.Ordinal)) return "kubectl|delete|pods|--all";
        }
        if (call.Leaf == "push" && call.Arguments.Has("force") && call.Text.Mentions("git")) return "git|push|--force";
        if (call.Leaf == "reset" && (call.Arguments.Has("working_tree") || (call.Text.Mentions("dulwich") && call.Arguments.At(1).Text == "hard"))) return "git|reset|--hard";
        return null;
    }

    /// <summary>simple-git: <c>git.reset(['--hard'])</c>, <c>git.clean('fd')</c>, <c>git.raw(['reset', '--hard'])</c>.</summary>
    private static string Git(CodeSite call)
    {
        var words = new StringBuilder("git");
        if (call.Leaf != "raw") words.Append('|').Append(call.Leaf);
        foreach (var argument in call.Arguments.Positional)
        {
            foreach (var item in argument.Items ?? [argument])
            {
                if (item.Text is { Length: > 0 } text && !text.Contains('|', StringComparison.Ordinal)) words.Append('|').Append(call.Leaf == "clean" && text[0] != '-' ? "-" : "").Append(text);
            }
        }
        return words.ToString();
    }

    /// <summary>A client of a vendor, whose methods have the names of the vendor's operations.</summary>
    private static bool IsVendor(CodeSite call)
    {
        if (IsEmulated(call.Text)) return false;
        if (IsCommand(call.Leaf)) return true;
        if (!call.IsMethod) return false;
        var names = CodeChain.Before(call);
        // Why: what holds one row, message or document is no store.
        if (call.Leaf is "delete" or "terminate" && (call.Arguments.Positional.Count > 0 && !call.Text.Mentions("google.cloud") && !call.Text.Mentions("@google-cloud") || HasAny(names, "doc", "document", "Item", "Message", "message", "blob", "file", "get"))) return false;
        if (call.Leaf is "delete" && HasAny(names, "bucket") && call.Text.Mentions("torage")) return true;
        foreach (var module in (ReadOnlySpan<string>)["boto3", "aws-sdk", "AWS.", "google.cloud", "@google-cloud/", "googleapiclient", "azure.", "Aws\\"])
        {
            if (call.Text.Mentions(module)) return true;
        }
        return false;
    }

    /// <summary>It speaks to an emulator on this machine.</summary>
    private static bool IsEmulated(CodeText text)
    {
        foreach (var sign in (ReadOnlySpan<string>)["mock_aws", "endpoint_url='http://localhost", "endpoint_url=\"http://localhost", "endpoint_url='http://127.0.0.1", "endpoint_url=\"http://127.0.0.1"])
        {
            if (text.Mentions(sign)) return true;
        }
        return false;
    }

    /// <summary>The AWS SDK's commands are classes: <c>new DeleteBucketCommand(…)</c>.</summary>
    private static bool IsCommand(string leaf) => leaf.EndsWith("Command", StringComparison.Ordinal) && char.IsAsciiLetterUpper(leaf[0]);

    private static bool IsKey(string leaf) => leaf.Contains("eyDeletion", StringComparison.Ordinal) || leaf.Contains("key_deletion", StringComparison.Ordinal);

    private static bool Deletes(string leaf)
    {
        foreach (var verb in (ReadOnlySpan<string>)["delete", "terminate", "purge", "deregister", "begin_delete", "schedule_key", "scheduleKey"])
        {
            if (!leaf.StartsWith(verb, StringComparison.OrdinalIgnoreCase) || (leaf.Length > verb.Length && char.IsAsciiLetterLower(leaf[verb.Length]))) continue;
            foreach (var part in (ReadOnlySpan<string>)["essage", "tem", "ocument", "bject_tagging", "ag", "ags"])
            {
                if (leaf.EndsWith(part, StringComparison.Ordinal) || leaf.EndsWith(part + "Command", StringComparison.Ordinal)) return false;
            }
            return true;
        }
        return false;
    }

    /// <summary>The operation as the command line spells it: <c>DeleteBucketCommand</c> is <c>delete-bucket</c>.</summary>
    private static string Words(string leaf)
    {
        var made = new StringBuilder();
        foreach (var c in leaf.EndsWith("Command", StringComparison.Ordinal) ? leaf.AsSpan(0, leaf.Length - 7) : leaf)
        {
            if (c == '_') made.Append('-');
            else if (char.IsAsciiLetterUpper(c)) made.Append(made.Length > 0 ? "-" : "").Append(char.ToLowerInvariant(c));
            else made.Append(c);
        }
        return made.ToString().Replace("begin-", "", StringComparison.Ordinal);
    }

    private static bool HasAny(List<string> names, params ReadOnlySpan<string> wanted)
    {
        foreach (var name in names)
        {
            if (wanted.Contains(name)) return true;
        }
        return false;
    }

    private static bool Shows(CodeSite call, string words) => call.Text.Text.AsSpan(call.Start, call.End - call.Start).IndexOf(words) >= 0;
}
