using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Tasks of web frameworks and migration tools that drop, empty or rebuild a database. Source: their manuals, November 2026.</summary>
internal static class DbTask
{
    /// <summary>A finding when the task loses all data; medium when it is a local copy. One step back passes: the next step forward undoes it.</summary>
    public static BashFinding? Drops(RuleCase at)
    {
        var (tool, from) = TaskTool.Of(at);
        if (!IsKnown(tool) || at.AsksForHelp) return null;
        var path = CommandPath.Read(at.Arguments, "--schema -c --config -x -s --url -e --env --path -database -source --database -n --name --connection --settings --context --project", false, from);
        if (path.IsHarmless || path.Has("--pretend", "--sql") || path.Has("--plan")) return null;
        var task = path[0];
        if (IsOfTests(at, tool, path) || HasTestAddress(at, tool)) return null;
        return tool switch
        {
            "rails" or "rake" => Rails(at, path),
            "prisma" => Prisma(path),
            "manage.py" or "django-admin" => task is "flush" or "reset_db" or "sqlflush" ? task == "sqlflush" ? null : BashFinding.Plain
                : task == "dbshell" ? Statements(at, path.Value("-c", "--command") ?? path.Words[^1])
                : task == "shell" ? Code(path.Value("-c", "--command") ?? at.Invocation.Input.Content, ".objects.all().delete()", "._raw_delete(", "DROP TABLE", "TRUNCATE ")
                : task == "migrate" && path[2] == "zero" ? BashFinding.Plain : null,
            "artisan" => task is "migrate:refresh" && path.Has("--step") ? null : task is "migrate:fresh" or "migrate:refresh" or "migrate:reset" or "db:wipe" ? BashFinding.Plain
                : task is "tinker" ? Tinker(at) : task is "schema:dump" && path.Has("--prune") || task is "queue:clear" or "queue:flush" or "horizon:clear" or "telescope:clear" ? BashFinding.Medium : null,
            "console" => task is "doctrine:database:drop" or "d:d:d" || (task is "doctrine:schema:drop" && path.Has("--force", "-f")) ? BashFinding.Plain
                : task is "dbal:run-sql" or "doctrine:query:sql" ? Statements(at, path.Words[^1])
                : task is "doctrine:fixtures:load" ? BashFinding.Medium : null,
            "alembic" or "flask" => Alembic(path, tool),
            "sequelize" or "sequelize-cli" => task is "db:drop" or "db:migrate:undo:all" ? BashFinding.Plain : task is "db:seed:undo:all" ? BashFinding.Medium : null,
            "knex" => task is "migrate:rollback" && (path.Has("--all") || path[1] == "all") ? BashFinding.Plain : null,
            "typeorm" or "typeorm-ts-node-commonjs" => task is "schema:drop" ? BashFinding.Plain : null,
            "mikro-orm" => task is "schema:drop" or "schema:fresh" or "migration:fresh" ? BashFinding.Plain : null,
            "drizzle-kit" => task is "drop" ? BashFinding.Medium : task is "push" && path.Has("--force") ? BashFinding.High : null,
            "mvn" or "mvnw" => HasWord(path, "flyway:clean") || HasWord(path, "liquibase:dropAll") ? BashFinding.Plain : null,
            "gradle" or "gradlew" => HasWord(path, "flywayClean") || HasWord(path, "dropAll") ? BashFinding.Plain : null,
            "flyway" => HasWord(path, "clean") ? BashFinding.Plain : null,
            "liquibase" => HasWord(path, "dropAll") || HasWord(path, "drop-all") ? BashFinding.Plain : HasWord(path, "rollback") || path[0].StartsWith("rollback-count", StringComparison.Ordinal) || path[0] is "rollbackCount" or "rollback-to-date" or "rollbackToDate" ? BashFinding.Medium : null,
            "mix" when task == "do" => HasWord(path, "ecto.drop") || HasWord(path, "ecto.drop,") || HasWord(path, "ecto.reset") || HasWord(path, "ecto.reset,") ? BashFinding.Plain : null,
            "mix" => task is "ecto.drop" or "ecto.reset" || (task is "ecto.rollback" && path.Has("--all")) ? BashFinding.Plain : null,
            "diesel" => task == "database" && path[1] is "reset" or "drop" ? BashFinding.Plain : task == "migration" && path[1] == "revert" && path.HasAny("-a", "--all") ? BashFinding.Medium : null,
            "sqlx" => task is "database" or "db" && path[1] is "drop" or "reset" ? BashFinding.Plain : task is "migrate" && path[1] is "revert" && path.Has("--target-version") ? BashFinding.Medium : null,
            "sea-orm-cli" => task == "migrate" && path[1] is "fresh" or "reset" or "refresh" ? BashFinding.Plain : null,
            "goose" => HasWord(path, "reset") ? BashFinding.Plain : HasWord(path, "down-to") ? BashFinding.Medium : null,
            "migrate" => HasWord(path, "drop") ? BashFinding.Plain : HasWord(path, "down") && !HasWord(path, "1") ? BashFinding.High : null,
            "dbmate" => task == "drop" ? BashFinding.Plain : null,
            "atlas" => task == "schema" && path[1] == "clean" ? BashFinding.Plain : task == "schema" && path[1] == "apply" && path.Has("--auto-approve") && !path.Has("--dry-run") ? BashFinding.Medium : null,
            "dotnet" => task == "ef" && path[1] == "database" && (path[2] == "drop" || (path[2] == "update" && path[3] == "0")) ? BashFinding.Plain : null,
            "wp" => task == "db" && path[1] is "query" ? Statements(at, path.Words[^1]) : task == "db" && path[1] is "drop" or "reset" or "clean" ? BashFinding.Plain : task == "site" && path[1] is "empty" or "delete" ? BashFinding.Plain : null,
            "supabase" => task is "stop" && path.Has("--no-backup") || (task == "migration" && path[1] == "down") ? BashFinding.Medium : task == "db" && path[1] == "reset" ? path.Has("--linked", "--db-url") ? BashFinding.Plain : BashFinding.Medium : null,
            "drush" => task is "sqlq" or "sql-query" or "sql:query" ? Statements(at, path.Words[^1]) : task is "sql-drop" or "sql:drop" or "site-install" or "site:install" or "si" ? BashFinding.Plain : null,
            "ace" or "ace.js" => task is "migration:fresh" or "migration:refresh" or "migration:reset" or "db:wipe" or "db:truncate" ? BashFinding.Plain : null,
            "payload" => task is "migrate:fresh" or "migrate:refresh" or "migrate:reset" ? BashFinding.Plain : null,
            "db-migrate" => task is "reset" or "db:drop" ? BashFinding.Plain : task == "down" && path.HasAny("-c", "--count") ? BashFinding.Medium : null,
            "medusa" => task is "db:reset" or "db:drop" ? BashFinding.Plain : null,
            "hasura" => task == "metadata" && path[1] == "clear" ? BashFinding.High : null,
            _ => null,
        };
    }

