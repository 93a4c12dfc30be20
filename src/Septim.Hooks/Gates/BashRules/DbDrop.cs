using Septim.Hooks.Shell.Sql;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>A database, schema, table or role is dropped or emptied.</summary>
internal static class DbDrop
{
    public static readonly BashRule Rule = new("db-drop", BashSeverity.Critical)
    {
        Reason = "it drops a database, schema, table or role with all in it",
        Alternative = "pg_dump -t users db > users.sql",
        Denies =
        [
            "mysqlsh --sql -u root -e 'DROP DATABASE app'",
            "python manage.py shell -c 'User.objects.all().delete()'",
            "./gradlew flywayClean",
            "psql -U postgres -c 'DROP DATABASE prod'",
            "psql -d app -c \"drop table if exists orders cascade\"",
            "mysql -u root -pSecret shop -e 'TRUNCATE TABLE users'",
            "echo 'DROP SCHEMA public CASCADE;' | psql app",
            "psql app <<'SQL'\nBEGIN;\nDROP TABLE users;\nCOMMIT;\nSQL",
            "sqlite3 app.db 'DROP TABLE users'",
            "mysql app <<< 'drop table a'",
            "sqlcmd -S db -Q 'DROP DATABASE x'",
            "clickhouse-client --query='DROP TABLE events'",
            "bq query 'DROP TABLE d.t'",
            "dropdb --host=db.internal production",
            "dropuser bob",
            "mysqladmin -u root drop testdb",
            "bin/rails db:drop",
            "bundle exec rake db:migrate:reset",
            "npx prisma migrate reset --force",
            "python manage.py flush --no-input",
            "php artisan migrate:fresh",
            "alembic downgrade base",
            "flyway clean",
            "mongosh --eval 'db.dropDatabase()'",
            "mongosh app --eval 'db.users.drop()'",
            "wrangler d1 execute db --command 'DROP TABLE users'",
            "pg_dropcluster 16 main",
            "python3 -c \"cursor.execute('DROP TABLE users')\"",
            "python3 -c \"conn.execute(text('DROP TABLE users'))\"",
            "node -e \"prisma.\\$executeRaw\\`DROP TABLE users\\`\"",
            "python3 -c \"Base.metadata.drop_all(engine)\"",
            "node -e \"sequelize.sync({force: true})\"",
            "node -e \"await sql\\`DROP TABLE users\\`\"",
        ],
        Asks = ["psql -c 'DROP INDEX idx_a'", "psql -c 'DROP VIEW v'", "psql -c 'ALTER TABLE t DROP CONSTRAINT c'", "drop database shop"],
        Passes =
        [
            "mysqlsh --sql -u root -e 'SELECT 1'",
            "rails db:rollback",
            "python manage.py migrate app zero --plan",
            "psql -c 'SELECT * FROM dropped_items'",
            "psql -c \"SELECT 'DROP TABLE users'\"",
            "sqlite3 -readonly app.db 'DROP TABLE users'",
            "sqlite3 :memory: 'DROP TABLE users'",
            "sqlite3 /tmp/x.db 'DROP TABLE users'",
            "mysql -e 'CREATE TABLE t (id INT)'",
            "grep -r 'DROP TABLE' migrations",
            "echo 'DROP TABLE users' > notes.sql",
            "psql -c 'EXPLAIN DELETE FROM users'",
            "bin/rails db:migrate",
            "npx prisma migrate dev",
            "python manage.py migrate",
            "mongosh --eval 'db.users.find().limit(10)'",
            "psql -c 'DROP TEMPORARY TABLE t'",
            "python3 -c \"conn.execute(text('SELECT * FROM users'))\"",
            "node -e \"prisma.\\$queryRaw\\`SELECT 1\\`\"",
            "python3 -c \"Base.metadata.create_all(engine)\"",
            "node -e \"sequelize.sync()\"",
            "python3 -c \"e = create_engine('sqlite://'); Base.metadata.drop_all(e)\"",
            "{ printf 'def test_x():\\n    db.create_all()\\n    db.drop_all()\\n' > test_a.py; pytest test_a.py; }",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.Name == "sqlite-utils" && at.Argument(0) is "drop-table" or "drop-view") return BashFinding.Plain;
        if (at.SqlTexts is { } texts) return Statements(at, texts) ?? (at.Invocation.Input.From is [.., { Arguments: [.., var last] }] && last.Is("sqlflush") ? BashFinding.Plain : null);
        switch (at.Name)
        {
            case "dropdb" or "dropuser": return at.AsksForHelp || at.HasArgument("-?") || at.Arguments.Length == 0 ? null : BashFinding.Plain;
            case "mysqladmin" or "mariadb-admin": return at.HasArgument("drop") ? BashFinding.Plain : null;
            case "mongosh" or "mongo" or "mongoexport": return Mongo(at);
            case "mongorestore" or "mongoimport": return at.HasArgument("--drop") && !at.HasArgument("--dryRun") ? BashFinding.High : null;
            case "pg_restore":
                var restore = Shell.OptionReader.Read(at.Arguments, new("acCeOsvxlWwV1?d:f:F:h:I:j:L:n:N:p:P:S:t:T:U:", "clean create dbname= file= format= host= port= username= role= jobs= schema= table= if-exists list"));
                return restore.Has("-c", "--clean") && restore.Has("-d", "--dbname") ? BashFinding.High : null;
            case "arangosh": return Texts(at, "_dropDatabase(", "._drop(", ".drop(");
            case "cypher-shell": return Texts(at, "DROP DATABASE", "drop database", "DROP COMPOSITE DATABASE");
            default: return BareSql(at) ?? DbTask.Drops(at);
        }
    }

