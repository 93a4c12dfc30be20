namespace Septim.Hooks.Shell.Sql;

/// <summary>Statements inside others: blocks, conditions, prepared statements and texts that the server runs.</summary>
internal static partial class SqlReader
{
    /// <summary>Texts in texts: deeper than this nobody writes.</summary>
    private const int DeepestText = 3;

    /// <summary>Texts that variables hold until something runs them, and statements of one block.</summary>
    private const int Most = 64;

    /// <summary>What one reading gathers.</summary>
    private sealed class Gathering(Func<string, bool> isWanted)
    {
        public List<SqlStatement> Statements { get; } = [];

        /// <summary>Texts that were put into variables.</summary>
        public List<string> Held { get; } = [];

        /// <summary>Functions and procedures that the text makes, by the texts of their bodies.</summary>
        public List<(string Name, string Body)> Made { get; } = [];

        /// <summary>Tables that the text makes for its own session.</summary>
        public HashSet<string> Temporary { get; } = [];

        /// <summary>The number of statements before the transaction that is open; -1: none is, or it holds more than changes to rows.</summary>
        public int OpenAt { get; set; } = -1;

        public Func<string, bool> IsWanted { get; } = isWanted;
    }

    /// <summary>It drops or empties a table that the text itself made for its session; once dropped, the name is another table's.</summary>
    private static bool IsOwn(List<string> words, int at, string verb, Gathering gathering)
    {
        if (gathering.Temporary.Count == 0 || verb is not ("DROP" or "TRUNCATE" or "DELETE" or "UPDATE") || words.Contains(",") || Target(words, at) is not { } table) return false;
        return verb == "DROP" ? gathering.Temporary.Remove(table) : gathering.Temporary.Contains(table);
    }

    /// <summary>The first name behind the verb.</summary>
    private static string? Target(List<string> words, int at)
    {
        for (at++; at < words.Count; at++)
        {
            if (words[at] is not ("TABLE" or "TEMP" or "TEMPORARY" or "LOCAL" or "GLOBAL" or "IF" or "NOT" or "EXISTS" or "FROM" or "ONLY")) return words[at];
        }
        return null;
    }

    /// <summary>One statement, by its words, with those that are in it.</summary>
    private static void Gather(List<string> words, int start, int length, Gathering gathering, int depth)
    {
        var at = FirstVerb(words);
        var verb = at < words.Count ? words[at] : "";
        if (verb == "PREPARE" && words.IndexOf("AS", at) is var prepared && prepared > 0 && prepared + 1 < words.Count) (at, verb) = (prepared + 1, words[prepared + 1]);
        if (gathering.IsWanted(verb) && !IsOwn(words, at, verb, gathering)) gathering.Statements.Add(Of(words, at, verb, start, length));
        // Why: one word alone holds no other statement.
        if (words.Count == 1) return;
        switch (verb)
        {
            case "CREATE":
                if (Kind(words, at + 1) is ("TABLE", true) && Target(words, at) is { } made) gathering.Temporary.Add(made);
                Make(words, at, gathering);
                return;
            // Why: what stands in them is data, or runs when somebody calls it.
            case "INSERT" or "VALUES" or "COMMENT" or "GRANT" or "REVOKE" or "RAISE" or "PRINT" or "UPDATE" or "DELETE" or "COPY": return;
            // Why: MySQL's DO takes an expression.
            case "DO" when at + 1 >= words.Count || (words[at + 1] is not "LANGUAGE" && words[at + 1][0] != '\''): return;
            case "DO":
                foreach (var word in words)
                {
                    if (word.Length > 1 && word[0] == '\'') Inner(word, gathering, depth);
                }
                return;
            case "IF" or "ELSE" or "ELSIF" or "ELSEIF" or "WHILE" or "FOR" or "FOREACH" or "LOOP" or "USE" or "DECLARE" or "TRY" or "CATCH" or "TRAN" or "TRANSACTION" or "END" or "WHEN" or "EXCEPTION" or "SET":
                Block(words, at + 1, start, length, gathering);
                break;
        }
        if (verb is "SELECT" or "CALL" or "PERFORM" or "EXEC" or "EXECUTE") CallMade(words, at, gathering, depth);
        if (verb == "SELECT" ? words[^1] == "\\GEXEC" : Runs(words, at, gathering, depth)) Texts(words, at, words.Count, gathering, depth);
        else if (verb == "SELECT") Functions(words, at, gathering, depth);
        else Hold(words, at, gathering);
    }

    /// <summary><c>CREATE FUNCTION f() … AS $$ … $$</c>: what it does happens when it is called.</summary>
    private static void Make(List<string> words, int from, Gathering gathering)
    {
        var kind = words.FindIndex(from, Math.Min(words.Count - from, 6), static word => word is "FUNCTION" or "PROCEDURE");
        if (kind < 0 || kind + 1 >= words.Count) return;
        for (var i = kind + 2; i < words.Count && gathering.Made.Count < Most; i++)
        {
            if (words[i] is ['\'', _, _, ..]) gathering.Made.Add((words[kind + 1], words[i]));
        }
    }

