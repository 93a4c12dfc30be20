using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>One program that sends SQL, as its manual page has it: its options and where the statements are.</summary>
/// <param name="Values">Options that take a value, separated by blanks; attached short values (<c>-pSECRET</c>) need no mention.</param>
/// <param name="Texts">Those of them whose value is SQL.</param>
/// <param name="TextOperand">Index of the operand from which on operands are SQL; -1: none are.</param>
/// <param name="DatabaseOperand">Index of the operand that is a database file; -1: it speaks to a server.</param>
internal sealed record SqlClient(string Values, string Texts, int TextOperand = -1, int DatabaseOperand = -1)
{
    /// <summary>The client that the command is, or null; of a tool with many subcommands only the one that speaks SQL.</summary>
    public static SqlClient? Of(RuleCase at) => at.Name switch
    {
        "wrangler" => at.HasArgument("d1") && (!at.HasArgument("--local") || at.HasArgument("--remote")) ? new("--command --file -c --config -e --env --persist-to", "--command") : null,
        "heroku" => at.HasArgument("pg:psql") ? new("-c --command -a --app -r --remote -f --file", "-c --command") : null,
        "pscale" => at.HasArgument("shell") ? new("--org --role", "") : null,
        "fly" or "flyctl" => at.HasArgument("connect") ? new("-a --app -d --database -u --user", "") : null,
        "prisma" => at.HasArgument("execute") ? new("--file --schema --url", "") : null,
        "gcloud" when at.HasArgument("spanner") => new("--sql --ddl --ddl-file --instance --project --database", "--sql --ddl"),
        "gcloud" => at.HasArgument("connect") && at.HasArgument("sql") ? new("-u --user -d --database --project", "") : null,
        "aws" => at.HasArgument("rds-data") || at.HasArgument("redshift-data") ? new("--sql --sqls --database --resource-arn --secret-arn --region --profile --schema --cluster-identifier --workgroup-name --db-user", "--sql --sqls")
            : at.HasArgument("athena") ? new("--query-string --query-execution-context --result-configuration --work-group --region --profile", "--query-string") : null,
        "mysqlsh" => at.HasArgument("--sql") || at.HasArgument("--sqlc") || at.HasArgument("--sqlx") ? new("-e --execute -f --file -h --host -P --port -u --user -D --database --schema -S --socket --uri", "-e --execute") : null,
        "supabase" => at.HasArgument("query") || at.HasArgument("execute") ? new("-f --file --db-url", "", 2) : null,
        "curl" when HttpRequest.Of(at) is { Port: "8123" } => new("-H -X -u -o -d --data --data-binary --data-raw --header --request --user", "-d --data --data-binary --data-raw"),
        _ => Of(at.Name),
    };

