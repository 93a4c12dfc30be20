using System.Runtime.CompilerServices;

namespace Septim.Hooks.Shell.Sql;

/// <summary>
/// Splits SQL text into statements and says what each does. Strings, quoted names, comments and dollar quotes are known for all
/// dialects together; a statement that cannot be read has no verb. One pass, linear, never throws.
/// </summary>
internal static partial class SqlReader
{
    /// <summary>Words of one statement that are looked at: verb and condition stand before any list that is longer.</summary>
    private const int MostWords = 100_000;

    /// <summary>The statements whose verb somebody wants to know of, in order; of the others no more is read than the verb.</summary>
    /// <param name="text">SQL.</param>
    /// <param name="isWanted">Of a verb in capitals.</param>
    public static List<SqlStatement> Read(string text, Func<string, bool> isWanted)
    {
        var gathering = new Gathering(isWanted);
        Read(text, gathering, 0);
        return gathering.Statements;
    }

    private static void Read(string text, Gathering gathering, int depth)
    {
        var words = new List<string>();
        var start = 0;
        var startsLine = true;
        for (var i = 0; i <= text.Length;)
        {
            var c = i < text.Length ? text[i] : ';';
            if (IsOfWord(c) && c is not ('$' or '.'))
            {
                i = Bare(text, i, words);
                startsLine = false;
            }
            else if (c is '(' or ')' or ',')
            {
                words.Add(Single(c));
                i++;
                startsLine = false;
            }
            else if (c == ';')
            {
                End(i);
                start = ++i;
                startsLine = true;
            }
            else if (c == '\n')
            {
                // GO of sqlcmd and the slash of sqlplus stand alone on their line.
                if (words.Count > 0 && words[^1] is "GO" or "/")
                {
                    words.RemoveAt(words.Count - 1);
                    End(i);
                    start = i;
                }
                i++;
                startsLine = true;
            }
            else if (char.IsWhiteSpace(c)) i++;
            else if (startsLine && c is '\\' or '.' && words.Count == 0)
            {
                // Why: it may read a script or go to another database.
                gathering.OpenAt = -1;
                i = EndOfLine(text, i);
            }
            else if (c == '\\' && words.Count > 0 && text.AsSpan(i).StartsWith("\\gexec"))
            {
                // Why: psql runs what the query gave.
                words.Add("\\GEXEC");
                End(i);
                i = EndOfLine(text, i);
            }
            else
            {
                i = Token(text, i, words);
                startsLine = false;
            }
            if (words.Count > MostWords) words.RemoveAt(words.Count - 1);
        }

        void End(int end)
        {
            if (words.Count == 0) return;
            var before = gathering.Statements.Count;
            Gather(words, start, end - start, gathering, depth);
            if (depth == 0) Transact(words, before, gathering);
            words.Clear();
        }
    }

    private static int Token(string text, int i, List<string> words)
    {
        var c = text[i];
        var next = i + 1 < text.Length ? text[i + 1] : '\0';
        if (c == '-' && next == '-') return EndOfLine(text, i);
        if (c == '#' && (words.Count == 0 || next == ' ')) return EndOfLine(text, i);
        if (c == '/' && next == '*')
        {
            // Why: MySQL runs what stands in /*! */.
            if (i + 2 < text.Length && text[i + 2] == '!')
            {
                i += 3;
                while (i < text.Length && char.IsAsciiDigit(text[i])) i++;
                return i;
            }
            var close = text.IndexOf("*/", i + 2, StringComparison.Ordinal);
            return close < 0 ? text.Length : close + 2;
        }
        if (c == '*' && next == '/') return i + 2;
        if (c is '\'' or '"' or '`') return Quoted(text, i, c, words);
        if (c == '[' && (char.IsLetter(next) || next == '_')) return Quoted(text, i, ']', words);
        if (c == '$' && (next == '$' || char.IsLetter(next) || next == '_') && Dollar(text, i, words) is var end && end > i) return end;
        if (c == '$') return Bare(text, i, words);
        words.Add(c is '<' or '>' or '!' && next is '=' or '>' ? string.Concat(c, next) : Single(c));
        return i + (words[^1].Length);
    }