    private static bool IsKnown(string tool) => tool is "rails" or "rake" or "prisma" or "manage.py" or "django-admin" or "artisan" or "console" or "alembic" or "flask" or "sequelize" or "sequelize-cli"
        or "knex" or "typeorm" or "typeorm-ts-node-commonjs" or "mikro-orm" or "drizzle-kit" or "flyway" or "liquibase" or "mix" or "diesel" or "sqlx" or "sea-orm-cli" or "goose" or "migrate"
        or "mvn" or "mvnw" or "gradle" or "gradlew" or "dbmate" or "atlas" or "dotnet" or "wp" or "supabase" or "drush" or "hasura"
        or "ace" or "ace.js" or "payload" or "db-migrate" or "medusa";

    /// <summary>
    /// The framework's environment for tests, whose database is made anew all the time. <c>DATABASE_URL</c> would be another database,
    /// and a task with <c>:all</c> or an environment's name goes beyond.
    /// </summary>
    private static bool IsOfTests(RuleCase at, string tool, CommandPath path)
    {
        var (variables, options) = tool switch
        {
            "rails" or "rake" => ("RAILS_ENV RACK_ENV", ""),
            "mix" => ("MIX_ENV", ""),
            "artisan" => ("APP_ENV", "--env"),
            "console" => ("APP_ENV", "--env -e"),
            "sequelize" or "sequelize-cli" or "knex" => ("NODE_ENV", "--env"),
            _ => ("", ""),
        };
        if (variables.Length == 0 || at.Invocation.Variable("DATABASE_URL") is not null || OfContainer(at, "DATABASE_URL") is not null) return false;
        string? named = null;
        foreach (var range in variables.AsSpan().Split(' ')) named ??= (at.Invocation.Variable(variables[range]) ?? OfContainer(at, variables[range]))?.Shown;
        foreach (var word in path.Words)
        {
            if (word.Text is not { } text) return false;
            foreach (var range in variables.AsSpan().Split(' '))
            {
                if (tool is "rails" or "rake" && text.StartsWith(variables[range] + "=", StringComparison.Ordinal)) named = text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..];
            }
            if (text.StartsWith("DATABASE_URL=", StringComparison.Ordinal) || (tool is "rails" or "rake" && text.EndsWith(":all", StringComparison.Ordinal)) || text.EndsWith(":production", StringComparison.Ordinal)) return false;
        }
        foreach (var range in options.AsSpan().Split(' '))
        {
            if (options.Length > 0 && path.Value(options[range]) is { } value) named = value.Shown;
        }
        return named is "test" or "testing";
    }

    /// <summary><c>docker compose run -e RAILS_ENV=test web rails db:drop</c>: what the container's options set.</summary>
    private static Word? OfContainer(RuleCase at, string variable)
    {
        foreach (var wrapper in at.Invocation.Via)
        {
            if (!ContainerTool.Is(wrapper.Name)) continue;
            var i = Array.FindIndex(wrapper.Arguments, static word => word.Text is "run" or "exec");
            if (i < 0) continue;
            Word? value = null;
            while (++i + 1 < wrapper.Arguments.Length && wrapper.Arguments[i].StartsWith("-"))
            {
                if (wrapper.Arguments[i].Text is not ("-e" or "--env")) continue;
                if (wrapper.Arguments[++i].StartsWith(variable + "=")) value = wrapper.Arguments[i].From(variable.Length + 1);
            }
            return value;
        }
        return null;
    }

    /// <summary><c>DATABASE_URL=postgres://localhost/app_test</c>: a database for tests on this machine, for tools that take no other.</summary>
    private static bool HasTestAddress(RuleCase at, string tool)
    {
        if (tool is not ("prisma" or "sqlx" or "diesel" or "dbmate") || at.Invocation.Variable("DATABASE_URL")?.Text is not { } url) return false;
        if (at.HasArgument("--url") || at.HasArgument("--database-url") || at.HasArgument("-D") || at.HasArgument("-u") || at.HasArgument("--schema")) return false;
        if (url.Contains("host=", StringComparison.Ordinal)) return false;
        var end = url.IndexOf('?', StringComparison.Ordinal);
        var name = (end < 0 ? url : url[..end]).AsSpan();
        name = name[(name.LastIndexOf('/') + 1)..];
        // Why: `file:./test.db` is SQLite's file of the project.
        var isFile = url.StartsWith("file:", StringComparison.Ordinal);
        if (isFile && (url.StartsWith("file:/", StringComparison.Ordinal) || url.Contains("..", StringComparison.Ordinal) || name.LastIndexOf('.') < 0)) return false;
        if (isFile) name = name[..name.LastIndexOf('.')];
        return (isFile || NetworkTool.IsLocalUrl(Word.Of(url))) && (name is "test" || name.StartsWith("test_") || name.EndsWith("_test") || name.EndsWith("-test"));
    }

    /// <summary>What a condition narrows is no whole table: <c>User.where(…).destroy_all</c>.</summary>
    private static BashFinding? RailsCode(Word? code) => Code(code, "drop_table", "drop_database", "truncate", ".flushall", ".flushdb", "DatabaseTasks.drop", "DatabaseTasks.purge")
        ?? (code?.Text is { } text && text.Contains(".where(", StringComparison.Ordinal) && !text.AsSpan().ContainsAny(';', '\n') ? null : Code(code, "destroy_all", "delete_all", "each(&:destroy", "each(&:delete", "each(&:purge", "Queue.new.clear"));

    private static BashFinding? Rails(RuleCase at, CommandPath path)
    {
        for (var i = 0; i < path.Count; i++)
        {
            var task = path[i];
            if (task is "runner" or "r") return RailsCode(path.Words[^1]);
            if (i == 0 && task is "console" or "c") return RailsCode(at.Invocation.Input.Content);
            if (i == 0 && task is "dbconsole" or "db") return Statements(at, null);
            if (task is "db:drop" or "db:drop:all" or "db:reset" or "db:migrate:reset" or "db:purge" or "db:purge:all" or "db:truncate_all" or "db:seed:replant"
                || (task.StartsWith("db:drop:", StringComparison.Ordinal) || task.StartsWith("db:reset:", StringComparison.Ordinal))) return BashFinding.Plain;
            if (task is "db:migrate" && HasWord(path, "VERSION=0")) return BashFinding.Plain;
            if (task is "db:schema:load" or "db:setup" or "db:structure:load") return BashFinding.Medium;
        }
        return null;
    }

    /// <summary>SQL that the framework's client is given or fed.</summary>
    private static BashFinding? Statements(RuleCase at, Word? given)
    {
        if (given is not null && Statement(at, given.Shown) is { } found) return found;
        // Why: sqlflush prints the statements that empty everything.
        foreach (var source in at.Invocation.Input.From)
        {
            if (source.Arguments is [.., var last] && last.Is("sqlflush")) return BashFinding.Plain;
        }
        return at.Invocation.Input.Content is { Pieces.Length: > 0 } input ? Statement(at, input.Shown) : null;
    }

    private static BashFinding? Statement(RuleCase at, string text)
    {
        foreach (var statement in at.Work.Statements(text))
        {
            if (statement.Verb is "TRUNCATE" || (statement.Verb == "DROP" && statement.Object is "TABLE" or "DATABASE" or "SCHEMA")) return BashFinding.Plain;
            if (statement.Verb is "DELETE" or "UPDATE" && statement.Condition != Shell.Sql.SqlCondition.Some) return BashFinding.High;
        }
        return null;
    }

    /// <summary>Code for the framework's own console, by the words that empty tables.</summary>
    private static BashFinding? Code(Word? code, params ReadOnlySpan<string> words)
    {
        if (code?.Text is not { } text) return null;
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.Ordinal)) return BashFinding.High;
        }
        return null;
    }

    /// <summary><c>php artisan tinker --execute='User::truncate()'</c>; a <c>delete()</c> that no condition narrows.</summary>
    private static BashFinding? Tinker(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.StartsWith("--execute=") && argument.Text is { } code
                && (code.Contains("truncate(", StringComparison.Ordinal) || code.Contains("Schema::drop(", StringComparison.Ordinal) || code.Contains("dropIfExists(", StringComparison.Ordinal) || code.Contains("dropAllTables(", StringComparison.Ordinal) || code.Contains("migrate:fresh", StringComparison.Ordinal) || code.Contains("migrate:reset", StringComparison.Ordinal) || code.Contains("db:wipe", StringComparison.Ordinal)
                    || ((code.Contains("->delete()", StringComparison.Ordinal) || code.Contains("->forceDelete()", StringComparison.Ordinal)) && !code.Contains("where", StringComparison.OrdinalIgnoreCase) && !code.Contains("find", StringComparison.Ordinal)))) return BashFinding.High;
        }
        return null;
    }

    private static BashFinding? Prisma(CommandPath path)
    {
        if (path[0] == "migrate" && path[1] == "reset") return BashFinding.Plain;
        if (path[0] == "db" && path[1] == "push") return path.Has("--force-reset") ? BashFinding.Plain : path.Has("--accept-data-loss") ? BashFinding.High : null;
        return null;
    }

    private static BashFinding? Alembic(CommandPath path, string tool)
    {
        var at = tool == "flask" ? 1 : 0;
        if (tool == "flask" && path[0] != "db") return null;
        if (path[at] != "downgrade") return null;
        if (path[at + 1] == "base") return BashFinding.Plain;
        // Why: `-1`, which flask takes by itself, is one step back.
        return path.Count == at + 1 && (path.Has("-1") || (tool == "flask" && !path.HasAny("-2", "-3", "-4"))) ? null : BashFinding.Medium;
    }

    private static bool HasWord(CommandPath path, string word)
    {
        for (var i = 0; i < path.Count; i++)
        {
            if (path[i] == word) return true;
        }
        return false;
    }
}
