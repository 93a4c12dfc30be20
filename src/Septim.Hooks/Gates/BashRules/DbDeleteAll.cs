using Septim.Hooks.Shell;
using Septim.Hooks.Shell.Sql;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>All rows, keys, documents or messages are deleted or changed at once.</summary>
internal static class DbDeleteAll
{
    public static readonly BashRule Rule = new("db-delete-all", BashSeverity.High)
    {
        Reason = "it deletes or changes every row, key, index or message",
        Alternative = "psql -c 'SELECT count(*) FROM t'",
        Denies =
        [
            "psql -c 'DELETE FROM users'",
            "psql -c 'DELETE FROM users WHERE 1=1'",
            "mysql -e 'UPDATE users SET admin = 1'",
            "echo 'delete from t;' | sqlite3 app.db",
            "redis-cli FLUSHALL",
            "printf 'FLUSHALL\\r\\n' | nc localhost 6379",
            "mysql -e 'DELETE u FROM users u JOIN x ON 1=1'",
            "redis-cli -h h -a pw -n 3 flushdb",
            "echo FLUSHALL | redis-cli",
            "redis-cli CONFIG SET dir /var/www",
            "mongosh --eval 'db.users.deleteMany({ })'",
            "kafka-topics --bootstrap-server localhost:9092 --delete --topic orders",
            "kafka-topics.sh --delete --topic orders --bootstrap-server b:9092",
            "curl -X DELETE http://localhost:9200/_all",
            "curl -XPOST http://es:9200/my-index/_delete_by_query -d '{}'",
            "http DELETE :9200/my-index",
            "rabbitmqctl delete_vhost /prod",
            "rabbitmqadmin purge queue name=jobs",
            "nats stream purge ORDERS",
            "etcdctl del --prefix /",
            "python3 -c \"import django; django.setup(); U.objects.all().delete()\"",
        ],
        Asks = ["redis-cli SHUTDOWN", "rabbitmqctl reset --help; kafka-consumer-groups --bootstrap-server b --delete --group g"],
        Passes =
        [
            "psql -c 'DELETE FROM users WHERE id = 1'",
            "mysql -e 'UPDATE users SET admin = 1 WHERE id = 2'",
            "redis-cli get k",
            "printf 'PING\\r\\n' | nc localhost 6379",
            "printf 'FLUSHALL\\r\\n' | nc localhost 80",
            "mysql -e 'DELETE u FROM users u JOIN x ON x.id=u.id'",
            "redis-cli del session:1",
            "redis-cli set note FLUSHALL",
            "mongosh --eval 'db.users.deleteOne({_id: 1})'",
            "kafka-topics --bootstrap-server localhost:9092 --list",
            "curl -X GET http://localhost:9200/_all",
            "rabbitmqctl status",
            "nats stream info ORDERS",
            "etcdctl get --prefix /",
            "python3 -c \"import django; django.setup(); U.objects.filter(id=3).delete()\"",
            "python3 -c \"import django; django.setup(); print(U.objects.all().count())\"",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.AsksForHelp) return null;
        if (at.SqlTexts is { } texts) return Sql(at, texts);
        switch (at.Name)
        {
            case "redis-cli" or "valkey-cli" or "keydb-cli": return Redis(at);
            // Why: the server takes its commands as plain lines from anybody who speaks to its port.
            case "nc" or "ncat" or "netcat" or "telnet" when at.HasArgument("6379"): return RedisLines(at);
            case "nc" or "ncat" or "netcat" or "telnet" when at.HasArgument("11211"): return at.Invocation.Input.Text?.TrimStart().StartsWith("flush_all", StringComparison.Ordinal) == true ? BashFinding.Plain : null;
            case "mongosh" or "mongo": return Mongo(at);
            case "cypher-shell": return Graph(at);
            case "curl" or "wget" or "http" or "https" or "httpie" or "xh" or "xhs": return Search(at);
            default: return Queue(at);
        }
    }