    private static SqlClient? Of(string name) => name switch
    {
        "psql" or "pgcli" or "vsql" or "gsql" or "ysqlsh" => new("-c --command -d --dbname -f --file -h --host -p --port -U --username -v --set --variable -o --output -F --field-separator -R -T -P --pset -L --log-file", "-c --command"),
        "mysql" or "mariadb" or "mycli" => new("-e --execute -h --host -P --port -u --user -D --database -S --socket --default-character-set --ssl-ca --ssl-mode --defaults-file --defaults-extra-file --login-path --protocol", "-e --execute"),
        "sqlite3" or "sqlite" or "litecli" => new("-cmd -init -separator -nullvalue -newline -mmap -pagecache -lookaside -vfs -maxsize", "-cmd", 1, 0),
        "duckdb" => new("-c -s -cmd -init -separator -nullvalue -newline -f", "-c -s -cmd", 1, 0),
        "sqlcmd" or "mssql-cli" or "go-sqlcmd" => new("-Q -q -S -U -P -d -i -o -s -w -t -l -h -v --query --server --database-name", "-Q -q --query"),
        "usql" => new("-c --command -f --file -o -v --set -P", "-c --command"),
        "clickhouse" or "clickhouse-client" or "clickhouse-local" or "ch" => new("-q --query -h --host --port -u --user --password -d --database -f --format --queries-file", "-q --query"),
        "cockroach" => new("-e --execute --url --host -p --port -d --database -u --user --certs-dir -f --file --format", "-e --execute"),
        "cqlsh" or "ycqlsh" => new("-e --execute -u --username -p --password -k --keyspace -f --file --cqlshrc", "-e --execute"),
        "bq" => new("--project_id --location --dataset_id --format --max_rows -n --destination_table", "", 1),
        "snowsql" or "snow" => new("-q --query -f --filename -a -u -d -s -r -w -c --connection --account", "-q --query"),
        "trino" or "presto" or "presto-cli" => new("--execute --server --catalog --schema --user -f --file", "--execute"),
        "hive" or "beeline" or "spark-sql" or "impala-shell" => new("-e -q --query -f -u -n -p -d -i --hiveconf --hivevar", "-e -q --query"),
        "sqlplus" or "sqlcl" or "sql" or "isql" or "isql-fb" or "db2" or "tsql" or "osql" or "rqlite" or "fisql" or "rman" or "hbase" => new("-S -U -P -D -Q -q -i", "-Q -q", name == "db2" ? 0 : -1),
        "influx" => new("-execute --execute -host -port -database -username -password -format -precision", "-execute --execute"),
        "turso" or "dolt" => new("-q --query -r --result-format --proxy --location", "-q --query", name == "turso" ? 3 : -1),
        "sqlite-utils" => new("-p --param -t --table --fmt --attach", "", 1),
        "surreal" or "edgedb" or "gel" => new("-e --endpoint --ns --db -u -p --username --password -I --instance -d --database -b --branch --conn -H -P -F --file", "", name is "surreal" ? -1 : 1),
        "hdbsql" or "taos" => new("-n -i -u -p -d -h -P -U -f -s -I -o", "-s", name is "hdbsql" ? 0 : -1),
        "steampipe" or "osqueryi" or "pgsanity" => null,
        _ => null,
    };