    /// <summary>A word without quotes, in capitals. A dump holds the same few words thousands of times.</summary>
    private static int Bare(string text, int i, List<string> words)
    {
        var stop = i + 1;
        while (stop < text.Length && IsOfWord(text[stop])) stop++;
        var word = text.AsSpan(i, stop - i);
        Span<char> upper = word.Length <= 64 ? stackalloc char[word.Length] : new char[word.Length];
        for (var u = 0; u < word.Length; u++) upper[u] = char.ToUpperInvariant(word[u]);
        words.Add(upper switch
        {
            "SELECT" => "SELECT",
            "INSERT" => "INSERT",
            "INTO" => "INTO",
            "VALUES" => "VALUES",
            "FROM" => "FROM",
            "WHERE" => "WHERE",
            "NULL" => "NULL",
            "AND" => "AND",
            _ => Kept(upper),
        });
        return stop;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsOfWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '@' or '.' || (c > 127 && char.IsLetterOrDigit(c));

    /// <summary>The text, in the object made for it last time if that was not long ago.</summary>
    private static string Kept(ReadOnlySpan<char> text)
    {
        var place = (text.Length * 31 + text[0] * 7 + text[^1]) & (KeptWords - 1);
        return s_kept[place] is { } known && text.SequenceEqual(known) ? known : s_kept[place] = text.ToString();
    }

    /// <summary>A power of two.</summary>
    private const int KeptWords = 64;

    private static readonly string?[] s_kept = new string?[KeptWords];

    private static string Single(char c) => c switch
    {
        '(' => "(",
        ')' => ")",
        ',' => ",",
        '=' => "=",
        '*' => "*",
        _ => Kept([c]),
    };

    /// <summary>A text is kept with its quote in front, a quoted name without: <c>'a'</c> becomes <c>'a</c>.</summary>
    private static int Quoted(string text, int i, char close, List<string> words)
    {
        var stop = i + 1;
        while (stop < text.Length)
        {
            if (text[stop] == '\\' && close != ']') { stop += 2; continue; }
            if (text[stop] == close)
            {
                if (stop + 1 < text.Length && text[stop + 1] == close) { stop += 2; continue; }
                break;
            }
            stop++;
        }
        var end = Math.Min(stop, text.Length);
        words.Add((close == '\'' ? "'" : "\"") + text[(i + 1)..end]);
        return Math.Min(stop + 1, text.Length);
    }

    /// <summary><c>$$…$$</c> and <c>$tag$…$tag$</c>: a text.</summary>
    private static int Dollar(string text, int i, List<string> words)
    {
        var tagEnd = i + 1;
        while (tagEnd < text.Length && (char.IsLetterOrDigit(text[tagEnd]) || text[tagEnd] == '_')) tagEnd++;
        if (tagEnd >= text.Length || text[tagEnd] != '$') return i;
        var close = text.IndexOf(text[i..(tagEnd + 1)], tagEnd + 1, StringComparison.Ordinal);
        words.Add("'" + text[(tagEnd + 1)..(close < 0 ? text.Length : close)]);
        return close < 0 ? text.Length : close + (tagEnd + 1 - i);
    }

    private static int EndOfLine(string text, int i)
    {
        var end = text.IndexOf('\n', i);
        return end < 0 ? text.Length : end;
    }

    private static SqlStatement Of(List<string> words, int at, string verb, int start, int length)
    {
        var (kind, temporary) = verb switch
        {
            "DROP" => Kind(words, at + 1),
            "ALTER" => (at + 1 < words.Count && words[at + 1] == "SYSTEM" && RunsProgram(words) ? "PROGRAM" : Altered(words, at + 1), false),
            "TRUNCATE" or "DELETE" or "UPDATE" => ("TABLE", false),
            "RESET" or "PURGE" or "FLUSH" or "DETACH" or "RENAME" or "REVOKE" or "REASSIGN" or "REMOVE" => (at + 1 < words.Count ? words[at + 1] : "", false),
            "COPY" => (words.Contains("PROGRAM") ? "PROGRAM" : "", false),
            "EXEC" or "EXECUTE" => (at + 1 < words.Count ? words[at + 1] : "", false),
            _ => ("", false),
        };
        return new SqlStatement(verb, kind, temporary, Condition(words, at), start, length);
    }

    /// <summary>PostgreSQL's settings that are a command line for the server.</summary>
    private static bool RunsProgram(List<string> words) =>
        words.Contains("ARCHIVE_COMMAND") || words.Contains("RESTORE_COMMAND") || words.Contains("ARCHIVE_CLEANUP_COMMAND") || words.Contains("RECOVERY_END_COMMAND") || words.Contains("SSL_PASSPHRASE_COMMAND") || words.Contains("SHARED_PRELOAD_LIBRARIES");

    /// <summary>The word that says what is done: past EXPLAIN ANALYZE, WITH clauses, USE and SET prefixes.</summary>
    private static int FirstVerb(List<string> words)
    {
        var i = 0;
        while (i < words.Count && words[i] is "(" or "BEGIN" or "START") i++;
        if (i >= words.Count) return 0;
        if (words[i] == "EXPLAIN")
        {
            // EXPLAIN shows a plan; only with ANALYZE is the statement run.
            if (!words.Contains("ANALYZE")) return i;
            for (; i < words.Count; i++)
            {
                if (words[i] is "DELETE" or "UPDATE" or "INSERT" or "SELECT" or "MERGE") return i;
            }
            return 0;
        }
        if (words[i] != "WITH") return i;
        var depth = 0;
        for (var w = i + 1; w < words.Count; w++)
        {
            if (words[w] == "(") depth++;
            else if (words[w] == ")") depth--;
            // Why: PostgreSQL lets a WITH query delete, so a verb counts at any depth.
            else if (words[w] is "DELETE" or "UPDATE" && (depth == 0 || words[w - 1] == "(")) return w;
        }
        return i;
    }

    private static (string Kind, bool IsTemporary) Kind(List<string> words, int at)
    {
        var temporary = false;
        while (at < words.Count && words[at] is "TEMPORARY" or "TEMP" or "EXTERNAL" or "FOREIGN" or "PUBLIC" or "GLOBAL" or "LOCAL" or "UNLOGGED")
        {
            temporary |= words[at] is "TEMPORARY" or "TEMP";
            at++;
        }
        if (at >= words.Count) return ("", temporary);
        var name = at + 1;
        while (name < words.Count && words[name] is "IF" or "EXISTS") name++;
        if (name < words.Count) temporary |= words[name].StartsWith("PG_TEMP.", StringComparison.Ordinal) || words[name] == "#";
        return (words[at] == "MATERIALIZED" ? "MATERIALIZED VIEW" : words[at], temporary);
    }

    /// <summary><c>TABLE DROP COLUMN</c>, <c>TABLE DELETE</c>, or the kind alone.</summary>
    private static string Altered(List<string> words, int at)
    {
        var kind = at < words.Count ? words[at] : "";
        for (var i = at + 1; i < words.Count; i++)
        {
            if (words[i] is "DROP")
            {
                var what = i + 1 < words.Count ? words[i + 1] : "";
                return kind + " DROP " + (what is "CONSTRAINT" or "INDEX" or "DEFAULT" or "NOT" or "KEY" or "FOREIGN" or "PRIMARY" or "PARTITION" or "EXPRESSION" or "IDENTITY" ? what : "COLUMN");
            }
            if (words[i] is "DELETE" && kind == "TABLE" && i + 1 < words.Count && words[i + 1] == "WHERE") return "TABLE DELETE";
        }
        return kind;
    }
}