    /// <summary>SQL where a program's name stands: no shell runs it, and whoever wrote it means the database.</summary>
    private static BashFinding? BareSql(RuleCase at)
    {
        if (at.Name.Length is < 4 or > 8 || at.Arguments.Length == 0 || at.Invocation.Program is null) return null;
        if (!IsAny(at.Name, "drop", "truncate", "delete") || at.Argument(0) is not { } second) return null;
        return IsAny(second, "database", "schema", "table", "tables", "user", "role", "keyspace", "from", "index", "view", "function", "trigger", "sequence", "collection")
            ? new BashFinding(BashSeverity.Medium, "this is SQL, not a command; a client that gets it loses the data") : null;
    }

    private static bool IsAny(string text, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (text.Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    /// <summary>Some argument, or what is piped in, holds one of the texts.</summary>
    private static BashFinding? Texts(RuleCase at, params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            foreach (var argument in at.Arguments)
            {
                if (argument.Shown.Contains(text, StringComparison.Ordinal)) return BashFinding.Plain;
            }
            if (at.Invocation.Input.Content?.Shown.Contains(text, StringComparison.Ordinal) == true) return BashFinding.Plain;
        }
        return null;
    }

    private static BashFinding? Statements(RuleCase at, List<string> texts)
    {
        BashFinding? found = null;
        foreach (var text in texts)
        {
            foreach (var statement in at.Work.Statements(text))
            {
                var severity = Severity(statement);
                if (severity is { } grave && (found is null || grave > (found.Severity ?? BashSeverity.Critical)))
                    found = grave == BashSeverity.Critical ? BashFinding.Plain : new BashFinding(grave);
            }
        }
        return found;
    }

    private static BashSeverity? Severity(SqlStatement statement) => statement.Verb switch
    {
        "TRUNCATE" => BashSeverity.Critical,
        "DROP" when statement.IsTemporary => null,
        "DROP" => statement.Object switch
        {
            "DATABASE" or "SCHEMA" or "TABLE" or "TABLES" or "USER" or "ROLE" or "KEYSPACE" or "TABLESPACE" or "OWNED" or "LOGIN" or "CATALOG" or "DICTIONARY"
                or "COLUMNFAMILY" or "SERIES" or "MEASUREMENT" or "BUCKET" or "STREAM" or "MODEL" or "SHARE" or "DATASET" or "RETENTION" => BashSeverity.Critical,
            "TRIGGER" or "POLICY" or "FUNCTION" or "PROCEDURE" or "INDEX" or "VIEW" or "MATERIALIZED VIEW" or "SEQUENCE" or "TYPE" or "DOMAIN" or "EXTENSION"
                or "RULE" or "OPERATOR" or "AGGREGATE" or "SERVER" or "PUBLICATION" or "SUBSCRIPTION" or "STAGE" or "PIPE" or "TASK" or "EVENT" or "CONSTRAINT" or "SYNONYM" => BashSeverity.Medium,
            _ => null,
        },
        "ALTER" => statement.Object.EndsWith(" DROP COLUMN", StringComparison.Ordinal) || statement.Object.EndsWith(" DROP PARTITION", StringComparison.Ordinal) ? BashSeverity.High
            : statement.Object.Contains(" DROP ", StringComparison.Ordinal) && !statement.Object.EndsWith("DEFAULT", StringComparison.Ordinal) && !statement.Object.EndsWith("NOT", StringComparison.Ordinal) ? BashSeverity.Medium : null,
        "REMOVE" => statement.Object is "DATABASE" or "TABLE" or "NAMESPACE" or "NS" or "DB" ? BashSeverity.Critical : null,
        _ => null,
    };

    private static BashFinding? Mongo(RuleCase at)
    {
        foreach (var text in MongoTexts(at))
        {
            foreach (var (method, _) in at.Work.MongoCalls(text))
            {
                if (method is "dropDatabase" or "drop" or "command dropDatabase" or "command drop" or "dropUser" or "dropAllUsersFromDatabase" or "dropAllUsers" or "dropAllRoles" or "dropCollection" or "removeShard") return BashFinding.Plain;
                if (method is "dropIndexes" or "dropIndex" or "dropRole") return BashFinding.Medium;
            }
        }
        return null;
    }

    internal static List<string> MongoTexts(RuleCase at)
    {
        var texts = new List<string>();
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            if (at.Arguments[i].Is("--eval") && i + 1 < at.Arguments.Length) texts.Add(at.Arguments[i + 1].Shown);
            else if (at.Arguments[i].StartsWith("--eval=")) texts.Add(at.Arguments[i].Shown[7..]);
            else if (at.Arguments[i].Shown.EndsWith(".js", StringComparison.Ordinal)) AddFile(at, at.Arguments[i], texts);
        }
        if (at.Invocation.Input.Content is { Pieces.Length: > 0 } input) texts.Add(input.Shown);
        for (var i = texts.Count - 1; i >= 0; i--)
        {
            var load = texts[i].IndexOf("load(", StringComparison.Ordinal);
            if (load >= 0 && texts[i].AsSpan(load + 5).TrimStart() is ['"' or '\'', .. var rest] && rest.IndexOfAny('"', '\'') is var end and > 0) AddFile(at, Shell.Word.Of(rest[..end].ToString()), texts);
        }
        return texts;
    }

    private static void AddFile(RuleCase at, Shell.Word file, List<string> texts)
    {
        if (at.Reading.WrittenBefore(at.Invocation, file)?.Content is { } content) texts.Add(content.Shown);
    }
}