    private static void CallMade(List<string> words, int from, Gathering gathering, int depth)
    {
        if (gathering.Made.Count == 0) return;
        for (var i = from + 1; i < words.Count; i++)
        {
            var made = gathering.Made.FindIndex(one => one.Name == words[i]);
            if (made < 0) continue;
            var body = gathering.Made[made].Body;
            // Why: one that calls itself ends here.
            gathering.Made.RemoveAt(made);
            Inner(body, gathering, depth);
        }
    }

    /// <summary>Statements behind a condition or the head of a block; T-SQL needs no semicolon between them.</summary>
    private static void Block(List<string> words, int from, int start, int length, Gathering gathering)
    {
        var depth = 0;
        var found = 0;
        var lastSet = words.LastIndexOf("SET");
        for (var i = from; i < words.Count && found < Most; i++)
        {
            if (words[i] == "(") depth++;
            else if (words[i] == ")") depth--;
            else if (depth == 0 && words[i] is "DROP" or "TRUNCATE" or "DELETE" or "UPDATE" or "ALTER" && IsBegin(words, i, lastSet) && gathering.IsWanted(words[i]))
            {
                gathering.Statements.Add(Of(words, i, words[i], start, length));
                found++;
            }
        }
    }

    private static bool IsBegin(List<string> words, int at, int lastSet)
    {
        if (at + 1 >= words.Count || words[at + 1] is "(" or ")" or "," or "=") return false;
        if (words[at - 1] is "ON" or "FOR" or "AFTER" or "BEFORE" or "OF" or "OR" or "," or "NO" or "=" or "AS") return false;
        return words[at] is not "UPDATE" || lastSet > at;
    }

    /// <summary>
    /// Reads the texts behind EXECUTE, EXEC( or PREPARE … FROM; behind a name, those that variables hold. False always: the caller
    /// reads all texts only of what is generated.
    /// </summary>
    private static bool Runs(List<string> words, int from, Gathering gathering, int depth)
    {
        for (var i = from; i + 1 < words.Count; i++)
        {
            if (!IsRun(words[i])) continue;
            var at = i;
            while (words[i] == "PREPARE" && at + 1 < words.Count && words[at] != "FROM") at++;
            if (at + 1 >= words.Count) return false;
            var next = words[at + 1];
            if (next == "IMMEDIATE") continue;
            var end = at + 1;
            while (end < words.Count && words[end] != "USING" && !IsRun(words[end])) end++;
            if (next is "(" or "N" or "FORMAT" or "CONCAT" or "SP_EXECUTESQL" or "SP_MSFOREACHTABLE" or "SP_MSFOREACHDB" || next[0] == '\'') Texts(words, at + 1, end, gathering, depth);
            if (next[0] == '@' || next is "(" or "SP_EXECUTESQL" || (char.IsAsciiLetter(next[0]) && words[i] is not "EXEC"))
            {
                var held = gathering.Held.ToArray();
                gathering.Held.Clear();
                foreach (var text in held) Inner(text, gathering, depth);
            }
            i = Math.Max(i, end - 1);
        }
        return false;
    }

    private static bool IsRun(string word) => word is "EXECUTE" or "EXEC" or "PREPARE" or "IMMEDIATE";

    /// <summary>Functions of PostgreSQL that run the text they are given.</summary>
    private static void Functions(List<string> words, int from, Gathering gathering, int depth)
    {
        for (var i = from; i + 1 < words.Count; i++)
        {
            if (words[i] is not ("DBLINK_EXEC" or "DBLINK" or "QUERY_TO_XML" or "QUERY_TO_XML_AND_XMLSCHEMA" or "CURSOR_TO_XML" or "CRON.SCHEDULE")) continue;
            Texts(words, i, words.Count, gathering, depth);
            return;
        }
    }

    private static void Texts(List<string> words, int from, int to, Gathering gathering, int depth)
    {
        for (var i = from; i < to; i++)
        {
            if (words[i].Length > 4 && words[i][0] == '\'') Inner(words[i], gathering, depth);
        }
    }

    private static void Hold(List<string> words, int from, Gathering gathering)
    {
        for (var i = from; i < words.Count && gathering.Held.Count < Most; i++)
        {
            if (words[i].Length > 4 && words[i][0] == '\'') gathering.Held.Add(words[i]);
        }
    }

    /// <summary>A text, with its quote in front as it is kept, is read as SQL of its own.</summary>
    private static void Inner(string text, Gathering gathering, int depth)
    {
        if (depth < DeepestText) Read(text[1..].Replace("''", "'", StringComparison.Ordinal), gathering, depth + 1);
    }

    /// <summary>The texts in quotes: what a SELECT may print as the statements of another client.</summary>
    public static List<string> TextsIn(string text)
    {
        var words = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            if (text[i] is '\'' or '"' or '`' or '$' or '-' or '/' or '#') i = Token(text, i, words);
            else i++;
        }
        words.RemoveAll(word => word.Length < 5 || word[0] != '\'');
        for (var i = 0; i < words.Count; i++) words[i] = words[i][1..].Replace("''", "'", StringComparison.Ordinal);
        return words;
    }
}
