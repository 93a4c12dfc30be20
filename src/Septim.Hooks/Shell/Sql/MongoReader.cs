using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.Sql;

/// <summary>Text for the Mongo shell: which collection or database methods are called, with an empty filter or not.</summary>
internal static class MongoReader
{
    /// <summary>The calls in order: the method's name and whether its first argument is missing or <c>{}</c>.</summary>
    /// <param name="text">The code.</param>
    /// <param name="work">What reading it may cost; null: as much as one text may.</param>
    public static List<(string Method, bool IsUnfiltered)> Read(string text, CodeWork? work = null)
    {
        var calls = new List<(string, bool)>();
        var code = new CodeText(Word.Of(text), work ?? new CodeWork());
        var tokens = new CodeLexer(code, CodeDialect.Of(CodeLanguage.JavaScript)).Read(0, code.Text.Length);
        for (var i = 1; i + 1 < tokens.Count; i++)
        {
            if (tokens[i].Kind != CodeTokenKind.Name || !tokens[i - 1].IsMark(".") || !tokens[i + 1].IsMark("(")) continue;
            var isUnfiltered = At(tokens, i + 2, ")") || (At(tokens, i + 2, "{") && At(tokens, i + 3, "}"));
            calls.Add((tokens[i].Text, isUnfiltered));
            // Why: db.runCommand({drop: 'users'}) is db.users.drop().
            if (tokens[i].Text is "runCommand" or "adminCommand" && At(tokens, i + 2, "{") && i + 3 < tokens.Count) calls.Add(("command " + tokens[i + 3].Text, false));
        }
        return calls;
    }

    private static bool At(List<CodeToken> tokens, int index, string mark) => index < tokens.Count && tokens[index].IsMark(mark);
}