    private static BashFinding? Sql(RuleCase at, List<string> texts)
    {
        foreach (var text in texts)
        {
            foreach (var statement in at.Work.Statements(text))
            {
                if (statement.Verb is "DELETE" or "UPDATE" && statement.Condition != SqlCondition.Some) return BashFinding.Plain;
                if (statement.Verb == "ALTER" && statement.Object == "TABLE DELETE" && statement.Condition != SqlCondition.Some) return BashFinding.Plain;
                if (statement.Verb is "PURGE" or "RESET" && statement.Object is "BINARY" or "MASTER" or "SLAVE" or "REPLICA") return BashFinding.Plain;
                if (statement.Verb is "COPY" or "ALTER" && statement.Object == "PROGRAM") return new BashFinding(null, "it makes the database server run a program");
                if (statement.Verb is "EXEC" or "EXECUTE" && statement.Object.EndsWith("XP_CMDSHELL", StringComparison.Ordinal)) return new BashFinding(null, "it makes the database server run a program");
            }
        }
        return null;
    }

    private static readonly string[] RedisValues = ["-h", "-p", "-s", "-a", "-u", "-n", "-r", "-i", "-d", "-D", "-t", "--user", "--pass", "--cacert", "--cert", "--key", "--tls-ciphers", "--sni", "--pattern", "--rdb", "--eval", "--count"];