    /// <summary>Everything that the client will run as SQL and that is known here; nothing for a database that ends with it, unless <paramref name="ofScratch"/>.</summary>
    public static List<string> Statements(RuleCase at, SqlClient client, bool ofScratch = false)
    {
        if (at.Name == "bq" && (at.HasArgument("--dry_run") || at.HasArgument("--dry_run=true"))) return [];
        var found = new List<string>();
        var operands = new List<Word>();
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            var word = at.Arguments[i];
            var text = word.Shown;
            if (text.Length < 2 || text[0] != '-') { operands.Add(word); continue; }
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var name = equals > 0 && text.StartsWith("--", StringComparison.Ordinal) ? text[..equals] : text;
            var isJoined = name.Length != text.Length;
            if (name.StartsWith("--", StringComparison.Ordinal)) name = InFull(client.Values, name);
            if (isJoined)
            {
                if (NameList.Has(client.Texts, name)) found.Add(text[(equals + 1)..]);
                else if (IsFile(name)) AddFile(at, word.From(equals + 1), found);
                continue;
            }
            if (NameList.Has(client.Values, name))
            {
                if (i + 1 < at.Arguments.Length && NameList.Has(client.Texts, name)) found.Add(at.Arguments[i + 1].Shown);
                if (i + 1 < at.Arguments.Length && IsFile(name)) AddFile(at, at.Arguments[i + 1], found);
                i++;
            }
            else if (text[1] != '-') Clustered(at, client, ref i, text, found);
        }
        for (var i = 0; i < operands.Count && client.TextOperand >= 0; i++)
        {
            if (i >= client.TextOperand) found.Add(operands[i].Shown);
        }
        // Why: db2 takes a statement's words without quotes.
        if (at.Name == "db2" && operands.Count > 1) found.Add(string.Join(' ', operands.ConvertAll(static word => word.Shown)));
        if (!ofScratch && client.DatabaseOperand >= 0 && IsScratch(at, operands, client.DatabaseOperand)) return [];
        if (at.Invocation.Input.Content is { Pieces.Length: > 0 } input) found.Add(input.Shown);
        foreach (var operand in operands)
        {
            // Why: sqlplus and cousins take a script as @file.
            if (operand.StartsWith("@")) AddFile(at, operand.From(1), found);
        }
        for (var i = 0; i < found.Count && i < MostTexts; i++) Included(at, found[i], found);
        Generated(at, found);
        return found;
    }

    /// <summary><c>-eDROP…</c>, <c>-Ne 'DROP …'</c>: a text letter at the end of a cluster, or with its text attached.</summary>
    private static void Clustered(RuleCase at, SqlClient client, ref int i, string text, List<string> found)
    {
        for (var c = 1; c < text.Length; c++)
        {
            var letter = "-" + text[c];
            if (!NameList.Has(client.Values, letter)) { if (text[c] is 'p' && c == 1) return; continue; }
            var isText = NameList.Has(client.Texts, letter);
            if (c + 1 < text.Length)
            {
                if (isText) found.Add(text[(c + 1)..]);
                else if (IsFile(letter)) AddFile(at, Word.Of(text[(c + 1)..]), found);
            }
            else if (++i < at.Arguments.Length && isText) found.Add(at.Arguments[i].Shown);
            else if (i < at.Arguments.Length && IsFile(letter)) AddFile(at, at.Arguments[i], found);
            return;
        }
    }

    /// <summary>The clients' getopt takes any beginning of a long option that is nobody else's: <c>--comm</c>.</summary>
    private static string InFull(string names, string given)
    {
        if (given.Length < 5) return given;
        var found = "";
        foreach (var range in names.AsSpan().Split(' '))
        {
            var name = names.AsSpan(range);
            if (name.SequenceEqual(given)) return given;
            if (!name.StartsWith(given)) continue;
            if (found.Length > 0) return given;
            found = name.ToString();
        }
        return found.Length > 0 ? found : given;
    }

    private static bool IsFile(string name) => name is "-f" or "--file" or "-i" or "--filename" or "--queries-file" or "-init";

    /// <summary>Texts of one command that are searched for scripts.</summary>
    private const int MostTexts = 32;

    /// <summary>Clients' own commands that read a script: <c>\i f</c>, <c>source f</c>, <c>.read f</c>, <c>@f</c>, <c>:r f</c>.</summary>
    private static void Included(RuleCase at, string text, List<string> found)
    {
        var hits = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            if (found.Count > MostTexts || hits > MostTexts) return;
            var line = text.AsSpan(range).Trim();
            // Why: most lines of a long text begin with a statement's verb.
            if (line.Length < 2 || !(line[0] is '\\' or '.' or '@' or ':' || ((line[0] | 0x20) == 's' && (line[1] | 0x20) is 'o' or 't'))) continue;
            foreach (var head in (ReadOnlySpan<string>)["\\i ", "\\ir ", "\\include ", "\\include_relative ", "source ", "\\. ", ".read ", "@@", "@", "start ", ":r "])
            {
                if (!line.StartsWith(head, StringComparison.OrdinalIgnoreCase)) continue;
                hits++;
                AddFile(at, Word.Of(line[head.Length..].Trim().Trim("'\";").ToString()), found);
                break;
            }
        }
    }

    /// <summary>Statements that another client prints: <c>psql -c "select 'drop table ' || t" | psql</c>.</summary>
    private static void Generated(RuleCase at, List<string> found)
    {
        foreach (var source in at.Invocation.Input.From)
        {
            if (!at.Work.Step()) return;
            var maker = at.Of(source);
            if (ReferenceEquals(maker, at) || maker.SqlTexts is not { } texts) continue;
            foreach (var text in texts) found.AddRange(Shell.Sql.SqlReader.TextsIn(text));
        }
    }

    private static void AddFile(RuleCase at, Word file, List<string> found)
    {
        if (at.Reading.WrittenBefore(at.Invocation, file)?.Content is { } content) found.Add(content.Shown);
        foreach (var piece in file.Pieces)
        {
            // Why: psql -f <(echo …)
            if (piece.From?.Content is { } made) found.Add(made.Shown);
        }
    }

    /// <summary>A database in memory or in a temporary file: nothing is lost with it.</summary>
    private static bool IsScratch(RuleCase at, List<Word> operands, int index)
    {
        if (at.HasArgument("-readonly") || at.HasArgument("--readonly") || at.HasArgument("-safe")) return true;
        if (index >= operands.Count) return true;
        return operands[index].Text is ":memory:" or "" || at.PlaceOf(operands[index]).Kind is PlaceKind.Temp;
    }
}
