using Septim.Hooks.Shell.Sql;

namespace Septim.Hooks.Tests.Shell.Sql;

public class SqlReaderTests
{
    [Theory]
    [InlineData("DROP TABLE users", "DROP TABLE None")]
    [InlineData("drop table if exists users cascade;", "DROP TABLE None")]
    [InlineData("SELECT 'DROP TABLE users'", "SELECT  None")]
    [InlineData("SELECT 1; DROP DATABASE prod", "SELECT  None|DROP DATABASE None")]
    [InlineData("-- DROP TABLE x\nSELECT 1", "SELECT  None")]
    [InlineData("/* DROP TABLE x; */ SELECT 1", "SELECT  None")]
    [InlineData("/*!50000 DROP TABLE x */", "DROP TABLE None")]
    [InlineData("SELECT $$; DROP TABLE x;$$", "SELECT  None")]
    [InlineData("SELECT * FROM dropped_items", "SELECT  None")]
    [InlineData("SELECT \"drop table\" FROM t", "SELECT  None")]
    [InlineData("DROP TEMPORARY TABLE t", "DROP TABLE None temporary")]
    [InlineData("DROP MATERIALIZED VIEW v", "DROP MATERIALIZED VIEW None")]
    [InlineData("ALTER TABLE t DROP COLUMN a", "ALTER TABLE DROP COLUMN None")]
    [InlineData("ALTER TABLE t DROP a", "ALTER TABLE DROP COLUMN None")]
    [InlineData("ALTER TABLE t DROP CONSTRAINT a", "ALTER TABLE DROP CONSTRAINT None")]
    [InlineData("ALTER TABLE t ADD a int", "ALTER TABLE None")]
    [InlineData("TRUNCATE users", "TRUNCATE TABLE None")]
    [InlineData("DELETE FROM t", "DELETE TABLE None")]
    [InlineData("DELETE FROM t WHERE id = 1", "DELETE TABLE Some")]
    [InlineData("DELETE FROM t WHERE 1=1", "DELETE TABLE Always")]
    [InlineData("DELETE FROM t WHERE 1 = 1 OR x = 2", "DELETE TABLE Always")]
    [InlineData("DELETE FROM t WHERE id = 4 OR 'a'='a'", "DELETE TABLE Always")]
    [InlineData("DELETE FROM t WHERE true", "DELETE TABLE Always")]
    [InlineData("DELETE FROM t WHERE 1=1 AND id = 3", "DELETE TABLE Some")]
    [InlineData("DELETE FROM t WHERE name LIKE '%'", "DELETE TABLE Always")]
    [InlineData("UPDATE t SET a = 1", "UPDATE TABLE None")]
    [InlineData("UPDATE t SET a = (SELECT b FROM c WHERE d = 1)", "UPDATE TABLE None")]
    [InlineData("UPDATE t SET a = 'x where y' WHERE id = 1", "UPDATE TABLE Some")]
    [InlineData("WITH old AS (SELECT id FROM t) DELETE FROM t", "DELETE TABLE None")]
    [InlineData("WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone", "DELETE TABLE None")]
    [InlineData("EXPLAIN DELETE FROM t", "EXPLAIN  None")]
    [InlineData("EXPLAIN ANALYZE DELETE FROM t", "DELETE TABLE None")]
    [InlineData("CREATE TABLE t (a int REFERENCES b ON DELETE CASCADE)", "CREATE  None")]
    [InlineData("\\dt\nDROP TABLE t", "DROP TABLE None")]
    [InlineData("DROP TABLE a\nGO\nSELECT 1", "DROP TABLE None|SELECT  None")]
    [InlineData("DO $$ BEGIN DROP TABLE a; END $$", "DO  None|DROP TABLE None|END  None")]
    [InlineData("IF EXISTS (SELECT 1) DROP TABLE a", "IF  None|DROP TABLE None")]
    [InlineData("PREPARE p AS DELETE FROM a", "DELETE TABLE None")]
    [InlineData("SET @s = 'TRUNCATE a'; PREPARE p FROM @s", "SET  None|PREPARE  None|TRUNCATE TABLE None")]
    [InlineData("EXEC sp_executesql N'DROP TABLE a'", "EXEC SP_EXECUTESQL None|DROP TABLE None")]
    [InlineData("CREATE FUNCTION f() AS $$ DELETE FROM a $$", "CREATE  None")]
    [InlineData("SELECT 'DROP TABLE a' \\gexec", "SELECT  None|DROP TABLE None")]
    [InlineData("DROP TABLE pg_temp.a", "DROP TABLE None temporary")]
    [InlineData("", "")]
    [InlineData("'", "'  None")]
    public void Reads_statements(string text, string expected) =>
        Assert.Equal(expected, string.Join("|", SqlReader.Read(text, _ => true).Select(statement =>
            $"{statement.Verb} {statement.Object} {statement.Condition}{(statement.IsTemporary ? " temporary" : "")}")));

    [Fact]
    public void Reads_a_megabyte_of_anything()
    {
        foreach (var part in new[] { "(", "'", "$a$", "/*", "--", "OR 1", "DROP ", ";", "WITH (", "[a", "EXECUTE 'DROP ", "IF UPDATE ", "IF DROP TABLE ", "DO $$ ", "PREPARE ", "EXEC(@a);SET @a='DELETE FROM t';", "EXEC ''''a" })
        {
            var text = new System.Text.StringBuilder();
            while (text.Length < 1 << 20) text.Append(part);
            Assert.True(SqlReader.Read(text.ToString(), _ => true).Count <= text.Length);
        }
    }

    [Fact]
    public void Reads_mongo_calls()
    {
        Assert.Equal([("dropDatabase", true)], MongoReader.Read("use production; db.dropDatabase()"));
        Assert.Equal([("deleteMany", true), ("find", false)], MongoReader.Read("db.a.deleteMany({}); db.b.find({a: 'drop()'})"));
        Assert.Equal([("getCollection", false), ("drop", true)], MongoReader.Read("db.getCollection('a').drop()"));
        Assert.Empty(MongoReader.Read("'db.dropDatabase()'"));
    }
}
