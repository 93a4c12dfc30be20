namespace Septim.Hooks.Shell.Code;

/// <summary>The calls around a call: <c>db('users').where('id', 1).del()</c> is <c>del</c> behind <c>where</c> and <c>db</c>.</summary>
internal static class CodeChain
{
    private const int MostLinks = 24;
    private const int LongestTail = 4096;

    /// <summary>The names of the calls that made what this one is called on, the nearest first; of a mere member its last name.</summary>
    public static List<string> Before(CodeSite call)
    {
        var names = new List<string>();
        var value = call.Callee.Receiver;
        for (var i = 0; value is not null && i < MostLinks; i++)
        {
            if (value.Name is { Length: > 0 }) names.Add(value.Leaf);
            value = value.Receiver;
        }
        return names;
    }

    /// <summary>The names of the calls that follow on its value, as they stand in the code; an open bracket that ends around it is passed.</summary>
    public static List<string> Behind(CodeSite call)
    {
        var names = new List<string>();
        // Why: each such call may look at as much again.
        if (!call.Text.Work.Fold(256)) return names;
        var code = call.Text.Text.AsSpan();
        code = code[..Math.Min(code.Length, call.End + LongestTail)];
        var at = call.End;
        while (names.Count < MostLinks && at < code.Length)
        {
            while (at < code.Length && (char.IsWhiteSpace(code[at]) || code[at] is '.' or '?')) at++;
            var from = at;
            while (at < code.Length && (char.IsAsciiLetterOrDigit(code[at]) || code[at] is '_' or '$')) at++;
            if (at == from || code[at - 1] == ' ' || from == call.End) break;
            names.Add(code[from..at].ToString());
            if (at < code.Length && code[at] == '(' && !Closes(code, ref at)) break;
        }
        return names;
    }

    /// <summary>Goes behind the bracket that closes the one at <paramref name="at"/>.</summary>
    private static bool Closes(ReadOnlySpan<char> code, ref int at)
    {
        for (var depth = 0; at < code.Length; at++)
        {
            if (code[at] is '(' or '[' or '{') depth++;
            else if (code[at] is ')' or ']' or '}' && --depth == 0) { at++; return true; }
        }
        return false;
    }
}