    private static BashFinding? Redis(RuleCase at)
    {
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            var text = at.Arguments[i].Shown;
            if (text.Length > 1 && text[0] == '-')
            {
                // Why: `--cluster call HOST COMMAND` runs it on every node.
                if (text == "--cluster" && at.Argument(i + 1) == "call") i += 2;
                if (Array.IndexOf(RedisValues, text) >= 0) i++;
                continue;
            }
            return RedisCommand(text, at.Argument(i + 1), at.Argument(i + 2), at.Invocation.IsVia("xargs") || IsListed(at.Arguments, i + 1));
        }
        return RedisLines(at);
    }

    private static BashFinding? RedisLines(RuleCase at)
    {
        if (at.Invocation.Input.Content is not { } input) return null;
        BashFinding? found = null;
        foreach (var line in input.Shown.AsSpan().EnumerateLines())
        {
            var command = line.Trim(' ');
            if (!IsWorthSplitting(command)) continue;
            var words = command.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            found = RedisCommand(words[0], words.Length > 1 ? words[1] : null, words.Length > 2 ? words[2] : null, false);
            if (found is not null) break;
        }
        return found;
    }

    /// <summary>Most of a long input sets and gets.</summary>
    private static bool IsWorthSplitting(ReadOnlySpan<char> line)
    {
        var end = line.IndexOf(' ');
        var command = end < 0 ? line : line[..end];
        foreach (var name in RedisCommands)
        {
            if (command.Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    private static readonly string[] RedisCommands = ["FLUSHALL", "FLUSHDB", "CONFIG", "DEBUG", "CLUSTER", "SHUTDOWN", "SLAVEOF", "REPLICAOF", "SWAPDB", "SCRIPT", "FUNCTION", "ACL", "MODULE", "DEL", "UNLINK", "EVAL", "EVAL_RO"];

    private static BashFinding? RedisCommand(string command, string? first, string? second, bool isFed) => command.ToUpperInvariant() switch
    {
        "FLUSHALL" or "FLUSHDB" => BashFinding.Plain,
        "CONFIG" when Is(first, "SET") && (Is(second, "dir") || Is(second, "dbfilename") || Is(second, "requirepass") || Is(second, "protected-mode") || Is(second, "save") || Is(second, "appendonly")) => BashFinding.Plain,
        "DEBUG" when Is(first, "SEGFAULT") || Is(first, "RELOAD") || Is(first, "FLUSHALL") => BashFinding.Plain,
        "CLUSTER" when Is(first, "RESET") || Is(first, "FLUSHSLOTS") => BashFinding.Plain,
        "SHUTDOWN" or "SLAVEOF" or "REPLICAOF" or "SWAPDB" => BashFinding.Medium,
        "SCRIPT" or "FUNCTION" when Is(first, "FLUSH") => BashFinding.Medium,
        "ACL" when Is(first, "DELUSER") => BashFinding.Medium,
        "MODULE" when Is(first, "LOAD") => BashFinding.Plain,
        "DEL" or "UNLINK" when isFed => BashFinding.Medium,
        "EVAL" or "EVAL_RO" when first?.Contains("flush", StringComparison.OrdinalIgnoreCase) == true => BashFinding.Plain,
        "EVAL" when first?.Contains("'*'", StringComparison.Ordinal) == true && (first.Contains("'del'", StringComparison.OrdinalIgnoreCase) || first.Contains("'unlink'", StringComparison.OrdinalIgnoreCase)) => BashFinding.Plain,
        _ => null,
    };

    /// <summary>The keys are what the client itself has just listed: <c>del $(redis-cli keys '*')</c>.</summary>
    private static bool IsListed(Word[] arguments, int from)
    {
        for (var i = from; i < arguments.Length; i++)
        {
            foreach (var piece in arguments[i].Pieces)
            {
                if (piece.From is null) continue;
                foreach (var source in piece.From.From)
                {
                    if (source.Name is "redis-cli" or "valkey-cli" or "keydb-cli") return true;
                }
            }
        }
        return false;
    }

    private static bool Is(string? text, string name) => string.Equals(text, name, StringComparison.OrdinalIgnoreCase);

    private static BashFinding? Mongo(RuleCase at)
    {
        foreach (var text in DbDrop.MongoTexts(at))
        {
            foreach (var (method, isUnfiltered) in at.Work.MongoCalls(text))
            {
                if (isUnfiltered && method is "deleteMany" or "remove" or "updateMany") return BashFinding.Plain;
            }
        }
        return null;
    }

    /// <summary>Elasticsearch, OpenSearch, Meilisearch, Typesense, Solr and CouchDB, by their ports and paths.</summary>
    private static BashFinding? Search(RuleCase at)
    {
        if (HttpRequest.Of(at) is not { } request) return null;
        var path = request.Path;
        if (!request.IsSearchEngine) return null;
        if (path.StartsWith("/solr/", StringComparison.Ordinal) && EmptiesSolr(at, path)) return BashFinding.Plain;
        if (request.Method == "DELETE") return path.Contains("/_doc/", StringComparison.Ordinal) || path.Contains("/documents/", StringComparison.Ordinal) ? BashFinding.Medium : BashFinding.Plain;
        if (request.Method is not ("POST" or "PUT")) return null;
        if (path.Contains("_delete_by_query", StringComparison.Ordinal) || path.Contains("delete-batch", StringComparison.Ordinal) || path.Contains("/delete_series", StringComparison.Ordinal)) return BashFinding.Plain;
        return path.EndsWith("/_close", StringComparison.Ordinal) || path.Contains("_update_by_query", StringComparison.Ordinal) || path.Contains("/_cluster/settings", StringComparison.Ordinal) || path.EndsWith("/_cluster/reroute", StringComparison.Ordinal) || path.EndsWith("/delete", StringComparison.Ordinal) ? BashFinding.Medium : null;
    }

    /// <summary>Solr takes its deletions as the body of an update, or as an action of its administration.</summary>
    private static bool EmptiesSolr(RuleCase at, string path)
    {
        if (path.Contains("action=UNLOAD", StringComparison.OrdinalIgnoreCase) || path.Contains("action=DELETE", StringComparison.OrdinalIgnoreCase)) return true;
        if (!path.Contains("/update", StringComparison.Ordinal)) return false;
        foreach (var argument in at.Arguments)
        {
            if (argument.Shown.Contains("<delete>", StringComparison.Ordinal) || argument.Shown.Contains("\"delete\":", StringComparison.Ordinal)) return true;
        }
        return false;
    }

    /// <summary>A graph is emptied when nothing says which nodes.</summary>
    private static BashFinding? Graph(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            if (DeletesNodes(argument.Shown)) return BashFinding.Plain;
        }
        return at.Invocation.Input.Content is { } input && DeletesNodes(input.Shown) ? BashFinding.Plain : null;
    }

    private static bool DeletesNodes(string text) =>
        text.Contains("DELETE ", StringComparison.OrdinalIgnoreCase) && text.Contains("MATCH", StringComparison.OrdinalIgnoreCase)
        && !text.Contains("WHERE", StringComparison.OrdinalIgnoreCase) && !text.Replace("CALL {", "", StringComparison.OrdinalIgnoreCase).Contains('{');

    private static BashFinding? Queue(RuleCase at)
    {
        var name = at.Name.EndsWith(".sh", StringComparison.Ordinal) ? at.Name[..^3] : at.Name;
        switch (name)
        {
            case "kafka-topics" or "kafka-acls" or "kafka-configs":
                return at.HasArgument("--delete") || at.HasArgument("--delete-config") || at.HasArgument("--remove") || (name != "kafka-acls" && KeepsNothing(at)) ? name == "kafka-topics" ? BashFinding.Plain : BashFinding.Medium : null;
            case "kafka-delete-records" or "kafka-leader-election" or "kafka-streams-application-reset": return name == "kafka-leader-election" ? null : at.HasArgument("--dry-run") ? null : BashFinding.Plain;
            case "kafka-consumer-groups":
                return at.HasArgument("--delete") || at.HasArgument("--delete-offsets") || (at.HasArgument("--reset-offsets") && at.HasArgument("--execute")) ? BashFinding.Medium : null;
            case "kcat" or "kafkactl" or "rpk" or "confluent" or "pulsar-admin" or "nats" or "nsc" or "rabbitmqadmin" or "pulsarctl" or "kaf":
                return Deletes(at, "-s --server --creds --context -u -p -P -H -V --vhost --username --password --host --port --brokers -b --bootstrap-server --environment --cluster");
            case "rabbitmqctl" or "rabbitmq-diagnostics":
                var task = CommandPath.Read(at.Arguments, "-n --node -p --vhost -t --timeout -q")[0];
                return task.StartsWith("delete_", StringComparison.Ordinal) || task is "purge_queue" or "reset" or "force_reset" or "forget_cluster_node" ? BashFinding.Plain
                    : task is "stop_app" or "stop" or "shutdown" or "clear_permissions" or "clear_policy" ? BashFinding.Medium : null;
            case "etcdctl":
                var etcd = CommandPath.Read(at.Arguments, "--endpoints --cacert --cert --key --user --password --dial-timeout --command-timeout");
                return etcd[0] == "del" ? etcd.Has("--prefix", "--from-key") ? BashFinding.Plain : BashFinding.Medium
                    : etcd[0] is "member" && etcd[1] == "remove" ? BashFinding.Plain : etcd[0] is "role" or "user" && etcd[1] == "delete" ? BashFinding.Plain : null;
            case "zkcli" or "zookeeper-shell": return at.HasArgument("deleteall") || at.HasArgument("rmr") ? BashFinding.Plain : at.HasArgument("delete") ? BashFinding.Medium : null;
            case "aws" or "gcloud": return null;
            case "memccp" or "memcflush": return BashFinding.Plain;
            case "celery": return at.HasArgument("purge") || at.HasArgument("queue.purge") || at.HasArgument("queue.delete") ? BashFinding.Plain : null;
            case "sidekiqctl" or "resque": return null;
            default: return null;
        }
    }

    /// <summary><c>--add-config retention.ms=1</c> is how a topic is emptied.</summary>
    private static bool KeepsNothing(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is not { } text || text.IndexOf("retention.", StringComparison.Ordinal) is not (>= 0 and var start)) continue;
            var value = text.AsSpan(start);
            value = value[(value.IndexOf('=') + 1)..];
            var end = value.IndexOfAnyExceptInRange('0', '9');
            if ((end < 0 ? value.Length : end) is > 0 and < 6) return true;
        }
        return false;
    }

    private static BashFinding? Deletes(RuleCase at, string values)
    {
        var path = CommandPath.Read(at.Arguments, values);
        if (path.IsHarmless) return null;
        for (var i = 0; i < path.Count && i < 4; i++)
        {
            if (path[i] is "delete" or "rm" or "purge" or "del" or "remove" or "clear" or "truncate" or "trim-prefix" or "clear-backlog" or "skip-all" or "delete-partitioned-topic") return BashFinding.Plain;
            if (path[i] is "info" or "ls" or "list" or "get" or "add" or "create" or "report" or "view" or "show" or "pub" or "sub" or "describe") return null;
        }
        return null;
    }
}
