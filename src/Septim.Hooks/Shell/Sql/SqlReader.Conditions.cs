namespace Septim.Hooks.Shell.Sql;

/// <summary>What limits a statement, and whether it limits anything.</summary>
internal static partial class SqlReader
{
    private static SqlCondition Condition(List<string> words, int from)
    {
        var depth = 0;
        for (var i = from; i < words.Count; i++)
        {
            if (words[i] == "(") depth++;
            else if (words[i] == ")") depth--;
            else if (words[i] == "WHERE" && depth <= 0) return IsAlways(words, i + 1) ? SqlCondition.Always : SqlCondition.Some;
            else if (words[i] == "JOIN" && depth == 0 && !JoinsAll(words, i + 1)) return SqlCondition.Some;
            if (depth < 0) break;
        }
        return SqlCondition.None;
    }

    /// <summary><c>JOIN x ON 1=1</c> narrows nothing.</summary>
    private static bool JoinsAll(List<string> words, int from)
    {
        for (var i = from; i < words.Count && words[i] is not ("JOIN" or "WHERE" or "SET"); i++)
        {
            if (words[i] == "ON") return IsTrue(words, i + 1, out var end) && (end >= words.Count || words[end] is not "AND");
        }
        return false;
    }

    private static bool IsAlways(List<string> words, int at)
    {
        if (IsTrue(words, at, out var end) && (end >= words.Count || words[end] is "OR" or ")" or "RETURNING" or "LIMIT" or "ORDER")) return true;
        for (var i = at; i < words.Count; i++)
        {
            if (words[i] == "OR" && IsTrue(words, i + 1, out end) && (end >= words.Count || words[end] is not "AND")) return true;
        }
        return false;
    }

    /// <summary><c>TRUE</c>, <c>1</c>, <c>x = x</c>, <c>1 &lt;&gt; 2</c>, <c>NOT FALSE</c>.</summary>
    private static bool IsTrue(List<string> words, int at, out int end)
    {
        while (at < words.Count && words[at] == "(") at++;
        end = at + 1;
        if (at >= words.Count) return false;
        var first = words[at];
        if (at + 2 < words.Count && words[at + 1] is "=" or "<=" or ">=" or "LIKE" or "IS" or "<>" or "!=" or "<")
        {
            end = at + 3;
            while (end < words.Count && words[end] == ")") end++;
            var second = words[at + 2];
            var operation = words[at + 1];
            if (first == second) return operation is "=" or "<=" or ">=" or "LIKE" or "IS";
            if (operation == "LIKE" && second == "'%") return true;
            return operation is "<>" or "!=" or "<" && IsLiteral(first) && IsLiteral(second) && string.CompareOrdinal(first, second) < 0;
        }
        if (first == "NOT" && at + 1 < words.Count && words[at + 1] is "FALSE" or "0") { end = at + 2; return true; }
        while (end < words.Count && words[end] == ")") end++;
        return first is "TRUE" or "1";
    }

    private static bool IsLiteral(string word) => word.Length > 0 && (word[0] == '\'' || char.IsAsciiDigit(word[0]));
}
